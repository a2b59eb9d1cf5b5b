// What every mutation takes (WriteOptions) and every read answers (ReadInfo), through the engine's door: how
// much comes back, how large it may be, whose request ids are, and reads that are not older than what was
// seen.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/form.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "service/api/answer_view.h"
#include "service/commit/command.h"
#include "storage/position.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kTable[] = "units/a/tables/t", kRow[] = "units/a/tables/t/indicators/i1";

class WriteOptions : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  int64_t Head() { return static_cast<int64_t>(store().head().revision); }
  // `count` reports of the first row, of as many different values.
  static v1::BatchRecordActualsRequest Batch(int count, size_t note_bytes) {
    v1::BatchRecordActualsRequest request;
    for (const char* code : {"VALUE_JUMP", "SAME_VALUE_SAME_DAY", "VALUE_TEN_TIMES"})
      request.mutable_write()->add_accept_findings(code);
    for (int i = 0; i < count; ++i) {
      v1::NamedReport& report = *request.add_reports();
      report.set_indicator(kRow);
      report.mutable_report()->set_value(absl::StrCat(20 + i % 20));
      report.mutable_report()->set_date("2024-06-30");
      report.mutable_report()->set_note(std::string(note_bytes, 'n'));
    }
    return request;
  }
  std::string Bytes(const google::protobuf::Message& message) { return message.SerializeAsString(); }
};

// --- how much comes back, and how large it may be ---

TEST_F(WriteOptions, AnAnswerThatClientsCannotReadIsRefusedBeforeAnythingIsWritten) {
  MakeTable("a", "t", 3);
  v1::BatchRecordActualsRequest request = Batch(8'000, 280);
  request.mutable_write()->set_request_id("large");
  request.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
  const int64_t head = Head();
  v1::BatchRecordActualsResponse response;
  const absl::Status refused = Try(request, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_ANSWER_TOO_LARGE) << refused;
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("BASIC"));
  EXPECT_THAT(MessageOf(refused, "zh-CN"), HasSubstr("没有写入"));
  EXPECT_EQ(Head(), head);
  request.mutable_write()->set_view(v1::ANSWER_VIEW_UNSPECIFIED);  // of a batch: BASIC
  const auto answer = Do<v1::BatchRecordActualsResponse>(request);
  EXPECT_EQ(answer.commit().revision(), head + 1);
  EXPECT_THAT(answer.actuals(), SizeIs(8'000));
  EXPECT_LE(answer.ByteSizeLong(), kMostWriteAnswer);
  EXPECT_EQ(Bytes(Do<v1::BatchRecordActualsResponse>(request)), Bytes(answer)) << "the same once more";
}

TEST_F(WriteOptions, AChangeThatIsTooLargeForTheJournalIsRefusedWithWhatToDo) {
  MakeTable("a", "t", 3);
  v1::BatchRecordActualsRequest request = Batch(10'000, 330);
  const int64_t head = Head();
  v1::BatchRecordActualsResponse response;
  absl::Status refused = Try(request, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_ENTRY_TOO_LARGE) << refused;
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("in parts"));
  request.mutable_write()->set_validate_only(true);
  EXPECT_EQ(ReasonOf(Try(request, &response)), v1::ERROR_REASON_ENTRY_TOO_LARGE) << "a dry run says it too";
  EXPECT_EQ(Head(), head);
  EXPECT_EQ(Do<v1::BatchRecordActualsResponse>(Batch(100, 330)).commit().revision(), head + 1);
}

TEST_F(WriteOptions, BasicLeavesNamesTotalsFindingsAndTheCommit) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kRow, "0.0012万个");
  const auto full = Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(full.actual().number(), "12");
  EXPECT_EQ(full.indicator_score().actual(), "12 个");
  request.mutable_report()->set_date("2024-06-29");
  request.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
  const auto basic = Do<v1::RecordActualResponse>(request);
  v1::Actual name;
  name.set_name(absl::StrCat(kRow, "/actuals/", Head()));
  EXPECT_EQ(basic.actual().DebugString(), name.DebugString());
  EXPECT_EQ(basic.findings_size(), full.findings_size());
  EXPECT_EQ(basic.commit().revision(), Head());
  EXPECT_EQ(basic.indicator_score().name(), kRow);
  EXPECT_EQ(basic.indicator_score().actual(), "");
  EXPECT_EQ(basic.table_score().score(), full.table_score().score()) << "totals";
  v1::UpdateTableRequest update;
  MakeTable("a", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  *update.mutable_table() = TableOf("units/a/tables/draft");
  update.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
  const auto updated = Do<v1::UpdateTableResponse>(update);
  EXPECT_EQ(updated.table().name(), "units/a/tables/draft");
  EXPECT_EQ(updated.table().etag(), absl::StrCat(Head())) << "for the next change";
  EXPECT_EQ(updated.table().indicators_size(), 0);
}

TEST_F(WriteOptions, ABatchGivesItsResourcesWhenAskedTo) {
  MakeTable("a", "t", 3);
  v1::BatchRecordActualsRequest request = Batch(3, 5);
  EXPECT_EQ(Do<v1::BatchRecordActualsResponse>(request).actuals(0).number(), "");
  request.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
  EXPECT_EQ(Do<v1::BatchRecordActualsResponse>(request).actuals(0).number(), "20");
}

TEST_F(WriteOptions, WhatAMethodDoesNotKnowIsRefused) {
  v1::CreateUnitRequest request;
  request.set_unit_id("b");
  request.mutable_unit()->set_display_name("乙局");
  request.mutable_write()->add_accept_findings("VALUE_JUMP");
  EXPECT_EQ(ReasonFor<v1::CreateUnitResponse>(request), v1::ERROR_REASON_INVALID_FIELD)
      << "it has no findings";
  request.mutable_write()->clear_accept_findings();
  request.mutable_write()->set_view(static_cast<v1::AnswerView>(7));
  EXPECT_EQ(ReasonFor<v1::CreateUnitResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
  request.mutable_write()->clear_view();
  EXPECT_GT(Do<v1::CreateUnitResponse>(request).commit().revision(), 0);
}

// --- request ids ---

TEST_F(WriteOptions, ARequestIdIsItsPersonsOwn) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest lead = ReportRequest(kRow, "3");
  lead.mutable_write()->set_request_id("monthly");
  v1::RecordActualRequest office = ReportRequest(kRow, "4", "2024-06-29");
  office.mutable_write()->set_request_id("monthly");
  const auto first = Do<v1::RecordActualResponse>(lead, "lead");
  const auto second = Do<v1::RecordActualResponse>(office, "office");
  EXPECT_EQ(second.commit().revision(), first.commit().revision() + 1) << "another person's id is another id";
  const auto nobody = Do<v1::RecordActualResponse>(office, "");
  EXPECT_EQ(nobody.commit().revision(), first.commit().revision() + 2);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Bytes(Do<v1::RecordActualResponse>(lead, "lead")), Bytes(first)) << round;
    EXPECT_EQ(Bytes(Do<v1::RecordActualResponse>(office, "office")), Bytes(second)) << round;
    EXPECT_EQ(Bytes(Do<v1::RecordActualResponse>(office, "")), Bytes(nobody)) << round;
    EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(office, "lead"), v1::ERROR_REASON_REQUEST_ID_REUSED);
    Open();
  }
}

