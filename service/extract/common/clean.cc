#include "service/extract/common/clean.h"

#include <algorithm>

namespace attain::extract {
namespace {

constexpr char32_t kBad = 0xFFFD;
constexpr size_t kExcerpt = 120;  // bytes
constexpr int kMostBytes = 4;     // of a character

// Seen by nobody, and able to make two equal texts differ or to show them in another order.
bool IsInvisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFFFE || c == 0xFFFF;
}

bool IsLineBreak(char32_t c) {
  return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool IsBlank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x2007 || c == 0x202F;
}

bool EndsInIdeographicSpace(absl::string_view text) {
  return text.size() >= 3 && text.substr(text.size() - 3) == "\xE3\x80\x80";
}

// True for what most cells hold: printable ASCII and common Chinese characters, nothing to trim. False says
// nothing.
bool IsClean(absl::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return text.empty();
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  for (size_t i = 0; i < text.size();) {
    if (byte(i) >= 0x20 && byte(i) < 0x7F) {
      ++i;
    } else if (byte(i) >= 0xE4 && byte(i) <= 0xE9 && i + 2 < text.size() && (byte(i + 1) & 0xC0) == 0x80 &&
               (byte(i + 2) & 0xC0) == 0x80) {
      i += 3;
    } else {
      return false;
    }
  }
  return true;
}

void Trim(std::string* text) {
  size_t end = text->size();
  while (end > 0) {
    const char last = (*text)[end - 1];
    if (last == ' ' || last == '\n') {
      --end;
    } else if (EndsInIdeographicSpace(absl::string_view(*text).substr(0, end))) {
      end -= 3;
    } else {
      break;
    }
  }
  text->resize(end);
}

}  // namespace

char32_t NextCharacter(absl::string_view text, size_t* at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(*at);
  const size_t begin = (*at)++;
  if (first < 0x80) return first;
  const int length = first >= 0xF0 && first < 0xF5   ? 4
                     : first >= 0xE0 && first < 0xF0 ? 3
                     : first >= 0xC2 && first < 0xE0 ? 2
                                                     : 0;
  if (length == 0 || begin + length > text.size()) return kBad;
  char32_t c = first & (0x7F >> length);
  for (int i = 1; i < length; ++i) {
    if ((byte(begin + i) & 0xC0) != 0x80) return kBad;
    c = c << 6 | (byte(begin + i) & 0x3F);
  }
  const bool overlong = (length == 3 && c < 0x800) || (length == 4 && (c < 0x10000 || c > 0x10FFFF));
  if (overlong || (c >= 0xD800 && c < 0xE000)) return kBad;
  *at = begin + length;
  return c;
}

void AppendCharacter(char32_t c, std::string* out) {
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
    return;
  }
  if (c >= 0x10000) {
    out->push_back(static_cast<char>(0xF0 | c >> 18));
    out->push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
  } else if (c >= 0x800) {
    out->push_back(static_cast<char>(0xE0 | c >> 12));
  } else {
    out->push_back(static_cast<char>(0xC0 | c >> 6));
  }
  if (c >= 0x800) out->push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
  out->push_back(static_cast<char>(0x80 | (c & 0x3F)));
}

bool IsUtf8(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else if (NextCharacter(text, &at) == kBad && text.substr(begin, 3) != "\xEF\xBF\xBD")
      return false;
  }
  return true;
}

std::string Clean(absl::string_view text) {
  if (IsClean(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    char32_t c = NextCharacter(text, &at);
    if (c == '\r') {
      if (at < text.size() && text[at] == '\n') ++at;
      c = '\n';
    }
    if (IsLineBreak(c)) {
      c = '\n';
    } else if (IsBlank(c)) {
      c = ' ';
    } else if (IsInvisible(c)) {
      continue;
    }
    if (out.empty() && (c == ' ' || c == '\n' || c == 0x3000)) continue;
    AppendCharacter(c, &out);
  }
  Trim(&out);
  return out;
}

std::string CleanLine(absl::string_view text) {
  std::string out = Clean(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string Excerpt(absl::string_view text) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  // Cut before it is cleaned, since a text may be long; on the border of a character.
  size_t most = std::min(text.size(), 8 * kExcerpt);
  for (int i = 1; i < kMostBytes && most < text.size() && continues(text[most]); ++i) --most;
  std::string out = CleanLine(text.substr(0, most));
  if (out.size() <= kExcerpt) return out;
  size_t end = kExcerpt;
  while (end > 0 && continues(out[end])) --end;
  return out.substr(0, end) + "…";
}

}  // namespace attain::extract
