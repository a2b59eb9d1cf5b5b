// The door: request ids, dry runs, names, days in any form, what the server says of itself.
#include <future>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/watch_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/commit/gated_store.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

class Door : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    engine_options.version = "1.2.3";
    engine_options.schema_version = 7;
    Open();
  }
  v1::GetServerInfoResponse Info() { return Ask<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()); }
};

TEST_F(Door, TheServerSaysWhatItIs) {
  MakeTable("a", "t", 2);
  const absl::Time written = clock_.now;
  clock_.now += absl::Hours(1);
  const v1::GetServerInfoResponse info = Info();
  const storage::Head head = store().head();
  EXPECT_EQ(info.version(), "1.2.3");
  EXPECT_EQ(info.schema_version(), 7);
  EXPECT_EQ(info.store_id(), store().store_id());
  EXPECT_EQ(info.revision(), static_cast<int64_t>(head.revision));
  EXPECT_EQ(info.head_hash(), absl::BytesToHexString(head.hash));
  EXPECT_EQ(info.record_time().seconds(), absl::ToUnixSeconds(written));
  EXPECT_TRUE(info.accepting_writes());
  EXPECT_EQ(info.start_time().DebugString(), Info().start_time().DebugString()) << "it started once";
  EXPECT_LT(info.start_time().seconds(), absl::ToUnixSeconds(clock_.now));
}

class DoorOfABrokenStore : public Door {
 protected:
  ~DoorOfABrokenStore() override { Close(); }  // the gate goes before the store
  std::unique_ptr<storage::Store> OpenStore(const std::string& name) override {
    return std::make_unique<GatedStore>(EngineFixture::OpenStore(name), &gate_);
  }

  Gate gate_;
};

TEST_F(DoorOfABrokenStore, SaysThatItTakesNoWritesAndTellsTheFirstFailureOnce) {
  std::vector<absl::Status> failures;
  engine_options.commit_failed = [&failures](const absl::Status& status) { failures.push_back(status); };
  Open();
  EXPECT_TRUE(Info().accepting_writes());
  EXPECT_TRUE(engine().healthy());
  gate_.Fail();
  v1::CreateUnitRequest create;
  create.set_unit_id("a");
  create.mutable_unit()->set_display_name("a");
  v1::CreateUnitResponse response;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Try(create, &response).code(), absl::StatusCode::kUnavailable) << i;
  EXPECT_FALSE(Info().accepting_writes());
  EXPECT_FALSE(engine().healthy());
  EXPECT_THAT(failures, SizeIs(1));
}

TEST_F(Door, TheBuiltInProfilesAreTheFirstRevisionAndMadeOnce) {
  const uint64_t head = store().head().revision;
  EXPECT_EQ(head, 1u);
  EXPECT_EQ(Ask<v1::ListProfilesResponse>(v1::ListProfilesRequest()).profiles_size(), 4);
  Open();
  EXPECT_EQ(store().head().revision, head);
  EngineOptions none;
  EXPECT_FALSE(Engine::Open(none).ok());
  none.store = &store();
  none.clock = nullptr;
  EXPECT_FALSE(Engine::Open(none).ok());
}

TEST_F(Door, WhatIsNoRequestIsNotThere) {
  EXPECT_TRUE(engine().Has(v1::GetScoreRequest::descriptor()));
  EXPECT_TRUE(engine().Has(v1::RecordActualRequest::descriptor()));
  EXPECT_FALSE(engine().Has(v1::Commit::descriptor()));
  v1::Commit nothing;
  EXPECT_EQ(engine().Read(nothing, &nothing, {}).code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Try(nothing, &nothing).code(), absl::StatusCode::kInternal);
  v1::GetScoreRequest read;
  v1::GetScoreResponse response;
  EXPECT_EQ(Try(read, &response).code(), absl::StatusCode::kInternal) << "a read is no mutation";
  EXPECT_EQ(engine().Read(ReportRequest(kFirst, "3"), &response, {}).code(), absl::StatusCode::kInternal)
      << "nor a mutation a read";
}

TEST_F(Door, ARequestIdStandsForOneMethodAndOneRequest) {
  MakeTable("a", "t", 2);
  v1::CreateUnitRequest create;
  create.set_unit_id("b");
  create.mutable_unit()->set_display_name("b");
  create.mutable_write()->set_request_id("r1");
  const auto first = Do<v1::CreateUnitResponse>(create);
  const uint64_t head = store().head().revision;
  EXPECT_EQ(Do<v1::CreateUnitResponse>(create).DebugString(), first.DebugString());
  EXPECT_EQ(store().head().revision, head);
  create.mutable_unit()->set_display_name("c");
  EXPECT_EQ(ReasonFor<v1::CreateUnitResponse>(create), v1::ERROR_REASON_REQUEST_ID_REUSED);
  // The same bytes as another method.
  v1::SubmitTableRequest submit;
  submit.set_name("units/a/tables/t");
  submit.set_etag("1");
  v1::CloseTableRequest close;
  close.set_name("units/a/tables/t");
  close.set_etag(TableOf("units/a/tables/t").etag());
  close.mutable_write()->set_request_id("r2");
  Do<v1::CloseTableResponse>(close);
  ASSERT_TRUE(submit.ParseFromString(close.SerializeAsString()));
  EXPECT_EQ(ReasonFor<v1::SubmitTableResponse>(submit), v1::ERROR_REASON_REQUEST_ID_REUSED);
  Open();
  EXPECT_EQ(ReasonFor<v1::SubmitTableResponse>(submit), v1::ERROR_REASON_REQUEST_ID_REUSED)
      << "also after a restart";
}

