// What an import makes of a document is read back field by field; lists, second copies and slips have their
// borders (RULES 8, 9, 11).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "service/domain/import/form_scores.h"
#include "service/domain/import/parsed_table.h"
#include "service/domain/import/table_comparison.h"
#include "service/model/mirror.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using scoring::Decimal;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Decimal Number(const char* text) {
  return *Decimal::Parse(text);
}

// Every field of a parsed table in the table that is declared.
TEST(ParsedTable, BecomesADeclarationFieldByField) {
  importing::ParsedTable parsed;
  parsed.kind = importing::ParsedTable::Kind::kUnit;
  parsed.name = "甲局";
  parsed.fiscal_year = 2024;
  parsed.leader = "某人";
  parsed.goal = "目标";
  parsed.total = Number("10");
  parsed.fiscal = Number("6");
  parsed.other = Number("4");
  parsed.raw = "raw";
  importing::ParsedIndicator& row = parsed.indicators.emplace_back();
  row.level1 = "产出";
  row.level2 = "数量";
  row.name = "人次";
  row.comparator = scoring::Comparator::kAtMost;
  row.target = Number("30");
  row.unit = "人";
  row.target_text = "words";
  row.basis = "依据";
  row.prior_value = Number("25");
  row.prior_text = "上年";
  row.weight = Number("45");
  row.rule = scoring::RuleKind::kDirect;
  row.rule_text = "规则";
  row.evidence = "佐证";
  row.accumulation = importing::Accumulation::kSum;
  row.allow_negative = true;
  row.not_applicable = true;
  row.options.direct_deduction = Number("2");
  row.options.pass_gate = Number("0.6");
  row.options.deduct_per_missing = Number("3");
  row.options.score_decimals = 1;
  row.options.equal_mode = scoring::EqualMode::kStrict;
  row.options.steps.push_back({Number("90"), true, Number("1")});
  row.options.over_tiers.push_back({Number("1.5"), Number("0.9")});
  row.options.over_deviation_limit = Number("1.2");
  row.options.over_deviation_slope = Number("1");
  row.options.over_deviation_floor = Number("0.5");
  parsed.indicators.emplace_back();
  const v1::Table table = ToPublic(parsed, "profiles/own");
  EXPECT_EQ(table.kind(), v1::TABLE_KIND_UNIT);
  EXPECT_EQ(table.display_name(), "甲局");
  EXPECT_EQ(table.fiscal_year(), 2024);
  EXPECT_EQ(table.leader(), "某人");
  EXPECT_EQ(table.goal(), "目标");
  EXPECT_EQ(table.budget().total(), "10");
  EXPECT_EQ(table.budget().fiscal(), "6");
  EXPECT_EQ(table.budget().other(), "4");
  EXPECT_EQ(table.profile(), "profiles/own");
  EXPECT_EQ(table.source_text(), "raw");
  const v1::Indicator& made = table.indicators(0);
  EXPECT_EQ(made.level1(), "产出");
  EXPECT_EQ(made.level2(), "数量");
  EXPECT_EQ(made.display_name(), "人次");
  EXPECT_EQ(made.target().comparator(), v1::COMPARATOR_AT_MOST);
  EXPECT_EQ(made.target().value(), "30");
  EXPECT_EQ(made.target().unit(), "人");
  EXPECT_EQ(made.target().text(), "words");
  EXPECT_EQ(made.basis(), "依据");
  EXPECT_EQ(made.prior_value(), "25");
  EXPECT_EQ(made.prior_text(), "上年");
  EXPECT_EQ(made.weight(), "45");
  EXPECT_EQ(made.rule().kind(), v1::RULE_KIND_DIRECT);
  EXPECT_EQ(made.rule().text(), "规则");
  EXPECT_EQ(made.evidence(), "佐证");
  EXPECT_EQ(made.accumulation(), v1::ACCUMULATION_SUM);
  EXPECT_TRUE(made.allow_negative());
  EXPECT_TRUE(made.not_applicable());
  const v1::RuleOptions& options = made.rule().options();
  EXPECT_EQ(options.direct_deduction(), "2");
  EXPECT_EQ(options.pass_gate(), "0.6");
  EXPECT_EQ(options.deduct_per_missing(), "3");
  EXPECT_EQ(options.score_decimals(), 1);
  EXPECT_EQ(options.equal_mode(), v1::EQUAL_MODE_STRICT);
  EXPECT_EQ(options.steps(0).from(), "90");
  EXPECT_TRUE(options.steps(0).from_inclusive());
  EXPECT_EQ(options.steps(0).factor(), "1");
  EXPECT_EQ(options.over_tiers(0).from_ratio(), "1.5");
  EXPECT_EQ(options.over_tiers(0).factor(), "0.9");
  EXPECT_EQ(options.over_deviation_limit(), "1.2");
  EXPECT_EQ(options.over_deviation_slope(), "1");
  EXPECT_EQ(options.over_deviation_floor(), "0.5");
  EXPECT_FALSE(table.indicators(1).rule().has_options()) << "a rule without options gets none";
}

