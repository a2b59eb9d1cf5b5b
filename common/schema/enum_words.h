// What the values of the API's enums are called: read from the options on them (proto/attain/v1/words.proto),
// so that a form, a refusal and the command line say the same.
#ifndef ATTAIN_COMMON_SCHEMA_ENUM_WORDS_H_
#define ATTAIN_COMMON_SCHEMA_ENUM_WORDS_H_

#include "attain/v1/words.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace attain::schema {

// The words of a value; empty for one that has none or is unknown. Never dies; thread-safe.
const v1::Words& WordsOf(const google::protobuf::EnumDescriptor& type, int value);

// As an official form prints it.
const v1::Words& FormWordsOf(const google::protobuf::EnumDescriptor& type, int value);

template <typename Enum>
const v1::Words& WordsOf(Enum value) {
  return WordsOf(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

template <typename Enum>
const v1::Words& FormWordsOf(Enum value) {
  return FormWordsOf(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

}  // namespace attain::schema

#endif  // ATTAIN_COMMON_SCHEMA_ENUM_WORDS_H_
