// What a document was understood to say: its target tables, row by row. Pure values.
#ifndef ATTAIN_SERVICE_IMPORTING_CELLS_PARSED_H_
#define ATTAIN_SERVICE_IMPORTING_CELLS_PARSED_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attain/document/v1/document.pb.h"
#include "service/importing/values/finding.h"
#include "service/scoring/model.h"

namespace attain::importing {

namespace document = ::attain::document::v1;  // what readers make

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
  std::string prior_text;  // words of a rating, or empty
  std::optional<Decimal> weight;
  std::string rule_text;
  scoring::RuleKind rule = scoring::RuleKind::kUnmapped;
  std::string evidence;
  // What a self-evaluation or monitoring form holds beside the target, as it stands; empty in target tables.
  std::string actual, score, review, reached, reason;
  Accumulation accumulation = Accumulation::kUnspecified;
  bool allow_negative = false;
  bool not_applicable = false;
  scoring::RuleOptions options;  // overrides of the profile's
  std::string raw;               // the row as it stands
  int line = 0;                  // of a text, from 1; 0 elsewhere
  Place place;
  std::map<std::string, std::string>
      addresses;  // of its cells, by the words that findings use: "指标值" → "G5"
};

// A row of the money of a form: 年度资金总额, 当年财政拨款, 上年结转, 其他. In 万元.
struct ParsedMoney {
  std::string key;                                // total, fiscal, fiscal_part, carried, other
  std::string label;                              // as it stands
  std::optional<Decimal> first, adjusted, spent;  // 年初预算数, 全年预算数, 全年执行数
  std::string points, rate, score;                // as they stand
  Place place;
};

// Money in 万元.
struct ParsedTable {
  enum class Kind { kUnit, kProject };
  Kind kind = Kind::kProject;
  std::string unit_name, name;
  int fiscal_year = 0;  // 0 = not found
  std::string leader;
  std::optional<Decimal> total, fiscal, other;
  std::optional<Decimal> adjusted, spent;  // 全年预算数, 全年执行数 of all money together
  std::vector<ParsedMoney> money;  // rows of a form of columns; empty where the heading has single amounts
  std::string goal;                // without markup
  std::string goal_address;        // of its cell; empty in texts
  std::string result;              // 实际完成情况 of a self-evaluation
  std::string actual_word;         // header of the actual values: "1-7月执行情况"; empty without
  std::string typed_score, typed_grade;     // of the form's total row
  std::vector<std::string> unused_heading;  // labels and values that no field takes
  Place unused_place;
  std::vector<ParsedIndicator> indicators;
  std::string raw;
  int first_line = 0, last_line = 0;  // of a text; 0 elsewhere
  int first_row = 0, last_row = 0;    // rows of the document, from 1
  Place place;                        // where it begins
};

// Where every cell that is not empty went. The four parts add up to all of them.
struct Ledger {
  int64_t read = 0;       // into a named field
  int64_t furniture = 0;  // titles, headers, labels, signatures, page numbers, subtotals, repeated headers
  int64_t told = 0;       // in a finding with its place
  int64_t outside = 0;    // in grids that hold no target table, told once for each grid
  std::map<std::string, int64_t> furniture_kinds;
  struct OutsideGrid {
    std::string title;  // the line above it; may be empty
    Place place;
    int64_t cells = 0;
  };
  std::vector<OutsideGrid> outside_grids;

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

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_CELLS_PARSED_H_
