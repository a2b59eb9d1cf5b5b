// Why did a score change? (proto/attain/v1/scoring_service.proto, DiffScores)
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "service/engine/errors.h"
#include "service/engine/macros.h"
#include "service/engine/queries.h"
#include "service/engine/report_reader.h"
#include "service/engine/table_change.h"
#include "service/scoring/shapley.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMostRevisions = 20, kPointDecimals = 2;

// The two reads that are compared.
struct Ends {
  std::unique_ptr<Snapshot> from, to;
};

// The figure on one side, as shown.
struct Shown {
  std::string score, grade;
};

// What is to be told apart.
struct Difference {
  std::vector<Cause> causes;                     // that changed anything, in order of the enum
  std::vector<std::vector<uint64_t>> revisions;  // of each
  std::vector<Decimal> worth;                    // by set of `causes`, bit i = causes[i]
  Shown before, after;
};

absl::Status CheckDate(absl::string_view field, const std::string& date) {
  if (date.empty() || IsDate(date)) return absl::OkStatus();
  return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                  {"日期应写成 YYYY-MM-DD。", "Write the day as YYYY-MM-DD."});
}

absl::Status CheckDates(const v1::DiffScoresRequest& request) {
  RETURN_IF_ERROR(CheckDate("as_of_date", request.as_of_date()));
  RETURN_IF_ERROR(CheckDate("from_date", request.from_date()));
  RETURN_IF_ERROR(CheckDate("to_date", request.to_date()));
  if (request.from_date().empty() != request.to_date().empty()) {
    return BadField(
        request.from_date().empty() ? "from_date" : "to_date", v1::ERROR_REASON_INVALID_FIELD,
        {"from_date 与 to_date 要么都填，要么都不填。", "Give both from_date and to_date, or neither."});
  }
  if (!request.from_date().empty() && !request.as_of_date().empty()) {
    return BadField("as_of_date", v1::ERROR_REASON_INVALID_FIELD,
                    {"as_of_date 不能与 from_date、to_date 同时使用。",
                     "as_of_date does not go with from_date and to_date."});
  }
  if (request.from_date() > request.to_date()) {
    return BadField("from_date", v1::ERROR_REASON_INVALID_FIELD,
                    {"from_date 不得晚于 to_date。", "from_date must not be after to_date."});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Snapshot>> OpenEnd(const QueryContext& context, bool later, int64_t revision,
                                                  bool has_time, const google::protobuf::Timestamp& time,
                                                  const std::string& day) {
  const absl::string_view field = later ? "to_time" : "from_time";
  if (has_time && revision != 0) {
    return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                    {"修订号与时间只能给一个。", "Give a revision or a time, not both."});
  }
  v1::ReadOptions read;
  if (has_time) *read.mutable_read_time() = time;
  if (revision != 0) read.set_read_revision(revision);
  read.set_as_of_date(day);
  return Snapshot::Open(context.store, context.cache, read);
}

absl::StatusOr<Ends> OpenEnds(const v1::DiffScoresRequest& request, const QueryContext& context) {
  RETURN_IF_ERROR(CheckDates(request));
  const bool days = !request.from_date().empty();
  if (!days && request.from_revision() == 0 && !request.has_from_time()) {
    return BadField("from_revision", v1::ERROR_REASON_INVALID_FIELD,
                    {"请给出较早的修订号（from_revision）或时间（from_time）。",
                     "Give the earlier revision (from_revision) or time (from_time)."});
  }
  Ends ends;
  ASSIGN_OR_RETURN(ends.to, OpenEnd(context, true, request.to_revision(), request.has_to_time(),
                                    request.to_time(), days ? request.to_date() : request.as_of_date()));
  // Two days alone are compared as known at the later revision.
  const bool same = request.from_revision() == 0 && !request.has_from_time();
  const int64_t from = same ? static_cast<int64_t>(ends.to->revision()) : request.from_revision();
  ASSIGN_OR_RETURN(ends.from, OpenEnd(context, false, from, request.has_from_time(), request.from_time(),
                                      days ? request.from_date() : request.as_of_date()));
  if (ends.from->revision() > ends.to->revision()) {
    return BadField(
        request.has_from_time() ? "from_time" : "from_revision", v1::ERROR_REASON_INVALID_FIELD,
        {absl::StrCat("较早的一端（修订 ", ends.from->revision(), "）晚于较晚的一端（修订 ",
                      ends.to->revision(), "）。请对调。"),
         absl::StrCat("The earlier end (revision ", ends.from->revision(),
                      ") lies after the later one (revision ", ends.to->revision(), "). Swap them.")});
  }
  return ends;
}

void ListCauses(CauseSet changed, Difference* difference) {
  for (int i = 1; i <= kCauses; ++i) {
    if (changed & BitOf(static_cast<Cause>(i))) difference->causes.push_back(static_cast<Cause>(i));
  }
}

// The set of causes whose bit is set in `bits`, which counts only those that changed.
CauseSet SetOf(const Difference& difference, size_t bits) {
  CauseSet set = 0;
  for (size_t i = 0; i < difference.causes.size(); ++i) {
    if (bits & (size_t{1} << i)) set |= BitOf(difference.causes[i]);
  }
  return set;
}

std::string TotalText(const TableView& view) {
  const std::optional<Decimal>& total = view.board->FinalScore().total;
  return total.has_value() ? total->ToFixed(view.model->profile->total_decimals) : "";
}

absl::Status DoNotAdd(absl::string_view name) {
  return absl::InternalError(
      absl::StrCat("the parts of ", std::string(name), " do not lead from one end to the other"));
}

// The parts must lead from the figure that was read at one end to that at the other.
absl::Status CheckEnds(absl::string_view name, const Difference& difference,
                       const std::optional<Decimal>& before, const std::optional<Decimal>& after) {
  if (difference.worth.front() == before.value_or(Decimal()) &&
      difference.worth.back() == after.value_or(Decimal())) {
    return absl::OkStatus();
  }
  return DoNotAdd(name);
}

absl::StatusOr<Difference> OfTable(const Ends& ends, const ResourceName& name) {
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends.from, *ends.to, name));
  Difference difference;
  ListCauses(change.Changed(), &difference);
  for (const Cause cause : difference.causes) difference.revisions.push_back(change.Revisions(cause));
  for (size_t bits = 0; bits < size_t{1} << difference.causes.size(); ++bits) {
    const Board* board = change.With(SetOf(difference, bits));
    difference.worth.push_back(board != nullptr ? board->FinalScore().total.value_or(Decimal()) : Decimal());
  }
  std::optional<Decimal> before;
  if (change.before().has_value()) {
    before = change.before()->board->FinalScore().total;
    difference.before = {TotalText(*change.before()), change.before()->board->FinalScore().grade};
  }
  difference.after = {TotalText(change.after()), change.after().board->FinalScore().grade};
  RETURN_IF_ERROR(CheckEnds(name.Table(), difference, before, change.after().board->FinalScore().total));
  return difference;
}

