// An engine that keeps every command until the test answers it.
#ifndef ATTAIN_TESTS_UNIT_RPC_FAKE_ENGINE_H_
#define ATTAIN_TESTS_UNIT_RPC_FAKE_ENGINE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "service/engine/engine.h"

namespace attain::rpc {

// Thread-safe.
class FakeEngine final : public engine::Engine {
 public:
  struct Command {
    const google::protobuf::Message* request;
    google::protobuf::Message* response;
    engine::Caller caller;
    Done done;
  };

  bool Has(const google::protobuf::Descriptor*) const override { return true; }
  void Mutate(const google::protobuf::Message& request, google::protobuf::Message* response,
              const engine::Caller& caller, Done done) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      commands_.push_back({&request, response, caller, std::move(done)});
    }
    changed_.notify_all();
  }
  void Lend() override {}
  engine::GroupListener* group_listener() override { return nullptr; }
  engine::HistoryParts history() override { return {}; }
  absl::Status Read(const google::protobuf::Message&, google::protobuf::Message*,
                    const engine::Caller& caller) const override {
    return on_read ? on_read(caller) : absl::OkStatus();
  }
  // Refuses with what the test set, and keeps who asked.
  absl::StatusOr<std::shared_ptr<watch::Subscription>> Watch(const v1::WatchRequest&,
                                                             const engine::Caller& caller,
                                                             std::weak_ptr<watch::Listener>) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    watchers_.push_back(caller);
    return watch_refusal;
  }
  bool healthy() const override { return is_healthy; }
  void Shutdown() override {}

  // Whether so many commands have come, within the time given.
  bool Await(size_t count, std::chrono::milliseconds time = std::chrono::seconds(20)) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return commands_.size() >= count; });
  }
  size_t count() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return commands_.size();
  }
  Command command(size_t index) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return commands_.at(index);
  }
  void Answer(size_t index, absl::Status status = absl::OkStatus()) {
    command(index).done(std::move(status));
  }
  std::vector<engine::Caller> watchers() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return watchers_;
  }

  std::atomic<bool> is_healthy{true};
  std::function<absl::Status(const engine::Caller&)> on_read;  // answers queries; set when none is under way
  absl::Status watch_refusal = absl::UnavailableError("not now");  // set before the server starts

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Command> commands_;
  std::vector<engine::Caller> watchers_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_TESTS_UNIT_RPC_FAKE_ENGINE_H_
