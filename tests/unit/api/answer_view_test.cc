// How much of an answer comes back, which findings fit into one, and in which language it speaks.
#include "service/api/answer_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "common/schema/methods.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/language.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(AnswerView, BatchesGiveTheBasicsUnasked) {
  const auto wants = [](const char* method, v1::AnswerView view) {
    v1::WriteOptions write;
    write.set_view(view);
    return WantsBasic(write, schema::RuleOf(*schema::MethodNamed(method)));
  };
  EXPECT_TRUE(wants("BatchRecordActuals", v1::ANSWER_VIEW_UNSPECIFIED));
  EXPECT_FALSE(wants("RecordActual", v1::ANSWER_VIEW_UNSPECIFIED));
  EXPECT_FALSE(wants("ImportDocument", v1::ANSWER_VIEW_UNSPECIFIED));
  EXPECT_TRUE(wants("RecordActual", v1::ANSWER_VIEW_BASIC));
  EXPECT_FALSE(wants("BatchRecordActuals", v1::ANSWER_VIEW_FULL));
}

TEST(AnswerView, BasicsAreNamesEtagsTotalsFindingsAndTheCommit) {
  v1::ImportDocumentResponse import;
  import.add_tables()->set_name("units/u/tables/p1");
  import.mutable_tables(0)->set_etag("7");
  import.mutable_tables(0)->set_display_name("培训");
  import.add_findings()->set_code("WEIGHT_SUM");
  import.mutable_findings(0)->mutable_message()->append("sums to 90");
  import.mutable_commit()->set_revision(7);
  import.set_table_count(1);
  import.add_actuals()->set_value("12");
  import.mutable_ledger()->set_read(30);
  import.mutable_source()->set_format("XLSX");
  v1::ImportDocumentResponse basic = import;
  LeaveBasics(&basic);
  EXPECT_EQ(basic.tables(0).ShortDebugString(), "name: \"units/u/tables/p1\" etag: \"7\"");
  EXPECT_EQ(basic.findings(0).DebugString(), import.findings(0).DebugString());
  EXPECT_EQ(basic.commit().revision(), 7);
  EXPECT_EQ(basic.table_count(), 1);
  EXPECT_EQ(basic.actuals_size(), 0) << "what has no name";
  EXPECT_EQ(basic.ledger().read(), 30);
  EXPECT_EQ(basic.source().format(), "XLSX");

  v1::RecordActualResponse report;
  report.mutable_actual()->set_name("units/u/tables/p1/indicators/i1/actuals/7");
  report.mutable_actual()->set_number("12");
  report.mutable_table_score()->set_score("70.00");
  report.mutable_table_score()->add_indicators()->set_score("7.00");
  LeaveBasics(&report);
  EXPECT_EQ(report.actual().number(), "");
  EXPECT_EQ(report.table_score().score(), "70.00");
  EXPECT_EQ(report.table_score().indicators_size(), 0);
}

TEST(AnswerView, ALimitIsReachedAndNotPassed) {
  EXPECT_TRUE(CheckAnswerBytes(100, 100).ok());
  const absl::Status refused = CheckAnswerBytes(101, 100);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_ANSWER_TOO_LARGE);
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("101 bytes, at most 100"));
  EXPECT_LT(kMostWriteAnswer, kMostReadAnswer);
  EXPECT_LT(kMostReadAnswer, size_t{4} << 20) << "what clients take by default";
}

TEST(Findings, TheWorstStayWhereThereIsNoRoomForAll) {
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  const auto add = [&findings](v1::Severity severity, const char* code) {
    v1::Finding& finding = *findings.Add();
    finding.set_severity(severity);
    finding.set_code(code);
  };
  add(v1::SEVERITY_NOTE, "N1");
  add(v1::SEVERITY_ERROR, "E1");
  add(v1::SEVERITY_WARNING, "W1");
  add(v1::SEVERITY_NOTE, "N2");
  add(v1::SEVERITY_WARNING, "W2");
  const size_t one = findings[0].ByteSizeLong();
  const auto codes = [&findings] {
    std::vector<std::string> all;
    for (const v1::Finding& finding : findings) all.push_back(finding.code());
    return all;
  };
  EXPECT_EQ(KeepWorst(5 * one, &findings), 0);
  EXPECT_THAT(codes(), ElementsAre("N1", "E1", "W1", "N2", "W2"));
  EXPECT_EQ(KeepWorst(4 * one, &findings), 1);
  EXPECT_THAT(codes(), ElementsAre("N1", "E1", "W1", "W2")) << "in their order";
  EXPECT_EQ(KeepWorst(2 * one, &findings), 2);
  EXPECT_THAT(codes(), ElementsAre("E1", "W1"));
  EXPECT_EQ(KeepWorst(0, &findings), 2);
}

TEST(Findings, NoLesserOneTakesTheRoomOfOneThatDidNotFit) {
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  for (const v1::Severity severity : {v1::SEVERITY_NOTE, v1::SEVERITY_WARNING, v1::SEVERITY_ERROR})
    findings.Add()->set_severity(severity);
  const size_t two = findings[0].ByteSizeLong() + findings[2].ByteSizeLong();
  findings[1].set_message(std::string(100, 'm'));
  EXPECT_EQ(KeepWorst(two, &findings), 2);
  ASSERT_EQ(findings.size(), 1);
  EXPECT_EQ(findings[0].severity(), v1::SEVERITY_ERROR);
}

TEST(Language, TagsOfTheTwoThatAreSpoken) {
  const Caller caller{"lead", "en", "1.1.1.1"};
  EXPECT_EQ(SpokenTo(caller, "zh-Hans-CN")->locale, "zh-CN");
  EXPECT_EQ(SpokenTo(caller, "ZH")->locale, "zh-CN");
  EXPECT_EQ(SpokenTo({"lead", "zh-CN", ""}, "en-GB")->locale, "en");
  EXPECT_EQ(SpokenTo(caller, "zh")->actor, "lead");
  for (const char* other : {"fr", "zhx", "english", "-"}) {
    EXPECT_EQ(ReasonOf(SpokenTo(caller, other).status()), v1::ERROR_REASON_INVALID_FIELD) << other;
  }
}

}  // namespace
}  // namespace attain::engine
