#include "service/domain/scores/score_queries.h"

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/rows.h"
#include "service/api/text_limits.h"
#include "service/domain/scores/rank_queries.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"
#include "service/state/grades.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

constexpr int kMaxBatch = 1000;

// What amendments gained: the final score less that against the original targets, at the same revision and
// day.
absl::Status FillAmendmentPoints(const QueryContext& context, uint64_t revision, v1::AsOf as_of,
                                 const ResourceName& name, v1::Score* out) {
  v1::ReadOptions pinned;
  pinned.set_read_revision(static_cast<int64_t>(revision));
  as_of.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, pinned, as_of));
  ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
  const std::optional<scoring::Decimal>& before = view.board->FinalScore().total;
  const absl::StatusOr<scoring::Decimal> after = scoring::Decimal::ParseStored(out->final_score());
  if (before.has_value() && after.ok()) out->set_amendment_points(SignedPoints(*after - *before, 2));
  return absl::OkStatus();
}

absl::Status FillScore(const Snapshot& snapshot, const std::string& resource, int32_t fiscal_year,
                       v1::Score* out) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", resource));
  FillBasis(snapshot, out);
  switch (name.kind) {
    case ResourceName::kUnit:
      return FillUnitScore(snapshot, name.unit, fiscal_year, out);
    case ResourceName::kTable: {
      ASSIGN_OR_RETURN(const TableView view, snapshot.GetBoard(name));
      FillTable(*view.model, *view.board, out);
      return absl::OkStatus();
    }
    case ResourceName::kIndicator: {
      ASSIGN_OR_RETURN(const TableView view, snapshot.GetBoard(name));
      ASSIGN_OR_RETURN(const int row, RowOf(*view.model, name));
      FillIndicatorScore(view, row, out);
      return absl::OkStatus();
    }
    default:
      return ParseTableName("name", resource).status();
  }
}

}  // namespace

absl::Status GetScore(const v1::GetScoreRequest& request, const QueryContext& context,
                      v1::GetScoreResponse* response) {
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  v1::Score* score = response->mutable_score();
  RETURN_IF_ERROR(FillScore(*snapshot, request.name(), request.fiscal_year(), score));
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", request.name()));
  if (name.kind != ResourceName::kTable) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(name));
  if (model->state.amendment_count() == 0) return absl::OkStatus();
  return FillAmendmentPoints(context, snapshot->revision(), request.as_of(), name, score);
}

absl::Status BatchGetScores(const v1::BatchGetScoresRequest& request, const QueryContext& context,
                            v1::BatchGetScoresResponse* response) {
  if (request.names().empty()) return CheckRequired("names", "", 1);
  if (request.names_size() > kMaxBatch) {
    return BadField("names", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                    {"一次最多 1000 个。", "At most 1,000 names at once."});
  }
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  for (int i = 0; i < request.names_size(); ++i) {
    const absl::Status status =
        FillScore(*snapshot, request.names(i), request.fiscal_year(), response->add_scores());
    if (!status.ok()) return Prefixed(status, absl::StrCat("names[", i, "]."));
  }
  return absl::OkStatus();
}

absl::Status ListScores(const v1::ListScoresRequest& request, const QueryContext& context, RankIndex& ranks,
                        v1::ListScoresResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent(), /*wildcard=*/true));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  const bool ranked = IsRanked(request);
  if (ranked && parent.unit == "-") RETURN_IF_ERROR(ranks.EnsureBuilt(context.store));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read, request.as_of()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  ASSIGN_OR_RETURN(const GradeOrder grades,
                   GradesFor(request.filter(), request.order_by(), snapshot->reads()));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Score>::Make(request.filter(), request.order_by(), grades));
  if (parent.unit != "-") RETURN_IF_ERROR(RequireUnit(snapshot->reads(), parent.unit).status());
  if (ranked) {
    ASSIGN_OR_RETURN(const bool answered,
                     ListFromIndex(request, parent.unit, page, *snapshot, ranks, response));
    if (answered) return absl::OkStatus();
  }
  size_t tables = 0;
  RETURN_IF_ERROR(snapshot->ForEachTable(
      parent.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        if (!model->in_force()) return true;
        v1::Score score;
        RETURN_IF_ERROR(FillTableTotals(
            *snapshot, {ResourceName::kTable, model->unit, model->table, "", "", ""}, &score));
        rows.Offer(std::move(score));
        ++tables;
        return true;
      }));
  // The next question about a unit this large gets its answer from the index.
  if (ranked && tables > ranks.few_tables()) RETURN_IF_ERROR(ranks.EnsureBuilt(context.store));
  response->set_total_size(static_cast<int32_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_scores()));
  return absl::OkStatus();
}

}  // namespace attain::engine
