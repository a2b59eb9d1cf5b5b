// A store to which events are applied one revision after the other, and what is then read from it.
#ifndef ATTAIN_TESTS_UNIT_STATE_STATE_FIXTURE_H_
#define ATTAIN_TESTS_UNIT_STATE_STATE_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "attain/storage/v1/event.pb.h"
#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/profile.pb.h"
#include "service/api/errors.h"
#include "service/state/applier.h"
#include "service/state/snapshot.h"
#include "storage/store.h"
#include "tests/unit/model/sample_table.h"

namespace rocksdb {
class Env;
}

namespace attain::engine {

inline const char* const kTable = "units/u/tables/t";

// profiles/national: RULES.md's defaults in this version, rolled up so.
disk::Event ProfileEvent(int64_t version, v1::RollupMode rollup = v1::ROLLUP_MODE_BY_ADJUSTED_BUDGET);
// The sample table under another name, in this state.
disk::TableState TableNamed(const std::string& name, v1::TableState state = v1::TABLE_STATE_APPROVED);
disk::Event TableEvent(const disk::TableState& table);
disk::Event ReportEvent(const std::string& row, const std::string& id, const disk::ActualState& actual,
                        const std::string& table = kTable);
disk::Event RetractionEvent(const std::string& row, const std::string& id, const std::string& reason);
disk::Event SpendingEvent(const disk::SpendingState& spending, const std::string& table = kTable);
disk::Event EvaluationEvent(v1::EvaluationState state, int64_t submit_revision);
disk::Event ReviewEvent(const std::string& row, const std::string& score, const std::string& date);
disk::Event OutlookEvent(const std::string& row, const std::string& text, const std::string& date);

ResourceName NameOf(const std::string& table);
ResourceName RowOf(const std::string& row, const std::string& table = kTable);

class StateFixture : public ::testing::Test {
 protected:
  StateFixture();
  ~StateFixture() override;

  // Records the events as one revision, each at a later second, and gives that revision.
  uint64_t Record(const std::vector<disk::Event>& events);
  // The same for a whole payload, whose time is not looked at.
  uint64_t RecordEntry(const disk::EntryPayload& payload, storage::EntryForm form);
  // Applies them to an open entry that is then given up; what the first one that failed said.
  absl::Status Try(const std::vector<disk::Event>& events);
  // The next number of a report in the entry to come.
  uint64_t next() const { return store_->head().revision + 1; }

  std::unique_ptr<Snapshot> At(const v1::ReadOptions& read = {}, const v1::AsOf& as_of = {});
  std::unique_ptr<Snapshot> AsOf(const std::string& day,
                                 v1::TargetBasis basis = v1::TARGET_BASIS_UNSPECIFIED);
  std::string BoardAt(const Snapshot& snapshot, const std::string& table = kTable);
  static absl::Time TimeOf(uint64_t revision) { return absl::FromUnixSeconds(1'700'000'000 + revision); }

  const std::unique_ptr<rocksdb::Env> memory_;  // no disk is waited for
  std::unique_ptr<storage::Store> store_;
  Workspace workspace_{size_t{1} << 20};
  ModelCache cache_{size_t{1} << 20};
};

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_STATE_STATE_FIXTURE_H_
