// Ranked lists from the index.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_RANK_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_RANK_QUERIES_H_

#include <string>

#include "absl/status/statusor.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/api/paging.h"
#include "service/domain/scores/rank_index.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Whether the index may serve the list: by score alone, of the newest revision, with nothing that changes
// scores.
bool IsRanked(const v1::ListScoresRequest& request);

// Fills rows, next page and total size of a ranked list exactly as a scan would, except that a list with a
// filter is not counted and may end with an empty page. False: the index cannot answer; `response` is as it
// was.
absl::StatusOr<bool> ListFromIndex(const v1::ListScoresRequest& request, const std::string& unit,
                                   const Page& page, const Snapshot& snapshot, RankIndex& ranks,
                                   v1::ListScoresResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_RANK_QUERIES_H_
