#include "service/extract/common/result.h"

namespace attain::extract {

document::Remark& AddRemark(document::Document* document, absl::string_view code, document::Level level,
                            absl::string_view detail) {
  document::Remark& remark = *document->add_remarks();
  remark.set_code(std::string(code));
  remark.set_level(level);
  remark.set_detail(std::string(detail));
  return remark;
}

}  // namespace attain::extract
