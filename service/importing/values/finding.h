// What was noticed about a document, a table or a value, and where.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_FINDING_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_FINDING_H_

#include <optional>
#include <string>

#include "service/scoring/explanation.h"
#include "service/scoring/model.h"

namespace attain::importing {

using scoring::Decimal;
using scoring::Text;

enum class Severity { kError = 1, kWarning, kNote };

// Where something stands. Numbers count from 1; 0 = not applicable.
struct Place {
  int line = 0;         // in the document
  int table = 0;        // in the document
  int row = 0;          // among the table's indicators
  std::string cell;     // header word of the column
  std::string sheet;    // of a workbook
  int page = 0;         // of a PDF
  std::string address;  // of the cell for people: "G5", "R5C7"
};

// One thing that was noticed. `code` is UPPER_SNAKE and stays the same through versions; every code stands in
// tests/golden/importing.
struct Finding {
  Severity severity = Severity::kNote;
  std::string code;
  Place place;
  std::string table_name, indicator_name;
  std::string raw;         // text as it stands
  std::string understood;  // what it was taken for
  Text repair;             // what was done, or is to be done
  Text message;
  std::optional<Decimal> points;  // that ride on it
  std::string likely;             // the value that was probably meant; empty when none suggests itself
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_FINDING_H_
