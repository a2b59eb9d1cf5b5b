// Names of rows in requests: a bare id, or the full name of a row of the very table.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_ROW_NAMES_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_ROW_NAMES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/v1/table.pb.h"

namespace attain::engine {

// INVALID_FIELD unless `name` is empty, without a slash, or begins with "{table}/indicators/". Whether the
// id itself is well formed is asked elsewhere. `table` is the table's full name.
absl::Status CheckRowName(absl::string_view field, absl::string_view table, absl::string_view name);
// The same for every row of `rows`.
absl::Status CheckRowNames(const v1::Table& rows, absl::string_view table);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_ROW_NAMES_H_
