#include "service/domain/questions/diff_queries.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/questions/difference.h"
#include "service/domain/questions/unit_difference.h"
#include "service/scoring/shapley.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMostRevisions = 20, kPointDecimals = 2;

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
                    {"记录号与时间只能给一个。", "Give a revision or a time, not both."});
  }
  v1::ReadOptions read;
  if (has_time) *read.mutable_read_time() = time;
  if (revision != 0) read.set_read_revision(revision);
  v1::AsOf as_of;
  as_of.set_date(day);
  return OpenSnapshot(context, read, as_of);
}

absl::StatusOr<Ends> OpenEnds(const v1::DiffScoresRequest& request, const QueryContext& context) {
  RETURN_IF_ERROR(CheckDates(request));
  const bool days = !request.from_date().empty();
  if (!days && request.from_revision() == 0 && !request.has_from_time()) {
    return BadField("from_revision", v1::ERROR_REASON_INVALID_FIELD,
                    {"请给出较早的记录号（from_revision）或时间（from_time）。",
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
