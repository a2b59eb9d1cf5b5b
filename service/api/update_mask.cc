#include "service/api/update_mask.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/field_mask_util.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

constexpr int kMaxPaths = 200;

absl::Status BadPath(const std::string& zh, const std::string& en) {
  return BadField("update_mask", v1::ERROR_REASON_INVALID_FIELD, {zh, en});
}

absl::Status CheckPath(const Descriptor& type, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  if (!path.empty() && FieldMaskUtil::GetFieldDescriptors(&type, path, &fields)) return absl::OkStatus();
  const std::string shown(CutText(path, 60));
  return BadPath(absl::StrCat("update_mask 中没有可修改的字段 “", shown, "”。"),
                 absl::StrCat("update_mask names \"", shown, "\", which is no field of ", type.name(), "."));
}

// The messages that lead to a path are made where they are missing, so that what is empty in them is empty,
// too.
void MakeParents(const std::string& path, Message* message) {
  const std::vector<std::string> names = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const FieldDescriptor* const field = message->GetDescriptor()->FindFieldByName(names[i]);
    message = message->GetReflection()->MutableMessage(message, field);
  }
}

FieldMask FieldsOf(const Message& given) {
  std::vector<const FieldDescriptor*> fields;
  given.GetReflection()->ListFields(given, &fields);
  FieldMask mask;
  for (const FieldDescriptor* field : fields) mask.add_paths(field->name());
  return mask;
}

}  // namespace

absl::Status Update(const FieldMask& mask, const Message& given, Message* resource) {
  if (mask.paths_size() > kMaxPaths)
    return BadPath("update_mask 中的字段过多。", "update_mask names too many fields.");
  FieldMask paths = mask.paths_size() == 0 ? FieldsOf(given) : mask;
  const std::unique_ptr<Message> source(given.New());
  source->CopyFrom(given);
  for (const std::string& path : mask.paths()) {
    if (path == "*") {
      resource->CopyFrom(given);
      if (mask.paths_size() == 1) return absl::OkStatus();
      return BadPath("update_mask 中的 “*” 须单独使用。", "\"*\" stands alone in update_mask.");
    }
    if (absl::Status checked = CheckPath(*given.GetDescriptor(), path); !checked.ok()) return checked;
    MakeParents(path, source.get());
  }
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(*source, paths, options, resource);
  return absl::OkStatus();
}

}  // namespace attain::engine
