#include "service/domain/import/import_ids.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/macros.h"
#include "service/domain/import/known_units.h"
#include "service/importing/values/fold_name.h"

namespace attain::engine {
namespace {

using importing::FoldName;
using importing::ParsedTable;

int KindOf(const ParsedTable& table) {
  return table.kind == ParsedTable::Kind::kUnit ? v1::TABLE_KIND_UNIT : v1::TABLE_KIND_PROJECT;
}

}  // namespace

absl::StatusOr<ImportIds> ImportIds::Of(const std::string& unit, Transaction& txn) {
  ImportIds ids;
  ASSIGN_OR_RETURN(const std::vector<disk::TableState> tables, TableHeads(txn.reads(), unit));
  for (const disk::TableState& table : tables) {
    const std::string id = table.name().substr(table.name().rfind('/') + 1);
    ids.years_[id] = table.fiscal_year();
    ids.tables_.emplace(
        std::make_tuple(FoldName(table.display_name()), table.fiscal_year(), static_cast<int>(table.kind())),
        Known{id, ""});
  }
  return ids;
}

std::string ImportIds::Existing(const ParsedTable& table) const {
  if (table.name.empty()) return "";
  const std::string unit = FoldName(table.unit_name);
  const auto [first, last] = tables_.equal_range({FoldName(table.name), table.fiscal_year, KindOf(table)});
  for (auto at = first; at != last; ++at) {
    const Known& known = at->second;
    if (known.unit_name.empty() || unit.empty() || known.unit_name == unit) return known.id;
  }
  return "";
}

std::string ImportIds::Take(const ParsedTable& table, int project) {
  const bool of_unit = table.kind == ParsedTable::Kind::kUnit;
  for (int number = of_unit ? 1 : project;; ++number) {
    std::string id = importing::SuggestId(table, number);
    if (of_unit && number > 1) absl::StrAppend(&id, number);
    for (const std::string& candidate : {id, absl::StrCat(id, "-", table.fiscal_year)}) {
      const auto [at, fresh] = years_.emplace(candidate, table.fiscal_year);
      if (fresh) {
        tables_.emplace(std::make_tuple(FoldName(table.name), table.fiscal_year, KindOf(table)),
                        Known{candidate, FoldName(table.unit_name)});
        return candidate;
      }
      if (at->second == table.fiscal_year) break;
    }
  }
}

}  // namespace attain::engine
