// Every value that follows from the journal, against what the store has.
//
// The journal is replayed and its writes summed up (record_sums.h); so are the store's records, in one pass.
// When the sums are equal, so are the records. That holds although the replay reads from the store what it
// does not remember: were the store wrong, look at the oldest revision at which it is. What the entry of that
// revision read was older, therefore right; so the replay wrote what is right there, and the sums differ.
//
// When they differ, the buckets that do are doubted and the journal is replayed again. Of doubted keys
// nothing is read from the store, and each write is compared with it. Where a wrong value had its
// consequences, other buckets may differ now; they are doubted too, until no new one differs: then what is
// found is what is wrong, and no more.
#ifndef ATTAIN_SERVICE_VERIFY_STATE_CHECK_H_
#define ATTAIN_SERVICE_VERIFY_STATE_CHECK_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "service/verify/record_sums.h"
#include "service/verify/report.h"
#include "storage/inspection.h"

namespace attain::engine {

// The sums of all that the store has. Tells the report, unless it is null, of strays among the versions.
// Errors of the disk; CANCELLED.
absl::StatusOr<StoreSums> SumsOfStore(const storage::Inspection& store, const std::string& salt,
                                      VerifyReport* report);

// Replays the journal up to `end`, the newest revision. `stored` gives SumsOfStore under `salt` and is called
// once, when the first replay is over: so the two can be made at the same time.
void CheckState(const storage::Inspection& store, storage::Revision end, const std::string& salt,
                const std::function<absl::StatusOr<StoreSums>()>& stored, VerifyReport* report);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_STATE_CHECK_H_
