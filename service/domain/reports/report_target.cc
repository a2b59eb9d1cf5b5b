#include "service/domain/reports/report_target.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"

namespace attain::engine {

absl::Status NotInForce(const TableModel& model) {
  const bool closed = model.state.state() == v1::TABLE_STATE_CLOSED;
  const Text text =
      closed ? Text{absl::StrCat("“", model.state.display_name(), "”已关闭，不再接受上报。"),
                    absl::StrCat(model.state.name(), " is closed and takes no more reports.")}
             : Text{absl::StrCat("“", model.state.display_name(), "”尚未批准生效，先提交并批准后再上报。"),
                    absl::StrCat(model.state.name(), " is not in force yet: submit and approve it first.")};
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE, text,
                {{"name", model.state.name()}, {"needed", "APPROVED"}});
}

absl::Status LocateReport(const ResourceName& name, Transaction& txn, ReportTarget* target) {
  target->name = name;
  ASSIGN_OR_RETURN(target->working, txn.GetTable(name));
  const TableModel& model = *target->working->model;
  const auto row = model.row_by_id.find(name.indicator);
  if (row == model.row_by_id.end()) return NotFound("indicator", name.Indicator());
  target->row = row->second;
  if (model.state.state() != v1::TABLE_STATE_APPROVED) return NotInForce(model);
  if (model.state.indicators(target->row).not_applicable()) {
    return BadField(
        "indicator", v1::ERROR_REASON_INVALID_FIELD,
        {"该指标标为不适用，不接受上报。", "This indicator is marked not applicable and takes no reports."});
  }
  return absl::OkStatus();
}

}  // namespace attain::engine
