#include "tests/unit/changes/watcher.h"

#include <gtest/gtest.h>

#include <utility>

namespace attain::engine {

Watcher::~Watcher() {
  if (subscription_ != nullptr) subscription_->Close();
}

absl::Status Watcher::Open(Engine& engine, const v1::WatchRequest& request, const std::string& locale) {
  absl::StatusOr<std::shared_ptr<watch::Subscription>> opened =
      engine.Watch(request, {"reader", locale, ""}, weak_from_this());
  if (!opened.ok()) return opened.status();
  subscription_ = *std::move(opened);
  return absl::OkStatus();
}

bool Watcher::Take(v1::WatchResponse* response) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (true) {
    const absl::StatusOr<watch::Message> message = subscription_->Next();
    EXPECT_TRUE(message.ok()) << message.status();
    if (!message.ok()) return false;
    if (*message != nullptr) return response->ParseFromString(**message);
    storage::MutexLock lock(&mutex_);
    while (!ready_ && std::chrono::steady_clock::now() < end) wake_.WaitUntil(&mutex_, end);
    if (!std::exchange(ready_, false)) return false;
  }
}

std::vector<v1::WatchResponse> Watcher::TakeUntil(const std::function<bool(const v1::WatchResponse&)>& last) {
  std::vector<v1::WatchResponse> all;
  v1::WatchResponse response;
  while (Take(&response)) {
    all.push_back(response);
    if (last(response)) return all;
  }
  ADD_FAILURE() << "it does not come; " << all.size() << " others did";
  return all;
}

void Watcher::OnReady() {
  storage::MutexLock lock(&mutex_);
  ready_ = true;
  wake_.NotifyOne();
}

v1::WatchRequest WatchOf(const std::vector<std::string>& names, const std::vector<v1::WatchKind>& kinds) {
  v1::WatchRequest request;
  for (const std::string& name : names) request.add_names(name);
  for (const v1::WatchKind kind : kinds) request.add_kinds(kind);
  return request;
}

}  // namespace attain::engine
