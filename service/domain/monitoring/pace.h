// When is it too late? A table at the end of its year, if work stops and starts again on a day.
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_PACE_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_PACE_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Whether the row's figure grows over the year: it takes the newest (a figure to date) or the sum of its
// reports, and the profile prorates its level 2 over the months (RULES 5 and 6).
bool HasPace(const TableModel& model, int row);

// Thread-compatible. Rows that count: rows with a pace whose reported number has a lower or exact target
// above 0 and is not decided by an evaluator. Pace = A / days from 1 January to the figure's date, both
// included. From that date the figure stands still until work starts again, and then grows at the same pace
// until 31 December, not beyond the target. Spending goes on in the same way, not beyond the adjusted budget.
// Everything else stays as it is.
class Pace {
 public:
  // `view` must outlive this.
  Pace(const TableView& view, const std::string& as_of);

  // The final total at the end of the year when work starts again on `day`.
  scoring::Decimal TotalFrom(absl::CivilDay day) const;

  struct Answer {
    bool too_late = false;  // even from the first day that is left, the total is missed
    std::string from;       // the first day from which it is missed; empty when none or all are
  };
  // `needed` is not reached now.
  Answer TooLate(const scoring::Decimal& needed) const;

 private:
  // Days from the first of January, included.
  int64_t DayOfYear(absl::CivilDay day) const { return day - absl::CivilDay(last_.year()) + 1; }
  // A figure of `date` on 31 December, when it grows again from `day` on.
  scoring::Decimal Grown(const scoring::Decimal& figure, const std::string& date, absl::CivilDay day) const;

  const TableView& view_;
  std::vector<int> rows_;        // with a pace
  absl::CivilDay first_, last_;  // days that are left
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_PACE_H_
