#include "common/schema/methods.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/table.pb.h"

namespace attain::schema {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const auto* service : ServicesOfApi()) {
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

// Whether the path ("reports.indicator") leads to a text.
bool LeadsToText(const Descriptor* message, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    if (field != nullptr) message = field->message_type();
    field = message == nullptr ? nullptr : message->FindFieldByName(std::string(part));
    if (field == nullptr) return false;
  }
  return field->type() == FieldDescriptor::TYPE_STRING;
}

TEST(Methods, EachHasARow) {
  EXPECT_GT(AllMethods().size(), 50u);
  for (const MethodDescriptor* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    ASSERT_TRUE(method->options().HasExtension(v1::call))
        << "give it an option (call): proto/attain/v1/options.proto";
    const v1::CallRule& rule = RuleOf(*method);
    EXPECT_NE(rule.kind(), v1::CALL_KIND_UNSPECIFIED);
    EXPECT_GT(rule.needs_size(), 0);
    for (const v1::Need& need : rule.needs()) {
      EXPECT_NE(need.permission(), v1::PERMISSION_UNSPECIFIED);
      if (!need.resource().empty()) {
        EXPECT_TRUE(LeadsToText(method->input_type(), need.resource())) << need.resource();
      }
    }
    EXPECT_EQ(std::set<int>(rule.duties().begin(), rule.duties().end()).size(),
              static_cast<size_t>(rule.duties_size()));
  }
}

// What is recorded can be asked for again with the same id, says where it stands, and has a name in lists of
// changes; nothing else has.
TEST(Methods, WritesAndNoOthersAreCommitted) {
  for (const MethodDescriptor* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    const v1::CallRule& rule = RuleOf(*method);
    const bool committed = method->output_type()->FindFieldByName("commit") != nullptr;
    if (committed) {
      EXPECT_EQ(rule.kind(), v1::CALL_KIND_WRITE);
      EXPECT_NE(method->input_type()->FindFieldByName("request_id"), nullptr);
      EXPECT_FALSE(rule.words().zh().empty());
      EXPECT_FALSE(rule.words().en().empty());
    } else {
      EXPECT_FALSE(rule.has_words());
      EXPECT_EQ(rule.duties_size(), 0);
      EXPECT_FALSE(rule.signed_());
    }
    if (rule.kind() == v1::CALL_KIND_SUBSCRIPTION) EXPECT_TRUE(method->server_streaming());
    if (rule.kind() == v1::CALL_KIND_READ || rule.kind() == v1::CALL_KIND_HEAVY_READ)
      EXPECT_FALSE(method->server_streaming() || method->client_streaming());
  }
}

TEST(Methods, TheStepsOfTwoPeopleAndThoseThatAreSigned) {
  std::vector<std::string> is_signed, proposer, submitter;
  for (const MethodDescriptor* method : AllMethods()) {
    if (RuleOf(*method).signed_()) is_signed.push_back(method->name());
    for (const int duty : RuleOf(*method).duties()) {
      if (duty == v1::DUTY_NOT_PROPOSER) proposer.push_back(method->name());
      if (duty == v1::DUTY_SUBMITTER_ONLY) submitter.push_back(method->name());
    }
  }
  EXPECT_EQ(is_signed, (std::vector<std::string>{"ProposeAmendment", "ApproveAmendment", "RejectAmendment",
                                                 "ReviewIndicator", "SubmitEvaluation", "ConfirmEvaluation",
                                                 "ReturnEvaluation"}));
  EXPECT_EQ(proposer, std::vector<std::string>{"ApproveAmendment"});
  EXPECT_EQ(submitter, std::vector<std::string>{"WithdrawTable"});
}

TEST(Methods, AreFoundByRequestAndByName) {
  const MethodDescriptor* const method = MethodOf(v1::RecordActualRequest::descriptor());
  ASSERT_NE(method, nullptr);
  EXPECT_EQ(method->full_name(), "attain.v1.ReportingService.RecordActual");
  EXPECT_EQ(MethodNamed("RecordActual"), method);
  EXPECT_EQ(MethodOf(v1::Table::descriptor()), nullptr);
  EXPECT_EQ(MethodOf(v1::RecordActualResponse::descriptor()), nullptr);
  EXPECT_EQ(MethodNamed("NewMethod"), nullptr);
  EXPECT_EQ(MethodNamed(""), nullptr);
  std::set<std::string> names;
  for (const MethodDescriptor* each : AllMethods()) {
    EXPECT_TRUE(names.insert(each->name()).second) << each->name() << " is there twice";
    EXPECT_EQ(MethodOf(each->input_type()), each);
  }
}

}  // namespace
}  // namespace attain::schema
