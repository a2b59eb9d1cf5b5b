// A client of a watch in the test's own thread.
#ifndef ATTAIN_TESTS_UNIT_CHANGES_WATCHER_H_
#define ATTAIN_TESTS_UNIT_CHANGES_WATCHER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/engine/engine.h"
#include "storage/mutex.h"

namespace attain::engine {

// Thread-compatible.
class Watcher : public watch::Listener, public std::enable_shared_from_this<Watcher> {
 public:
  ~Watcher() override;
  // What opening says.
  absl::Status Open(Engine& engine, const v1::WatchRequest& request, const std::string& locale = "en");
  // The next message; false when there is none within the deadline of 20 seconds, or the watch is over.
  bool Take(v1::WatchResponse* response);
  // All messages up to the first that `last` says yes to, itself included; fails when it does not come.
  std::vector<v1::WatchResponse> TakeUntil(const std::function<bool(const v1::WatchResponse&)>& last);

  void OnReady() override ATTAIN_EXCLUDES(mutex_);
  void OnStalled() override {}

 private:
  std::shared_ptr<watch::Subscription> subscription_;
  storage::Mutex mutex_;
  storage::CondVar wake_;
  bool ready_ ATTAIN_GUARDED_BY(mutex_) = false;
};

v1::WatchRequest WatchOf(const std::vector<std::string>& names, const std::vector<v1::WatchKind>& kinds = {});

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_CHANGES_WATCHER_H_
