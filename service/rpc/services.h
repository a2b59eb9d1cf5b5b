// The gRPC services of attain.v1.
#ifndef ATTAIN_SERVICE_RPC_SERVICES_H_
#define ATTAIN_SERVICE_RPC_SERVICES_H_

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "service/rpc/dispatch.h"

namespace attain::rpc {

// One object per service, with every method its descriptor has. `dispatch` must outlive them.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(const Dispatch* dispatch);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_SERVICES_H_
