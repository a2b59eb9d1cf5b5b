#include "service/importing/values/quantity.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/values/date_words.h"
#include "service/importing/values/figures.h"
#include "service/importing/values/measures.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Comparator;

struct Lists {
  const WordList& about = WordList::Named("target_words", "about");
  const WordList& more = WordList::Named("target_words", "more");
  const WordList& round = WordList::Named("target_words", "round");
  const WordList& at_least = WordList::Named("target_words", "at least");
  const WordList& at_most = WordList::Named("target_words", "at most");
  const WordList& than = WordList::Named("target_words", "than");
  const WordList& rise = WordList::Named("target_words", "rise");
  const WordList& fall = WordList::Named("target_words", "fall");
  const WordList& down_to = WordList::Named("target_words", "down to");
  const WordList& up_to = WordList::Named("target_words", "up to");
  const WordList& kept = WordList::Named("target_words", "kept");
  const WordList& done = WordList::Named("target_words", "done");
  const WordList& never = WordList::Named("target_words", "never");
  const WordList& misread = WordList::Named("target_words", "misread");
  const WordList& periods = WordList::Named("periods");
  const WordList& names = WordList::Named("no_figures");
  const WordList& spans = WordList::Named("target_words", "spans");
  const WordList& inclusive = WordList::Named("target_words", "inclusive");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

// Takes a word off the front; its bytes, 0 without.
size_t Take(absl::string_view* text, const WordList& words) {
  const size_t length = words.AtStart(*text).length;
  text->remove_prefix(length);
  return length;
}
size_t TakeBack(absl::string_view* text, const WordList& words) {
  const size_t length = words.AtEnd(*text).length;
  text->remove_suffix(length);
  return length;
}

bool BeginsWithDigit(absl::string_view text) {
  return !text.empty() && absl::ascii_isdigit(text[0]);
}

absl::string_view TakeDigits(absl::string_view* text) {
  size_t end = 0;
  if (end < text->size() && ((*text)[0] == '-' || (*text)[0] == '+')) ++end;
  if (absl::StartsWith(*text, "−")) end = absl::string_view("−").size();
  while (end < text->size() &&
         (absl::ascii_isdigit((*text)[end]) || (*text)[end] == '.' || (*text)[end] == ','))
    ++end;
  while (end > 0 && ((*text)[end - 1] == '.' || (*text)[end - 1] == ',')) --end;
  const absl::string_view digits = text->substr(0, end);
  text->remove_prefix(end);
  return digits;
}

class Reader {
 public:
  // Without `suggest` no suggestion is made: suggestions are read by a reader of their own.
  Reader(absl::string_view text, bool suggest)
      : suggest_(suggest),
        tidy_(Tidy(Narrow(text))),
        narrow_(Squeeze(tidy_)),
        two_numbers_(HasTwoNumbers(tidy_)) {}

  Quantity Read() {
    absl::string_view rest = narrow_;
    while (absl::ConsumeSuffix(&rest, "。") || absl::ConsumeSuffix(&rest, "；") ||
           absl::ConsumeSuffix(&rest, ";")) {
    }
    whole_ = rest;
    if (ReadPlain(rest)) return result_;
    if (const size_t date = DateAtStart(rest); date > 0 && FinishDate(rest.substr(date))) return result_;
    comparator_ = TakeComparator(&rest);
    signed_ = comparator_ != Comparator::kNone && !IsCjk(whole_.substr(0, 3));
    if (Words().names.AtStart(rest)) return AsWords();  // "5A级", "一次性"
    if (!BeginsWithDigit(rest)) TakeWords(&rest);
    if (const size_t date = DateAtStart(rest, comparator_ != Comparator::kNone);
        date > 0 && FinishDate(rest.substr(date)))
      return result_;
    if (two_numbers_) return Unclear();
    if (!ReadNumber(&rest) || !ReadUnit(rest)) return AsWords();
    return result_;
  }

 private:
  // "≥4次", "=100%": most targets are a comparator, a number and a unit that the lists know.
  bool ReadPlain(absl::string_view rest) {
    const Comparator comparator = TakeComparator(&rest);
    const absl::string_view digits = TakeDigits(&rest);
    if (digits.empty() || rest.empty() || two_numbers_ || !IsCounted(rest)) return false;
    for (absl::string_view part : {"年", "月", "日", "号", "季"}) {
      if (absl::StartsWith(rest, part)) return false;  // perhaps a date
    }
    if (rest.find('(') != absl::string_view::npos) return false;
    const absl::StatusOr<scoring::Decimal> value = scoring::Decimal::Parse(digits);
    if (!value.ok()) return false;
    result_.comparator = comparator;
    result_.value = *value;
    result_.unit = std::string(rest);
    return true;
  }

