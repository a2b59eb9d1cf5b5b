// The public schema and the one on disk, side by side: a field without partner is either listed here, with
// its reason, or a mistake.
#include "service/model/mirror.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "attain/v1/monitoring.pb.h"
#include "tests/support/aliases.h"
#include "tests/unit/model/sample_table.h"

namespace attain::engine {
namespace {

using ::testing::UnorderedElementsAre;

TEST(Mirror, TableFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(
      FieldsWithoutPartner(*v1::Table::descriptor(), *disk::TableState::descriptor()),
      UnorderedElementsAre("Table.etag", "Table.create_time", "Table.update_time", "Table.source_text"));
}

TEST(Mirror, ProfileFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Profile::descriptor(), *disk::ProfileState::descriptor()),
              UnorderedElementsAre("Profile.etag", "Profile.update_time"));
}

TEST(Mirror, UnitAndActualFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Unit::descriptor(), *disk::UnitState::descriptor()),
              UnorderedElementsAre("Unit.etag", "Unit.create_time", "Unit.update_time"));
  EXPECT_THAT(FieldsWithoutPartner(*v1::Actual::descriptor(), *disk::ActualState::descriptor()),
              UnorderedElementsAre("Actual.name", "Actual.unit", "Actual.record_time"));
}

TEST(Mirror, SpendingFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Spending::descriptor(), *disk::SpendingState::descriptor()),
              UnorderedElementsAre("Spending.name", "Spending.record_time"));
}

TEST(Mirror, OutlookFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Outlook::descriptor(), *disk::OutlookState::descriptor()),
              UnorderedElementsAre("Outlook.record_time", "Outlook.name"));
}

TEST(Mirror, AProfileComesBackAsItWasSent) {
  v1::Profile profile;
  profile.set_display_name("x");
  profile.mutable_defaults()->set_score_decimals(0);
  profile.mutable_defaults()->set_rounding(v1::ROUNDING_DOWN);
  AddAlias("直接赋分", v1::RULE_KIND_DIRECT, profile.mutable_rule_aliases());
  AddAlias("达成目标", "achieved", profile.mutable_level_aliases());
  v1::Profile back = ToPublic(ToState(profile), 7);
  EXPECT_EQ(back.etag(), "7");
  back.clear_etag();
  back.clear_update_time();
  EXPECT_EQ(back.DebugString(), profile.DebugString());
}

TEST(Mirror, AReportIsCopiedByHandAsByName) {
  disk::ActualState state;
  FillEveryField(&state);
  v1::Actual by_name;
  CopyByName(state, &by_name);
  v1::Actual by_hand = ToPublic(state, "p", "7", "个");
  EXPECT_EQ(by_hand.name(), "p/actuals/7");
  EXPECT_EQ(by_hand.unit(), "个");
  EXPECT_EQ(by_hand.corrects(), "p/actuals/corrects1");
  EXPECT_EQ(by_hand.corrected_by(), "p/actuals/corrected_by1");
  by_hand.clear_name();
  by_hand.clear_unit();
  by_hand.clear_record_time();
  by_hand.set_corrects(state.corrects());
  by_hand.set_corrected_by(state.corrected_by());
  EXPECT_EQ(by_hand.DebugString(), by_name.DebugString());
}

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Names = std::set<std::string>;

// The field's value, or one of its values, as text; "" where nothing is set.
std::string ValueOf(const Message& message, const FieldDescriptor* field, int at) {
  const auto* reflection = message.GetReflection();
  if (field->is_repeated()) return reflection->GetRepeatedString(message, field, at);
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat(reflection->GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return absl::StrCat(reflection->GetBool(message, field) ? 1 : 0);
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection->GetInt32(message, field));
    default:
      return absl::StrCat(reflection->GetInt64(message, field));
  }
}

