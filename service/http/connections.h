// The open connections of a server: how many there may be, which go when others come, and their end.
#ifndef ATTAIN_SERVICE_HTTP_CONNECTIONS_H_
#define ATTAIN_SERVICE_HTTP_CONNECTIONS_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>

#include "storage/mutex.h"

namespace attain::http {

// What a connection is at.
enum class Stage {
  kIdle,     // nothing of a request has come
  kReading,  // a part of a request has come
  kRunning,  // a handler has it, or its answer is being sent
  kEnding,   // takes no further request
};

// Thread-safe.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  virtual ~Connection() = default;

  Stage stage() const { return stage_.load(); }
  // When it came to its stage, of a steady clock.
  int64_t since() const { return since_.load(); }
  // False, and nothing happens, when it is at another stage than `from`: somebody else was quicker.
  bool Turn(Stage from, Stage to) {
    if (!stage_.compare_exchange_strong(from, to)) return false;
    since_.store(std::chrono::steady_clock::now().time_since_epoch().count());
    return true;
  }
  void End() { stage_.store(Stage::kEnding); }

  // Closes the socket, soon, whatever is under way. Returns at once.
  virtual void CloseSoon() = 0;

 private:
  std::atomic<Stage> stage_{Stage::kIdle};
  std::atomic<int64_t> since_{std::chrono::steady_clock::now().time_since_epoch().count()};
};

// Thread-safe.
class Connections {
 public:
  explicit Connections(size_t most) : most_(most) {}

  enum class Room {
    kFree,    // a connection may come
    kRefuse,  // it may come to be told that there are too many
    kNone,    // it is to be closed at once
  };
  // For one more connection. When there are too many, the one that has been idle or reading for longest is
  // closed: slow and silent clients cost others nothing.
  Room MakeRoom() ATTAIN_EXCLUDES(mutex_);

  // Not owned; a connection removes itself before it goes.
  void Add(Connection* connection) ATTAIN_EXCLUDES(mutex_);
  void Remove(Connection* connection) ATTAIN_EXCLUDES(mutex_);

  void CloseIdle() ATTAIN_EXCLUDES(mutex_);
  void CloseAll() ATTAIN_EXCLUDES(mutex_);
  // Whether all are gone by then.
  bool AwaitEmpty(std::chrono::steady_clock::time_point deadline) ATTAIN_EXCLUDES(mutex_);
  size_t size() ATTAIN_EXCLUDES(mutex_);

 private:
  size_t TakingRequests() const ATTAIN_REQUIRES(mutex_);
  bool CloseLongestWaiting() ATTAIN_REQUIRES(mutex_);

  const size_t most_;
  storage::Mutex mutex_;
  storage::CondVar removed_;
  std::set<Connection*> connections_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_CONNECTIONS_H_