// "CODE row message" of what a second copy of a table tells.
class SecondCopy : public ::testing::Test {
 protected:
  SecondCopy() {
    there_.set_display_name("培训");
    there_.set_fiscal_year(2024);
    there_.mutable_budget()->set_total("10");
    for (const char* name : {"人次", "合格率"}) {
      disk::IndicatorState* row = there_.add_indicators();
      row->set_level1("产出");
      row->set_level2("数量");
      row->set_display_name(name);
      row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
      row->mutable_target()->set_value("30");
      row->mutable_target()->set_unit("个");
      row->set_weight("45");
    }
    coming_ = there_;
  }
  std::vector<std::string> Told() {
    std::vector<importing::Finding> findings;
    TellSameTable(there_, coming_, "TABLE_EXISTS", {"某处", "somewhere"}, {}, &findings);
    std::vector<std::string> told;
    for (const importing::Finding& finding : findings) {
      told.push_back(absl::StrCat(finding.code, " ", finding.place.row, " ",
                                  finding.points.has_value() ? finding.points->ToString() : "", " ",
                                  finding.message.en));
    }
    return told;
  }
  disk::IndicatorState* Row(int row) { return coming_.mutable_indicators(row); }

  disk::TableState there_, coming_;
};

TEST_F(SecondCopy, IsTheSameHoweverItsFiguresAreWritten) {
  Row(0)->mutable_target()->set_value("30.0");
  Row(0)->set_weight("45.00");
  coming_.mutable_budget()->set_total("10.00");
  EXPECT_THAT(Told(),
              ElementsAre("TABLE_EXISTS 0  \"培训\" of 2024 is somewhere already and was not imported "
                          "again. Its rows are the same."));
}

TEST_F(SecondCopy, TellsEachCellThatDiffersWithBothFigures) {
  Row(0)->mutable_target()->set_value("31");
  Row(1)->set_weight("40");
  EXPECT_THAT(Told(),
              ElementsAre(HasSubstr("Rows that differ: 2."),
                          "TABLE_ROW_DIFFERS 1 45 \"人次\": the target was ≥30 个, the document has ≥31 个.",
                          "TABLE_ROW_DIFFERS 2 40 \"合格率\": the weight was 45, the document has 40."));
  coming_ = there_;
  Row(0)->mutable_target()->set_comparator(v1::COMPARATOR_EQUAL);
  EXPECT_THAT(Told(), Contains(HasSubstr("\"人次\": the target was ≥30 个")));
  coming_ = there_;
  Row(0)->mutable_target()->set_unit("次");
  EXPECT_THAT(Told(), Contains(HasSubstr("the document has ≥30 次")));
  coming_ = there_;
  coming_.mutable_budget()->set_total("12");
  EXPECT_THAT(Told(), ElementsAre(HasSubstr("; the budget was 10, the document has 12.")));
}

TEST_F(SecondCopy, WritesEveryComparatorWithItsOwnSign) {
  for (const auto& [comparator, sign] : {std::pair(v1::COMPARATOR_AT_LEAST, "≥30 个"),
                                         {v1::COMPARATOR_GREATER, ">30 个"},
                                         {v1::COMPARATOR_EQUAL, "=30 个"},
                                         {v1::COMPARATOR_AT_MOST, "≤30 个"},
                                         {v1::COMPARATOR_LESS, "<30 个"}}) {
    coming_ = there_;
    Row(0)->mutable_target()->set_comparator(comparator);
    Row(0)->set_weight("44");  // so that each of them differs
    Row(0)->mutable_target()->set_value("30");
    there_.mutable_indicators(0)->mutable_target()->set_value("29");
    EXPECT_THAT(Told(), Contains(HasSubstr(absl::StrCat("the document has ", sign))));
  }
}

TEST_F(SecondCopy, TellsRowsThatOneOfThemLacksAndARowThatStandsTwice) {
  coming_.mutable_indicators()->RemoveLast();
  EXPECT_THAT(Told(), Contains("TABLE_ROW_DIFFERS 0 45 \"合格率\": the document does not have this row."));
  coming_ = there_;
  coming_.add_indicators()->set_display_name("满意度");
  EXPECT_THAT(Told(), Contains("TABLE_ROW_DIFFERS 3  \"满意度\": the table that is there has no such row."));
  coming_ = there_;
  *coming_.add_indicators() = there_.indicators(0);
  EXPECT_THAT(Told(), Contains("TABLE_ROW_DIFFERS 3 45 \"人次\": the table that is there has no such row."));
}

