// What the committer does while a group is on its way to the disk.
#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "service/api/cause.h"
#include "service/model/mirror.h"
#include "tests/unit/commit/gated_store.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A mutation on its way.
template <typename Response>
struct Sent {
  Response response;
  std::promise<absl::Status> promise;
  std::future<absl::Status> status = promise.get_future();

  bool answered() const { return status.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
};

class CommitterTest : public EngineFixture {
 protected:
  // Every group is committed while the next one is decided.
  CommitterTest() { engine_options.large_group = 1; }
  ~CommitterTest() override {
    gate_.Open();
    Close();
  }

  std::unique_ptr<storage::Store> OpenStore(const std::string& name) override {
    return std::make_unique<GatedStore>(EngineFixture::OpenStore(name), &gate_);
  }
  template <typename Response, typename Request>
  std::unique_ptr<Sent<Response>> Send(const Request& request) {
    auto sent = std::make_unique<Sent<Response>>();
    engine().Mutate(request, &sent->response, {"tester", "en", ""},
                    [sent = sent.get()](absl::Status status) { sent->promise.set_value(std::move(status)); });
    return sent;
  }
  bool UnitIsThere(const std::string& unit) {
    v1::GetUnitRequest request;
    request.set_name(absl::StrCat("units/", unit));
    v1::GetUnitResponse response;
    return engine().Read(request, &response, {"reader", "en", ""}).ok();
  }

