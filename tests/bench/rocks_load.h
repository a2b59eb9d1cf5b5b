// RocksDB by itself: what no server on top of it can beat.
#ifndef ATTAIN_TESTS_BENCH_ROCKS_LOAD_H_
#define ATTAIN_TESTS_BENCH_ROCKS_LOAD_H_

#include <string>

#include "absl/time/time.h"
#include "tests/bench/closed_loop.h"

namespace attain::bench {

// One thread, synced batches of 100 records with a key of 20 and a value of 155 bytes; items = records.
Figures RunRocks(const std::string& directory, absl::Duration time);
// One thread, an append of 4 KiB and fdatasync; items = appends.
Figures RunSync(const std::string& directory, absl::Duration time);

}  // namespace attain::bench

#endif  // ATTAIN_TESTS_BENCH_ROCKS_LOAD_H_
