// What is answered to a report is what is kept, field by field; who reported what, in which order, and the
// borders of a request (RULES 2.4, 3).
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/support/item_error.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTable[] = "units/a/tables/t";
constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

std::string Row(int row) {
  return absl::StrCat(kTable, "/indicators/i", row);
}

class ReportAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
  }
  // Rows i1, i2 … of a draft changed by `change`, then in force.
  void MakeRows(int rows, const std::function<void(int, v1::Indicator*)>& change) {
    MakeTableWith("a", "t", rows, [&](v1::Table* table) {
      for (int row = 0; row < rows; ++row) change(row + 1, table->mutable_indicators(row));
    });
  }
  static void Rate(v1::Indicator* row) {
    row->clear_target();
    row->mutable_target()->set_text("明显");
    row->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
  }
  v1::ListActualsResponse List(const std::string& parent = kFirst, const std::string& as_of = "") {
    v1::ListActualsRequest request;
    request.set_parent(parent);
    request.mutable_as_of()->set_date(as_of);
    return Ask<v1::ListActualsResponse>(request);
  }
  v1::Actual Stored(const std::string& name) {
    const v1::ListActualsResponse all = List(absl::StrCat(kTable, "/indicators/-"));
    for (const v1::Actual& actual : all.actuals()) {
      if (actual.name() == name) return actual;
    }
    ADD_FAILURE() << "no report " << name;
    return {};
  }
  template <typename Response, typename Request>
  std::string WhyNot(const Request& request, const std::string& locale = "en") {
    Response response;
    const absl::Status status = Try(request, &response);
    return status.ok() ? "accepted"
                       : absl::StrCat(v1::ErrorReason_Name(ReasonOf(status)).substr(13), ": ",
                                      MessageOf(status, locale));
  }
  std::string WhyNoReport(const v1::RecordActualRequest& request) {
    return WhyNot<v1::RecordActualResponse>(request);
  }
  v1::CorrectActualRequest Correction(const std::string& name, const std::string& value) {
    v1::CorrectActualRequest request;
    request.set_name(name);
    request.mutable_report()->set_value(value);
    request.set_change_reason("typing error");
    return request;
  }
  v1::RetractActualRequest Retraction(const std::string& name) {
    v1::RetractActualRequest request;
    request.set_name(name);
    request.set_change_reason("not ours");
    return request;
  }
  void Close() {
    v1::CloseTableRequest close;
    close.set_name(kTable);
    close.set_etag(TableOf(kTable).etag());
    Do<v1::CloseTableResponse>(close);
  }
};

TEST_F(ReportAnswers, AReportIsKeptAsItWasMade) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "0.0031万个", "2024/6/30");
  request.mutable_report()->set_note("by telephone");
  request.mutable_report()->set_reason("rain");
  request.mutable_report()->add_evidence("photo");
  request.mutable_report()->add_evidence("list");
  const auto answer = Do<v1::RecordActualResponse>(request, "lead");
  const v1::Actual& actual = answer.actual();
  EXPECT_EQ(actual.DebugString(), Stored(actual.name()).DebugString());
  EXPECT_EQ(actual.name(), absl::StrCat(kFirst, "/actuals/", answer.commit().revision()));
  EXPECT_EQ(actual.report().value(), "0.0031万个");
  EXPECT_EQ(actual.report().date(), "2024-06-30");
  EXPECT_EQ(actual.report().note(), "by telephone");
  EXPECT_EQ(actual.report().reason(), "rain");
  EXPECT_THAT(actual.report().evidence(), ElementsAre("photo", "list"));
  EXPECT_EQ(actual.number(), "31");
  EXPECT_EQ(actual.unit(), "个");
  EXPECT_EQ(actual.date(), "2024-06-30");
  EXPECT_EQ(actual.actor(), "lead");
  EXPECT_EQ(actual.record_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(actual.revision(), answer.commit().revision());
  EXPECT_EQ(actual.state(), v1::ACTUAL_STATE_ACTIVE);
  EXPECT_EQ(actual.corrects(), "");
  EXPECT_EQ(actual.change_reason(), "");
  EXPECT_EQ(answer.indicator_score().reason(), "rain");
  EXPECT_EQ(answer.indicator_score().DebugString(), ScoreOf(kFirst).indicators(0).DebugString());
  EXPECT_EQ(answer.table_score().score(), ScoreOf(kTable).score());
  ASSERT_THAT(answer.findings(), SizeIs(1));
  EXPECT_EQ(answer.findings(0).raw(), "0.0031万个");
  EXPECT_EQ(answer.findings(0).understood(), "31 个");
  EXPECT_EQ(answer.findings(0).line(), 0);
}

