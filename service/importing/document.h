// What a published document says: its target tables, row by row, and everything that was odd about it.
//
// Pure values and functions: no I/O, no clock, no threads. Time and memory are linear in the size of the document.
#ifndef ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_
#define ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"
#include "service/scoring/explanation.h"
#include "service/scoring/model.h"

namespace attain::importing {

namespace document = ::attain::document::v1;  // what readers make

using scoring::Decimal;
using scoring::Text;

enum class Severity { kError = 1, kWarning, kNote };

// Where something stands. Numbers count from 1; 0 = not applicable.
struct Place {
  int line = 0;      // in the document
  int table = 0;     // in the document
  int row = 0;       // among the table's indicators
  std::string cell;  // header word of the column
  std::string sheet; // of a workbook
  int page = 0;      // of a PDF
  std::string address;  // of the cell for people: "G5", "R5C7"
};

// One thing that was noticed. `code` is UPPER_SNAKE and stays the same through versions; every code stands in tests/golden/importing.
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

// How several reports of a row add up; numbers as in the API.
enum class Accumulation { kUnspecified = 0, kLatest, kSum, kAverage, kRatio };

struct ParsedIndicator {
  std::string level1, level2, name;
  scoring::Comparator comparator = scoring::Comparator::kNone;
  std::optional<Decimal> target;
  std::string unit;
  std::string target_text;  // words of a rating target
  std::string basis;
  std::optional<Decimal> prior_value;
  std::string prior_text;   // words of a rating, or empty
  std::optional<Decimal> weight;
  std::string rule_text;
  scoring::RuleKind rule = scoring::RuleKind::kUnmapped;
  std::string evidence;
  Accumulation accumulation = Accumulation::kUnspecified;
  bool allow_negative = false;
  bool not_applicable = false;
  scoring::RuleOptions options;  // overrides of the profile's
  std::string raw;          // the row as it stands
  int line = 0;
};

// Money in 万元.
struct ParsedTable {
  enum class Kind { kUnit, kProject };
  Kind kind = Kind::kProject;
  std::string unit_name, name;
  int fiscal_year = 0;      // 0 = not found
  std::string leader;
  std::optional<Decimal> total, fiscal, other;
  std::string goal;         // without markup
  std::vector<ParsedIndicator> indicators;
  std::string raw;
  int first_line = 0, last_line = 0;
};

// Where every cell that is not empty went. The four parts add up to all of them.
struct Ledger {
  int64_t read = 0;       // into a named field
  int64_t furniture = 0;  // titles, headers, labels, signatures, page numbers, subtotals, repeated headers
  int64_t told = 0;       // in a finding with its place
  int64_t outside = 0;    // in grids that hold no target table, told once for each grid
  std::map<std::string, int64_t> furniture_kinds;

  int64_t total() const { return read + furniture + told + outside; }
};

struct ParsedDocument {
  std::vector<ParsedTable> tables;
  std::vector<Finding> findings;  // in document order
  Ledger ledger;
};

struct ImportOptions {
  const scoring::Profile* profile = nullptr;  // rule aliases; required
  size_t max_bytes = size_t{16} << 20;
  size_t max_rows = 100'000;
};

// Everything that the document holds becomes tables and findings; INVALID_ARGUMENT only above options.max_rows.
absl::StatusOr<ParsedDocument> ReadDocument(const document::Document& source, const ImportOptions& options);

// Plain UTF-8 as a document: what needs no reader. INVALID_ARGUMENT for what is no text: too large, not UTF-8 (names the byte), binary.
absl::StatusOr<document::Document> TextDocument(absl::string_view bytes, const ImportOptions& options);

// ReadDocument of TextDocument.
//
// Reads tab-separated text of a published document, a CSV by the template, or one cell per line. INVALID_ARGUMENT only for what is no text:
// too large, not UTF-8 (names the byte), binary. Everything else becomes tables and findings.
absl::StatusOr<ParsedDocument> ParseDocument(absl::string_view bytes, const ImportOptions& options);

// Findings of domain.md section 5 on one table; `table_number` goes into their places.
std::vector<Finding> Lint(const ParsedTable& table, int table_number, const scoring::Profile& profile);

// A unit of measure as it is kept: half-width forms, no white space.
std::string FoldUnit(absl::string_view unit);

// A resource id for a table: "unit" for a unit's, "p1", "p2" … for projects by their number.
std::string SuggestId(const ParsedTable& table, int project_number);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_
