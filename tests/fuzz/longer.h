// How long the fuzzers' tests run.
#ifndef ATTAIN_TESTS_FUZZ_LONGER_H_
#define ATTAIN_TESTS_FUZZ_LONGER_H_

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace attain::testing {

// `seeds`, or with ATTAIN_FUZZ_TIMES=50 fifty times as many, as scripts/soak documents does. What is no
// number is 1.
inline uint64_t Longer(uint64_t seeds) {
  const char* const times = std::getenv("ATTAIN_FUZZ_TIMES");
  return seeds * (times == nullptr ? 1 : std::max<uint64_t>(1, std::strtoull(times, nullptr, 10)));
}

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_FUZZ_LONGER_H_
