// The arguments of one run: command, positional arguments and options, in any order.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_ARGS_H_
#define ATTAIN_CLIENTS_CLI_INPUT_ARGS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// Thread-compatible value.
class Args {
 public:
  // `arguments` without the program's name. "--name=value", "--name value"; -h is --help; "--" ends the
  // options; a word of a dash and a digit is a negative number, not an option. A usage error
  // (clients/cli/input/usage.h) in `language` for an unknown option (with the nearest known one), a value
  // that is missing or not wanted, and an option given twice.
  static absl::StatusOr<Args> Parse(const std::vector<std::string>& arguments, Language language);

  // The first positional argument; empty when there is none.
  const std::string& command() const { return command_; }
  // What follows the command.
  const std::vector<std::string>& positional() const { return positional_; }
  // The i-th, or empty.
  std::string At(size_t i) const { return i < positional_.size() ? positional_[i] : std::string(); }

  bool Has(absl::string_view option) const;
  // The value, or `otherwise` when the option was not given.
  std::string Get(absl::string_view option, absl::string_view otherwise = "") const;
  // All values of a repeated option.
  std::vector<std::string> GetAll(absl::string_view option) const;
  // Names of the options given.
  std::vector<std::string> Given() const;

 private:
  std::string command_;
  std::vector<std::string> positional_;
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_ARGS_H_
