#include "service/domain/questions/diff_queries.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/questions/difference.h"
#include "service/domain/questions/unit_difference.h"
#include "service/scoring/shapley.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMostRevisions = 20, kPointDecimals = 2;

absl::Status CheckNoBasis(absl::string_view field, const v1::AsOf& as_of) {
  if (as_of.target_basis() == v1::TARGET_BASIS_UNSPECIFIED) return absl::OkStatus();
  return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                  {"比较得分时请不要选目标口径：目标调整的影响会单独列出。",
                   "Give no target basis: what amended targets moved is a part of the difference."});
}

absl::Status CheckDays(const v1::DiffScoresRequest& request) {
  RETURN_IF_ERROR(CheckNoBasis("from_as_of.target_basis", request.from_as_of()));
  RETURN_IF_ERROR(CheckNoBasis("to_as_of.target_basis", request.to_as_of()));
  const std::string &from = request.from_as_of().date(), &to = request.to_as_of().date();
  if (from.empty() != to.empty()) {
    return BadField(from.empty() ? "from_as_of.date" : "to_as_of.date", v1::ERROR_REASON_INVALID_FIELD,
                    {"from_as_of 与 to_as_of 的日期要么都填，要么都不填。",
                     "Give the dates of both from_as_of and to_as_of, or of neither."});
  }
  if (from <= to) return absl::OkStatus();
  return BadField("from_as_of.date", v1::ERROR_REASON_INVALID_FIELD,
                  {"from_as_of 的日期不得晚于 to_as_of 的日期。",
                   "The date of from_as_of must not be after that of to_as_of."});
}

// An end whose fields are named by its own path.
absl::StatusOr<std::unique_ptr<Snapshot>> OpenEnd(const QueryContext& context, absl::string_view side,
                                                  const v1::ReadOptions& read, const v1::AsOf& as_of) {
  absl::StatusOr<std::unique_ptr<Snapshot>> end = OpenSnapshot(context, read, as_of);
  if (end.ok()) return end;
  return Repathed(Repathed(end.status(), "read.", absl::StrCat(side, ".")), "as_of.",
                  absl::StrCat(side, "_as_of."));
}

absl::StatusOr<Ends> OpenEnds(const v1::DiffScoresRequest& request, const QueryContext& context) {
  RETURN_IF_ERROR(CheckDays(request));
  const bool days = !request.from_as_of().date().empty();
  if (!days && !AsksForAPast(request.from())) {
    return BadField("from", v1::ERROR_REASON_INVALID_FIELD,
                    {"请在 from 中给出较早的记录号（read_revision）或时间（read_time）。",
                     "Give the earlier revision (read_revision) or time (read_time) in `from`."});
  }
  Ends ends;
  ASSIGN_OR_RETURN(ends.to, OpenEnd(context, "to", request.to(), request.to_as_of()));
  // Two days alone are compared as known at the later revision.
  v1::ReadOptions from = request.from();
  if (!AsksForAPast(from)) from.set_read_revision(static_cast<int64_t>(ends.to->revision()));
  ASSIGN_OR_RETURN(ends.from, OpenEnd(context, "from", from, request.from_as_of()));
  if (ends.from->revision() > ends.to->revision()) {
    return BadField(
        "from", v1::ERROR_REASON_INVALID_FIELD,
        {absl::StrCat("较早的一端（第 ", ends.from->revision(), " 次记录）晚于较晚的一端（第 ",
                      ends.to->revision(), " 次记录）。请对调。"),
         absl::StrCat("The earlier end (revision ", ends.from->revision(),
                      ") lies after the later one (revision ", ends.to->revision(), "). Swap them.")});
  }
  return ends;
}

absl::StatusOr<Difference> Compare(const Ends& ends, const v1::DiffScoresRequest& request) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", request.name()));
  switch (name.kind) {
    case ResourceName::kUnit:
      return DifferenceOfUnit(ends, name, request.fiscal_year());
    case ResourceName::kTable:
      return DifferenceOfTable(ends, name);
    case ResourceName::kIndicator:
      return DifferenceOfIndicator(ends, name);
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
    part->set_revision_count(static_cast<int32_t>(revisions.size()));
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
  RETURN_IF_ERROR(ends.to->FillReadInfo(response->mutable_read()));
  response->set_from_revision(static_cast<int64_t>(ends.from->revision()));
  response->set_score_before(difference.before.score);
  response->set_score_after(difference.after.score);
  response->set_grade_before(difference.before.grade);
  response->set_grade_after(difference.after.grade);
  FillParts(difference, response);
  return absl::OkStatus();
}

}  // namespace attain::engine
