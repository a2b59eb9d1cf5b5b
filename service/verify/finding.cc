#include "service/verify/finding.h"

#include "absl/strings/str_cat.h"

namespace attain::engine {

std::string DescribeFinding(const VerifyFinding& finding, const std::string& locale) {
  if (locale == "zh-CN") {
    const std::string at = finding.revision == 0 ? "" : absl::StrCat("，第 ", finding.revision, " 次记录");
    return absl::StrCat(finding.key, at, "：", finding.message.zh);
  }
  const std::string at = finding.revision == 0 ? "" : absl::StrCat(" at revision ", finding.revision);
  return absl::StrCat(finding.key, at, ": ", finding.message.en);
}

}  // namespace attain::engine
