#include "clients/cli/words/labels.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/schema/methods.h"

namespace attain::cli {

absl::string_view LabelOfMethod(absl::string_view method, Language language) {
  const google::protobuf::MethodDescriptor* const found = schema::MethodNamed(method);
  if (found == nullptr || !schema::RuleOf(*found).has_words()) return method;
  return In(schema::RuleOf(*found).words(), language);
}

absl::string_view LabelOfCell(absl::string_view cell, Language language) {
  static constexpr std::pair<absl::string_view, Bilingual> kCells[] = {
      {"target", {"指标值", "target"}},
      {"weight", {"分值", "weight"}},
      {"rule", {"赋分规则", "rule"}},
      {"actual", {"完成值", "actual"}},
      {"reason", {"原因", "reason"}},
      {"review", {"复核得分", "review"}},
      {"spending", {"执行数/预算", "spent / budget"}},
      {"row", {"指标", "row"}}};
  for (const auto& [name, words] : kCells) {
    if (name == cell) return words.In(language);
  }
  return cell;
}

Colour ColourOf(v1::AmendmentState state) {
  if (state == v1::AMENDMENT_STATE_APPROVED) return Colour::kGreen;
  return state == v1::AMENDMENT_STATE_REJECTED ? Colour::kRed : Colour::kYellow;
}

Colour ColourOf(v1::Signal signal) {
  switch (signal) {
    case v1::SIGNAL_RED:
      return Colour::kRed;
    case v1::SIGNAL_YELLOW:
      return Colour::kYellow;
    case v1::SIGNAL_GREEN:
      return Colour::kGreen;
    case v1::SIGNAL_BLUE:
      return Colour::kBlue;
    default:
      return Colour::kDim;
  }
}

Colour ColourOf(v1::EvaluationState state) {
  if (state == v1::EVALUATION_STATE_CONFIRMED) return Colour::kGreen;
  return state == v1::EVALUATION_STATE_RETURNED ? Colour::kRed : Colour::kYellow;
}

Colour ColourOf(v1::WarningLight light) {
  if (light == v1::WARNING_LIGHT_RED) return Colour::kRed;
  return light == v1::WARNING_LIGHT_YELLOW ? Colour::kYellow : Colour::kNone;
}

Colour ColourOf(v1::Severity severity) {
  if (severity == v1::SEVERITY_ERROR) return Colour::kRed;
  return severity == v1::SEVERITY_WARNING ? Colour::kYellow : Colour::kDim;
}

Colour ColourOf(v1::TableState state) {
  if (state == v1::TABLE_STATE_APPROVED) return Colour::kGreen;
  return state == v1::TABLE_STATE_SUBMITTED ? Colour::kYellow : Colour::kDim;
}

Colour ColourOfGrade(absl::string_view grade) {
  if (grade == "优") return Colour::kGreen;
  if (grade == "良") return Colour::kBlue;
  if (grade == "中") return Colour::kYellow;
  return grade == "差" ? Colour::kRed : Colour::kNone;
}

std::string TargetText(const v1::Target& target) {
  if (target.value().empty()) return target.text();
  absl::string_view sign;
  switch (target.comparator()) {
    case v1::COMPARATOR_AT_LEAST:
      sign = "≥";
      break;
    case v1::COMPARATOR_GREATER:
      sign = ">";
      break;
    case v1::COMPARATOR_EQUAL:
      sign = "=";
      break;
    case v1::COMPARATOR_AT_MOST:
      sign = "≤";
      break;
    case v1::COMPARATOR_LESS:
      sign = "<";
      break;
    default:
      break;
  }
  const bool close = target.unit().empty() || target.unit() == "%";
  return absl::StrCat(sign, target.value(), close ? "" : " ", target.unit());
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()), absl::LocalTimeZone());
}

std::string RangeText(absl::string_view sure, absl::string_view possible) {
  return sure == possible ? std::string(sure) : absl::StrCat(sure, "–", possible);
}

}  // namespace attain::cli
