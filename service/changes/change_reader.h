// From the journal to what watches are told: which reports, tables and scores each revision changed, before
// and after.
//
// Everything comes from the journal and the versioned store, so a revision gives the same events whenever it
// is read.
#ifndef ATTAIN_SERVICE_CHANGES_CHANGE_READER_H_
#define ATTAIN_SERVICE_CHANGES_CHANGE_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attain/storage/v1/event.pb.h"
#include "service/changes/running_boards.h"
#include "service/state/footprint.h"
#include "service/state/snapshot.h"
#include "service/watch/source.h"

namespace attain::engine {

// Thread-compatible. Cheap when revisions come one after another: what was after the last is what is before
// the next.
class ChangeReader : public watch::EntryReader {
 public:
  // Neither is owned.
  ChangeReader(const storage::Store* store, ModelCache* cache) : store_(store), cache_(cache) {}

  absl::Status Read(watch::Revision from, watch::Revision to, const watch::Portion& portion,
                    std::vector<watch::EntryPtr>* entries) override;

 private:
  // One table that a revision touched.
  struct Touched {
    ResourceName name;
    bool set = false;                     // it has a new value itself
    bool whole = false;                   // all rows, not only those listed
    std::vector<std::string> indicators;  // ids, each once, in order of first touch
  };
  // The revision being read.
  struct Work;

  absl::StatusOr<watch::EntryPtr> Build(const storage::JournalRecord& record);
  absl::Status Collect(Work* work);
  absl::Status CollectOne(const Footprint& footprint, const disk::Event& event, Work* work);
  absl::Status TouchUnit(const std::string& unit, Work* work);
  absl::Status AddActual(ResourceName table, const std::string& indicator, const Footprint::Report& report,
                         Work* work);
  absl::Status AddNewReport(ResourceName table, const disk::ActualRecorded& recorded, Work* work);
  absl::StatusOr<std::string> MeasureNow(const ResourceName& indicator, const Work& work) const;
  absl::Status AddTable(const ResourceName& name, Work* work);
  absl::Status AddScores(const Touched& touched, Work* work);
  absl::Status AddUnitScores(Work* work);
  // Adds a score when it differs; the one before comes from memory, or else from `make_before`.
  absl::Status AddScore(const std::string& name, const std::string& key, watch::RowPtr after,
                        absl::FunctionRef<absl::StatusOr<watch::RowPtr>()> make_before, Work* work);

  const storage::Store* const store_;
  ModelCache* const cache_;
  watch::Revision last_ = 0;                                // read last
  RunningBoards boards_;                                    // as of last_
  absl::flat_hash_map<std::string, watch::RowPtr> scores_;  // as of last_, by key; those touched lately
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_CHANGE_READER_H_
