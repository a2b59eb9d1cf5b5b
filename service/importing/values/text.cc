#include "service/importing/values/text.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace attain::importing {
namespace {

size_t Length(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

bool IsSpace(absl::string_view c) {
  return c == " " || c == "\t" || c == "\r" || c == "\n" || c == "\v" || c == "\f" || c == "　" ||
         c == "\u00a0" || c == "\u200b" || c == "\ufeff";
}

}  // namespace

std::vector<std::string> Characters(absl::string_view text) {
  std::vector<std::string> characters;
  for (size_t i = 0; i < text.size();) {
    const size_t length = std::min(Length(static_cast<unsigned char>(text[i])), text.size() - i);
    characters.emplace_back(text.substr(i, length));
    i += length;
  }
  return characters;
}

bool IsCjk(absl::string_view c) {
  return c.size() == 3 && static_cast<unsigned char>(c[0]) >= 0xE4 &&
         static_cast<unsigned char>(c[0]) <= 0xE9;
}

std::string Squeeze(absl::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const size_t length = std::min(Length(static_cast<unsigned char>(text[i])), text.size() - i);
    const absl::string_view c = text.substr(i, length);
    if (!IsSpace(c)) result.append(c.data(), c.size());
    i += length;
  }
  return result;
}

std::string Tidy(absl::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool space = false;
  for (size_t i = 0; i < text.size();) {
    const size_t length = std::min(Length(static_cast<unsigned char>(text[i])), text.size() - i);
    const absl::string_view c = text.substr(i, length);
    i += length;
    if (IsSpace(c)) {
      space = !result.empty();
      continue;
    }
    if (space) result.push_back(' ');
    space = false;
    result.append(c.data(), c.size());
  }
  return result;
}

std::string Narrow(absl::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const unsigned char second = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const unsigned char third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    // U+FF01 … U+FF5E are the ASCII characters in full width.
    if (text[i] == '\xef' && second == 0xbc && third >= 0x81) {
      result.push_back(static_cast<char>(third - 0x81 + '!'));
      i += 3;
    } else if (text[i] == '\xef' && second == 0xbd && third <= 0x9e && third >= 0x80) {
      result.push_back(static_cast<char>(third - 0x80 + '`'));
      i += 3;
    } else {
      result.push_back(text[i++]);
    }
  }
  return result;
}

std::string WithoutTags(absl::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '<') {
      const size_t end = text.substr(0, std::min(text.size(), i + 200)).find('>', i);
      const bool tag = end != absl::string_view::npos && i + 1 < text.size() &&
                       (text[i + 1] == '/' || (text[i + 1] >= 'a' && text[i + 1] <= 'z') ||
                        (text[i + 1] >= 'A' && text[i + 1] <= 'Z'));
      if (tag) {
        i = end + 1;
        continue;
      }
    }
    result.push_back(text[i++]);
  }
  return result;
}

std::string Shorten(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return absl::StrCat(text.substr(0, limit), "…");
}

size_t FindInvalidUtf8(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const unsigned char first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      ++i;
      continue;
    }
    const size_t length = first >= 0xC2 && first <= 0xF4 ? Length(first) : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
    }
    const unsigned char second = static_cast<unsigned char>(text[i + 1]);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
      return i;
    }
    i += length;
  }
  return absl::string_view::npos;
}

namespace {

// "产出指标(50分)", "产出指标(40-50)分" → "产出指标": points that stand behind a name in brackets.
std::string WithoutPoints(absl::string_view squeezed) {
  const std::string narrow = Narrow(squeezed);
  absl::string_view rest = narrow;
  const size_t open = rest.rfind('(');
  if (open == absl::string_view::npos) return std::string(squeezed);
  absl::ConsumeSuffix(&rest, "分");
  if (!absl::ConsumeSuffix(&rest, ")")) return std::string(squeezed);
  absl::string_view points = rest.substr(open + 1);
  if (!absl::ConsumeSuffix(&points, "分")) absl::ConsumeSuffix(&points, "%");
  const bool number =
      !points.empty() && points.find_first_not_of("0123456789.-~%") == absl::string_view::npos;
  return number ? narrow.substr(0, open) : std::string(squeezed);
}

}  // namespace

absl::string_view WithoutListNumber(absl::string_view word) {
  constexpr size_t kLongestNumber = 10;  // bytes
  for (const absl::string_view sign : {"、", ".", ")"}) {
    const size_t at = word.find(sign);
    if (at == absl::string_view::npos || at > kLongestNumber) continue;
    const absl::string_view number = absl::StripPrefix(word.substr(0, at), "(");
    const bool digits = !number.empty() && number.find_first_not_of("0123456789") == absl::string_view::npos;
    static constexpr absl::string_view kNumerals[] = {"一", "二", "三", "四", "五",
                                                      "六", "七", "八", "九", "十"};
    const bool numeral = std::find(std::begin(kNumerals), std::end(kNumerals), number) != std::end(kNumerals);
    if (digits || numeral) return word.substr(at + sign.size());
  }
  return word;
}

std::string LevelName(absl::string_view cell) {
  const std::string squeezed = WithoutPoints(Squeeze(cell));
  const std::string narrow = Narrow(squeezed);
  const absl::string_view bare = WithoutListNumber(narrow);
  const bool numbered = !bare.empty() && bare.size() < narrow.size();
  return std::string(absl::StripSuffix(numbered ? bare : absl::string_view(squeezed), "指标"));
}

bool IsLevel1(absl::string_view name) {
  static constexpr std::array<absl::string_view, 12> kNames = {
      "产出",     "效益",     "满意度",   "成本",       "履职效能",       "管理效率",
      "履职效益", "社会效应", "可持续性", "社会满意度", "可持续发展能力", "效果"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool IsLevel2(absl::string_view name) {
  static constexpr std::array<absl::string_view, 22> kNames = {
      "数量",         "质量",           "时效",           "成本",           "经济成本",   "社会成本",
      "生态环境成本", "经济效益",       "社会效益",       "生态效益",       "可持续影响", "可持续效益",
      "满意度",       "服务对象满意度", "社会公众满意度", "受益对象满意度", "服务对象",   "业务管理",
      "预算管理",     "资产管理",       "人员管理",       "重点工作"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace attain::importing
