#include "service/history/methods.h"

namespace attain::engine {
namespace {

template <typename Request, typename Response>
void Add(const HistoryParts& parts,
         absl::Status (*run)(const HistoryParts&, const Request&, const QueryContext&, Response*),
         QueryMethods* queries) {
  queries->Add<Request, Response>(
      [parts, run](const Request& request, const QueryContext& context, Response* response) {
        return run(parts, request, context, response);
      });
}

}  // namespace

void AddHistoryMethods(const HistoryParts& parts, QueryMethods* queries) {
  Add(parts, &GetHead, queries);
  Add(parts, &GetInclusionProof, queries);
  Add(parts, &GetConsistencyProof, queries);
  Add(parts, &GetReceipt, queries);
}

}  // namespace attain::engine
