// A gRPC callback server that answers with what it was sent: `bench_echo_server`, prints its address, ends
// with its standard input.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"

namespace {

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

// Writes when it is told to.
class TickedReactor final : public grpc::ServerWriteReactor<attain::bench::EchoMessage>,
                            public std::enable_shared_from_this<TickedReactor> {
 public:
  explicit TickedReactor(int bytes) { message_.set_payload(std::string(static_cast<size_t>(bytes), 'f')); }
  void Start() {
    self_ = shared_from_this();
    Tick();
  }
  // False when the stream is over.
  bool Tick() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++owed_;
    Write();
    return !finished_;
  }
  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    writing_ = false;
    cancelled_ = cancelled_ || !ok;
    Write();
  }
  void OnCancel() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    cancelled_ = true;
    Write();
  }
  void OnDone() override { const std::shared_ptr<TickedReactor> self = std::move(self_); }

 private:
  void Write() {
    if (writing_ || finished_) return;
    if (cancelled_) {
      finished_ = true;
      return Finish(grpc::Status::CANCELLED);
    }
    if (owed_ == 0) return;
    --owed_;
    writing_ = true;
    StartWrite(&message_);
  }

  std::shared_ptr<TickedReactor> self_;  // until the stream is done
  std::mutex mutex_;
  attain::bench::EchoMessage message_;
  int64_t owed_ = 0;
  bool writing_ = false, cancelled_ = false, finished_ = false;
};

// Ticks the groups in turns, on a thread of its own.
class Ticker {
 public:
  ~Ticker() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
      wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
  }
  void Add(int group, int per_second, std::shared_ptr<TickedReactor> stream) {
    const std::lock_guard<std::mutex> lock(mutex_);
    groups_[static_cast<size_t>(group) % kGroups].push_back(std::move(stream));
    period_ = std::chrono::nanoseconds(std::chrono::seconds(1)) / std::max(1, per_second);
    if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  }

 private:
  static constexpr size_t kGroups = 100;
  // Ticks that are late by more are left out: the machine does not keep up with them.
  static constexpr std::chrono::milliseconds kPatience{10};

  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    auto next = std::chrono::steady_clock::now();
    for (size_t group = 0; !wake_.wait_until(lock, next, [this] { return over_; });
         group = (group + 1) % kGroups) {
      std::erase_if(groups_[group],
                    [](const std::shared_ptr<TickedReactor>& stream) { return !stream->Tick(); });
      next = std::max(next + period_, std::chrono::steady_clock::now() - kPatience);
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::array<std::vector<std::shared_ptr<TickedReactor>>, kGroups> groups_;
  std::chrono::nanoseconds period_{1};
  bool over_ = false;
  std::thread thread_;
};

class EchoService final : public attain::bench::Echo::CallbackService {
  grpc::ServerUnaryReactor* Say(grpc::CallbackServerContext* context,
                                const attain::bench::EchoMessage* request,
                                attain::bench::EchoMessage* response) override {
    response->set_payload(request->payload());
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  grpc::ServerWriteReactor<attain::bench::EchoMessage>* Flow(
      grpc::CallbackServerContext*, const attain::bench::FlowRequest* request) override {
    if (request->group() == 0) return new FlowReactor(*request);
    const auto stream = std::make_shared<TickedReactor>(request->bytes());
    stream->Start();
    ticker_.Add(request->group(), request->ticks_per_second(), stream);
    return stream.get();
  }

  Ticker ticker_;
};

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
