#include "service/http/route.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace attain::http {
namespace {

constexpr absl::string_view kOne = "*", kRest = "**";

absl::Status CheckPattern(const Route& route, const std::vector<std::string>& pattern) {
  bool fine = absl::StartsWith(route.pattern, "/") && !route.method.empty() && route.method != "HEAD";
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == kRest) fine = fine && i + 1 == pattern.size();
    if (pattern[i] != kRest && pattern[i] != kOne) fine = fine && !absl::StrContains(pattern[i], '*');
  }
  if (!fine)
    return absl::InvalidArgumentError(absl::StrCat("no pattern: ", route.method, " ", route.pattern));
  if (route.handler == nullptr)
    return absl::InvalidArgumentError(absl::StrCat("no handler: ", route.method, " ", route.pattern));
  return absl::OkStatus();
}

// What the wildcards stand for; false when the pattern is not that of this path.
bool Fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments,
          std::vector<std::string>* captured) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (i >= segments.size()) return false;
    if (pattern[i] == kRest) {
      captured->push_back(absl::StrJoin(segments.begin() + static_cast<ptrdiff_t>(i), segments.end(), "/"));
      return true;
    }
    if (pattern[i] == kOne) {
      if (segments[i].empty()) return false;
      captured->push_back(segments[i]);
    } else if (pattern[i] != segments[i]) {
      return false;
    }
  }
  return pattern.size() == segments.size();
}

// How much the segments say, from the left: larger wins.
std::vector<int> Weight(const std::vector<std::string>& pattern) {
  std::vector<int> weight;
  for (const std::string& part : pattern) weight.push_back(part == kRest ? 0 : part == kOne ? 1 : 2);
  return weight;
}

}  // namespace

absl::StatusOr<Router> Router::Make(std::vector<Route> routes) {
  std::vector<Entry> entries;
  std::set<std::pair<std::string, std::string>> seen;
  for (Route& route : routes) {
    std::vector<std::string> pattern;
    if (route.pattern != "/") pattern = absl::StrSplit(absl::StripPrefix(route.pattern, "/"), '/');
    if (absl::Status fine = CheckPattern(route, pattern); !fine.ok()) return fine;
    if (!seen.emplace(route.method, route.pattern).second)
      return absl::InvalidArgumentError(absl::StrCat("twice: ", route.method, " ", route.pattern));
    entries.push_back({std::move(route), std::move(pattern)});
  }
  // The first that fits is the one that says most.
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return Weight(a.pattern) > Weight(b.pattern); });
  return Router(std::move(entries));
}

Router::Match Router::Find(absl::string_view method, const Target& target) const {
  const absl::string_view wanted = method == "HEAD" ? "GET" : method;
  std::set<std::string> allowed;
  for (const Entry& entry : entries_) {
    Match match;
    if (!Fits(entry.pattern, target.segments, &match.captured)) continue;
    if (entry.route.method == wanted) {
      match.route = &entry.route;
      return match;
    }
    allowed.insert(entry.route.method);
    if (entry.route.method == "GET") allowed.insert("HEAD");
  }
  Match none;
  none.allowed = absl::StrJoin(allowed, ", ");
  return none;
}

}  // namespace attain::http
