// How a format writes a number: the part of NumberFormat that goes from digits to text.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/dates.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/number_format.h"

namespace attain::extract {
namespace {

// "1234567" → "1,234,567".
std::string Grouped(std::string whole) {
  for (size_t at = whole.size(); at > 3;) {
    at -= 3;
    whole.insert(at, ",");
  }
  return whole;
}

std::string Padded(int64_t value, size_t letters) {
  return letters >= 2 ? absl::StrFormat("%02d", value) : absl::StrCat(value);
}

std::string WriteDatePart(absl::string_view part, bool is_minute, bool half_day, const DateTime& date) {
  static constexpr const char* kDays[] = {"日", "一", "二", "三", "四", "五", "六"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int hour = date.seconds / 3600;
  switch (part[0]) {
    case 'y':
      return part.size() <= 2 ? absl::StrFormat("%02d", date.year % 100) : absl::StrCat(date.year);
    case 'e':
      return absl::StrCat(date.year);
    case 'm':
      if (is_minute) return Padded(date.seconds / 60 % 60, part.size());
      return part.size() >= 3 ? std::string(kMonths[date.month - 1]) : Padded(date.month, part.size());
    case 'd':
      if (part.size() >= 3) return absl::StrCat("星期", kDays[date.weekday]);
      return Padded(date.day, part.size());
    case 'a':
      return absl::StrCat(part.size() >= 4 ? "星期" : "周", kDays[date.weekday]);
    case 'h':
      return Padded(half_day && hour % 12 == 0 ? 12 : half_day ? hour % 12 : hour, part.size());
    case 's':
      return Padded(date.seconds % 60, part.size());
    default:
      return "";
  }
}

}  // namespace

ShownNumber NumberFormat::ShowDate(const Section& section, absl::string_view plain, bool since_1904) {
  ShownNumber out;
  const std::optional<DateTime> date = FromSerial(plain, since_1904);
  if (!date.has_value()) {  // a spreadsheet shows ####
    out.text = std::string(plain);
    return out;
  }
  const auto& tokens = section.tokens;
  const auto has = [&](absl::string_view letters, Kind kind) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) {
      return t.kind == kind && absl::StrContains(letters, t.text.substr(0, 1));
    });
  };
  const bool half_day =
      std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind == Kind::kHalfDay; });
  const bool elapsed = has("hms", Kind::kElapsed);
  const bool clock = elapsed || half_day || has("hs", Kind::kDatePart);
  std::string previous;  // letter of the date part before, which tells minutes from months
  bool months = false;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind == Kind::kElapsed) {
      const int64_t unit = token.text[0] == 'h' ? 3600 : token.text[0] == 'm' ? 60 : 1;
      absl::StrAppend(&out.shown, Padded(date->elapsed / unit, token.text.size()));
      previous = token.text.substr(0, 1);
    } else if (token.kind == Kind::kHalfDay) {
      const bool morning = date->seconds < 12 * 3600;
      absl::StrAppend(&out.shown, absl::StrContains(token.text, "上午") ? (morning ? "上午" : "下午")
                                                                        : (morning ? "AM" : "PM"));
    } else if (token.kind == Kind::kDatePart) {
      const auto next = std::find_if(tokens.begin() + i + 1, tokens.end(),
                                     [](const Token& t) { return t.kind == Kind::kDatePart; });
      const bool minute =
          token.text[0] == 'm' && (previous == "h" || (next != tokens.end() && next->text[0] == 's'));
      months = months || (token.text[0] == 'm' && !minute);
      absl::StrAppend(&out.shown, WriteDatePart(token.text, minute, half_day, *date));
      previous = token.text.substr(0, 1);
    } else if (token.kind == Kind::kDigit) {
      absl::StrAppend(&out.shown, "0");  // parts of a second
    } else {
      absl::StrAppend(&out.shown, token.text);
    }
  }
  const bool day = months || has("ydeabg", Kind::kDatePart);
  out.kind = document::CELL_KIND_DATE;
  if (day) out.text = DayText(*date);
  if (clock && (!day || date->seconds != 0)) {
    absl::StrAppend(&out.text, day ? " " : "", ClockText(elapsed && !day ? date->elapsed : date->seconds));
  }
  out.shown = section.plain ? CleanLine(out.shown) : "";
  return out;
}

std::string NumberFormat::WriteExponent(const Section& section, absl::string_view plain, bool* rounded) {
  // Mantissa with one digit before the point; engineering formats (##0.0E+0) differ in the exponent only.
  int decimals = 0;
  bool behind = false;
  for (const Token& token : section.tokens) {
    if (token.kind == Kind::kExponent) break;
    behind = behind || token.kind == Kind::kPoint;
    decimals += behind && token.kind == Kind::kDigit;
  }
  const DecimalParts parts = Parts(plain);
  const std::string digits = absl::StrCat(parts.whole, parts.fraction);
  const size_t first = digits.find_first_not_of('0');
  int exponent =
      first == std::string::npos ? 0 : static_cast<int>(parts.whole.size()) - static_cast<int>(first) - 1;
  const std::string exact = Shift(plain, -exponent);
  std::string mantissa = Round(exact, decimals);
  *rounded = mantissa != exact;
  if (Parts(mantissa).whole == "10") {
    mantissa = Shift(mantissa, -1);
    ++exponent;
  }
  const size_t fraction = Parts(mantissa).fraction.size();
  if (decimals > 0)
    absl::StrAppend(&mantissa, fraction == 0 ? "." : "", std::string(decimals - fraction, '0'));
  return absl::StrFormat("%sE%c%02d", mantissa, exponent < 0 ? '-' : '+',
                         exponent < 0 ? -exponent : exponent);
}