// Answers are not kept: they are made again from what their revision found.
TEST_F(WriteOptions, EveryAnswerComesAgainAsItWas) {
  v1::CreateUnitRequest unit;
  unit.set_unit_id("u");
  unit.mutable_unit()->set_display_name("甲局");
  unit.mutable_write()->set_request_id("unit");
  const std::string created = Bytes(Do<v1::CreateUnitResponse>(unit));
  MakeTable("a", "t", 3);
  v1::StreamActualsRequest stream;
  stream.set_sequence(3);
  for (const char* value : {"5", "many", "0.0007万个"}) {
    stream.add_reports()->set_indicator(kRow);
    stream.mutable_reports(stream.reports_size() - 1)->mutable_report()->set_value(value);
  }
  stream.mutable_write()->set_request_id("stream");
  const auto streamed = Do<v1::StreamActualsResponse>(stream);
  EXPECT_EQ(streamed.accepted(), 2);
  ASSERT_THAT(streamed.errors(), SizeIs(1));
  EXPECT_EQ(streamed.errors(0).index(), 1);
  EXPECT_EQ(streamed.errors(0).status().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  v1::RecordSpendingRequest money;
  money.set_parent(kTable);
  money.mutable_spending()->set_spent("8");
  money.mutable_write()->set_request_id("money");
  const auto spent = Do<v1::RecordSpendingResponse>(money);
  EXPECT_EQ(spent.spending().name(), absl::StrCat(kTable, "/spendings/", spent.commit().revision()));
  unit.mutable_unit()->set_display_name("甲局");
  for (int i = 0; i < 5; ++i) Report(kRow, absl::StrCat(10 + i));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Bytes(Do<v1::CreateUnitResponse>(unit)), created) << round;
    EXPECT_EQ(Bytes(Do<v1::StreamActualsResponse>(stream)), Bytes(streamed)) << round;
    EXPECT_EQ(Bytes(Do<v1::RecordSpendingResponse>(money)), Bytes(spent)) << round;
    Open();
  }
}

