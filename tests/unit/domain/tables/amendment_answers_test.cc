// Amendments as they are kept, and the borders of what they may do (RULES 4).
#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t";

class AmendmentAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
    MakeTable("u", "t", 2);  // i1 and i2: ≥ 30 个, 45 points each
  }
  static std::string Row(int number) { return absl::StrCat(kTable, "/indicators/i", number); }

  v1::ProposeAmendmentRequest Proposal(const std::string& date = "", const std::string& table = kTable) {
    v1::ProposeAmendmentRequest request;
    request.set_parent(table);
    request.set_etag(TableOf(table).etag());
    request.mutable_amendment()->set_reason("fewer cities");
    request.mutable_amendment()->set_effective_date(date);
    return request;
  }
  // The same that changes a row.
  v1::ProposeAmendmentRequest Change(int row, const std::function<void(v1::Indicator*)>& change,
                                     const std::string& date = "") {
    v1::ProposeAmendmentRequest request = Proposal(date);
    v1::RowChange* changed = request.mutable_amendment()->add_rows();
    changed->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    const v1::Table table = TableOf(kTable);
    for (const v1::Indicator& indicator : table.indicators()) {
      if (indicator.name() == Row(row)) *changed->mutable_indicator() = indicator;
    }
    change(changed->mutable_indicator());
    return request;
  }
  v1::ProposeAmendmentRequest Lower(int row, const std::string& target, const std::string& date = "") {
    return Change(
        row, [&](v1::Indicator* indicator) { indicator->mutable_target()->set_value(target); }, date);
  }
  v1::Amendment Propose(const v1::ProposeAmendmentRequest& request) {
    return Do<v1::ProposeAmendmentResponse>(request, "lead").amendment();
  }
  static v1::ApproveAmendmentRequest Approval(const v1::Amendment& amendment) {
    v1::ApproveAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    return request;
  }
  v1::ApproveAmendmentResponse Approve(const v1::Amendment& amendment) {
    return Do<v1::ApproveAmendmentResponse>(Approval(amendment), "office");
  }
  v1::ErrorReason WhyNot(const v1::ProposeAmendmentRequest& request) {
    return ReasonFor<v1::ProposeAmendmentResponse>(request, "lead");
  }
  v1::ErrorReason WhyNotApproved(const v1::Amendment& amendment) {
    return ReasonFor<v1::ApproveAmendmentResponse>(Approval(amendment), "office");
  }
  v1::RejectAmendmentRequest Rejection(const v1::Amendment& amendment) {
    v1::RejectAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    request.set_reason("too early");
    return request;
  }
  v1::ListAmendmentsResponse List() {
    v1::ListAmendmentsRequest request;
    request.set_parent(kTable);
    return Ask<v1::ListAmendmentsResponse>(request);
  }
  void Close() {
    v1::CloseTableRequest close;
    close.set_name(kTable);
    close.set_etag(TableOf(kTable).etag());
    Do<v1::CloseTableResponse>(close);
  }
  // Whether an outlook of that day needs a cause: it is measured against the targets of its month's end.
  bool NeedsCause(int row, const std::string& date) {
    v1::RecordOutlookRequest request;
    request.set_indicator(Row(row));
    request.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_CERTAIN);
    request.mutable_outlook()->set_date(date);
    request.mutable_write()->set_validate_only(true);
    v1::RecordOutlookResponse response;
    return !Try(request, &response).ok();
  }
};

