// FileService.ExtractDocument: a document out, message by message.
#ifndef ATTAIN_SERVICE_RPC_EXTRACT_STREAM_H_
#define ATTAIN_SERVICE_RPC_EXTRACT_STREAM_H_

#include <grpcpp/grpcpp.h>

#include "service/rpc/dispatch.h"

namespace attain::rpc {

// A worker of FileCalls reads the document; each message is made when the one before it is on its way. A
// client that takes nothing for the limit of FileCalls is cancelled. Owns itself until the stream is done.
grpc::ServerWriteReactor<grpc::ByteBuffer>* MakeExtractStream(const Dispatch& dispatch,
                                                              grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer& request);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_EXTRACT_STREAM_H_
