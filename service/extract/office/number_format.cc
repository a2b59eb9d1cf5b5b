#include "service/extract/office/number_format.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/office/decimal.h"

namespace attain::extract {
namespace {

constexpr size_t kMaxCode = 1024;  // a spreadsheet allows 255 characters

// Ids that files use without spelling their code out. 27–36 and 50–58: 18.8.30, language zh-cn.
struct BuiltIn {
  int id;
  const char* code;
};
constexpr BuiltIn kBuiltIn[] = {
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "\"¥\"#,##0;\"¥\"\\-#,##0"},
    {6, "\"¥\"#,##0;\"¥\"\\-#,##0"},
    {7, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"},
    {8, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?\?/?\?"},
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, "yyyy\"年\"m\"月\""},
    {36, "yyyy\"年\"m\"月\""},
    {50, "yyyy\"年\"m\"月\""},
    {52, "yyyy\"年\"m\"月\""},
    {57, "yyyy\"年\"m\"月\""},
    {28, "m\"月\"d\"日\""},
    {29, "m\"月\"d\"日\""},
    {51, "m\"月\"d\"日\""},
    {53, "m\"月\"d\"日\""},
    {54, "m\"月\"d\"日\""},
    {58, "m\"月\"d\"日\""},
    {30, "m-d-yy"},
    {31, "yyyy\"年\"m\"月\"d\"日\""},
    {32, "h\"时\"mm\"分\""},
    {33, "h\"时\"mm\"分\"ss\"秒\""},
    {34, "上午/下午h\"时\"mm\"分\""},
    {55, "上午/下午h\"时\"mm\"分\""},
    {35, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {56, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {37, "#,##0_ ;(#,##0)"},
    {38, "#,##0_ ;(#,##0)"},
    {39, "#,##0.00_ ;(#,##0.00)"},
    {40, "#,##0.00_ ;(#,##0.00)"},
    {41, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "},
    {42, "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ "},
    {43, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"?\?_ ;_ @_ "},
    {44, "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"?\?_ ;_ @_ "},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss.0"},
    {48, "##0.0E+0"},
};

const char* BuiltInCode(int id) {
  for (const BuiltIn& each : kBuiltIn) {
    if (each.id == id) return each.code;
  }
  return "General";
}

// Bytes of the character at `at`, at least one.
size_t CharacterLength(absl::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

size_t RunLength(absl::string_view code, size_t at) {
  size_t end = at;
  while (end < code.size() && absl::ascii_tolower(code[end]) == absl::ascii_tolower(code[at])) ++end;
  return end - at;
}

}  // namespace

NumberFormat NumberFormat::BuiltIn(int id) {
  return NumberFormat(BuiltInCode(id));
}

NumberFormat::NumberFormat(absl::string_view code) {
  code = code.substr(0, kMaxCode);
  size_t at = 0;
  do {
    sections_.push_back(ReadSection(code, &at));
  } while (at++ < code.size() && sections_.size() < 4);  // behind each section stands its ';', or the end
}

NumberFormat::Section NumberFormat::ReadSection(absl::string_view code, size_t* at) {
  Section section;
  while (*at < code.size() && code[*at] != ';') {
    *at += code[*at] == '[' ? ReadBracket(code, *at, &section) : ReadToken(code, *at, &section);
  }
  return section;
}

// [Red], [$¥-804], [>=100], [h], [DBNum1]. Returns its length.
size_t NumberFormat::ReadBracket(absl::string_view code, size_t at, Section* section) {
  const size_t close = code.find(']', at);
  if (close == absl::string_view::npos) return code.size() - at;
  const absl::string_view inside = code.substr(at + 1, close - at - 1);
  const std::string low = absl::AsciiStrToLower(inside);
  if (!low.empty() && low.find_first_not_of(low[0]) == std::string::npos &&
      absl::StrContains("hms", low.substr(0, 1))) {
    section->tokens.push_back({Kind::kElapsed, low});
    section->is_date = true;
  } else if (absl::StartsWith(low, "dbnum") || (!low.empty() && absl::StrContains("<>=", low.substr(0, 1)))) {
    section->plain = false;
  } else if (absl::StartsWith(inside, "$")) {
    const absl::string_view currency =
        inside.substr(1, inside.find('-') == absl::string_view::npos ? inside.size() : inside.find('-') - 1);
    if (!currency.empty()) section->tokens.push_back({Kind::kLiteral, std::string(currency)});
  }
  return close - at + 1;
}

// One token. Returns its length, at least one.
size_t NumberFormat::ReadToken(absl::string_view code, size_t at, Section* section) {
  const absl::string_view rest = code.substr(at);
  const char c = absl::ascii_tolower(code[at]);
  const auto add = [&](Kind kind, absl::string_view text, size_t length) {
    section->tokens.push_back({kind, std::string(text)});
    if (kind == Kind::kDatePart || kind == Kind::kHalfDay) section->is_date = true;
    return length;
  };
  for (absl::string_view general : {"General", "G/通用格式"}) {
    if (absl::StartsWithIgnoreCase(rest, general)) return add(Kind::kGeneral, "", general.size());
  }
  for (absl::string_view half : {"AM/PM", "上午/下午", "A/P"}) {
    if (absl::StartsWithIgnoreCase(rest, half)) return add(Kind::kHalfDay, half, half.size());
  }
  if (c == '"') {
    const size_t close = std::min(code.find('"', at + 1), code.size());
    return add(Kind::kLiteral, code.substr(at + 1, close - at - 1),
               std::min(close - at + 1, code.size() - at));
  }
  if (c == '\\' || c == '!' || c == '_' || c == '*') {  // the next character as it is; as its width; repeated
    if (at + 1 >= code.size()) return 1;
    const size_t length = CharacterLength(code, at + 1);
    const absl::string_view written =
        c == '_' || c == '*' ? absl::string_view() : code.substr(at + 1, length);
    return written.empty() ? 1 + length : add(Kind::kLiteral, written, 1 + length);
  }
  if (c == 'e' && at + 1 < code.size() && (code[at + 1] == '+' || code[at + 1] == '-'))
    return add(Kind::kExponent, code.substr(at + 1, 1), 2);
  if (absl::StrContains("ymdhseabg", absl::string_view(&c, 1))) {
    const size_t length = RunLength(code, at);
    return add(Kind::kDatePart, absl::AsciiStrToLower(code.substr(at, length)), length);
  }
  switch (c) {
    case '0':
    case '#':
    case '?':
      return add(Kind::kDigit, rest.substr(0, 1), 1);
    case '.':
      return add(Kind::kPoint, ".", 1);
    case ',':
      return add(Kind::kComma, ",", 1);
    case '%':
      return add(Kind::kPercent, "%", 1);
    case '@':
      return add(Kind::kGeneral, "", 1);
    case '/':
      return add(Kind::kFraction, "/", 1);
    default: {
      const size_t length = CharacterLength(code, at);
      return add(Kind::kLiteral, code.substr(at, length), length);
    }
  }
}

// Sections are positive; negative; zero; text. A negative number in its own section shows the sign that the
// section writes.
const NumberFormat::Section& NumberFormat::SectionFor(absl::string_view plain, bool* drops_sign) const {
  const DecimalParts parts = Parts(plain);
  *drops_sign = false;
  if (parts.negative && sections_.size() >= 2) {
    *drops_sign = true;
    return sections_[1];
  }
  if (plain == "0" && sections_.size() >= 3) return sections_[2];
  return sections_[0];
}

ShownNumber NumberFormat::Show(absl::string_view plain, bool since_1904) const {
  bool drops_sign = false;
  const Section& section = SectionFor(plain, &drops_sign);
  ShownNumber out;
  if (section.is_date) {
    out = ShowDate(section, plain, since_1904);
  } else {
    const auto percents = std::count_if(section.tokens.begin(), section.tokens.end(),
                                        [](const Token& t) { return t.kind == Kind::kPercent; });
    out.text = std::string(plain);
    if (percents > 0) {
      out.kind = document::CELL_KIND_PERCENT;
      out.text = absl::StrCat(Shift(plain, 2), "%");
    }
    out.invisible = section.tokens.empty();
    const bool fraction = std::any_of(section.tokens.begin(), section.tokens.end(),
                                      [](const Token& t) { return t.kind == Kind::kFraction; });
    if (section.plain && !fraction && !out.invisible) ShowDecimal(section, plain, drops_sign, &out);
  }
  if (out.shown == out.text) out.shown.clear();
  return out;
}

}  // namespace attain::extract
