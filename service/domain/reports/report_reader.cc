#include "service/domain/reports/report_reader.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attain/v1/table.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/reports/yes_no_reader.h"
#include "service/importing/document.h"
#include "service/importing/values/units.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr size_t kMaxValue = 1000, kMaxNote = 2000, kMaxReason = 4000, kMaxEvidenceBytes = 500;
constexpr int kMaxEvidence = 20;

struct NumberAndUnit {
  std::string number, unit;
};

// The longest run of number characters in front, and the rest.
NumberAndUnit Split(absl::string_view text) {
  std::string folded = HalfWidth(text);
  size_t end = 0;
  while (end < folded.size() && (absl::ascii_isdigit(folded[end]) ||
                                 absl::StrContains("+-.,", absl::string_view(&folded[end], 1)))) {
    ++end;
  }
  return {folded.substr(0, end), folded.substr(end)};
}

absl::Status NotANumber(absl::string_view field, absl::string_view raw) {
  const std::string shown(CutText(raw, 60));
  return BadField(
      field, v1::ERROR_REASON_NOT_A_NUMBER,
      {absl::StrCat("“", shown, "” 不是数字。请填写普通十进制数，例如 29 或 45.5，可带目标的计量单位。"),
       absl::StrCat("\"", shown,
                    "\" is not a number. Write a plain decimal such as 29 or 45.5, with or without the "
                    "target's unit.")});
}

absl::StatusOr<Decimal> ReadNumber(absl::string_view field, absl::string_view text) {
  absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  if (parsed.ok()) return parsed;
  if (parsed.status().code() == absl::StatusCode::kOutOfRange) {
    return BadField(field, v1::ERROR_REASON_NUMBER_OUT_OF_RANGE, TooManyDigits());
  }
  return NotANumber(field, text);
}

// Units that a report of a target in `unit` may be told in, besides that unit.
std::string UnderstoodUnits(const std::string& unit) {
  std::vector<std::string> candidates = {"元",     "万元",   "亿元",   "%",      "‰",    "克",       "千克",
                                         "吨",     "米",     "公里",   "平方米", "公顷", "平方公里", "升",
                                         "立方米", "千瓦时", "兆瓦时", "千瓦",   "兆瓦"};
  const bool plain = !importing::IsShareUnit(unit) && !importing::IsMoneyUnit(unit);
  if (plain) candidates.insert(candidates.begin(), {absl::StrCat("万", unit), absl::StrCat("亿", unit)});
  std::string understood;
  for (const std::string& candidate : candidates) {
    if (importing::SameUnit(candidate, unit) ||
        !importing::ConvertUnit(Decimal::FromInt(1), candidate, unit).has_value())
      continue;
    absl::StrAppend(&understood, understood.empty() ? "" : "、", candidate);
  }
  return understood;
}

struct NumberWithUnit {
  Decimal number;
  std::string unit;
};

absl::Status UnitMismatch(absl::string_view field, const std::string& given, const std::string& unit) {
  const std::string understood = UnderstoodUnits(unit), shown(CutText(given, 60));
  const std::string others_zh =
      understood.empty() ? "" : absl::StrCat("，也可以用 ", understood, "（自动换算）");
  const std::string others_en =
      understood.empty() ? "" : absl::StrCat(" (", understood, " are understood too and converted)");
  return BadField(
      field, v1::ERROR_REASON_UNIT_MISMATCH,
      {absl::StrCat("单位应为 “", unit, "”", others_zh, "；填的是 “", shown, "”。请换算后连同单位一起填写。"),
       absl::StrCat("The unit is \"", unit, "\"", others_en, ", not \"", shown,
                    "\". Convert the value and write its unit with it.")},
      {{"unit", unit}, {"understood", understood}});
}

// The number in the target's unit; a conversion is told.
absl::StatusOr<Decimal> InUnit(absl::string_view field, const std::string& typed, const NumberWithUnit& given,
                               const std::string& unit, std::vector<importing::Finding>* notes) {
  if (importing::SameUnit(given.unit, unit)) return given.number;
  const std::optional<Decimal> converted = importing::ConvertUnit(given.number, given.unit, unit);
  if (!converted.has_value()) return UnitMismatch(field, given.unit, unit);
  if (notes == nullptr) return *converted;
  importing::Finding& finding = notes->emplace_back();
  finding.code = "UNIT_CONVERTED";
  finding.raw = typed;
  finding.understood = absl::StrCat(converted->ToString(), unit == "%" ? "" : " ", unit);
  finding.message = {
      absl::StrCat("“", CutText(typed, 60), "” 已精确换算为 ", finding.understood, "；填写的原文一并保留。"),
      absl::StrCat("\"", CutText(typed, 60), "\" was converted exactly to ", finding.understood,
                   "; what was typed is kept beside it.")};
  return *converted;
}

