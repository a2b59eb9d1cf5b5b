#include "service/calls/accept_language.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace attain::calls {

std::string LocaleOf(absl::string_view accept_language) {
  for (absl::string_view tag : absl::StrSplit(accept_language, ',')) {
    tag = absl::StripLeadingAsciiWhitespace(tag);
    if (absl::StartsWithIgnoreCase(tag, "zh")) return "zh-CN";
    if (absl::StartsWithIgnoreCase(tag, "en")) return "en";
  }
  return "en";
}

}  // namespace attain::calls