TEST_F(SecondCopy, TellsTwentyRowsAndCountsTheRest) {
  const auto make = [&](int rows) {
    there_.clear_indicators();
    for (int i = 0; i < rows; ++i) there_.add_indicators()->set_display_name(absl::StrCat("第", i, "行"));
    coming_ = there_;
    coming_.clear_indicators();
    return Told();
  };
  EXPECT_THAT(make(20), SizeIs(21));
  EXPECT_THAT(make(21), SizeIs(22));
  EXPECT_THAT(make(25).back(), HasSubstr("5 more rows differ"));
}

TEST(FormScore, IsComparedWithAsManyDecimalsAsTheFormHas) {
  const auto differs = [](const char* typed, int decimals, const char* ours) {
    std::vector<importing::Finding> findings;
    const bool told = CompareScore({}, typed, decimals, Number(ours), &findings);
    EXPECT_EQ(findings.size(), told ? 1u : 0u);
    return told ? findings[0].points->ToString() : std::string("same");
  };
  EXPECT_EQ(differs("19.6", 1, "19.64"), "same") << "the form's own rounding";
  EXPECT_EQ(differs("19.6", 1, "19.65"), "0.05");
  EXPECT_EQ(differs("19.6", 2, "19.64"), "0.04");
  EXPECT_EQ(differs("20", 0, "19.5"), "0.5") << "without decimals nothing is rounded";
  EXPECT_EQ(differs("19", 0, "19.5"), "0.5") << "a distance has no sign";
  EXPECT_EQ(differs("19.5分", 1, "19.5"), "same");
  EXPECT_EQ(differs("words", 1, "19.5"), "same");
  EXPECT_EQ(TypedPoints("２０ 分")->ToString(), "20");
  EXPECT_FALSE(TypedPoints("").has_value());
  scoring::Indicator indicator;
  for (const auto& [rule, takes] : {std::pair(scoring::RuleKind::kRating, true),
                                    {scoring::RuleKind::kManual, true},
                                    {scoring::RuleKind::kProportional, false},
                                    {scoring::RuleKind::kDirect, false}}) {
    indicator.rule = rule;
    EXPECT_EQ(TakesTypedScore(indicator), takes);
  }
}

constexpr char kRows[] =
    "产出指标\t数量指标\t培训场次\t≥12 场\t13 场\t20\t20\t\n"
    "产出指标\t数量指标\t培训人次\t≥600 人次\t588 人次\t20\t19.6\t线上人次未计入\n"
    "产出指标\t质量指标\t合格率\t≥95%\t96.4%\t20\t20\t\n"
    "效益指标\t社会效益指标\t知晓程度\t明显提升\t达成年度指标\t20\t19\t\n"
    "满意度指标\t服务对象满意度指标\t满意度\t≥90%\t93%\t10\t10\t\n";

std::string Form(const std::string& rows = kRows, const std::string& project = "培训项目",
                 const std::string& year = "2024", const std::string& spent = "45.60") {
  return absl::StrCat(
      "项目支出绩效自评表\n（", year, "年度）\n项目名称\t", project,
      "\n实施单位\t甲中心\n项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
      "年度资金总额\t50.00\t48.00\t",
      spent,
      "\t10\t95%\t9.50\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t"
      "偏差原因分析及改进措施\n",
      rows, "总分\t\t\t\t\t100\t98.10\t等级：优\n");
}

class ImportAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
  }
  // The form's table in force.
  void Declare(const std::string& form = Form()) {
    v1::ImportDocumentRequest request;
    request.set_content(form);
    request.set_goal(v1::IMPORT_GOAL_APPROVE);
    const auto response = Do<v1::ImportDocumentResponse>(request);
    ASSERT_THAT(response.tables(), SizeIs(1));
    table_ = response.tables(0).name();
  }
  v1::ImportDocumentRequest Request(const std::string& content,
                                    v1::DocumentUse use = v1::DOCUMENT_USE_SELF_EVALUATION) {
    v1::ImportDocumentRequest request;
    request.set_content(content);
    request.set_use(use);
    request.set_file_name("form.txt");
    return request;
  }
  v1::ImportDocumentResponse Dry(v1::ImportDocumentRequest request) {
    request.mutable_write()->set_validate_only(true);
    return Do<v1::ImportDocumentResponse>(request);
  }
  static std::string Codes(const v1::ImportDocumentResponse& response) {
    std::string codes;
    for (const v1::Finding& finding : response.findings())
      absl::StrAppend(&codes, finding.code(), "/", finding.row(), " ");
    return codes;
  }
  static v1::Finding Find(const v1::ImportDocumentResponse& response, const std::string& code) {
    for (const v1::Finding& finding : response.findings()) {
      if (finding.code() == code) return finding;
    }
    ADD_FAILURE() << "no finding " << code << ": " << Codes(response);
    return {};
  }
  std::string Row(int row) { return absl::StrCat(table_, "/indicators/i", row); }
  v1::ListActualsResponse Reports(int row) {
    v1::ListActualsRequest request;
    request.set_parent(Row(row));
    return Ask<v1::ListActualsResponse>(request);
  }
  void CloseTable() {
    v1::CloseTableRequest close;
    close.set_name(table_);
    close.set_etag(TableOf(table_).etag());
    Do<v1::CloseTableResponse>(close);
  }
  v1::ImportDocumentRequest List(const std::string& lines, v1::DocumentUse use = v1::DOCUMENT_USE_ACTUALS) {
    return Request(lines, use);
  }

  std::string table_;
};