absl::Status ReadQuantity(const TableModel& model, int row, const v1::ActualReport& report,
                          disk::ActualState* actual, std::vector<importing::Finding>* notes) {
  static constexpr absl::string_view kField = "report.value";
  const scoring::Indicator& indicator = model.rows[row];
  absl::StatusOr<Decimal> number = Decimal::Parse(report.value());
  if (!number.ok()) {
    const NumberAndUnit parts = Split(report.value());
    if (parts.number.empty()) return NotANumber(kField, report.value());
    if (parts.unit.size() > 1 && (parts.unit[0] == 'e' || parts.unit[0] == 'E') &&
        (absl::ascii_isdigit(parts.unit[1]) || parts.unit[1] == '+' || parts.unit[1] == '-')) {
      return NotANumber(kField, report.value());
    }
    number = Decimal::Parse(parts.number);
    if (absl::IsInvalidArgument(number.status())) return NotANumber(kField, report.value());
    if (!number.ok()) return ReadNumber(kField, parts.number).status();
    if (!parts.unit.empty()) {
      ASSIGN_OR_RETURN(number, InUnit(kField, report.value(), {*number, parts.unit}, indicator.unit, notes));
    }
  }
  if (number->sign() < 0 && !model.state.indicators(row).allow_negative()) {
    return BadField(kField, v1::ERROR_REASON_NEGATIVE_VALUE,
                    {"该指标不接受负数。", "This indicator does not accept negative values."});
  }
  actual->set_number(number->ToString());
  return absl::OkStatus();
}

absl::Status ReadRatio(const v1::ActualReport& report, disk::ActualState* actual) {
  if (report.numerator().empty() || report.denominator().empty()) {
    return BadField("report.numerator", v1::ERROR_REASON_INVALID_FIELD,
                    {"该指标按比率累计，须同时填写分子和分母。",
                     "This indicator accumulates as a ratio: give numerator and denominator."});
  }
  ASSIGN_OR_RETURN(const Decimal numerator, ReadNumber("report.numerator", report.numerator()));
  ASSIGN_OR_RETURN(const Decimal denominator, ReadNumber("report.denominator", report.denominator()));
  if (numerator.sign() < 0 || denominator.sign() <= 0) {
    return BadField("report.denominator", v1::ERROR_REASON_NEGATIVE_VALUE,
                    {"分子不得为负，分母必须大于 0。",
                     "The numerator must not be negative and the denominator must be above 0."});
  }
  actual->mutable_report()->set_numerator(numerator.ToString());
  actual->mutable_report()->set_denominator(denominator.ToString());
  return absl::OkStatus();
}

absl::Status UnknownLevel(const TableModel& model, const scoring::Indicator& indicator) {
  const auto& bands = indicator.options.rating_bands.empty() ? model.profile->defaults.rating_bands
                                                             : indicator.options.rating_bands;
  std::string names;
  for (const scoring::RatingBand& band : bands) absl::StrAppend(&names, names.empty() ? "" : "、", band.name);
  return BadField("report.value", v1::ERROR_REASON_UNKNOWN_LEVEL,
                  {absl::StrCat("该指标按等级评判，请从下列等级中选填：", names, "。"),
                   absl::StrCat("This indicator is rated by level. Choose one of: ", names, ".")},
                  {{"levels", names}});
}

absl::Status FromProblem(const TableModel& model, const scoring::Indicator& indicator,
                         const scoring::ReportProblem& problem) {
  using Problem = scoring::ReportProblem;
  switch (problem.kind) {
    case Problem::kNone:
      return absl::OkStatus();
    case Problem::kNumberExpected:
      return NotANumber("report.value", "");
    case Problem::kLevelUnknown:
    case Problem::kLevelExpected:
      return UnknownLevel(model, indicator);
    case Problem::kScoreNotAllowed:
      return BadField("report.score", v1::ERROR_REASON_SCORE_NOT_ALLOWED,
                      {"该指标的得分由规则计算，不能手工填写。",
                       "The rule computes this indicator's score; none may be typed."});
    case Problem::kScoreOutsideBand:
    case Problem::kScoreOutsideWeight:
      break;
  }
  const std::string low = problem.low.has_value() ? problem.low->ToFixed(2) : "0";
  const std::string high = problem.high.has_value() ? problem.high->ToFixed(2) : "";
  const absl::string_view close = problem.high_inclusive ? "]" : ")";
  return BadField("report.score", v1::ERROR_REASON_SCORE_OUT_OF_BAND,
                  {absl::StrCat("得分须在 [", low, ", ", high, close, " 之内。"),
                   absl::StrCat("The score must lie in [", low, ", ", high, close, ".")},
                  {{"low", low}, {"high", high}});
}

