// The engine: takes commands, decides, applies, scores, commits; answers queries. The whole business of
// Attain behind one door that speaks attain.v1 messages and knows no transport.
//
// Every mutation goes through one committer, which takes all waiting commands as one group and makes them
// durable with one sync. Queries read one committed revision and never wait for writers.
#ifndef ATTAIN_SERVICE_ENGINE_ENGINE_H_
#define ATTAIN_SERVICE_ENGINE_ENGINE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attain/v1/watch_service.pb.h"
#include "google/protobuf/message.h"
#include "service/api/caller.h"
#include "service/api/clock.h"
#include "service/api/document_source.h"
#include "service/domain/scores/rank_index.h"
#include "service/history/heads.h"
#include "service/history/history_queries.h"
#include "service/state/group_listener.h"
#include "service/watch/hub.h"
#include "storage/store.h"

namespace attain::engine {

struct EngineOptions {
  storage::Store* store = nullptr;  // not owned, must outlive the engine
  Clock* clock = SystemClock();     // not owned
  // Bytes of decoded tables kept in memory. Default: 256 MiB. Filled by use only.
  size_t cache_bytes = size_t{256} << 20;
  // Commands that may wait; above it a command is refused with RESOURCE_EXHAUSTED (OVERLOADED). Default:
  // 100,000.
  size_t max_waiting = 100'000;
  // Events from which on a group is committed while the next one is decided; smaller ones are not worth a
  // second thread's waking. Default: 256.
  size_t large_group = 256;
  // Reads documents that are no plain text, and has the uploads; null: plain text alone is imported. Not
  // owned.
  DocumentSource* documents = nullptr;
  // Threads that prepare commands (read documents), and commands that may wait for one; above it they are
  // refused with OVERLOADED. Defaults: 2 and 16.
  int preparers = 2;
  size_t max_preparing = 16;
  // Threads that Lend may keep waiting at a time. Default: 0.
  int bystanders = 0;
  // Hears of the first commit that failed, with the store's own words, before any answer of it is given: no
  // write is taken from then on. On a thread of the committer; must not wait for long. Unset: nobody hears.
  std::function<void(const absl::Status&)> commit_failed;
  std::string version = "0";    // shown by GetServerInfo
  uint64_t schema_version = 0;  // of the store, shown by GetServerInfo
  watch::HubOptions watch;
  RankLimits rank;  // memory of ranked lists
  // How heads of the log are signed; without a notary none is.
  HeadOptions heads;
  // Hears once why the tree over the journal can go no further. On the tree's thread. Unset: nobody hears.
  std::function<void(const absl::Status&)> tree_failed;
};

// Thread-safe.
class Engine {
 public:
  // Opens an engine on a store; an empty store gets the built-in profiles as its first revisions.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(const EngineOptions& options);
  virtual ~Engine() = default;

  // Whether Mutate or Read carries out what this message asks for. The API declares methods that are built in
  // a later version.
  virtual bool Has(const google::protobuf::Descriptor* request) const = 0;

  // Carries out a mutation. Never blocks beyond validation of the shape. `done` is called exactly once, on a
  // thread of the committer or the preparer, on one that calls Lend or on the caller's; it must not block.
  // `request` and `response` must live until then. On error the response is unspecified. Errors carry
  // details: see errors.h.
  using Done = std::function<void(absl::Status)>;
  virtual void Mutate(const google::protobuf::Message& request, google::protobuf::Message* response,
                      const Caller& caller, Done done) = 0;

  // For a thread that has done with one call and has no other at hand. It calls `done` of mutations that wait
  // for that, then may wait, at most `bystanders` at a time, until the committer has nothing to do: where
  // cores are few, a thread that naps saves more than one that looks for work. Call it without locks.
  virtual void Lend() = 0;

  // Answers a query at one committed revision.
  virtual absl::Status Read(const google::protobuf::Message& request, google::protobuf::Message* response,
                            const Caller& caller) const = 0;

  // Opens a watch. The listener hears when there is something to take from it; take once at the start without
  // being told. Close it. Errors as in WatchService.Watch.
  virtual absl::StatusOr<std::shared_ptr<watch::Subscription>> Watch(
      const v1::WatchRequest& request, const Caller& caller, std::weak_ptr<watch::Listener> listener) = 0;

  // Whoever writes the store beside this engine, a Replayer that follows another server's journal, tells this
  // what it wrote: ranked lists and watches go on from there. Not while mutations run. Lives as long as the
  // engine.
  virtual GroupListener* group_listener() = 0;

  // The tree over the journal and its signed heads, for ports that serve them. Live as long as the engine.
  virtual HistoryParts history() = 0;

  // False after the first failed commit.
  virtual bool healthy() const = 0;

  // Refuses new commands (UNAVAILABLE, SHUTTING_DOWN), completes those that wait, returns when all are done.
  // Idempotent.
  virtual void Shutdown() = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_ENGINE_H_
