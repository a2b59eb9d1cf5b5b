// Who signs heads of the log, from the command line.
#ifndef ATTAIN_SERVICE_SERVER_HEAD_SIGNING_H_
#define ATTAIN_SERVICE_SERVER_HEAD_SIGNING_H_

#include "absl/status/statusor.h"
#include "service/history/heads.h"
#include "service/server/options.h"
#include "storage/store.h"

namespace attain::server {

// The origin is NAME/STORE/EPOCH: --log-name, the first 16 digits of the store's id, its epoch. With
// --log-key a notary in this process, which is for trials and says so in the log; its key is made when the
// file is not there. INVALID_ARGUMENT names the option.
absl::StatusOr<engine::HeadOptions> HeadOptionsOf(const ServerOptions& options, const storage::Store& store);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_HEAD_SIGNING_H_
