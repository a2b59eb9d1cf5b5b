// Random tables for tests that compare two ways of scoring: every rule and variant, biased to the edges where
// branches meet.
#ifndef ATTAIN_TESTS_ORACLE_RANDOM_TABLE_H_
#define ATTAIN_TESTS_ORACLE_RANDOM_TABLE_H_

#include <cstdint>
#include <random>
#include <vector>

#include "service/scoring/score.h"

namespace attain::scoring {

struct RandomTable {
  Profile profile;
  std::vector<Indicator> rows;
  std::vector<Reported> reported;
  Budget budget;
};

// Thread-compatible. The same seed gives the same tables for ever.
class TableMaker {
 public:
  explicit TableMaker(uint64_t seed) : random_(seed) {}

  RandomTable Table();
  // A report that may be recorded for the row: CheckReported passes.
  Reported Report(const Profile& profile, const Indicator& row);
  // 0 ≤ result < bound.
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

 private:
  Profile MakeProfile();
  RuleOptions MakeOptions(bool all);
  Indicator MakeRow(const Profile& profile);
  // A value near the places where the rule's branches meet.
  Decimal Actual(const Profile& profile, const Indicator& row);
  Decimal Pick(std::initializer_list<const char*> choices);
  Decimal AnyNumber();

  std::mt19937_64 random_;
};

}  // namespace attain::scoring

#endif  // ATTAIN_TESTS_ORACLE_RANDOM_TABLE_H_
