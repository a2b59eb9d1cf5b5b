// Whatever is done to the journal behind the store's back, VerifyJournal finds it and names the revision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/rocks_store.h"
#include "tests/contract/rocksdb_raw.h"

namespace attain::storage {
namespace {

using ::testing::HasSubstr;
constexpr Revision kEntries = 8;

class TamperTest : public ::testing::Test {
 protected:
  TamperTest() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    options_.directory = "/data";
    options_.env = env_.get();
    const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
    for (Revision n = 1; n <= kEntries; ++n) {
      const std::unique_ptr<Group> group = store->Begin().value();
      group->StartEntry();
      group->FinishEntry(absl::StrCat("payload ", n), absl::FromUnixMicros(static_cast<int64_t>(n)));
      EXPECT_TRUE(group->Commit().ok());
    }
  }

  // Verifies a store after `edit` changed its journal; then puts the journal back.
  template <typename Edit>
  absl::Status VerifyAfter(Edit edit) {
    std::map<std::string, std::string> before;
    {
      const std::unique_ptr<Database> raw = OpenRaw(options_).value();
      std::unique_ptr<rocksdb::Iterator> it(raw->db()->NewIterator({}, raw->family(kJournal)));
      for (it->SeekToFirst(); it->Valid(); it->Next()) before[it->key().ToString()] = it->value().ToString();
      edit(*raw);
    }
    const absl::Status verified = OpenRocksStore(options_).value()->VerifyJournal(nullptr);
    const std::unique_ptr<Database> raw = OpenRaw(options_).value();
    EXPECT_TRUE(
        raw->db()->DeleteRange({}, raw->family(kJournal), JournalKey(0), JournalKey(kEntries + 2)).ok());
    for (const auto& [key, value] : before)
      EXPECT_TRUE(raw->db()->Put({}, raw->family(kJournal), key, value).ok());
    return verified;
  }

  static std::string Get(const Database& raw, Revision revision) {
    std::string bytes;
    EXPECT_TRUE(raw.db()->Get({}, raw.family(kJournal), JournalKey(revision), &bytes).ok());
    return bytes;
  }
  static void Put(const Database& raw, Revision revision, const std::string& bytes) {
    EXPECT_TRUE(raw.db()->Put({}, raw.family(kJournal), JournalKey(revision), bytes).ok());
  }
  static void Delete(const Database& raw, Revision revision) {
    EXPECT_TRUE(raw.db()->Delete({}, raw.family(kJournal), JournalKey(revision)).ok());
  }
  static void ExpectNames(const absl::Status& status, Revision revision) {
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(absl::StrCat("revision ", revision)));
  }

  const std::unique_ptr<rocksdb::Env> env_;
  RocksStoreOptions options_;
};

TEST_F(TamperTest, UntouchedJournalVerifies) {
  EXPECT_TRUE(VerifyAfter([](const Database&) {}).ok());
}

TEST_F(TamperTest, FlippedByteInAnyFieldOfAnyEntryIsNamed) {
  for (const Revision revision : {Revision{1}, Revision{5}, kEntries}) {
    for (size_t at = 0; at < kEntryHeaderBytes + 5; at += revision == 5 ? 1 : 7) {
      ExpectNames(VerifyAfter([&](const Database& raw) {
                    std::string bytes = Get(raw, revision);
                    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
                    Put(raw, revision, bytes);
                  }),
                  revision);
    }
  }
}

TEST_F(TamperTest, CutOffEntryIsNamed) {
  for (const size_t size : {size_t{0}, size_t{79}, size_t{80}, size_t{85}}) {
    ExpectNames(VerifyAfter([&](const Database& raw) { Put(raw, 4, Get(raw, 4).substr(0, size)); }), 4);
  }
}

TEST_F(TamperTest, DroppedEntryIsNamedEvenTheLast) {
  for (Revision revision = 1; revision <= kEntries; ++revision) {
    ExpectNames(VerifyAfter([&](const Database& raw) { Delete(raw, revision); }), revision);
  }
}

TEST_F(TamperTest, EntriesInAnotherOrderAreNamed) {
  ExpectNames(VerifyAfter([](const Database& raw) {
                const std::string third = Get(raw, 3), fourth = Get(raw, 4);
                Put(raw, 3, fourth);
                Put(raw, 4, third);
              }),
              3);
}

TEST_F(TamperTest, DroppedEntryWithTheRestMovedUpIsNamed) {
  ExpectNames(VerifyAfter([](const Database& raw) {
                for (Revision n = 3; n < kEntries; ++n) Put(raw, n, Get(raw, n + 1));
                Delete(raw, kEntries);
              }),
              3);
}

// Whoever can write the database can also hash: then the entry behind it does not follow.
TEST_F(TamperTest, EntryWrittenAnewWithItsOwnHashBreaksTheChainBehindIt) {
  const auto forge = [](Revision revision) {
    return [revision](const Database& raw) {
      EntryView old;
      const std::string bytes = Get(raw, revision);
      ASSERT_TRUE(DecodeEntry(bytes, &old));
      Sha256 sha;
      std::string forged;
      EncodeEntry({EntryForm::kWhole, revision, old.time, old.previous_hash, "another payload"}, &sha,
                  &forged);
      Put(raw, revision, forged);
    };
  };
  ExpectNames(VerifyAfter(forge(3)), 4);
  ExpectNames(VerifyAfter(forge(kEntries)), kEntries);
}

TEST_F(TamperTest, EntryBehindTheHeadIsFound) {
  ExpectNames(VerifyAfter([](const Database& raw) { Put(raw, kEntries + 1, Get(raw, kEntries)); }), kEntries);
}

TEST_F(TamperTest, ReadingAMissingOrCutOffEntryIsDataLoss) {
  {
    const std::unique_ptr<Database> raw = OpenRaw(options_).value();
    Delete(*raw, 4);
    Put(*raw, 6, "short");
  }
  const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
  const auto all = [](const JournalRecord&) { return true; };
  ExpectNames(store->ReadJournal(1, all), 4);
  ExpectNames(store->ReadJournal(5, all), 6);
  EXPECT_TRUE(store->ReadJournal(7, all).ok());
  ExpectNames(store->RevisionAt(absl::FromUnixMicros(4)).status(), 4);
}

TEST_F(TamperTest, ReadingAnEntryInTheWrongPlaceIsDataLoss) {
  {
    const std::unique_ptr<Database> raw = OpenRaw(options_).value();
    Put(*raw, 4, Get(*raw, 5));
  }
  const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
  std::vector<Revision> read;
  const absl::Status status = store->ReadJournal(1, [&](const JournalRecord& record) {
    read.push_back(record.revision);
    return true;
  });
  ExpectNames(status, 4);
  EXPECT_THAT(read, ::testing::ElementsAre(1, 2, 3)) << "what stands before it is told";
}

TEST_F(TamperTest, AnEntryOfEachKindOfPlaceIsReadFromThere) {
  const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
  for (const Revision from : {Revision{0}, Revision{1}, Revision{2}, kEntries, kEntries + 1}) {
    std::vector<Revision> read;
    EXPECT_TRUE(store
                    ->ReadJournal(from,
                                  [&](const JournalRecord& record) {
                                    read.push_back(record.revision);
                                    return true;
                                  })
                    .ok());
    EXPECT_EQ(read.size(), kEntries + 1 - std::max<Revision>(from, 1)) << from;
  }
}

}  // namespace
}  // namespace attain::storage
