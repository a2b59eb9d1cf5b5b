// What changed in one table between two reads, taken apart by cause.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_TABLE_CHANGE_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_TABLE_CHANGE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/snapshot.h"

namespace attain::engine {

using Cause = v1::DifferenceCause;
inline constexpr int kCauses = 6;  // REPORTS … SPENDING, numbered from 1

// A set of causes: bit (cause − 1).
using CauseSet = uint32_t;
inline constexpr CauseSet BitOf(Cause cause) {
  return CauseSet{1} << (cause - 1);
}

// Thread-compatible value. Which causes changed anything, at which revisions, and the figures that the table
// would have with some causes as at the later read and the others as at the earlier one.
//
// What counts is told apart like this, `from` and `to` being the two reads:
// - REPORTS in, CORRECTIONS out: reports made after `from` count as first recorded, whatever was said of them
// later;
//   what counted at `from` still does; corrections made after `from` do not exist.
// - CORRECTIONS in, REPORTS out: what counted at `from` counts as it was corrected or withdrawn since;
// reports made
//   after `from` do not exist, nor do corrections of them.
// - With as-of days the day of `to` is part of REPORTS (and of SPENDING and REVIEW for theirs): a value dated
// between
//   the two days came in as a report.
// - AMENDMENTS: rows and budget of the table as at `to`; a table that was not in force at `from` is put in
// force by
//   this cause and is nothing without it. Reports find their rows by id.
class TableChange {
 public:
  // `from` is at or before `to` in revision and day. Errors of Snapshot::GetBoard at `to`.
  static absl::StatusOr<TableChange> Read(const Snapshot& from, const Snapshot& to,
                                          const ResourceName& table);

  // Causes that changed anything of the table, or of one of its rows.
  CauseSet Changed(absl::string_view indicator = "") const;
  // The revisions of a cause, ascending, each once.
  std::vector<uint64_t> Revisions(Cause cause, absl::string_view indicator = "") const;

  // The table with the causes in `set` as at `to`; null while it is not in force.
  const TableModel* ModelWith(CauseSet set) const;
  // Its figures; null while it is not in force. Valid until the next call.
  const Board* With(CauseSet set) const;

  // The two ends as they were read; `before` is empty when the table was not in force there.
  const std::optional<TableView>& before() const { return before_; }
  const TableView& after() const { return after_; }

 private:
  // A stored report.
  struct Report {
    std::string indicator;
    ActualId id;
    disk::ActualState state;  // as at `to`
    bool old = false;         // recorded at or before `from`
    bool active_before = false;
    uint64_t root = 0;  // revision of the report that it corrects in the end, else its own
  };
  // Something that a cause did; `indicator` is empty for the whole table.
  struct Happening {
    Cause cause;
    uint64_t revision;
    std::string indicator;
  };

  absl::Status ReadReports(const Snapshot& to, const ResourceName& name);
  absl::Status ReadSpendings(const Snapshot& to, const ResourceName& name);
  absl::Status ReadReviews(const Snapshot& snapshot, bool after, const ResourceName& name);
  absl::Status ReadVersions(const Snapshot& to, const ResourceName& name);
  absl::Status CompileModels();
  void CompareVersions(const disk::TableState& before, const disk::TableState& after, uint64_t revision);
  void CompareReviews();
  scoring::Budget Spend(CauseSet set, const scoring::Budget& base) const;
  void NoteReport(const Report& report, uint64_t written, const std::string& replaced_date);
  bool Counts(const Report& report, CauseSet set) const;
  bool InWindow(absl::string_view date) const;
  bool ByDay(absl::string_view date, bool after) const;
  Board Fresh(CauseSet set) const;

  uint64_t from_revision_ = 0;
  std::string from_day_, to_day_;  // empty: no limit
  std::optional<TableView> before_;
  TableView after_;
  std::shared_ptr<const TableModel> newest_;             // at `to`: reports were told for its targets
  std::shared_ptr<const TableModel> models_[2][2];       // by amendments and profile: as at from, as at to
  std::vector<Report> reports_;                          // in order of recording
  std::vector<disk::SpendingState> spendings_;           // in order of recording
  absl::flat_hash_map<std::string, Review> reviews_[2];  // by indicator: as at from, as at to
  std::vector<Happening> happenings_;
  // By set without SPENDING, which no row depends on.
  struct Scored {
    Board board;
    scoring::Budget base;  // before any spending
  };
  mutable std::map<CauseSet, Scored> boards_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_TABLE_CHANGE_H_
