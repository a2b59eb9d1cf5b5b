// How a reader ends, and what the program writes to its standard output.
//
// Compatible with threads; one document per process in the program.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_RESULT_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_RESULT_H_

#include <stdexcept>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"

namespace attain::extract {

namespace document = ::attain::document::v1;

// Thrown by readers deep inside a walk, caught in one place (Extract): libraries of this room throw as well.
// `code` as in document.Refusal.
class Refused : public std::runtime_error {
 public:
  Refused(std::string code, const std::string& detail) : std::runtime_error(detail), code_(std::move(code)) {}
  const std::string& code() const { return code_; }

 private:
  const std::string code_;
};

// Adds a remark and returns it.
document::Remark& AddRemark(document::Document* document, absl::string_view code, document::Level level,
                            absl::string_view detail = "");

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_RESULT_H_
