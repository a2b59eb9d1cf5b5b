// Invariant 2 of the architecture: rebuilding an empty store from the journal gives byte-identical contents.
#include "service/state/rebuild.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using RebuildTest = EngineFixture;

TEST_F(RebuildTest, GivesByteIdenticalContents) {
  Open();
  ImportSample();
  RandomHistory history(7, {[this](const std::string& table) { return TableOf(table); },
                            [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
  for (int i = 0; i < 300; ++i) {
    Step step = history.Next();
    if (Try(*step.request, step.response.get(), step.actor).ok()) history.Accepted(step);
  }
  ASSERT_GT(store().head().revision, 60u);
  EXPECT_TRUE(store().VerifyJournal(nullptr).ok());

  std::unique_ptr<storage::Store> copy = OpenStore("copy");
  const absl::Status rebuilt = Rebuild(store(), copy.get());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  EXPECT_EQ(copy->head().hash, store().head().hash);
  EXPECT_EQ(*copy->ContentDigest(), *store().ContentDigest());
  EXPECT_EQ(Rebuild(store(), copy.get()).code(), absl::StatusCode::kFailedPrecondition)
      << "only into an empty store";
}

std::string ReadSmall(const std::string& path) {
  std::ifstream in(path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// What an earlier program wrote (tests/data/store, made by conformance/stored_sample_test.py --write). Its
// contents never change, and today's rules applied to its journal give the same.
TEST(StoredSample, HasTheContentsThatItHad) {
  const std::string sample = ATTAIN_SOURCE_DIR "/tests/data/store/schema-2";
  const storage::ScratchDirectory scratch;
  const std::string data = scratch.path() / "data";
  const std::string command =
      absl::StrCat("mkdir '", data, "' && tar -xzf '", sample, ".tar.gz' -C '", data, "'");
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  storage::RocksStoreOptions options;
  options.directory = data;
  options.schema_version = 2;  // which is part of the digest
  const absl::StatusOr<std::unique_ptr<storage::Store>> store = storage::OpenRocksStore(options);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->VerifyJournal(nullptr).ok());
  const std::string digest = absl::BytesToHexString(*(*store)->ContentDigest());
  EXPECT_EQ(digest, absl::StripAsciiWhitespace(ReadSmall(absl::StrCat(sample, ".digest"))));

  const storage::ScratchDirectory other;
  options.directory = other.path() / "data";
  const absl::StatusOr<std::unique_ptr<storage::Store>> copy = storage::OpenRocksStore(options);
  ASSERT_TRUE(copy.ok()) << copy.status();
  const absl::Status rebuilt = Rebuild(**store, copy->get());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  EXPECT_EQ(absl::BytesToHexString(*(*copy)->ContentDigest()), digest);
}

}  // namespace
}  // namespace attain::engine
