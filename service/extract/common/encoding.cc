#include "service/extract/common/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

constexpr absl::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr absl::string_view kLittleMark = "\xFF\xFE";
constexpr absl::string_view kBigMark = "\xFE\xFF";

// The converters this room knows, opened once and kept: one process reads one document.
iconv_t Converter(absl::string_view name) {
  static std::map<std::string, iconv_t>& open = *new std::map<std::string, iconv_t>();
  const auto [at, fresh] = open.emplace(std::string(name), nullptr);
  if (fresh) at->second = iconv_open("UTF-8", at->first.c_str());
  return at->second;
}

// What a name in a file means here; empty when it means nothing.
absl::string_view Canonical(absl::string_view name) {
  static const auto& names = *new std::map<absl::string_view, absl::string_view>{
      {"utf-8", "UTF-8"},           {"utf8", "UTF-8"},          {"unicode", "UTF-16LE"},
      {"utf-16", "UTF-16LE"},       {"utf-16le", "UTF-16LE"},   {"utf-16be", "UTF-16BE"},
      {"gb2312", "GB18030"},        {"gbk", "GB18030"},         {"gb18030", "GB18030"},
      {"gb_2312-80", "GB18030"},    {"x-gbk", "GB18030"},       {"cp936", "GB18030"},
      {"ms936", "GB18030"},         {"windows-936", "GB18030"}, {"euc-cn", "GB18030"},
      {"chinese", "GB18030"},       {"gb2312-80", "GB18030"},   {"big5", "BIG5-HKSCS"},
      {"big5-hkscs", "BIG5-HKSCS"}, {"us-ascii", "CP1252"},     {"ascii", "CP1252"},
      {"iso-8859-1", "CP1252"},     {"latin1", "CP1252"},       {"windows-1252", "CP1252"}};
  const auto at = names.find(absl::AsciiStrToLower(absl::StripAsciiWhitespace(name)));
  return at == names.end() ? absl::string_view() : at->second;
}

// Appends until a byte does not fit; returns how many were taken.
size_t Convert(absl::string_view encoding, absl::string_view bytes, std::string* out) {
  const iconv_t converter = Converter(encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return 0;
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write
  size_t left = bytes.size();
  char buffer[16384];
  while (left > 0) {
    char* to = buffer;
    size_t room = sizeof(buffer);
    const size_t rc = iconv(converter, &in, &left, &to, &room);
    out->append(buffer, static_cast<size_t>(to - buffer));
    if (rc == static_cast<size_t>(-1) && errno != E2BIG) break;
  }
  return bytes.size() - left;
}

std::optional<std::string> Strict(absl::string_view encoding, absl::string_view bytes) {
  if (encoding == "UTF-8")
    return IsUtf8(bytes) ? std::optional<std::string>(std::string(bytes)) : std::nullopt;
  std::string out;
  if (Convert(encoding, bytes, &out) != bytes.size()) return std::nullopt;
  return out;
}

// Text has line breaks and tabs, and a form feed at the end of a page, but no other control characters.
bool HasControls(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return c < 0x20 && !absl::ascii_isspace(c) && c != 0x1A && c != 0x1B;
  });
}

// How much of a text is what Chinese offices write: ASCII, punctuation and the 3755 commonest characters, in
// percent of all characters. A wrong decoding gives rare ones.
int CommonPercent(absl::string_view text) {
  const std::string sample(text.substr(0, 8192));
  std::string codes;
  static const iconv_t to_gb = iconv_open("GB18030", "UTF-8");
  if (to_gb == reinterpret_cast<iconv_t>(-1)) return 0;
  iconv(to_gb, nullptr, nullptr, nullptr, nullptr);
  codes.resize(4 * sample.size() + 8);
  char* in = const_cast<char*>(sample.data());
  size_t left = sample.size();
  char* to = codes.data();
  size_t room = codes.size();
  iconv(to_gb, &in, &left, &to, &room);  // a character cut at the end of the sample is left over
  codes.resize(static_cast<size_t>(to - codes.data()));
  int common = 0;
  int all = 0;
  for (size_t i = 0; i < codes.size(); ++all) {
    const auto byte = [&](size_t k) -> unsigned char {
      return k < codes.size() ? static_cast<unsigned char>(codes[k]) : 0;
    };
    const unsigned char first = byte(i);
    if (first < 0x80) {
      common += 1;
      i += 1;
    } else if (byte(i + 1) < 0x40) {
      i += 4;
    } else {
      // Rows 1–3 are punctuation and full-width letters, 16–55 the common characters.
      common += byte(i + 1) >= 0xA1 && ((first >= 0xA1 && first <= 0xA3) || (first >= 0xB0 && first <= 0xD7));
      i += 2;
    }
  }
  return all == 0 ? 0 : 100 * common / all;
}

// What does not fit becomes U+FFFD and is counted.
std::string Lossy(absl::string_view encoding, absl::string_view bytes, int* bad) {
  std::string out;
  if (encoding == "UTF-8") {
    for (size_t at = 0; at < bytes.size();) {
      const char32_t c = NextCharacter(bytes, &at);
      *bad += c == 0xFFFD;
      AppendCharacter(c, &out);
    }
    return out;
  }
  while (!bytes.empty()) {
    bytes.remove_prefix(Convert(encoding, bytes, &out));
    if (bytes.empty()) break;
    ++*bad;
    AppendCharacter(0xFFFD, &out);
    bytes.remove_prefix(1);
  }
  return out;
}

DecodedText Named(std::string text, absl::string_view encoding) {
  return {std::move(text), std::string(encoding)};
}

