// Which resources a watch follows: "units/x/tables/p1", "units/x/tables/-", "units/x/**".
#ifndef ATTAIN_SERVICE_WATCH_NAME_PATTERN_H_
#define ATTAIN_SERVICE_WATCH_NAME_PATTERN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::watch {

// Immutable value; thread-safe.
class NamePattern {
 public:
  // INVALID_ARGUMENT when `text` is no name of a unit, table or indicator, none with "-" for ids, and none of
  // these, a collection ("units/x/tables") or nothing with "/**" behind ("**" alone is everything).
  static absl::StatusOr<NamePattern> Parse(absl::string_view text);

  // The resource itself, or one below it when the pattern ends in "**".
  bool Matches(absl::string_view name) const;
  // The resource or anything below it, whatever the pattern ends in.
  bool MatchesBelow(absl::string_view name) const;
  // Whether anything of this unit can match. `unit` is its id.
  bool MayMatchUnit(absl::string_view unit) const;

  // Id of the only unit that can match; empty when any can.
  const std::string& unit() const { return unit_; }
  // The name without "/**", when it is that of one resource; else empty.
  const std::string& resource() const { return resource_; }

 private:
  // 0: no. 1: the name ends where the pattern does. 2: it goes on below.
  int Compare(absl::string_view name) const;

  std::vector<std::string> parts_;  // "-" = any id
  bool deep_ = false;
  std::string unit_, resource_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_NAME_PATTERN_H_