TEST_F(WriteOptions, AnEntryHoldsNoAnswer) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kRow, "3");
  Do<v1::RecordActualResponse>(request);
  request.mutable_report()->set_date("2024-06-29");
  request.mutable_write()->set_request_id("0123456789abcdef0123456789abcdef");
  Do<v1::RecordActualResponse>(request);
  std::vector<size_t> bytes;
  ASSERT_TRUE(store()
                  .ReadJournal(store().head().revision - 1,
                               [&](const storage::JournalRecord& record) {
                                 bytes.push_back(record.payload.size());
                                 return true;
                               })
                  .ok());
  ASSERT_THAT(bytes, SizeIs(2));
  EXPECT_LT(bytes[1], bytes[0] + 120) << "the id, its key and a fingerprint";
}

// --- reads ---

TEST_F(WriteOptions, AReadIsNotOlderThanWhatWasSeen) {
  MakeTable("a", "t", 3);
  const std::string token = Report(kRow, "12").commit().token();
  v1::GetScoreRequest request;
  request.set_name(kTable);
  request.mutable_read()->set_at_least(token);
  const auto answer = Ask<v1::GetScoreResponse>(request);
  EXPECT_EQ(answer.read().revision(), Head());
  EXPECT_EQ(answer.read().token(), token) << "the same place";
  const auto refused = [&](const std::string& word) {
    request.mutable_read()->set_at_least(word);
    v1::GetScoreResponse response;
    const absl::Status status = engine().Read(request, &response, {"reader", "en", ""});
    CheckListed(request, status);
    return ReasonOf(status);
  };
  const std::string id = store().store_id();
  EXPECT_EQ(refused(storage::EncodePosition(id, 1, store().head().revision + 1)),
            v1::ERROR_REASON_REVISION_NOT_HERE_YET);
  EXPECT_EQ(refused(storage::EncodePosition(std::string(32, '0'), 1, 1)), v1::ERROR_REASON_EPOCH_CHANGED);
  EXPECT_EQ(refused("nonsense"), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(refused(token.substr(1)), v1::ERROR_REASON_INVALID_FIELD);
  request.mutable_read()->set_latest(true);
  EXPECT_EQ(Ask<v1::GetScoreResponse>(request).read().revision(), Head());
}

TEST_F(WriteOptions, APinnedReadSaysWhenItWas) {
  MakeTable("a", "t", 3);
  const v1::Commit commit = Report(kRow, "12").commit();
  v1::GetTableRequest request;
  request.set_name(kTable);
  request.mutable_read()->set_read_revision(commit.revision());
  const std::string before = Bytes(Ask<v1::GetTableResponse>(request));
  Report(kRow, "13");
  const auto then = Ask<v1::GetTableResponse>(request);
  EXPECT_EQ(Bytes(then), before);
  EXPECT_EQ(then.read().revision(), commit.revision());
  EXPECT_EQ(then.read().record_time().DebugString(), commit.record_time().DebugString());
  EXPECT_EQ(then.read().token(), commit.token());
  EXPECT_LE(then.read().token().size(), 64u);
}

TEST_F(WriteOptions, AReadMayAskForItsLanguage) {
  MakeTable("a", "t", 3);
  v1::GetFormRequest request;
  request.set_name(kTable);
  request.set_kind(v1::FORM_KIND_TARGET_TABLE);
  EXPECT_THAT(Ask<v1::GetFormResponse>(request).form().title(), HasSubstr("targets"));
  for (const char* zh : {"zh-CN", "zh", "ZH-Hans"}) {
    request.mutable_read()->set_language_code(zh);
    EXPECT_THAT(Ask<v1::GetFormResponse>(request).form().title(), HasSubstr("绩效目标表")) << zh;
  }
  request.mutable_read()->set_language_code("fr");
  EXPECT_EQ(WhyNotRead<v1::GetFormResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
}

// --- no unary answer is larger than what clients take ---

class LargestAnswers : public WriteOptions {
 protected:
  // The largest table that one entry can hold, every text as long as it may be.
  void MakeLargest() {
    MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
    v1::UpdateTableRequest update;
    *update.mutable_table() = TableOf(kTable);
    const v1::Indicator row = update.table().indicators(0);
    update.mutable_table()->clear_indicators();
    for (int i = 0; i < 240; ++i) {
      v1::Indicator& next = *update.mutable_table()->add_indicators();
      next = row;
      next.clear_name();
      next.set_display_name(absl::StrCat("指标", i, std::string(150, 'n')));
      next.set_weight("0.375");
      for (std::string* text : {next.mutable_basis(), next.mutable_prior_text(), next.mutable_evidence(),
                                next.mutable_rule()->mutable_text()})
        *text = std::string(3'000, 't');
    }
    update.mutable_update_mask()->add_paths("*");
    update.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
    Do<v1::UpdateTableResponse>(update);
    PutBriefly();
    v1::BatchRecordActualsRequest reports;
    for (int i = 1; i <= 240; ++i) {
      v1::NamedReport& report = *reports.add_reports();
      report.set_indicator(absl::StrCat(kTable, "/indicators/i", i));
      report.mutable_report()->set_value("12");
      report.mutable_report()->set_reason(std::string(4'000, 'r'));
    }
    Do<v1::BatchRecordActualsResponse>(reports);
  }
  void PutBriefly() {
    v1::SubmitTableRequest submit;
    submit.set_name(kTable);
    submit.set_etag(TableOf(kTable).etag());
    submit.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
    v1::ApproveTableRequest approve;
    approve.set_name(kTable);
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    approve.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
    Do<v1::ApproveTableResponse>(approve);
  }
  template <typename Response, typename Request>
  void Bounded(const Request& request) {
    SCOPED_TRACE(Request::descriptor()->name());
    Response response;
    const absl::Status status = engine().Read(request, &response, {"reader", "en", ""});
    if (status.ok()) {
      EXPECT_LE(response.ByteSizeLong(), kMostReadAnswer);
      largest_ = std::max(largest_, response.ByteSizeLong());
    } else {
      EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_ANSWER_TOO_LARGE) << status;
    }
  }
  template <typename Response, typename Request>
  void BoundedByName() {
    Request request;
    request.set_name(kTable);
    Bounded<Response>(request);
  }
  template <typename Response, typename Request>
  void BoundedList(const char* parent) {
    Request request;
    if constexpr (requires { request.set_parent(parent); }) request.set_parent(parent);
    request.set_page_size(1000);
    Bounded<Response>(request);
  }
  size_t largest_ = 0;
};

TEST_F(LargestAnswers, AreReadOrRefusedInWords) {
  MakeLargest();
  BoundedByName<v1::GetTableResponse, v1::GetTableRequest>();
  EXPECT_GT(largest_, size_t{2'500'000}) << "the largest table there can be is still read as a whole";
  BoundedByName<v1::GetScoreResponse, v1::GetScoreRequest>();
  BoundedByName<v1::ExplainScoreResponse, v1::ExplainScoreRequest>();
  BoundedByName<v1::ListScoreHistoryResponse, v1::ListScoreHistoryRequest>();
  BoundedByName<v1::GetMonitoringResponse, v1::GetMonitoringRequest>();
  BoundedByName<v1::LintTableResponse, v1::LintTableRequest>();
  v1::GetEvaluationRequest evaluation;
  evaluation.set_name(absl::StrCat(kTable, "/evaluation"));
  Bounded<v1::GetEvaluationResponse>(evaluation);
  for (const v1::FormKind kind :
       {v1::FORM_KIND_TARGET_TABLE, v1::FORM_KIND_MONITORING, v1::FORM_KIND_SELF_EVALUATION}) {
    v1::GetFormRequest form;
    form.set_name(kTable);
    form.set_kind(kind);
    Bounded<v1::GetFormResponse>(form);
  }
  v1::SimulateScoreRequest simulate;
  simulate.set_table(kTable);
  Bounded<v1::SimulateScoreResponse>(simulate);
  v1::SolveForScoreRequest solve;
  solve.set_table(kTable);
  solve.set_points("60");
  Bounded<v1::SolveForScoreResponse>(solve);
  v1::DiffScoresRequest diff;
  diff.set_name(kTable);
  diff.mutable_from()->set_read_revision(1);
  Bounded<v1::DiffScoresResponse>(diff);
  v1::BatchGetScoresRequest batch;
  for (int i = 0; i < 50; ++i) batch.add_names(kTable);
  Bounded<v1::BatchGetScoresResponse>(batch);
  v1::GetProfileRequest profile;
  profile.set_name("profiles/national");
  Bounded<v1::GetProfileResponse>(profile);
  v1::ReplayProfileRequest replay;
  *replay.mutable_profile() = Ask<v1::GetProfileResponse>(profile).profile();
  Bounded<v1::ReplayProfileResponse>(replay);
  BoundedList<v1::ListUnitsResponse, v1::ListUnitsRequest>("");
  BoundedList<v1::ListTablesResponse, v1::ListTablesRequest>("units/-");
  BoundedList<v1::ListScoresResponse, v1::ListScoresRequest>("units/-");
  BoundedList<v1::ListActualsResponse, v1::ListActualsRequest>("units/a/tables/t/indicators/-");
  BoundedList<v1::ListAmendmentsResponse, v1::ListAmendmentsRequest>(kTable);
  BoundedList<v1::ListDueResponse, v1::ListDueRequest>("units/-");
}

}  // namespace
}  // namespace attain::engine
