#include "service/extract/common/remarks.h"

#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

constexpr int kEach = 100;

}  // namespace

document::Remark* Remarks::Add(absl::string_view code, document::Level level, absl::string_view address,
                               absl::string_view detail) {
  document::Remark& remark = AddRemark(document_, code, level, Excerpt(detail));
  remark.set_sheet(sheet_);
  remark.set_address(std::string(address));
  return &remark;
}

void Remarks::Tell(absl::string_view code, document::Level level, absl::string_view address,
                   absl::string_view detail) {
  if (++told_[std::string(code)] > kEach) return Count(code, level, address, detail);
  Add(code, level, address, detail)->set_count(1);
}

void Remarks::Count(absl::string_view code, document::Level level, absl::string_view address,
                    absl::string_view detail) {
  document::Remark*& remark = counted_[std::string(code)];
  if (remark == nullptr) remark = Add(code, level, address, detail);
  remark->set_count(remark->count() + 1);
}

}  // namespace attain::extract
