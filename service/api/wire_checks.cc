#include "service/api/wire_checks.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/unknown_field_set.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using MessageFields = std::vector<const FieldDescriptor*>;

// The fields of a type that are messages, found once by a thread: a batch has ten thousand of the same type.
const MessageFields& MessageFieldsOf(const Descriptor& type) {
  thread_local absl::flat_hash_map<const Descriptor*, std::unique_ptr<const MessageFields>> known;
  std::unique_ptr<const MessageFields>& fields = known[&type];
  if (fields == nullptr) {
    auto found = std::make_unique<MessageFields>();
    for (int i = 0; i < type.field_count(); ++i) {
      if (type.field(i)->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) found->push_back(type.field(i));
    }
    fields = std::move(found);
  }
  return *fields;
}

struct Unknown {
  std::string path;  // of the message that has it, "" or "reports[3].report."
  int number = 0;    // 0: there is none
};

Unknown FindUnknown(const Message& message) {
  const auto& reflection = *message.GetReflection();
  const google::protobuf::UnknownFieldSet& unknown = reflection.GetUnknownFields(message);
  if (!unknown.empty()) return {"", unknown.field(0).number()};
  for (const FieldDescriptor* field : MessageFieldsOf(*message.GetDescriptor())) {
    const bool repeated = field->is_repeated();
    const int count = repeated ? reflection.FieldSize(message, field) : reflection.HasField(message, field);
    for (int i = 0; i < count; ++i) {
      Unknown found = FindUnknown(repeated ? reflection.GetRepeatedMessage(message, field, i)
                                           : reflection.GetMessage(message, field));
      if (found.number == 0) continue;
      found.path =
          absl::StrCat(field->name(), repeated ? absl::StrCat("[", i, "].") : std::string("."), found.path);
      return found;
    }
  }
  return {};
}

using google::protobuf::UnknownField;

// "" while the text is sound.
std::string PathIn(const FieldDescriptor& field, const std::string& value) {
  if (field.type() == FieldDescriptor::TYPE_STRING) return IsUtf8(value) ? "" : field.name();
  if (field.type() != FieldDescriptor::TYPE_MESSAGE) return "";
  const std::string below = PathOfInvalidText(*field.message_type(), value);
  return below.empty() ? "" : absl::StrCat(field.name(), ".", below);
}

}  // namespace

absl::Status CheckNoUnknownFields(const Message& request) {
  const Unknown unknown = FindUnknown(request);
  if (unknown.number == 0) return absl::OkStatus();
  return BadField(
      absl::StrCat(unknown.path, unknown.number), v1::ERROR_REASON_INVALID_FIELD,
      {absl::StrCat("本服务器不认识 ", unknown.path, "字段 ", unknown.number,
                    "，照做会漏掉它，因此没有执行。请升级服务器，或不要发送该字段。"),
       absl::StrCat("This server does not know field ", unknown.number, " of ",
                    unknown.path.empty() ? "the request" : unknown.path.substr(0, unknown.path.size() - 1),
                    " and would leave it out, so nothing was done. Update the server, or do not "
                    "send that field.")},
      {{"field_number", absl::StrCat(unknown.number)}});
}

std::string PathOfInvalidText(const google::protobuf::Descriptor& type, absl::string_view bytes) {
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return "";
  absl::flat_hash_map<int, int> counts;  // of the items of each list so far
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& each = fields.field(i);
    const FieldDescriptor* const field = type.FindFieldByNumber(each.number());
    if (field == nullptr || each.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    const int at = counts[each.number()]++;
    std::string path = PathIn(*field, each.length_delimited());
    if (path.empty()) continue;
    if (field->is_repeated()) path.insert(field->name().size(), absl::StrCat("[", at, "]"));
    return path;
  }
  return "";
}

}  // namespace attain::engine
