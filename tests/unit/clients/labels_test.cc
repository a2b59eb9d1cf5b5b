#include "clients/cli/labels.h"

#include <gtest/gtest.h>

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

TEST(Labels, AnUnsetTimeIsEmpty) {
  EXPECT_EQ(TimeText({}), "");
}

}  // namespace
}  // namespace attain::cli