TEST_F(ImportAnswers, AFormsFiguresAreKeptWithWhereTheyStood) {
  Declare();
  const auto response = Do<v1::ImportDocumentResponse>(Request(Form()));
  EXPECT_EQ(response.table_count(), 1);
  EXPECT_EQ(response.row_count(), 5);
  EXPECT_EQ(response.already_recorded(), 0);
  const v1::ImportedActual& actual = response.actuals(1);
  EXPECT_EQ(actual.indicator(), Row(2));
  EXPECT_EQ(actual.display_name(), "培训人次");
  EXPECT_EQ(actual.value(), "588 人次");
  EXPECT_EQ(actual.date(), "2024-12-31");
  EXPECT_EQ(actual.table(), 1);
  EXPECT_EQ(actual.row(), 2);
  EXPECT_GT(actual.line(), 0);
  EXPECT_EQ(actual.score(), "19.60");
  EXPECT_EQ(actual.typed_score(), "19.6");
  EXPECT_FALSE(actual.already_recorded());
  const v1::Actual kept = Reports(2).actuals(0);
  EXPECT_EQ(kept.report().value(), "588 人次");
  EXPECT_EQ(kept.report().reason(), "线上人次未计入");
  EXPECT_THAT(kept.report().note(), HasSubstr("form.txt"));
  EXPECT_EQ(Reports(4).actuals(0).report().score(), "19") << "a rating's score is that of the form";
  EXPECT_EQ(Reports(1).actuals(0).report().score(), "") << "a computed one is not";
  EXPECT_EQ(response.spending(0).table(), table_);
  EXPECT_EQ(response.spending(0).display_name(), "培训项目");
  EXPECT_EQ(response.spending(0).spent(), "45.6");
  EXPECT_EQ(response.spending(0).adjusted_budget(), "48");
  EXPECT_EQ(response.spending(0).date(), "2024-12-31");
  EXPECT_EQ(response.scores(0).typed_grade(), "优");
  EXPECT_EQ(response.source().file_name(), "form.txt");
  EXPECT_GT(response.ledger().read(), 0);
  EXPECT_FALSE(response.preview().empty());
}

TEST_F(ImportAnswers, WhatIsThereIsThatOfTheDayTheFigureAndTheScore) {
  Declare();
  Do<v1::ImportDocumentResponse>(Request(Form()));
  const auto again = [&](const std::string& form, const std::string& date = "") {
    v1::ImportDocumentRequest request = Request(form);
    request.set_date(date);
    const auto response = Dry(request);
    std::string there;
    for (const v1::ImportedActual& actual : response.actuals())
      absl::StrAppend(&there, actual.already_recorded() ? "=" : "+");
    for (const v1::ImportedSpending& spending : response.spending())
      absl::StrAppend(&there, " ", spending.already_recorded() ? "=" : "+", spending.spent());
    EXPECT_EQ(response.already_recorded(), std::count(there.begin(), there.end(), '='));
    return there;
  };
  EXPECT_EQ(again(Form()), "===== =45.6");
  EXPECT_EQ(again(Form(), "2024-11-30"), "+++++ +45.6") << "another day";
  EXPECT_EQ(again(absl::StrReplaceAll(Form(), {{"\t19\t", "\t18\t"}})), "===+= =45.6") << "another score";
  EXPECT_EQ(again(absl::StrReplaceAll(Form(), {{"48.00", "47.00"}})), "===== +45.6") << "another budget";
  EXPECT_EQ(again(absl::StrReplaceAll(Form(), {{"45.60", "45.70"}})), "===== +45.7");
  v1::RetractActualRequest retract;
  retract.set_name(Reports(1).actuals(0).name());
  retract.set_change_reason("wrong");
  Do<v1::RetractActualResponse>(retract);
  EXPECT_EQ(again(Form()), "+==== =45.6") << "what was withdrawn is not there";
}

