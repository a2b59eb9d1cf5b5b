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
  EXPECT_GT(AllMethods().size(), 45u);
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
    EXPECT_NE(rule.cost(), v1::COST_CLASS_UNSPECIFIED);
    for (const int reason : rule.errors()) EXPECT_TRUE(v1::ErrorReason_IsValid(reason)) << reason;
  }
}

// What a read costs no side effect, a write with a request id none more than one.
TEST(Methods, SayWhetherTheyMayBeRepeated) {
  using google::protobuf::MethodOptions;
  for (const MethodDescriptor* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    const v1::CallKind kind = RuleOf(*method).kind();
    const auto level = method->options().idempotency_level();
    if (kind == v1::CALL_KIND_READ || kind == v1::CALL_KIND_HEAVY_READ)
      EXPECT_EQ(level, MethodOptions::NO_SIDE_EFFECTS);
    if (kind == v1::CALL_KIND_WRITE) EXPECT_EQ(level, MethodOptions::IDEMPOTENT);
  }
}

// A read tells what it was read at; what takes a moment to read at is a read.
TEST(Methods, ReadsTellWhereTheyRead) {
  size_t reads = 0;
  for (const MethodDescriptor* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    const v1::CallKind kind = RuleOf(*method).kind();
    // Of the log a size is asked for, and told.
    const bool of_the_log = method->service()->name() == "HistoryService" &&
                            method->input_type()->FindFieldByName("read") == nullptr;
    const bool read = (kind == v1::CALL_KIND_READ || kind == v1::CALL_KIND_HEAVY_READ) && !of_the_log;
    const FieldDescriptor* const info = method->output_type()->FindFieldByName("read");
    ASSERT_EQ(info != nullptr, read);
    if (!read) continue;
    ++reads;
    EXPECT_EQ(info->message_type()->full_name(), "attain.v1.ReadInfo");
    for (const char* gone : {"revision", "request_id", "validate_only", "accept_findings"}) {
      EXPECT_EQ(method->output_type()->FindFieldByName(gone), nullptr) << gone;
      EXPECT_EQ(method->input_type()->FindFieldByName(gone), nullptr) << gone;
    }
  }
  EXPECT_GT(reads, 20u);
}

// The fields of a message and of all below it, each type once.
void Collect(const Descriptor* type, std::set<const Descriptor*>* seen,
             std::vector<const FieldDescriptor*>* out) {
  if (!seen->insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    out->push_back(type->field(i));
    if (type->field(i)->message_type() != nullptr) Collect(type->field(i)->message_type(), seen, out);
  }
}

TEST(Fields, RulesSayWhatTheirTypeCanHold) {
  std::set<const Descriptor*> seen;
  std::vector<const FieldDescriptor*> fields;
  for (const MethodDescriptor* method : AllMethods()) {
    Collect(method->input_type(), &seen, &fields);
    Collect(method->output_type(), &seen, &fields);
  }
  int required = 0, output = 0, bounded = 0;
  for (const FieldDescriptor* field : fields) {
    SCOPED_TRACE(field->full_name());
    if (!field->options().HasExtension(v1::field)) continue;
    const v1::FieldRule& rule = field->options().GetExtension(v1::field);
    EXPECT_FALSE(rule.required() && rule.output_only());
    if (rule.max() != 0)
      EXPECT_TRUE(field->is_repeated() || field->cpp_type() == FieldDescriptor::CPPTYPE_STRING);
    EXPECT_GE(rule.max(), 0);
    required += rule.required();
    output += rule.output_only();
    bounded += rule.max() > 0;
  }
  EXPECT_GT(required, 40);
  EXPECT_GT(output, 20);
  EXPECT_GT(bounded, 15);
}

TEST(Reasons, EachHasACodeARemedyAndWords) {
  const auto& reasons = *v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    const auto reason = static_cast<v1::ErrorReason>(reasons.value(i)->number());
    if (reason == v1::ERROR_REASON_UNSPECIFIED) continue;
    SCOPED_TRACE(reasons.value(i)->name());
    const v1::ErrorRule& rule = RuleOf(reason);
    EXPECT_GT(rule.code(), 0);
    EXPECT_LE(rule.code(), 16);
    EXPECT_NE(rule.retry(), v1::RETRY_UNSPECIFIED);
    EXPECT_FALSE(rule.text().zh().empty() || rule.text().en().empty());
    if (rule.code() == 14 || rule.code() == 10)
      EXPECT_NE(rule.retry(), v1::RETRY_NEVER) << "UNAVAILABLE, ABORTED";
  }
}

TEST(Reasons, AMethodHasItsOwnAndThoseOfItsKind) {
  const auto may = [](const char* method, v1::ErrorReason reason) {
    return MayBeRefusedFor(*MethodNamed(method), reason);
  };
  EXPECT_TRUE(may("GetScore", v1::ERROR_REASON_RESOURCE_NOT_FOUND));
  EXPECT_TRUE(may("GetScore", v1::ERROR_REASON_REVISION_OUT_OF_RANGE));
  EXPECT_TRUE(may("GetScore", v1::ERROR_REASON_ANSWER_TOO_LARGE));
  EXPECT_FALSE(may("GetScore", v1::ERROR_REASON_REQUEST_ID_REUSED));
  EXPECT_FALSE(may("GetScore", v1::ERROR_REASON_ENTRY_TOO_LARGE));
  EXPECT_FALSE(may("GetScore", v1::ERROR_REASON_INVALID_PAGE_TOKEN));
  EXPECT_FALSE(may("GetScore", v1::ERROR_REASON_SAME_PERSON));
  EXPECT_TRUE(may("ListScores", v1::ERROR_REASON_INVALID_PAGE_TOKEN));
  EXPECT_TRUE(may("ListScores", v1::ERROR_REASON_INVALID_FILTER));
  EXPECT_TRUE(may("DiffScores", v1::ERROR_REASON_EPOCH_CHANGED));
  EXPECT_TRUE(may("Watch", v1::ERROR_REASON_REVISION_OUT_OF_RANGE));
  EXPECT_TRUE(may("RecordActual", v1::ERROR_REASON_REQUEST_ID_REUSED));
  EXPECT_TRUE(may("RecordActual", v1::ERROR_REASON_ENTRY_TOO_LARGE));
  EXPECT_FALSE(may("RecordActual", v1::ERROR_REASON_REVISION_OUT_OF_RANGE));
  EXPECT_TRUE(may("ApproveAmendment", v1::ERROR_REASON_SAME_PERSON));
  EXPECT_EQ(RuleOf(static_cast<v1::ErrorReason>(9999)).code(), 0);
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
      const FieldDescriptor* const write = method->input_type()->FindFieldByName("write");
      ASSERT_NE(write, nullptr);
      EXPECT_EQ(write->message_type()->full_name(), "attain.v1.WriteOptions");
      EXPECT_EQ(write->number(), 15);
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
