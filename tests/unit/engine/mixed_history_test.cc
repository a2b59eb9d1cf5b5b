// Random histories over two fiscal years, with every kind of row, dry runs and refused commands in between.
// After every step the engine that made it says the same as one that has just opened the store, a refused or
// dry step changes nothing, rows that add up are added up again from the list of reports, and in the end
// every revision still says what it said when it was the newest.
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "attain/v1/evaluation.pb.h"
#include "gmock/gmock.h"
#include "service/state/rebuild.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr const char* kTables[] = {"units/u/tables/t24", "units/u/tables/t25", "units/v/tables/t24"};
constexpr const char* kUnits[] = {"units/u", "units/v"};

class MixedHistory : public EngineFixture, public ::testing::WithParamInterface<uint64_t> {
 protected:
  void SetUp() override {
    random_.seed(GetParam());
    Open();
    for (const char* unit : {"u", "v"}) {
      v1::CreateUnitRequest request;
      request.set_unit_id(unit);
      request.mutable_unit()->set_display_name(unit);
      Do<v1::CreateUnitResponse>(request);
    }
    MakeTableOf("u", "t24", 2024);
    MakeTableOf("u", "t25", 2025);
    MakeTableOf("v", "t24", 2024);
  }

  // i1 latest, i2 sum, i3 average, i4 ratio, i5 rated, i6 by hand, i7 that does not apply.
  static void AddRows(v1::Table* table) {
    for (int i = 1; i <= 7; ++i) {
      v1::Indicator* row = table->add_indicators();
      row->set_level1(i % 2 == 1 ? "产出" : "效益");
      row->set_level2(i % 2 == 1 ? "数量" : "社会效益");
      row->set_display_name(absl::StrCat("指标", i));
      row->set_weight(i <= 6 ? "14" : "6");
      row->mutable_rule()->set_kind(i == 5   ? v1::RULE_KIND_RATING
                                    : i == 6 ? v1::RULE_KIND_MANUAL
                                             : v1::RULE_KIND_PROPORTIONAL);
      if (i == 5 || i == 6) {
        row->mutable_target()->set_text("达成");
        continue;
      }
      row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
      row->mutable_target()->set_value("90");
      row->mutable_target()->set_unit(i == 4 ? "%" : "个");
      row->set_accumulation(i <= 4 ? static_cast<v1::Accumulation>(i) : v1::ACCUMULATION_LATEST);
      row->set_not_applicable(i == 7);
    }
  }
  v1::CreateTableRequest NewTable(const std::string& unit, const std::string& id, int year) {
    v1::CreateTableRequest create;
    create.set_parent(absl::StrCat("units/", unit));
    create.set_table_id(id);
    create.mutable_table()->set_kind(v1::TABLE_KIND_PROJECT);
    create.mutable_table()->set_display_name(id);
    create.mutable_table()->set_fiscal_year(year);
    create.mutable_table()->set_profile("profiles/national");
    create.mutable_table()->mutable_budget()->set_total("10");
    AddRows(create.mutable_table());
    return create;
  }
  void MakeTableOf(const std::string& unit, const std::string& id, int year) {
    v1::SubmitTableRequest submit;
    submit.set_name(absl::StrCat("units/", unit, "/tables/", id));
    submit.set_etag(Do<v1::CreateTableResponse>(NewTable(unit, id, year)).table().etag());
    v1::ApproveTableRequest approve;
    approve.set_name(submit.name());
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    Do<v1::ApproveTableResponse>(approve, "office");
  }

  int Below(int bound) { return static_cast<int>(random_() % static_cast<uint64_t>(bound)); }
  std::string Table() { return kTables[Below(3)]; }
  static std::string YearOf(const std::string& table) {
    return absl::StrCat("20", table.substr(table.size() - 2));
  }
  std::string DayIn(const std::string& table) {
    return absl::StrCat(YearOf(table), "-0", 1 + Below(9), "-1", Below(10));
  }
  void FillReport(const std::string& table, int row, v1::ActualReport* report) {
    report->set_date(DayIn(table));
    report->set_reason("weather");
    if (row == 4) {
      report->set_numerator(absl::StrCat(1 + Below(40)));
      report->set_denominator(absl::StrCat(50));
    } else {
      report->set_value(absl::StrCat(1 + Below(60), Below(3) == 0 ? ".25" : ""));
    }
  }
  template <typename Request>
  static void AcceptAll(Request* request) {
    for (const char* code : {"VALUE_IS_FRACTION", "VALUE_JUMP", "VALUE_TEN_THOUSAND_TIMES",
                             "VALUE_TEN_THOUSANDTH", "SAME_VALUE_SAME_DAY"})
      request->mutable_write()->add_accept_findings(code);
  }