TEST_F(ReportAnswers, ARetryIsAnsweredLikeTheFirstTime) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "12");
  request.mutable_write()->set_request_id("r1");
  const auto first = Do<v1::RecordActualResponse>(request, "lead");
  clock_.now += absl::Hours(24);
  Report(kFirst, "20");
  EXPECT_EQ(Do<v1::RecordActualResponse>(request, "lead").DebugString(), first.DebugString());
}

TEST_F(ReportAnswers, ACorrectionTellsWhatItReplacesAndKeepsItsDay) {
  MakeTable("a", "t", 3);
  const v1::Actual first = Report(kFirst, "10", "2024-03-31").actual();
  const auto answer = Do<v1::CorrectActualResponse>(Correction(first.name(), "12"), "office");
  EXPECT_EQ(answer.actual().DebugString(), Stored(answer.actual().name()).DebugString());
  EXPECT_EQ(answer.actual().corrects(), first.name());
  EXPECT_EQ(answer.actual().change_reason(), "typing error");
  EXPECT_EQ(answer.actual().date(), "2024-03-31") << "not today";
  EXPECT_EQ(answer.actual().actor(), "office");
  EXPECT_EQ(answer.indicator_score().score(), "12.00");
  const v1::Actual old = Stored(first.name());
  EXPECT_EQ(old.state(), v1::ACTUAL_STATE_CORRECTED);
  EXPECT_EQ(old.corrected_by(), answer.actual().name());
  EXPECT_EQ(old.actor(), "tester");
  EXPECT_EQ(WhyNot<v1::CorrectActualResponse>(Correction(first.name(), "13")),
            absl::StrCat("ACTUAL_SUPERSEDED: ", first.name(), " was corrected by ",
                         answer.actual().name().substr(answer.actual().name().rfind('/') + 1),
                         "; correct that one."));
  v1::CorrectActualRequest none = Correction(answer.actual().name(), "13");
  none.clear_change_reason();
  EXPECT_THAT(WhyNot<v1::CorrectActualResponse>(none), HasSubstr("INVALID_FIELD: change_reason"));
  none.set_change_reason(std::string(2001, 'x'));
  EXPECT_THAT(WhyNot<v1::CorrectActualResponse>(none), HasSubstr("INVALID_FIELD"));
}

TEST_F(ReportAnswers, ARetractionTellsWhyAndIsNotUndone) {
  MakeTable("a", "t", 3);
  const v1::Actual first = Report(kFirst, "10", "2024-03-31").actual();
  v1::RetractActualRequest none = Retraction(first.name());
  none.clear_change_reason();
  EXPECT_THAT(WhyNot<v1::RetractActualResponse>(none), HasSubstr("INVALID_FIELD: change_reason"));
  const auto answer = Do<v1::RetractActualResponse>(Retraction(first.name()));
  EXPECT_EQ(answer.actual().DebugString(), Stored(first.name()).DebugString());
  EXPECT_EQ(answer.actual().state(), v1::ACTUAL_STATE_RETRACTED);
  EXPECT_EQ(answer.actual().change_reason(), "not ours");
  EXPECT_EQ(answer.indicator_score().actual(), "");
  const std::string gone = absl::StrCat("ACTUAL_SUPERSEDED: ", first.name(), " was retracted.");
  EXPECT_EQ(WhyNot<v1::RetractActualResponse>(Retraction(first.name())), gone);
  EXPECT_EQ(WhyNot<v1::CorrectActualResponse>(Correction(first.name(), "12")), gone);
}