  // What stands between comparator and number: "约", "比上年增长", "降低至", "每年不少于".
  void TakeWords(absl::string_view* rest) {
    const absl::string_view begin = *rest;
    const Comparator head = comparator_;
    for (size_t before = 0; before != rest->size() && !BeginsWithDigit(*rest);) {
      before = rest->size();
      if (Take(rest, Words().about) > 0) {
        result_.approximate = true;
        continue;
      }
      if (TakePeriod(rest) || Take(rest, Words().than) > 0) continue;
      if (TakeBound(rest, Words().down_to, Comparator::kAtMost) ||
          TakeBound(rest, Words().up_to, Comparator::kAtLeast))
        continue;
      if (Take(rest, Words().rise) > 0 || Take(rest, Words().fall) > 0) {
        result_.is_change = true;
        changed_ = true;
        continue;
      }
      if (Take(rest, Words().kept) > 0 || Take(rest, Words().done) > 0) continue;
      absl::string_view behind = *rest;
      if (const Comparator explicit_bound = TakeComparator(&behind); explicit_bound != Comparator::kNone) {
        contradiction_ = contradiction_ || head != Comparator::kNone || Opposed(by_words_, explicit_bound);
        comparator_ = explicit_bound;
        *rest = behind;
      }
    }
    said_ = std::string(begin.substr(0, begin.size() - rest->size()));
    if (comparator_ == Comparator::kNone) comparator_ = by_words_;
    if (comparator_ == Comparator::kNone && changed_) comparator_ = Comparator::kAtLeast;
  }
  bool TakeBound(absl::string_view* rest, const WordList& words, Comparator bound) {
    if (Take(rest, words) == 0) return false;
    contradiction_ = contradiction_ || Opposed(comparator_, bound) || Opposed(by_words_, bound);
    by_words_ = bound;
    return true;
  }
  bool TakePeriod(absl::string_view* rest) {
    const WordList::Match match = Words().periods.AtStart(*rest);
    if (!match) return false;
    int count = 0;
    per_year_ = absl::SimpleAtoi(match.key, &count) ? count : 0;
    periodic_ = periodic_ || per_year_ != 1;
    rest->remove_prefix(match.length);
    return true;
  }

  bool ReadNumber(absl::string_view* rest) {
    if (const size_t sign = Words().misread.AtStart(*rest).length;
        sign > 0 && BeginsWithDigit(rest->substr(sign))) {
      misread_ = true;
      misread_text_ = absl::StrCat(absl::StartsWith(*rest, "二") ? "=" : "", rest->substr(sign));
      return false;
    }
    const absl::string_view digits = TakeDigits(rest);
    number_ = !digits.empty() && absl::ascii_isdigit(digits.back());
    if (!digits.empty()) {
      const absl::StatusOr<scoring::Decimal> value = scoring::Decimal::Parse(digits);
      if (value.ok()) result_.value = *value;
      return value.ok();
    }
    const Numeral numeral = TakeNumeral(*rest);
    if (numeral.length == 0 || !numeral.value.has_value()) return false;
    said_ += std::string(rest->substr(0, numeral.length));
    spoken_ = true;
    result_.value = numeral.value;
    result_.unit = numeral.unit;
    rest->remove_prefix(numeral.length);
    return true;
  }

  // Tails right behind the number and at the end, and the unit between them.
  bool ReadUnit(absl::string_view unit) {
    per_thing_ = unit.size() > 1 && unit[0] == '/' && !absl::ascii_isdigit(unit[1]);  // "≤28.50/册"
    if (per_thing_) result_.unit = std::string(unit);
    if (per_thing_ || !IsUnit(unit)) return false;
    while (Take(&unit, Words().inclusive) + TakeBack(&unit, Words().inclusive) > 0) {
    }
    TakeTails(&unit, /*front=*/true);
    TakeTails(&unit, /*front=*/false);
    if (contradiction_) return false;
    if (result_.unit.empty()) {
      result_.unit = std::string(unit);
    } else if (!unit.empty()) {
      return false;  // "百分之九十五的村"
    }
    // A numeral begins many words (一般, 一流): it counts only alone or before a unit that the lists know.
    // One character alone ("七") may as well number a list.
    const bool alone = said_.size() > 3 || comparator_ != Comparator::kNone;
    const bool certain = result_.unit.empty() ? alone : IsCounted(result_.unit);
    if (spoken_ && !certain) return false;
    if (IsSentence(result_.unit)) return false;
    if (result_.value->is_zero() && Words().never.Has(result_.unit)) return false;
    if (periodic_) return false;
    result_.comparator = comparator_;
    result_.said = said_;
    return true;
  }
  void TakeTails(absl::string_view* unit, bool front) {
    const auto take = [&](const WordList& words) {
      return front ? Take(unit, words) : TakeBack(unit, words);
    };
    if (front && take(Words().more) > 0) {
      result_.approximate = true;
      Bound(Comparator::kAtLeast);
    }
    for (bool taken = true; taken;) {
      taken = false;
      if (take(Words().round) > 0) result_.approximate = taken = true;
      if (take(Words().at_least) > 0) {
        Bound(Comparator::kAtLeast);
        taken = true;
      }
      absl::string_view without = *unit;
      const size_t length = front ? Take(&without, Words().at_most) : TakeBack(&without, Words().at_most);
      // "室内" is no bound: 内 alone is a tail only behind a unit that the lists know.
      if (length > 3 || (length > 0 && IsCounted(without))) {
        Bound(Comparator::kAtMost);
        *unit = without;
        taken = true;
      }
    }
  }
  void Bound(Comparator bound) {
    contradiction_ = contradiction_ || Opposed(comparator_, bound);
    if (comparator_ == Comparator::kNone || (changed_ && by_words_ == Comparator::kNone)) comparator_ = bound;
  }