  // What everybody may ask, in one text.
  std::string Everything(const Engine& from, int64_t revision = 0) {
    std::string text;
    const auto ask = [&](const auto& request, auto response, auto tidy) {
      const absl::Status status = from.Read(request, &response, {"reader", "en", ""});
      tidy(&response);
      absl::StrAppend(&text, request.ShortDebugString(), "\n  ",
                      status.ok() ? response.ShortDebugString() : status.ToString(), "\n");
    };
    const auto nothing = [](auto*) {};
    const auto no_revision = [](auto* response) { response->clear_read(); };
    const auto score = [&](const std::string& name, auto change) {
      v1::GetScoreRequest request;
      request.set_name(name);
      change(&request);
      if (revision > 0 && request.as_of().date().empty()) request.mutable_read()->set_read_revision(revision);
      v1::GetScoreResponse response;
      const absl::Status status = from.Read(request, &response, {"reader", "en", ""});
      request.mutable_read()->clear_read_revision();
      absl::StrAppend(&text, request.ShortDebugString(), "\n  ",
                      status.ok() ? response.score().ShortDebugString() : status.ToString(), "\n");
    };
    for (const char* unit : kUnits) {
      for (const int year : {0, 2024, 2025})
        score(unit, [&](auto* request) { request->set_fiscal_year(year); });
    }
    for (const char* table : kTables) score(table, [](auto*) {});
    if (revision > 0) return text;
    for (const char* unit : kUnits) {
      score(unit, [](auto* request) { request->mutable_as_of()->set_date("2024-06-15"); });
      v1::ListScoresRequest ranking;
      ranking.set_parent(unit);
      ask(ranking, v1::ListScoresResponse(), no_revision);
      v1::ListDueRequest due;
      due.set_parent(unit);
      ask(due, v1::ListDueResponse(), no_revision);
    }
    for (const std::string table : kTables) {
      score(table, [&](auto* request) { request->mutable_as_of()->set_date(YearOf(table) + "-06-15"); });
      v1::GetTableRequest get;
      get.set_name(table);
      ask(get, v1::GetTableResponse(), nothing);
      v1::GetEvaluationRequest evaluation;
      evaluation.set_name(absl::StrCat(table, "/evaluation"));
      ask(evaluation, v1::GetEvaluationResponse(), no_revision);
      for (int row = 1; row <= 7; ++row) {
        v1::ListActualsRequest list;
        list.set_parent(absl::StrCat(table, "/indicators/i", row));
        list.set_page_size(1000);
        ask(list, v1::ListActualsResponse(), no_revision);
      }
      v1::GetMonitoringRequest monitoring;
      monitoring.set_name(table);
      ask(monitoring, v1::GetMonitoringResponse(), no_revision);
    }
    return text;
  }
  std::string Everything() { return Everything(engine()); }
  // By an engine that has nothing in its memory.
  std::string AfterReopening() {
    EngineOptions options = engine_options;
    options.store = &store();
    auto other = Engine::Open(options);
    EXPECT_TRUE(other.ok()) << other.status();
    return Everything(**other);
  }
  // The first lines that differ: the whole is long.
  static std::string Difference(const std::string& before, const std::string& after) {
    if (before == after) return "";
    size_t at = 0;
    while (at < before.size() && at < after.size() && before[at] == after[at]) ++at;
    const size_t line = before.rfind('\n', before.rfind('\n', at) - 1) + 1;
    return absl::StrCat(before.substr(line, at - line + 300), "\n-- became --\n",
                        after.substr(line, at - line + 300));
  }

  // Sums and newest values once more, from the list of reports.
  void CheckRows() {
    for (const std::string table : kTables) {
      const v1::Score score = ScoreOf(table);
      for (int row = 1; row <= 2; ++row) {
        v1::ListActualsRequest list;
        list.set_parent(absl::StrCat(table, "/indicators/i", row));
        list.set_page_size(1000);
        Decimal sum;
        std::map<std::pair<std::string, std::pair<int64_t, std::string>>, Decimal> by_day;
        const auto listed = Ask<v1::ListActualsResponse>(list);
        for (const v1::Actual& each : listed.actuals()) {
          if (each.state() != v1::ACTUAL_STATE_ACTIVE) continue;
          const Decimal number = *Decimal::Parse(each.number());
          sum = sum + number;
          by_day[{each.date(), {each.revision(), each.name()}}] = number;
        }
        const std::string shown = score.indicators(row - 1).actual();  // with its unit
        const std::string now = shown.substr(0, shown.find(' '));
        if (by_day.empty()) {
          EXPECT_EQ(now, "") << list.parent();
        } else {
          EXPECT_EQ(*Decimal::Parse(now), row == 2 ? sum : by_day.rbegin()->second) << list.parent();
        }
      }
    }
  }

