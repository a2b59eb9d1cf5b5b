#include "clients/cli/words/cause_label.h"

#include <utility>

namespace attain::cli {

absl::string_view LabelOfCause(absl::string_view method, Language language) {
  static constexpr std::pair<absl::string_view, Bilingual> kCauses[] = {
      {"RecordActual", {"上报", "report"}},
      {"BatchRecordActuals", {"成批上报", "bulk report"}},
      {"StreamActuals", {"成批上报", "bulk report"}},
      {"CorrectActual", {"更正", "correction"}},
      {"RetractActual", {"撤回上报", "retraction"}},
      {"RecordSpending", {"支出", "spending"}},
      {"RecordOutlook", {"监控说明", "outlook"}},
      {"RateIndicator", {"评定等级", "rating"}},
      {"CreateUnit", {"新建单位", "new unit"}},
      {"UpdateUnit", {"修改单位", "unit changed"}},
      {"CreateTable", {"新建草稿", "new draft"}},
      {"UpdateTable", {"修改草稿", "draft changed"}},
      {"ImportDocument", {"导入", "import"}},
      {"SubmitTable", {"提交审批", "table submitted"}},
      {"ApproveTable", {"批准绩效目标表", "table approved"}},
      {"ReturnTable", {"退回", "table sent back"}},
      {"WithdrawTable", {"撤回提交", "table taken back"}},
      {"CloseTable", {"关闭", "table closed"}},
      {"ProposeAmendment", {"提出调整", "amendment proposed"}},
      {"ApproveAmendment", {"批准调整", "amendment in force"}},
      {"RejectAmendment", {"驳回调整", "amendment rejected"}},
      {"SubmitEvaluation", {"提交自评", "self-evaluation handed in"}},
      {"ReviewIndicator", {"复核", "review"}},
      {"ConfirmEvaluation", {"确认评价", "evaluation confirmed"}},
      {"ReturnEvaluation", {"退回评价", "evaluation sent back"}},
      {"CreateProfile", {"新建评分方案", "new profile"}},
      {"UpdateProfile", {"修改评分方案", "profile changed"}}};
  for (const auto& [name, words] : kCauses) {
    if (name == method) return words.In(language);
  }
  return method;
}

}  // namespace attain::cli
