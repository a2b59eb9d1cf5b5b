#include "service/engine/import_ids.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/engine/errors.h"
#include "service/engine/macros.h"

namespace attain::engine {
namespace {

using importing::ParsedTable;

int KindOf(const ParsedTable& table) {
  return table.kind == ParsedTable::Kind::kUnit ? v1::TABLE_KIND_UNIT : v1::TABLE_KIND_PROJECT;
}

absl::Status AlreadyThere(const std::string& name, const ParsedTable& table) {
  return Refuse(
      absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_ALREADY_EXISTS,
      {absl::StrCat(
           table.fiscal_year, " 年的“", table.name, "”已经在 ", name,
           " 中，没有再次导入。要改那张表，草稿请更新，已生效的请提出调整；要另立一张表，请换名称或年度。"),
       absl::StrCat("\"", table.name, "\" of ", table.fiscal_year, " is in ", name,
                    " already and was not imported again. Update that table while it is a draft, amend it "
                    "once it is in force, or import "
                    "under another name or year.")},
      {{"name", name}});
}

}  // namespace

absl::StatusOr<ImportIds> ImportIds::Of(const std::string& unit, Transaction& txn) {
  ImportIds ids(unit);
  ASSIGN_OR_RETURN(const std::vector<disk::TableState> tables, txn.TableHeads(unit));
  for (const disk::TableState& table : tables) {
    const std::string id = table.name().substr(table.name().rfind('/') + 1);
    ids.years_[id] = table.fiscal_year();
    ids.tables_.emplace(
        std::make_tuple(table.display_name(), table.fiscal_year(), static_cast<int>(table.kind())), id);
  }
  return ids;
}

absl::StatusOr<std::string> ImportIds::Take(const ParsedTable& table, int project) {
  const auto there = tables_.find({table.name, table.fiscal_year, KindOf(table)});
  if (there != tables_.end())
    return AlreadyThere(absl::StrCat("units/", unit_, "/tables/", there->second), table);
  const bool of_unit = table.kind == ParsedTable::Kind::kUnit;
  for (int number = of_unit ? 1 : project;; ++number) {
    std::string id = importing::SuggestId(table, number);
    if (of_unit && number > 1) absl::StrAppend(&id, number);
    for (const std::string& candidate : {id, absl::StrCat(id, "-", table.fiscal_year)}) {
      const auto [at, fresh] = years_.emplace(candidate, table.fiscal_year);
      if (fresh) return candidate;
      if (at->second == table.fiscal_year) break;
    }
  }
}

}  // namespace attain::engine
