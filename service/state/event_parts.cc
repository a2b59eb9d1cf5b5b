#include "service/state/event_parts.h"

#include <map>
#include <memory>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace attain::engine {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Where the texts of one type of message are.
struct Plan {
  struct Inner {
    const FieldDescriptor* field;
    const Plan* plan;
  };
  std::vector<const FieldDescriptor*> texts;
  std::vector<Inner> inner;  // single messages that hold texts
};

// Plans of all types that an event reaches; made once.
class Plans {
 public:
  Plans() : of_event_(Make(disk::Event::descriptor())) {}
  const Plan& of_event() const { return *of_event_; }

 private:
  const Plan* Make(const Descriptor* type) {
    std::unique_ptr<Plan>& plan = plans_[type];
    if (plan != nullptr) return plan.get();
    plan = std::make_unique<Plan>();
    Plan* const made = plan.get();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* const field = type->field(i);
      if (field->options().GetExtension(disk::part) == disk::PART_KIND_TEXTS) {
        made->texts.push_back(field);
      } else if (field->message_type() != nullptr && !field->is_repeated()) {
        const Plan* const inner = Make(field->message_type());
        if (!inner->texts.empty() || !inner->inner.empty()) made->inner.push_back({field, inner});
      }
    }
    return made;
  }

  std::map<const Descriptor*, std::unique_ptr<Plan>> plans_;
  const Plan* const of_event_;
};

bool IsSet(const Message& message, const Reflection& reflection, const FieldDescriptor* field) {
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

bool HasTexts(const Plan& plan, const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : plan.texts) {
    if (IsSet(message, reflection, field)) return true;
  }
  for (const Plan::Inner& inner : plan.inner) {
    const bool set = reflection.HasField(message, inner.field);
    if (set && HasTexts(*inner.plan, reflection.GetMessage(message, inner.field))) return true;
  }
  return false;
}

void Move(const Plan& plan, Message* from, Message* to) {
  const Reflection& reflection = *from->GetReflection();
  for (const FieldDescriptor* field : plan.texts) {
    if (IsSet(*from, reflection, field)) reflection.SwapFields(from, to, {field});
  }
  for (const Plan::Inner& inner : plan.inner) {
    if (!reflection.HasField(*from, inner.field)) continue;
    Message* const part = reflection.MutableMessage(from, inner.field);
    if (HasTexts(*inner.plan, *part)) Move(*inner.plan, part, reflection.MutableMessage(to, inner.field));
  }
}

}  // namespace

void MoveTexts(disk::Event* event, disk::Event* texts) {
  static const Plans* const plans = new Plans;
  if (HasTexts(plans->of_event(), *event)) Move(plans->of_event(), event, texts);
}

}  // namespace attain::engine
