// The journal by itself: nothing missing, nothing changed, nothing behind its end.
#ifndef ATTAIN_SERVICE_VERIFY_CHAIN_H_
#define ATTAIN_SERVICE_VERIFY_CHAIN_H_

#include "service/verify/report.h"
#include "storage/inspection.h"

namespace attain::engine {

// Recomputes every entry's hash, compares the end with `head`, and the tiles of the tree with the entries.
// Goes on behind an entry that does not fit: the next one must follow what that one says of itself. An entry
// that was replaced, its own hash recomputed, shows at the next one. Ends early only when cancelled or when
// the disk gives no more, which it tells.
void CheckChain(const storage::Inspection& store, const storage::Head& head, VerifyReport* report);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_CHAIN_H_
