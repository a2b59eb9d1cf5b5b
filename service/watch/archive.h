// Entries that the ring has lost, read again from the journal for streams that are behind.
#ifndef ATTAIN_SERVICE_WATCH_ARCHIVE_H_
#define ATTAIN_SERVICE_WATCH_ARCHIVE_H_

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "service/watch/source.h"

namespace attain::watch {

// Keeps what it read last, so that a thousand clients that come back after a restart cost one reading.
// Thread-compatible.
class Archive {
 public:
  Archive(const Source* source, size_t limit_bytes) : source_(source), limit_(limit_bytes) {}

  // Entries from `from` up to `to` (both inclusive), at least one and not more than the portion allows.
  absl::Status Read(Revision from, Revision to, const Portion& portion, std::vector<EntryPtr>* entries);
  void Clear();

 private:
  void Keep(const EntryPtr& entry);

  const Source* const source_;
  const size_t limit_;
  std::unique_ptr<EntryReader> reader_;
  std::map<Revision, EntryPtr> entries_;
  size_t bytes_ = 0;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_ARCHIVE_H_
