#include "service/api/answer_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/finding.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/score.pb.h"
#include "google/rpc/status.pb.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Stays as it is: what is said of the write, and not what was written.
bool IsWhole(const Descriptor& type) {
  return &type == v1::Commit::descriptor() || &type == v1::Finding::descriptor() ||
         &type == v1::ItemError::descriptor() || &type == google::rpc::Status::descriptor();
}

void LeaveTotals(v1::Score* score) {
  score->clear_indicators();
}

void LeaveNames(Message* resource) {
  if (resource->GetDescriptor() == v1::Score::descriptor())
    return LeaveTotals(static_cast<v1::Score*>(resource));
  const google::protobuf::Reflection& reflection = *resource->GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(*resource, &set);
  for (const FieldDescriptor* field : set) {
    if (field->name() != "name" && field->name() != "etag") reflection.ClearField(resource, field);
  }
}

}  // namespace

bool WantsBasic(const v1::WriteOptions& write, const v1::CallRule& rule) {
  if (write.view() != v1::ANSWER_VIEW_UNSPECIFIED) return write.view() == v1::ANSWER_VIEW_BASIC;
  return rule.cost() == v1::COST_CLASS_ITEMS;
}

void LeaveBasics(Message* response) {
  const google::protobuf::Reflection& reflection = *response->GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(*response, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || IsWhole(*field->message_type())) continue;
    const bool named = field->message_type()->FindFieldByName("name") != nullptr;
    if (field->is_repeated()) {
      if (!named) {
        reflection.ClearField(response, field);
        continue;
      }
      for (int i = 0; i < reflection.FieldSize(*response, field); ++i)
        LeaveNames(reflection.MutableRepeatedMessage(response, field, i));
    } else if (named) {
      LeaveNames(reflection.MutableMessage(response, field));
    }
  }
}

absl::Status CheckAnswerBytes(size_t bytes, size_t limit) {
  if (bytes <= limit) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ANSWER_TOO_LARGE,
                {absl::StrCat("回答有 ", bytes, " 字节，最多 ", limit,
                              "。没有写入任何内容。请减少一次的项目，或用 view = BASIC 只取名称。"),
                 absl::StrCat("The answer has ", bytes, " bytes, at most ", limit,
                              " are given. Nothing was written. Ask for fewer items at a time, or for view "
                              "BASIC, which gives names.")},
                {{"bytes", absl::StrCat(bytes)}, {"limit", absl::StrCat(limit)}});
}

}  // namespace attain::engine
