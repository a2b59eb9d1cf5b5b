#include "service/importing/values/date_words.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr int kNone = -1;

// The words of one key of dates.txt.
struct Lists {
  const WordList& before = WordList::Named("dates", "before");
  const WordList& year = WordList::Named("dates", "year");
  const WordList& part = WordList::Named("dates", "part");
  const WordList& month = WordList::Named("dates", "month");
  const WordList& quarter = WordList::Named("dates", "quarter");
  const WordList& end = WordList::Named("dates", "end");
  const WordList& whole = WordList::Named("dates", "whole");
  const WordList& deadline = WordList::Named("dates", "deadline");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

bool TakeWord(absl::string_view* text, const WordList& words) {
  const WordList::Match match = words.AtStart(*text);
  text->remove_prefix(match.length);
  return static_cast<bool>(match);
}

// A whole number in figures or numerals, at most `digits` figures; kNone without.
int TakeNumber(absl::string_view* text, size_t digits) {
  size_t length = 0;
  while (length < text->size() && absl::ascii_isdigit((*text)[length])) ++length;
  int value = kNone;
  if (length > 0) {
    if (length > digits || !absl::SimpleAtoi(text->substr(0, length), &value)) return kNone;
    text->remove_prefix(length);
    return value;
  }
  const Numeral numeral = TakeNumeral(*text);
  if (!numeral.value.has_value() || !numeral.unit.empty() ||
      !absl::SimpleAtoi(numeral.value->ToString(), &value))
    return kNone;
  text->remove_prefix(numeral.length);
  return value;
}

bool IsYear(int year) {
  return year >= 1990 && year <= 2099;
}

class Date {
 public:
  Date(absl::string_view text, bool bounded) : text_(text), rest_(text), bounded_(bounded) {}

  size_t Length() {
    TakeWord(&rest_, Words().before);
    if (!Take()) return 0;
    // A span: "9月至10月", "2025.1-2025.12".
    for (absl::string_view sign : {"-", "~", "至", "到", "—", "–", "～"}) {
      Date other(rest_, false);
      if (!absl::StartsWith(rest_, sign)) continue;
      other.rest_ = rest_.substr(sign.size());
      if (other.Take()) rest_ = other.rest_;
      break;
    }
    return text_.size() - rest_.size();
  }