TEST_F(ReportAnswers, ReportsAreListedNewestFirstUpToADay) {
  MakeTable("a", "t", 3);
  const auto days = [&](const std::string& as_of) {
    std::vector<std::string> all;
    const v1::ListActualsResponse response = List(kFirst, as_of);
    for (const v1::Actual& actual : response.actuals())
      all.push_back(absl::StrCat(actual.date(), " ", actual.number()));
    EXPECT_EQ(response.total_size(), response.actuals_size());
    EXPECT_EQ(response.read().revision(), static_cast<int64_t>(store().head().revision));
    return all;
  };
  Report(kFirst, "5", "2024-06-30");
  Report(kFirst, "4", "2024-03-31");
  Report(kFirst, "6", "2024-06-30");
  Report(Row(2), "9", "2024-06-30");
  EXPECT_THAT(days(""), ElementsAre("2024-06-30 6", "2024-06-30 5", "2024-03-31 4"));
  EXPECT_THAT(days("2024-06-30"), ElementsAre("2024-06-30 6", "2024-06-30 5", "2024-03-31 4"));
  EXPECT_THAT(days("2024-06-29"), ElementsAre("2024-03-31 4"));
  EXPECT_THAT(days("2024-03-30"), IsEmpty());
  EXPECT_THAT(List(absl::StrCat(kTable, "/indicators/-")).actuals(), SizeIs(4));
  v1::ListActualsRequest none;
  none.set_parent(Row(9));
  EXPECT_EQ(WhyNotRead<v1::ListActualsResponse>(none), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ReportAnswers, ABatchShowsEachOfItsTablesOnceInOrder) {
  MakeTable("a", "t", 3);
  MakeTable("a", "s", 3);
  v1::BatchRecordActualsRequest batch;
  batch.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
  EXPECT_THAT(WhyNot<v1::BatchRecordActualsResponse>(batch), HasSubstr("INVALID_FIELD: reports"));
  for (const char* indicator : {"t/indicators/i1", "s/indicators/i1", "t/indicators/i2"}) {
    v1::NamedReport* report = batch.add_reports();
    report->set_indicator(absl::StrCat("units/a/tables/", indicator));
    *report->mutable_report() = ReportRequest("", "0.0012万个").report();
  }
  const auto answer = Do<v1::BatchRecordActualsResponse>(batch, "lead");
  ASSERT_THAT(answer.table_scores(), SizeIs(2));
  EXPECT_EQ(answer.table_scores(0).name(), "units/a/tables/s");
  EXPECT_EQ(answer.table_scores(1).name(), kTable);
  EXPECT_EQ(answer.table_scores(1).score(), ScoreOf(kTable).score());
  ASSERT_THAT(answer.findings(), SizeIs(3));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(answer.findings(i).line(), i + 1);
  EXPECT_EQ(answer.actuals(0).DebugString(), Stored(answer.actuals(0).name()).DebugString());
  batch.mutable_reports(2)->mutable_report()->set_value("many");
  EXPECT_THAT(WhyNot<v1::BatchRecordActualsResponse>(batch), HasSubstr("NOT_A_NUMBER"));
  v1::BatchRecordActualsResponse response;
  EXPECT_THAT(ToRpcStatus(Try(batch, &response), "en").DebugString(), HasSubstr("reports[2].report.value"));
}

TEST_F(ReportAnswers, BatchesAndMessagesHaveTheirBorders) {
  MakeTable("a", "t", 3);
  v1::BatchRecordActualsRequest batch;
  while (batch.reports_size() < 10'000) batch.add_reports()->set_indicator("x");
  EXPECT_THAT(WhyNot<v1::BatchRecordActualsResponse>(batch), HasSubstr("INVALID_NAME"));
  batch.add_reports();
  EXPECT_THAT(WhyNot<v1::BatchRecordActualsResponse>(batch),
              HasSubstr("REQUEST_TOO_LARGE: At most 10000 reports at once, these are 10001."));
  v1::StreamActualsRequest message;
  message.set_sequence(17);
  while (message.reports_size() < 1'000) message.add_reports()->set_indicator("x");
  const auto answer = Do<v1::StreamActualsResponse>(message);
  EXPECT_EQ(answer.sequence(), 17);
  EXPECT_EQ(answer.accepted(), 0);
  EXPECT_EQ(answer.errors_size(), 1'000);
  message.add_reports();
  EXPECT_THAT(WhyNot<v1::StreamActualsResponse>(message), HasSubstr("REQUEST_TOO_LARGE"));
}

TEST_F(ReportAnswers, AStreamSaysOfEachRefusalWhichAndWhy) {
  MakeTable("a", "t", 3);
  v1::StreamActualsRequest message;
  for (const char* value : {"12", "many", "0.0012万个", "300000"}) {
    v1::NamedReport* report = message.add_reports();
    report->set_indicator(Row(message.reports_size() % 3 + 1));
    *report->mutable_report() = ReportRequest("", value).report();
  }
  const auto answer = Do<v1::StreamActualsResponse>(message);
  EXPECT_EQ(answer.accepted(), 2);
  ASSERT_THAT(answer.errors(), SizeIs(2));
  EXPECT_EQ(answer.errors(0).index(), 1);
  EXPECT_EQ(ReasonIn(answer.errors(0).status()), "NOT_A_NUMBER");
  EXPECT_EQ(answer.errors(0).status().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DetailIn<google::rpc::LocalizedMessage>(answer.errors(0).status()).message(),
              HasSubstr("\"many\" is not a number"));
  EXPECT_EQ(answer.errors(1).index(), 3);
  EXPECT_EQ(ReasonIn(answer.errors(1).status()), "CONFIRMATION_REQUIRED");
  const auto noticed = DetailIn<v1::FindingList>(answer.errors(1).status());
  ASSERT_THAT(noticed.findings(), SizeIs(1));
  EXPECT_EQ(noticed.findings(0).line(), 4);
  ASSERT_THAT(answer.findings(), SizeIs(1));
  EXPECT_EQ(answer.findings(0).line(), 3);
  EXPECT_EQ(ScoreOf(kTable).reported_count(), 2);
}

TEST_F(ReportAnswers, CodesAreFewAndShortWhereverTheyStand) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "3");
  while (request.write().accept_findings_size() < 50)
    request.mutable_write()->add_accept_findings(std::string(64, 'X'));
  EXPECT_EQ(WhyNoReport(request), "accepted");
  request.mutable_write()->set_accept_findings(0, std::string(65, 'X'));
  EXPECT_THAT(WhyNoReport(request), HasSubstr("INVALID_FIELD"));
  request.mutable_write()->set_accept_findings(0, "X");
  request.mutable_write()->add_accept_findings("X");
  EXPECT_THAT(WhyNoReport(request), HasSubstr("At most 50 codes"));
  v1::BatchRecordActualsRequest batch;
  batch.add_reports();
  v1::NamedReport* second = batch.add_reports();
  while (second->accept_findings_size() < 51) second->add_accept_findings("X");
  v1::BatchRecordActualsResponse response;
  EXPECT_THAT(ToRpcStatus(Try(batch, &response), "en").DebugString(),
              HasSubstr("reports[1].accept_findings"));
}

TEST_F(ReportAnswers, ARatingIsKeptWithItsDayItsReasonAndItsScore) {
  MakeRows(2, [](int row, v1::Indicator* indicator) {
    if (row == 1) Rate(indicator);  // 45 points: [36, 45], [27, 36), [0, 27)
  });
  v1::RateIndicatorRequest rate;
  rate.set_indicator(kFirst);
  rate.set_level("达成年度指标");
  rate.set_score("40.25");
  rate.set_reason("持续见效");
  rate.set_date("2024-05-31");
  const auto answer = Do<v1::RateIndicatorResponse>(rate, "lead");
  EXPECT_EQ(answer.actual().DebugString(), Stored(answer.actual().name()).DebugString());
  EXPECT_EQ(answer.actual().date(), "2024-05-31");
  EXPECT_EQ(answer.actual().report().reason(), "持续见效");
  EXPECT_EQ(answer.actual().report().score(), "40.25");
  EXPECT_EQ(answer.actual().level(), "achieved");
  EXPECT_EQ(answer.indicator_score().score(), "40.25");
  EXPECT_EQ(answer.table_score().score(), "40.25");
  rate.set_score("40.255");
  EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("NUMBER_OUT_OF_RANGE"));
  rate.set_score("-1");
  EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("NEGATIVE_VALUE"));
  for (const char* outside : {"35.99", "45.01"}) {
    rate.set_score(outside);
    EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("SCORE_OUT_OF_BAND: The score must lie in "
                                                                   "[36.00, 45.00]."))
        << outside;
  }
  rate.set_level("部分达成年度指标并具有一定效果");
  rate.set_score("36");
  EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("[27.00, 36.00)."));
  rate.set_level("superb");
  EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("UNKNOWN_LEVEL: "));
  rate.set_indicator(Row(2));
  EXPECT_THAT(WhyNot<v1::RateIndicatorResponse>(rate), HasSubstr("not scored by rating"));
}

