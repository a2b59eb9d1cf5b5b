#include "common/schema/enum_words.h"

namespace attain::schema {

const v1::Words& WordsOf(const google::protobuf::EnumDescriptor& type, int value) {
  const google::protobuf::EnumValueDescriptor* const found = type.FindValueByNumber(value);
  return found == nullptr ? v1::Words::default_instance() : found->options().GetExtension(v1::words);
}

const v1::Words& FormWordsOf(const google::protobuf::EnumDescriptor& type, int value) {
  const google::protobuf::EnumValueDescriptor* const found = type.FindValueByNumber(value);
  if (found == nullptr || !found->options().HasExtension(v1::form)) return WordsOf(type, value);
  return found->options().GetExtension(v1::form);
}

}  // namespace attain::schema
