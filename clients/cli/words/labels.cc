#include "clients/cli/words/labels.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace attain::cli {

absl::string_view Label(v1::TableKind kind, Language language) {
  switch (kind) {
    case v1::TABLE_KIND_UNIT:
      return Bilingual{"单位整体", "unit"}.In(language);
    case v1::TABLE_KIND_PROJECT:
      return Bilingual{"项目", "project"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::DocumentUse use, Language language) {
  switch (use) {
    case v1::DOCUMENT_USE_TARGET_TABLES:
      return Bilingual{"目标表", "target-tables"}.In(language);
    case v1::DOCUMENT_USE_ACTUALS:
      return Bilingual{"实际完成值", "actuals"}.In(language);
    case v1::DOCUMENT_USE_SPENDING:
      return Bilingual{"支出", "spending"}.In(language);
    case v1::DOCUMENT_USE_SELF_EVALUATION:
      return Bilingual{"自评表", "self-evaluation"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::TableState state, Language language) {
  switch (state) {
    case v1::TABLE_STATE_DRAFT:
      return Bilingual{"草稿", "draft"}.In(language);
    case v1::TABLE_STATE_SUBMITTED:
      return Bilingual{"已提交", "submitted"}.In(language);
    case v1::TABLE_STATE_APPROVED:
      return Bilingual{"已批准", "approved"}.In(language);
    case v1::TABLE_STATE_CLOSED:
      return Bilingual{"已关闭", "closed"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::ScoreStatus status, Language language) {
  switch (status) {
    case v1::SCORE_STATUS_SCORED:
      return Bilingual{"已得分", "scored"}.In(language);
    case v1::SCORE_STATUS_UNREPORTED:
      return Bilingual{"未上报", "not reported"}.In(language);
    case v1::SCORE_STATUS_UNSCORED:
      return Bilingual{"待评分", "to be scored"}.In(language);
    case v1::SCORE_STATUS_UNMAPPED:
      return Bilingual{"规则未识别", "rule unknown"}.In(language);
    case v1::SCORE_STATUS_NOT_APPLICABLE:
      return Bilingual{"不适用", "not applicable"}.In(language);
    case v1::SCORE_STATUS_UNWEIGHTED:
      return Bilingual{"无权重", "no weights"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::WarningLight light, Language language) {
  switch (light) {
    case v1::WARNING_LIGHT_NONE:
      return Bilingual{"无", "none"}.In(language);
    case v1::WARNING_LIGHT_YELLOW:
      return Bilingual{"黄", "yellow"}.In(language);
    case v1::WARNING_LIGHT_RED:
      return Bilingual{"红", "red"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::ScoreFlag flag, Language language) {
  switch (flag) {
    case v1::SCORE_FLAG_OVER_ACHIEVED:
      return Bilingual{"超额", "over-achieved"}.In(language);
    case v1::SCORE_FLAG_REASON_REQUIRED:
      return Bilingual{"须说明原因", "reason required"}.In(language);
    case v1::SCORE_FLAG_EASIER_THAN_LAST_YEAR:
      return Bilingual{"目标低于上年", "easier than last year"}.In(language);
    case v1::SCORE_FLAG_EDITED_AFTER_DEADLINE:
      return Bilingual{"提交自评后改动", "edited after hand-in"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::DifferenceCause cause, Language language) {
  switch (cause) {
    case v1::DIFFERENCE_CAUSE_REPORTS:
      return Bilingual{"上报", "reports"}.In(language);
    case v1::DIFFERENCE_CAUSE_CORRECTIONS:
      return Bilingual{"更正和撤回", "corrections"}.In(language);
    case v1::DIFFERENCE_CAUSE_AMENDMENTS:
      return Bilingual{"目标调整", "amendments"}.In(language);
    case v1::DIFFERENCE_CAUSE_PROFILE:
      return Bilingual{"评分方案", "profile"}.In(language);
    case v1::DIFFERENCE_CAUSE_REVIEW:
      return Bilingual{"复核", "review"}.In(language);
    case v1::DIFFERENCE_CAUSE_SPENDING:
      return Bilingual{"支出", "spending"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::Severity severity, Language language) {
  switch (severity) {
    case v1::SEVERITY_ERROR:
      return Bilingual{"错误", "error"}.In(language);
    case v1::SEVERITY_WARNING:
      return Bilingual{"警告", "warning"}.In(language);
    case v1::SEVERITY_NOTE:
      return Bilingual{"提示", "note"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::ActualState state, Language language) {
  switch (state) {
    case v1::ACTUAL_STATE_ACTIVE:
      return Bilingual{"有效", "active"}.In(language);
    case v1::ACTUAL_STATE_CORRECTED:
      return Bilingual{"已更正", "corrected"}.In(language);
    case v1::ACTUAL_STATE_RETRACTED:
      return Bilingual{"已撤回", "retracted"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::RuleKind rule, Language language) {
  switch (rule) {
    case v1::RULE_KIND_PROPORTIONAL:
      return Bilingual{"正常比例", "proportional"}.In(language);
    case v1::RULE_KIND_DIRECT:
      return Bilingual{"直接赋分", "direct"}.In(language);
    case v1::RULE_KIND_RATING:
      return Bilingual{"评判等级", "rating"}.In(language);
    case v1::RULE_KIND_SATISFACTION:
      return Bilingual{"满意度", "satisfaction"}.In(language);
    case v1::RULE_KIND_STEPS:
      return Bilingual{"区间赋分", "steps"}.In(language);
    case v1::RULE_KIND_MANUAL:
      return Bilingual{"人工评分", "manual"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::AmendmentState state, Language language) {
  switch (state) {
    case v1::AMENDMENT_STATE_PROPOSED:
      return Bilingual{"待批准", "proposed"}.In(language);
    case v1::AMENDMENT_STATE_APPROVED:
      return Bilingual{"已生效", "in force"}.In(language);
    case v1::AMENDMENT_STATE_REJECTED:
      return Bilingual{"已驳回", "rejected"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::RowChangeKind kind, Language language) {
  switch (kind) {
    case v1::ROW_CHANGE_KIND_ADDED:
      return Bilingual{"新增", "added"}.In(language);
    case v1::ROW_CHANGE_KIND_CHANGED:
      return Bilingual{"修改", "changed"}.In(language);
    case v1::ROW_CHANGE_KIND_REMOVED:
      return Bilingual{"删除", "removed"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::EvaluationState state, Language language) {
  switch (state) {
    case v1::EVALUATION_STATE_OPEN:
      return Bilingual{"未提交", "open"}.In(language);
    case v1::EVALUATION_STATE_SUBMITTED:
      return Bilingual{"已提交，待复核", "handed in, to be reviewed"}.In(language);
    case v1::EVALUATION_STATE_RETURNED:
      return Bilingual{"已退回", "returned"}.In(language);
    case v1::EVALUATION_STATE_CONFIRMED:
      return Bilingual{"已确认", "confirmed"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::SignatureKind kind, Language language) {
  switch (kind) {
    case v1::SIGNATURE_KIND_TABLE_APPROVED:
      return Bilingual{"批准绩效目标表", "table approved"}.In(language);
    case v1::SIGNATURE_KIND_AMENDMENT_APPROVED:
      return Bilingual{"批准调整", "amendment approved"}.In(language);
    case v1::SIGNATURE_KIND_EVALUATION_SUBMITTED:
      return Bilingual{"提交自评", "self-evaluation handed in"}.In(language);
    case v1::SIGNATURE_KIND_EVALUATION_CONFIRMED:
      return Bilingual{"确认评价", "evaluation confirmed"}.In(language);
    default:
      return "";
  }
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

absl::string_view Label(v1::Signal signal, Language language) {
  switch (signal) {
    case v1::SIGNAL_NONE:
      return Bilingual{"无", "none"}.In(language);
    case v1::SIGNAL_RED:
      return Bilingual{"红", "red"}.In(language);
    case v1::SIGNAL_YELLOW:
      return Bilingual{"黄", "yellow"}.In(language);
    case v1::SIGNAL_GREEN:
      return Bilingual{"绿", "green"}.In(language);
    case v1::SIGNAL_BLUE:
      return Bilingual{"蓝", "blue"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::Likelihood likelihood, Language language) {
  switch (likelihood) {
    case v1::LIKELIHOOD_CERTAIN:
      return Bilingual{"确定能", "certain"}.In(language);
    case v1::LIKELIHOOD_POSSIBLE:
      return Bilingual{"有可能", "possible"}.In(language);
    case v1::LIKELIHOOD_IMPOSSIBLE:
      return Bilingual{"完全不可能", "impossible"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::OutlookCause cause, Language language) {
  switch (cause) {
    case v1::OUTLOOK_CAUSE_FUNDS:
      return Bilingual{"经费", "funds"}.In(language);
    case v1::OUTLOOK_CAUSE_RULES:
      return Bilingual{"制度", "rules"}.In(language);
    case v1::OUTLOOK_CAUSE_PEOPLE:
      return Bilingual{"人员", "people"}.In(language);
    case v1::OUTLOOK_CAUSE_EQUIPMENT:
      return Bilingual{"硬件条件", "equipment"}.In(language);
    case v1::OUTLOOK_CAUSE_OTHER:
      return Bilingual{"其他", "other"}.In(language);
    default:
      return "";
  }
}

absl::string_view Label(v1::DueKind kind, Language language) {
  switch (kind) {
    case v1::DUE_KIND_ACTUAL:
      return Bilingual{"未上报", "not reported"}.In(language);
    case v1::DUE_KIND_LATE:
      return Bilingual{"迟报", "late"}.In(language);
    case v1::DUE_KIND_REASON:
      return Bilingual{"缺原因", "reason"}.In(language);
    case v1::DUE_KIND_SCORE:
      return Bilingual{"待评分", "score"}.In(language);
    case v1::DUE_KIND_OUTLOOK:
      return Bilingual{"监控", "outlook"}.In(language);
    case v1::DUE_KIND_SPENDING:
      return Bilingual{"支出", "spending"}.In(language);
    case v1::DUE_KIND_SUBMIT:
      return Bilingual{"待提交", "submit"}.In(language);
    case v1::DUE_KIND_APPROVE:
      return Bilingual{"待批准", "approve"}.In(language);
    case v1::DUE_KIND_AMENDMENT:
      return Bilingual{"调整", "amendment"}.In(language);
    case v1::DUE_KIND_EVALUATION:
      return Bilingual{"自评", "evaluation"}.In(language);
    case v1::DUE_KIND_REVIEW:
      return Bilingual{"复核", "review"}.In(language);
    case v1::DUE_KIND_RETURNED:
      return Bilingual{"已退回", "returned"}.In(language);
    default:
      return "";
  }
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
