// The life of a table, etags, lists (RULES 4; AIP-154, 158, 160).
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

constexpr char kTable[] = "units/a/tables/t";

class Tables : public EngineFixture {
 protected:
  void SetUp() override { Open(); }

  v1::Table Get(const std::string& name = kTable) {
    v1::GetTableRequest request;
    request.set_name(name);
    return Ask<v1::GetTableResponse>(request).table();
  }
  template <typename Request>
  Request Verb() {
    Request request;
    request.set_name(kTable);
    request.set_etag(Get().etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("unclear");
    return request;
  }
  // The reason of refusal of each verb in the state the table is in; "" = accepted would be a surprise.
  template <typename Request, typename Response>
  void ExpectWrongState() {
    const uint64_t head = store().head().revision;
    EXPECT_EQ(ReasonFor<Response>(Verb<Request>()), v1::ERROR_REASON_WRONG_STATE)
        << Request::descriptor()->name();
    EXPECT_EQ(store().head().revision, head);
  }
};

TEST_F(Tables, EveryVerbHasItsState) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  ExpectWrongState<v1::ApproveTableRequest, v1::ApproveTableResponse>();
  ExpectWrongState<v1::ReturnTableRequest, v1::ReturnTableResponse>();
  ExpectWrongState<v1::WithdrawTableRequest, v1::WithdrawTableResponse>();
  ExpectWrongState<v1::CloseTableRequest, v1::CloseTableResponse>();
  Do<v1::SubmitTableResponse>(Verb<v1::SubmitTableRequest>());
  ExpectWrongState<v1::SubmitTableRequest, v1::SubmitTableResponse>();
  ExpectWrongState<v1::CloseTableRequest, v1::CloseTableResponse>();
  Do<v1::ReturnTableResponse>(Verb<v1::ReturnTableRequest>());
  EXPECT_EQ(Get().state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(Get().return_reason(), "unclear");
  Do<v1::SubmitTableResponse>(Verb<v1::SubmitTableRequest>());
  Do<v1::WithdrawTableResponse>(Verb<v1::WithdrawTableRequest>());
  Do<v1::SubmitTableResponse>(Verb<v1::SubmitTableRequest>());
  Do<v1::ApproveTableResponse>(Verb<v1::ApproveTableRequest>());
  ExpectWrongState<v1::SubmitTableRequest, v1::SubmitTableResponse>();
  ExpectWrongState<v1::ApproveTableRequest, v1::ApproveTableResponse>();
  ExpectWrongState<v1::ReturnTableRequest, v1::ReturnTableResponse>();
  Do<v1::CloseTableResponse>(Verb<v1::CloseTableRequest>());
  ExpectWrongState<v1::CloseTableRequest, v1::CloseTableResponse>();
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest("units/a/tables/t/indicators/i1", "3")),
            v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(Get().state(), v1::TABLE_STATE_CLOSED);
}

