// A table in its month (绩效运行监控): figures as of the month's last day, signals, forecast by pace,
// outlooks. RULES 5.
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_VIEW_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_VIEW_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/v1/monitoring.pb.h"
#include "service/scoring/monitoring.h"
#include "service/state/query_context.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Everything was read at one revision.
struct MonthView {
  int month = 0;                            // 1 … 12
  std::string last_day;                     // of that month; values dated later do not count
  TableView table;                          // as of that day
  std::vector<scoring::Progress> progress;  // by row
  scoring::Progress money;
  // By indicator id: the newest dated up to that day. Only after ReadOutlooks.
  absl::flat_hash_map<std::string, disk::OutlookState> outlooks;
  v1::ReadOptions read;  // what the view was read with
  v1::AsOf as_of;

  const disk::OutlookState* OutlookOf(size_t row) const;
  // Whether the row's signal asks for an outlook with a cause (red or yellow), and there is none.
  bool MissesOutlook(size_t row) const;
};

// INVALID_FIELD when a day is named: the month says it.
absl::Status CheckNoDay(const v1::AsOf& as_of);

// `now` is a snapshot without a day. `month` is YYYY-MM of the table's fiscal year (INVALID_FIELD); empty
// means that of the newest report or spending, or the first. RESOURCE_NOT_FOUND; WRONG_STATE when the table
// is not in force.
absl::StatusOr<MonthView> ViewMonth(const QueryContext& context, const Snapshot& now, v1::AsOf as_of,
                                    const ResourceName& table, const std::string& month);

absl::Status ReadOutlooks(const QueryContext& context, MonthView* view);

// Whether the row's signal asks for an outlook with a cause: red or yellow.
bool WantsOutlook(const scoring::Progress& progress);
// The signal of one row of a table with what was reported by the end of `month`.
scoring::Progress ProgressOfRow(const TableModel& model, int row, const scoring::Reported& reported,
                                int month);

// The board if the pace so far goes on: rows that grow with the months, with LATEST or SUM, come to A / day ·
// days of the year; all else, the money too, stays as it is. `moved` says which rows were forecast.
Board ForecastBoard(const TableModel& model, const Board& board, std::vector<bool>* moved);

// `indicator` is its full name.
v1::Outlook ToPublic(const disk::OutlookState& state, absl::string_view indicator);
void FillReport(const MonthView& view, v1::MonitoringReport* report);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_VIEW_H_
