#include "service/state/event_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/message_differencer.h"

namespace attain::engine {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Random = std::mt19937;

int Below(int limit, Random* random) {
  return static_cast<int>((*random)() % static_cast<unsigned>(limit));
}

// Every field is set or not, at random; lists have up to three elements.
void Fill(Message* message, Random* random);

void SetScalar(const FieldDescriptor* field, Message* message, Random* random) {
  const Reflection& reflection = *message->GetReflection();
  const bool list = field->is_repeated();
  const std::string text = absl::StrCat("文本", Below(1000, random));
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return list ? reflection.AddString(message, field, text) : reflection.SetString(message, field, text);
    case FieldDescriptor::CPPTYPE_INT32:
      return list ? reflection.AddInt32(message, field, Below(9, random))
                  : reflection.SetInt32(message, field, Below(9, random));
    case FieldDescriptor::CPPTYPE_INT64:
      return list ? reflection.AddInt64(message, field, Below(9, random))
                  : reflection.SetInt64(message, field, Below(9, random));
    case FieldDescriptor::CPPTYPE_BOOL:
      return list ? reflection.AddBool(message, field, true)
                  : reflection.SetBool(message, field, Below(2, random) == 1);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(list ? reflection.AddMessage(message, field) : reflection.MutableMessage(message, field),
                  random);
    default:
      FAIL() << field->full_name() << " has a type that no event had";
  }
}

void Fill(Message* message, Random* random) {
  const Descriptor* const type = message->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const int times = type->field(i)->is_repeated() ? Below(4, random) : Below(2, random);
    for (int n = 0; n < times; ++n) SetScalar(type->field(i), message, random);
  }
}

// An event of the kind that this field is.
disk::Event RandomEvent(const FieldDescriptor* kind, Random* random) {
  disk::Event event;
  Fill(event.GetReflection()->MutableMessage(&event, kind), random);
  return event;
}

// The paths of set fields that are texts, or that are not.
void Collect(const Message& message, const std::string& path, bool texts, std::vector<std::string>* out) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string at = absl::StrCat(path, ".", field->name());
    const bool is_text = field->options().GetExtension(disk::part) == disk::PART_KIND_TEXTS;
    if (field->message_type() != nullptr && !field->is_repeated()) {
      Collect(message.GetReflection()->GetMessage(message, field), at, texts, out);
    } else if (is_text == texts) {
      out->push_back(at);
    }
  }
}

std::vector<std::string> FieldsOf(const Message& message, bool texts) {
  std::vector<std::string> fields;
  Collect(message, "", texts, &fields);
  return fields;
}

TEST(EventPartsTest, RandomEventsOfEachKindComeBackAndNoTextStaysBehind) {
  Random random(7);
  const Descriptor* const type = disk::Event::descriptor();
  ASSERT_EQ(type->field_count(), 10);
  for (int kind = 0; kind < type->field_count(); ++kind) {
    for (int n = 0; n < 500; ++n) {
      const disk::Event event = RandomEvent(type->field(kind), &random);
      disk::Event facts = event, texts;
      MoveTexts(&facts, &texts);
      ASSERT_THAT(FieldsOf(facts, true), IsEmpty()) << event.DebugString();
      ASSERT_THAT(FieldsOf(texts, false), IsEmpty()) << event.DebugString();
      disk::Event merged;
      ASSERT_TRUE(merged.ParseFromString(facts.SerializeAsString() + texts.SerializeAsString()));
      ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(merged, event)) << event.DebugString();
      ASSERT_EQ(merged.SerializeAsString(), event.SerializeAsString());
    }
  }
}

TEST(EventPartsTest, WhatAReportSaysInWords) {
  disk::Event event;
  disk::ActualState* const actual = event.mutable_actual_recorded()->mutable_actual();
  event.mutable_actual_recorded()->set_table("units/u/tables/t");
  actual->mutable_report()->set_value("12.5");
  actual->mutable_report()->set_note("说明");
  actual->mutable_report()->add_evidence("凭证");
  actual->set_actor("lead");
  disk::Event texts;
  MoveTexts(&event, &texts);
  EXPECT_THAT(FieldsOf(event, false),
              UnorderedElementsAre(".actual_recorded.table", ".actual_recorded.actual.report.value"));
  EXPECT_THAT(FieldsOf(texts, true), UnorderedElementsAre(".actual_recorded.actual.report.note",
                                                          ".actual_recorded.actual.report.evidence",
                                                          ".actual_recorded.actual.actor"));
}

TEST(EventPartsTest, AnEventWithoutTextsLeavesNothing) {
  disk::Event event, texts;
  event.mutable_unit_set()->set_name("units/u");
  MoveTexts(&event, &texts);
  EXPECT_EQ(texts.ByteSizeLong(), 0u);
  EXPECT_EQ(event.unit_set().name(), "units/u");
}

// Types that an event reaches; `in_list` holds those that lists hold.
void Reach(const Descriptor* type, bool listed, std::set<const Descriptor*>* all,
           std::set<const Descriptor*>* in_list) {
  if (listed ? !in_list->insert(type).second : !all->insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* const field = type->field(i);
    if (field->message_type() != nullptr)
      Reach(field->message_type(), listed || field->is_repeated(), all, in_list);
  }
}

TEST(EventPartsTest, TheSchemaPutsEveryTextWhereItCanBeMoved) {
  std::set<const Descriptor*> single, in_list;
  Reach(disk::Event::descriptor(), false, &single, &in_list);
  for (const Descriptor* type : in_list) {
    for (int i = 0; i < type->field_count(); ++i) {
      EXPECT_NE(type->field(i)->options().GetExtension(disk::part), disk::PART_KIND_TEXTS)
          << type->field(i)->full_name() << " stands in a list: parsing two parts would append to it";
    }
  }
  int texts = 0;
  for (const Descriptor* type : single) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* const field = type->field(i);
      const bool is_text = field->options().GetExtension(disk::part) == disk::PART_KIND_TEXTS;
      texts += is_text ? 1 : 0;
      EXPECT_TRUE(!is_text || field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) << field->full_name();
    }
  }
  EXPECT_GT(texts, 20);
}

// Who somebody is and what somebody typed has one of these names in this schema. A field that is called so
// and may be shown to the public is named here.
TEST(EventPartsTest, NoNameOfAPersonAndNoFreeTextIsAFact) {
  std::set<const Descriptor*> single, in_list;
  Reach(disk::Event::descriptor(), false, &single, &in_list);
  for (const Descriptor* type : single) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* const field = type->field(i);
      bool suspect = false;
      for (const absl::string_view word :
           {"actor", "leader", "submitter", "proposer", "decider", "confirmer", "reviewer", "note", "reason",
            "opinion", "source_text", "file_name"}) {
        suspect = suspect || field->name() == word || absl::EndsWith(field->name(), absl::StrCat("_", word));
      }
      if (!suspect) continue;
      EXPECT_EQ(field->options().GetExtension(disk::part), disk::PART_KIND_TEXTS) << field->full_name();
    }
  }
}

}  // namespace
}  // namespace attain::engine
