// Small helpers on document text. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_TEXT_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Without any white space (full-width included): people put spaces inside words.
std::string Squeeze(absl::string_view text);
// Trimmed, runs of white space as one blank.
std::string Tidy(absl::string_view text);
// Half-width forms of digits, signs and letters that input methods widen.
std::string Narrow(absl::string_view text);
// Without markup such as <p>…</p>.
std::string WithoutTags(absl::string_view text);
// The characters of a UTF-8 text.
std::vector<std::string> Characters(absl::string_view text);
bool IsCjk(absl::string_view character);
// At most `limit` bytes, cut on a character border.
std::string Shorten(absl::string_view text, size_t limit = 120);
// Position of the first byte that is not UTF-8, or npos.
size_t FindInvalidUtf8(absl::string_view text);

// "一、项目名称", "1.项目名称", "(一)项目名称" → "项目名称": without its number in a list. `word` is in half
// width, without white space.
absl::string_view WithoutListNumber(absl::string_view word);

// Level name without white space, its number in a list and the word 指标: "社会 效益 指标" → "社会效益",
// "（一）数量指标" → "数量".
std::string LevelName(absl::string_view cell);
bool IsLevel1(absl::string_view level_name);
bool IsLevel2(absl::string_view level_name);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_TEXT_H_
