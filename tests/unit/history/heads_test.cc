#include "service/history/heads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "proofs/policy.h"
#include "proofs/tree.h"
#include "service/api/clock.h"
#include "service/history/notary.h"
#include "storage/rocksdb/open.h"
#include "tests/support/scratch.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

constexpr char kOrigin[] = "log.example/0123456789abcdef/1";
constexpr absl::Duration kLong = absl::Seconds(30);

std::string KeyText(const std::string& origin = kOrigin, char seed = 7) {
  const auto key = proofs::Ed25519PrivateKey::FromSeed(std::string(proofs::kEd25519KeyBytes, seed));
  return proofs::SecretKey::Make(origin, proofs::SignatureType::kEd25519, *key)->Text();
}

// A store in memory with so many entries.
struct Journal {
  explicit Journal(int entries, char mark = 'a') : memory(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    storage::RocksStoreOptions options;
    options.env = memory.get();
    options.directory = "/store";
    store = *storage::OpenRocksStore(options);
    Write(entries, mark);
  }
  void Write(int entries, char mark = 'a') {
    auto group = *store->Begin();
    for (int i = 0; i < entries; ++i) {
      group->StartEntry();
      group->FinishEntry(std::string(1, mark), absl::UnixEpoch());
    }
    EXPECT_TRUE(group->Commit().ok());
  }
  const std::unique_ptr<rocksdb::Env> memory;
  std::unique_ptr<storage::Store> store;
};

class HeadsTest : public ::testing::Test {
 protected:
  std::shared_ptr<Notary> LocalNotary() {
    auto notary = MakeLocalNotary(KeyText(), kOrigin, scratch_.path() + "/state", SystemClock());
    EXPECT_TRUE(notary.ok()) << notary.status();
    return notary.ok() ? *notary : nullptr;
  }
  HeadOptions Options(std::shared_ptr<Notary> notary) {
    HeadOptions options;
    options.origin = kOrigin;
    options.notary = std::move(notary);
    options.interval = absl::Milliseconds(20);
    options.refused = [this](const absl::Status& status) { refused_ = status; };
    return options;
  }
  static void ExpectSigned(const SignedHead& head, const std::string& vkey) {
    const auto policy = proofs::Policy::Parse(absl::StrCat("log ", vkey, "\nquorum none\n"));
    ASSERT_TRUE(policy.ok()) << policy.status();
    const auto accepted = policy->Accept(head.checkpoint);
    ASSERT_TRUE(accepted.ok()) << accepted.status();
    EXPECT_EQ(accepted->checkpoint.size, head.size);
    EXPECT_EQ(accepted->checkpoint.root, head.root);
  }

  const attain::testing::ScratchDirectory scratch_;
  absl::Status refused_;
};

TEST_F(HeadsTest, HeadsGrowWithTheJournalAndEachGrowsOutOfTheOneBefore) {
  Journal journal(3);
  TreeLog log(journal.store.get(), nullptr);
  const std::shared_ptr<Notary> notary = LocalNotary();
  Heads heads(&log, Options(notary));
  const auto first = heads.Covering(3, kLong);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->size, 3u);
  ExpectSigned(*first, notary->verifier_key());
  journal.Write(400);
  const auto second = heads.Covering(403, kLong);
  ASSERT_TRUE(second.ok()) << second.status();
  ExpectSigned(*second, notary->verifier_key());
  EXPECT_TRUE(proofs::CheckConsistency(3, first->root, 403, second->root, *log.Consistency(3, 403)).ok());
  EXPECT_TRUE(refused_.ok());
}

// Nobody waits for it.
TEST_F(HeadsTest, AHeadIsSignedBehindWhatWasWritten) {
  Journal journal(3);
  TreeLog log(journal.store.get(), nullptr);
  ASSERT_TRUE(log.Await(3, kLong).ok());
  Heads heads(&log, Options(LocalNotary()));
  absl::StatusOr<SignedHead> head = absl::UnknownError("none yet");
  for (int i = 0; i < 1000 && !head.ok(); ++i) head = heads.Covering(0, absl::Milliseconds(30));
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->size, 3u);
}

TEST_F(HeadsTest, AfterARestartTheNotaryIsAskedForWhatItSignedLast) {
  Journal journal(3);
  for (const int more : {5, 0, 300}) {
    journal.Write(more);
    TreeLog log(journal.store.get(), nullptr);
    Heads heads(&log, Options(LocalNotary()));
    const uint64_t size = journal.store->head().revision;
    const auto head = heads.Covering(size, kLong);
    ASSERT_TRUE(head.ok()) << head.status();
    EXPECT_EQ(head->size, size);
  }
}

TEST_F(HeadsTest, AnOlderCopyIsRefusedByTheNotary) {
  {
    Journal journal(9);
    TreeLog log(journal.store.get(), nullptr);
    Heads heads(&log, Options(LocalNotary()));
    ASSERT_TRUE(heads.Covering(9, kLong).ok());
  }
  Journal older(5);
  TreeLog log(older.store.get(), nullptr);
  Heads heads(&log, Options(LocalNotary()));
  const auto head = heads.Covering(5, kLong);
  EXPECT_EQ(head.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(head.status().message()), HasSubstr("a head of 9 revisions, the journal has 5"));
  heads.Shutdown();
  EXPECT_EQ(refused_.code(), absl::StatusCode::kDataLoss);
}

TEST_F(HeadsTest, ARewrittenPastIsRefusedByTheNotary) {
  {
    Journal journal(9);
    TreeLog log(journal.store.get(), nullptr);
    Heads heads(&log, Options(LocalNotary()));
    ASSERT_TRUE(heads.Covering(9, kLong).ok());
  }
  Journal rewritten(12, 'b');
  TreeLog log(rewritten.store.get(), nullptr);
  Heads heads(&log, Options(LocalNotary()));
  const auto head = heads.Covering(12, kLong);
  EXPECT_EQ(head.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(head.status().message()), HasSubstr("422"));
}

TEST_F(HeadsTest, WithoutANotaryNothingIsSigned) {
  Journal journal(3);
  TreeLog log(journal.store.get(), nullptr);
  Heads heads(&log, Options(nullptr));
  EXPECT_EQ(heads.Covering(0, kLong).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(HeadsTest, WhoWaitsForMoreThanThereIsIsTold) {
  Journal journal(3);
  TreeLog log(journal.store.get(), nullptr);
  Heads heads(&log, Options(LocalNotary()));
  EXPECT_EQ(heads.Covering(4, absl::Milliseconds(200)).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(HeadsTest, AKeyOfAnotherLogAndASecondNotaryAreRefused) {
  const std::string state = scratch_.path() + "/state";
  const auto other = MakeLocalNotary(KeyText("log.example/other/1"), kOrigin, state, SystemClock());
  EXPECT_EQ(other.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(MakeLocalNotary("no key", kOrigin, state, SystemClock()).status().code(),
            absl::StatusCode::kInvalidArgument);
  const std::shared_ptr<Notary> first = LocalNotary();
  EXPECT_EQ(MakeLocalNotary(KeyText(), kOrigin, state, SystemClock()).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace attain::engine
