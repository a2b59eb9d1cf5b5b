#include "service/importing/values/money.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/importing/values/notes.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

struct Lists {
  const WordList& units = WordList::Named("money_units");
  const WordList& unit_label = WordList::Named("money_words", "unit label");
  const WordList& unit_end = WordList::Named("money_words", "unit end");
  const WordList& sign = WordList::Named("money_words", "sign");
  const WordList& about = WordList::Named("money_words", "about");
  const WordList& end = WordList::Named("money_words", "end");
  const WordList& blank = WordList::Named("money_words", "blank");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

bool IsMultipleAlone(absl::string_view word) {
  return word == "万" || word == "亿";
}

// The power of ten that makes 万元 of the unit; 0 for a word that is none.
int PowerOf(absl::string_view unit) {
  int power = 0;
  return absl::SimpleAtoi(Words().units.KeyOf(unit), &power) ? power : 0;
}

// One piece of a note: "单位人民币万元", "以万元为单位" → "万元"; empty when it is no unit.
absl::string_view UnitOfPiece(absl::string_view piece) {
  while (const WordList::Match label = Words().unit_label.AtStart(piece)) piece.remove_prefix(label.length);
  while (const WordList::Match end = Words().unit_end.AtEnd(piece)) piece.remove_suffix(end.length);
  return Words().units.Has(piece) && !IsMultipleAlone(piece) ? piece : "";
}

// Pieces between brackets, signs and (in the second reading) blanks.
MoneyUnit UnitBetween(absl::string_view text, bool at_blanks) {
  MoneyUnit found;
  std::string piece;
  const auto close = [&] {
    // "元/亩" is a price; "元/万元" leaves it open.
    const std::vector<std::string> parts = absl::StrSplit(piece, '/');
    piece.clear();
    const std::string unit(UnitOfPiece(parts.front()));
    if (unit.empty() || (parts.size() > 1 && UnitOfPiece(parts.back()).empty())) return;
    found.ambiguous = found.ambiguous || PowerOf(unit) != PowerOf(UnitOfPiece(parts.back()));
    found.ambiguous = found.ambiguous || (!found.word.empty() && PowerOf(found.word) != PowerOf(unit));
    if (found.word.empty()) found.word = unit;
  };
  for (const std::string& c : Characters(text)) {
    const bool border = (c.size() == 1 && absl::StrContains("()[]{}<>:;,|", c)) || c == "、" || c == "。" ||
                        c == "【" || c == "】" || c == "〔" || c == "〕" || c == "—";
    if (border || (at_blanks && c == " ")) {
      close();
    } else if (c != " ") {
      piece += c;
    }
  }
  close();
  if (found.ambiguous) found.word.clear();
  return found;
}

class MoneyReader {
 public:
  MoneyReader(absl::string_view text, absl::string_view default_unit)
      : text_(text), folded_(Squeeze(Narrow(WithoutTags(text)))), default_(Squeeze(Narrow(default_unit))) {}

  Money Read() {
    absl::string_view rest = folded_;
    if (rest.empty() || Words().blank.Has(rest)) {
      money_.blank = true;
      return std::move(money_);
    }
    TakeBefore(&rest);
    if (HasTwoNumbers(Tidy(Narrow(WithoutTags(text_)))) || !TakeAmount(&rest) || !TakeBehind(rest)) {
      Unclear();
      return std::move(money_);
    }
    Convert();
    return std::move(money_);
  }

 private:
  // Signs, "(万元)" and labels before the amount: "财政拨款:20", "约20".
  void TakeBefore(absl::string_view* rest) {
    // A label ends in a colon; behind an amount a colon begins its parts.
    const size_t colon = rest->find(':');
    const bool label =
        colon != absl::string_view::npos && colon + 1 < rest->size() && !absl::ascii_isdigit((*rest)[0]);
    if (label && rest->substr(0, colon).find_first_of("0123456789") == absl::string_view::npos) {
      const MoneyUnit unit = MoneyUnitIn(rest->substr(0, colon));
      if (!unit.word.empty()) money_.unit = unit.word;
      rest->remove_prefix(colon + 1);
    }
    const size_t close = rest->find(')');
    if (absl::StartsWith(*rest, "(") && close != absl::string_view::npos &&
        Words().units.Has(rest->substr(1, close - 1))) {
      money_.unit = std::string(rest->substr(1, close - 1));
      rest->remove_prefix(close + 1);
    }
    for (size_t before = 0; before != rest->size();) {
      before = rest->size();
      rest->remove_prefix(Words().sign.AtStart(*rest).length);
      const size_t about = Words().about.AtStart(*rest).length;
      approximate_ = approximate_ || about > 0;
      rest->remove_prefix(about);
    }
  }

  bool TakeAmount(absl::string_view* rest) {
    size_t end = !rest->empty() && ((*rest)[0] == '-' || (*rest)[0] == '+') ? 1 : 0;
    if (absl::StartsWith(*rest, "−")) end = absl::string_view("−").size();
    while (end < rest->size() &&
           (absl::ascii_isdigit((*rest)[end]) || (*rest)[end] == '.' || (*rest)[end] == ','))
      ++end;
    while (end > 0 && ((*rest)[end - 1] == ',' || (*rest)[end - 1] == '.')) --end;
    if (end > 0 && absl::ascii_isdigit((*rest)[end - 1])) {
      const absl::StatusOr<Decimal> parsed = Decimal::Parse(rest->substr(0, end));
      if (!parsed.ok()) return false;
      amount_ = *parsed;
      rest->remove_prefix(end);
      return true;
    }
    const Numeral numeral = TakeNumeral(*rest);
    if (!numeral.value.has_value() || !numeral.unit.empty()) return false;
    amount_ = *numeral.value;
    spoken_ = true;
    rest->remove_prefix(numeral.length);
    return true;
  }

