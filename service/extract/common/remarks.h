// Remarks of one sheet or one document, told one by one up to a limit and counted beyond it: a sheet may hold
// a thousand rounded cells.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_REMARKS_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_REMARKS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Not thread-safe. Writes into `document`, which must outlive it.
class Remarks {
 public:
  explicit Remarks(document::Document* document, std::string sheet = "")
      : document_(document), sheet_(std::move(sheet)) {}

  // A remark with a place of its own. From the 101st of a code on, one remark counts the rest and names the
  // first of them.
  void Tell(absl::string_view code, document::Level level, absl::string_view address,
            absl::string_view detail);
  // A remark that is said once, with how many and the first place and text it was called with.
  void Count(absl::string_view code, document::Level level, absl::string_view address = "",
             absl::string_view detail = "");

 private:
  document::Remark* Add(absl::string_view code, document::Level level, absl::string_view address,
                        absl::string_view detail);

  document::Document* const document_;
  const std::string sheet_;
  std::map<std::string, int, std::less<>> told_;
  std::map<std::string, document::Remark*, std::less<>> counted_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_REMARKS_H_
