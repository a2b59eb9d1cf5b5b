#include "service/http/connections.h"

#include <algorithm>

namespace attain::http {

void Connections::Add(Connection* connection) {
  storage::MutexLock lock(&mutex_);
  connections_.insert(connection);
}

void Connections::Remove(Connection* connection) {
  storage::MutexLock lock(&mutex_);
  connections_.erase(connection);
  removed_.NotifyAll();
}

size_t Connections::size() {
  storage::MutexLock lock(&mutex_);
  return connections_.size();
}

size_t Connections::TakingRequests() const {
  return static_cast<size_t>(
      std::count_if(connections_.begin(), connections_.end(),
                    [](const Connection* each) { return each->stage() != Stage::kEnding; }));
}

bool Connections::CloseLongestWaiting() {
  Connection* longest = nullptr;
  for (Connection* each : connections_) {
    const Stage stage = each->stage();
    if (stage != Stage::kIdle && stage != Stage::kReading) continue;
    if (longest == nullptr || each->since() < longest->since()) longest = each;
  }
  if (longest == nullptr) return false;
  // One that has just got its request is left alone.
  if (!longest->Turn(Stage::kIdle, Stage::kEnding) && !longest->Turn(Stage::kReading, Stage::kEnding))
    return false;
  longest->CloseSoon();
  return true;
}

Connections::Room Connections::MakeRoom() {
  storage::MutexLock lock(&mutex_);
  if (connections_.size() < most_) return Room::kFree;
  // Those that end take their farewell: bounded, too.
  if (connections_.size() >= 2 * most_) return Room::kNone;
  if (TakingRequests() < most_ || CloseLongestWaiting()) return Room::kFree;
  return Room::kRefuse;
}

void Connections::CloseIdle() {
  storage::MutexLock lock(&mutex_);
  for (Connection* each : connections_) {
    if (each->Turn(Stage::kIdle, Stage::kEnding)) each->CloseSoon();
  }
}

void Connections::CloseAll() {
  storage::MutexLock lock(&mutex_);
  for (Connection* each : connections_) each->CloseSoon();
}

bool Connections::AwaitEmpty(std::chrono::steady_clock::time_point deadline) {
  storage::MutexLock lock(&mutex_);
  while (!connections_.empty()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    removed_.WaitUntil(&mutex_, deadline);
  }
  return true;
}

}  // namespace attain::http
