#include "service/state/require.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

// Absent is the refusal.
template <typename State>
absl::StatusOr<Found<State>> Require(absl::StatusOr<std::optional<Found<State>>> found,
                                     absl::string_view type, const std::string& name) {
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(type, name);
  return **std::move(found);
}

absl::Status NoSuchVersion(const disk::ProfileState& newest, int64_t asked) {
  return NotFound(
      "profile", newest.name(),
      {absl::StrCat(newest.name(), " 没有第 ", asked, " 版，最新的是第 ", newest.version(), " 版。"),
       absl::StrCat(newest.name(), " has no version ", asked, "; its newest is ", newest.version(), ".")},
      {{"version", absl::StrCat(newest.version())}});
}

}  // namespace

absl::StatusOr<Found<disk::UnitState>> RequireUnit(const Reads& reads, absl::string_view unit) {
  return Require(reads.Unit(unit), "unit", absl::StrCat("units/", unit));
}

absl::StatusOr<Found<disk::ProfileState>> RequireProfile(const Reads& reads, absl::string_view profile,
                                                         int64_t version) {
  ASSIGN_OR_RETURN(std::optional<Found<disk::ProfileState>> found, reads.Profile(profile, version));
  if (found.has_value()) return *std::move(found);
  if (version == 0) return NotFound("profile", absl::StrCat("profiles/", profile));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> newest, RequireProfile(reads, profile));
  return NoSuchVersion(newest.state, version);
}

absl::StatusOr<Found<disk::TableState>> RequireTable(const Reads& reads, const ResourceName& table) {
  return Require(reads.Table(table), "table", table.Table());
}

absl::StatusOr<Found<disk::ActualState>> RequireActual(const Reads& reads, const ResourceName& indicator,
                                                       const ActualId& id) {
  return Require(reads.Actual(indicator, id), "actual",
                 absl::StrCat(indicator.Indicator(), "/actuals/", id.ToString()));
}

absl::StatusOr<Found<disk::AmendmentState>> RequireAmendment(const Reads& reads,
                                                             const ResourceName& amendment) {
  return Require(reads.Amendment(amendment), "amendment", amendment.Amendment());
}

}  // namespace attain::engine