 private:
  bool Take() {
    return TakeSigned() || TakeYear() || TakeMonth() || TakeQuarter() || TakeDay() || TakeMonthSpan() ||
           (TakeWord(&rest_, Words().whole) && TakeEnd());
  }
  bool TakeEnd() {
    TakeWord(&rest_, Words().end);
    return true;
  }
  // "2026-12-31", "2026.12.31前", "2026/6"; "2025.5万元" is a number.
  bool TakeSigned() {
    absl::string_view text = rest_;
    if (text.empty() || !absl::ascii_isdigit(text[0]) || !IsYear(TakeNumber(&text, 4))) return false;
    const absl::string_view sign = text.substr(0, 1);
    if (sign.empty() || !absl::StrContains("-/.", sign)) return false;
    const auto part = [&](int most) {
      absl::string_view next = text;
      if (!absl::ConsumePrefix(&next, sign) || next.empty() || !absl::ascii_isdigit(next[0])) return false;
      const int value = TakeNumber(&next, 2);
      if (value < 1 || value > most) return false;
      text = next;
      return true;
    };
    if (!part(12)) return false;
    const bool day = part(31);
    absl::string_view behind = text;
    const bool end = TakeWord(&behind, Words().end);
    if (!day && !end && !text.empty() && !absl::StartsWith(text, "-") && !absl::StartsWith(text, "至"))
      return false;
    rest_ = behind;
    return true;
  }
  // "2025年", "2025年度", "2025年年底前", "本年12月", "2025年第三季度末".
  bool TakeYear() {
    absl::string_view text = rest_;
    if (IsYear(TakeNumber(&text, 4))) {
      if (!absl::ConsumePrefix(&text, "年")) return false;
      absl::ConsumePrefix(&text, "度");
    } else {
      text = rest_;
      if (!TakeWord(&text, Words().year)) return false;
      const bool named = text.size() < rest_.size() && !absl::StartsWith(rest_, "年");
      Date inner(text, false);
      if (!inner.TakeMonth() && !inner.TakeQuarter() && !(named && TakeWord(&inner.rest_, Words().part)))
        return false;
      rest_ = inner.rest_;
      return TakeEnd();
    }
    rest_ = text;
    absl::ConsumePrefix(&text, "年");
    Date inner(text, false);
    if (inner.TakeMonth() || inner.TakeQuarter()) {
      rest_ = inner.rest_;
    } else if (TakeWord(&text, Words().part)) {
      rest_ = text;
    }
    return TakeEnd();
  }
  // "11月底前", "12月31日前", "3月份"; "12月" with nothing behind is one unless a bound counts months.
  bool TakeMonth() {
    absl::string_view text = rest_;
    const int month = TakeNumber(&text, 2);
    if (month < 1 || month > 12 || !absl::ConsumePrefix(&text, "月")) return false;
    if (absl::StartsWith(text, "/")) return false;
    absl::string_view behind = text;
    const int day = TakeNumber(&behind, 2);
    if (day >= 1 && day <= 31 && (absl::ConsumePrefix(&behind, "日") || absl::ConsumePrefix(&behind, "号"))) {
      rest_ = behind;
      return TakeEnd();
    }
    absl::string_view part = text;
    const bool named = TakeWord(&part, Words().month), ended = TakeWord(&part, Words().end);
    if (bounded_ && !named && !ended) return false;
    rest_ = part;
    return true;
  }
  bool TakeQuarter() {
    absl::string_view text = rest_;
    const bool ordinal = absl::ConsumePrefix(&text, "第");
    const int quarter = TakeNumber(&text, 1);
    if (quarter < 1 || quarter > 4 || !TakeWord(&text, Words().quarter)) return false;
    const bool end = TakeWord(&text, Words().end);
    // "4季度" alone may be a length of time; a bound before it makes it one.
    if (bounded_ && !ordinal && !end) return false;
    rest_ = text;
    return true;
  }
  // "15日前", "每月10号前": a day of a month; "15日内" is a number of days.
  bool TakeDay() {
    absl::string_view text = rest_;
    for (absl::string_view each : {"每月", "当月", "次月"}) {
      if (absl::ConsumePrefix(&text, each)) break;
    }
    const int day = TakeNumber(&text, 2);
    if (day < 1 || day > 31 || !(absl::ConsumePrefix(&text, "日") || absl::ConsumePrefix(&text, "号")))
      return false;
    if (!absl::ConsumePrefix(&text, "前") && !absl::ConsumePrefix(&text, "之前") &&
        !absl::ConsumePrefix(&text, "以前"))
      return false;
    rest_ = text;
    return true;
  }
  // "9-10月", "3至6月".
  bool TakeMonthSpan() {
    absl::string_view text = rest_;
    const int first = TakeNumber(&text, 2);
    if (first < 1 || first > 12) return false;
    for (absl::string_view sign : {"-", "~", "至", "到", "—", "–"}) {
      if (absl::ConsumePrefix(&text, sign)) {
        Date inner(text, false);
        if (!inner.TakeMonth()) return false;
        rest_ = inner.rest_;
        return true;
      }
    }
    return false;
  }

  const absl::string_view text_;
  absl::string_view rest_;
  const bool bounded_;
};

}  // namespace

size_t DateAtStart(absl::string_view text, bool bounded) {
  return Date(text, bounded).Length();
}

bool IsDeadline(absl::string_view behind) {
  absl::ConsumePrefix(&behind, "前");
  return behind.empty() || (behind.size() <= 24 && Words().deadline.AtStart(behind));
}

}  // namespace attain::importing
