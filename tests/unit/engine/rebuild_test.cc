// Invariant 2 of the architecture: rebuilding an empty store from the journal gives byte-identical contents.
#include "service/engine/rebuild.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/engine/engine.h"
#include "storage/rocksdb/open.h"

namespace attain::engine {
namespace {

class Rebuild : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "attain-rebuild-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<storage::Store> Open(const std::string& name) {
    storage::RocksStoreOptions options;
    options.directory = absl::StrCat(directory_, "/", name);
    auto store = storage::OpenRocksStore(options);
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }

  template <typename Response, typename Request>
  static Response Do(Engine* engine, const Request& request) {
    Response response;
    std::promise<absl::Status> done;
    engine->Mutate(request, &response, {"tester", "en"}, [&](absl::Status status) { done.set_value(std::move(status)); });
    const absl::Status status = done.get_future().get();
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  static void Import(Engine* engine) {
    std::ifstream file(ATTAIN_SOURCE_DIR "/samples/urumqi-2024.txt");
    std::stringstream text;
    text << file.rdbuf();
    v1::ImportDocumentRequest request;
    request.set_content(text.str());
    request.set_unit("units/u");
    request.set_profile("profiles/xinjiang");
    request.set_approve(true);
    EXPECT_EQ(Do<v1::ImportDocumentResponse>(engine, request).table_count(), 6);
  }

  static void Report(Engine* engine) {
    std::string last;
    for (int i = 0; i < 60; ++i) {
      v1::RecordActualRequest request;
      request.set_indicator(absl::StrCat("units/u/tables/p", 1 + i % 5, "/indicators/i", 1 + i % 3));
      request.mutable_report()->set_value(absl::StrCat(i % 7));
      request.mutable_report()->set_date(i % 2 == 0 ? "2024-06-30" : "2024-03-31");
      if (i % 3 == 0) request.set_request_id(absl::StrCat("r", i));
      last = Do<v1::RecordActualResponse>(engine, request).actual().name();
    }
    v1::CorrectActualRequest correct;
    correct.set_name(last);
    correct.mutable_report()->set_value("9");
    correct.set_change_reason("typing error");
    v1::RetractActualRequest retract;
    retract.set_name(Do<v1::CorrectActualResponse>(engine, correct).actual().name());
    retract.set_change_reason("reported twice");
    Do<v1::RetractActualResponse>(engine, retract);
    v1::RecordSpendingRequest spend;
    spend.mutable_spending()->set_table("units/u/tables/p1");
    spend.mutable_spending()->set_spent("30");
    Do<v1::RecordSpendingResponse>(engine, spend);
  }

  std::string directory_;
};

TEST_F(Rebuild, GivesByteIdenticalContents) {
  std::unique_ptr<storage::Store> store = Open("live");
  EngineOptions options;
  options.store = store.get();
  auto engine = Engine::Open(options);
  ASSERT_TRUE(engine.ok()) << engine.status();
  Import(engine->get());
  Report(engine->get());
  engine->reset();
  ASSERT_GT(store->head().revision, 60u);
  EXPECT_TRUE(store->VerifyJournal(nullptr).ok());

  std::unique_ptr<storage::Store> copy = Open("copy");
  const absl::Status rebuilt = engine::Rebuild(*store, copy.get());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  EXPECT_EQ(copy->head().hash, store->head().hash);
  EXPECT_EQ(*copy->ContentDigest(), *store->ContentDigest());
  EXPECT_EQ(engine::Rebuild(*store, copy.get()).code(), absl::StatusCode::kFailedPrecondition) << "only into an empty store";
}

}  // namespace
}  // namespace attain::engine
