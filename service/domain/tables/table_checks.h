// What a table cannot even be stored with.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_CHECKS_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_CHECKS_H_

#include <vector>

#include "absl/status/status.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// kAsRead: a row may lack its name, its target's comparator, or the number that its rule needs. A document is
// full of such rows; they stay in the draft as they were read, and the validator keeps it from being
// submitted.
enum class RowShape { kComplete, kAsRead };

// INVALID_FIELD … with every shape error listed: what a table cannot even be stored with. What a table cannot
// be submitted with is the validator's business (lint.h).
absl::Status CheckTable(const v1::Table& table, RowShape rows = RowShape::kComplete);
// The same, each problem by itself; empty when there is none.
std::vector<Violation> ShapeProblems(const v1::Table& table, RowShape rows);
// Whether a row lacks what kComplete asks for.
bool HasIncompleteRows(const disk::TableState& state);
// Fills row ids that are empty (i1, i2, … without clashes).
void AssignRowIds(disk::TableState* state);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_CHECKS_H_
