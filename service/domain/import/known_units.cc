#include "service/domain/import/known_units.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/importing/values/fold_name.h"

namespace attain::engine {

absl::StatusOr<NamedUnit> UnitNamed(const Reads& reads, absl::string_view display_name) {
  const std::string folded = importing::FoldName(display_name);
  NamedUnit same, alike;
  absl::flat_hash_set<std::string> taken;
  RETURN_IF_ERROR(reads.ForEachUnit([&](const std::string& id, const Found<disk::UnitState>& unit) {
    const std::string& name = unit.state.display_name();
    const bool is_same = !folded.empty() && name == display_name;
    if (is_same) same = {id, name};
    if (alike.id.empty() && !folded.empty() && importing::FoldName(name) == folded) alike = {id, name};
    taken.insert(id);
    return !is_same;
  }));
  if (!same.id.empty()) return same;
  for (int number = 1; alike.id.empty(); ++number) {
    if (std::string id = absl::StrCat("unit", number); !taken.contains(id)) alike.id = std::move(id);
  }
  return alike;
}

absl::StatusOr<std::vector<disk::TableState>> TableHeads(const Reads& reads, absl::string_view unit) {
  std::vector<disk::TableState> tables;
  RETURN_IF_ERROR(reads.ForEachTable(unit, [&](const ResourceName&, Found<disk::TableState>& table) {
    table.state.clear_indicators();
    tables.push_back(std::move(table.state));
    return true;
  }));
  return tables;
}

}  // namespace attain::engine