// Digits go to their places from the right; the first place takes all that are left. Literals between them
// stay where they stand.
std::string NumberFormat::WriteDecimal(const Section& section, absl::string_view rounded, bool grouped) {
  const DecimalParts parts = Parts(rounded);
  const auto& tokens = section.tokens;
  const auto point =
      std::find_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind == Kind::kPoint; });
  std::string whole(parts.whole == "0" ? "" : parts.whole);
  std::vector<std::string> pieces(tokens.size());
  const auto is_digit = [](const Token& t) { return t.kind == Kind::kDigit; };
  const size_t first = std::find_if(tokens.begin(), point, is_digit) - tokens.begin();
  for (size_t i = point - tokens.begin(); i-- > 0;) {
    if (!is_digit(tokens[i])) continue;
    const size_t take = i == first ? whole.size() : std::min<size_t>(whole.size(), 1);
    pieces[i] = whole.substr(whole.size() - take);
    whole.resize(whole.size() - take);
    if (pieces[i].empty() && tokens[i].text == "0") pieces[i] = "0";
  }
  size_t behind = 0;
  for (size_t i = point - tokens.begin(); i < tokens.size(); ++i) {
    if (!is_digit(tokens[i])) continue;
    pieces[i] = behind < parts.fraction.size() ? std::string(1, parts.fraction[behind])
                : tokens[i].text == "0"        ? "0"
                                               : "";
    ++behind;
  }
  std::string out;
  std::string run;  // digits of the whole part, grouped when it ends
  const auto flush = [&] {
    absl::StrAppend(&out, grouped ? Grouped(run) : run);
    run.clear();
  };
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (is_digit(tokens[i]) && tokens.begin() + i < point) {
      run += pieces[i];
    } else if (tokens[i].kind == Kind::kPoint) {
      flush();
      const bool shown =
          std::any_of(pieces.begin() + i, pieces.end(), [](const std::string& p) { return !p.empty(); });
      if (shown) out += '.';
    } else if (tokens[i].kind != Kind::kComma) {
      if (tokens[i].kind != Kind::kDigit) flush();
      absl::StrAppend(&out, is_digit(tokens[i]) ? pieces[i] : tokens[i].text);
    }
  }
  flush();
  return out;
}

void NumberFormat::ShowDecimal(const Section& section, absl::string_view plain, bool drops_sign,
                               ShownNumber* out) {
  int decimals = 0, places = 0, shift = 0, commas_behind = 0;
  bool behind = false, grouped = false, exponent = false, general = false, broken = false,
       literal_since = false;
  for (const Token& token : section.tokens) {
    if (token.kind == Kind::kDigit && !exponent) {
      grouped = grouped || (commas_behind > 0 && !behind);
      broken = broken || (literal_since && places > 0);
      commas_behind = 0;
      literal_since = false;
      ++places;
      decimals += behind;
    }
    behind = behind || token.kind == Kind::kPoint;
    if (token.kind == Kind::kComma && places > 0) ++commas_behind;
    if (token.kind == Kind::kPercent) shift += 2;
    if (token.kind == Kind::kPoint && commas_behind > 0)
      shift -= 3 * commas_behind, commas_behind = 0, out->scaled = true;
    exponent = exponent || token.kind == Kind::kExponent;
    general = general || token.kind == Kind::kGeneral;
    literal_since = literal_since || (token.kind == Kind::kLiteral && places > 0);
  }
  if (commas_behind > 0) shift -= 3 * commas_behind, out->scaled = true;
  out->scaled = out->scaled || broken;
  const std::string absolute(drops_sign || Parts(plain).negative ? plain.substr(1) : plain);
  const absl::string_view sign = Parts(plain).negative && !drops_sign ? "-" : "";
  if (exponent) {
    out->shown = absl::StrCat(sign, WriteExponent(section, absolute, &out->rounded));
  } else if (general || places == 0) {
    std::string text;
    for (const Token& token : section.tokens)
      absl::StrAppend(&text, token.kind == Kind::kGeneral ? absolute : token.text);
    out->shown = CleanLine(absl::StrCat(sign, text));
  } else {
    const std::string exact = Shift(absolute, shift);
    const std::string rounded = Round(exact, decimals);
    out->rounded = rounded != exact;
    out->shown = CleanLine(
        absl::StrCat(rounded == "0" ? "" : sign, WriteDecimal(section, rounded, grouped && !broken)));
  }
}

}  // namespace attain::extract
