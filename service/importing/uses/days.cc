#include "service/importing/uses/days.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/source.h"
#include "service/importing/tables/source_of.h"
#include "service/importing/values/fold_name.h"
#include "service/importing/values/numerals.h"

namespace attain::importing {
namespace {

constexpr int kNone = -1;

int DaysOf(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::string Write(int year, int month, int day) {
  return absl::StrCat(absl::Dec(year, absl::kZeroPad4), "-", absl::Dec(month, absl::kZeroPad2), "-",
                      absl::Dec(day, absl::kZeroPad2));
}

DaySpan Months(int year, int first, int last) {
  return {Write(year, first, 1), Write(year, last, DaysOf(year, last))};
}

bool TakeAny(absl::string_view* text, std::initializer_list<absl::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](absl::string_view word) { return absl::ConsumePrefix(text, word); });
}

// A whole number of at most `digits` figures, or in numerals; kNone without.
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
  if (!numeral.value.has_value() || !numeral.unit.empty()) return kNone;
  if (!absl::SimpleAtoi(numeral.value->ToString(), &value)) return kNone;
  text->remove_prefix(numeral.length);
  return value;
}

class SpanReader {
 public:
  SpanReader(absl::string_view text, int year) : rest_(text), year_(year) {}

  std::optional<DaySpan> Read() {
    TakeAny(&rest_, {"已于", "已在", "于", "在", "截至到", "截至", "截止到", "截止", "到", "至"});
    std::optional<DaySpan> span = One();
    if (!span.has_value()) return std::nullopt;
    if (TakeAny(&rest_, {"至", "到", "~", "-", "—", "–"})) {
      const std::optional<DaySpan> end = One();
      if (!end.has_value()) return std::nullopt;
      span->last = end->last;
    }
    // Words may follow that say what was done by then, but no other figure and no "not".
    if (absl::StrContains(rest_, "未") || rest_.find_first_of("0123456789%") != absl::string_view::npos)
      return std::nullopt;
    return span->first <= span->last ? span : std::nullopt;
  }

 private:
  std::optional<DaySpan> One() {
    TakeYear();
    if (year_ < 1990 || year_ > 2099) return std::nullopt;
    if (std::optional<DaySpan> part = PartOfYear(); part.has_value()) return part;
    const bool ordinal = absl::ConsumePrefix(&rest_, "第");
    const absl::string_view before = rest_;
    const int number = TakeNumber(&rest_, 2);
    if (number == kNone) return std::nullopt;
    if (TakeAny(&rest_, {"季度", "季"})) {
      if (number < 1 || number > 4) return std::nullopt;
      TakeAny(&rest_, {"末", "底", "内"});
      return Months(year_, 3 * number - 2, 3 * number);
    }
    const bool plain = TakeAny(&rest_, {"月份", "月"});
    if (ordinal || number < 1 || number > 12) return std::nullopt;
    if (!plain && !(signed_year_ && TakeAny(&rest_, {"-", "/", "."}))) {
      rest_ = before;
      return std::nullopt;
    }
    return WithinMonth(number);
  }

  // "2024年", "2024-", "2024/", "当年", "次年".
  void TakeYear() {
    absl::string_view rest = rest_;
    int said = TakeNumber(&rest, 4);
    if (said >= 1990 && said <= 2099) {
      said_year_ = TakeAny(&rest, {"年度", "年"});
      signed_year_ = !said_year_ && TakeAny(&rest, {"-", "/", "."});
      if (!said_year_ && !signed_year_) return;
      year_ = said;
      rest_ = rest;
    } else if (TakeAny(&rest_, {"次年", "明年"})) {
      ++year_;
      said_year_ = true;
    } else if (TakeAny(&rest_, {"本年度", "当年度", "本年", "当年", "今年"})) {
      said_year_ = true;
    }
  }

  std::optional<DaySpan> PartOfYear() {
    if (TakeAny(&rest_, {"上半年"})) return Months(year_, 1, 6);
    if (TakeAny(&rest_, {"下半年"})) return Months(year_, 7, 12);
    if (TakeAny(&rest_, {"年底", "年末", "年终"})) return Months(year_, 12, 12);
    if (TakeAny(&rest_, {"全年", "年内"})) return Months(year_, 1, 12);
    if (!said_year_) return std::nullopt;
    if (TakeAny(&rest_, {"底", "末", "终"})) return Months(year_, 12, 12);
    if (TakeAny(&rest_, {"内"})) return Months(year_, 1, 12);
    return std::nullopt;
  }