TEST_F(Tables, OnlyADraftIsUpdatedAndOnlyByWhoReadIt) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = Get();
  update.mutable_table()->set_display_name("新名称");
  Do<v1::UpdateTableResponse>(update);
  EXPECT_EQ(Get().display_name(), "新名称");
  EXPECT_EQ(ReasonFor<v1::UpdateTableResponse>(update), v1::ERROR_REASON_STALE_ETAG);
  v1::UpdateTableResponse response;
  EXPECT_EQ(Try(update, &response).code(), absl::StatusCode::kAborted);
  Do<v1::SubmitTableResponse>(Verb<v1::SubmitTableRequest>());
  *update.mutable_table() = Get();
  EXPECT_EQ(ReasonFor<v1::UpdateTableResponse>(update), v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(Tables, ATableWithErrorsIsNotSubmitted) {
  MakeTable("a", "t", 4, v1::ACCUMULATION_LATEST, /*approve=*/false);  // 4 × 22 points
  EXPECT_EQ(ReasonFor<v1::SubmitTableResponse>(Verb<v1::SubmitTableRequest>()),
            v1::ERROR_REASON_VALIDATION_FAILED);
  EXPECT_EQ(Get().state(), v1::TABLE_STATE_DRAFT);
}

TEST_F(Tables, AnIdIsUsedOnce) {
  MakeTable("a", "t", 3);
  v1::CreateUnitRequest unit;
  unit.set_unit_id("a");
  unit.mutable_unit()->set_display_name("again");
  EXPECT_EQ(ReasonFor<v1::CreateUnitResponse>(unit), v1::ERROR_REASON_ALREADY_EXISTS);
  unit.set_unit_id("Ä");
  EXPECT_NE(ReasonFor<v1::CreateUnitResponse>(unit), v1::ERROR_REASON_UNSPECIFIED);
}

TEST_F(Tables, NextYearsDocumentStandsBesideThisYears) {
  const std::string header =
      "项目支出绩效目标表\n(%d 年)\n预算单位\t甲局\n项目名称\t培训\n年度资金总额\t10\n";
  const std::string rows =
      "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n产出\t数量\t人次\t≥300 "
      "人次\t90\t按照正常比例赋分\n";
  const auto import = [&](const char* year) {
    v1::ImportDocumentRequest request;
    request.set_content(absl::StrReplaceAll(header, {{"%d", year}}) + rows);
    v1::ImportDocumentResponse response;
    const absl::Status status = Try(request, &response);
    if (!status.ok()) return v1::ErrorReason_Name(ReasonOf(status));
    return response.tables_size() > 0 ? response.tables(0).name()
                                      : absl::StrCat("there: ", response.existing_tables(0));
  };
  EXPECT_EQ(import("2024"), "units/unit1/tables/p1");
  EXPECT_EQ(import("2025"), "units/unit1/tables/p1-2025") << "the same unit by its name, another year";
  EXPECT_EQ(import("2025"), "there: units/unit1/tables/p1-2025");
}

TEST_F(Tables, AWeightHasBounds) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  for (const char* weight : {"1000.1", "9.00001", "1000000"}) {
    *update.mutable_table() = Get();
    update.mutable_table()->mutable_indicators(0)->set_weight(weight);
    EXPECT_EQ(ReasonFor<v1::UpdateTableResponse>(update), v1::ERROR_REASON_NUMBER_OUT_OF_RANGE) << weight;
  }
  *update.mutable_table() = Get();
  update.mutable_table()->mutable_indicators(0)->mutable_rule()->mutable_options()->set_score_decimals(3);
  EXPECT_EQ(ReasonFor<v1::UpdateTableResponse>(update), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Tables, PagesShowOneSnapshotWhateverIsWrittenMeanwhile) {
  for (int i = 0; i < 7; ++i) MakeTable("a", absl::StrCat("t", i), 3);
  v1::ListTablesRequest list;
  list.set_parent("units/a");
  list.set_page_size(3);
  std::vector<std::string> seen;
  int64_t revision = 0;
  do {
    const auto page = Ask<v1::ListTablesResponse>(list);
    for (const v1::Table& table : page.tables()) seen.push_back(table.name());
    if (revision != 0) {
      EXPECT_EQ(page.read().revision(), revision);
    }
    revision = page.read().revision();
    list.set_page_token(page.next_page_token());
    MakeTable("a", absl::StrCat("s", seen.size()), 3);
  } while (!list.page_token().empty());
  EXPECT_THAT(seen, ::testing::ElementsAre("units/a/tables/t0", "units/a/tables/t1", "units/a/tables/t2",
                                           "units/a/tables/t3", "units/a/tables/t4", "units/a/tables/t5",
                                           "units/a/tables/t6"));
}

TEST_F(Tables, APageTokenOfAnotherQuestionIsRefused) {
  for (int i = 0; i < 3; ++i) MakeTable("a", absl::StrCat("t", i), 3);
  v1::ListTablesRequest list;
  list.set_parent("units/a");
  list.set_page_size(1);
  const std::string token = Ask<v1::ListTablesResponse>(list).next_page_token();
  ASSERT_FALSE(token.empty());
  const auto reason = [&](const v1::ListTablesRequest& request) {
    v1::ListTablesResponse response;
    return ReasonOf(engine().Read(request, &response, {"r", "en", ""}));
  };
  list.set_page_token(token);
  list.set_filter("fiscal_year = 2023");
  EXPECT_EQ(reason(list), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  list.clear_filter();
  for (size_t i = 0; i < token.size(); ++i) {
    std::string tampered = token;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    list.set_page_token(tampered);
    EXPECT_EQ(reason(list), v1::ERROR_REASON_INVALID_PAGE_TOKEN) << i;
  }
}

TEST_F(Tables, FiltersAndOrdersAreOneGrammar) {
  MakeTable("a", "t1", 3);
  MakeTable("a", "t2", 3);
  Report("units/a/tables/t2/indicators/i1", "30");
  v1::ListScoresRequest list;
  list.set_parent("units/a");
  list.set_order_by("score desc");
  const auto names = [&] {
    std::string all;
    const auto answer = Ask<v1::ListScoresResponse>(list);
    for (const v1::Score& score : answer.scores()) absl::StrAppend(&all, score.display_name(), " ");
    return all;
  };
  EXPECT_EQ(names(), "t2 t1 ");
  list.set_order_by("display_name");
  EXPECT_EQ(names(), "t1 t2 ");
  list.set_filter("score >= 30");
  EXPECT_EQ(names(), "t2 ");
  list.set_filter("score < 30 OR display_name = \"t2\"");
  EXPECT_EQ(names(), "t1 t2 ");
  list.set_filter("NOT reported_count = 0 AND fiscal_year = 2024");
  EXPECT_EQ(names(), "t2 ");
  for (const char* wrong :
       {"score >=", "nonsense = 1", "score = ", "(score = 1", "score ! 1", "score = 1 AND", "\""}) {
    list.set_filter(wrong);
    v1::ListScoresResponse response;
    EXPECT_EQ(ReasonOf(engine().Read(list, &response, {"r", "en", ""})), v1::ERROR_REASON_INVALID_FILTER)
        << wrong;
  }
}

TEST_F(Tables, AFilterTakesOnlyValuesThatAFieldHas) {
  MakeTable("a", "t1", 3);
  v1::ListTablesRequest list;
  list.set_parent("units/a");
  const auto found = [&](const std::string& filter) {
    list.set_filter(filter);
    return Ask<v1::ListTablesResponse>(list).tables_size();
  };
  EXPECT_EQ(found("state = APPROVED"), 1);
  EXPECT_EQ(found("state = approved"), 1);
  EXPECT_EQ(found("state = TABLE_STATE_APPROVED"), 1);
  EXPECT_EQ(found("state != draft"), 1);
  EXPECT_EQ(found("state : appr"), 1);
  EXPECT_EQ(found("state = draft"), 0);
  EXPECT_EQ(found("state = 已批准"), 1);
  const auto why = [&](const std::string& filter, const char* locale) {
    list.set_filter(filter);
    v1::ListTablesResponse response;
    const absl::Status refused = engine().Read(list, &response, {"r", locale, ""});
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FILTER) << filter;
    return MessageOf(refused, locale);
  };
  EXPECT_EQ(why("fiscal_year = 2024 AND kind = FOO", "en"),
            "At byte 31: field kind has no value \"FOO\". Values: UNIT, PROJECT");
  EXPECT_EQ(why("state = 完毕", "zh-CN"),
            "第 9 个字节处：字段 state 没有值 “完毕”。可用的值：DRAFT, SUBMITTED, APPROVED, CLOSED");
  EXPECT_EQ(why("fiscal_year < x", "en"),
            "At byte 15: field fiscal_year has no value \"x\". Values: 0, 1, 2, …");
  EXPECT_THAT(why("state : foo", "en"), ::testing::HasSubstr("no value \"foo\""));
  EXPECT_THAT(why("状态 = DRAFT", "en"),
              ::testing::HasSubstr("At byte 1: there is no field \"状态\". Fields: "));
  EXPECT_THAT(why("= DRAFT", "en"), ::testing::HasSubstr("a field name is missing"));
  EXPECT_THAT(why("display_name = \"培训\" )", "en"), ::testing::HasSubstr("At byte 25: "));
  EXPECT_THAT(why("(display_name = 培训", "en"),
              ::testing::HasSubstr("At byte 23: a closing bracket is missing"));
}

TEST_F(Tables, AFilterReadsDaysAsOfficesWriteThem) {
  MakeTable("a", "t", 3);
  Report("units/a/tables/t/indicators/i1", "3", "2024-12-01");
  v1::ListActualsRequest list;
  list.set_parent("units/a/tables/t/indicators/-");
  const auto found = [&](const std::string& filter) {
    list.set_filter(filter);
    return Ask<v1::ListActualsResponse>(list).actuals_size();
  };
  EXPECT_EQ(found("date < 2024/6/1"), 0);
  EXPECT_EQ(found("date > \"2024年6月1日\""), 1);
}

TEST_F(Tables, AnOrderNamesAFieldOnceAndIsShort) {
  MakeTable("a", "t", 3);
  v1::ListScoresRequest list;
  list.set_parent("units/a");
  list.set_order_by("score desc, name");
  EXPECT_EQ(Ask<v1::ListScoresResponse>(list).scores_size(), 1);
  const auto refused = [&](const std::string& order) {
    list.set_order_by(order);
    v1::ListScoresResponse response;
    return ReasonOf(engine().Read(list, &response, {"reader", "en", ""}));
  };
  EXPECT_EQ(refused("score desc, name, score"), v1::ERROR_REASON_INVALID_FILTER)
      << "each further key costs time and orders nothing";
  EXPECT_EQ(refused(std::string(3'000, ' ') + "score"), v1::ERROR_REASON_INVALID_FILTER);
}

TEST_F(Tables, NoUnitIsAboveItself) {
  MakeTable("a", "t", 3);
  MakeTable("b", "t", 3);
  MakeTable("c", "t", 3);
  const auto put_under = [&](const std::string& unit, const std::string& parent) {
    v1::GetUnitRequest get;
    get.set_name(unit);
    v1::UpdateUnitRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_unit() = Ask<v1::GetUnitResponse>(get).unit();
    update.mutable_unit()->set_parent(parent);
    v1::UpdateUnitResponse response;
    return Try(update, &response);
  };
  EXPECT_TRUE(put_under("units/b", "units/a").ok());
  EXPECT_TRUE(put_under("units/c", "units/b").ok());
  EXPECT_EQ(ReasonOf(put_under("units/a", "units/c")), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(ReasonOf(put_under("units/a", "units/a")), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_TRUE(put_under("units/c", "units/a").ok());
}

TEST_F(Tables, RefusalsSpeakChineseOfStates) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::ApproveTableResponse response;
  const absl::Status refused = Try(Verb<v1::ApproveTableRequest>(), &response);
  EXPECT_EQ(MessageOf(refused, "zh-CN"), "“t”目前是“草稿”，此操作只能在“已提交”状态下进行。");
  EXPECT_EQ(MessageOf(refused, "en"), "units/a/tables/t is DRAFT; this works only while it is SUBMITTED.");
}

TEST_F(Tables, AMissingFieldIsNamedOnce) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = Get();
  update.mutable_table()->clear_display_name();
  v1::UpdateTableResponse response;
  EXPECT_EQ(MessageOf(Try(update, &response), "en"), "table.display_name is required.");
  update.mutable_table()->mutable_indicators(0)->clear_display_name();
  EXPECT_EQ(MessageOf(Try(update, &response), "en"),
            "2 fields are wrong; the first, table.display_name: Required.");
}

}  // namespace
}  // namespace attain::engine
