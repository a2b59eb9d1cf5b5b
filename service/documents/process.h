// One run of a program that reads its standard input and writes its standard output.
#ifndef ATTAIN_SERVICE_DOCUMENTS_PROCESS_H_
#define ATTAIN_SERVICE_DOCUMENTS_PROCESS_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attain::documents {

struct RunLimits {
  absl::Duration wall_clock = absl::Seconds(10);
  size_t output = size_t{64} << 20;  // bytes
};

// How a run ended.
struct RunEnd {
  std::string output;
  bool timed_out = false;   // killed because of the wall clock
  bool overflowed = false;  // killed because it wrote more than it may
  int exit_code = 0;        // when `signal` is 0
  int signal = 0;           // that ended it, the kills above included
};

// Gives `input` to the program and takes its output at the same time, so that neither waits for the other; a
// program that stops reading early is no error. It inherits nothing: no environment, no open file but the
// three standard ones (stderr is /dev/null), no signal mask, the root for its directory, a process group of
// its own. It is gone when this returns.
//
// Blocks; thread-safe, also beside threads that start programs. NOT_FOUND when it cannot be started, INTERNAL
// when pipes cannot be made.
absl::StatusOr<RunEnd> RunProgram(const std::string& path, absl::string_view input, const RunLimits& limits);

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_PROCESS_H_
