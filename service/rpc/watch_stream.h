// The Watch reactor: carries a subscription's messages to one client.
#ifndef ATTAIN_SERVICE_RPC_WATCH_STREAM_H_
#define ATTAIN_SERVICE_RPC_WATCH_STREAM_H_

#include <grpcpp/grpcpp.h>

#include "service/rpc/dispatch.h"

namespace attain::rpc {

// Owns itself until the stream is done.
grpc::ServerWriteReactor<grpc::ByteBuffer>* MakeWatchStream(const Dispatch& dispatch,
                                                            grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer& request);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_WATCH_STREAM_H_
