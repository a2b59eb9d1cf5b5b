// What the fuzzers do with one input.
#ifndef ATTAIN_TESTS_FUZZ_FUZZ_ONE_H_
#define ATTAIN_TESTS_FUZZ_FUZZ_ONE_H_

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace attain::testing {

// Aborts when `check` returns what is wrong, or when it takes more than five seconds of this process, however
// busy the machine is: inputs are a few kilobytes.
template <typename Check>
int FuzzOne(const Check& check) {
  const std::clock_t begin = std::clock();
  std::string wrong = check();
  if (wrong.empty() && std::clock() - begin > 5 * CLOCKS_PER_SEC) wrong = "it takes too long";
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_FUZZ_FUZZ_ONE_H_
