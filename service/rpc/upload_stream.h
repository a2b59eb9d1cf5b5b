// FileService.UploadDocument: bytes in, message by message.
#ifndef ATTAIN_SERVICE_RPC_UPLOAD_STREAM_H_
#define ATTAIN_SERVICE_RPC_UPLOAD_STREAM_H_

#include <grpcpp/grpcpp.h>

#include "service/rpc/dispatch.h"

namespace attain::rpc {

// One message is read at a time, so a fast client waits (HTTP/2 flow control). A client that is silent or
// slow beyond the limits of FileCalls is ended with DEADLINE_EXCEEDED. Owns itself until the stream is done.
grpc::ServerReadReactor<grpc::ByteBuffer>* MakeUploadStream(const Dispatch& dispatch,
                                                            const grpc::CallbackServerContext& context,
                                                            grpc::ByteBuffer* answer);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_UPLOAD_STREAM_H_