absl::Status CheckText(absl::string_view field, absl::string_view text, size_t limit) {
  return CheckLength(absl::StrCat("report.", field), text, limit);
}

absl::Status CheckTexts(const v1::ActualReport& report) {
  RETURN_IF_ERROR(CheckText("value", report.value(), kMaxValue));
  RETURN_IF_ERROR(CheckText("note", report.note(), kMaxNote));
  RETURN_IF_ERROR(CheckText("reason", report.reason(), kMaxReason));
  for (const std::string& evidence : report.evidence())
    RETURN_IF_ERROR(CheckText("evidence", evidence, kMaxEvidenceBytes));
  if (report.evidence_size() > kMaxEvidence) {
    return BadField("report.evidence", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                    {"佐证资料最多 20 项。", "At most 20 pieces of evidence."});
  }
  return absl::OkStatus();
}

absl::Status ReadTypedPoints(absl::string_view field, const std::string& text, std::string* out) {
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Decimal points, ReadNumber(field, text));
  if (points.sign() < 0) {
    return BadField(field, v1::ERROR_REASON_NEGATIVE_VALUE,
                    {"分数不得为负。", "Points must not be negative."});
  }
  if (points.Round(2, scoring::Rounding::kDown) != points) {
    return BadField(field, v1::ERROR_REASON_NUMBER_OUT_OF_RANGE,
                    {"分数最多两位小数。", "Points have at most two decimals."});
  }
  *out = points.ToString();
  return absl::OkStatus();
}

// What nothing would be done with is refused, not dropped.
absl::Status CheckParts(const TableModel& model, int row, const v1::ActualReport& report) {
  if (model.state.indicators(row).accumulation() == v1::ACCUMULATION_RATIO) return absl::OkStatus();
  if (report.numerator().empty() && report.denominator().empty()) return absl::OkStatus();
  return BadField(
      report.numerator().empty() ? "report.denominator" : "report.numerator", v1::ERROR_REASON_INVALID_FIELD,
      {"该指标不按比率累计，不接受分子和分母。请在实际完成值中填写数值。",
       "This indicator does not accumulate as a ratio: give its value, without numerator and denominator."});
}

// Sums of several reports may yet pass the target, so only a report that stands for itself is held against
// it.
absl::Status CheckDeduction(const TableModel& model, int row, const v1::ActualReport& report,
                            const scoring::Reported& reported) {
  if (report.deduction().empty()) return absl::OkStatus();
  const scoring::Indicator& indicator = model.rows[row];
  if (!scoring::TakesDeduction(*model.profile, indicator)) {
    return BadField("report.deduction", v1::ERROR_REASON_SCORE_NOT_ALLOWED,
                    {"该指标的超额完成不由人工扣分，不能填写扣分。",
                     "Over-achievement of this indicator takes no typed deduction; leave it out."});
  }
  const int32_t accumulation = model.state.indicators(row).accumulation();
  const bool alone = accumulation == v1::ACCUMULATION_UNSPECIFIED || accumulation == v1::ACCUMULATION_LATEST;
  if (!alone || !reported.number.has_value() || *reported.number > *indicator.target) return absl::OkStatus();
  return BadField(
      "report.deduction", v1::ERROR_REASON_SCORE_NOT_ALLOWED,
      {absl::StrCat("没有超过指标值 ", indicator.target->ToString(), "，不能填写超额完成的扣分。"),
       absl::StrCat("The target ", indicator.target->ToString(),
                    " is not exceeded: there is nothing to deduct for.")});
}

}  // namespace