std::optional<Decimal> RowPoints(const TableView& view, const std::string& indicator) {
  const auto row = view.model->row_by_id.find(indicator);
  if (row == view.model->row_by_id.end()) return std::nullopt;
  return FinalPoints(*view.board, row->second);
}

std::string RowText(const std::optional<Decimal>& points) {
  return points.has_value() ? points->ToAtLeast(kPointDecimals) : "";
}

absl::StatusOr<Difference> OfIndicator(const Ends& ends, const ResourceName& name) {
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends.from, *ends.to, name));
  const bool was_there =
      change.before().has_value() && change.before()->model->row_by_id.contains(name.indicator);
  if (!was_there && !change.after().model->row_by_id.contains(name.indicator)) {
    return NotFound(v1::ERROR_REASON_INDICATOR_NOT_FOUND, name.Indicator());
  }
  Difference difference;
  ListCauses(change.Changed(name.indicator), &difference);
  for (const Cause cause : difference.causes)
    difference.revisions.push_back(change.Revisions(cause, name.indicator));
  for (size_t bits = 0; bits < size_t{1} << difference.causes.size(); ++bits) {
    const CauseSet set = SetOf(difference, bits);
    const Board* board = change.With(set);
    Decimal points;
    if (board != nullptr) {
      const auto row = change.ModelWith(set)->row_by_id.find(name.indicator);
      if (row != change.ModelWith(set)->row_by_id.end())
        points = FinalPoints(*board, row->second).value_or(Decimal());
    }
    difference.worth.push_back(points);
  }
  const std::optional<Decimal> before =
      change.before().has_value() ? RowPoints(*change.before(), name.indicator) : std::nullopt;
  const std::optional<Decimal> after = RowPoints(change.after(), name.indicator);
  difference.before.score = RowText(before);
  difference.after.score = RowText(after);
  RETURN_IF_ERROR(CheckEnds(name.Indicator(), difference, before, after));
  return difference;
}

