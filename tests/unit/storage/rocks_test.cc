// What the contract of stores leaves open: the words of RocksDB, digests, groups that are used wrongly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "rocksdb/env.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/rocksdb_raw.h"

namespace attain::storage {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;

TEST(RocksStatusTest, EachTroubleHasItsCode) {
  using rocksdb::Status;
  const std::pair<Status, StatusCode> cases[] = {
      {Status::OK(), StatusCode::kOk},
      {Status::NoSpace(), StatusCode::kUnavailable},
      {Status::IOError("write", "No space left on device"), StatusCode::kUnavailable},
      {Status::IOError("write", "Disk quota exceeded"), StatusCode::kUnavailable},
      {Status::IOError("write", "Input/output error"), StatusCode::kUnavailable},
      {Status::IOError("open", "Permission denied"), StatusCode::kPermissionDenied},
      {Status::NotFound("x"), StatusCode::kNotFound},
      {Status::Corruption("block checksum"), StatusCode::kDataLoss},
      {Status::PathNotFound("open", "/data/000007.sst"), StatusCode::kDataLoss},
      {Status::PathNotFound("open", "/data/MANIFEST-000001"), StatusCode::kDataLoss},
      {Status::PathNotFound("open", "/data"), StatusCode::kUnavailable},
      {Status::InvalidArgument("x"), StatusCode::kFailedPrecondition}};
  for (const auto& [status, code] : cases)
    EXPECT_EQ(FromRocks("read", status).code(), code) << status.ToString();
  for (const Status& full : {Status::NoSpace(), Status::IOError("write", "No space left on device"),
                             Status::IOError("write", "Disk quota exceeded")})
    EXPECT_THAT(std::string(FromRocks("commit", full).message()),
                HasSubstr("no space left on the disk: commit: "));
  EXPECT_THAT(std::string(FromRocks("read", Status::IOError("x")).message()),
              ::testing::Not(HasSubstr("no space left")));
}

TEST(RocksStatusTest, AFailedOpenNamesTheDirectory) {
  using rocksdb::Status;
  const std::pair<Status, StatusCode> cases[] = {
      {Status::IOError("lock /data/LOCK", "Resource temporarily unavailable"),
       StatusCode::kFailedPrecondition},
      {Status::IOError("lock hold by current process"), StatusCode::kFailedPrecondition},
      {Status::IOError("lock is already held"), StatusCode::kFailedPrecondition},
      {Status::InvalidArgument("/data: does not exist (create_if_missing is false)"), StatusCode::kNotFound},
      {Status::InvalidArgument("column family"), StatusCode::kDataLoss},
      {Status::Corruption("CURRENT"), StatusCode::kDataLoss},
      {Status::NotSupported("format"), StatusCode::kDataLoss},
      {Status::PathNotFound("open", "/data/000007.sst"), StatusCode::kDataLoss},
      {Status::IOError("open", "Permission denied"), StatusCode::kPermissionDenied},
      {Status::NoSpace(), StatusCode::kUnavailable}};
  for (const auto& [status, code] : cases) {
    const absl::Status told = FromFailedOpen("/data", status);
    EXPECT_EQ(told.code(), code) << status.ToString();
    EXPECT_THAT(std::string(told.message()), HasSubstr("/data"));
  }
}

class RocksTest : public ::testing::Test {
 protected:
  // A store in memory with one entry that `write` fills.
  template <typename Write>
  std::unique_ptr<Store> With(Write write) {
    envs_.push_back(std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default())));
    RocksStoreOptions options;
    options.env = envs_.back().get();
    options.directory = "/data";
    std::unique_ptr<Store> store = OpenRocksStore(options).value();
    const std::unique_ptr<Group> group = store->Begin().value();
    group->StartEntry();
    write(*group);
    group->FinishEntry("payload", absl::UnixEpoch());
    EXPECT_TRUE(group->Commit().ok());
    return store;
  }

  std::vector<std::unique_ptr<rocksdb::Env>> envs_;
};

TEST_F(RocksTest, ADigestTellsKeysValuesAndWhereTheyEnd) {
  const auto digest = [this](auto write) { return *With(write)->ContentDigest(); };
  const auto put = [](const char* key, const char* value) {
    return [=](Group& group) { group.Put(key, value); };
  };
  const auto once = [](const char* key, const char* value) {
    return [=](Group& group) { group.PutOnce(key, value); };
  };
  const std::string first = digest(put("a", "v"));
  EXPECT_EQ(digest(put("a", "v")), first) << "ids of stores do not count";
  EXPECT_NE(digest(put("b", "v")), first);
  EXPECT_NE(digest(put("a", "w")), first);
  EXPECT_NE(digest([](Group& group) { group.Erase("a"); }), digest(put("a", "")));
  EXPECT_NE(digest(once("a", "v")), first) << "another family";
  EXPECT_NE(digest(once("ab", "c")), digest(once("a", "bc")));
}

TEST_F(RocksTest, AGroupIsCommittedOnce) {
  const std::unique_ptr<Store> store = With([](Group& group) { group.Put("a", "v"); });
  for (const bool with_entry : {true, false}) {
    const std::unique_ptr<Group> group = store->Begin().value();
    if (with_entry) {
      group->StartEntry();
      group->FinishEntry("", absl::UnixEpoch());
    }
    EXPECT_TRUE(group->Commit().ok());
    EXPECT_EQ(group->Commit().code(), StatusCode::kFailedPrecondition) << with_entry;
  }
  EXPECT_EQ(store->head().revision, 2u);
  EXPECT_TRUE(store->healthy());
}

TEST_F(RocksTest, AKeyIsNotItsNeighbour) {
  const std::unique_ptr<Store> store = With([](Group& group) {
    group.Put("a", "1");
    group.Put("c", "3");
  });
  const std::unique_ptr<Reader> reader = store->ReadAt(1).value();
  for (const char* missing : {"", "b", "aa", "d"}) {
    EXPECT_FALSE(reader->Get(missing)->has_value()) << missing;
    int versions = 0;
    EXPECT_TRUE(reader
                    ->History(missing,
                              [&](absl::string_view, Revision, absl::string_view) {
                                ++versions;
                                return true;
                              })
                    .ok());
    EXPECT_EQ(versions, 0) << missing;
  }
}

TEST(UnfinishedStoreTest, WhatACrashLeftOfTheMakingIsTaken) {
  const ScratchDirectory scratch;
  std::filesystem::create_directory(scratch.path() / "data");
  for (const char* name : {"000001.dbtmp", "MANIFEST-000001", "LOG", "IDENTITY"})
    std::ofstream(scratch.path() / "data" / name) << "";
  RocksStoreOptions options;
  options.directory = scratch.path() / "data";
  const auto store = OpenRocksStore(options);
  EXPECT_TRUE(store.ok()) << store.status();
}

}  // namespace
}  // namespace attain::storage