TEST_F(ImportAnswers, AFormIsTakenRowByRowAndSaysWhatItLacks) {
  Declare();
  const std::string twice = absl::StrCat(kRows, "产出指标\t数量指标\t培训场次\t≥12 场\t14 场\t20\t20\t\n");
  const auto double_row = Dry(Request(Form(twice)));
  EXPECT_EQ(Find(double_row, "ACTUAL_TWICE").row(), 6);
  EXPECT_THAT(Find(double_row, "ACTUAL_TWICE").message(), HasSubstr("as row 1;"));
  EXPECT_THAT(double_row.actuals(), SizeIs(5));
  for (const char* nothing : {"—", "-", "/", "无", ""}) {
    const auto response =
        Dry(Request(absl::StrReplaceAll(Form(), {{"\t13 场\t", absl::StrCat("\t", nothing, "\t")}})));
    EXPECT_EQ(Find(response, "ACTUAL_MISSING").row(), 1) << nothing;
    EXPECT_EQ(Find(response, "ACTUAL_MISSING").points(), "20");
    EXPECT_THAT(response.actuals(), SizeIs(4)) << nothing;
  }
  const auto money = Dry(Request(Form(kRows, "培训项目", "2024", "")));
  EXPECT_EQ(Find(money, "SPENDING_MISSING").points(), "10");
  EXPECT_THAT(money.spending(), IsEmpty());
  const auto actuals = Dry(Request(Form(), v1::DOCUMENT_USE_ACTUALS));
  EXPECT_THAT(actuals.spending(), IsEmpty());
  EXPECT_THAT(actuals.actuals(), SizeIs(5));
  const auto spending = Dry(Request(Form(), v1::DOCUMENT_USE_SPENDING));
  EXPECT_THAT(spending.spending(), SizeIs(1));
  EXPECT_THAT(spending.actuals(), IsEmpty());
  const auto assumed = Dry(Request(Form()));
  EXPECT_EQ(Find(assumed, "DATE_ASSUMED").understood(), "2024-12-31");
}

TEST_F(ImportAnswers, SlipsNameTheirRowAndAreAcceptedByTheirCode) {
  Declare();
  const std::string form = absl::StrReplaceAll(Form(), {{"96.4%", "0.964"}});
  const v1::Finding slip = Find(Dry(Request(form)), "VALUE_IS_FRACTION");
  EXPECT_EQ(slip.row(), 3);
  EXPECT_EQ(slip.indicator_name(), "合格率");
  EXPECT_EQ(slip.table_name(), "培训项目");
  EXPECT_EQ(slip.raw(), "0.964");
  v1::ImportDocumentRequest request = Request(form);
  v1::ImportDocumentResponse none;
  const absl::Status refused = Try(request, &none);
  EXPECT_THAT(MessageOf(refused, "en"),
              HasSubstr("1 places cannot be recorded as they stand (VALUE_IS_FRACTION)"));
  request.mutable_write()->add_accept_findings("VALUE_IS_FRACTION");
  EXPECT_THAT(Do<v1::ImportDocumentResponse>(request).actuals(), SizeIs(5));
  const v1::Finding words =
      Find(Dry(Request(absl::StrReplaceAll(Form(), {{"96.4%", "很好"}}))), "ACTUAL_REFUSED");
  EXPECT_EQ(words.row(), 3);
  EXPECT_EQ(words.indicator_name(), "合格率");
  EXPECT_EQ(words.raw(), "很好");
}

TEST_F(ImportAnswers, ScoresThatDifferAreCountedAndShownBesideOurs) {
  Declare();
  const auto response = Dry(Request(absl::StrReplaceAll(
      Form(), {{"\t20\t20\t\n产出指标\t数量指标\t培训人次", "\t20\t18.5\t\n产出指标\t数量指标\t培训人次"},
               {"98.10", "97.00"},
               {"等级：优", "等级：良"}})));
  EXPECT_EQ(response.scores(0).differing(), 1);
  EXPECT_EQ(response.scores(0).typed_points(), "87.10");
  EXPECT_EQ(response.scores(0).points(), "88.60");
  EXPECT_EQ(response.scores(0).typed_score(), "97.00");
  std::vector<std::string> told;
  for (const v1::Finding& finding : response.findings()) {
    if (finding.code() == "SCORE_DIFFERS" || finding.code() == "GRADE_DIFFERS")
      told.push_back(
          absl::StrCat(finding.row(), " ", finding.raw(), " ", finding.understood(), " ", finding.points()));
  }
  EXPECT_THAT(told, ::testing::UnorderedElementsAre("1 18.5 20.00 1.5", "0 97.00 98.10 1.1", "0 良 优 "));
}

TEST_F(ImportAnswers, RowsThatDoNotApplyAreNotMissed) {
  Declare();
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(table_);
  propose.set_etag(TableOf(table_).etag());
  propose.mutable_amendment()->set_reason("cancelled");
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(table_).indicators(0);
  change->mutable_indicator()->set_not_applicable(true);
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  v1::ApproveAmendmentRequest approve;
  approve.set_name(amendment.name());
  approve.set_etag(amendment.etag());
  const std::string rows = std::string(kRows).substr(std::string(kRows).find('\n') + 1);
  EXPECT_THAT(Codes(Dry(Request(Form(rows)))), HasSubstr("INDICATOR_NOT_IN_FORM"));
  Do<v1::ApproveAmendmentResponse>(approve, "office");
  EXPECT_THAT(Codes(Dry(Request(Form(rows)))), Not(HasSubstr("INDICATOR_NOT_IN_FORM")));
}