// Whether the sums lead to the same final figure.
bool SameFinal(const scoring::RollupSums& a, const scoring::RollupSums& b) {
  return a.weight == b.weight && a.weighted_final == b.weighted_final;
}

// A unit's tables with each cause let in for all of them at once.
class UnitChange {
 public:
  UnitChange(const Ends& ends, const ResourceName& name) : ends_(ends), name_(name) {}

  absl::StatusOr<Difference> Compare(int32_t fiscal_year);

 private:
  // One table: its sums by set of its own causes.
  struct Part {
    CauseSet changed = 0;
    std::vector<Cause> causes;
    std::vector<scoring::RollupSums> sums;
  };

  absl::Status ReadProfiles(int32_t fiscal_year);
  absl::Status ReadTables();
  absl::Status AddTable(const ResourceName& name);
  bool IsUntouched(const TableView& view) const;
  scoring::UnitScore With(const Difference& difference, CauseSet set) const;

  const Ends& ends_;
  const ResourceName& name_;
  int32_t fiscal_year_ = 0;
  std::shared_ptr<const scoring::Profile> before_,
      after_;  // for the roll-up; the same where there was none before
  bool existed_ = false;
  scoring::RollupSums untouched_;
  std::vector<Part> parts_;
  std::set<uint64_t> revisions_[kCauses + 1];
};

absl::Status UnitChange::ReadProfiles(int32_t fiscal_year) {
  RETURN_IF_ERROR(ends_.to->GetUnit(name_.unit).status());
  ASSIGN_OR_RETURN(const Snapshot::UnitView after, ends_.to->GetUnitBoard(name_.unit, fiscal_year));
  fiscal_year_ = after.fiscal_year;
  ASSIGN_OR_RETURN(after_, ends_.to->CompiledProfile(after.header.profile(), after.header.profile_version()));
  before_ = after_;
  const absl::StatusOr<Snapshot::UnitView> before = ends_.from->GetUnitBoard(name_.unit, fiscal_year_);
  if (!before.ok()) {
    return ReasonOf(before.status()) == v1::ERROR_REASON_WRONG_STATE ? absl::OkStatus() : before.status();
  }
  existed_ = true;
  ASSIGN_OR_RETURN(before_,
                   ends_.to->CompiledProfile(before->header.profile(), before->header.profile_version()));
  return absl::OkStatus();
}

// Nothing that counts was recorded since, and both sides count up to the same day.
bool UnitChange::IsUntouched(const TableView& view) const {
  return ends_.from->as_of() == ends_.to->as_of() && view.model->revision <= ends_.from->revision() &&
         view.board->revision <= ends_.from->revision();
}

absl::Status UnitChange::AddTable(const ResourceName& name) {
  if (ends_.to->as_of().empty()) {
    ASSIGN_OR_RETURN(const TableView view, ends_.to->GetBoard(name));
    if (IsUntouched(view)) {
      untouched_ += SumsOf(*view.model, *view.board);
      return absl::OkStatus();
    }
  }
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends_.from, *ends_.to, name));
  Part& part = parts_.emplace_back();
  part.changed = change.Changed();
  Difference causes;
  ListCauses(part.changed, &causes);
  part.causes = causes.causes;
  for (const Cause cause : part.causes) {
    const std::vector<uint64_t> revisions = change.Revisions(cause);
    revisions_[cause].insert(revisions.begin(), revisions.end());
  }
  for (size_t bits = 0; bits < size_t{1} << part.causes.size(); ++bits) {
    const CauseSet set = SetOf(causes, bits);
    const Board* board = change.With(set);
    part.sums.push_back(board != nullptr ? SumsOf(*change.ModelWith(set), *board) : scoring::RollupSums());
  }
  const scoring::RollupSums before = change.before().has_value()
                                         ? SumsOf(*change.before()->model, *change.before()->board)
                                         : scoring::RollupSums();
  const scoring::RollupSums after = SumsOf(*change.after().model, *change.after().board);
  if (!SameFinal(part.sums.front(), before) || !SameFinal(part.sums.back(), after))
    return DoNotAdd(name.Table());
  return absl::OkStatus();
}

absl::Status UnitChange::ReadTables() {
  return ends_.to->ForEachTable(
      name_.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        if (!TakesPart(*model) || model->state.fiscal_year() != fiscal_year_) return true;
        RETURN_IF_ERROR(AddTable({ResourceName::kTable, model->unit, model->table, "", "", ""}));
        return true;
      });
}