// Which of the two bytes of UTF-16 is zero for ASCII; empty when the zero bytes do not say so.
absl::string_view Utf16ByZeros(absl::string_view bytes) {
  if (bytes.size() < 2 || bytes.size() % 2 != 0) return "";
  size_t even = 0;
  size_t odd = 0;
  for (size_t i = 0; i < bytes.size(); ++i) (i % 2 == 0 ? even : odd) += bytes[i] == '\0';
  if (even == odd) return "";
  return even > odd ? "UTF-16BE" : "UTF-16LE";
}

std::optional<DecodedText> DecodeWithoutMark(absl::string_view bytes) {
  if (const absl::string_view zeros = Utf16ByZeros(bytes); !zeros.empty()) {
    std::optional<std::string> text = Strict(zeros, bytes);
    if (!text.has_value() || HasControls(*text)) return std::nullopt;
    return Named(std::move(*text), zeros);
  }
  if (HasControls(bytes)) {
    // No zero byte and yet controls: line breaks of UTF-16 always bring a zero, so these are the low bytes of
    // characters, or no text.
    if (absl::StrContains(bytes, absl::string_view("\0", 1))) return std::nullopt;
  } else if (IsUtf8(bytes)) {
    return Named(std::string(bytes), "UTF-8");
  }
  std::optional<std::string> gb = HasControls(bytes) ? std::nullopt : Strict("GB18030", bytes);
  const int gb_common = gb.has_value() ? CommonPercent(*gb) : 0;
  if (bytes.size() % 2 == 0 && gb_common < 70) {  // UTF-16 without a single ASCII character
    for (absl::string_view encoding : {"UTF-16LE", "UTF-16BE"}) {
      std::optional<std::string> text = Strict(encoding, bytes);
      if (text.has_value() && !HasControls(*text) && CommonPercent(*text) >= 90)
        return Named(std::move(*text), encoding);
    }
  }
  if (!gb.has_value()) return std::nullopt;
  return Named(std::move(*gb), "GB18030");
}

// The value of encoding="…" in an XML declaration, or empty.
absl::string_view DeclaredEncoding(absl::string_view text) {
  if (!absl::StartsWith(text, "<?xml")) return "";
  const absl::string_view declaration = text.substr(0, text.find("?>"));
  const size_t at = declaration.find("encoding");
  if (at == absl::string_view::npos) return "";
  const size_t open = declaration.find_first_of("\"'", at);
  if (open == absl::string_view::npos) return "";
  const size_t close = declaration.find(declaration[open], open + 1);
  return close == absl::string_view::npos ? absl::string_view()
                                          : declaration.substr(open + 1, close - open - 1);
}

}  // namespace

void PrepareEncodings() {
  for (absl::string_view name : {"GB18030", "UTF-16LE", "UTF-16BE", "BIG5-HKSCS", "CP1252"}) Converter(name);
  CommonPercent("准备");
}

std::optional<DecodedText> DecodeText(absl::string_view bytes) {
  absl::string_view rest = bytes;
  absl::string_view encoding;
  if (absl::ConsumePrefix(&rest, kUtf8Mark))
    encoding = "UTF-8";
  else if (absl::ConsumePrefix(&rest, kLittleMark))
    encoding = "UTF-16LE";
  else if (absl::ConsumePrefix(&rest, kBigMark))
    encoding = "UTF-16BE";
  if (encoding.empty()) return DecodeWithoutMark(bytes);
  std::optional<std::string> text = Strict(encoding, rest);
  if (!text.has_value() || HasControls(*text)) return std::nullopt;
  return Named(std::move(*text), encoding);
}

DecodedText DecodeNamed(absl::string_view name, absl::string_view bytes, int* bad) {
  *bad = 0;
  absl::string_view encoding = Canonical(name);
  if (absl::StartsWith(encoding, "UTF-16"))
    encoding = "";  // whoever could read the name in ASCII reads no UTF-16
  if (!encoding.empty() && encoding != "UTF-8") {
    std::optional<std::string> text = Strict(encoding, bytes);
    const bool other = IsUtf8(bytes) && (!text.has_value() || CommonPercent(bytes) > CommonPercent(*text));
    if (other) return Named(std::string(bytes), "UTF-8");
    if (text.has_value()) return Named(std::move(*text), encoding);
  }
  if (encoding.empty() || encoding == "UTF-8") {
    if (std::optional<DecodedText> text = DecodeText(bytes)) return std::move(*text);
  }
  if (encoding.empty()) encoding = "UTF-8";
  return Named(Lossy(encoding, bytes, bad), encoding);
}

bool XmlToUtf8(std::string* text) {
  const absl::string_view bytes = *text;
  std::optional<std::string> decoded;
  if (absl::StartsWith(bytes, kUtf8Mark)) {
    text->erase(0, kUtf8Mark.size());
    return IsUtf8(*text);
  }
  if (absl::StartsWith(bytes, kLittleMark)) {
    decoded = Strict("UTF-16LE", bytes.substr(2));
  } else if (absl::StartsWith(bytes, kBigMark)) {
    decoded = Strict("UTF-16BE", bytes.substr(2));
  } else if (bytes.size() >= 2 && (bytes[0] == '\0' || bytes[1] == '\0')) {
    decoded = Strict(bytes[0] == '\0' ? "UTF-16BE" : "UTF-16LE", bytes);
  } else {
    const absl::string_view declared = DeclaredEncoding(bytes);
    const absl::string_view encoding = declared.empty() ? "UTF-8" : Canonical(declared);
    // A text that can be read byte by byte is not UTF-16, whatever it declares.
    if (encoding == "UTF-8" || absl::StartsWith(encoding, "UTF-16")) return IsUtf8(bytes);
    if (encoding.empty()) return false;
    decoded = Strict(encoding, bytes);
  }
  if (!decoded.has_value()) return false;
  *text = std::move(*decoded);
  return true;
}

}  // namespace attain::extract
