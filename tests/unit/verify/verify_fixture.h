// A store with a history, what is done to it behind its back, and what a verification then finds.
#ifndef ATTAIN_TESTS_UNIT_VERIFY_VERIFY_FIXTURE_H_
#define ATTAIN_TESTS_UNIT_VERIFY_VERIFY_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/verify/verification.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/rocks_options.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {

inline const std::set<VerifyPart> kAllParts = VerifyOptions().parts;

class VerifyFixture : public StateFixture {
 protected:
  // A profile, two tables in force, and `rounds` of reports, spending, reviews, corrections and retractions
  // on the first, under request ids r1, r2, …
  void Fill(int rounds = 3);
  // One more report on a row of kTable; gives its revision.
  uint64_t RecordReport(const std::string& row, const std::string& number);
  // Retracts what RecordReport recorded at `revision`.
  uint64_t Retract(const std::string& row, uint64_t revision);

  // Findings of the open store as lines, in the order in which they were told within each part.
  std::vector<std::string> Verify(const std::set<VerifyPart>& parts = kAllParts);
  VerifyResult result_;  // of the newest verification

  // Closes the store, lets `edit` at its database, writes that out to its files, and opens it again.
  void Edit(const std::function<void(const storage::Database&)>& edit);
  // Bytes of one version, without the byte for life; of the closed database.
  static std::string ValueIn(const storage::Database& raw, const std::string& key, uint64_t revision);
  static void PutVersion(const storage::Database& raw, const std::string& key, uint64_t revision,
                         const std::string& value);
  static void DeleteVersion(const storage::Database& raw, const std::string& key, uint64_t revision);
  // Changes the total of a board and gives what it was.
  std::string ForgeTotal(const std::string& key, uint64_t revision, const std::string& total);

  storage::RocksStoreOptions StoreOptions() const;
  void CloseStore() { store_.reset(); }
  void OpenStore();
};

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_VERIFY_VERIFY_FIXTURE_H_
