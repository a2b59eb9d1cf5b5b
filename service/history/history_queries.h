// What HistoryService answers.
#ifndef ATTAIN_SERVICE_HISTORY_HISTORY_QUERIES_H_
#define ATTAIN_SERVICE_HISTORY_HISTORY_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/history_service.pb.h"
#include "service/history/heads.h"
#include "service/history/tree_log.h"
#include "service/state/query_context.h"

namespace attain::engine {

// Neither is owned.
struct HistoryParts {
  TreeLog* log = nullptr;
  Heads* heads = nullptr;
};

// Errors as the methods list them.
absl::Status GetHead(const HistoryParts& parts, const v1::GetHeadRequest& request,
                     const QueryContext& context, v1::GetHeadResponse* response);
absl::Status GetInclusionProof(const HistoryParts& parts, const v1::GetInclusionProofRequest& request,
                               const QueryContext& context, v1::GetInclusionProofResponse* response);
absl::Status GetConsistencyProof(const HistoryParts& parts, const v1::GetConsistencyProofRequest& request,
                                 const QueryContext& context, v1::GetConsistencyProofResponse* response);
absl::Status GetReceipt(const HistoryParts& parts, const v1::GetReceiptRequest& request,
                        const QueryContext& context, v1::GetReceiptResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_HISTORY_QUERIES_H_
