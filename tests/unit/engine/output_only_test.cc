// What only the server says cannot be sent: every output-only field of every message that a client creates or
// updates is filled with something that is not so, and none of it comes back or is kept.
#include "absl/strings/str_cat.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kForged[] = "forged-1147114711";
constexpr int kForgedNumber = 1147114711;

void Forge(Message* message, const std::vector<std::string>& fields) {
  const auto* reflection = message->GetReflection();
  for (const std::string& name : fields) {
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
    ASSERT_NE(field, nullptr) << name;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        reflection->SetString(message, field, kForged);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection->SetInt32(message, field, kForgedNumber);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection->SetInt64(message, field, kForgedNumber);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection->SetEnumValue(message, field, field->enum_type()->value_count() - 1);
        break;
      default: {
        Message* inner = reflection->MutableMessage(message, field);
        const FieldDescriptor* seconds = inner->GetDescriptor()->FindFieldByName("seconds");
        ASSERT_NE(seconds, nullptr) << name << " is neither a value nor a time";
        inner->GetReflection()->SetInt64(inner, seconds, kForgedNumber);
      }
    }
  }
}

void ExpectNothingForged(const Message& message) {
  const std::string text = message.DebugString();
  EXPECT_EQ(text.find("1147114711"), std::string::npos) << text;
}

class OutputOnly : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("u", "t", 2);
  }
};

TEST_F(OutputOnly, OfUnits) {
  const std::vector<std::string> fields = {"etag", "create_time", "update_time"};
  v1::CreateUnitRequest create;
  create.set_unit_id("v");
  create.mutable_unit()->set_display_name("v");
  Forge(create.mutable_unit(), fields);
  create.mutable_unit()->set_name(kForged);
  v1::Unit unit = Do<v1::CreateUnitResponse>(create).unit();
  ExpectNothingForged(unit);
  EXPECT_EQ(unit.name(), "units/v");
  v1::UpdateUnitRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_unit() = unit;
  Forge(update.mutable_unit(), {"create_time", "update_time"});
  update.mutable_unit()->set_display_name("w");
  ExpectNothingForged(Do<v1::UpdateUnitResponse>(update).unit());
  v1::GetUnitRequest get;
  get.set_name("units/v");
  const v1::Unit kept = Ask<v1::GetUnitResponse>(get).unit();
  ExpectNothingForged(kept);
  EXPECT_EQ(kept.create_time().seconds(), unit.create_time().seconds()) << "an update keeps when it was made";
  EXPECT_EQ(kept.display_name(), "w");
}

const std::vector<std::string>& FieldsOfTables() {
  static const auto* const fields = new std::vector<std::string>{
      "profile_version",  "state",           "return_reason", "create_time", "update_time", "submitter",
      "approve_revision", "amendment_count", "amend_revision"};
  return *fields;
}

