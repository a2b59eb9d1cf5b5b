#include "clients/cli/words/labels.h"

#include <gtest/gtest.h>

#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "clients/cli/show/actual_text.h"

namespace attain::cli {
namespace {

template <typename Enum>
void ExpectAllLabelled() {
  const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 1; i < type->value_count(); ++i) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      EXPECT_FALSE(Label(static_cast<Enum>(type->value(i)->number()), language).empty())
          << type->value(i)->name();
    }
  }
}

TEST(Labels, EveryValueHasWordsInBothLanguages) {
  ExpectAllLabelled<v1::TableKind>();
  ExpectAllLabelled<v1::TableState>();
  ExpectAllLabelled<v1::ScoreStatus>();
  ExpectAllLabelled<v1::WarningLight>();
  ExpectAllLabelled<v1::ScoreFlag>();
  ExpectAllLabelled<v1::Severity>();
  ExpectAllLabelled<v1::ActualState>();
  ExpectAllLabelled<v1::RuleKind>();
  ExpectAllLabelled<v1::Signal>();
  ExpectAllLabelled<v1::Likelihood>();
  ExpectAllLabelled<v1::OutlookCause>();
  ExpectAllLabelled<v1::DueKind>();
  ExpectAllLabelled<v1::DifferenceCause>();
}

TEST(Labels, TargetsReadAsInADocument) {
  v1::Target target;
  target.set_comparator(v1::COMPARATOR_AT_LEAST);
  target.set_value("30");
  target.set_unit("个");
  EXPECT_EQ(TargetText(target), "≥30 个");
  target.set_comparator(v1::COMPARATOR_EQUAL);
  target.set_unit("%");
  EXPECT_EQ(TargetText(target), "=30%");
  v1::Target words;
  words.set_text("有效提高");
  EXPECT_EQ(TargetText(words), "有效提高");
}

TEST(Labels, RangesOfOnePointAreOneFigure) {
  EXPECT_EQ(RangeText("60.00", "75.00"), "60.00–75.00");
  EXPECT_EQ(RangeText("75.00", "75.00"), "75.00");
  EXPECT_EQ(RangeText("", ""), "");
}

TEST(Labels, GradesAndLightsHaveTheirColours) {
  EXPECT_EQ(ColourOfGrade("优"), Colour::kGreen);
  EXPECT_EQ(ColourOfGrade("差"), Colour::kRed);
  EXPECT_EQ(ColourOfGrade("A+"), Colour::kNone);
  EXPECT_EQ(ColourOf(v1::WARNING_LIGHT_RED), Colour::kRed);
  EXPECT_EQ(ColourOf(v1::WARNING_LIGHT_NONE), Colour::kNone);
}

TEST(Labels, EveryMethodThatChangesSomethingHasWords) {
  for (const auto* file :
       {v1::RecordActualRequest::descriptor()->file(), v1::SubmitTableRequest::descriptor()->file(),
        v1::SubmitEvaluationRequest::descriptor()->file(), v1::CreateProfileRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service(0)->method_count(); ++i) {
      const auto* method = file->service(0)->method(i);
      if (method->output_type()->FindFieldByName("commit") == nullptr) continue;
      for (const Language language : {Language::kEnglish, Language::kChinese})
        EXPECT_NE(LabelOfMethod(method->name(), language), method->name()) << method->name();
    }
  }
  EXPECT_EQ(LabelOfMethod("NewMethod", Language::kChinese), "NewMethod");
}

TEST(Labels, ReportsShowTheirUnit) {
  v1::Actual actual;
  actual.mutable_report()->set_value("4次");
  actual.set_number("4");
  actual.set_unit("次");
  EXPECT_EQ(ActualText(actual), "4 次");
  actual.mutable_report()->set_value("95");
  actual.set_number("95");
  actual.set_unit("%");
  EXPECT_EQ(ActualText(actual), "95%");
  actual.clear_number();
  actual.mutable_report()->set_value("达成年度指标");
  EXPECT_EQ(ActualText(actual), "达成年度指标");
  actual.mutable_report()->clear_value();
  actual.mutable_report()->set_numerator("3");
  actual.mutable_report()->set_denominator("4");
  EXPECT_EQ(ActualText(actual), "3/4");
}

TEST(Labels, AmendmentsInForceAreCalledSoInBothLanguages) {
  EXPECT_EQ(Label(v1::AMENDMENT_STATE_APPROVED, Language::kEnglish), "in force");
  EXPECT_EQ(Label(v1::AMENDMENT_STATE_APPROVED, Language::kChinese), "已生效");
}

TEST(Labels, AnUnsetTimeIsEmpty) {
  EXPECT_EQ(TimeText({}), "");
}

}  // namespace
}  // namespace attain::cli