TEST_F(ReportAnswers, ARowsOwnLevelsAreThoseThatAreNamed) {
  MakeRows(2, [](int row, v1::Indicator* indicator) {
    Rate(indicator);
    if (row == 2) return;
    for (const auto& [level, from, to] : {std::tuple("good", "0.5", "1"), std::tuple("bad", "0", "0.5")}) {
      v1::RatingBand* band = indicator->mutable_rule()->mutable_options()->add_rating_bands();
      band->set_level(level);
      band->set_display_name(absl::StrCat("own ", level));
      band->set_from(from);
      band->set_to(to);
    }
  });
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "superb")), HasSubstr("own good、own bad"));
  EXPECT_THAT(WhyNoReport(ReportRequest(Row(2), "superb")), HasSubstr("达成年度指标"));
  EXPECT_EQ(Report(kFirst, "own good").actual().level(), "good");
  EXPECT_EQ(ScoreOf(kFirst).indicators(0).actual(), "own good");
}

TEST_F(ReportAnswers, YesAndNoAreReadInBothLanguages) {
  MakeRows(2, [](int, v1::Indicator* indicator) {
    indicator->clear_target();
    indicator->mutable_target()->set_text("11月底前");
    indicator->mutable_rule()->set_kind(v1::RULE_KIND_DIRECT);
  });
  const auto met = [&](const std::string& value) {
    const auto answer = Report(kFirst, value);
    EXPECT_TRUE(answer.actual().has_met()) << value;
    EXPECT_EQ(answer.indicator_score().score(), answer.actual().met() ? "45.00" : "0.00") << value;
    return answer.actual().met();
  };
  for (const char* yes : {"是", "yes", "YES", "True", "完成", "已完成", "达到", "达成", "1", "１"})
    EXPECT_TRUE(met(yes)) << yes;
  for (const char* no : {"否", "no", "No", "FALSE", "未完成", "未达到", "未达成", "0"})
    EXPECT_FALSE(met(no)) << no;
  EXPECT_TRUE(met("11月30日")) << "the deadline's own day counts";
  EXPECT_FALSE(met("12月1日"));
  const auto late = Report(kFirst, "12月3日");
  ASSERT_THAT(late.findings(), SizeIs(1));
  EXPECT_EQ(late.findings(0).code(), "ACTUAL_IS_DATE");
  EXPECT_EQ(late.findings(0).understood(), "否");
  EXPECT_EQ(late.findings(0).raw(), "12月3日");
  EXPECT_EQ(Report(kFirst, "11月3日").findings(0).understood(), "是");
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "perhaps")), HasSubstr("INVALID_FIELD"));
}

