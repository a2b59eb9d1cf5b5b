#include "service/domain/questions/table_change.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

constexpr CauseSet kReports = BitOf(v1::DIFFERENCE_CAUSE_REPORTS),
                   kCorrections = BitOf(v1::DIFFERENCE_CAUSE_CORRECTIONS),
                   kAmendments = BitOf(v1::DIFFERENCE_CAUSE_AMENDMENTS),
                   kProfile = BitOf(v1::DIFFERENCE_CAUSE_PROFILE),
                   kReview = BitOf(v1::DIFFERENCE_CAUSE_REVIEW),
                   kSpending = BitOf(v1::DIFFERENCE_CAUSE_SPENDING);

template <typename Message>
bool Parse(absl::string_view bytes, Message* out) {
  return out->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

bool InForce(const disk::TableState& state) {
  TableModel model;
  model.state.set_state(state.state());
  return model.in_force();
}

template <typename Message>
bool Same(const Message& a, const Message& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace

absl::StatusOr<TableChange> TableChange::Read(const Snapshot& from, const Snapshot& to,
                                              const ResourceName& table) {
  TableChange change;
  const ResourceName name{ResourceName::kTable, table.unit, table.table, "-", "", ""};
  change.from_revision_ = from.revision();
  change.from_day_ = from.as_of();
  change.to_day_ = to.as_of();
  ASSIGN_OR_RETURN(change.after_, to.GetBoard(name));
  ASSIGN_OR_RETURN(change.before_, from.FindBoard(name));
  ASSIGN_OR_RETURN(change.newest_, to.GetTable(name));
  RETURN_IF_ERROR(change.CompileModels());
  RETURN_IF_ERROR(change.ReadReports(to, name));
  RETURN_IF_ERROR(change.ReadSpendings(to, name));
  RETURN_IF_ERROR(change.ReadReviews(from, false, name));
  RETURN_IF_ERROR(change.ReadReviews(to, true, name));
  RETURN_IF_ERROR(change.ReadVersions(to, name));
  change.CompareReviews();
  return change;
}

absl::Status TableChange::CompileModels() {
  models_[1][1] = models_[1][0] = after_.model;
  if (!before_.has_value()) return absl::OkStatus();
  models_[0][0] = models_[0][1] = before_->model;
  const TableModel &before = *before_->model, &after = *after_.model;
  if (before.profile->id == after.profile->id && before.profile->version == after.profile->version)
    return absl::OkStatus();
  ASSIGN_OR_RETURN(models_[0][1],
                   CompileTable(before.unit, before.table, before.state, before.revision, after.profile));
  ASSIGN_OR_RETURN(models_[1][0],
                   CompileTable(after.unit, after.table, after.state, after.revision, before.profile));
  return absl::OkStatus();
}

bool TableChange::ByDay(absl::string_view date, bool after) const {
  const std::string& day = after ? to_day_ : from_day_;
  return day.empty() || date <= day;
}

bool TableChange::InWindow(absl::string_view date) const {
  return ByDay(date, true) && !ByDay(date, false);
}

absl::Status TableChange::ReadReports(const Snapshot& to, const ResourceName& name) {
  absl::flat_hash_map<std::string, size_t> known;
  return to.reads().ForEachActual(name, [&](const std::string& indicator, const ActualId& id,
                                            Found<disk::ActualState>& found) {
    Report report;
    report.indicator = indicator;
    report.id = id;
    report.state = std::move(found.state);
    report.old = id.revision <= from_revision_;
    // Only a report that counts can be corrected or withdrawn, and only once.
    report.active_before =
        report.old && (report.state.state() == v1::ACTUAL_STATE_ACTIVE || found.revision > from_revision_);
    report.root = id.revision;
    std::string replaced_date;
    if (!report.state.corrects().empty()) {
      const auto replaced = known.find(absl::StrCat(indicator, "/", report.state.corrects()));
      if (replaced != known.end()) {
        report.root = reports_[replaced->second].root;
        replaced_date = reports_[replaced->second].state.date();
      }
    }
    NoteReport(report, found.revision, replaced_date);
    known[absl::StrCat(indicator, "/", id.ToString())] = reports_.size();
    reports_.push_back(std::move(report));
    return true;
  });
}

void TableChange::NoteReport(const Report& report, uint64_t written, const std::string& replaced_date) {
  if (report.old && !report.active_before) return;  // over and done with at `from`
  const disk::ActualState& state = report.state;
  const bool correction = !report.old && !state.corrects().empty();
  const bool seen = ByDay(state.date(), true);
  if (InWindow(state.date()) || (!report.old && !correction && seen)) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_REPORTS, report.id.revision, report.indicator});
  }
  // The correction of a new report counts with both of them only, even where the report itself is dated too
  // late to be seen.
  if (correction && seen && report.root > from_revision_) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_REPORTS, report.root, report.indicator});
  }
  if (correction && (seen || ByDay(replaced_date, true))) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_CORRECTIONS, report.id.revision, report.indicator});
  }
  if (state.state() == v1::ACTUAL_STATE_RETRACTED && written > from_revision_ && seen) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_CORRECTIONS, written, report.indicator});
  }
}