TEST_F(ImportAnswers, ATableThatTakesNoFiguresIsToldWithWhy) {
  Declare();
  const auto told = [&](const std::string& form, const std::string& code) {
    return Find(Dry(Request(form)), code).message();
  };
  EXPECT_THAT(told(Form(kRows, "培训项目", "2023"), "TABLE_UNMATCHED"),
              HasSubstr("Another year has one of this name."));
  EXPECT_THAT(told(Form(kRows, "无此项目"), "TABLE_UNMATCHED"), Not(HasSubstr("Another year")));
  CloseTable();
  EXPECT_THAT(told(Form(), "TABLE_NOT_IN_FORCE"), HasSubstr("is closed"));
  v1::ImportDocumentRequest draft;
  draft.set_content(Form(kRows, "乙项目"));
  Do<v1::ImportDocumentResponse>(draft);
  EXPECT_THAT(told(Form(kRows, "乙项目"), "TABLE_NOT_IN_FORCE"), HasSubstr("is not in force yet"));
  v1::ImportDocumentRequest nobody = Request(Form());
  nobody.set_unit("units/nobody");
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(nobody), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ImportAnswers, ALineOfAListIsKeptWithAllItsCells) {
  Declare();
  const auto response = Do<v1::ImportDocumentResponse>(List(
      "指标,实际完成值,日期,项目,备注,偏差原因,佐证资料,得分\n培训场次,13 场,2024/6/30,培训项目,电话,下雨,"
      "照片;名单；通知,19\n知晓程度,达成年度指标,2024-06-30,培训项目,,,,18\n"));
  EXPECT_EQ(response.row_count(), 2);
  const v1::ActualReport report = Reports(1).actuals(0).report();
  EXPECT_EQ(report.date(), "2024-06-30");
  EXPECT_EQ(report.note(), "电话");
  EXPECT_EQ(report.reason(), "下雨");
  EXPECT_THAT(report.evidence(), ElementsAre("照片", "名单", "通知"));
  EXPECT_EQ(report.score(), "") << "the rule computes it";
  EXPECT_EQ(Reports(4).actuals(0).report().score(), "18") << "a person types it";
  EXPECT_EQ(response.actuals(0).typed_score(), "19");
  EXPECT_EQ(Find(response, "SCORE_DIFFERS").points(), "1");
  EXPECT_THAT(response.scores(), SizeIs(1)) << "one table";
}

TEST_F(ImportAnswers, AListFindsItsRowsByIdsNamesAndYears) {
  Declare();
  std::string ids = absl::StrReplaceAll(table_, {{"units/", ""}, {"/tables/", "/"}});
  const std::string unit = ids.substr(0, ids.find('/')), id = ids.substr(ids.find('/') + 1);
  const auto found = [&](const std::string& lines, const std::string& in_unit = "") {
    v1::ImportDocumentRequest request = List(absl::StrCat("指标,实际完成值,日期,项目\n", lines));
    if (!in_unit.empty()) request.set_unit(absl::StrCat("units/", in_unit));
    const auto response = Dry(request);
    std::string all;
    for (const v1::ImportedActual& actual : response.actuals())
      absl::StrAppend(&all, actual.indicator().substr(actual.indicator().rfind('/') + 1), " ");
    for (const v1::Finding& finding : response.findings()) {
      if (finding.severity() == v1::SEVERITY_ERROR) absl::StrAppend(&all, finding.code(), " ");
    }
    return all;
  };
  EXPECT_EQ(found(absl::StrCat(ids, "/i1,13,2024-06-30,\n")), "i1 ");
  EXPECT_EQ(found(absl::StrCat(id, "/i1,13,2024-06-30,\n"), unit), "i1 ") << "the request names the unit";
  EXPECT_EQ(found(absl::StrCat("培训场次,13,2024-06-30,", ids, "\n")), "i1 ");
  EXPECT_EQ(found(absl::StrCat("培训场次,13,2024-06-30,", id, "\n"), unit), "i1 ");
  EXPECT_EQ(found(absl::StrCat("培训场次,13,2024-06-30,", table_, "\n")), "i1 ");
  EXPECT_EQ(found("培训场次,13,2024-06-30,\n"), "i1 ") << "one table alone has it";
  EXPECT_EQ(found("培训场次,13,2024-06-30,无此项目\n满意度,93%,2024-06-30,无此项目\n"),
            "TABLE_UNMATCHED TABLE_UNMATCHED ")
      << "each line is told";
  v1::ImportDocumentRequest other;
  other.set_content(Form(kRows, "第二项目"));
  other.set_goal(v1::IMPORT_GOAL_APPROVE);
  Do<v1::ImportDocumentResponse>(other);
  EXPECT_EQ(found("培训场次,13,2024-06-30,\n"), "ACTUAL_AMBIGUOUS ") << "two tables have it";
  v1::ImportDocumentRequest next;
  next.set_content(Form(kRows, "培训项目", "2025"));
  next.set_goal(v1::IMPORT_GOAL_APPROVE);
  Do<v1::ImportDocumentResponse>(next);
  const auto response = Dry(List("指标,实际完成值,日期,项目\n培训场次,13,2025-06-30,培训项目\n"));
  EXPECT_THAT(response.actuals(0).indicator(), HasSubstr("-2025/indicators/i1"))
      << "the line's day says the year";
  EXPECT_EQ(found("培训场次,13,2025-06-30,\n"), "i1 ") << "one table of that year alone has it";
}

