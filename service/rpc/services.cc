#include "service/rpc/services.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>

#include <deque>
#include <string>

#include "absl/strings/str_cat.h"
#include "attain/v1/file_service.pb.h"
#include "common/schema/methods.h"
#include "service/rpc/extract_stream.h"
#include "service/rpc/stream_actuals.h"
#include "service/rpc/upload_stream.h"
#include "service/rpc/watch_stream.h"

namespace attain::rpc {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::internal::RpcMethod;

// The bytes of a unary call. gRPC releases them when it has done with the call, on the thread that is told
// so: that one has nothing at hand then.
class CallBytes final : public grpc::MessageHolder<ByteBuffer, ByteBuffer> {
 public:
  explicit CallBytes(engine::Engine* engine) : engine_(engine) {
    set_request(&request_);
    set_response(&response_);
  }
  void Release() override {
    engine::Engine* const engine = engine_;
    delete this;
    engine->Lend();
  }

 private:
  engine::Engine* const engine_;
  ByteBuffer request_, response_;
};

class CallBytesAllocator final : public grpc::MessageAllocator<ByteBuffer, ByteBuffer> {
 public:
  explicit CallBytesAllocator(engine::Engine* engine) : engine_(engine) {}
  grpc::MessageHolder<ByteBuffer, ByteBuffer>* AllocateMessages() override { return new CallBytes(engine_); }

 private:
  engine::Engine* const engine_;
};

// A service made from its descriptor: what differs between unary methods is the engine's business, so none is
// written by hand and none can be forgotten. It registers raw methods with the calls that generated code uses
// for them.
class ApiService final : public grpc::Service {
 public:
  ApiService(const ServiceDescriptor* service, const Dispatch* dispatch)
      : dispatch_(dispatch), bytes_(dispatch->engine()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      paths_.push_back(absl::StrCat("/", service->full_name(), "/", method->name()));
      AddMethod(new grpc::internal::RpcServiceMethod(paths_.back().c_str(), TypeOf(*method), nullptr));
      MarkMethodRawCallback(i, HandlerOf(method));
    }
  }

 private:
  static RpcMethod::RpcType TypeOf(const MethodDescriptor& method) {
    if (method.client_streaming())
      return method.server_streaming() ? RpcMethod::BIDI_STREAMING : RpcMethod::CLIENT_STREAMING;
    return method.server_streaming() ? RpcMethod::SERVER_STREAMING : RpcMethod::NORMAL_RPC;
  }

  grpc::internal::MethodHandler* HandlerOf(const MethodDescriptor* method) {
    const Dispatch* const dispatch = dispatch_;
    if (method->input_type() == v1::UploadDocumentRequest::descriptor()) {
      return new grpc::internal::CallbackClientStreamingHandler<ByteBuffer, ByteBuffer>(
          [dispatch](CallbackServerContext* context, ByteBuffer* answer) {
            return MakeUploadStream(*dispatch, *context, answer);
          });
    }
    if (method->input_type() == v1::ExtractDocumentRequest::descriptor()) {
      return new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
          [dispatch](CallbackServerContext* context, const ByteBuffer* request) {
            return MakeExtractStream(*dispatch, context, *request);
          });
    }
    if (method->client_streaming()) {
      return new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
          [dispatch](CallbackServerContext* context) { return MakeStreamActuals(*dispatch, *context); });
    }
    if (method->server_streaming()) {
      return new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
          [dispatch](CallbackServerContext* context, const ByteBuffer* request) {
            return MakeWatchStream(*dispatch, context, *request);
          });
    }
    auto* const handler = new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
        [dispatch, unary = calls::MethodOf(*method)](CallbackServerContext* context,
                                                     const ByteBuffer* request, ByteBuffer* response) {
          return dispatch->Unary(unary, context, *request, response);
        });
    handler->SetMessageAllocator(&bytes_);
    return handler;
  }

  const Dispatch* const dispatch_;
  CallBytesAllocator bytes_;
  std::deque<std::string> paths_;  // gRPC keeps pointers into them
};

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const Dispatch* dispatch) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  for (const ServiceDescriptor* service : schema::ServicesOfApi()) {
    services.push_back(std::make_unique<ApiService>(service, dispatch));
  }
  return services;
}

}  // namespace attain::rpc
