// Runs attain-extract, or the probe of its jail, as a server does: bytes in, bytes out, and how it ended.
#ifndef ATTAIN_TESTS_ROBUSTNESS_EXTRACT_RUN_H_
#define ATTAIN_TESTS_ROBUSTNESS_EXTRACT_RUN_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "attain/document/v1/document.pb.h"

namespace attain::testing {

struct ExtractRun {
  std::string output;
  int code = -1;             // exit code, or -1
  int signal = 0;            // that ended it, or 0
  absl::Duration processor;  // user and system
  absl::Duration wall;
  int64_t peak_kib = 0;  // resident
};

// `program` is the path; the input may be larger than a pipe holds.
ExtractRun RunExtract(const std::string& program, const std::vector<std::string>& arguments,
                      const std::string& input);

// attain-extract over a document; fails the running test when it wrote no result.
document::v1::ExtractResult ReadInJail(const std::string& document, ExtractRun* run = nullptr);

// Code of the refusal, or "" for a document.
std::string RefusalInJail(const std::string& document);

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_ROBUSTNESS_EXTRACT_RUN_H_
