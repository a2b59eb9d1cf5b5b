// What is stored, read in one way wherever it is read from: an open group, with its own writes on top, or a
// reader at a revision.
//
// What is absent is nothing, never a refusal: the room that was asked knows what to say. A value or a key
// that does not parse is damage: DATA_LOSS, which says of what kind it was.
#ifndef ATTAIN_SERVICE_STATE_READS_H_
#define ATTAIN_SERVICE_STATE_READS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "service/api/names.h"
#include "service/state/found.h"
#include "storage/store.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// A stored value of this kind does not parse; for the operator, clients are not shown it.
absl::Status Damaged(absl::string_view what);

// As thread-safe as what it reads from, which must outlive it.
class Reads {
 public:
  template <typename State>
  using Maybe = absl::StatusOr<std::optional<Found<State>>>;
  // Called in the order of keys until it gives false.
  template <typename... Parts>
  using Visit = absl::FunctionRef<bool(Parts...)>;

  explicit Reads(storage::Group* group) : group_(group) {}
  explicit Reads(const storage::Reader* reader) : reader_(reader) {}

  absl::StatusOr<bool> Exists(const std::string& key) const;

  Maybe<disk::UnitState> Unit(absl::string_view unit) const;
  Maybe<disk::TableState> Table(const ResourceName& table) const;
  // version 0 = the newest.
  Maybe<disk::ProfileState> Profile(absl::string_view profile, int64_t version) const;
  Maybe<disk::ActualState> Actual(const ResourceName&, const ActualId& id) const;
  Maybe<disk::AmendmentState> Amendment(const ResourceName& amendment) const;
  // OPEN at revision 0 when nothing was handed in yet.
  absl::StatusOr<Found<disk::EvaluationState>> Evaluation(const ResourceName& table) const;
  // The table's amendments in the order of their numbers, which have no gaps.
  absl::StatusOr<std::vector<Found<disk::AmendmentState>>> Amendments(const ResourceName& table) const;
  // Number of the newest; 0 without.
  absl::StatusOr<int32_t> NewestAmendment(const ResourceName& table) const;
  // Whether the indicator ever had a report, a counting one or not.
  absl::StatusOr<bool> HasReports(const ResourceName& indicator) const;
  Maybe<disk::SpendingState> Spending(const ResourceName&, uint64_t revision) const;
  Maybe<disk::BoardState> Board(const ResourceName& table) const;
  // See ThreadKey; 0 when there is none.
  absl::StatusOr<uint64_t> Thread(const ResourceName& table) const;
  Maybe<disk::UnitBoardState> UnitBoard(absl::string_view unit, int32_t fiscal_year) const;

  absl::Status ForEachUnit(Visit<const std::string&, Found<disk::UnitState>&> visit) const;
  // Of one unit; "-": of all.
  absl::Status ForEachTable(absl::string_view unit,
                            Visit<const ResourceName&, Found<disk::TableState>&> visit) const;
  absl::Status ForEachProfile(Visit<Found<disk::ProfileState>&> visit) const;
  // The reports of an indicator in the order of recording; "-": of all of the table, row by row.
  absl::Status ForEachActual(
      const ResourceName& indicator,
      Visit<const std::string&, const ActualId&, Found<disk::ActualState>&> visit) const;
  // In the order of recording.
  absl::Status ForEachSpending(const ResourceName& table, Visit<Found<disk::SpendingState>&> visit) const;
  absl::Status ForEachReview(const ResourceName& table,
                             Visit<const std::string&, Found<disk::ReviewState>&> visit) const;
  absl::Status ForEachUnitBoard(absl::string_view unit,
                                Visit<int32_t /*fiscal_year*/, Found<disk::UnitBoardState>&> visit) const;

 private:
  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key) const;
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    const storage::ScanVisitor& visitor) const;
  template <typename State>
  Maybe<State> Find(absl::string_view key, absl::string_view what) const;
  // `read` takes the key apart and calls the visitor: nothing when the key does not parse.
  template <typename State, typename Range, typename Read>
  absl::Status ForEach(const Range& range, absl::string_view what, Read read) const;

  storage::Group* group_ = nullptr;
  const storage::Reader* reader_ = nullptr;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_READS_H_
