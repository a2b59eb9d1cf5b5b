#include "service/rpc/codec.h"

#include <google/protobuf/stubs/logging.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/wire_checks.h"

namespace attain::rpc {
namespace {

using Traits = grpc::SerializationTraits<google::protobuf::Message>;

// Protobuf complains of a string that is not UTF-8 to its log, which would let any client fill the server's.
thread_local bool silent = false;
google::protobuf::LogHandler* next_handler = nullptr;

void Listen(google::protobuf::LogLevel level, const char* file, int line, const std::string& message) {
  if (!silent && next_handler != nullptr) next_handler(level, file, line, message);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices)
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

}  // namespace

absl::Status Decode(const grpc::ByteBuffer& bytes, google::protobuf::Message* message) {
  [[maybe_unused]] static const bool listening = [] {
    next_handler = google::protobuf::SetLogHandler(&Listen);
    return true;
  }();
  silent = true;
  grpc::ByteBuffer consumed(bytes);
  const bool parsed = Traits::Deserialize(&consumed, message).ok();
  silent = false;
  if (parsed) return engine::CheckNoUnknownFields(*message);
  if (const std::string field = engine::PathOfInvalidText(*message->GetDescriptor(), BytesOf(bytes));
      !field.empty()) {
    return engine::BadField(field, v1::ERROR_REASON_INVALID_ENCODING,
                            {absl::StrCat(field, " 不是有效的 UTF-8 文本。请以 UTF-8 编码重新发送。"),
                             absl::StrCat(field, " is not valid UTF-8. Send it again as UTF-8.")});
  }
  const std::string& type = message->GetDescriptor()->full_name();
  return engine::Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_FIELD,
                        {absl::StrCat("请求的内容不是有效的 ", type, " 消息。请核对客户端所用的接口定义。"),
                         absl::StrCat("The request is not a valid ", type,
                                      ". Check the API definition the client was made from.")},
                        {{"type", type}});
}

absl::Status Encode(const google::protobuf::Message& message, grpc::ByteBuffer* bytes) {
  bool own_buffer = false;
  if (Traits::Serialize(message, bytes, &own_buffer).ok()) return absl::OkStatus();
  return absl::InternalError("an answer does not serialize");
}

}  // namespace attain::rpc
