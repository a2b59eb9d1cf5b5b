// The history of one table as a bundle of proofs.
#ifndef ATTAIN_SERVICE_HISTORY_RECEIPT_H_
#define ATTAIN_SERVICE_HISTORY_RECEIPT_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/v1/history_service.pb.h"
#include "service/api/names.h"
#include "service/history/tree_log.h"
#include "service/state/snapshot.h"
#include "storage/store.h"

namespace attain::engine {

// The newest revision that touched the table, as of the snapshot. RESOURCE_NOT_FOUND.
absl::StatusOr<uint64_t> NewestOfThread(const Snapshot& snapshot, const ResourceName& table);

struct ReceiptSource {
  const TreeLog& log;
  const storage::Store& store;
  uint64_t size = 0;        // of the head that everything is proven against
  bool with_texts = false;  // show what people typed, and who they are
};

// Fills format, table, revision, entries, older_revision and the score that was signed: `revision` and those
// before it, back to the table's creation. DATA_LOSS when an entry does not name the one before it.
absl::Status FillThread(const ReceiptSource& source, const ResourceName& table, uint64_t revision,
                        v1::Receipt* receipt);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_RECEIPT_H_
