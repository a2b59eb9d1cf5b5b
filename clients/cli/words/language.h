// The two languages of the command line.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_LANGUAGE_H_
#define ATTAIN_CLIENTS_CLI_WORDS_LANGUAGE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::cli {

enum class Language { kEnglish, kChinese };

// The same words in both languages; views of static text.
struct Bilingual {
  absl::string_view zh, en;
  absl::string_view In(Language language) const { return language == Language::kChinese ? zh : en; }
};

// "zh…" → Chinese, everything else → English; for values of --lang and of LANG.
Language ParseLanguage(absl::string_view text);

// Which language to speak before the arguments are understood: the last --lang among them, else the first
// that is set of LC_ALL, LC_MESSAGES and LANG, else English.
Language ChooseLanguage(const std::vector<std::string>& arguments);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_LANGUAGE_H_
