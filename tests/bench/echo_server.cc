// A gRPC callback server that answers with what it was sent: `bench_echo_server`, prints its address, ends with its
// standard input.
#include <grpcpp/grpcpp.h>

#include <iostream>
#include <memory>
#include <string>

#include "echo.grpc.pb.h"

namespace {

class EchoService final : public attain::bench::Echo::CallbackService {
  grpc::ServerUnaryReactor* Say(grpc::CallbackServerContext* context, const attain::bench::EchoMessage* request,
                                attain::bench::EchoMessage* response) override {
    response->set_payload(request->payload());
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  grpc::ServerWriteReactor<attain::bench::EchoMessage>* Flow(grpc::CallbackServerContext*,
                                                             const attain::bench::FlowRequest* request) override;
};

// Writes the same message again and again from its own reaction.
class FlowReactor final : public grpc::ServerWriteReactor<attain::bench::EchoMessage> {
 public:
  explicit FlowReactor(const attain::bench::FlowRequest& request) : left_(request.count()) {
    message_.set_payload(std::string(static_cast<size_t>(request.bytes()), 'f'));
    OnWriteDone(true);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    if (left_-- > 0) StartWrite(&message_);
    idle_ = left_ < 0;
  }
  void OnCancel() override {
    if (idle_) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  int64_t left_;
  bool idle_ = false;
  attain::bench::EchoMessage message_;
};

grpc::ServerWriteReactor<attain::bench::EchoMessage>* EchoService::Flow(grpc::CallbackServerContext*,
                                                                        const attain::bench::FlowRequest* request) {
  return new FlowReactor(*request);
}

}  // namespace

int main() {
  EchoService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << "127.0.0.1:" << port << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  server->Shutdown();
  return 0;
}
