// Things by id and by title: what was read from the server once is searched here as often as a file asks.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_NAME_INDEX_H_
#define ATTAIN_CLIENTS_CLI_INPUT_NAME_INDEX_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::cli {

// How well `typed` fits something: higher is better. White space in display names does not count: documents
// put it anywhere.
enum class Fit { kNone, kPrefix, kDisplayName, kId };
Fit HowItFits(absl::string_view typed, absl::string_view id, absl::string_view display_name);

struct NameFit {
  Fit fit = Fit::kNone;
  std::string name, display_name;
};

// Thread-compatible.
class NameIndex {
 public:
  // `name` is the full resource name; its last part is the id.
  void Add(const std::string& name, const std::string& display_name);
  void AddAll(const NameIndex& other);

  // What fits `typed` as HowItFits says, in the order of names; where an id fits, only that.
  std::vector<NameFit> Find(absl::string_view typed) const;

 private:
  struct Entry {
    std::string name, display_name;
  };
  std::multimap<std::string, Entry, std::less<>> by_id_, by_title_;  // titles without white space
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_NAME_INDEX_H_
