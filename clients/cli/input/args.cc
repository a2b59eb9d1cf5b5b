#include "clients/cli/input/args.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/nearest.h"
#include "clients/cli/input/options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

bool IsOption(absl::string_view word) {
  return word.size() > 1 && word[0] == '-' && !absl::ascii_isdigit(word[1]) && word[1] != '.';
}

absl::Status UnknownOption(absl::string_view word, absl::string_view name, Language language) {
  std::vector<absl::string_view> names;
  for (const Option& option : AllOptions()) names.push_back(option.name);
  const std::optional<absl::string_view> nearest = Nearest(name, names);
  if (!nearest.has_value()) return UsageError(Say(language, words::kUnknownOption, word));
  return UsageError(Say(language, words::kUnknownOptionNearest, word, *nearest));
}

}  // namespace

absl::StatusOr<Args> Args::Parse(const std::vector<std::string>& arguments, Language language) {
  Args args;
  std::vector<std::string> words;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") {
      words.insert(words.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
      break;
    }
    if (!IsOption(word)) {
      words.push_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const bool attached = equals != std::string::npos;
    const size_t start = absl::StartsWith(word, "--") ? 2 : 0;
    std::string name = word.substr(start, attached ? equals - start : equals);
    if (name == "-h") name = "help";
    if (name == "-o") name = "output";
    const Option* option = FindOption(name);
    if (option == nullptr) return UnknownOption(word.substr(0, equals), name, language);
    std::vector<std::string>& values = args.options_[name];
    if (!values.empty() && !option->repeated && !option->value.empty()) {
      return UsageError(Say(language, words::kOptionTwice, name));
    }
    if (option->value.empty()) {
      if (attached) return UsageError(Say(language, words::kOptionWantsNoValue, name));
      values.emplace_back();
    } else if (attached) {
      values.push_back(word.substr(equals + 1));
    } else if (++i < arguments.size() && !(absl::StartsWith(arguments[i], "--") && arguments[i].size() > 2)) {
      values.push_back(arguments[i]);
    } else {
      return UsageError(Say(language, words::kOptionWantsValue, name, option->value));
    }
  }
  if (!words.empty()) {
    args.command_ = words[0];
    args.positional_.assign(words.begin() + 1, words.end());
  }
  return args;
}

bool Args::Has(absl::string_view option) const {
  return options_.find(option) != options_.end();
}

std::string Args::Get(absl::string_view option, absl::string_view otherwise) const {
  const auto it = options_.find(option);
  return it == options_.end() ? std::string(otherwise) : it->second.back();
}

std::vector<std::string> Args::GetAll(absl::string_view option) const {
  const auto it = options_.find(option);
  return it == options_.end() ? std::vector<std::string>() : it->second;
}

std::vector<std::string> Args::Given() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : options_) names.push_back(name);
  return names;
}

}  // namespace attain::cli
