// What a query sees: one committed revision, and optionally only what was true by a day.
#ifndef ATTAIN_SERVICE_STATE_SNAPSHOT_H_
#define ATTAIN_SERVICE_STATE_SNAPSHOT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/v1/common.pb.h"
#include "service/api/clock.h"
#include "service/api/names.h"
#include "service/model/table_model.h"
#include "service/state/reads.h"
#include "service/state/version_cache.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

// What queries share: compiled tables and profiles, and boards. Thread-safe.
class ModelCache {
 public:
  explicit ModelCache(size_t limit_bytes) : tables(limit_bytes / 2), boards(limit_bytes / 2) {}

  VersionCache<TableModel> tables;  // by TableKey
  VersionCache<Board> boards;       // by BoardKey

  std::shared_ptr<const scoring::Profile> FindProfile(const std::string& key) ATTAIN_EXCLUDES(mutex_);
  void PutProfile(const std::string& key, std::shared_ptr<const scoring::Profile> profile)
      ATTAIN_EXCLUDES(mutex_);

 private:
  storage::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const scoring::Profile>> profiles_
      ATTAIN_GUARDED_BY(mutex_);
};

// A table in force with its figures, against the targets that were asked for.
struct TableView {
  std::shared_ptr<const TableModel> model;
  std::shared_ptr<const Board> board;
};

// Whether the read names a revision or a time; else it is answered from the newest.
inline bool AsksForAPast(const v1::ReadOptions& read) {
  return read.has_read_revision() || read.has_read_time();
}

// REVISION_OUT_OF_RANGE: revisions run from 1 to `head`.
absl::Status RevisionOutOfRange(int64_t asked, uint64_t head);

class Snapshot {
 public:
  // Resolves `read` and `as_of`: OUT_OF_RANGE above the head, before the first revision and for a time that
  // is not over by `clock` (not owned); INVALID_FIELD for a malformed day or token; REVISION_NOT_HERE_YET and
  // EPOCH_CHANGED for a token that this store does not honour. A time that was just over is waited for until
  // what is being written is on disk. The store must outlive the snapshot.
  static absl::StatusOr<std::unique_ptr<Snapshot>> Open(const storage::Store& store, ModelCache* cache,
                                                        const v1::ReadOptions& read,
                                                        const v1::AsOf& as_of = {},
                                                        const Clock* clock = SystemClock());

  uint64_t revision() const { return reader_->revision(); }
  // What an answer says of where it was read. Reads the journal when the revision is not the newest.
  absl::Status FillReadInfo(v1::ReadInfo* info) const;
  const std::string& as_of() const { return as_of_; }
  // ORIGINAL, IN_FORCE or LATEST.
  v1::TargetBasis basis() const { return basis_; }
  const storage::Reader& reader() const { return *reader_; }
  // Everything that is stored as it stood, whatever the day.
  const Reads& reads() const { return reads_; }

  // Compiled, and kept in the cache. RESOURCE_NOT_FOUND.
  absl::StatusOr<std::shared_ptr<const TableModel>> GetTable(const ResourceName& name) const;
  // The same, or null where there is none.
  absl::StatusOr<std::shared_ptr<const TableModel>> FindTable(const ResourceName& name) const;
  // The board as of the snapshot's revision and day, against the snapshot's targets. WRONG_STATE when the
  // table is not in force there.
  absl::StatusOr<TableView> GetBoard(const ResourceName& name) const;
  // The same, or nothing where there is no such table or it is not in force.
  absl::StatusOr<std::optional<TableView>> FindBoard(const ResourceName& name) const;
  // The same for a table in force that is at hand.
  absl::StatusOr<TableView> ViewOf(const std::shared_ptr<const TableModel>& model) const;

  // The newest outlook of each row dated up to the snapshot's day, by indicator id.
  absl::StatusOr<absl::flat_hash_map<std::string, disk::OutlookState>> GetOutlooks(
      const ResourceName& table) const;

  // Calls for every table of a unit ("-" = of all), in name order, until false.
  absl::Status ForEachTable(
      absl::string_view unit,
      absl::FunctionRef<absl::StatusOr<bool>(const std::shared_ptr<const TableModel>&)> visit) const;
  // The unit's sums for a year; at a day they are added up from the tables. fiscal_year 0 = the newest with a
  // table in force.
  struct UnitView {
    int32_t fiscal_year = 0;
    disk::UnitBoardState header;
    std::shared_ptr<const scoring::Profile> profile;  // which the unit is scored by
    scoring::RollupSums sums;
    uint64_t revision = 0;
  };
  // WRONG_STATE when no table of that year is in force.
  absl::StatusOr<UnitView> GetUnitBoard(absl::string_view unit, int32_t fiscal_year) const;
  // The same, or nothing.
  absl::StatusOr<std::optional<UnitView>> FindUnitBoard(absl::string_view unit, int32_t fiscal_year) const;
  absl::StatusOr<std::shared_ptr<const scoring::Profile>> CompiledProfile(const std::string& name,
                                                                          int64_t version) const;
  absl::StatusOr<std::shared_ptr<const TableModel>> Compile(const ResourceName& name, uint64_t revision,
                                                            absl::string_view bytes) const;

 private:
  Snapshot(const storage::Store& store, std::unique_ptr<storage::Reader> reader,
           std::optional<absl::Time> time, ModelCache* cache, std::string as_of, v1::TargetBasis basis)
      : store_(store),
        reader_(std::move(reader)),
        time_(time),
        reads_(reader_.get()),
        cache_(cache),
        as_of_(std::move(as_of)),
        basis_(basis) {}
  // The version of an amended table that holds the targets asked for.
  absl::StatusOr<std::shared_ptr<const TableModel>> OnBasis(
      const std::shared_ptr<const TableModel>& newest) const;
  absl::StatusOr<std::shared_ptr<const Board>> ReadBoard(const ResourceName& name,
                                                         const TableModel& model) const;
  // A unit's sums from its tables one by one, and the newest version of its profile among them.
  absl::Status AddUp(absl::string_view unit, UnitView* view) const;
  bool Counts(const std::string& date) const { return as_of_.empty() || date <= as_of_; }

  const storage::Store& store_;
  std::unique_ptr<storage::Reader> reader_;
  std::optional<absl::Time> time_;  // recorded time of the revision, when it was at hand
  Reads reads_;
  ModelCache* cache_;
  std::string as_of_;
  v1::TargetBasis basis_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_SNAPSHOT_H_