// Fields of one name have one value, whatever is nested in them; names in `except` ("Table.etag") are passed
// over.
void ExpectSameFields(const Message& a, const Message& b, const Names& except) {
  for (int i = 0; i < a.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = a.GetDescriptor()->field(i);
    const FieldDescriptor* other = b.GetDescriptor()->FindFieldByName(field->name());
    const std::string name = absl::StrCat(a.GetDescriptor()->name(), ".", field->name());
    if (other == nullptr || except.contains(name)) continue;
    const int size = field->is_repeated() ? a.GetReflection()->FieldSize(a, field) : 1;
    if (field->is_repeated()) {
      ASSERT_EQ(b.GetReflection()->FieldSize(b, other), size) << name;
    }
    for (int at = 0; at < size; ++at) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        ExpectSameFields(field->is_repeated() ? a.GetReflection()->GetRepeatedMessage(a, field, at)
                                              : a.GetReflection()->GetMessage(a, field),
                         field->is_repeated() ? b.GetReflection()->GetRepeatedMessage(b, other, at)
                                              : b.GetReflection()->GetMessage(b, other),
                         except);
      } else {
        EXPECT_EQ(ValueOf(a, field, at), ValueOf(b, other, at)) << name;
      }
    }
  }
}

// Fields without a value, nested ones too.
void CollectUnset(const Message& message, Names* unset) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const auto* reflection = message.GetReflection();
    const bool set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
                                          : reflection->HasField(message, field);
    if (!set) unset->insert(absl::StrCat(message.GetDescriptor()->name(), ".", field->name()));
    if (set && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map()) {
      CollectUnset(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, 0)
                                        : reflection->GetMessage(message, field),
                   unset);
    }
  }
}
Names Unset(const Message& message) {
  Names unset;
  CollectUnset(message, &unset);
  return unset;
}

using ::testing::IsEmpty;

