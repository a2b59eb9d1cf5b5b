// A progress bar for what takes longer than a second.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_PROGRESS_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>

#include "absl/time/time.h"

namespace attain::cli {

// Thread-compatible. Prints nothing unless `is_terminal`, nothing within the first second and at most ten
// times a second; the destructor wipes it away.
class ProgressBar {
 public:
  ProgressBar(std::ostream* err, bool is_terminal, absl::Time start);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Update(size_t done, size_t total, absl::Time now);

 private:
  std::ostream* const err_;
  const bool is_terminal_;
  const absl::Time start_;
  absl::Time last_ = absl::InfinitePast();
  bool shown_ = false;
};

// Words and the seconds since `start`, for what takes longer than a second and cannot say how far it is.
// Thread-compatible; prints and wipes as ProgressBar does.
class ElapsedLine {
 public:
  ElapsedLine(std::ostream* err, bool is_terminal, std::string words, absl::Time start);
  ~ElapsedLine();
  ElapsedLine(const ElapsedLine&) = delete;
  ElapsedLine& operator=(const ElapsedLine&) = delete;

  void Update(absl::Time now);

 private:
  std::ostream* const err_;
  const bool is_terminal_;
  const std::string words_;
  const absl::Time start_;
  int64_t shown_seconds_ = 0;  // 0: nothing yet
};

// "[=========>          ]  45 %  4,500 / 10,000"
std::string ProgressLine(size_t done, size_t total);

// 1234567 → "1,234,567"
std::string WithCommas(size_t number);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_PROGRESS_H_