TEST_F(AmendmentAnswers, AProposalIsKeptAsItWasMade) {
  v1::ProposeAmendmentRequest request = Lower(1, "24", "2024/9/1");
  v1::Amendment& sent = *request.mutable_amendment();
  sent.set_adopt_newest_profile(true);
  // What the server alone says, set by a client.
  sent.set_name("theirs");
  sent.set_state(v1::AMENDMENT_STATE_APPROVED);
  sent.set_proposer("theirs");
  sent.set_decider("theirs");
  sent.set_reject_reason("theirs");
  sent.set_number(7);
  sent.set_approve_revision(7);
  sent.mutable_decide_time()->set_seconds(7);
  sent.mutable_rows(0)->mutable_before()->set_display_name("theirs");
  const v1::Table before = TableOf(kTable);
  const auto answer = Do<v1::ProposeAmendmentResponse>(request, "lead");
  const v1::Amendment kept = answer.amendment();
  EXPECT_EQ(kept.name(), absl::StrCat(kTable, "/amendments/1"));
  EXPECT_EQ(kept.number(), 1);
  EXPECT_EQ(kept.state(), v1::AMENDMENT_STATE_PROPOSED);
  EXPECT_EQ(kept.reason(), "fewer cities");
  EXPECT_EQ(kept.effective_date(), "2024-09-01");
  EXPECT_TRUE(kept.adopt_newest_profile());
  EXPECT_EQ(kept.proposer(), "lead");
  EXPECT_EQ(kept.propose_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(kept.decider(), "");
  EXPECT_EQ(kept.reject_reason(), "");
  EXPECT_FALSE(kept.has_decide_time());
  EXPECT_EQ(kept.approve_revision(), 0);
  EXPECT_EQ(kept.rows(0).before().DebugString(), before.indicators(0).DebugString());
  EXPECT_EQ(kept.rows(0).indicator().target().value(), "24");
  ASSERT_THAT(List().amendments(), SizeIs(1));
  EXPECT_EQ(List().amendments(0).DebugString(), kept.DebugString());
  EXPECT_EQ(List().read().revision(), static_cast<int64_t>(store().head().revision));
  EXPECT_EQ(TableOf(kTable).DebugString(), before.DebugString());
}

TEST_F(AmendmentAnswers, AnApprovalIsToldByTheAmendmentAndByItsTable) {
  const v1::Table before = TableOf(kTable);
  const v1::Amendment proposed = Propose(Lower(1, "24", "2024-09-01"));
  const v1::ApproveAmendmentResponse answer = Approve(proposed);
  const int64_t head = static_cast<int64_t>(store().head().revision);
  EXPECT_EQ(answer.amendment().state(), v1::AMENDMENT_STATE_APPROVED);
  EXPECT_EQ(answer.amendment().decider(), "office");
  EXPECT_EQ(answer.amendment().approve_revision(), head);
  EXPECT_EQ(answer.amendment().decide_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(List().amendments(0).DebugString(), answer.amendment().DebugString());
  const v1::Table table = TableOf(kTable);
  EXPECT_EQ(answer.table().DebugString(), table.DebugString());
  EXPECT_EQ(table.amendment_count(), 1);
  EXPECT_EQ(table.amend_revision(), head);
  EXPECT_EQ(table.update_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(table.approve_revision(), before.approve_revision());
  EXPECT_EQ(table.indicators(0).target().value(), "24");
  EXPECT_EQ(table.indicators(1).DebugString(), before.indicators(1).DebugString());
  Approve(Propose(Lower(2, "24")));
  EXPECT_EQ(TableOf(kTable).amendment_count(), 2);
  EXPECT_EQ(List().amendments(1).number(), 2);
}

TEST_F(AmendmentAnswers, ARejectionSaysWhoAndWhyAndIsTheLastWord) {
  const v1::Amendment proposed = Propose(Lower(1, "24"));
  v1::RejectAmendmentRequest request = Rejection(proposed);
  request.clear_reason();
  EXPECT_EQ(ReasonFor<v1::RejectAmendmentResponse>(request, "office"), v1::ERROR_REASON_INVALID_FIELD);
  request = Rejection(proposed);
  request.set_etag("1");
  EXPECT_EQ(ReasonFor<v1::RejectAmendmentResponse>(request, "office"), v1::ERROR_REASON_STALE_ETAG);
  request = Rejection(proposed);
  EXPECT_EQ(ReasonFor<v1::RejectAmendmentResponse>(request, ""), v1::ERROR_REASON_ACTOR_REQUIRED);
  const auto answer = Do<v1::RejectAmendmentResponse>(request, "office");
  EXPECT_EQ(answer.amendment().state(), v1::AMENDMENT_STATE_REJECTED);
  EXPECT_EQ(answer.amendment().decider(), "office");
  EXPECT_EQ(answer.amendment().reject_reason(), "too early");
  EXPECT_EQ(answer.amendment().decide_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(List().amendments(0).DebugString(), answer.amendment().DebugString());
  v1::ApproveAmendmentResponse response;
  absl::Status refused = Try(Approval(answer.amendment()), &response, "office");
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("was rejected; propose a new one"));
  const v1::Amendment approved = Approve(Propose(Lower(1, "24"))).amendment();
  refused = Try(Approval(approved), &response, "office");
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("is approved already; propose a new one"));
}

TEST_F(AmendmentAnswers, OnlyATableInForceIsAmended) {
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::ProposeAmendmentRequest draft = Proposal("", "units/u/tables/draft");
  draft.mutable_amendment()->set_adopt_newest_profile(true);
  EXPECT_EQ(WhyNot(draft), v1::ERROR_REASON_WRONG_STATE);
  const v1::Amendment proposed = Propose(Lower(1, "24"));
  Close();
  EXPECT_EQ(WhyNot(Lower(2, "24")), v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(WhyNotApproved(proposed), v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(ReasonFor<v1::RejectAmendmentResponse>(Rejection(proposed), "office"),
            v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(AmendmentAnswers, TheEffectiveDayIsNotBeforeTheLastOneAlsoAtItsApproval) {
  const v1::Amendment early = Propose(Lower(1, "24", "2024-08-31"));
  const v1::Amendment same = Propose(Lower(1, "25", "2024-09-01"));
  Approve(Propose(Lower(2, "24", "2024-09-01")));
  EXPECT_EQ(WhyNot(Lower(1, "20", "2024-08-31")), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(WhyNotApproved(early), v1::ERROR_REASON_INVALID_FIELD) << "it was fine when it was proposed";
  EXPECT_EQ(Approve(same).amendment().effective_date(), "2024-09-01") << "the same day will do";
  EXPECT_EQ(Propose(Lower(2, "20", "2024-09-02")).effective_date(), "2024-09-02");
}

TEST_F(AmendmentAnswers, WithoutADayItIsInForceFromItsApprovalOnAndNotBeforeTheLastOne) {
  EXPECT_EQ(Propose(Lower(1, "24")).effective_date(), "");
  const v1::Amendment waits = Propose(Lower(2, "24"));
  clock_.now += absl::Hours(24);
  EXPECT_EQ(Approve(waits).amendment().effective_date(), "2024-06-16");
  Approve(Propose(Lower(1, "24", "2024-09-01")));
  EXPECT_EQ(Approve(Propose(Lower(2, "20"))).amendment().effective_date(), "2024-09-01")
      << "16 June lies before the amendment approved last";
  clock_.now += absl::Hours(24 * 365);
  EXPECT_EQ(Approve(Propose(Lower(1, "20"))).amendment().effective_date(), "2024-12-31")
      << "cut to the fiscal year";
}

TEST_F(AmendmentAnswers, ATypedScoreThatNoLongerFitsStandsInTheWay) {
  const v1::Amendment rating = Propose(Change(2, [](v1::Indicator* row) {
    row->clear_target();
    row->mutable_target()->set_text("明显");
    row->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
  }));
  Approve(rating);
  v1::RateIndicatorRequest rate;
  rate.set_indicator(Row(2));
  rate.set_level("达成年度指标");
  rate.set_score("45");
  rate.set_date("2024-06-30");
  Do<v1::RateIndicatorResponse>(rate);
  const auto weights = [&](const char* first, const char* second) {
    v1::ProposeAmendmentRequest request =
        Change(2, [second](v1::Indicator* row) { row->set_weight(second); });
    v1::RowChange* other = request.mutable_amendment()->add_rows();
    other->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *other->mutable_indicator() = TableOf(kTable).indicators(0);
    other->mutable_indicator()->set_weight(first);
    return request;
  };
  EXPECT_EQ(WhyNot(weights("46", "44")), v1::ERROR_REASON_SCORE_OUT_OF_BAND);
  Propose(weights("40", "50"));  // 45 lies in [40, 50]
}

TEST_F(AmendmentAnswers, AnAmendedRowIsCheckedLikeADeclaredOne) {
  EXPECT_EQ(WhyNot(Change(1, [](auto* row) { row->set_weight("1000.00001"); })),
            v1::ERROR_REASON_NUMBER_OUT_OF_RANGE);
  EXPECT_EQ(WhyNot(Change(1, [](auto* row) { row->clear_display_name(); })), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(WhyNot(Change(1, [](auto* row) { row->set_weight("44"); })), v1::ERROR_REASON_VALIDATION_FAILED);
  v1::ProposeAmendmentRequest request = Lower(1, "24");
  request.mutable_amendment()->set_reason(std::string(2001, 'x'));
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  request.mutable_amendment()->set_reason(std::string(2000, 'x'));
  Propose(request);
  request.mutable_amendment()->mutable_rows(0)->clear_kind();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(AmendmentAnswers, AnAmendmentHasAtMost500Rows) {
  v1::ProposeAmendmentRequest request = Proposal();
  const auto add = [&] {
    v1::RowChange* removed = request.mutable_amendment()->add_rows();
    removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
    removed->mutable_indicator()->set_name("nowhere");
  };
  while (request.amendment().rows_size() < 500) add();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND) << "they are looked at";
  add();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_REQUEST_TOO_LARGE);
}

TEST_F(AmendmentAnswers, ANewRowStandsBehindThoseOfItsLevels) {
  // i1 is 产出/数量, i2 is 效益/社会效益.
  const auto places = [&](const std::string& level1, const std::string& level2) {
    v1::ProposeAmendmentRequest request = Change(2, [](auto* row) { row->set_weight("40"); });
    v1::RowChange* added = request.mutable_amendment()->add_rows();
    added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
    *added->mutable_indicator() = TableOf(kTable).indicators(0);
    added->mutable_indicator()->set_name("new");
    added->mutable_indicator()->set_level1(level1);
    added->mutable_indicator()->set_level2(level2);
    added->mutable_indicator()->set_weight("5");
    added->mutable_indicator()->set_display_name("新指标");
    v1::Amendment amendment = Propose(request);
    v1::ApproveAmendmentRequest approval = Approval(amendment);
    approval.mutable_write()->set_validate_only(true);
    std::vector<std::string> ids;
    const auto answer = Do<v1::ApproveAmendmentResponse>(approval, "office");
    for (const v1::Indicator& row : answer.table().indicators())
      ids.push_back(row.name().substr(row.name().rfind('/') + 1));
    Do<v1::RejectAmendmentResponse>(Rejection(amendment), "office");
    return ids;
  };
  EXPECT_THAT(places("产出", "数量"), ElementsAre("i1", "new", "i2"));
}

TEST_F(AmendmentAnswers, ANewRowOfALevelStandsBehindItAndOneOfNoLevelAtTheEnd) {
  const auto add = [&](const char* id, const char* level1, const char* level2) {
    v1::ProposeAmendmentRequest request = Proposal();
    v1::RowChange* added = request.mutable_amendment()->add_rows();
    added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
    *added->mutable_indicator() = TableOf(kTable).indicators(0);
    added->mutable_indicator()->set_name(id);
    added->mutable_indicator()->set_level1(level1);
    added->mutable_indicator()->set_level2(level2);
    added->mutable_indicator()->set_display_name(id);
    added->mutable_indicator()->set_weight("1");
    v1::RowChange* changed = request.mutable_amendment()->add_rows();
    changed->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    const v1::Table table = TableOf(kTable);
    for (const v1::Indicator& row : table.indicators()) {
      if (row.name() != Row(1)) continue;
      *changed->mutable_indicator() = row;
      changed->mutable_indicator()->set_weight(absl::StrCat(90 - 45 - (table.indicators_size() - 1)));
    }
    Approve(Propose(request));
  };
  add("quality", "产出", "质量");              // behind 产出, which i1 alone is
  add("content", "满意度", "服务对象满意度");  // a level of its own
  add("number", "产出", "数量");               // behind i1, before quality
  add("quality-2", "产出", "质量");            // behind quality
  std::vector<std::string> ids;
  const v1::Table table = TableOf(kTable);
  for (const v1::Indicator& row : table.indicators())
    ids.push_back(row.name().substr(row.name().rfind('/') + 1));
  EXPECT_THAT(ids, ElementsAre("i1", "number", "quality", "quality-2", "i2", "content"));
}

TEST_F(AmendmentAnswers, AnIdIsNeverGivenTwiceAndARowStandsOnce) {
  const auto added = [&](const std::string& id) {
    v1::ProposeAmendmentRequest request = Proposal();
    v1::RowChange* removed = request.mutable_amendment()->add_rows();
    removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
    removed->mutable_indicator()->set_name(TableOf(kTable).indicators(1).name());
    v1::RowChange* row = request.mutable_amendment()->add_rows();
    row->set_kind(v1::ROW_CHANGE_KIND_ADDED);
    *row->mutable_indicator() = TableOf(kTable).indicators(1);
    row->mutable_indicator()->set_name(id);
    row->mutable_indicator()->set_display_name(absl::StrCat("行", id));
    row->mutable_before()->set_name("theirs");
    return request;
  };
  EXPECT_EQ(WhyNot(added("i1")), v1::ERROR_REASON_ALREADY_EXISTS) << "a row that stays";
  Approve(Propose(added("third")));
  EXPECT_EQ(WhyNot(added("i2")), v1::ERROR_REASON_ALREADY_EXISTS) << "a row that was removed";
  const v1::Amendment next = Propose(added(""));
  EXPECT_EQ(next.rows(1).indicator().name(), Row(3)) << "i1 and i2 are taken for ever";
  EXPECT_FALSE(next.rows(1).has_before()) << "a new row was nothing before, whatever the client says";
  EXPECT_EQ(Propose(added("")).rows(1).indicator().name(), Row(4)) << "also by what was only proposed";
}

TEST_F(AmendmentAnswers, OfARemovedRowItsNameAloneCounts) {
  v1::ProposeAmendmentRequest request = Change(1, [](auto* row) { row->set_weight("90"); });
  v1::RowChange* removed = request.mutable_amendment()->add_rows();
  removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
  removed->mutable_indicator()->set_name(Row(2));
  removed->mutable_indicator()->set_display_name("something else");
  const v1::Amendment amendment = Propose(request);
  const v1::Table before = TableOf(kTable);
  EXPECT_EQ(amendment.rows(1).indicator().DebugString(), before.indicators(1).DebugString());
  EXPECT_EQ(amendment.rows(1).before().DebugString(), before.indicators(1).DebugString());
  Approve(amendment);
  EXPECT_THAT(TableOf(kTable).indicators(), SizeIs(1));
}

TEST_F(AmendmentAnswers, AUnitIsKeptAsDocumentsAreRead) {
  const v1::Amendment amendment =
      Propose(Change(1, [](auto* row) { row->mutable_target()->set_unit(" ％"); }));
  EXPECT_EQ(amendment.rows(0).indicator().target().unit(), "%");
}

TEST_F(AmendmentAnswers, TheShapeOfARowWithReportsStaysAndOfOneWithoutMayChange) {
  Report(Row(1), "3", "2024-06-01");
  const auto unit = [](auto* row) { row->mutable_target()->set_unit("次"); };
  const auto sum = [](auto* row) { row->set_accumulation(v1::ACCUMULATION_SUM); };
  EXPECT_EQ(WhyNot(Change(1, unit)), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(WhyNot(Change(1, sum)), v1::ERROR_REASON_INVALID_FIELD);
  Propose(Change(2, unit));
  Propose(Change(2, sum));
}

TEST_F(AmendmentAnswers, TheNewestProfileAloneIsAnAmendment) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  update.mutable_profile()->set_total_decimals(0);
  Do<v1::UpdateProfileResponse>(update);
  EXPECT_EQ(WhyNot(Proposal()), v1::ERROR_REASON_INVALID_FIELD) << "it changes nothing";
  Approve(Propose(Lower(1, "24", "2024-07-01")));
  EXPECT_EQ(TableOf(kTable).profile_version(), 1) << "nobody asked for another version";
  v1::ProposeAmendmentRequest adopt = Proposal("2024-09-01");
  adopt.mutable_amendment()->set_adopt_newest_profile(true);
  const v1::ApproveAmendmentResponse answer = Approve(Propose(adopt));
  EXPECT_EQ(answer.table().profile_version(), 2);
  EXPECT_EQ(ScoreOf(kTable).score(), "0") << "without decimals";
}

TEST_F(AmendmentAnswers, AnOutlookIsMeasuredAgainstTheTargetsOfItsMonthsEnd) {
  Report(Row(1), "15", "2024-06-01");              // of 30, by June: 100 %
  Approve(Propose(Lower(1, "60", "2024-07-31")));  // by July 43 %
  Approve(Propose(Lower(1, "15", "2024-09-01")));  // by September 133 %
  Propose(Lower(1, "900", "2024-09-30"));          // nobody approved it
  EXPECT_FALSE(NeedsCause(1, "2024-06-20"));
  EXPECT_TRUE(NeedsCause(1, "2024-07-20")) << "in force on its own effective day, the month's last";
  EXPECT_TRUE(NeedsCause(1, "2024-08-20"));
  EXPECT_FALSE(NeedsCause(1, "2024-09-20"));
}

TEST_F(AmendmentAnswers, ARowThatWasAddedLaterHasNoTargetOfEarlierDays) {
  v1::ProposeAmendmentRequest request = Change(
      2, [](auto* row) { row->set_weight("40"); }, "2024-08-15");
  v1::RowChange* added = request.mutable_amendment()->add_rows();
  added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
  *added->mutable_indicator() = TableOf(kTable).indicators(0);
  added->mutable_indicator()->set_name("i3");
  added->mutable_indicator()->set_display_name("新指标");
  added->mutable_indicator()->set_weight("5");
  Approve(Propose(request));
  Report(Row(3), "1", "2024-06-01");
  EXPECT_FALSE(NeedsCause(3, "2024-07-20")) << "there was no such row in July";
  EXPECT_TRUE(NeedsCause(3, "2024-08-20"));
}

TEST_F(AmendmentAnswers, TargetsOfADayGoWithTheProfileOfThatDay) {
  Report(Row(1), "18", "2024-06-01");  // by July 103 %: green
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  update.mutable_profile()->mutable_monitoring()->set_yellow_below("110");
  Do<v1::UpdateProfileResponse>(update);
  v1::ProposeAmendmentRequest adopt = Proposal("2024-09-01");
  adopt.mutable_amendment()->set_adopt_newest_profile(true);
  Approve(Propose(adopt));
  EXPECT_FALSE(NeedsCause(1, "2024-07-20")) << "yellow begins at 110 from September on";
  EXPECT_TRUE(NeedsCause(1, "2024-09-20"));
}

TEST_F(AmendmentAnswers, ADryRunLeavesNothingBehind) {
  v1::ProposeAmendmentRequest request = Lower(1, "24");
  request.mutable_write()->set_validate_only(true);
  const std::string before = *store().ContentDigest();
  EXPECT_EQ(Propose(request).number(), 1);
  EXPECT_EQ(Propose(request).number(), 1);
  EXPECT_EQ(*store().ContentDigest(), before);
  const v1::Amendment amendment = Propose(Lower(1, "24"));
  EXPECT_EQ(amendment.number(), 1);
  v1::ApproveAmendmentRequest approval = Approval(amendment);
  approval.mutable_write()->set_validate_only(true);
  EXPECT_EQ(Do<v1::ApproveAmendmentResponse>(approval, "office").table().amendment_count(), 1);
  EXPECT_EQ(TableOf(kTable).amendment_count(), 0);
  EXPECT_EQ(Approve(amendment).table().amendment_count(), 1);
}

}  // namespace
}  // namespace attain::engine
