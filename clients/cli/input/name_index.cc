#include "clients/cli/input/name_index.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace attain::cli {
namespace {

std::string WithoutSpace(absl::string_view text) {
  return absl::StrReplaceAll(text, {{" ", ""}, {"\t", ""}, {"\u3000", ""}});
}

}  // namespace

Fit HowItFits(absl::string_view typed, absl::string_view id, absl::string_view display_name) {
  if (typed.empty()) return Fit::kNone;
  if (typed == id) return Fit::kId;
  const std::string word = WithoutSpace(typed), name = WithoutSpace(display_name);
  if (word == name) return Fit::kDisplayName;
  return absl::StartsWith(name, word) ? Fit::kPrefix : Fit::kNone;
}

void NameIndex::Add(const std::string& name, const std::string& display_name) {
  by_id_.insert({name.substr(name.rfind('/') + 1), {name, display_name}});
  by_title_.insert({WithoutSpace(display_name), {name, display_name}});
}

void NameIndex::AddAll(const NameIndex& other) {
  by_id_.insert(other.by_id_.begin(), other.by_id_.end());
  by_title_.insert(other.by_title_.begin(), other.by_title_.end());
}

std::vector<NameFit> NameIndex::Find(absl::string_view typed) const {
  std::vector<NameFit> found;
  if (typed.empty()) return found;
  const auto [first, last] = by_id_.equal_range(typed);
  for (auto it = first; it != last; ++it)
    found.push_back({Fit::kId, it->second.name, it->second.display_name});
  const std::string word = WithoutSpace(typed);
  const bool by_id = !found.empty();
  for (auto it = by_title_.lower_bound(word); !by_id && it != by_title_.end(); ++it) {
    if (!absl::StartsWith(it->first, word)) break;
    const Fit fit = it->first == word ? Fit::kDisplayName : Fit::kPrefix;
    found.push_back({fit, it->second.name, it->second.display_name});
  }
  std::sort(found.begin(), found.end(), [](const NameFit& a, const NameFit& b) { return a.name < b.name; });
  return found;
}

}  // namespace attain::cli