absl::Status TableChange::ReadSpendings(const Snapshot& to, const ResourceName& name) {
  return to.reads().ForEachSpending(name, [&](Found<disk::SpendingState>& spending) {
    const bool fresh = spending.revision > from_revision_ && ByDay(spending.state.date(), true);
    if (fresh || InWindow(spending.state.date()))
      happenings_.push_back({v1::DIFFERENCE_CAUSE_SPENDING, spending.revision, ""});
    spendings_.push_back(std::move(spending.state));
    return true;
  });
}

// The newest review of each row counts when it is dated up to the day.
absl::Status TableChange::ReadReviews(const Snapshot& snapshot, bool after, const ResourceName& name) {
  std::vector<std::pair<std::string, std::string>> keys;
  absl::Status failed;
  RETURN_IF_ERROR(snapshot.reads().ForEachReview(
      name, [&](const std::string& indicator, const Found<disk::ReviewState>& found) {
        absl::StatusOr<Review> review = ToReview(found.state);
        if (!review.ok()) failed = review.status();
        if (failed.ok() && ByDay(found.state.date(), after))
          reviews_[after].emplace(indicator, *std::move(review));
        keys.emplace_back(ReviewKey(name.unit, name.table, indicator), indicator);
        return failed.ok();
      }));
  RETURN_IF_ERROR(failed);
  if (!after) return absl::OkStatus();
  for (const auto& row : keys) {
    RETURN_IF_ERROR(snapshot.reader().History(
        row.first, [&](absl::string_view, storage::Revision revision, absl::string_view) {
          if (revision <= from_revision_) return false;
          happenings_.push_back({v1::DIFFERENCE_CAUSE_REVIEW, revision, row.second});
          return true;
        }));
  }
  return absl::OkStatus();
}

absl::Status TableChange::ReadVersions(const Snapshot& to, const ResourceName& name) {
  // Newest first; `next` is the version after the one in hand.
  const uint64_t first = before_.has_value() ? before_->model->revision : 0, last = after_.model->revision;
  std::optional<disk::TableState> next;
  uint64_t next_revision = 0;
  absl::Status failed;
  RETURN_IF_ERROR(
      to.reader().History(TableKey(name.unit, name.table),
                          [&](absl::string_view, storage::Revision revision, absl::string_view value) {
                            if (revision > std::max(first, last)) return true;
                            disk::TableState state;
                            if (!Parse(value, &state)) {
                              failed = Damaged("table");
                              return false;
                            }
                            if (next.has_value()) CompareVersions(state, *next, next_revision);
                            next = std::move(state);
                            next_revision = revision;
                            return revision > std::min(first, last);
                          }));
  // A table that was put in force in the step that made it.
  if (!before_.has_value() && next.has_value() && InForce(*next)) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_AMENDMENTS, next_revision, ""});
  }
  return failed;
}

void TableChange::CompareVersions(const disk::TableState& before, const disk::TableState& after,
                                  uint64_t revision) {
  if (!InForce(after)) return;
  if (!InForce(before)) {
    happenings_.push_back({v1::DIFFERENCE_CAUSE_AMENDMENTS, revision, ""});
    return;
  }
  // While the table was not in force at `from`, all that followed is part of putting it in force.
  const Cause profile_cause =
      before_.has_value() ? v1::DIFFERENCE_CAUSE_PROFILE : v1::DIFFERENCE_CAUSE_AMENDMENTS;
  if (before.profile() != after.profile() || before.profile_version() != after.profile_version()) {
    happenings_.push_back({profile_cause, revision, ""});
  }
  std::map<std::string, std::string> rows;
  for (const disk::IndicatorState& row : before.indicators()) rows[row.name()] = row.SerializeAsString();
  bool changed = !Same(before.budget(), after.budget());
  for (const disk::IndicatorState& row : after.indicators()) {
    const auto found = rows.find(row.name());
    const bool same = found != rows.end() && found->second == row.SerializeAsString();
    if (found != rows.end()) rows.erase(found);
    if (!same) happenings_.push_back({v1::DIFFERENCE_CAUSE_AMENDMENTS, revision, row.name()});
  }
  for (const auto& [gone, bytes] : rows)
    happenings_.push_back({v1::DIFFERENCE_CAUSE_AMENDMENTS, revision, gone});
  if (changed) happenings_.push_back({v1::DIFFERENCE_CAUSE_AMENDMENTS, revision, ""});
}