TEST_F(ReportAnswers, ARatioHasBothPartsAndItsOwnBorders) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_RATIO);
  const auto ratio = [](const std::string& numerator, const std::string& denominator) {
    v1::RecordActualRequest request = ReportRequest(kFirst, "");
    request.mutable_report()->set_numerator(numerator);
    request.mutable_report()->set_denominator(denominator);
    return request;
  };
  EXPECT_THAT(WhyNoReport(ratio("3", "")), HasSubstr("INVALID_FIELD"));
  EXPECT_THAT(WhyNoReport(ratio("", "3")), HasSubstr("INVALID_FIELD"));
  EXPECT_THAT(WhyNoReport(ratio("3", "0")), HasSubstr("NEGATIVE_VALUE"));
  EXPECT_THAT(WhyNoReport(ratio("-1", "3")), HasSubstr("NEGATIVE_VALUE"));
  EXPECT_THAT(WhyNoReport(ratio("many", "3")), HasSubstr("NOT_A_NUMBER"));
  const v1::Actual actual = Do<v1::RecordActualResponse>(ratio("40", "2.0")).actual();
  EXPECT_EQ(actual.report().numerator(), "40");
  EXPECT_EQ(actual.report().denominator(), "2");
  EXPECT_EQ(actual.DebugString(), Stored(actual.name()).DebugString());
  EXPECT_EQ(ScoreOf(kFirst).indicators(0).actual(), "20 个");
  const auto again = Do<v1::RecordActualResponse>(ratio("40", "2"));
  ASSERT_THAT(again.findings(), SizeIs(1)) << "a ratio is looked at like other reports";
  EXPECT_EQ(again.findings(0).code(), "SAME_VALUE_SAME_DAY");
  EXPECT_EQ(again.findings(0).raw(), "40/2");
  EXPECT_EQ(WhyNoReport(ratio("0", "2")), "accepted");
}

