#include "service/importing/values/target.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/values/figures.h"
#include "service/importing/values/measures.h"
#include "service/importing/values/notes.h"
#include "service/importing/values/number_dates.h"
#include "service/importing/values/row_kind.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using scoring::RuleKind;

bool IsMultipleAlone(absl::string_view unit) {
  return unit == "万" || unit == "亿";
}

// Takes the placeholder of a number off the front: "**", "XX", "__", "……", or the number itself.
bool TakePlaceholder(absl::string_view* text) {
  const size_t before = text->size();
  for (size_t size = 0; size != text->size();) {
    size = text->size();
    for (absl::string_view mark : {"*", "×", "X", "x", "_", "□", "○", "…", "〇", "—", "-", "N", "?"}) {
      absl::ConsumePrefix(text, mark);
    }
    while (!text->empty() && absl::ascii_isdigit((*text)[0])) text->remove_prefix(1);
  }
  return text->size() < before;
}

// "≥**台", "单位:场", "%"
NameHint HintOf(absl::string_view inside) {
  NameHint hint;
  bool labelled = false;
  for (absl::string_view label : {"计量单位:", "单位:"}) {
    if (absl::ConsumePrefix(&inside, label)) labelled = true;
  }
  hint.comparator = TakeComparator(&inside);
  const bool placeholder = TakePlaceholder(&inside);
  const bool certain = labelled || placeholder || hint.comparator != Comparator::kNone;
  if (IsCounted(inside) || (certain && IsUnit(inside) && !IsSentence(inside))) {
    hint.unit = std::string(inside);
  } else if (!inside.empty()) {
    return {};  // a remark
  }
  return hint;
}

class TargetReader {
 public:
  explicit TargetReader(const TargetCells& cells)
      : cells_(cells), quantity_(ParseQuantity(cells.value)), hint_(ComparatorAndUnitOfName(cells.name)) {}

  TargetReading Read() {
    if (!quantity_.value.has_value()) {
      reading_.text = quantity_.text;
      return std::move(reading_);
    }
    if (IsDay()) return std::move(reading_);
    reading_.target = quantity_.value;
    FindComparator();
    FindUnit();
    reading_.comparator = comparator_;
    TakeRemark();
    TellReading();
    TellContradiction();
    return std::move(reading_);
  }

 private:
  // The value's own word first, then the column of comparators, the name, and the direction at last.
  void FindComparator() {
    const Comparator column = ParseComparator(cells_.nature);
    comparator_ = quantity_.comparator;
    if (comparator_ == Comparator::kNone) comparator_ = column;
    if (comparator_ == Comparator::kNone) comparator_ = hint_.comparator;
    if (comparator_ != Comparator::kNone) return;
    comparator_ = DirectionOf(cells_.nature);
    by_direction_ = comparator_ != Comparator::kNone;
  }

  void FindUnit() {
    const std::string column = Squeeze(Narrow(cells_.unit));
    const std::string& elsewhere = column.empty() ? hint_.unit : column;
    std::string& unit = reading_.unit = quantity_.unit;
    if (unit.empty()) {
      unit = elsewhere;
    } else if (IsMultipleAlone(unit)) {
      CompleteUnit(elsewhere);
    } else if (!column.empty() && !SameUnit(unit, column) && column != "/" && column != "-" &&
               column != "无") {
      Tell(Severity::kWarning, "UNIT_DISAGREES", absl::StrCat(cells_.value, " | ", cells_.unit),
           {absl::StrCat("指标值写的单位是 “", unit, "”，计量单位列写的是 “", column, "”。"),
            absl::StrCat("The target says \"", unit, "\", the column of units says \"", column, "\".")},
           {"取了指标值里的单位，请核对。", "The target's own unit was taken; check it."});
    }
  }