// Reviews that only a day lets in.
void TableChange::CompareReviews() {
  for (const auto& [indicator, review] : reviews_[true]) {
    const auto before = reviews_[false].find(indicator);
    const bool same = before != reviews_[false].end() && before->second.revision == review.revision;
    if (!same && review.revision <= from_revision_) {
      happenings_.push_back({v1::DIFFERENCE_CAUSE_REVIEW, review.revision, indicator});
    }
  }
}

CauseSet TableChange::Changed(absl::string_view indicator) const {
  CauseSet changed = 0;
  for (int i = 1; i <= kCauses; ++i) {
    const Cause cause = static_cast<Cause>(i);
    if (!Revisions(cause, indicator).empty()) changed |= BitOf(cause);
  }
  return changed;
}

std::vector<uint64_t> TableChange::Revisions(Cause cause, absl::string_view indicator) const {
  std::vector<uint64_t> revisions;
  if (!indicator.empty() && cause == v1::DIFFERENCE_CAUSE_SPENDING) return revisions;  // no row earns from it
  for (const Happening& happening : happenings_) {
    const bool concerns =
        indicator.empty() || happening.indicator.empty() || happening.indicator == indicator;
    if (happening.cause == cause && concerns) revisions.push_back(happening.revision);
  }
  std::sort(revisions.begin(), revisions.end());
  revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
  return revisions;
}

const TableModel* TableChange::ModelWith(CauseSet set) const {
  return models_[(set & kAmendments) != 0][(set & kProfile) != 0].get();
}

bool TableChange::Counts(const Report& report, CauseSet set) const {
  const bool reports = (set & kReports) != 0;
  if (!ByDay(report.state.date(), reports)) return false;
  if ((set & kCorrections) != 0) {
    return report.state.state() == v1::ACTUAL_STATE_ACTIVE && (reports || report.root <= from_revision_);
  }
  return report.old ? report.active_before : reports && report.state.corrects().empty();
}

// With rows as under `set`, before any spending.
Board TableChange::Fresh(CauseSet set) const {
  const TableModel& model = *ModelWith(set);
  Board board = EmptyBoard(model);
  const std::vector<bool> fit = FitReports(*newest_, model);
  for (const Report& report : reports_) {
    const auto row = model.row_by_id.find(report.indicator);
    if (row == model.row_by_id.end() || !Counts(report, set) || !fit[row->second]) continue;
    Accumulate(model, row->second, report.state, report.id.ToString(), &board.cells[row->second]);
  }
  for (const auto& [indicator, review] : reviews_[(set & kReview) != 0]) {
    const auto row = model.row_by_id.find(indicator);
    if (row != model.row_by_id.end()) board.cells[row->second].review = review;
  }
  for (size_t row = 0; row < board.cells.size(); ++row)
    MakeFit(model, static_cast<int>(row), &board.cells[row]);
  Rescore(model, -1, &board);
  return board;
}

scoring::Budget TableChange::Spend(CauseSet set, const scoring::Budget& base) const {
  const bool after = (set & kSpending) != 0;
  Board money;
  money.budget = base;
  for (const disk::SpendingState& spending : spendings_) {
    const bool known = after || static_cast<uint64_t>(spending.revision()) <= from_revision_;
    if (known && ByDay(spending.date(), after)) Accumulate(spending, &money);
  }
  return money.budget;
}

const Board* TableChange::With(CauseSet set) const {
  const TableModel* model = ModelWith(set);
  if (model == nullptr) return nullptr;
  const CauseSet rows = set & ~kSpending;
  auto found = boards_.find(rows);
  if (found == boards_.end()) {
    Board board = Fresh(rows);
    const scoring::Budget base = board.budget;
    found = boards_.emplace(rows, Scored{std::move(board), base}).first;
  }
  Scored& scored = found->second;
  scored.board.budget = Spend(set, scored.base);
  Retotal(*model, &scored.board);
  return &scored.board;
}

}  // namespace attain::engine