TEST_F(OutputOnly, OfTables) {
  v1::CreateTableRequest create;
  create.set_parent("units/u");
  create.set_table_id("x");
  *create.mutable_table() = TableOf("units/u/tables/t");
  for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
  create.mutable_table()->set_name(kForged);
  Forge(create.mutable_table(), FieldsOfTables());
  Forge(create.mutable_table(), {"etag"});
  v1::Table table = Do<v1::CreateTableResponse>(create).table();
  ExpectNothingForged(table);
  EXPECT_EQ(table.name(), "units/u/tables/x");
  EXPECT_EQ(table.state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(table.profile_version(), 1) << "the newest, whatever was asked for";
  EXPECT_EQ(table.approve_revision(), 0);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = table;
  update.mutable_table()->set_leader("another");
  Forge(update.mutable_table(), FieldsOfTables());
  const v1::Table updated = Do<v1::UpdateTableResponse>(update).table();
  ExpectNothingForged(updated);
  EXPECT_EQ(updated.create_time().seconds(), table.create_time().seconds());
  const v1::Table kept = TableOf("units/u/tables/x");
  ExpectNothingForged(kept);
  EXPECT_EQ(kept.state(), v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(kept.leader(), "another");
  EXPECT_EQ(kept.DebugString(), updated.DebugString()) << "the answer is what is stored";
}

TEST_F(OutputOnly, AReturnedTableKeepsItsOwnReasonAndSubmitter) {
  MakeTable("u", "d", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  const std::string name = "units/u/tables/d";
  v1::SubmitTableRequest submit;
  submit.set_name(name);
  submit.set_etag(TableOf(name).etag());
  v1::ReturnTableRequest back;
  back.set_name(name);
  back.set_etag(Do<v1::SubmitTableResponse>(submit, "lead").table().etag());
  back.set_reason("weights");
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = Do<v1::ReturnTableResponse>(back, "office").table();
  Forge(update.mutable_table(), FieldsOfTables());
  const v1::Table updated = Do<v1::UpdateTableResponse>(update).table();
  ExpectNothingForged(updated);
  EXPECT_EQ(updated.return_reason(), "weights");
  EXPECT_EQ(updated.submitter(), "lead") << "who submitted it last";
}

TEST_F(OutputOnly, OfProfiles) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::CreateProfileRequest create;
  create.set_profile_id("own");
  *create.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  create.mutable_profile()->set_name(kForged);
  Forge(create.mutable_profile(), {"version", "etag", "update_time"});
  v1::Profile profile = Do<v1::CreateProfileResponse>(create).profile();
  ExpectNothingForged(profile);
  EXPECT_EQ(profile.version(), 1);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = profile;
  update.mutable_profile()->set_display_name("another");
  Forge(update.mutable_profile(), {"version", "update_time"});
  profile = Do<v1::UpdateProfileResponse>(update).profile();
  ExpectNothingForged(profile);
  EXPECT_EQ(profile.version(), 2);
  get.set_name("profiles/own");
  EXPECT_EQ(Ask<v1::GetProfileResponse>(get).profile().version(), 2);
}

TEST_F(OutputOnly, OfAmendments) {
  const v1::Table table = TableOf("units/u/tables/t");
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(table.name());
  propose.set_etag(table.etag());
  propose.mutable_amendment()->set_reason("fewer");
  v1::RowChange* row = propose.mutable_amendment()->add_rows();
  row->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *row->mutable_indicator() = table.indicators(0);
  row->mutable_indicator()->mutable_target()->set_value("20");
  *row->mutable_before() = table.indicators(1);
  row->mutable_before()->set_display_name(kForged);
  Forge(propose.mutable_amendment(), {"name", "state", "proposer", "decider", "reject_reason", "etag",
                                      "number", "propose_time", "decide_time", "approve_revision"});
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  ExpectNothingForged(amendment);
  EXPECT_EQ(amendment.proposer(), "lead");
  EXPECT_EQ(amendment.number(), 1);
  EXPECT_EQ(amendment.state(), v1::AMENDMENT_STATE_PROPOSED);
  EXPECT_FALSE(amendment.has_decide_time());
  EXPECT_EQ(amendment.rows(0).before().display_name(), table.indicators(0).display_name());
  v1::ListAmendmentsRequest list;
  list.set_parent(table.name());
  EXPECT_EQ(Ask<v1::ListAmendmentsResponse>(list).amendments(0).DebugString(), amendment.DebugString());
}

TEST_F(OutputOnly, OfSpendingAndOutlooks) {
  v1::RecordSpendingRequest spending;
  spending.set_parent("units/u/tables/t");
  spending.mutable_spending()->set_spent("3");
  spending.mutable_spending()->set_date("2024-03-31");
  Forge(spending.mutable_spending(),
        {"actor", "record_time", "revision", "spent_text", "adjusted_budget_text"});
  const v1::Spending kept = Do<v1::RecordSpendingResponse>(spending).spending();
  ExpectNothingForged(kept);
  EXPECT_EQ(kept.actor(), "tester");
  Report("units/u/tables/t/indicators/i1", "1", "2024-03-31");
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator("units/u/tables/t/indicators/i1");
  outlook.mutable_outlook()->set_date("2024-03-31");
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_POSSIBLE);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);
  Forge(outlook.mutable_outlook(), {"actor", "record_time", "revision"});
  const v1::Outlook told = Do<v1::RecordOutlookResponse>(outlook).outlook();
  ExpectNothingForged(told);
  EXPECT_EQ(told.actor(), "tester");
}

}  // namespace
}  // namespace attain::engine