scoring::UnitScore UnitChange::With(const Difference& difference, CauseSet set) const {
  scoring::RollupSums sums = untouched_;
  for (const Part& part : parts_) {
    size_t bits = 0;
    for (size_t i = 0; i < part.causes.size(); ++i) {
      if (set & BitOf(part.causes[i])) bits |= size_t{1} << i;
    }
    sums += part.sums[bits];
  }
  const bool all = set == SetOf(difference, (size_t{1} << difference.causes.size()) - 1);
  const bool after = all || (set & BitOf(v1::DIFFERENCE_CAUSE_PROFILE)) != 0;
  return scoring::ScoreUnit(after ? *after_ : *before_, sums);
}

absl::StatusOr<Difference> UnitChange::Compare(int32_t fiscal_year) {
  RETURN_IF_ERROR(ReadProfiles(fiscal_year));
  RETURN_IF_ERROR(ReadTables());
  CauseSet changed = 0;
  for (const Part& part : parts_) changed |= part.changed;
  if (before_ != after_) changed |= BitOf(v1::DIFFERENCE_CAUSE_PROFILE);
  Difference difference;
  ListCauses(changed, &difference);
  for (const Cause cause : difference.causes)
    difference.revisions.emplace_back(revisions_[cause].begin(), revisions_[cause].end());
  const size_t all = (size_t{1} << difference.causes.size()) - 1;
  for (size_t bits = 0; bits <= all; ++bits) {
    const scoring::UnitScore score = With(difference, SetOf(difference, bits));
    difference.worth.push_back(score.final_total.value_or(Decimal()));
    const Shown shown = {score.final_total.has_value() ? score.final_total->ToFixed(kPointDecimals) : "",
                         score.final_grade};
    if (bits == 0 && existed_) difference.before = shown;
    if (bits == all) difference.after = shown;
  }
  return difference;
}

absl::StatusOr<Difference> Compare(const Ends& ends, const v1::DiffScoresRequest& request) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", request.name()));
  switch (name.kind) {
    case ResourceName::kUnit:
      return UnitChange(ends, name).Compare(request.fiscal_year());
    case ResourceName::kTable:
      return OfTable(ends, name);
    case ResourceName::kIndicator:
      return OfIndicator(ends, name);
    default:
      return ParseTableName("name", request.name()).status();
  }
}

void FillParts(const Difference& difference, v1::DiffScoresResponse* response) {
  const Decimal whole = difference.worth.back() - difference.worth.front();
  const std::vector<scoring::Ratio> exact = scoring::ShapleyValues(difference.worth);
  // A typed weight may have more than two decimals, and then so has the difference.
  const std::vector<Decimal> points = scoring::RoundToSum(exact, std::max(kPointDecimals, whole.scale()));
  response->set_points(whole.ToAtLeast(kPointDecimals));
  for (size_t i = 0; i < difference.causes.size(); ++i) {
    v1::ScoreDifference* part = response->add_parts();
    part->set_cause(difference.causes[i]);
    part->set_points(points[i].ToAtLeast(kPointDecimals));
    part->set_exact(exact[i].ToFraction());
    const std::vector<uint64_t>& revisions = difference.revisions[i];
    part->set_revision_count(static_cast<int64_t>(revisions.size()));
    const size_t first = revisions.size() > kMostRevisions ? revisions.size() - kMostRevisions : 0;
    for (size_t j = first; j < revisions.size(); ++j) part->add_revisions(static_cast<int64_t>(revisions[j]));
  }
}

}  // namespace

absl::Status DiffScores(const v1::DiffScoresRequest& request, const QueryContext& context,
                        v1::DiffScoresResponse* response) {
  RETURN_IF_ERROR(ParseName("name", request.name()).status());
  ASSIGN_OR_RETURN(const Ends ends, OpenEnds(request, context));
  ASSIGN_OR_RETURN(const Difference difference, Compare(ends, request));
  response->set_revision(static_cast<int64_t>(ends.to->revision()));
  response->set_from_revision(static_cast<int64_t>(ends.from->revision()));
  response->set_score_before(difference.before.score);
  response->set_score_after(difference.after.score);
  response->set_grade_before(difference.before.grade);
  response->set_grade_after(difference.after.grade);
  FillParts(difference, response);
  return absl::OkStatus();
}

}  // namespace attain::engine
