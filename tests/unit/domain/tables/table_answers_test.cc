// What a table says of itself is what was declared and done: field by field, after every step (RULES 4).
#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kTable[] = "units/u/tables/t";

class TableAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("u", "t", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  }
  template <typename Response, typename Request>
  v1::Table Step(const std::string& actor = "tester") {
    Request request;
    request.set_name(kTable);
    request.set_etag(TableOf(kTable).etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("unclear");
    const v1::Table answer = Do<Response>(request, actor).table();
    EXPECT_EQ(answer.DebugString(), TableOf(kTable).DebugString()) << "the answer is what is stored";
    return answer;
  }
  v1::Table Submit(const std::string& actor = "lead") {
    return Step<v1::SubmitTableResponse, v1::SubmitTableRequest>(actor);
  }
  v1::Table Approve() { return Step<v1::ApproveTableResponse, v1::ApproveTableRequest>("office"); }
  v1::Table Return() { return Step<v1::ReturnTableResponse, v1::ReturnTableRequest>("office"); }
  v1::CreateTableRequest Creation(const std::string& id) {
    v1::CreateTableRequest create;
    create.set_parent("units/u");
    create.set_table_id(id);
    *create.mutable_table() = TableOf(kTable);
    create.mutable_table()->clear_name();
    for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
    return create;
  }
  v1::Table Update(const std::function<void(v1::Table*)>& change) {
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = TableOf(kTable);
    change(update.mutable_table());
    return Do<v1::UpdateTableResponse>(update).table();
  }
  // A second version of profiles/own; the first is a copy of the national one.
  void MakeProfile(bool update, bool rescale = true) {
    v1::GetProfileRequest get;
    get.set_name(update ? "profiles/own" : "profiles/national");
    if (!update) {
      v1::CreateProfileRequest create;
      create.set_profile_id("own");
      *create.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
      Do<v1::CreateProfileResponse>(create);
      return;
    }
    v1::UpdateProfileRequest request;
    request.mutable_update_mask()->add_paths("*");
    *request.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
    request.mutable_profile()->set_rescale_not_applicable(rescale);
    Do<v1::UpdateProfileResponse>(request);
  }
};