TEST_F(ReportAnswers, NegativeValuesAreTakenWhereTheRowAllowsThem) {
  MakeRows(2, [](int row, v1::Indicator* indicator) { indicator->set_allow_negative(row == 1); });
  EXPECT_EQ(WhyNoReport(ReportRequest(kFirst, "-1")), "accepted");
  EXPECT_THAT(WhyNoReport(ReportRequest(Row(2), "-1")), HasSubstr("NEGATIVE_VALUE"));
  EXPECT_EQ(WhyNoReport(ReportRequest(Row(2), "0")), "accepted");
}

TEST_F(ReportAnswers, TextsOfAReportHaveTheirLengths) {
  MakeTable("a", "t", 3);
  const auto with = [&](const std::function<void(v1::ActualReport*)>& change) {
    v1::RecordActualRequest request = ReportRequest(kFirst, "3");
    request.mutable_write()->set_validate_only(true);
    change(request.mutable_report());
    return WhyNoReport(request).substr(0, 8);
  };
  using Change = std::function<void(v1::ActualReport*, size_t)>;
  const std::tuple<const char*, size_t, Change> texts[] = {
      {"note", 2000, [](auto* report, size_t size) { report->set_note(std::string(size, 'x')); }},
      {"reason", 4000, [](auto* report, size_t size) { report->set_reason(std::string(size, 'x')); }},
      {"evidence", 500, [](auto* report, size_t size) { report->add_evidence(std::string(size, 'x')); }}};
  for (const auto& [name, limit, change] : texts) {
    EXPECT_EQ(with([&](auto* report) { change(report, limit); }), "accepted") << name;
    EXPECT_EQ(with([&](auto* report) { change(report, limit + 1); }), "INVALID_") << name;
  }
  const auto pieces = [&](int count) {
    return with([&](auto* report) {
      for (int i = 0; i < count; ++i) report->add_evidence("x");
    });
  };
  EXPECT_EQ(pieces(20), "accepted");
  EXPECT_EQ(pieces(21), "REQUEST_");
}

TEST_F(ReportAnswers, ExponentsAreNoUnits) {
  MakeTable("a", "t", 3);
  for (const char* value : {"1e5", "1E5", "1e+5", "1e-5"})
    EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, value)), HasSubstr("NOT_A_NUMBER")) << value;
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "1 eggs")), HasSubstr("UNIT_MISMATCH"));
}

TEST_F(ReportAnswers, FiguresAreHeldAgainstTheReportBeforeByItsDay) {
  MakeTable("a", "t", 3);
  const auto codes = [&](const std::string& value, const std::string& date) {
    v1::RecordActualRequest request = ReportRequest(kFirst, value, date);
    request.mutable_write()->set_validate_only(true);
    std::string all;
    const auto answer = Do<v1::RecordActualResponse>(request);
    for (const v1::Finding& finding : answer.findings())
      absl::StrAppend(&all, all.empty() ? "" : " ", finding.code());
    return all;
  };
  Report(kFirst, "29", "2024-06-30");
  EXPECT_EQ(codes("2", "2024-06-30"), "VALUE_JUMP") << "a fall on the same day";
  EXPECT_EQ(codes("2", "2024-06-29"), "") << "backdated";
  EXPECT_EQ(codes("29", "2024-06-30"), "SAME_VALUE_SAME_DAY");
  EXPECT_EQ(codes("29", "2024-07-01"), "");
  v1::CorrectActualRequest correct = Correction(List().actuals(0).name(), "2");
  EXPECT_THAT(Do<v1::CorrectActualResponse>(correct).findings(), IsEmpty())
      << "what is replaced says nothing of what replaces it";
}

