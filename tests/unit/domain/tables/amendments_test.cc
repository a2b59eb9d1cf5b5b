// Amendments: proposed and approved by different people, the original for ever beside them, nothing lost
// between two of them.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t";

class Amendments : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("u", "t", 2);  // i1 and i2: ≥ 30 个, 45 points each
  }

  static std::string Row(int number) { return absl::StrCat(kTable, "/indicators/i", number); }

  // A proposal that changes row i1.
  v1::ProposeAmendmentRequest Lower(const std::string& target, const std::string& date = "2024-09-01",
                                    int row = 1) {
    const v1::Table table = TableOf(kTable);
    v1::ProposeAmendmentRequest request;
    request.set_parent(kTable);
    request.set_etag(table.etag());
    request.mutable_amendment()->set_reason("fewer cities");
    request.mutable_amendment()->set_effective_date(date);
    v1::RowChange* change = request.mutable_amendment()->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = table.indicators(row - 1);
    change->mutable_indicator()->mutable_target()->set_value(target);
    return request;
  }
  v1::Amendment Propose(const v1::ProposeAmendmentRequest& request) {
    return Do<v1::ProposeAmendmentResponse>(request, "lead").amendment();
  }
  v1::ApproveAmendmentRequest Approval(const v1::Amendment& amendment) {
    v1::ApproveAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    return request;
  }
  v1::Amendment Approve(const v1::Amendment& amendment) {
    return Do<v1::ApproveAmendmentResponse>(Approval(amendment), "office").amendment();
  }
  std::string ScoreUnder(v1::TargetBasis basis, const std::string& as_of = "", int64_t revision = 0) {
    Past past;
    past.as_of.set_target_basis(basis);
    past.as_of.set_date(as_of);
    if (revision > 0) past.read.set_read_revision(revision);
    return ScoreOf(kTable, past).score();
  }
  v1::ErrorReason WhyNot(const v1::ProposeAmendmentRequest& request, const std::string& actor = "lead") {
    return ReasonFor<v1::ProposeAmendmentResponse>(request, actor);
  }
};

TEST_F(Amendments, AnAmendedTargetScoresFromItsApprovalOn) {
  Report(Row(1), "24");
  EXPECT_EQ(ScoreOf(kTable).score(), "36.00");
  const v1::Amendment proposed = Propose(Lower("24"));
  EXPECT_EQ(proposed.number(), 1);
  EXPECT_EQ(proposed.state(), v1::AMENDMENT_STATE_PROPOSED);
  EXPECT_EQ(proposed.rows(0).before().target().value(), "30");
  EXPECT_EQ(ScoreOf(kTable).score(), "36.00") << "a proposal changes nothing";
  const int64_t before = static_cast<int64_t>(store().head().revision);
  const v1::Amendment approved = Approve(proposed);
  EXPECT_EQ(approved.decider(), "office");
  EXPECT_EQ(approved.approve_revision(), before + 1);
  const v1::Score now = ScoreOf(kTable);
  EXPECT_EQ(now.score(), "45.00");
  EXPECT_EQ(now.amendment_points(), "+9.00");
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_LATEST, "", before), "36.00") << "what was known before stays";
}

TEST_F(Amendments, TheThreeBasesAreThreeScores) {
  Report(Row(1), "24", "2024-05-01");
  Approve(Propose(Lower("24", "2024-09-01")));
  Approve(Propose(Lower("48", "2024-11-01")));
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_ORIGINAL), "36.00");
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_LATEST), "22.50");
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_IN_FORCE, "2024-08-31"), "36.00");
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_IN_FORCE, "2024-09-01"), "45.00") << "its first day counts";
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_UNSPECIFIED, "2024-10-31"), "45.00")
      << "a day asks for the targets of that day";
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_IN_FORCE, "2024-11-01"), "22.50");
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_LATEST, "2024-08-31"), "22.50");
  v1::ExplainScoreRequest explain;
  explain.set_name(kTable);
  explain.mutable_as_of()->set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  const v1::Explanation original = Ask<v1::ExplainScoreResponse>(explain).explanation();
  EXPECT_EQ(original.result(), "36.00");
  EXPECT_THAT(std::string(original.steps(0).title()), ::testing::HasSubstr("first approved"));
}

TEST_F(Amendments, AReportInANewUnitIsNoneAgainstTheOriginalTarget) {
  v1::ProposeAmendmentRequest request = Lower("3");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->mutable_target()->set_unit("百个");
  Approve(Propose(request));
  Report(Row(1), "3 百个", "2024-10-01");
  EXPECT_EQ(ScoreOf(kTable).score(), "45.00");
  v1::AsOf original;
  original.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  const v1::Score score = ScoreOf(kTable, original);
  EXPECT_EQ(score.score(), "0.00");
  EXPECT_EQ(score.indicators(0).status(), v1::SCORE_STATUS_UNREPORTED) << "nobody reported 3 个";
  EXPECT_EQ(score.indicators(0).actual(), "");
  EXPECT_EQ(score.possible(), "100.00");
  v1::DiffScoresRequest diff;
  diff.set_name(kTable);
  diff.mutable_from()->set_read_revision(1);
  EXPECT_EQ(Ask<v1::DiffScoresResponse>(diff).score_after(), "45.00");
  diff.mutable_from()->set_read_revision(ScoreOf(kTable).revision() -
                                         2);  // before the amendment: causes one by one
  EXPECT_EQ(Ask<v1::DiffScoresResponse>(diff).points(), "45.00");
}