  // A step, and before it often the same one dry: neither that nor a refusal leaves anything behind.
  template <typename Response, typename Request>
  Response Step(Request request, const std::string& actor = "tester") {
    const std::string before = Everything();
    const uint64_t head = store().head().revision;
    Response response;
    if (Below(2) == 0) {
      request.mutable_write()->set_validate_only(true);
      (void)Try(request, &response, actor);
      EXPECT_EQ(store().head().revision, head) << "a dry run is no revision";
      EXPECT_EQ(Difference(before, Everything()), "") << "dry: " << request.ShortDebugString();
      request.mutable_write()->set_validate_only(false);
      response.Clear();
    }
    if (!Try(request, &response, actor).ok()) {
      EXPECT_EQ(store().head().revision, head) << "a refusal is no revision";
      EXPECT_EQ(Difference(before, Everything()), "") << "refused: " << request.ShortDebugString();
      response.Clear();
    }
    return response;
  }

  void RecordOne() {
    const std::string table = Table();
    const int row = 1 + Below(4);
    v1::RecordActualRequest request;
    request.set_indicator(absl::StrCat(table, "/indicators/i", row));
    FillReport(table, row, request.mutable_report());
    AcceptAll(&request);
    const auto response = Step<v1::RecordActualResponse>(request);
    if (response.has_actual()) reports_.push_back(response.actual().name());
  }
  // A whole batch with a bad report is refused; a stream's is taken in part.
  void RecordMany() {
    const std::string table = Table();
    v1::BatchRecordActualsRequest batch;
    for (int i = 0; i < 5; ++i) {
      const int row = 1 + Below(4);
      v1::NamedReport* report = batch.add_reports();
      report->set_indicator(absl::StrCat(table, "/indicators/i", row));
      FillReport(table, row, report->mutable_report());
    }
    if (Below(2) == 0) batch.mutable_reports(4)->mutable_report()->set_value("many");
    AcceptAll(&batch);
    if (Below(2) == 0) {
      Step<v1::BatchRecordActualsResponse>(batch);
      return;
    }
    v1::StreamActualsRequest stream;
    *stream.mutable_reports() = batch.reports();
    *stream.mutable_write()->mutable_accept_findings() = batch.write().accept_findings();
    v1::StreamActualsResponse response;
    const absl::Status status = Try(stream, &response);
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.accepted() + response.errors_size(), 5);
  }
  void Change() {
    if (reports_.empty()) return;
    const std::string name = reports_[static_cast<size_t>(Below(static_cast<int>(reports_.size())))];
    if (Below(2) == 0) {
      v1::RetractActualRequest request;
      request.set_name(name);
      request.set_change_reason("reported twice");
      Step<v1::RetractActualResponse>(request);
      return;
    }
    v1::CorrectActualRequest request;
    request.set_name(name);
    const std::string table = name.substr(0, name.find("/indicators/"));
    const int row = name[table.size() + sizeof("/indicators/i") - 1] - '0';
    FillReport(table, row, request.mutable_report());
    request.set_change_reason("counted again");
    AcceptAll(&request);
    const auto response = Step<v1::CorrectActualResponse>(request);
    if (response.has_actual()) reports_.push_back(response.actual().name());
  }
  void RateOrSpend() {
    const std::string table = Table();
    if (Below(2) == 0) {
      const std::string score = absl::StrCat(10 + Below(6));  // outside the band or above the weight at times
      if (Below(2) == 0) {
        v1::RecordActualRequest typed = ReportRequest(table + "/indicators/i6", "done", DayIn(table));
        typed.mutable_report()->set_score(score);
        typed.mutable_report()->set_reason("as seen");
        Step<v1::RecordActualResponse>(typed);
        return;
      }
      v1::RateIndicatorRequest request;
      request.set_indicator(table + "/indicators/i5");
      request.set_level("达成年度指标");
      request.set_score(score);
      request.set_date(DayIn(table));
      request.set_reason("as seen");
      Step<v1::RateIndicatorResponse>(request);
      return;
    }
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(absl::StrCat(1 + Below(9)));
    request.mutable_spending()->set_date(DayIn(table));
    if (Below(3) == 0) request.mutable_spending()->set_adjusted_budget(absl::StrCat(10 + Below(5)));
    AcceptAll(&request);
    Step<v1::RecordSpendingResponse>(request);
  }
  void Amend() {
    const std::string table = Table();
    const v1::Table now = TableOf(table);
    v1::ProposeAmendmentRequest request;
    request.set_parent(table);
    request.set_etag(now.etag());
    request.mutable_amendment()->set_reason("conditions changed");
    request.mutable_amendment()->set_effective_date(YearOf(table) + "-0" + std::to_string(1 + Below(9)) +
                                                    "-01");
    v1::RowChange* change = request.mutable_amendment()->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = now.indicators(Below(4));
    change->mutable_indicator()->mutable_target()->set_value(absl::StrCat(50 + Below(50)));
    if (Below(4) == 0) *change->mutable_indicator() = now.indicators(6);
    if (Below(4) == 0) change->mutable_indicator()->set_not_applicable(!change->indicator().not_applicable());
    const auto proposed = Step<v1::ProposeAmendmentResponse>(request, "lead");
    if (!proposed.has_amendment() || Below(4) == 0) return;
    v1::ApproveAmendmentRequest approve;
    approve.set_name(proposed.amendment().name());
    approve.set_etag(proposed.amendment().etag());
    Step<v1::ApproveAmendmentResponse>(approve, "office");
  }
  void Evaluate() {
    const std::string table = Table();
    const v1::Evaluation now = EvaluationOf(table).evaluation();
    if (now.state() == v1::EVALUATION_STATE_SUBMITTED) {
      v1::ReviewIndicatorRequest review;
      review.set_indicator(absl::StrCat(table, "/indicators/i", 1 + Below(7)));
      review.set_score(absl::StrCat(Below(15)));
      review.set_reason("evidence is thin");
      Step<v1::ReviewIndicatorResponse>(review, "office");
      return;
    }
    v1::SubmitEvaluationRequest submit;
    submit.set_name(absl::StrCat(table, "/evaluation"));
    submit.set_etag(now.etag());
    Step<v1::SubmitEvaluationResponse>(submit, "lead");
  }
  // A table and a unit that come to be only after they were tried, and nothing that was only tried is there.
  void Create() {
    const std::string id = absl::StrCat("x", ++created_);
    v1::CreateTableRequest request = NewTable("u", id, 2024);
    v1::CreateTableResponse response;
    request.mutable_write()->set_validate_only(true);
    ASSERT_TRUE(Try(request, &response).ok());
    v1::SubmitTableRequest submit;
    submit.set_name(absl::StrCat("units/u/tables/", id));
    submit.set_etag(response.table().etag());
    EXPECT_EQ(ReasonFor<v1::SubmitTableResponse>(submit), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
    request.mutable_write()->set_validate_only(false);
    Do<v1::CreateTableResponse>(request);
    EXPECT_EQ(TableOf(submit.name()).state(), v1::TABLE_STATE_DRAFT);
  }

  std::mt19937_64 random_;
  std::vector<std::string> reports_;
  int created_ = 0;
};