TEST_F(Door, AnImportsRequestIdStandsForItsDocument) {
  v1::ImportDocumentRequest import;
  import.set_content(
      "项目支出绩效目标表\n(2024 "
      "年)\n预算单位\t甲局\n项目名称\t培训\n年度资金总额\t10\n一级指标\t二级指标\t三级"
      "指标\t指标值\t权重\t赋分规则\n产出\t数量\t人次\t≥300 人次\t90\t按照正常比例赋分\n");
  import.mutable_write()->set_request_id("r1");
  const auto first = Do<v1::ImportDocumentResponse>(import);
  EXPECT_EQ(Do<v1::ImportDocumentResponse>(import).DebugString(), first.DebugString());
  import.set_file_name("other.txt");
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(import), v1::ERROR_REASON_REQUEST_ID_REUSED);
  import.mutable_write()->clear_request_id();
  import.set_profile("profiles/nobody");
  const uint64_t head = store().head().revision;
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(import), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(store().head().revision, head);
}

TEST_F(Door, AnAnswerComesAgainAsItWasWithItsFindings) {
  MakeTable("a", "t", 2);
  v1::RecordActualRequest told = ReportRequest(kFirst, "0.0012万个");
  told.mutable_write()->set_request_id("told");
  v1::RecordActualRequest plain = ReportRequest(kFirst, "13");
  plain.mutable_write()->set_request_id("plain");
  const auto first = Do<v1::RecordActualResponse>(told), second = Do<v1::RecordActualResponse>(plain);
  EXPECT_THAT(first.findings(), SizeIs(1));
  Report(kFirst, "14");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Do<v1::RecordActualResponse>(told).DebugString(), first.DebugString()) << round;
    EXPECT_EQ(Do<v1::RecordActualResponse>(plain).DebugString(), second.DebugString()) << round;
    Open();
  }
}

TEST_F(Door, ADryRunSaysWhatWouldBeAndLeavesNothing) {
  MakeTable("a", "t", 2);
  v1::RecordActualRequest request = ReportRequest(kFirst, "12");
  request.mutable_write()->set_validate_only(true);
  request.mutable_write()->set_request_id("dry");
  const std::string before = *store().ContentDigest();
  const auto answer = Do<v1::RecordActualResponse>(request);
  EXPECT_TRUE(answer.has_commit());
  EXPECT_EQ(answer.commit().revision(), 0);
  EXPECT_EQ(answer.indicator_score().actual(), "12 个");
  EXPECT_EQ(*store().ContentDigest(), before);
  request.mutable_write()->set_validate_only(false);
  const auto real = Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(real.commit().revision(), static_cast<int64_t>(store().head().revision))
      << "a dry run does not use its request id up";
  EXPECT_GT(real.commit().record_time().seconds(), 0);
}

TEST_F(Door, RequestIdsHaveTheirLength) {
  MakeTable("a", "t", 2);
  v1::RecordActualResponse response;
  v1::RecordActualRequest request = ReportRequest(kFirst, "3");
  request.mutable_write()->set_request_id(std::string(128, 'x'));
  EXPECT_TRUE(Try(request, &response).ok());
  request.mutable_write()->set_request_id(std::string(129, 'x'));
  EXPECT_EQ(ReasonOf(Try(request, &response)), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Door, QuestionsTakeDaysAsOfficesWriteThem) {
  MakeTable("a", "t", 2);
  Report(kFirst, "10", "2024-03-31");
  Report(kFirst, "20", "2024-09-30");
  for (const char* day : {"2024-06-30", "2024/6/30", "2024年6月30日"}) {
    v1::AsOf as_of;
    as_of.set_date(day);
    EXPECT_EQ(ScoreOf(kFirst, as_of).indicators(0).actual(), "10 个") << day;
    v1::ListScoresRequest list;
    list.set_parent("units/a");
    list.set_order_by("score desc");
    *list.mutable_as_of() = as_of;
    EXPECT_EQ(Ask<v1::ListScoresResponse>(list).scores(0).score(), "15.00") << day;
    list.clear_order_by();
    EXPECT_EQ(Ask<v1::ListScoresResponse>(list).scores(0).score(), "15.00") << day;
  }
}

TEST_F(Door, WatchesAreCountedByWhoCalls) {
  engine_options.watch.max_streams_per_caller = 1;
  Open();
  v1::WatchRequest request;
  request.add_names("units/-");
  struct Deaf : watch::Listener {
    void OnReady() override {}
    void OnStalled() override {}
  };
  const auto listener = std::make_shared<Deaf>();
  const auto open = [&](const Caller& caller) { return engine().Watch(request, caller, listener); };
  auto first = open({"lead", "en", "1.1.1.1"});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(open({"lead", "en", "2.2.2.2"}).ok()) << "the same person from elsewhere";
  auto other = open({"office", "en", "1.1.1.1"});
  EXPECT_TRUE(other.ok()) << "another person from the same place";
  auto nobody = open({"", "en", "1.1.1.1"});
  EXPECT_TRUE(nobody.ok());
  const auto again = open({"", "en", "1.1.1.1"});
  EXPECT_EQ(ReasonOf(again.status()), v1::ERROR_REASON_TOO_MANY_WATCHES);
  for (auto* subscription : {&first, &other, &nobody}) {
    if (subscription->ok()) (**subscription)->Close();
  }
}

}  // namespace
}  // namespace attain::engine