TEST_F(ImportAnswers, LinesWithoutADayAreOfTheRequestsDayOrTheYearsLast) {
  Declare();
  v1::ImportDocumentRequest request = List("指标,实际完成值,项目\n培训场次,13,培训项目\n");
  const auto assumed = Dry(request);
  EXPECT_EQ(assumed.actuals(0).date(), "2024-12-31");
  EXPECT_EQ(Find(assumed, "DATE_ASSUMED").understood(), "2024-12-31");
  request.set_date("2024-09-30");
  EXPECT_EQ(Dry(request).actuals(0).date(), "2024-09-30");
  const auto money = Do<v1::ImportDocumentResponse>(
      List("项目,支出,全年预算数,备注\n培训项目,40,47,第一笔\n", v1::DOCUMENT_USE_SPENDING));
  EXPECT_EQ(money.spending(0).spent(), "40");
  EXPECT_EQ(money.spending(0).adjusted_budget(), "47");
  EXPECT_EQ(money.spending(0).date(), "2024-12-31");
  EXPECT_EQ(ScoreOf(table_).adjusted_budget(), "47");
}

TEST_F(ImportAnswers, ADocumentsTablesAreKeptWithWhereTheyCameFrom) {
  v1::ImportDocumentRequest request;
  request.set_content(Form());
  request.set_file_name("目标.txt");
  const auto response = Do<v1::ImportDocumentResponse>(request);
  EXPECT_EQ(response.table_count(), 1);
  EXPECT_EQ(response.row_count(), 5);
  EXPECT_EQ(response.tables(0).state(), v1::TABLE_STATE_DRAFT) << "nobody asked for approval";
  EXPECT_EQ(response.tables(0).profile(), "profiles/national");
  EXPECT_EQ(response.tables(0).budget().total(), "50");
  v1::GetUnitRequest unit;
  unit.set_name(response.tables(0).name().substr(0, response.tables(0).name().find("/tables/")));
  EXPECT_EQ(Ask<v1::GetUnitResponse>(unit).unit().display_name(), "甲中心");
  v1::Table stored = TableOf(response.tables(0).name());
  stored.clear_source_text();
  v1::Table answered = response.tables(0);
  answered.clear_source_text();
  EXPECT_EQ(stored.DebugString(), answered.DebugString());
}

TEST_F(ImportAnswers, AConvertedFigureNamesItsRow) {
  Declare();
  const v1::Finding converted =
      Find(Dry(Request(absl::StrReplaceAll(Form(), {{"588 人次", "0.0588 万人次"}}))), "UNIT_CONVERTED");
  EXPECT_EQ(converted.indicator_name(), "培训人次");
  EXPECT_EQ(converted.row(), 2);
}

TEST_F(ImportAnswers, ALineThatLacksItsValueHoldsTheListUp) {
  Declare();
  v1::ImportDocumentRequest request =
      List("指标名称\t完成值\t项目名称\n培训场次\t13\t培训项目\n合格率\t\t培训项目\n");
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(request), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  request.mutable_write()->add_accept_findings("LIST_LINE_INCOMPLETE");
  EXPECT_THAT(Do<v1::ImportDocumentResponse>(request).actuals(), SizeIs(1));
}

TEST_F(ImportAnswers, ATableIsTheSameHoweverItsNameIsSpaced) {
  Declare(Form(kRows, "培训 项目"));
  v1::ImportDocumentRequest request;
  request.set_content(Form());
  EXPECT_THAT(Dry(request).existing_tables(), ElementsAre(table_));
}

TEST_F(ImportAnswers, TablesOfTwoUnitsInOneDocumentAreTwo) {
  v1::ImportDocumentRequest request;
  request.set_content(absl::StrCat(Form(), "\n", absl::StrReplaceAll(Form(), {{"甲中心", "乙中心"}})));
  const auto response = Dry(request);
  EXPECT_THAT(response.tables(), SizeIs(2));
  EXPECT_THAT(Codes(response), Not(HasSubstr("TABLE_TWICE")));
}

TEST_F(ImportAnswers, NothingIsToldOfTablesThatWereNotAskedFor) {
  v1::ImportDocumentRequest request;
  request.set_content(absl::StrCat(Form(), "\n", Form(kRows, "乙项目")));
  request.add_tables(1);
  const auto response = Dry(request);
  EXPECT_THAT(response.tables(), SizeIs(1));
  for (const v1::Finding& finding : response.findings()) EXPECT_NE(finding.table(), 2) << finding.code();
}