  // "18.64万": of what the unit column, the name or a row of costs says; otherwise it stays and is told.
  void CompleteUnit(const std::string& elsewhere) {
    std::string& unit = reading_.unit;
    const bool money = elsewhere.empty() && IsCostRow(cells_.level1, cells_.level2, cells_.name);
    if (!elsewhere.empty() && ConvertUnit(*quantity_.value, unit, elsewhere).has_value()) {
      reading_.target = ConvertUnit(*quantity_.value, unit, elsewhere);
      unit = elsewhere;
    } else if (money) {
      unit += "元";
    }
    const bool done = !IsMultipleAlone(unit);
    Tell(Severity::kWarning, "UNIT_COMPLETED", cells_.value,
         done ? Text{"指标值的单位没有写全，按计量单位、指标名称或成本指标补全。",
                     "The target's unit is not complete; it was completed from the unit column, the name or "
                     "because "
                     "the row is a cost."}
              : Text{"指标值只写了“万”或“亿”，看不出是什么的。", "The target says 万 or 亿 and not of what."},
         done ? Text{"请核对。", "Check it."}
              : Text{"请写全计量单位，例如 万元、万人次。", "Write the whole unit, like 万元 or 万人次."});
  }

  // "45657" or "20241231" where the name asks for a day: the words of the day, never a number to reach.
  bool IsDay() {
    const std::string unit = Squeeze(Narrow(cells_.unit));
    const bool counted = IsCounted(quantity_.unit) || IsCounted(unit);
    if (counted || !quantity_.unit.empty() || !IsTimeName(cells_.name)) return false;
    const std::string day = DayOfNumber(cells_.value);
    if (day.empty()) return false;
    reading_.text = day;
    reading_.findings.push_back(
        MakeNote(Severity::kWarning, "DATE_AS_NUMBER", cells_.value, day,
                 {absl::StrCat("指标问的是时间，“", cells_.value, "” 应是日期 ", day, "，按日期读入。"),
                  absl::StrCat("The indicator asks for a day: "
                               ", cells_.value, "
                               " is the date ",
                               day, "; it was read as one.")},
                 {"请核对，并把目标写成日期。", "Check it and write the target as a date."}));
    return true;
  }

  // "≥90%(12月底)", "12期(每月1期)": figures in brackets behind the unit are none of its words.
  void TakeRemark() {
    std::string& unit = reading_.unit;
    const size_t open = unit.find('(');
    if (open == std::string::npos) {
      if (ParseQuantity(unit).value.has_value())
        Tell(Severity::kWarning, "UNIT_IS_NUMBER", unit, {"计量单位是一个数。", "The unit is a number."},
             {"请核对指标值和计量单位。", "Check target and unit."});
      return;
    }
    const std::string remark = unit.substr(open);
    absl::string_view inside = remark;
    if (!absl::ConsumePrefix(&inside, "(") || !absl::ConsumeSuffix(&inside, ")")) return;
    if (open == 0 && IsCounted(inside)) {
      unit = std::string(inside);
      return;
    }
    const Figures figures = FindFigures(inside);
    if (open == 0 || figures.count + figures.dates == 0) return;
    unit.resize(open);
    Tell(Severity::kWarning, "TARGET_REMARK", cells_.value,
         {absl::StrCat("指标值后面括号中的 “", inside, "” 没有读入。"),
          absl::StrCat("What stands in brackets behind the target ("
                       ", inside, "
                       ") was not read.")},
         {"请核对；如果它也是承诺，请另立一行。",
          "Check it; if it is a promise too, give it a row of its own."});
  }

  std::string Understood() const {
    return absl::StrCat(SignOf(comparator_), reading_.target->ToString(), reading_.unit.empty() ? "" : " ",
                        reading_.unit);
  }

