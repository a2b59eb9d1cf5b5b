// Who calls and in which language, from a call's metadata.
#ifndef ATTAIN_SERVICE_RPC_CALLER_H_
#define ATTAIN_SERVICE_RPC_CALLER_H_

#include <grpcpp/grpcpp.h>

#include "service/engine/engine.h"

namespace attain::rpc {

// "attain-actor" (percent-encoded UTF-8; what the caller says of itself) and "accept-language" (zh… → zh-CN, anything else → en).
engine::Caller CallerOf(const grpc::CallbackServerContext& context);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_CALLER_H_
