#include "service/api/form_words.h"

namespace attain::engine {

using scoring::Text;

Text WordsOf(v1::Signal signal) {
  switch (signal) {
    case v1::SIGNAL_RED:
      return {"红灯", "red"};
    case v1::SIGNAL_YELLOW:
      return {"黄灯", "yellow"};
    case v1::SIGNAL_GREEN:
      return {"绿灯", "green"};
    case v1::SIGNAL_BLUE:
      return {"蓝灯", "blue"};
    default:
      return {};
  }
}

Text WordsOf(v1::Likelihood likelihood) {
  switch (likelihood) {
    case v1::LIKELIHOOD_CERTAIN:
      return {"确定能", "certain"};
    case v1::LIKELIHOOD_POSSIBLE:
      return {"有可能", "possible"};
    case v1::LIKELIHOOD_IMPOSSIBLE:
      return {"完全不可能", "impossible"};
    default:
      return {};
  }
}

Text WordsOf(v1::OutlookCause cause) {
  switch (cause) {
    case v1::OUTLOOK_CAUSE_FUNDS:
      return {"经费", "funds"};
    case v1::OUTLOOK_CAUSE_RULES:
      return {"制度", "rules"};
    case v1::OUTLOOK_CAUSE_PEOPLE:
      return {"人员", "people"};
    case v1::OUTLOOK_CAUSE_EQUIPMENT:
      return {"硬件条件", "equipment"};
    case v1::OUTLOOK_CAUSE_OTHER:
      return {"其他", "other"};
    default:
      return {};
  }
}

Text WordsOf(v1::RuleKind rule) {
  switch (rule) {
    case v1::RULE_KIND_PROPORTIONAL:
      return {"按照正常比例赋分", "proportional"};
    case v1::RULE_KIND_DIRECT:
      return {"直接赋分", "direct"};
    case v1::RULE_KIND_RATING:
      return {"按评判等级赋分", "rating"};
    case v1::RULE_KIND_SATISFACTION:
      return {"满意度赋分", "satisfaction"};
    case v1::RULE_KIND_STEPS:
      return {"区间赋分", "steps"};
    case v1::RULE_KIND_MANUAL:
      return {"人工赋分", "manual"};
    default:
      return {};
  }
}

Text WordsOf(v1::TableState state) {
  switch (state) {
    case v1::TABLE_STATE_DRAFT:
      return {"草稿", "draft"};
    case v1::TABLE_STATE_SUBMITTED:
      return {"已提交", "submitted"};
    case v1::TABLE_STATE_APPROVED:
      return {"已批准", "approved"};
    case v1::TABLE_STATE_CLOSED:
      return {"已关闭", "closed"};
    default:
      return {};
  }
}

Text WordsOf(v1::EvaluationState state) {
  switch (state) {
    case v1::EVALUATION_STATE_SUBMITTED:
      return {"已提交，待复核", "handed in, waits for review"};
    case v1::EVALUATION_STATE_RETURNED:
      return {"已退回", "returned"};
    case v1::EVALUATION_STATE_CONFIRMED:
      return {"已确认", "confirmed"};
    default:
      return {"未提交", "not handed in"};
  }
}

Text WordsOf(v1::SignatureKind kind) {
  switch (kind) {
    case v1::SIGNATURE_KIND_TABLE_APPROVED:
      return {"目标批准", "Targets approved"};
    case v1::SIGNATURE_KIND_AMENDMENT_APPROVED:
      return {"调整批准", "Amendment approved"};
    case v1::SIGNATURE_KIND_EVALUATION_SUBMITTED:
      return {"自评提交", "Self-evaluation handed in"};
    case v1::SIGNATURE_KIND_EVALUATION_CONFIRMED:
      return {"复核确认", "Evaluation confirmed"};
    default:
      return {};
  }
}

Text WordsOf(v1::WarningLight light) {
  switch (light) {
    case v1::WARNING_LIGHT_NONE:
      return {"无", "none"};
    case v1::WARNING_LIGHT_YELLOW:
      return {"黄灯", "yellow"};
    case v1::WARNING_LIGHT_RED:
      return {"红灯", "red"};
    default:
      return {};
  }
}

}  // namespace attain::engine
