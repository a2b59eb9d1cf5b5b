#include "service/watch/name_pattern.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace attain::watch {
namespace {

constexpr std::array<absl::string_view, 3> kCollections = {"units", "tables", "indicators"};
constexpr size_t kMaxId = 63;

bool IsIdOrDash(absl::string_view text) {
  if (text == "-") return true;
  if (text.empty() || text.size() > kMaxId || text[0] == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// Takes the next part off `name`.
absl::string_view TakePart(absl::string_view* name) {
  const size_t slash = name->find('/');
  const absl::string_view part = name->substr(0, slash);
  name->remove_prefix(slash == absl::string_view::npos ? name->size() : slash + 1);
  return part;
}

}  // namespace

absl::StatusOr<NamePattern> NamePattern::Parse(absl::string_view text) {
  NamePattern pattern;
  absl::string_view base = text;
  if (base == "**") {
    base = "";
    pattern.deep_ = true;
  } else if (absl::ConsumeSuffix(&base, "/**")) {
    pattern.deep_ = true;
  }
  if (!base.empty()) pattern.parts_ = absl::StrSplit(base, '/');
  const std::vector<std::string>& parts = pattern.parts_;
  bool fine =
      parts.size() <= 2 * kCollections.size() && (pattern.deep_ || (parts.size() % 2 == 0 && !parts.empty()));
  for (size_t i = 0; fine && i < parts.size(); ++i) {
    fine = i % 2 == 0 ? parts[i] == kCollections[i / 2] : IsIdOrDash(parts[i]);
  }
  if (!fine) return absl::InvalidArgumentError(absl::StrCat("not a name or pattern: ", text.substr(0, 200)));
  if (parts.size() >= 2 && parts[1] != "-") pattern.unit_ = parts[1];
  const bool one =
      parts.size() % 2 == 0 && !parts.empty() && std::find(parts.begin(), parts.end(), "-") == parts.end();
  if (one) pattern.resource_ = std::string(base);
  return pattern;
}

int NamePattern::Compare(absl::string_view name) const {
  for (const std::string& part : parts_) {
    if (name.empty()) return 0;
    const absl::string_view next = TakePart(&name);
    if (part != "-" && part != next) return 0;
  }
  return name.empty() ? 1 : 2;
}

bool NamePattern::Matches(absl::string_view name) const {
  const int fit = Compare(name);
  return deep_ ? fit > 0 : fit == 1;
}

bool NamePattern::MatchesBelow(absl::string_view name) const {
  return Compare(name) > 0;
}

bool NamePattern::MayMatchUnit(absl::string_view unit) const {
  return unit_.empty() || unit_ == unit;
}

}  // namespace attain::watch
