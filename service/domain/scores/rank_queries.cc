#include "service/domain/scores/rank_queries.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "service/api/errors.h"
#include "service/api/filter.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_rows.h"
#include "service/state/grades.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

// A filter may let few tables through: the walk asks for more each time.
constexpr size_t kMostAtOnce = 4096;

std::vector<std::string> OrderWords(const v1::ListScoresRequest& request) {
  return absl::StrSplit(request.order_by(), ' ', absl::SkipEmpty());
}

absl::StatusOr<v1::Score> ScoreOf(const Snapshot& snapshot, const std::string& table_key) {
  ResourceName name;
  name.kind = ResourceName::kTable;
  if (!ParseTableKey(table_key, &name.unit, &name.table))
    return FromStore(absl::DataLossError("table key does not parse"));
  v1::Score score;
  RETURN_IF_ERROR(FillTableTotals(snapshot, name, &score));
  return score;
}

}  // namespace

bool IsRanked(const v1::ListScoresRequest& request) {
  if (AsksForAPast(request.read())) return false;
  if (!request.as_of().date().empty()) return false;
  if (request.as_of().target_basis() != v1::TARGET_BASIS_UNSPECIFIED) return false;
  const std::vector<std::string> words = OrderWords(request);
  return !words.empty() && words[0] == "score" &&
         (words.size() == 1 || words[1] == "desc" || words[1] == "asc");
}

absl::StatusOr<bool> ListFromIndex(const v1::ListScoresRequest& request, const std::string& unit,
                                   const Page& page, const Snapshot& snapshot, RankIndex& ranks,
                                   v1::ListScoresResponse* response) {
  RankQuestion question;
  question.revision = snapshot.revision();
  question.unit = unit;
  question.descending = OrderWords(request).back() == "desc";
  question.limit = page.size;
  if (page.offset > 0) {
    question.after = Ranked::FromText(page.cursor);
    if (!question.after.has_value()) return false;  // the page before came from a scan
  }
  ASSIGN_OR_RETURN(const GradeOrder grades, GradesFor(request.filter(), "", snapshot.reads()));
  ASSIGN_OR_RETURN(const Filter filter, Filter::Parse(request.filter(), *v1::Score::descriptor(), grades));
  size_t bytes = 0, count = 0;
  while (true) {
    const std::optional<RankSlice> slice = ranks.After(question);
    if (!slice.has_value()) {
      response->clear_scores();
      return false;
    }
    if (request.filter().empty()) response->set_total_size(slice->size);
    for (const Ranked& next : slice->tables) {
      ASSIGN_OR_RETURN(v1::Score score, ScoreOf(snapshot, next.table));
      question.after = next;
      if (!filter.Matches(score)) continue;
      bytes += score.ByteSizeLong();
      *response->add_scores() = std::move(score);
      if (++count < page.size && bytes < kMaxPageBytes) continue;
      if (slice->end && &next == &slice->tables.back()) return true;
      response->set_next_page_token(
          NextPageToken(snapshot.revision(), page.offset + count, Question(request), next.ToText()));
      return true;
    }
    if (slice->end) return true;
    question.limit = std::min(question.limit * 2, kMostAtOnce);
  }
}

}  // namespace attain::engine
