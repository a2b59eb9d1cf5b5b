// The load on attaind: tables to report on, reports, questions.
#ifndef ATTAIN_TESTS_BENCH_ENGINE_LOAD_H_
#define ATTAIN_TESTS_BENCH_ENGINE_LOAD_H_

#include <string>

#include "absl/time/time.h"
#include "tests/bench/closed_loop.h"

namespace attain::bench {

// Of the table with that number, see Seed.
std::string TableName(int table);

// Tables `first` to `first + tables - 1`, ten to a unit, ten indicators each, approved. Units are made as
// needed.
void Seed(const std::string& address, int first, int tables);

// units/wide-{tables} with that many of the same tables.
void SeedWide(const std::string& address, int tables);

struct Load {
  std::string address;
  int tables = 0;  // of those that were seeded, the first so many
  int outstanding = 64, channels = 4;
  absl::Duration time;
};

Figures RunRecord(const Load& load);  // RecordActual of one indicator after another, all over the tables
Figures RunPaced(const Load& load);   // the same one by one, `outstanding` per second
Figures RunScore(const Load& load);   // GetScore of a project of ten indicators
Figures RunWide(const Load& load);    // GetScore of the unit that SeedWide made with so many tables
Figures RunRank(
    const Load& load);  // ListScores of all, best first, 50 a page: the first page again and again
Figures RunReplay(
    const Load& load);  // ReplayProfile of all under a pass gate of 80 %, one call; items = indicators
Figures RunStream(const Load& load);  // StreamActuals, messages of 100 reports; items = reports acknowledged
Figures RunBatches(
    const Load& load);  // BatchRecordActuals of 1,000 reports, one call after another; items = reports

}  // namespace attain::bench

#endif  // ATTAIN_TESTS_BENCH_ENGINE_LOAD_H_
