// The engine's store as the source of watches.
#ifndef ATTAIN_SERVICE_CHANGES_WATCH_SOURCE_H_
#define ATTAIN_SERVICE_CHANGES_WATCH_SOURCE_H_

#include <memory>

#include "service/changes/change_reader.h"
#include "service/changes/watch_snapshot.h"
#include "service/watch/source.h"

namespace attain::engine {

// Thread-safe.
class WatchSource : public watch::Source {
 public:
  // Neither is owned.
  WatchSource(const storage::Store* store, ModelCache* cache) : store_(store), cache_(cache) {}

  storage::Head head() const override { return store_->head(); }
  std::unique_ptr<watch::EntryReader> MakeReader() const override {
    return std::make_unique<ChangeReader>(store_, cache_);
  }
  absl::StatusOr<std::unique_ptr<watch::SnapshotWalk>> OpenSnapshot(watch::SelectionPtr selection,
                                                                    watch::Revision revision) const override {
    return std::unique_ptr<watch::SnapshotWalk>(
        std::make_unique<WatchSnapshot>(store_, cache_, std::move(selection), revision));
  }

 private:
  const storage::Store* const store_;
  ModelCache* const cache_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_WATCH_SOURCE_H_