TEST_F(Amendments, HistoryAgainstTheOriginalListsWhatMovedIt) {
  Report(Row(1), "15", "2024-05-01");
  Approve(Propose(Lower("24")));
  Report(Row(1), "24", "2024-10-01");
  v1::ListScoreHistoryRequest request;
  request.set_name(kTable);
  const auto latest = Ask<v1::ListScoreHistoryResponse>(request);
  ASSERT_THAT(latest.scores(), SizeIs(4)) << "approval, report, amendment, report";
  Report(Row(1), "24", "2024-10-02");
  EXPECT_EQ(Ask<v1::ListScoreHistoryResponse>(request).scores_size(), 4) << "the last report moved nothing";
  request.mutable_as_of()->set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  const auto original = Ask<v1::ListScoreHistoryResponse>(request);
  std::vector<std::string> scores;
  for (const v1::Score& score : original.scores()) scores.push_back(score.score());
  EXPECT_THAT(scores, ElementsAre("36.00", "22.50", "0.00")) << "the amendment did not move it";
}

TEST_F(Amendments, TheUnitMovesWithThemAndCanBeAskedForItsOriginalTargets) {
  Report(Row(1), "24");
  const std::string before = ScoreOf("units/u").score();
  Approve(Propose(Lower("24")));
  EXPECT_NE(ScoreOf("units/u").score(), before);
  v1::AsOf original;
  original.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(ScoreOf("units/u", original).score(), before);
}

TEST_F(Amendments, ATableIsShownWithTheTargetsOfTheDayOrBasisAsked) {
  Approve(Propose(Lower("24", "2024-09-01")));
  const auto target = [&](v1::TargetBasis basis, const std::string& day) {
    v1::GetTableRequest request;
    request.set_name(kTable);
    request.mutable_as_of()->set_target_basis(basis);
    request.mutable_as_of()->set_date(day);
    return Ask<v1::GetTableResponse>(request).table().indicators(0).target().value();
  };
  EXPECT_EQ(TableOf(kTable).indicators(0).target().value(), "24");
  EXPECT_EQ(target(v1::TARGET_BASIS_UNSPECIFIED, ""), "24");
  EXPECT_EQ(target(v1::TARGET_BASIS_ORIGINAL, ""), "30");
  EXPECT_EQ(target(v1::TARGET_BASIS_UNSPECIFIED, "2024-08-31"), "30");
  EXPECT_EQ(target(v1::TARGET_BASIS_IN_FORCE, "2024-09-01"), "24");
  EXPECT_EQ(target(v1::TARGET_BASIS_LATEST, "2024-08-31"), "24");
}

TEST_F(Amendments, TwoPeopleAmendingDifferentRowsLoseNothing) {
  const v1::ProposeAmendmentRequest first = Lower("24", "", 1),
                                    second = Lower("60", "", 2);  // both from the same table
  const v1::Amendment one = Propose(first);
  const v1::Amendment two = Do<v1::ProposeAmendmentResponse>(second, "other lead").amendment();
  EXPECT_EQ(two.number(), 2);
  Approve(two);
  Approve(one);
  const v1::Table table = TableOf(kTable);
  EXPECT_EQ(table.indicators(0).target().value(), "24");
  EXPECT_EQ(table.indicators(1).target().value(), "60");
  EXPECT_EQ(table.amendment_count(), 2);
}

TEST_F(Amendments, TwoPeopleAmendingTheSameRowAreTold) {
  const v1::Amendment one = Propose(Lower("24")), two = Propose(Lower("12"));
  Approve(one);
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(two), "office"),
            v1::ERROR_REASON_AMENDMENT_CONFLICT);
  EXPECT_EQ(TableOf(kTable).indicators(0).target().value(), "24");
  v1::RejectAmendmentRequest reject;
  reject.set_name(two.name());
  reject.set_etag(two.etag());
  reject.set_reason("overtaken");
  EXPECT_EQ(Do<v1::RejectAmendmentResponse>(reject, "lead").amendment().reject_reason(), "overtaken")
      << "its proposer may withdraw it";
  v1::ListAmendmentsRequest list;
  list.set_parent(kTable);
  const auto all = Ask<v1::ListAmendmentsResponse>(list);
  ASSERT_THAT(all.amendments(), SizeIs(2));
  EXPECT_EQ(all.amendments(1).state(), v1::AMENDMENT_STATE_REJECTED);
}

