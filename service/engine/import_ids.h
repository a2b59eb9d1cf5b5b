// Ids of the tables that a document brings into a unit.
#ifndef ATTAIN_SERVICE_ENGINE_IMPORT_IDS_H_
#define ATTAIN_SERVICE_ENGINE_IMPORT_IDS_H_

#include <map>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"
#include "service/engine/transaction.h"
#include "service/importing/document.h"

namespace attain::engine {

class ImportIds {
 public:
  // Knows the tables that the unit has when the import begins.
  static absl::StatusOr<ImportIds> Of(const std::string& unit, Transaction& txn);

  // "unit" or "p1", "p2" … by the table's place in its document; "p1-2025" where another year's table has
  // that id; the next number where the id stands for another table of the same year. The same unit and
  // document always give the same ids. ALREADY_EXISTS, naming the table, when the unit has one of this name,
  // year and kind.
  absl::StatusOr<std::string> Take(const importing::ParsedTable& table, int project);

 private:
  explicit ImportIds(std::string unit) : unit_(std::move(unit)) {}

  std::string unit_;
  std::map<std::string, int> years_;  // fiscal year by id
  std::map<std::tuple<std::string, int, int>, std::string>
      tables_;  // id by display name, fiscal year and kind
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_IMPORT_IDS_H_
