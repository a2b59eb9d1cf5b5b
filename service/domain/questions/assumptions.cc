#include "service/domain/questions/assumptions.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/names.h"
#include "service/domain/reports/report_reader.h"

namespace attain::engine {
namespace {

constexpr int kMostValues = 500;

// The same table with every row counting its newest report only: the reader then takes a figure where it
// would ask for an increment, or for numerator and denominator.
TableModel WithFigures(const TableModel& model) {
  TableModel figures = model;
  for (disk::IndicatorState& row : *figures.state.mutable_indicators())
    row.set_accumulation(v1::ACCUMULATION_LATEST);
  return figures;
}

absl::Status AssumeValue(const TableModel& figures, int row, const v1::AssumedValue& value,
                         const std::string& path, Board* board) {
  if (figures.rows[row].not_applicable) {
    return BadField(
        absl::StrCat(path, "indicator"), v1::ERROR_REASON_INVALID_FIELD,
        {"该指标标为不适用，不参与评分。", "This indicator is marked not applicable and has no score."});
  }
  v1::ActualReport report;
  report.set_value(value.value());
  report.set_score(value.score());
  const absl::StatusOr<disk::ActualState> actual = ReadReport(figures, row, report, 0);
  if (!actual.ok()) return Repathed(actual.status(), "report.", path);
  Cell assumed;
  Accumulate(figures, row, *actual, "", &assumed);
  Cell& cell = board->cells[row];
  assumed.review = cell.review;
  assumed.reported.typed_deduction = cell.reported.typed_deduction;
  assumed.reported.date.clear();
  assumed.reported.revision = 0;
  cell = std::move(assumed);
  return absl::OkStatus();
}

absl::Status AssumeMoney(const v1::SimulateScoreRequest& request, Board* board) {
  if (!request.spent().empty()) {
    ASSIGN_OR_RETURN(board->budget.spent, ReadMoney("spent", request.spent()));
    board->budget.spent_revision = 0;
  }
  if (!request.adjusted_budget().empty()) {
    ASSIGN_OR_RETURN(board->budget.adjusted, ReadMoney("adjusted_budget", request.adjusted_budget()));
    board->budget.adjusted_revision = 0;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int> FindRow(const TableModel& model, const std::string& field, const std::string& indicator) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseIndicatorName(field, indicator));
  if (name.unit != model.unit || name.table != model.table) {
    return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                    {absl::StrCat(indicator, " 不是 ", model.state.name(), " 的指标。"),
                     absl::StrCat(indicator, " is not a row of ", model.state.name(), ".")});
  }
  const auto row = model.row_by_id.find(name.indicator);
  if (row != model.row_by_id.end()) return row->second;
  const Text text = {
      absl::StrCat("找不到 ", indicator, "。请核对名称，可用列表命令查看现有的名称。"),
      absl::StrCat("There is no ", indicator, ". Check the name; the list commands show what there is.")};
  return NotFound("indicator", indicator, text, {{"field", field}}, {{field, text}});
}

absl::StatusOr<Board> Assume(const TableView& view, const v1::SimulateScoreRequest& request) {
  if (request.values_size() > kMostValues) {
    return BadField("values", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                    {absl::StrCat("一次最多假设 ", kMostValues, " 项。"),
                     absl::StrCat("At most ", kMostValues, " values at once.")});
  }
  Board board = *view.board;
  const TableModel figures = WithFigures(*view.model);
  absl::flat_hash_set<int> seen;
  for (int i = 0; i < request.values_size(); ++i) {
    const std::string path = absl::StrCat("values[", i, "].");
    ASSIGN_OR_RETURN(const int row,
                     FindRow(figures, absl::StrCat(path, "indicator"), request.values(i).indicator()));
    if (!seen.insert(row).second) {
      return BadField(absl::StrCat(path, "indicator"), v1::ERROR_REASON_INVALID_FIELD,
                      {"同一个指标只能假设一次。", "An indicator can be assumed once only."});
    }
    RETURN_IF_ERROR(AssumeValue(figures, row, request.values(i), path, &board));
  }
  RETURN_IF_ERROR(AssumeMoney(request, &board));
  Rescore(*view.model, -1, &board);
  return board;
}

}  // namespace attain::engine
