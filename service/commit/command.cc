#include "service/commit/command.h"

#include "service/access/duties.h"
#include "service/api/macros.h"

namespace attain::engine {

absl::Status CarryOut(Command& command, Transaction& txn) {
  RETURN_IF_ERROR(MayCall(*command.rule, command.caller));
  return command.run(txn);
}

}  // namespace attain::engine