  Gate gate_;
};

v1::CreateUnitRequest UnitRequest(const std::string& unit, const std::string& request_id = "") {
  v1::CreateUnitRequest request;
  request.set_unit_id(unit);
  request.mutable_unit()->set_display_name(unit);
  request.mutable_write()->set_request_id(request_id);
  return request;
}

TEST_F(CommitterTest, NextGroupIsDecidedWhileTheLastIsWrittenAndToldOnlyAfterIt) {
  Open();
  gate_.Close();
  const auto a_request = UnitRequest("a"), b_request = UnitRequest("b");
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitCommits(1);
  const auto again = Send<v1::CreateUnitResponse>(a_request);
  const auto b = Send<v1::CreateUnitResponse>(b_request);
  gate_.AwaitEntries(2);  // b's, while a's is not written
  EXPECT_FALSE(a->answered() || again->answered() || b->answered());
  EXPECT_FALSE(UnitIsThere("a"));
  EXPECT_FALSE(UnitIsThere("b"));
  gate_.Open();
  EXPECT_TRUE(a->status.get().ok());
  EXPECT_EQ(again->status.get().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(b->status.get().ok());
  EXPECT_EQ(b->response.commit().revision(), a->response.commit().revision() + 1);
  EXPECT_TRUE(UnitIsThere("a"));
  EXPECT_TRUE(UnitIsThere("b"));
  EXPECT_TRUE(store().VerifyJournal(nullptr).ok());
}

// Bulk by its size, and more than is decided at a time.
v1::BatchRecordActualsRequest LargeRequest() {
  v1::BatchRecordActualsRequest request;
  for (int i = 0; i < 500; ++i) {
    v1::NamedReport* report = request.add_reports();
    report->set_indicator("units/u/tables/t/indicators/i1");
    *report->mutable_report() = ReportRequest(report->indicator(), "20").report();
  }
  request.mutable_write()->add_accept_findings("SAME_VALUE_SAME_DAY");
  return request;
}

// Bulk by its kind, however small.
v1::StreamActualsRequest StreamRequest(int64_t sequence) {
  v1::StreamActualsRequest request;
  request.set_sequence(sequence);
  v1::NamedReport* report = request.add_reports();
  report->set_indicator("units/u/tables/t/indicators/i1");
  *report->mutable_report() = ReportRequest(report->indicator(), "20").report();
  request.mutable_write()->add_accept_findings("SAME_VALUE_SAME_DAY");
  return request;
}

// Bulk whatever its document holds.
v1::ImportDocumentRequest ImportRequest(const std::string& project) {
  v1::ImportDocumentRequest request;
  request.set_content(
      absl::StrCat("table_kind,unit_name,table_name,fiscal_year,level1,level2,indicator,target,weight,rule\n"
                   "project,甲局,",
                   project, ",2024,产出,数量,走访,≥3 次,90,按照正常比例赋分\n"));
  request.set_unit("units/self");
  return request;
}

template <typename Response>
int64_t RevisionOf(const std::unique_ptr<Sent<Response>>& sent) {
  const absl::Status status = sent->status.get();
  EXPECT_TRUE(status.ok()) << status;
  return sent->response.commit().revision();
}

TEST_F(CommitterTest, MessagesOfStreamsStayInOrderWithAllOtherBulk) {
  engine_options.large_group = 1'000'000;
  Open();
  MakeTable("u", "t", 2);
  gate_.Close();
  const auto first_request = UnitRequest("first"), a_request = UnitRequest("a");
  const auto large_request = LargeRequest();
  std::vector<v1::StreamActualsRequest> requests;
  for (int i = 0; i < 20; ++i) requests.push_back(StreamRequest(i + 1));
  const auto first = Send<v1::CreateUnitResponse>(first_request);
  gate_.AwaitCommits(1);
  std::vector<std::unique_ptr<Sent<v1::StreamActualsResponse>>> sent;
  for (int i = 0; i < 10; ++i) sent.push_back(Send<v1::StreamActualsResponse>(requests[i]));
  const auto large = Send<v1::BatchRecordActualsResponse>(large_request);
  for (int i = 10; i < 20; ++i) sent.push_back(Send<v1::StreamActualsResponse>(requests[i]));
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.Open();
  const int64_t before = RevisionOf(first);
  EXPECT_EQ(RevisionOf(a), before + 1);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(RevisionOf(sent[i]), before + 2 + i + (i < 10 ? 0 : 1)) << i;
  EXPECT_EQ(RevisionOf(large), before + 12);
}

// So that who comes while bulk is decided waits for a little of it, and not for all that waits.
TEST_F(CommitterTest, WhoComesWhileBulkIsDecidedIsNotBehindAllThatWaits) {
  constexpr int kLarge = 8;
  Open();
  MakeTable("u", "t", 2);
  gate_.Close();
  const auto first_request = UnitRequest("first"), a_request = UnitRequest("a");
  const auto large_request = LargeRequest();
  const auto first = Send<v1::CreateUnitResponse>(first_request);
  gate_.AwaitCommits(1);
  std::vector<std::unique_ptr<Sent<v1::BatchRecordActualsResponse>>> sent;
  for (int i = 0; i < kLarge; ++i) sent.push_back(Send<v1::BatchRecordActualsResponse>(large_request));
  gate_.AwaitEntries(2);  // some of the bulk is decided behind the first
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitEntries(3);  // and so is this, before more of the bulk
  gate_.Open();
  const int64_t before = RevisionOf(first);
  EXPECT_EQ(RevisionOf(a), before + 2);
  for (int i = 0; i < kLarge; ++i) EXPECT_EQ(RevisionOf(sent[i]), before + 1 + i + (i == 0 ? 0 : 1)) << i;
}

// Its request may be small however long it takes to decide: the request of an upload is.
TEST_F(CommitterTest, AnImportTakesATurnOfItsOwn) {
  constexpr int kImports = 3;
  engine_options.preparers = 1;  // so that imports come to be decided in the order in which they were sent
  Open();
  gate_.Close();
  const auto first_request = UnitRequest("first"), second_request = UnitRequest("second"),
             a_request = UnitRequest("a");
  std::vector<v1::ImportDocumentRequest> requests;
  for (int i = 0; i < kImports; ++i) requests.push_back(ImportRequest(absl::StrCat("项目", i + 1)));
  v1::ImportDocumentRequest tried_request = ImportRequest("试读");
  tried_request.mutable_write()->set_validate_only(true);
  const auto first = Send<v1::CreateUnitResponse>(first_request);
  gate_.AwaitCommits(1);
  const auto second = Send<v1::CreateUnitResponse>(second_request);
  gate_.AwaitEntries(2);  // decided; bulk that comes now waits for the next group
  std::vector<std::unique_ptr<Sent<v1::ImportDocumentResponse>>> sent;
  for (const auto& request : requests) sent.push_back(Send<v1::ImportDocumentResponse>(request));
  const auto tried = Send<v1::ImportDocumentResponse>(tried_request);
  EXPECT_TRUE(tried->status.get().ok());  // was prepared behind the others, so all of them wait together
  gate_.LetOneThrough();
  gate_.AwaitEntries(3);  // an import, while the second is written
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitEntries(4);
  gate_.Open();
  const int64_t before = RevisionOf(first);
  EXPECT_EQ(RevisionOf(second), before + 1);
  EXPECT_EQ(RevisionOf(a), before + 3) << "behind one import, before the others";
  for (int i = 0; i < kImports; ++i) EXPECT_EQ(RevisionOf(sent[i]), before + 2 + i + (i == 0 ? 0 : 1)) << i;
}

TEST_F(CommitterTest, RepeatOfARequestThatIsBeingWrittenGetsItsAnswer) {
  Open();
  MakeTable("u", "t", 2);
  auto report = ReportRequest("units/u/tables/t/indicators/i1", "20");
  report.mutable_write()->set_request_id("report");  // answered again from what it left behind
  const auto unit = UnitRequest("a", "unit");        // from the journal
  gate_.Close();
  const auto first_report = Send<v1::RecordActualResponse>(report);
  gate_.AwaitCommits(1);
  const auto second_report = Send<v1::RecordActualResponse>(report);
  gate_.AwaitLookups(2);
  EXPECT_FALSE(second_report->answered());
  gate_.Open();
  ASSERT_TRUE(first_report->status.get().ok());
  ASSERT_TRUE(second_report->status.get().ok());
  EXPECT_EQ(second_report->response.SerializeAsString(), first_report->response.SerializeAsString());

  gate_.Close();
  const auto first_unit = Send<v1::CreateUnitResponse>(unit);
  gate_.AwaitCommits(1);
  const auto second_unit = Send<v1::CreateUnitResponse>(unit);
  gate_.AwaitLookups(2);
  EXPECT_FALSE(second_unit->answered());
  gate_.Open();
  ASSERT_TRUE(first_unit->status.get().ok());
  ASSERT_TRUE(second_unit->status.get().ok());
  EXPECT_EQ(second_unit->response.SerializeAsString(), first_unit->response.SerializeAsString());
  EXPECT_EQ(store().head().revision,
            static_cast<storage::Revision>(first_unit->response.commit().revision()));
}

TEST_F(CommitterTest, NothingDecidedOnTopOfAFailedGroupIsToldOrKept) {
  std::vector<absl::Status> failures;
  engine_options.commit_failed = [&failures](const absl::Status& status) { failures.push_back(status); };
  Open();
  const storage::Revision before = store().head().revision;
  gate_.Close();
  const auto a_request = UnitRequest("a", "a"), b_request = UnitRequest("b");
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitCommits(1);
  const auto b = Send<v1::CreateUnitResponse>(b_request);
  gate_.AwaitEntries(2);
  const auto refused = Send<v1::CreateUnitResponse>(b_request);
  const auto repeated = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitLookups(2);
  gate_.Fail();
  for (const auto* sent : {&a, &b, &refused, &repeated}) {
    const absl::Status status = (*sent)->status.get();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(MessageOf(status, "en"), Not(HasSubstr("gate")));
    EXPECT_THAT(CauseOf(status), Not(IsEmpty()));
    if (sent == &a) {
      EXPECT_EQ(CauseOf(status), "the gate failed it");
    }
  }
  EXPECT_FALSE(engine().healthy());
  EXPECT_EQ(Send<v1::CreateUnitResponse>(b_request)->status.get().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(store().head().revision, before);
  ASSERT_EQ(failures.size(), 1u) << "the first alone";
  EXPECT_EQ(failures[0], absl::UnavailableError("the gate failed it"));
  gate_.Open();
  Open();
  EXPECT_EQ(store().head().revision, before);
  EXPECT_FALSE(UnitIsThere("a"));
  Do<v1::CreateUnitResponse>(a_request);
  Do<v1::CreateUnitResponse>(b_request);
}

// What was decided before a time and is written after it belongs to that time: whoever asks waits for it.
TEST_F(CommitterTest, AReaderOfATimeThatIsJustOverWaitsForWhatIsBeingWritten) {
  Open();
  gate_.Close();
  const auto request = UnitRequest("a");
  const auto sent = Send<v1::CreateUnitResponse>(request);
  gate_.AwaitCommits(1);
  v1::GetUnitRequest question;
  question.set_name("units/a");
  *question.mutable_read()->mutable_read_time() = ToTimestamp(absl::ToUnixMicros(absl::Now()));
  std::future<absl::Status> answer = std::async(std::launch::async, [&] {
    v1::GetUnitResponse response;
    return engine().Read(question, &response, {"reader", "en", ""});
  });
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  gate_.Open();
  EXPECT_TRUE(answer.get().ok()) << "the unit was made before that time";
  EXPECT_TRUE(sent->status.get().ok());
}

TEST_F(CommitterTest, ShutdownCompletesWhatIsOnItsWay) {
  Open();
  gate_.Close();
  const auto a_request = UnitRequest("a"), b_request = UnitRequest("b");
  const auto a = Send<v1::CreateUnitResponse>(a_request);
  gate_.AwaitCommits(1);
  const auto b = Send<v1::CreateUnitResponse>(b_request);
  std::thread stopper([this] { engine().Shutdown(); });
  gate_.AwaitEntries(2);
  gate_.Open();
  stopper.join();
  EXPECT_TRUE(a->answered() && a->status.get().ok());
  EXPECT_TRUE(b->answered() && b->status.get().ok());
  EXPECT_EQ(ReasonFor<v1::CreateUnitResponse>(UnitRequest("c")), v1::ERROR_REASON_SHUTTING_DOWN);
}

}  // namespace
}  // namespace attain::engine
