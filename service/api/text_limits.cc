#include "service/api/text_limits.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

// Length of the UTF-8 sequence at `i`, 0 when it is none (overlong forms and surrogates included).
size_t SequenceLength(absl::string_view text, size_t i) {
  const auto byte = [&](size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  const auto follows = [&](size_t at) { return (byte(at) & 0xC0) == 0x80; };
  const unsigned first = byte(i);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(i + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!follows(i + 1) || !follows(i + 2)) return 0;
    if (first == 0xE0 && byte(i + 1) < 0xA0) return 0;
    if (first == 0xED && byte(i + 1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!follows(i + 1) || !follows(i + 2) || !follows(i + 3)) return 0;
    if (first == 0xF0 && byte(i + 1) < 0x90) return 0;
    if (first == 0xF4 && byte(i + 1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

bool IsCleanText(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t length = SequenceLength(text, i);
    if (length == 0) return false;
    const char c = text[i];
    if (length == 1 && (absl::ascii_iscntrl(static_cast<unsigned char>(c))) && c != '\t' && c != '\n' &&
        c != '\r')
      return false;
    i += length;
  }
  return true;
}

absl::Status CheckEncoding(absl::string_view field, absl::string_view text) {
  if (IsCleanText(text)) return absl::OkStatus();
  return BadField(field, v1::ERROR_REASON_INVALID_ENCODING,
                  {"内容不是有效的 UTF-8 文本，或含有控制字符。请以 UTF-8 编码重新发送。",
                   "The text is not valid UTF-8 or holds control characters. Send it again as UTF-8."});
}

size_t CountCharacters(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const size_t length = SequenceLength(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

absl::string_view CutText(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t limit) {
  if (text.size() > limit) {
    return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                    {absl::StrCat("内容过长：", text.size(), " 字节，最多 ", limit, " 字节。"),
                     absl::StrCat("Too long: ", text.size(), " bytes, at most ", limit, " bytes.")},
                    {{"limit", absl::StrCat(limit)}});
  }
  return CheckEncoding(field, text);
}

absl::Status CheckName(absl::string_view field, absl::string_view text, size_t limit) {
  RETURN_IF_ERROR(CheckEncoding(field, text));
  const size_t size = CountCharacters(text);
  if (size <= limit) return absl::OkStatus();
  return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat("内容过长：", size, " 个字，最多 ", limit, " 个字。"),
                   absl::StrCat("Too long: ", size, " characters, at most ", limit, ".")},
                  {{"limit", absl::StrCat(limit)}});
}

bool IsBlank(absl::string_view text) {
  static constexpr absl::string_view kWide[] = {"\u3000", "\u00a0", "\u2002", "\u2003",
                                                "\u2009", "\u200b", "\u202f", "\ufeff"};
  while (!text.empty()) {
    if (absl::ascii_isspace(static_cast<unsigned char>(text[0]))) {
      text.remove_prefix(1);
      continue;
    }
    bool wide = false;
    for (const absl::string_view space : kWide) wide = wide || absl::ConsumePrefix(&text, space);
    if (!wide) return false;
  }
  return true;
}

scoring::Text TooManyDigits() {
  return {"数字过长：小数点前最多 18 位，之后最多 9 位。",
          "The number is too long: at most 18 digits before the point and 9 after it."};
}

std::string HalfWidth(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"０", "0"}, {"１", "1"}, {"２", "2"}, {"３", "3"}, {"４", "4"}, {"５", "5"},
             {"６", "6"}, {"７", "7"}, {"８", "8"}, {"９", "9"}, {"．", "."}, {"。", "."},
             {"，", ","}, {"－", "-"}, {"−", "-"},  {"＋", "+"}, {"％", "%"}, {"／", "/"},
             {"　", ""},  {" ", ""},   {"\t", ""},  {"\r", ""},  {"\n", ""},  {"\u00a0", ""}});
}

absl::Status CheckRequired(absl::string_view field, absl::string_view text, size_t limit) {
  if (IsBlank(text)) {
    return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                    {absl::StrCat(field, " 必填。"), absl::StrCat(field, " is required.")});
  }
  return CheckLength(field, text, limit);
}

}  // namespace attain::engine