TEST_F(ReportAnswers, IncrementsAreHeldAgainstTheNewestOfThem) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  const std::string march = Report(kFirst, "10", "2024-03-31").actual().name();
  const auto codes = [&](const std::string& value, const std::string& date) {
    v1::RecordActualRequest request = ReportRequest(kFirst, value, date);
    request.mutable_write()->set_validate_only(true);
    std::string all;
    const auto answer = Do<v1::RecordActualResponse>(request);
    for (const v1::Finding& finding : answer.findings()) absl::StrAppend(&all, finding.code(), " ");
    return all;
  };
  EXPECT_EQ(codes("1", "2024-03-31"), "VALUE_JUMP ");
  EXPECT_EQ(codes("1", "2024-03-30"), "") << "backdated";
  EXPECT_EQ(codes("10", "2024-03-31"), "SAME_VALUE_SAME_DAY ");
  EXPECT_EQ(codes("10", "2024-04-30"), "");
  const std::string corrected = Do<v1::CorrectActualResponse>(Correction(march, "9")).actual().name();
  EXPECT_EQ(codes("10", "2024-03-31"), "") << "it was replaced";
  EXPECT_EQ(codes("9", "2024-03-31"), "SAME_VALUE_SAME_DAY ");
  Do<v1::RetractActualResponse>(Retraction(corrected));
  EXPECT_EQ(codes("9", "2024-03-31"), "") << "it was withdrawn";
  Open();
  EXPECT_EQ(codes("9", "2024-03-31"), "") << "also for whoever reads the store anew";
}

TEST_F(ReportAnswers, WhatIsRememberedOfIncrementsFollowsCorrectionsAndRetractions) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  const std::string march = Report(kFirst, "10", "2024-03-31").actual().name();
  const std::string april = Report(kFirst, "11", "2024-04-30").actual().name();
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "10", "2024-03-31")), HasSubstr("CONFIRMATION_REQUIRED"));
  Do<v1::CorrectActualResponse>(Correction(march, "9"));
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "9", "2024-03-31")), HasSubstr("CONFIRMATION_REQUIRED"));
  EXPECT_EQ(WhyNoReport(ReportRequest(kFirst, "10", "2024-03-31")), "accepted") << "it was replaced";
  EXPECT_THAT(WhyNoReport(ReportRequest(kFirst, "11", "2024-04-30")), HasSubstr("CONFIRMATION_REQUIRED"));
  Do<v1::RetractActualResponse>(Retraction(april));
  EXPECT_EQ(WhyNoReport(ReportRequest(kFirst, "11", "2024-04-30")), "accepted") << "it was withdrawn";
}

TEST_F(ReportAnswers, ARefusalSaysWhatWasProbablyMeant) {
  MakeTable("a", "t", 3);
  v1::RecordActualResponse response;
  const absl::Status refused = Try(ReportRequest(kFirst, "300000"), &response);
  const std::string details = ToRpcStatus(refused, "en").SerializeAsString();
  EXPECT_THAT(details, HasSubstr("VALUE_TEN_THOUSAND_TIMES"));
  EXPECT_THAT(details, HasSubstr("likely\x12\x02"
                                 "30"))
      << "key and value of a fact";
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("If 30 个 was meant"));
  // Of several findings only those that must be accepted are asked for.
  MakeTable("a", "sum", 3, v1::ACCUMULATION_SUM);
  const std::string row = "units/a/tables/sum/indicators/i1";
  Report(row, "400", "2024-06-30");
  const absl::Status again = Try(ReportRequest(row, "400"), &response);
  EXPECT_EQ(ReasonOf(again), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_THAT(MessageOf(again, "en"), HasSubstr("SAME_VALUE_SAME_DAY"));
  EXPECT_THAT(MessageOf(again, "en"), ::testing::Not(HasSubstr("VALUE_TEN_TIMES_TARGET")));
}