TEST_F(Amendments, RowsComeAndGoWithTheirReports) {
  Report(Row(1), "15");
  Report(Row(2), "30");
  const v1::Table table = TableOf(kTable);
  v1::ProposeAmendmentRequest request = Lower("30");
  request.mutable_amendment()->clear_rows();
  v1::RowChange* removed = request.mutable_amendment()->add_rows();
  removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
  removed->mutable_indicator()->set_name(Row(1));
  v1::RowChange* added = request.mutable_amendment()->add_rows();
  added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
  *added->mutable_indicator() = table.indicators(0);
  added->mutable_indicator()->clear_name();
  added->mutable_indicator()->set_display_name("替代指标");
  Approve(Propose(request));
  const v1::Score score = ScoreOf(kTable);
  ASSERT_THAT(score.indicators(), SizeIs(2));
  EXPECT_EQ(score.indicators(0).name(), Row(2)) << "the row that stays keeps id and report";
  EXPECT_EQ(score.indicators(0).score(), "45.00");
  EXPECT_EQ(score.indicators(1).name(), Row(3)) << "an id is never given twice";
  EXPECT_EQ(score.indicators(1).status(), v1::SCORE_STATUS_UNREPORTED);
  EXPECT_EQ(ScoreUnder(v1::TARGET_BASIS_ORIGINAL), "67.50") << "the removed row's report stays";
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest(Row(1), "20")),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(Amendments, AProposalThatMakesTheTableWrongIsRefused) {
  v1::ProposeAmendmentRequest request = Lower("24");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_weight("40");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_VALIDATION_FAILED) << "the weights no longer sum to 90";
  v1::ProposeAmendmentResponse response;
  const absl::Status refused = Try(request, &response, "lead");
  EXPECT_EQ(MessageOf(refused, "en"),
            "The amended table would have 1 error; correct the amendment. The first: The weights sum to 85, "
            "they must sum to 90.");
  EXPECT_THAT(ToRpcStatus(refused, "en").SerializeAsString(),
              ::testing::AllOf(::testing::HasSubstr("table.indicators.*.weight"),
                               ::testing::Not(::testing::HasSubstr("[-1]"))));
  request = Lower("24");
  request.mutable_amendment()->clear_reason();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  request = Lower("24", "2025-01-01");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_DATE_OUT_OF_YEAR);
  request = Lower("24");
  request.mutable_amendment()->clear_rows();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  request = Lower("24");
  *request.mutable_amendment()->add_rows() = request.amendment().rows(0);
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD) << "a row twice";
  request = Lower("24");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_name(Row(9));
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  request = Lower("many");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_NOT_A_NUMBER);
  request = Lower("24");
  request.set_etag("1");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_STALE_ETAG);
  EXPECT_EQ(WhyNot(Lower("24"), ""), v1::ERROR_REASON_ACTOR_REQUIRED);
  Report(Row(1), "3");
  request = Lower("24");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->mutable_target()->set_unit("次");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD) << "reports in another unit are there";
  Approve(Propose(Lower("24", "2024-09-01")));
  EXPECT_EQ(WhyNot(Lower("23", "2024-08-31")), v1::ERROR_REASON_INVALID_FIELD) << "before the newest";
}

TEST_F(Amendments, ApprovalIsForSomebodyElseAndOnce) {
  const v1::Amendment proposed = Propose(Lower("24"));
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(proposed), "lead"),
            v1::ERROR_REASON_SAME_PERSON);
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(proposed), ""), v1::ERROR_REASON_ACTOR_REQUIRED);
  v1::ApproveAmendmentRequest stale = Approval(proposed);
  stale.set_etag("1");
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(stale, "office"), v1::ERROR_REASON_STALE_ETAG);
  v1::ApproveAmendmentRequest unknown = Approval(proposed);
  unknown.set_name(absl::StrCat(kTable, "/amendments/7"));
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(unknown, "office"), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  unknown.set_name(absl::StrCat(kTable, "/amendments/07"));
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(unknown, "office"), v1::ERROR_REASON_INVALID_NAME);
  Approve(proposed);
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(proposed), "office"),
            v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(Amendments, OnlyTheSubmitterWithdrawsATable) {
  MakeTable("u", "draft", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::SubmitTableRequest submit;
  submit.set_name("units/u/tables/draft");
  submit.set_etag(TableOf(submit.name()).etag());
  v1::WithdrawTableRequest withdraw;
  withdraw.set_name(submit.name());
  const absl::Status refused = [&] {
    v1::SubmitTableResponse response;
    return Try(submit, &response, "lead");
  }();
  if (!refused.ok()) GTEST_FAIL() << refused;
  withdraw.set_etag(TableOf(submit.name()).etag());
  EXPECT_EQ(ReasonFor<v1::WithdrawTableResponse>(withdraw, "other"), v1::ERROR_REASON_NOT_THE_SUBMITTER);
  EXPECT_EQ(Do<v1::WithdrawTableResponse>(withdraw, "lead").table().state(), v1::TABLE_STATE_DRAFT);
}

}  // namespace
}  // namespace attain::engine