TEST_P(MixedHistory, SaysTheSameAfterEveryStepWhoeverIsAsked) {
  std::map<int64_t, std::string> said;
  for (int step = 0; step < 30 && !HasFailure(); ++step) {
    const int kind = Below(12);
    if (kind < 4) {
      RecordOne();
    } else if (kind < 6) {
      RecordMany();
    } else if (kind < 7) {
      Change();
    } else if (kind < 9) {
      RateOrSpend();
    } else if (kind < 10) {
      Amend();
    } else if (kind < 11) {
      Evaluate();
    } else {
      Create();
    }
    const std::string now = Everything();
    EXPECT_EQ(Difference(now, AfterReopening()), "") << "an engine that has just opened the store";
    CheckRows();
    const auto head = static_cast<int64_t>(store().head().revision);
    said[head] = Everything(engine(), head);
  }
  for (const auto& [revision, text] : said)
    EXPECT_EQ(Difference(text, Everything(engine(), revision)), "")
        << "revision " << revision << " says another thing";
  std::unique_ptr<storage::Store> copy = OpenStore("copy");
  const absl::Status rebuilt = Rebuild(store(), copy.get());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  EXPECT_EQ(*copy->ContentDigest(), *store().ContentDigest()) << "the journal alone gives the same contents";
}

INSTANTIATE_TEST_SUITE_P(Seeds, MixedHistory, ::testing::Range<uint64_t>(1, 7));

}  // namespace
}  // namespace attain::engine