TEST_F(ReportAnswers, SpendingIsKeptAsItWasRecorded) {
  MakeTable("a", "t", 3);  // budget 10
  v1::RecordSpendingRequest request;
  request.set_parent(kTable);
  request.mutable_spending()->set_spent("45000元");
  request.mutable_spending()->set_adjusted_budget("90000元");
  request.mutable_spending()->set_date("45565");
  request.mutable_spending()->set_note("third quarter");
  const auto answer = Do<v1::RecordSpendingResponse>(request, "lead");
  const v1::Spending& kept = answer.spending();
  EXPECT_EQ(kept.name(), absl::StrCat(kTable, "/spendings/", answer.commit().revision()));
  EXPECT_EQ(kept.spent(), "4.5");
  EXPECT_EQ(kept.spent_text(), "45000元");
  EXPECT_EQ(kept.adjusted_budget(), "9");
  EXPECT_EQ(kept.adjusted_budget_text(), "90000元");
  EXPECT_EQ(kept.date(), "2024-09-30");
  EXPECT_EQ(kept.note(), "third quarter");
  EXPECT_EQ(kept.actor(), "lead");
  EXPECT_EQ(kept.revision(), answer.commit().revision());
  EXPECT_EQ(kept.record_time().DebugString(), answer.commit().record_time().DebugString());
  std::vector<std::string> codes;
  for (const v1::Finding& finding : answer.findings()) codes.push_back(finding.code());
  EXPECT_THAT(codes, ElementsAre("UNIT_CONVERTED", "UNIT_CONVERTED", "DATE_FROM_SERIAL"));
  EXPECT_EQ(answer.table_score().spent(), "4.5");
  EXPECT_EQ(answer.table_score().adjusted_budget(), "9");
  EXPECT_EQ(answer.table_score().execution_points(), "5.00");
  request.mutable_spending()->set_note(std::string(2001, 'x'));
  EXPECT_THAT(WhyNot<v1::RecordSpendingResponse>(request), HasSubstr("INVALID_FIELD"));
}

TEST_F(ReportAnswers, SpendingIsHeldAgainstTheBudgetThatComesWithItAndTheRecordBefore) {
  MakeTable("a", "t", 3);  // budget 10
  const auto codes = [&](const std::string& spent, const std::string& adjusted) {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date("2024-06-30");
    request.mutable_write()->set_validate_only(true);
    std::string all;
    const auto answer = Do<v1::RecordSpendingResponse>(request);
    for (const v1::Finding& finding : answer.findings())
      absl::StrAppend(&all, finding.code(), "/", finding.points(), " ");
    return all;
  };
  EXPECT_EQ(codes("10", ""), "");
  EXPECT_EQ(codes("10.01", ""), "SPENT_ABOVE_BUDGET/10 ");
  EXPECT_EQ(codes("10.01", "11"), "");
  EXPECT_EQ(codes("9", "8"), "SPENT_ABOVE_BUDGET/10 ");
  v1::RecordSpendingRequest first;
  first.set_parent(kTable);
  first.mutable_spending()->set_spent("5");
  first.mutable_spending()->set_date("2024-03-31");
  Do<v1::RecordSpendingResponse>(first);
  EXPECT_EQ(codes("4", ""), "SPENT_FELL/10 ");
  EXPECT_EQ(codes("5", ""), "");
}

TEST_F(ReportAnswers, AClosedTableTakesNothingMoreAndSaysSo) {
  MakeTable("a", "t", 3);
  const std::string name = Report(kFirst, "3").actual().name();
  Close();
  const std::string closed = absl::StrCat("WRONG_STATE: ", kTable, " is closed and takes no more reports.");
  EXPECT_EQ(WhyNoReport(ReportRequest(kFirst, "4")), closed);
  EXPECT_EQ(WhyNot<v1::CorrectActualResponse>(Correction(name, "4")), closed);
  EXPECT_EQ(WhyNot<v1::RetractActualResponse>(Retraction(name)), closed);
  v1::RecordSpendingRequest spend;
  spend.set_parent(kTable);
  spend.mutable_spending()->set_spent("1");
  EXPECT_EQ(WhyNot<v1::RecordSpendingResponse>(spend), closed);
  MakeTable("a", "draft", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  spend.set_parent("units/a/tables/draft");
  EXPECT_THAT(WhyNot<v1::RecordSpendingResponse>(spend), HasSubstr("is not in force yet"));
}

TEST_F(ReportAnswers, ARowThatDoesNotApplyTakesNoReport) {
  MakeRows(2, [](int row, v1::Indicator* indicator) { indicator->set_not_applicable(row == 2); });
  EXPECT_EQ(WhyNoReport(ReportRequest(kFirst, "3")), "accepted");
  EXPECT_THAT(WhyNoReport(ReportRequest(Row(2), "3")), HasSubstr("marked not applicable"));
}

}  // namespace
}  // namespace attain::engine
