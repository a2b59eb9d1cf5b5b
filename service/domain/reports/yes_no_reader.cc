#include "service/domain/reports/yes_no_reader.h"

#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"
#include "service/importing/uses/days.h"

namespace attain::engine {
namespace {

// "11月20日" for "11月底前": whether the deadline was kept.
bool ReadDeadline(const TableModel& model, int row, const v1::ActualReport& report, disk::ActualState* actual,
                  std::vector<importing::Finding>* notes) {
  const std::string& due = model.state.indicators(row).target().text();
  const std::optional<bool> kept = importing::KeepsDeadline(due, report.value(), model.state.fiscal_year());
  if (!kept.has_value()) return false;
  actual->set_met(*kept);
  if (notes == nullptr) return true;
  importing::Finding& finding = notes->emplace_back();
  finding.code = "ACTUAL_IS_DATE";
  finding.raw = report.value();
  finding.understood = *kept ? "是" : "否";
  finding.message = {absl::StrCat("“", report.value(), "”", *kept ? "不晚于" : "晚于", "目标“", due,
                                  "”，读作", *kept ? "“是”（达到）。" : "“否”（未达到）。"),
                     absl::StrCat("\"", report.value(), "\" is ", *kept ? "not later than" : "later than",
                                  " the target \"", due, "\": read as ", *kept ? "met." : "not met.")};
  finding.repair = {"请核对；期限当日视为按期。", "Check it; the deadline's own day counts as kept."};
  return true;
}

}  // namespace

absl::Status ReadYesNo(const TableModel& model, int row, const v1::ActualReport& report,
                       disk::ActualState* actual, std::vector<importing::Finding>* notes) {
  if (ReadDeadline(model, row, report, actual, notes)) return absl::OkStatus();
  const std::string word = absl::AsciiStrToLower(HalfWidth(report.value()));
  for (absl::string_view yes : {"是", "yes", "true", "完成", "已完成", "达到", "达成", "1"}) {
    if (word == yes) {
      actual->set_met(true);
      return absl::OkStatus();
    }
  }
  for (absl::string_view no : {"否", "no", "false", "未完成", "未达到", "未达成", "0"}) {
    if (word == no) {
      actual->set_met(false);
      return absl::OkStatus();
    }
  }
  return BadField(
      "report.value", v1::ERROR_REASON_INVALID_FIELD,
      {"该指标只问是否达到：请填 是 或 否；目标是日期的也可填完成日期，例如 11月20日。",
       "This indicator asks whether it was met: write yes or no; where the target is a date, the day it was "
       "done will do too."});
}

}  // namespace attain::engine
