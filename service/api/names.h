// Resource names (AIP-122): parsing, building, and what is said when one does not have its form.
#ifndef ATTAIN_SERVICE_API_NAMES_H_
#define ATTAIN_SERVICE_API_NAMES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::engine {

// [a-z0-9][a-z0-9-]{0,62}
bool IsId(absl::string_view id);

// The parts of a name; empty where the name ends earlier.
struct ResourceName {
  enum Kind { kUnit, kTable, kIndicator, kActual, kProfile, kAmendment } kind = kUnit;
  std::string unit, table, indicator, actual, profile;
  int32_t amendment = 0;  // 1, 2, …

  std::string Unit() const;        // units/{unit}
  std::string Table() const;       // units/{unit}/tables/{table}
  std::string Indicator() const;   // …/indicators/{indicator}
  std::string Amendment() const;   // …/amendments/{n}
  std::string Evaluation() const;  // …/evaluation
};

// Parses any name of the API. INVALID_NAME, naming `field`, when it is none; "-" stands for any id where
// `wildcard` is true.
absl::StatusOr<ResourceName> ParseName(absl::string_view field, absl::string_view name,
                                       bool wildcard = false);

// The same, and the kind must be this one.
absl::StatusOr<ResourceName> ParseUnitName(absl::string_view field, absl::string_view name,
                                           bool wildcard = false);
absl::StatusOr<ResourceName> ParseTableName(absl::string_view field, absl::string_view name);
absl::StatusOr<ResourceName> ParseIndicatorName(absl::string_view field, absl::string_view name,
                                                bool wildcard = false);
absl::StatusOr<ResourceName> ParseActualName(absl::string_view field, absl::string_view name);
absl::StatusOr<ResourceName> ParseProfileName(absl::string_view field, absl::string_view name);
absl::StatusOr<ResourceName> ParseAmendmentName(absl::string_view field, absl::string_view name);
// The table of "units/{unit}/tables/{table}/evaluation".
absl::StatusOr<ResourceName> ParseEvaluationName(absl::string_view field, absl::string_view name);

// INVALID_NAME unless `id` can be the last part of a name.
absl::Status CheckId(absl::string_view field, absl::string_view id);

// The id of an actual: its revision and, from the second on, its number among the indicator's reports of that
// revision.
struct ActualId {
  uint64_t revision = 0;
  uint32_t number = 1;
  std::string ToString() const;  // "123" or "123-2"
  static absl::StatusOr<ActualId> Parse(absl::string_view text);
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_NAMES_H_