std::string ReadSerialDay(const std::string& text, std::vector<importing::Finding>* notes) {
  std::optional<std::string> day = SerialDay(text);
  if (!day.has_value()) return text;
  if (notes != nullptr) {
    importing::Finding& finding = notes->emplace_back();
    finding.code = "DATE_FROM_SERIAL";
    finding.raw = text;
    finding.understood = *day;
    finding.message = {
        absl::StrCat("日期 ", text, " 是电子表格里的日期数，读作 ", *day, "。"),
        absl::StrCat("The date ", text, " is a spreadsheet's number for a day; it was read as ", *day, ".")};
    finding.repair = {"若不是这一天，请改写成 YYYY-MM-DD。",
                      "If that is not the day, write it as YYYY-MM-DD."};
  }
  return *std::move(day);
}

absl::StatusOr<Decimal> ReadMoney(absl::string_view field, absl::string_view text,
                                  std::vector<importing::Finding>* notes) {
  absl::StatusOr<Decimal> money = Decimal::Parse(text);
  if (!money.ok()) {
    const NumberAndUnit parts = Split(text);
    money = Decimal::Parse(parts.number);
    if (absl::IsOutOfRange(money.status())) {
      return BadField(field, v1::ERROR_REASON_NUMBER_OUT_OF_RANGE, TooManyDigits());
    }
    if (!money.ok()) {
      return BadField(field, v1::ERROR_REASON_NOT_A_NUMBER,
                      {"金额应为十进制数，单位万元，例如 30 或 30.55 万元；也可写 305500 元。",
                       "Money is a decimal number in 万元 (10,000 yuan), e.g. 30, 30.55 万元 or 305500 元."});
    }
    if (!parts.unit.empty()) {
      ASSIGN_OR_RETURN(money, InUnit(field, std::string(text), {*money, parts.unit}, "万元", notes));
    }
  }
  if (money->sign() < 0) {
    return BadField(field, v1::ERROR_REASON_NEGATIVE_VALUE,
                    {"金额不得为负数。", "Money must not be negative."});
  }
  return money;
}

absl::StatusOr<disk::ActualState> ReadReport(const TableModel& model, int row, const v1::ActualReport& report,
                                             int64_t now_us, std::vector<importing::Finding>* notes) {
  const scoring::Indicator& indicator = model.rows[row];
  RETURN_IF_ERROR(CheckTexts(report));
  disk::ActualState actual;
  disk::ReportState* kept = actual.mutable_report();
  kept->set_value(report.value());
  kept->set_note(report.note());
  kept->set_reason(report.reason());
  kept->mutable_evidence()->CopyFrom(report.evidence());
  ASSIGN_OR_RETURN(*actual.mutable_date(), ReadDate("report.date", model.state.fiscal_year(),
                                                    ReadSerialDay(report.date(), notes), now_us));
  kept->set_date(actual.date());
  actual.set_state(v1::ACTUAL_STATE_ACTIVE);
  RETURN_IF_ERROR(ReadTypedPoints("report.score", report.score(), kept->mutable_score()));
  RETURN_IF_ERROR(ReadTypedPoints("report.deduction", report.deduction(), kept->mutable_deduction()));
  RETURN_IF_ERROR(CheckParts(model, row, report));
  const bool ratio = model.state.indicators(row).accumulation() == v1::ACCUMULATION_RATIO;
  if (!ratio && absl::StripAsciiWhitespace(report.value()).empty()) {
    return BadField("report.value", v1::ERROR_REASON_INVALID_FIELD,
                    {"请填写实际完成值。“未上报”与 0 不同：没有数据就不要上报。",
                     "Give the actual value. Not reported is not 0: without a value, do not report."});
  }
  if (ratio) {
    RETURN_IF_ERROR(ReadRatio(report, &actual));
  } else if (indicator.target.has_value()) {
    RETURN_IF_ERROR(ReadQuantity(model, row, report, &actual, notes));
  } else if (indicator.rule == scoring::RuleKind::kRating) {
    actual.set_level(scoring::ResolveLevel(*model.profile, indicator, report.value()));
    if (actual.level().empty()) return UnknownLevel(model, indicator);
  } else if (indicator.rule == scoring::RuleKind::kDirect) {
    RETURN_IF_ERROR(ReadYesNo(model, row, report, &actual, notes));
  }
  // The same checks as scoring makes, so that what is stored can always be scored.
  Cell cell;
  Accumulate(model, row, actual, "1", &cell);
  RETURN_IF_ERROR(
      FromProblem(model, indicator, scoring::CheckReported(*model.profile, indicator, cell.reported)));
  RETURN_IF_ERROR(CheckDeduction(model, row, report, cell.reported));
  return actual;
}

}  // namespace attain::engine