  void TellReading() {
    if (by_direction_) {
      Tell(Severity::kNote, "COMPARATOR_BY_NATURE", absl::StrCat(cells_.nature, " ", cells_.value),
           {"指标值没有写比较符，按指标性质确定。",
            "The target has no comparator; it was taken from the indicator's nature."},
           {"请核对。", "Check it."});
    }
    if (quantity_.approximate) {
      Tell(Severity::kWarning, "TARGET_APPROXIMATE", cells_.value,
           {"指标值是概数。", "The target is an approximate number."},
           {"请核对并写明确切的指标值。", "Check it and state an exact target."});
      if (comparator_ == Comparator::kNone)
        reading_.findings.back().understood = absl::StrCat("≈", Understood());
    } else if (!quantity_.said.empty()) {
      TellWords();
    }
  }
  void TellWords() {
    Tell(Severity::kWarning, "TARGET_HAS_FIGURE", cells_.value,
         {absl::StrCat("指标值是用文字写的数（“", quantity_.said, "”），已读成数。"),
          absl::StrCat("The target is a figure in words (\"", quantity_.said,
                       "\"); it was read as a number.")},
         quantity_.is_change
             ? Text{"这是变动的幅度：上报时请报幅度本身（下降也报正数），不是变动后的数值。请核对。",
                    "It is by how much something changes: report the change (a fall as a positive number), "
                    "not the "
                    "value after it. Check it."}
             : Text{"请核对。", "Check it."});
  }

  void TellContradiction() {
    const Comparator column = ParseComparator(cells_.nature);
    const bool column_differs =
        quantity_.comparator != Comparator::kNone && Opposed(column, quantity_.comparator);
    if (!Contradicts(cells_.nature, comparator_) && !column_differs) return;
    Tell(Severity::kWarning, "DIRECTION_CONTRADICTION", absl::StrCat(cells_.nature, " ", cells_.value),
         {absl::StrCat("“", Tidy(cells_.nature), "”与比较符 “", SignOf(comparator_), "”互相矛盾。"),
          absl::StrCat("\"", Tidy(cells_.nature), "\" and the comparator \"", SignOf(comparator_),
                       "\" contradict each other.")},
         {absl::StrCat("按比较符 “", SignOf(comparator_), "”读入，请核对并改正其中之一。"),
          absl::StrCat("It was read with \"", SignOf(comparator_),
                       "\". Check it and correct one of the two.")});
  }

  void Tell(Severity severity, const char* code, const std::string& raw, Text message, Text repair) {
    reading_.findings.push_back(
        MakeNote(severity, code, raw, Understood(), std::move(message), std::move(repair)));
  }

  const TargetCells& cells_;
  const Quantity quantity_;
  const NameHint hint_;
  Comparator comparator_ = Comparator::kNone;
  bool by_direction_ = false;
  TargetReading reading_;
};

}  // namespace

NameHint ComparatorAndUnitOfName(absl::string_view name) {
  const std::string narrow = Squeeze(Narrow(name));
  absl::string_view rest = narrow;
  if (const size_t open = rest.rfind('(');
      open != absl::string_view::npos && open > 0 && absl::ConsumeSuffix(&rest, ")")) {
    return HintOf(rest.substr(open + 1));
  }
  static const WordList& comparators = WordList::Named("comparators");
  const WordList::Match match = comparators.AtEnd(rest);
  if (!match || match.length == rest.size()) return {};
  const absl::string_view word = rest.substr(rest.size() - match.length);
  if (absl::StartsWith(word, "最")) return {};  // at the end of a name 最高 is a word like others
  return {ParseComparator(word), ""};
}

TargetReading ReadTarget(const TargetCells& cells) {
  return TargetReader(cells).Read();
}

RuleKind AssumedRule(bool has_value, absl::string_view target_text) {
  if (has_value) return RuleKind::kProportional;
  const Quantity words = ParseQuantity(target_text);
  if (words.unclear) return RuleKind::kProportional;
  if (words.figure || words.value.has_value()) return RuleKind::kUnmapped;
  if (words.is_date) return RuleKind::kDirect;
  return words.text.empty() ? RuleKind::kUnmapped : RuleKind::kRating;
}

}  // namespace attain::importing