  std::optional<DaySpan> WithinMonth(int month) {
    const int end = DaysOf(year_, month);
    const auto days = [&](int first, int last) {
      return DaySpan{Write(year_, month, first), Write(year_, month, last)};
    };
    if (TakeAny(&rest_, {"上旬", "初"})) return days(1, 10);
    if (TakeAny(&rest_, {"中旬", "中"})) return days(11, 20);
    if (TakeAny(&rest_, {"下旬", "底", "末"})) return days(21, end);
    absl::string_view rest = rest_;
    const int day = TakeNumber(&rest, 2);
    if (day == kNone) return days(1, end);
    if (day < 1 || day > end) return std::nullopt;
    rest_ = rest;
    TakeAny(&rest_, {"日", "号"});
    return days(day, day);
  }

  absl::string_view rest_;
  int year_;
  bool said_year_ = false, signed_year_ = false;
};

// The words behind a label of days in `word`, if it begins with one; `best` is its rank, 1 before 2.
bool TakeLabel(absl::string_view* word, int* rank) {
  if (TakeAny(word, {"数据日期", "数据截止日期", "数据截至日期", "截止日期", "截至日期"})) {
    *rank = 1;
  } else if (TakeAny(word, {"填表日期", "填报日期", "填表时间", "填报时间"})) {
    *rank = 2;
  } else {
    return false;
  }
  absl::ConsumePrefix(word, ":");
  return true;
}

}  // namespace

std::optional<DaySpan> SpanOf(absl::string_view words, int year) {
  // The midnight that spreadsheets write behind a day; without the blank it would belong to the day.
  std::string text(words);
  for (const absl::string_view midnight : {" 0:00", " 00:00", "T00:00"}) {
    if (const size_t at = text.find(std::string(midnight)); at != std::string::npos) text.resize(at);
  }
  const std::string folded = FoldName(text);
  return SpanReader(folded, year).Read();
}

std::optional<bool> KeepsDeadline(absl::string_view target, absl::string_view actual, int year) {
  const std::optional<DaySpan> due = SpanOf(target, year), done = SpanOf(actual, year);
  if (!due.has_value() || !done.has_value()) return std::nullopt;
  if (done->last <= due->last) return true;
  if (done->first > due->last) return false;
  return std::nullopt;
}

std::string EndOfMonths(absl::string_view header, int year) {
  const std::string word = FoldName(header);
  if (year == 0) return "";
  if (absl::StrContains(word, "上半年")) return Write(year, 6, 30);
  const size_t quarter = word.find("季度"), month = word.find("月");
  const size_t at = month != std::string::npos ? month : quarter;
  if (at == std::string::npos) return "";
  // The number that stands right before: the last of "1-7", or "七".
  for (size_t begin = at > 6 ? at - 6 : 0; begin < at; ++begin) {
    absl::string_view rest = absl::string_view(word).substr(begin, at - begin);
    if (begin > 0 && absl::ascii_isdigit(word[begin - 1])) continue;
    const int number = TakeNumber(&rest, 2);
    if (number < 1 || !rest.empty()) continue;
    const int last = month != std::string::npos ? number : 3 * number;
    return last <= 12 ? Write(year, last, DaysOf(year, last)) : "";
  }
  return "";
}

std::string DayOfDocument(const attain::document::v1::Document& document, int year) {
  const Source source = SourceOf(document);
  std::string best;
  int best_rank = 3;
  const auto look = [&](absl::string_view words, int rank) {
    // What follows on the same line is not the date's: "2025年1月15日 联系电话…".
    for (size_t length = std::min<size_t>(words.size(), 24); length >= 8 && rank < best_rank; --length) {
      const std::optional<DaySpan> span = SpanReader(words.substr(0, length), 0).Read();
      if (!span.has_value() || span->first != span->last) continue;
      if (absl::StartsWith(span->first, absl::StrCat(year, "-"))) {
        best = span->first;
        best_rank = rank;
      }
      return;
    }
  };
  for (const Row& row : source.rows) {
    for (size_t i = 0; i < row.cells.size(); ++i) {
      absl::string_view word = row.cells[i].word;
      for (size_t at = 0; at < word.size(); ++at) {
        if ((static_cast<unsigned char>(word[at]) & 0xC0) == 0x80) continue;
        absl::string_view rest = word.substr(at);
        int rank = 0;
        if (!TakeLabel(&rest, &rank)) continue;
        if (rest.empty() && i + 1 < row.cells.size()) rest = row.cells[i + 1].word;
        look(rest, rank);
      }
    }
  }
  return best;
}

}  // namespace attain::importing