  // The unit, the end of an amount, and a remark in brackets or behind a comma; a second amount that stands
  // beside the first is none of these.
  bool TakeBehind(absl::string_view rest) {
    const auto take_about = [&] {
      const size_t about = Words().about.AtStart(rest).length;
      approximate_ = approximate_ || about > 0;
      rest.remove_prefix(about);
    };
    take_about();
    if (absl::StartsWith(rest, "(")) {
      const size_t close = rest.find(')');
      const absl::string_view inside = close == absl::string_view::npos ? "" : rest.substr(1, close - 1);
      if (Words().units.Has(inside)) {
        money_.unit = std::string(inside);
        rest.remove_prefix(close + 1);
      }
    } else if (const WordList::Match unit = Words().units.AtStart(rest)) {
      money_.unit = std::string(rest.substr(0, unit.length));
      rest.remove_prefix(unit.length);
    }
    rest.remove_prefix(Words().end.AtStart(rest).length);
    take_about();
    if (rest.empty()) return true;
    const bool bracket = rest[0] == '(' || rest[0] == '[';
    const bool words = absl::StartsWith(rest, ",其中") || absl::StartsWith(rest, "其中") ||
                       absl::StartsWith(rest, ";其中") || absl::StartsWith(rest, "。");
    if (!bracket && !words) return false;
    money_.remark = std::string(rest);
    return true;
  }

  void Convert() {
    const bool own = !money_.unit.empty();
    // "二十万" has its multiple in the numeral, so it counts 元.
    std::string unit = own ? money_.unit : spoken_ && amount_ >= Decimal::FromInt(10000) ? "元" : default_;
    if (!Words().units.Has(unit)) unit = "万元";
    const int power = PowerOf(unit);
    money_.value = TimesPowerOfTen(amount_, power);
    if (!money_.value.has_value()) return Unclear();
    const std::string understood = absl::StrCat(money_.value->ToString(), " 万元");
    if (power != 0) {
      Tell(Severity::kNote, "MONEY_CONVERTED", understood,
           {absl::StrCat("金额单位是 “", unit, "”，已换算成万元，没有舍入。"),
            absl::StrCat("The amount is in ", unit, "; it was converted to 万元 without rounding.")},
           {"请核对。", "Check it."});
    }
    if (!money_.remark.empty()) {
      Tell(Severity::kNote, "MONEY_REMARK", understood,
           {"金额旁边有文字，只取了第一个数。",
            "Words stand beside the amount; only the first figure was taken."},
           {"请核对。", "Check it."});
    }
    if (approximate_) {
      Tell(Severity::kWarning, "MONEY_APPROXIMATE", understood,
           {"金额是概数或上限。", "The amount is approximate or a limit."},
           {"请核对并写明确切的金额。", "Check it and state the exact amount."});
    }
  }

  void Unclear() {
    money_.value.reset();
    Tell(Severity::kError, "MONEY_UNCLEAR", "",
         {"金额读不成一个数，没有代为取舍。", "The amount is not one number; nothing was picked from it."},
         {"请只写一个数和单位，例如 35.33万元。", "Write one number and its unit, like 35.33万元."});
  }

  void Tell(Severity severity, const char* code, std::string understood, Text message, Text repair) {
    money_.findings.push_back(
        MakeNote(severity, code, Tidy(text_), std::move(understood), std::move(message), std::move(repair)));
  }

  const absl::string_view text_;
  const std::string folded_, default_;
  Money money_;
  Decimal amount_;
  bool approximate_ = false, spoken_ = false;
};

}  // namespace

MoneyUnit MoneyUnitIn(absl::string_view text) {
  const std::string tidy = Tidy(Narrow(text));
  const MoneyUnit found = UnitBetween(Squeeze(tidy), false);
  return found.word.empty() && !found.ambiguous ? UnitBetween(tidy, true) : found;
}

bool IsLargeForNoUnit(const Decimal& amount) {
  return amount >= Decimal::FromInt(10'000);  // 100 million 元
}

Finding UnitAssumed(absl::string_view text, const Decimal& amount) {
  Finding finding =
      MakeNote(Severity::kWarning, "MONEY_UNIT_ASSUMED", text, absl::StrCat(amount.ToString(), " 万元"),
               {"金额没有写单位，按万元读入；数额很大，可能是元。",
                "Nothing says the unit of this amount; it was read as 万元. It is large and may be 元."},
               {"请核对并写明单位。", "Check it and state the unit."});
  if (const std::optional<Decimal> yuan = TimesPowerOfTen(amount, -4))
    finding.likely = absl::StrCat(yuan->ToString(), " 万元");
  return finding;
}

Money ParseMoney(absl::string_view text, absl::string_view default_unit) {
  return MoneyReader(text, default_unit).Read();
}

}  // namespace attain::importing
