// What people type for a resource → its resource name.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_NAMES_H_
#define ATTAIN_CLIENTS_CLI_INPUT_NAMES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/v1/common.pb.h"
#include "clients/cli/input/known_names.h"
#include "clients/cli/input/name_index.h"
#include "clients/cli/words/language.h"
#include "clients/cpp/client.h"

namespace attain::cli {

enum class NameKind { kUnit, kTable, kIndicator, kActual, kProfile };

// The parts of a full resource name; empty where the name ends earlier.
struct NameParts {
  NameKind kind = NameKind::kUnit;
  std::string unit, table, indicator, actual, profile;
};

// Reads a full resource name; nothing when `name` is none. Ids are not checked: the server does that.
std::optional<NameParts> ParseFullName(absl::string_view name);

// The short form that every command takes: "u", "u/t", "u/t/i", "u/t/i/57"; profiles by their id. Other text
// stays as it is.
std::string ShortName(absl::string_view name);

// units/u/tables/t/indicators/i → units/u/tables/t; for indicators and their reports.
std::string TableOf(absl::string_view name);
// …/indicators/i/actuals/57 → …/indicators/i
std::string IndicatorOf(absl::string_view name);

// Thread-compatible. Remembers its answers, so that a file may name one indicator a thousand times.
class NameResolver {
 public:
  NameResolver(client::Client client, v1::ReadOptions read, Language language);

  // `typed` may be a full name, or a short form whose parts are ids, display names or beginnings of display
  // names: "p1", "展会", "u/p1", "p1/i3", "p1/展会举办", "p1/i3/57". Only the kinds in `kinds` are looked
  // for; of several fits the best kind of fit wins (id, whole display name, beginning). NOT_FOUND when
  // nothing fits, FAILED_PRECONDITION with the candidates when several do, a usage error when a full name is
  // of another kind; or the server's error.
  absl::StatusOr<std::string> Resolve(absl::string_view typed, const std::vector<NameKind>& kinds);

  absl::StatusOr<std::string> Unit(absl::string_view typed) { return Resolve(typed, {NameKind::kUnit}); }
  absl::StatusOr<std::string> Table(absl::string_view typed) { return Resolve(typed, {NameKind::kTable}); }
  absl::StatusOr<std::string> Indicator(absl::string_view typed) {
    return Resolve(typed, {NameKind::kIndicator});
  }
  absl::StatusOr<std::string> Actual(absl::string_view typed) { return Resolve(typed, {NameKind::kActual}); }
  // "national" → "profiles/national"; asks nobody.
  static std::string Profile(absl::string_view typed);

 private:
  using Candidates = std::vector<NameFit>;

  absl::StatusOr<std::string> Look(absl::string_view typed, const std::vector<NameKind>& kinds);
  // Units and tables that fit `parts` as far as `kinds` allow.
  absl::Status AddUnitsAndTables(const std::vector<std::string>& parts, const std::vector<NameKind>& kinds,
                                 bool filtered, Candidates* candidates);
  absl::StatusOr<std::string> Choose(absl::string_view typed, const std::vector<NameKind>& kinds,
                                     Candidates candidates) const;

  const Language language_;
  KnownNames server_;
  std::map<std::string, absl::StatusOr<std::string>, std::less<>> known_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_NAMES_H_