  // True when the text is a date and nothing else counts in it.
  bool FinishDate(absl::string_view behind) {
    const Figures figures = FindFigures(behind);
    const bool dated = BeginsWithDigit(whole_) || FindFigures(whole_).dates > 0;
    if (figures.count == 0 && !dated && !IsDeadline(behind)) return false;  // "年内有效提高"
    result_ = Quantity();
    result_.is_date = true;
    result_.text = narrow_;
    result_.figure = figures.count > 0;
    result_.suggestion = Checked(SuggestFigure(behind, figures));
    return true;
  }

  Quantity Unclear() {
    result_ = Quantity();
    result_.text = tidy_;  // without the blank it would be another number
    result_.unclear = true;
    return result_;
  }

  Quantity AsWords() {
    const Quantity read = std::exchange(result_, Quantity());
    result_.text = narrow_;
    const bool sentence = read.value.has_value() && (per_thing_ || IsSentence(read.unit));
    const bool never = read.value.has_value() && read.value->is_zero() && Words().never.Has(read.unit);
    const bool told_otherwise = misread_ || periodic_ || sentence || never || spoken_ || !said_.empty();
    result_.unclear = !told_otherwise && (number_ || signed_);
    if (result_.unclear) return result_;
    const Figures figures = FindFigures(narrow_);
    result_.figure = figures.count > 0 || misread_ || narrow_ == "无" ||
                     (spoken_ && read.value.has_value() && read.unit.empty());
    result_.is_date = !result_.figure && figures.dates > 0;
    if (result_.figure) result_.suggestion = Checked(Suggest(read, figures));
    return result_;
  }
  std::string Suggest(const Quantity& read, const Figures& figures) const {
    const absl::string_view sign = SignOf(comparator_);
    // "二100%" was "=100%"; a sign that a wrong encoding took may have been any.
    if (misread_) return misread_text_;
    if (narrow_ == "无") return "=0次";
    if (!read.value.has_value()) return SuggestFigure(narrow_, figures);
    if (read.value->is_zero() && Words().never.Has(read.unit))
      return absl::StrContains(read.unit, "事故") || absl::StrContains(read.unit, "案") ? "=0起" : "=0次";
    if (periodic_ && per_year_ > 0 && IsCounted(read.unit) && figures.count == 1) {
      const scoring::Decimal year = *read.value * scoring::Decimal::FromInt(per_year_);
      return absl::StrCat(sign.empty() ? "≥" : sign, year.ToString(), read.unit);
    }
    if (periodic_) return "";
    const absl::string_view per = absl::string_view(read.unit).substr(std::min<size_t>(1, read.unit.size()));
    if (per_thing_ && Words().spans.Has(per)) return "";  // "≥2/月": 次 or 元, nobody can tell
    if (per_thing_) return absl::StrCat(sign, read.value->ToString(), "元", read.unit);
    return SuggestFigure(narrow_, figures);
  }
  // Only what is read as one number is suggested.
  std::string Checked(std::string written) const {
    return suggest_ && !written.empty() && Reader(written, false).Read().value.has_value() ? written : "";
  }

  const bool suggest_;
  const std::string tidy_, narrow_;
  const bool two_numbers_;
  absl::string_view whole_;  // without a full stop
  Quantity result_;
  Comparator comparator_ = Comparator::kNone, by_words_ = Comparator::kNone;
  std::string said_, misread_text_;
  int per_year_ = 1;
  bool signed_ = false, number_ = false, spoken_ = false, changed_ = false, periodic_ = false;
  bool contradiction_ = false, misread_ = false, per_thing_ = false;
};

}  // namespace

Quantity ParseQuantity(absl::string_view text) {
  return Reader(text, /*suggest=*/true).Read();
}

}  // namespace attain::importing
