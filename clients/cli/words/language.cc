#include "clients/cli/words/language.h"

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace attain::cli {

Language ParseLanguage(absl::string_view text) {
  return absl::StartsWithIgnoreCase(text, "zh") ? Language::kChinese : Language::kEnglish;
}

Language ChooseLanguage(const std::vector<std::string>& arguments) {
  absl::string_view chosen;
  for (size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    absl::string_view argument = arguments[i];
    if (argument == "--lang" && i + 1 < arguments.size()) chosen = arguments[i + 1];
    if (absl::ConsumePrefix(&argument, "--lang=")) chosen = argument;
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (chosen.empty() && value != nullptr) chosen = value;
  }
  return ParseLanguage(chosen);
}

}  // namespace attain::cli