TEST_F(TableAnswers, WhatWasDeclaredIsReadBackFieldByField) {
  v1::CreateTableRequest create = Creation("full");
  v1::Table& table = *create.mutable_table();
  table.set_leader("某人");
  table.set_goal("目标");
  table.mutable_budget()->set_fiscal("6");
  table.mutable_budget()->set_other("4");
  table.mutable_budget()->set_adjusted("9");
  table.set_source_text("raw");
  table.mutable_indicators(0)->set_prior_value("7");
  table.mutable_indicators(0)->set_basis("历史标准");
  table.mutable_indicators(0)->set_evidence("报告");
  table.mutable_indicators(1)->set_name("own");
  // What the server alone says, set by a client.
  table.set_state(v1::TABLE_STATE_APPROVED);
  table.set_profile_version(7);
  table.set_return_reason("theirs");
  table.set_submitter("theirs");
  table.set_approve_revision(3);
  table.set_amendment_count(3);
  table.set_amend_revision(3);
  const auto answer = Do<v1::CreateTableResponse>(create);
  const v1::Table stored = TableOf("units/u/tables/full");
  EXPECT_EQ(stored.state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(stored.profile_version(), 1);
  EXPECT_EQ(stored.return_reason(), "");
  EXPECT_EQ(stored.submitter(), "");
  EXPECT_EQ(stored.approve_revision(), 0);
  EXPECT_EQ(stored.amendment_count(), 0);
  EXPECT_EQ(stored.amend_revision(), 0);
  EXPECT_EQ(stored.leader(), "某人");
  EXPECT_EQ(stored.goal(), "目标");
  EXPECT_EQ(stored.budget().ShortDebugString(), table.budget().ShortDebugString());
  EXPECT_EQ(stored.source_text(), "raw");
  EXPECT_EQ(stored.etag(), absl::StrCat(answer.commit().revision()));
  EXPECT_EQ(stored.create_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(stored.update_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(stored.indicators(0).name(), "units/u/tables/full/indicators/i1");
  EXPECT_EQ(stored.indicators(1).name(), "units/u/tables/full/indicators/own");
  for (int row = 0; row < 2; ++row) {
    v1::Indicator sent = table.indicators(row), kept = stored.indicators(row);
    sent.clear_name();
    kept.clear_name();
    EXPECT_EQ(kept.DebugString(), sent.DebugString());
  }
  EXPECT_THAT(answer.findings(), ::testing::Not(::testing::IsEmpty())) << "it says what is odd";
}

TEST_F(TableAnswers, ATableHasTheNationalProfileUnlessItNamesOne) {
  v1::CreateTableRequest create = Creation("own");
  create.mutable_table()->clear_profile();
  EXPECT_EQ(Do<v1::CreateTableResponse>(create).table().profile(), "profiles/national");
  MakeProfile(false);
  EXPECT_EQ(Update([](auto* table) { table->set_profile("profiles/own"); }).profile(), "profiles/own");
  EXPECT_EQ(Update([](auto* table) { table->clear_profile(); }).profile(), "profiles/own")
      << "an update without one keeps it";
}

TEST_F(TableAnswers, ATableIsDeclaredOnceAndUnderAUnitThatIsThere) {
  v1::CreateTableRequest create = Creation("t");
  EXPECT_EQ(ReasonFor<v1::CreateTableResponse>(create), v1::ERROR_REASON_ALREADY_EXISTS);
  create.set_table_id("new");
  create.set_parent("units/nobody");
  EXPECT_EQ(ReasonFor<v1::CreateTableResponse>(create), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  create.set_parent("units/u");
  create.mutable_table()->set_profile("profiles/nobody");
  EXPECT_EQ(ReasonFor<v1::CreateTableResponse>(create), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(TableAnswers, StepsAreToldWithWhoAndWhyAndAnUpdateForgetsNothing) {
  const v1::Table made = TableOf(kTable);
  EXPECT_EQ(Submit().submitter(), "lead");
  const v1::Table returned = Return();
  EXPECT_EQ(returned.state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(returned.return_reason(), "unclear");
  const v1::Table updated = Update([](auto* table) {
    table->set_display_name("新名称");
    table->set_state(v1::TABLE_STATE_APPROVED);
    table->set_return_reason("theirs");
    table->set_submitter("theirs");
    table->set_approve_revision(1);
    table->set_amendment_count(1);
  });
  EXPECT_EQ(updated.DebugString(), TableOf(kTable).DebugString());
  EXPECT_EQ(updated.state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(updated.return_reason(), "unclear");
  EXPECT_EQ(updated.approve_revision(), 0);
  EXPECT_EQ(updated.amendment_count(), 0);
  EXPECT_EQ(updated.create_time().DebugString(), made.create_time().DebugString());
  EXPECT_NE(updated.update_time().DebugString(), made.update_time().DebugString());
  EXPECT_EQ(Submit("other").return_reason(), "") << "it was answered";
  EXPECT_EQ(TableOf(kTable).submitter(), "other");
  const v1::Table approved = Approve();
  EXPECT_EQ(approved.approve_revision(), static_cast<int64_t>(store().head().revision));
  EXPECT_EQ(approved.submitter(), "other");
  EXPECT_EQ(approved.amendment_count(), 0);
}

TEST_F(TableAnswers, AReturnHasAReason) {
  Submit();
  v1::ReturnTableRequest request;
  request.set_name(kTable);
  request.set_etag(TableOf(kTable).etag());
  EXPECT_EQ(ReasonFor<v1::ReturnTableResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
  request.set_reason(std::string(2001, 'x'));
  EXPECT_EQ(ReasonFor<v1::ReturnTableResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
  request.set_reason(std::string(2000, 'x'));
  Do<v1::ReturnTableResponse>(request);
}

TEST_F(TableAnswers, AStepTakesOnlyTheTableThatWasRead) {
  v1::SubmitTableRequest submit;
  submit.set_name(kTable);
  submit.set_etag(TableOf(kTable).etag());
  Update([](auto* table) { table->set_goal("anew"); });
  EXPECT_EQ(ReasonFor<v1::SubmitTableResponse>(submit), v1::ERROR_REASON_STALE_ETAG);
  v1::ApproveTableRequest approve;
  approve.set_name(kTable);
  approve.set_etag(TableOf(kTable).etag());
  Submit();
  EXPECT_EQ(ReasonFor<v1::ApproveTableResponse>(approve), v1::ERROR_REASON_STALE_ETAG);
}

TEST_F(TableAnswers, AnApprovalTakesTheNewestVersionOfTheProfile) {
  MakeProfile(false);
  Update([](auto* table) { table->set_profile("profiles/own"); });
  MakeProfile(true);
  EXPECT_EQ(TableOf(kTable).profile_version(), 1);
  Submit();
  EXPECT_EQ(Approve().profile_version(), 2);
  EXPECT_EQ(ScoreOf(kTable).profile_version(), 2);
}

TEST_F(TableAnswers, AnUpdateTakesTheNewestVersionOfTheProfile) {
  MakeProfile(false);
  MakeProfile(true);
  EXPECT_EQ(Update([](auto* table) { table->set_profile("profiles/own"); }).profile_version(), 2);
}

TEST_F(TableAnswers, AnApprovalLooksAtATableAgainWhenItsProfileHasChanged) {
  MakeProfile(false);
  Update([](auto* table) {
    table->set_profile("profiles/own");
    table->mutable_indicators(1)->set_not_applicable(true);
  });
  Submit();
  MakeProfile(true, /*rescale=*/false);
  v1::ApproveTableRequest approve;
  approve.set_name(kTable);
  approve.set_etag(TableOf(kTable).etag());
  v1::ApproveTableResponse response;
  const absl::Status refused = Try(approve, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_VALIDATION_FAILED);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("Under the newest version of its profile"));
  EXPECT_EQ(TableOf(kTable).state(), v1::TABLE_STATE_SUBMITTED);
}

TEST_F(TableAnswers, AnUpdateSaysWhatIsOdd) {
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = TableOf(kTable);
  update.mutable_table()->mutable_indicators(0)->set_weight("44");
  const auto answer = Do<v1::UpdateTableResponse>(update);
  ASSERT_GT(answer.findings_size(), 0);
  EXPECT_EQ(answer.findings(0).code(), "WEIGHT_SUM");
  EXPECT_EQ(answer.findings(0).severity(), v1::SEVERITY_ERROR);
  v1::LintTableRequest lint;
  lint.set_name(kTable);
  v1::LintTableResponse zh, en;
  ASSERT_TRUE(engine().Read(lint, &zh, {"reader", "zh-CN", ""}).ok());
  ASSERT_TRUE(engine().Read(lint, &en, {"reader", "en", ""}).ok());
  EXPECT_THAT(en.findings(0).message(), HasSubstr("The weights sum to"));
  EXPECT_NE(zh.findings(0).message(), en.findings(0).message());
  EXPECT_EQ(en.read().revision(), static_cast<int64_t>(store().head().revision));
}

TEST_F(TableAnswers, TheTextThatATableWasReadFromIsItsOwnAndStays) {
  const auto table = [](const char* name) {
    return absl::StrCat("项目支出绩效目标表\n(2024 年)\n预算单位\t甲局\n项目名称\t", name,
                        "\n年度资金总额\t10\n一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n产出\t数量"
                        "\t人次\t≥300 人次\t90\t按照正常比例赋分\n");
  };
  v1::ImportDocumentRequest import;
  import.set_content(absl::StrCat(table("培训"), table("会议")));
  import.set_unit("units/two");
  const auto answer = Do<v1::ImportDocumentResponse>(import);
  ASSERT_EQ(answer.tables_size(), 2);
  for (const v1::Table& each : answer.tables()) {
    const std::string text = TableOf(each.name()).source_text();
    EXPECT_THAT(text, HasSubstr(each.display_name()));
    EXPECT_THAT(text, ::testing::Not(HasSubstr(each.display_name() == "培训" ? "会议" : "培训")));
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = TableOf(each.name());
    update.mutable_table()->set_goal("anew");
    Do<v1::UpdateTableResponse>(update);
    EXPECT_EQ(TableOf(each.name()).source_text(), text) << "an update keeps it";
  }
  EXPECT_EQ(TableOf(kTable).source_text(), "") << "typed in";
}

TEST_F(TableAnswers, AListHasItsTablesTheirNumberAndItsRevision) {
  MakeTable("u", "s", 2);
  MakeTable("v", "t", 2);
  v1::ListTablesRequest list;
  const auto names = [&](const std::string& parent) {
    list.set_parent(parent);
    const auto answer = Ask<v1::ListTablesResponse>(list);
    EXPECT_EQ(answer.total_size(), answer.tables_size());
    EXPECT_EQ(answer.read().revision(), static_cast<int64_t>(store().head().revision));
    std::vector<std::string> all;
    for (const v1::Table& table : answer.tables()) {
      all.push_back(table.name());
      EXPECT_EQ(table.DebugString(), TableOf(table.name()).DebugString());
    }
    return all;
  };
  EXPECT_THAT(names("units/u"), ElementsAre("units/u/tables/s", "units/u/tables/t"));
  EXPECT_THAT(names("units/-"), ElementsAre("units/u/tables/s", "units/u/tables/t", "units/v/tables/t"));
  list.set_filter("state = DRAFT");
  EXPECT_THAT(names("units/-"), ElementsAre("units/u/tables/t"));
  list.set_parent("units/nobody");
  EXPECT_EQ(WhyNotRead<v1::ListTablesResponse>(list), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  v1::ListAmendmentsRequest amendments;
  amendments.set_parent("units/u/tables/none");
  EXPECT_EQ(WhyNotRead<v1::ListAmendmentsResponse>(amendments), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

}  // namespace
}  // namespace attain::engine
