// Words of documents in a profile under test.
#ifndef ATTAIN_TESTS_SUPPORT_ALIASES_H_
#define ATTAIN_TESTS_SUPPORT_ALIASES_H_

#include <string>

namespace attain {

// Of a rule (`meaning` is a kind) or a level (its name).
template <typename Meaning, typename Aliases>
void AddAlias(const std::string& text, const Meaning& meaning, Aliases* aliases) {
  auto* const alias = aliases->Add();
  alias->set_text(text);
  if constexpr (requires { alias->set_kind(meaning); }) {
    alias->set_kind(meaning);
  } else {
    alias->set_level(meaning);
  }
}

}  // namespace attain

#endif  // ATTAIN_TESTS_SUPPORT_ALIASES_H_
