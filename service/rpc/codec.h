// Requests from bytes and answers to bytes, with an error that tells the client what is wrong with its bytes.
//
// The generated handlers cannot: gRPC answers a request that does not parse with UNIMPLEMENTED and no text,
// and takes an unparseable message of a stream for the end of the stream, as if the rest had never been sent.
#ifndef ATTAIN_SERVICE_RPC_CODEC_H_
#define ATTAIN_SERVICE_RPC_CODEC_H_

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"

namespace attain::rpc {

// Thread-safe. INVALID_ARGUMENT (INVALID_ENCODING, names the field) when a string is not UTF-8,
// INVALID_ARGUMENT (INVALID_FIELD) when the bytes are no message of this type, or have a field that it does
// not have. `message` is unspecified then.
absl::Status Decode(const grpc::ByteBuffer& bytes, google::protobuf::Message* message);

// Thread-safe. INTERNAL when the message is above 2 GiB.
absl::Status Encode(const google::protobuf::Message& message, grpc::ByteBuffer* bytes);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_CODEC_H_
