#include "service/rpc/status.h"

#include "service/engine/errors.h"

namespace attain::rpc {

grpc::Status ToGrpc(const absl::Status& status, absl::string_view locale) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status details = engine::ToRpcStatus(status, locale);
  return grpc::Status(static_cast<grpc::StatusCode>(details.code()), details.message(), details.SerializeAsString());
}

}  // namespace attain::rpc
