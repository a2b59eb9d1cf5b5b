// The one place where an error becomes a grpc::Status.
#ifndef ATTAIN_SERVICE_RPC_STATUS_H_
#define ATTAIN_SERVICE_RPC_STATUS_H_

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attain::rpc {

// With google.rpc.Status in the trailer grpc-status-details-bin, in the caller's language ("zh-CN" or "en").
//
// Clients accept 8 KiB of trailers and drop the whole answer above it, so message and details together stay
// under 7 KiB as they travel (percent and base64 encoding counted): findings and field violations are left
// out from the end; their number stays in FindingList.total and the metadata "violations".
grpc::Status ToGrpc(const absl::Status& status, absl::string_view locale);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_STATUS_H_
