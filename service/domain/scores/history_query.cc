#include "service/domain/scores/history_query.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

// Whose versions are the history.
absl::StatusOr<std::string> HistoryKey(const Snapshot& snapshot, const ResourceName& name,
                                       const v1::ListScoreHistoryRequest& request) {
  if (name.kind == ResourceName::kTable) {
    RETURN_IF_ERROR(snapshot.GetBoard(name).status());
    return BoardKey(name.unit, name.table);
  }
  if (name.kind != ResourceName::kUnit) return ParseTableName("name", request.name()).status();
  ASSIGN_OR_RETURN(const Snapshot::UnitView view, snapshot.GetUnitBoard(name.unit, request.fiscal_year()));
  return UnitBoardKey(name.unit, view.fiscal_year);
}

// Each version is read as a snapshot of its own, so history and a read at that revision can never disagree.
// as_of holds for every row.
absl::StatusOr<v1::Score> ScoreAt(uint64_t revision, const ResourceName& name, int32_t fiscal_year,
                                  const v1::AsOf& as_of, const QueryContext& context) {
  v1::ReadOptions at;
  at.set_read_revision(static_cast<int64_t>(revision));
  ASSIGN_OR_RETURN(const auto then, OpenSnapshot(context, at, as_of));
  v1::Score score;
  if (name.kind == ResourceName::kUnit) {
    RETURN_IF_ERROR(FillUnitScore(*then, name.unit, fiscal_year, &score));
  } else {
    ASSIGN_OR_RETURN(const TableView view, then->GetBoard(name));
    FillTotals(*view.model, *view.board, &score);
  }
  FillBasis(*then, &score);
  return score;
}

// Whether the figures are the same: a revision can change a board without moving them.
bool SameFigures(v1::Score a, v1::Score b) {
  a.clear_revision();
  b.clear_revision();
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace

absl::Status ListScoreHistory(const v1::ListScoreHistoryRequest& request, const QueryContext& context,
                              v1::ListScoreHistoryResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", request.name()));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, page.read, request.as_of()));
  ASSIGN_OR_RETURN(const std::string key, HistoryKey(*snapshot, name, request));
  std::vector<uint64_t> revisions;  // newest first, one more than the page takes
  RETURN_IF_ERROR(
      snapshot->reader().History(key, [&](absl::string_view, storage::Revision revision, absl::string_view) {
        revisions.push_back(revision);
        return revisions.size() < page.offset + page.size + 1;
      }));
  std::vector<v1::Score> scores;
  for (size_t i = page.offset; i < revisions.size() && i < page.offset + page.size + 1; ++i) {
    ASSIGN_OR_RETURN(scores.emplace_back(),
                     ScoreAt(revisions[i], name, request.fiscal_year(), request.as_of(), context));
  }
  for (size_t i = 0; i < std::min(scores.size(), page.size); ++i) {
    if (i + 1 < scores.size() && SameFigures(scores[i], scores[i + 1])) continue;
    RETURN_IF_ERROR(
        context.store.ReadJournal(revisions[page.offset + i], [&](const storage::JournalRecord& record) {
          *scores[i].mutable_record_time() = ToTimestamp(absl::ToUnixMicros(record.time));
          return false;
        }));
    *response->add_scores() = scores[i];
  }
  if (revisions.size() > page.offset + page.size) {
    response->set_next_page_token(NextPageToken(snapshot->revision(), page.offset + page.size, question));
  }
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
