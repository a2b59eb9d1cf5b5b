// The ranking of all tables in force by their score, kept in memory so that a page of it needs no scan.
//
// Made by the first ranked question with one scan of the boards, then kept up by what each committed group
// changed. It answers at the newest revision and, from a bounded log of changes, at somewhat older ones: so
// the pages of one list show one snapshot while writes go on. What it cannot answer its caller reads from the
// store.
//
// Memory: about 160 bytes and the length of its name per table in force, 48 bytes per logged change (65,536
// of them, 3 MB), and up to 262,144 changes that wait, about 100 bytes each (26 MB), while readers keep it
// busy. Nothing before the first ranked question.
//
// The writer never waits for it: it hands its changes over under a lock that nobody holds for longer than an
// append, and puts them in place itself only when no reader is at work. When too many wait the index is given
// up, and made again by the next question.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_RANK_INDEX_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_RANK_INDEX_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/domain/scores/ranking.h"
#include "service/state/group_listener.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

struct RankLimits {
  size_t tables = 2'000'000;  // in force; above that there is no index and ranked lists scan
  size_t log = 65'536;        // changes by which an older revision is answered
  size_t waiting = 262'144;   // changes not yet in place
  size_t few_tables = 1'000;  // a unit with no more than that is scanned: that is as fast
};

// A part of the order at one revision.
struct RankQuestion {
  uint64_t revision = 0;
  std::string unit = "-";  // "-" = all
  bool descending = false;
  std::optional<Ranked> after;  // unset: from the first
  size_t limit = 0;
};
struct RankSlice {
  std::vector<Ranked> tables;
  bool end = false;  // nothing behind them
  int64_t size = 0;  // of the whole order
};

// Thread-safe.
class RankIndex final : public GroupListener {
 public:
  explicit RankIndex(RankLimits limits) : limits_(limits) {}

  bool BeginGroup() override ATTAIN_EXCLUDES(waiting_mutex_);
  void EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) override
      ATTAIN_EXCLUDES(mutex_, waiting_mutex_);
  void GroupAnswered() override {}

  // Makes the index unless it is there, is being made by another thread or cannot be (RankLimits::tables).
  // Waits at most for the commit of one group. Fails when the store does.
  absl::Status EnsureBuilt(const storage::Store& store) ATTAIN_EXCLUDES(mutex_, waiting_mutex_);

  // Unset: there is no index, the revision lies before its log, or the unit has few tables. A question at a
  // revision that a reader of the store has seen waits for that revision's EndGroup.
  std::optional<RankSlice> After(const RankQuestion& question) ATTAIN_EXCLUDES(mutex_, waiting_mutex_);

  size_t few_tables() const { return limits_.few_tables; }

 private:
  // Where one revision put a table.
  struct Change {
    uint64_t revision = 0;
    std::string table;  // TableKey
    RankPlace place;
  };
  using Tables =
      std::map<std::string, RankPlace>;  // never erased from: the log and the rankings point at the keys
  struct Logged {
    uint64_t revision = 0;
    const std::string* table = nullptr;
    RankPlace before;
  };
  // Where tables stood at a revision that moved since.
  using Moved = absl::flat_hash_map<const std::string*, RankPlace>;

  // Starts recording and waits out the groups that began before. False when another thread is at it.
  bool StartBuilding() ATTAIN_EXCLUDES(mutex_, waiting_mutex_);
  absl::Status Scan(const storage::Store& store, uint64_t* revision, Tables* tables, bool* fits) const;
  // Puts what waits in place. False: the index is gone, or `revision` has not been handed over.
  bool CatchUp(uint64_t revision) ATTAIN_REQUIRES(mutex_);
  void Apply(const Change& change) ATTAIN_REQUIRES(mutex_);
  void Clear() ATTAIN_REQUIRES(mutex_);
  // Null when the unit has few tables.
  const Ranking* RankingOf(const std::string& unit) ATTAIN_REQUIRES(mutex_);
  Moved MovedSince(uint64_t revision, const std::string& unit) const ATTAIN_REQUIRES(mutex_);

  const RankLimits limits_;

  storage::Mutex mutex_;  // before waiting_mutex_; no I/O under it
  bool built_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool unfit_ ATTAIN_GUARDED_BY(mutex_) =
      false;  // for good: too many tables, or a total that is no hundredths
  Tables tables_ ATTAIN_GUARDED_BY(mutex_);
  Ranking all_ ATTAIN_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, Ranking> units_
      ATTAIN_GUARDED_BY(mutex_);  // those asked for, with many tables
  std::deque<Logged> log_ ATTAIN_GUARDED_BY(mutex_);
  uint64_t applied_ ATTAIN_GUARDED_BY(mutex_) = 0;  // newest revision in place
  uint64_t oldest_ ATTAIN_GUARDED_BY(mutex_) = 0;   // oldest revision that the log leads back to

  storage::Mutex waiting_mutex_;
  storage::CondVar ended_;  // a group ended
  bool building_ ATTAIN_GUARDED_BY(waiting_mutex_) = false;
  bool recording_ ATTAIN_GUARDED_BY(waiting_mutex_) = false;
  int open_groups_ ATTAIN_GUARDED_BY(waiting_mutex_) = 0;
  int unrecorded_groups_ ATTAIN_GUARDED_BY(waiting_mutex_) = 0;  // of the open ones
  uint64_t recorded_ ATTAIN_GUARDED_BY(waiting_mutex_) = 0;      // newest revision handed over
  std::vector<Change> waiting_ ATTAIN_GUARDED_BY(waiting_mutex_);
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_RANK_INDEX_H_
