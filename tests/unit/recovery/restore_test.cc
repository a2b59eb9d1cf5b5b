// A store that was put back answers old questions with the same bytes, whole or cut behind a revision.
#include "service/recovery/restore.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "attain/v1/reporting_service.pb.h"
#include "storage/rocksdb/open.h"
#include "tests/support/scratch.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;

class RecoverTest : public EngineFixture {
 protected:
  // The sample, then so many random commands.
  void Live(int commands) {
    if (store_is_new_) {
      Open();
      ImportSample();
      store_is_new_ = false;
    }
    for (int i = 0; i < commands; ++i) {
      Step step = history_.Next();
      if (Try(*step.request, step.response.get(), step.actor).ok()) history_.Accepted(step);
    }
  }
  storage::Backups Backups() const { return storage::Backups({scratch_ / "backups", std::nullopt}); }
  storage::BackupInfo Backup() {
    storage::CreateOptions options;
    options.staging = DirectoryOf("live") + "/.backup";
    options.now = clock_.Now();
    const absl::StatusOr<storage::BackupInfo> made = Backups().Create(&store(), options);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : storage::BackupInfo();
  }
  RecoveryOptions To(const std::string& name,
                     std::optional<storage::Revision> revision = std::nullopt) const {
    RecoveryOptions options;
    options.target = DirectoryOf(name);
    options.revision = revision;
    return options;
  }
  // What this engine answers at the revision, as bytes.
  std::string Answers(storage::Revision revision) {
    std::string answers;
    const auto add = [&](const google::protobuf::Message& request, google::protobuf::Message* response) {
      const absl::Status status = engine().Read(request, response, {"reader", "en", ""});
      absl::StrAppend(&answers, status.ToString(), "\n", response->SerializeAsString(), "\n");
    };
    for (const char* table : {"unit", "p1", "p2", "p3", "p4", "p5"}) {
      const std::string name = absl::StrCat("units/u/tables/", table);
      v1::GetScoreRequest score;
      score.set_name(name);
      score.mutable_read()->set_read_revision(static_cast<int64_t>(revision));
      v1::GetScoreResponse scored;
      add(score, &scored);
      v1::GetTableRequest get;
      get.set_name(name);
      get.mutable_read()->set_read_revision(static_cast<int64_t>(revision));
      v1::GetTableResponse table_response;
      add(get, &table_response);
      v1::ListActualsRequest list;
      list.set_parent(name + "/indicators/-");
      list.mutable_read()->set_read_revision(static_cast<int64_t>(revision));
      v1::ListActualsResponse listed;
      add(list, &listed);
    }
    return answers;
  }

  const testing::ScratchDirectory scratch_;
  RandomHistory history_{11,
                         {[this](const std::string& table) { return TableOf(table); },
                          [this](const std::string& table) { return EvaluationOf(table).evaluation(); }}};
  bool store_is_new_ = true;
};

TEST_F(RecoverTest, AWholeBackupAnswersAsBefore) {
  Live(150);
  const storage::Revision head = Backup().head.revision;
  ASSERT_GT(head, 30u);
  Live(60);
  std::vector<std::pair<storage::Revision, std::string>> before;
  for (storage::Revision revision = 8; revision <= head; revision += 7)
    before.emplace_back(revision, Answers(revision));
  const absl::StatusOr<Recovered> recovered = Recover(Backups(), To("copy"));
  ASSERT_TRUE(recovered.ok()) << recovered.status();
  EXPECT_EQ(recovered->head.revision, head);
  const std::string id = store().store_id();
  Open("copy");
  EXPECT_EQ(store().store_id(), id);
  EXPECT_EQ(store().head().revision, head);
  for (const auto& [revision, answers] : before) EXPECT_EQ(Answers(revision), answers) << revision;
}

TEST_F(RecoverTest, ACutStoreIsTheOneThatItWasThen) {
  Live(60);
  const storage::Revision cut = store().head().revision;
  const std::string digest = *store().ContentDigest();
  const std::string hash = store().head().hash;
  Live(120);
  Backup();
  ASSERT_GT(store().head().revision, cut + 10);
  std::vector<std::pair<storage::Revision, std::string>> before;
  for (storage::Revision revision = 8; revision <= cut; revision += 5)
    before.emplace_back(revision, Answers(revision));
  before.emplace_back(cut, Answers(cut));
  const std::string id = store().store_id();
  storage::Revision told = 0;
  RecoveryOptions options = To("copy", cut);
  options.finish = [&](storage::Store* restored, const storage::BackupInfo&) {
    told = restored->head().revision;
    return absl::OkStatus();
  };
  const absl::StatusOr<Recovered> recovered = Recover(Backups(), options);
  ASSERT_TRUE(recovered.ok()) << recovered.status();
  EXPECT_EQ(recovered->head.revision, cut);
  EXPECT_EQ(recovered->head.hash, hash);
  EXPECT_GT(recovered->backup.head.revision, cut);
  EXPECT_EQ(told, cut);
  EXPECT_FALSE(std::filesystem::exists(DirectoryOf("copy") + ".restoring"));
  Open("copy");
  EXPECT_EQ(store().store_id(), id);
  EXPECT_EQ(*store().ContentDigest(), digest) << "journal, values and request ids";
  EXPECT_TRUE(store().VerifyJournal(nullptr).ok());
  for (const auto& [revision, answers] : before) EXPECT_EQ(Answers(revision), answers) << revision;
  MakeTable("after", "t", 3);
  EXPECT_GT(store().head().revision, cut) << "it goes on from there";
}

TEST_F(RecoverTest, TakesTheOldestBackupThatHasTheRevision) {
  Live(30);
  const storage::Revision first = Backup().head.revision;
  Live(30);
  const storage::Revision second = Backup().head.revision;
  ASSERT_GT(second, first + 1);
  const absl::StatusOr<Recovered> at_first = Recover(Backups(), To("a", first));
  ASSERT_TRUE(at_first.ok()) << at_first.status();
  EXPECT_EQ(at_first->backup.id, 1u);
  const absl::StatusOr<Recovered> behind = Recover(Backups(), To("b", first + 1));
  ASSERT_TRUE(behind.ok()) << behind.status();
  EXPECT_EQ(behind->backup.id, 2u);
  EXPECT_EQ(behind->head.revision, first + 1);

  const absl::Status above = Recover(Backups(), To("c", second + 1)).status();
  EXPECT_EQ(above.code(), StatusCode::kOutOfRange);
  EXPECT_THAT(std::string(above.message()), HasSubstr(absl::StrCat("ends at ", second)));
  RecoveryOptions named = To("c", second);
  named.id = 1;
  EXPECT_EQ(Recover(Backups(), named).status().code(), StatusCode::kOutOfRange);
  EXPECT_FALSE(std::filesystem::exists(DirectoryOf("c")));
  EXPECT_FALSE(std::filesystem::exists(DirectoryOf("c") + ".restoring"));
}

TEST_F(RecoverTest, AStoreInPlaceOfAnother) {
  const std::string id(32, 'a');
  storage::RocksStoreOptions options;
  options.store_id = id;
  options.least_epoch = 3;
  options.directory = scratch_ / "store";
  const std::unique_ptr<storage::Store> store = storage::OpenRocksStore(options).value();
  EXPECT_EQ(store->store_id(), id);
  EXPECT_EQ(store->head().revision, 0u);
  EXPECT_EQ(store->epoch(), 3u);
}

}  // namespace
}  // namespace attain::engine
