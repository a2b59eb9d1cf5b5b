// Stored keys and values in words, for those who read findings.
#ifndef ATTAIN_SERVICE_VERIFY_KEY_WORDS_H_
#define ATTAIN_SERVICE_VERIFY_KEY_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::engine {

// "board of units/a/tables/p1". Bytes that are no key of the engine: "key 0a0b…", hexadecimal.
std::string DescribeKey(absl::string_view key);

// A field in which two values of one key differ; all three as people write them, long texts cut.
struct FieldDifference {
  std::string field;  // "total", "cells[2].score"
  std::string stored, expected;
};

// The first few fields that differ, in the order of the message. Empty when `key` is none of the engine's,
// when one of the values does not parse, or when only their bytes differ.
std::vector<FieldDifference> CompareValues(absl::string_view key, absl::string_view stored,
                                           absl::string_view expected);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_KEY_WORDS_H_
