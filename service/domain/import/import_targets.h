// Which tables in force the tables of a document are.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_TARGETS_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_TARGETS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/import/figure_recorder.h"
#include "service/importing/document.h"

namespace attain::engine {

// Belongs to one command.
class ImportTargets {
 public:
  // All must outlive it.
  ImportTargets(const v1::ImportDocumentRequest& request, Transaction& txn,
                std::vector<importing::Finding>* findings)
      : request_(request), txn_(txn), findings_(*findings) {}

  // The table in force that `parsed` is: of the unit that the request names, else of the unit with the name
  // that the document gives, else of any unit when one alone has such a table. Nothing when there is none,
  // and that is told: TABLE_UNMATCHED, TABLE_NOT_IN_FORCE, TABLE_AMBIGUOUS. INVALID_NAME, RESOURCE_NOT_FOUND.
  absl::StatusOr<std::optional<ResourceName>> Find(const importing::ParsedTable& parsed,
                                                   const FigureOrigin& origin);

  // The names of all tables in force of that unit, or of all units, in a year; 0 = any year.
  absl::StatusOr<std::vector<ResourceName>> InForce(const std::string& unit_name, int year);

 private:
  absl::StatusOr<std::string> UnitOf(const std::string& display_name);
  absl::StatusOr<const std::vector<disk::TableState>*> TablesOf(const std::string& unit);
  void TellUnmatched(const importing::ParsedTable& parsed, bool several, bool other_year,
                     const std::string& nearest, const FigureOrigin& origin);
  void TellNotInForce(const disk::TableState& table, const FigureOrigin& origin);

  const v1::ImportDocumentRequest& request_;
  Transaction& txn_;
  std::vector<importing::Finding>& findings_;
  std::map<std::string, std::string> units_;                     // id by display name; "-" = any
  std::map<std::string, std::vector<disk::TableState>> tables_;  // by unit
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_TARGETS_H_
