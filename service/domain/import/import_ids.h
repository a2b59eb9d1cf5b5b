// Ids of the tables that a document brings into a unit, and which of them are there already.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_IDS_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_IDS_H_

#include <map>
#include <string>
#include <tuple>

#include "absl/status/statusor.h"
#include "service/commit/transaction.h"
#include "service/importing/document.h"

namespace attain::engine {

class ImportIds {
 public:
  // Knows the tables that the unit has when the import begins.
  static absl::StatusOr<ImportIds> Of(const std::string& unit, Transaction& txn);

  // The id of the unit's table with this folded name, year and kind; empty when it has none. Also one that
  // was taken meanwhile, but for tables that name different units.
  std::string Existing(const importing::ParsedTable& table) const;

  // "unit" or "p1", "p2" … by the table's place in its document; "p1-2025" where another year's table has
  // that id; the next number where the id stands for another table of the same year. The same unit and
  // document always give the same ids.
  std::string Take(const importing::ParsedTable& table, int project);

 private:
  struct Known {
    std::string id, unit_name;  // folded name that the document gives the unit; empty for what was there
  };

  std::map<std::string, int> years_;                                // fiscal year by id
  std::multimap<std::tuple<std::string, int, int>, Known> tables_;  // by folded name, fiscal year and kind
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_IDS_H_