TEST(Mirror, ATimeIsSplitIntoSecondsAndNanoseconds) {
  EXPECT_EQ(ToTimestamp(1'717'200'000'123'456).seconds(), 1'717'200'000);
  EXPECT_EQ(ToTimestamp(1'717'200'000'123'456).nanos(), 123'456'000);
  EXPECT_EQ(ToTimestamp(999'999).seconds(), 0);
  EXPECT_EQ(ToTimestamp(999'999).nanos(), 999'999'000);
  EXPECT_EQ(ToTimestamp(1'000'000).seconds(), 1);
}

TEST(Mirror, AUnitIsShownWhole) {
  disk::UnitState state;
  FillEveryField(&state);
  state.set_create_time_us(1'000'000);
  state.set_update_time_us(2'000'000);
  const v1::Unit unit = ToPublic(state, 42);
  ExpectSameFields(state, unit, {});
  EXPECT_EQ(unit.etag(), "42");
  EXPECT_EQ(unit.create_time().seconds(), 1);
  EXPECT_EQ(unit.update_time().seconds(), 2);
  EXPECT_THAT(Unset(unit), UnorderedElementsAre("Timestamp.nanos"));
}

TEST(Mirror, ATableIsShownWhole) {
  disk::TableState state;
  FillEveryField(&state);
  state.set_name("units/u/tables/t");
  state.mutable_indicators(0)->set_name("i1");
  state.mutable_indicators(1)->set_name("i2");
  state.set_create_time_us(1'000'000);
  state.set_update_time_us(2'000'000);
  const v1::Table table = ToPublic(state, 42);
  ExpectSameFields(state, table, {"IndicatorState.name"});
  EXPECT_EQ(table.indicators(0).name(), "units/u/tables/t/indicators/i1");
  EXPECT_EQ(table.indicators(1).name(), "units/u/tables/t/indicators/i2");
  EXPECT_EQ(table.etag(), "42");
  EXPECT_EQ(table.create_time().seconds(), 1);
  EXPECT_EQ(table.update_time().seconds(), 2);
  EXPECT_THAT(Unset(table), UnorderedElementsAre("Timestamp.nanos", "Table.source_text"));
}

TEST(Mirror, AProfileIsShownWhole) {
  disk::ProfileState state;
  FillEveryField(&state);
  state.set_update_time_us(2'000'000);
  const v1::Profile profile = ToPublic(state, 42);
  ExpectSameFields(state, profile, {});
  EXPECT_EQ(profile.level_aliases(1).text(), state.level_aliases(1).text());
  EXPECT_EQ(profile.level_aliases(1).level(), state.level_aliases(1).level());
  EXPECT_EQ(profile.etag(), "42");
  EXPECT_EQ(profile.update_time().seconds(), 2);
  EXPECT_THAT(Unset(profile), UnorderedElementsAre("Timestamp.nanos"));
}

disk::AmendmentState FullAmendment() {
  disk::AmendmentState state;
  FillEveryField(&state);
  state.set_number(3);
  state.set_propose_time_us(1'000'000);
  state.set_decide_time_us(2'000'000);
  for (disk::RowChangeState& row : *state.mutable_rows()) {
    row.mutable_indicator()->set_name("i1");
    row.mutable_before()->set_name("i1");
  }
  return state;
}

TEST(Mirror, AnAmendmentIsShownWhole) {
  const disk::AmendmentState state = FullAmendment();
  const v1::Amendment amendment = ToPublic(state, "units/u/tables/t", 42);
  ExpectSameFields(state, amendment, {"AmendmentState.name", "IndicatorState.name"});
  EXPECT_EQ(amendment.name(), "units/u/tables/t/amendments/3");
  EXPECT_EQ(amendment.etag(), "42");
  EXPECT_EQ(amendment.rows(1).indicator().name(), "units/u/tables/t/indicators/i1");
  EXPECT_EQ(amendment.rows(1).before().name(), "units/u/tables/t/indicators/i1");
  EXPECT_EQ(amendment.propose_time().seconds(), 1);
  EXPECT_EQ(amendment.decide_time().seconds(), 2);
  EXPECT_THAT(Unset(amendment), UnorderedElementsAre("Timestamp.nanos"));
}

TEST(Mirror, AnAmendmentShowsNothingThatIsNotThere) {
  disk::AmendmentState state = FullAmendment();
  state.set_decide_time_us(0);
  state.mutable_rows(0)->clear_before();  // an added row
  state.mutable_rows(1)->mutable_indicator()->clear_name();
  const v1::Amendment amendment = ToPublic(state, "units/u/tables/t", 42);
  EXPECT_FALSE(amendment.has_decide_time());
  EXPECT_FALSE(amendment.rows(0).has_before());
  EXPECT_TRUE(amendment.rows(1).has_before());
  EXPECT_EQ(amendment.rows(1).indicator().name(), "") << "a row that has no name yet";
}

TEST(Mirror, AnEvaluationIsShownWhole) {
  disk::EvaluationState state;
  FillEveryField(&state);
  state.set_submit_time_us(1'000'000);
  state.set_confirm_time_us(2'000'000);
  v1::Evaluation evaluation = ToPublic(state, "units/u/tables/t", 42);
  ExpectSameFields(state, evaluation, {});
  EXPECT_EQ(evaluation.name(), "units/u/tables/t/evaluation");
  EXPECT_EQ(evaluation.etag(), "42");
  EXPECT_EQ(evaluation.submit_time().seconds(), 1);
  EXPECT_EQ(evaluation.confirm_time().seconds(), 2);
  state.set_submit_time_us(0);
  state.set_confirm_time_us(0);
  evaluation = ToPublic(state, "units/u/tables/t", 42);
  EXPECT_FALSE(evaluation.has_submit_time());
  EXPECT_FALSE(evaluation.has_confirm_time());
}

TEST(Mirror, AReportShowsOnlyWhatItHas) {
  disk::ActualState state;
  state.set_record_time_us(1'500'000);
  const v1::Actual actual = ToPublic(state, "p", "7", "个");
  EXPECT_EQ(actual.unit(), "") << "words have no measure";
  EXPECT_EQ(actual.corrects(), "");
  EXPECT_EQ(actual.corrected_by(), "");
  EXPECT_FALSE(actual.has_met());
  EXPECT_EQ(actual.record_time().seconds(), 1);
  EXPECT_EQ(actual.record_time().nanos(), 500'000'000);
  state.set_met(false);
  EXPECT_TRUE(ToPublic(state, "p", "7", "个").has_met());
}

TEST(Mirror, OfATableAClientSetsWhatIsNotOutputOnly) {
  v1::Table table;
  FillEveryField(&table);
  table.mutable_indicators(0)->set_name("units/u/tables/t/indicators/i1");
  table.mutable_indicators(1)->set_name("i2");
  table.mutable_indicators(0)->mutable_target()->set_unit("％");
  const disk::TableState state = ToState(table);
  const Names output_only = {
      "Table.profile_version",  "Table.state",           "Table.return_reason", "Table.submitter",
      "Table.approve_revision", "Table.amendment_count", "Table.amend_revision"};
  Names except = output_only;
  except.insert({"Indicator.name", "Target.unit"});
  ExpectSameFields(table, state, except);
  EXPECT_EQ(state.indicators(0).name(), "i1");
  EXPECT_EQ(state.indicators(1).name(), "i2");
  EXPECT_EQ(state.indicators(0).target().unit(), "%");
  EXPECT_THAT(Unset(state), UnorderedElementsAre("TableState.profile_version", "TableState.state",
                                                 "TableState.return_reason", "TableState.submitter",
                                                 "TableState.approve_revision", "TableState.amendment_count",
                                                 "TableState.amend_revision", "TableState.create_time_us",
                                                 "TableState.update_time_us", "TableState.source_revision",
                                                 "TableState.amend_date"));
}

TEST(Mirror, OfAProfileAClientSetsWhatIsNotOutputOnly) {
  v1::Profile profile;
  FillEveryField(&profile);
  profile.clear_rule_aliases();
  profile.clear_level_aliases();
  AddAlias("乙", v1::RULE_KIND_MANUAL, profile.mutable_rule_aliases());
  AddAlias("丙", v1::RULE_KIND_DIRECT, profile.mutable_rule_aliases());
  AddAlias("b", "low", profile.mutable_level_aliases());
  AddAlias("a", "high", profile.mutable_level_aliases());
  const disk::ProfileState state = ToState(profile);
  ExpectSameFields(profile, state, {"Profile.version", "Profile.rule_aliases", "Profile.level_aliases"});
  EXPECT_EQ(state.rule_aliases(0).text(), "丙") << "sorted: the same bytes on every server";
  EXPECT_EQ(state.rule_aliases(0).kind(), v1::RULE_KIND_DIRECT);
  EXPECT_EQ(state.rule_aliases(1).text(), "乙");
  EXPECT_EQ(state.level_aliases(0).text(), "a");
  EXPECT_EQ(state.level_aliases(0).level(), "high");
  EXPECT_EQ(state.level_aliases(1).level(), "low");
  EXPECT_THAT(Unset(state), UnorderedElementsAre("ProfileState.version", "ProfileState.update_time_us"));
}

TEST(Mirror, ARowIsKeptByTheLastPartOfItsName) {
  for (const char* name : {"units/u/tables/t/indicators/i1", "/i1", "i1"}) {
    std::string stripped = name;
    StripRowName(&stripped);
    EXPECT_EQ(stripped, "i1") << name;
  }
  std::string empty = "";
  StripRowName(&empty);
  EXPECT_EQ(empty, "");
}

TEST(Mirror, CopyingOverOldValuesLeavesNoneOfThem) {
  disk::ActualState from;
  from.mutable_report()->add_evidence("new");
  v1::Actual to;
  FillEveryField(&to);
  CopyByName(from, &to);
  EXPECT_THAT(to.report().evidence(), ::testing::ElementsAre("new"));
  EXPECT_FALSE(to.has_met());
  EXPECT_EQ(to.number(), "");
  EXPECT_EQ(to.unit(), "unit1") << "a field of one side only";
}

TEST(Mirror, FieldsOfAnotherTypeHaveNoPartner) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Actual::descriptor(), *v1::Actual::descriptor()), IsEmpty());
  EXPECT_THAT(FieldsWithoutPartner(*disk::CellState::descriptor(), *disk::ReviewState::descriptor()),
              ::testing::Contains("CellState.status"));
  // date is a text on both sides, revision a number; evidence is a list here and a text there.
  EXPECT_THAT(FieldsWithoutPartner(*disk::ReportState::descriptor(), *disk::IndicatorState::descriptor()),
              ::testing::Contains("ReportState.evidence"));
}

}  // namespace
}  // namespace attain::engine