TEST_F(ImportAnswers, WhatKeepsATableOutIsToldAtItsCell) {
  v1::ImportDocumentRequest request;
  request.set_content(absl::StrReplaceAll(Form(), {{"\t10\t10\t\n", "\t5000\t10\t\n"}}));
  const v1::Finding told = Find(Dry(request), "TABLE_NOT_IMPORTED");
  EXPECT_EQ(told.row(), 5);
  EXPECT_EQ(told.indicator_name(), "满意度");
  EXPECT_EQ(told.cell(), "分值权重");
  EXPECT_EQ(told.points(), "5000");
}

TEST_F(ImportAnswers, APreviewStandsForTheProfileOfItsTime) {
  v1::ImportDocumentRequest request;
  request.set_content(Form());
  request.set_preview(Dry(request).preview());
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  Do<v1::UpdateProfileResponse>(update);
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(request), v1::ERROR_REASON_PREVIEW_DIFFERS);
  request.set_preview(Dry(request).preview());
  Do<v1::ImportDocumentResponse>(request);
}

TEST_F(ImportAnswers, ProjectsAreNumberedWithoutTheUnitsOwnTable) {
  ImportSample();
  EXPECT_EQ(TableOf("units/u/tables/unit").kind(), v1::TABLE_KIND_UNIT);
  EXPECT_EQ(TableOf("units/u/tables/p1").kind(), v1::TABLE_KIND_PROJECT);
  EXPECT_EQ(TableOf("units/u/tables/p5").kind(), v1::TABLE_KIND_PROJECT);
}

TEST_F(ImportAnswers, AListBringsRatiosAndDeductions) {
  MakeTableWith("a", "t", 2, [](v1::Table* table) {
    table->mutable_indicators(0)->set_accumulation(v1::ACCUMULATION_RATIO);
    table->mutable_indicators(1)->mutable_rule()->mutable_options()->set_over_mode(
        v1::OVER_ACHIEVEMENT_MODE_MANUAL);
  });
  const auto response = Do<v1::ImportDocumentResponse>(
      List("指标,实际完成值,分子,分母,扣分,日期\na/t/i1,,40,2,,2024-06-30\na/t/i2,40,,,2,2024-06-30\n"));
  ASSERT_THAT(response.actuals(), SizeIs(2)) << Codes(response);
  EXPECT_EQ(response.actuals(0).value(), "40/2");
  EXPECT_EQ(response.actuals(0).score(), "30.00");
  EXPECT_EQ(response.actuals(1).score(), "43.00");
}

TEST_F(ImportAnswers, AListHasAtMostTenThousandLines) {
  Declare();
  std::string lines = "指标,实际完成值,日期,项目\n";
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&lines, "培训场次,13,2024-06-30,无此项目\n");
  EXPECT_THAT(Dry(List(lines)).actuals(), IsEmpty());
  lines += "培训场次,13,2024-06-30,无此项目\n";
  v1::ImportDocumentRequest request = List(lines);
  request.mutable_write()->set_validate_only(true);
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(request), v1::ERROR_REASON_REQUEST_TOO_LARGE);
}

TEST_F(ImportAnswers, AUnitIsFoundByItsNameAndToldOnlyWhenThatIsWrittenOtherwise) {
  Declare();
  v1::ImportDocumentRequest request;
  request.set_content(Form(kRows, "乙项目"));
  EXPECT_THAT(Codes(Dry(request)), Not(HasSubstr("UNIT_NAME_DIFFERS")));
  request.set_content(absl::StrReplaceAll(Form(kRows, "乙项目"), {{"甲中心", "甲 中心"}}));
  const auto response = Dry(request);
  EXPECT_EQ(Find(response, "UNIT_NAME_DIFFERS").understood(), "甲中心");
  EXPECT_EQ(response.tables(0).name().substr(0, response.tables(0).name().find("/tables/")),
            table_.substr(0, table_.find("/tables/")));
}

TEST_F(ImportAnswers, WrongRequestsAreToldByTheirField) {
  Declare();
  v1::ImportDocumentRequest request;
  request.set_content(Form());
  const auto tables = [&](int number) {
    request.clear_tables();
    request.add_tables(number);
    request.mutable_write()->set_validate_only(true);
    v1::ImportDocumentResponse response;
    return ReasonOf(Try(request, &response));
  };
  EXPECT_EQ(tables(0), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(tables(1), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(tables(2), v1::ERROR_REASON_INVALID_FIELD);
  request.clear_tables();
  request.set_file_name("a\x01");
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(request), v1::ERROR_REASON_INVALID_ENCODING);
  request.set_file_name(std::string(256, 'x'));
  EXPECT_EQ(ReasonFor<v1::ImportDocumentResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
  request.set_file_name(std::string(255, 'x'));
  Do<v1::ImportDocumentResponse>(request);
}

}  // namespace
}  // namespace attain::engine
