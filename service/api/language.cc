#include "service/api/language.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "service/api/errors.h"

namespace attain::engine {

absl::StatusOr<Caller> SpokenTo(const Caller& caller, absl::string_view language_code) {
  const absl::string_view language = *absl::StrSplit(language_code, '-').begin();
  Caller spoken_to = caller;
  if (absl::EqualsIgnoreCase(language, "zh")) {
    spoken_to.locale = "zh-CN";
  } else if (absl::EqualsIgnoreCase(language, "en")) {
    spoken_to.locale = "en";
  } else {
    return BadField("read.language_code", v1::ERROR_REASON_INVALID_FIELD,
                    {"语言应为 zh-CN 或 en。", "The language is zh-CN or en."});
  }
  return spoken_to;
}

}  // namespace attain::engine
