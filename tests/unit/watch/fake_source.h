// A journal in memory: each entry moves the score of one table of one unit.
#ifndef ATTAIN_TESTS_UNIT_WATCH_FAKE_SOURCE_H_
#define ATTAIN_TESTS_UNIT_WATCH_FAKE_SOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "service/watch/source.h"

namespace attain::watch {

// Entry of `revision`: units/{unit}/tables/t goes from score `revision` - `step` to `revision`.
std::shared_ptr<Entry> MakeEntry(Revision revision, const std::string& unit, Revision step = 1);
RowPtr ScoreRow(const std::string& name, Revision revision);

// For these names (one per string) and the kind SCORES.
SelectionPtr Select(const std::vector<std::string>& names, RowFilter filter = nullptr);

// Thread-safe.
class FakeSource : public Source {
 public:
  // Revision n belongs to unit u{n % units}.
  explicit FakeSource(int units) : units_(units) {}
  void Append(int entries) ATTAIN_EXCLUDES(mutex_);
  // From now on reading gives DATA_LOSS, or works again.
  void Damage(bool damaged = true) ATTAIN_EXCLUDES(mutex_);

  // From now on reading gives nothing and no error.
  void Hide() ATTAIN_EXCLUDES(mutex_);

  storage::Head head() const override ATTAIN_EXCLUDES(mutex_);
  std::unique_ptr<EntryReader> MakeReader() const override;
  absl::StatusOr<std::unique_ptr<SnapshotWalk>> OpenSnapshot(SelectionPtr selection,
                                                             Revision revision) const override;

  EntryPtr At(Revision revision) const;
  bool damaged() const ATTAIN_EXCLUDES(mutex_);
  bool hidden() const ATTAIN_EXCLUDES(mutex_);

 private:
  const int units_;
  mutable storage::Mutex mutex_;
  Revision head_ ATTAIN_GUARDED_BY(mutex_) = 0;
  bool damaged_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool hidden_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace attain::watch

#endif  // ATTAIN_TESTS_UNIT_WATCH_FAKE_SOURCE_H_
