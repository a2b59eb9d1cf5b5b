// The CSV template: one header line, columns in any order, by their names or by Chinese words
// (words/template_columns.txt):
//   table_kind (unit|project), unit_name, table_name, fiscal_year, leader, budget_total, budget_fiscal,
//   budget_other, goal, level1, level2, indicator, target, basis, prior_value, weight, rule, evidence,
//   accumulation, allow_negative, applicability, options
// One line per indicator; a line belongs to the table named by its table_kind, unit_name, fiscal_year and
// table_name. The table's own columns may be blank from its second line on, and so may level1 and level2
// below a filled one (merged cells). `target` is written as in a document: ">=4 次". Columns that the
// template does not have are told, not refused.
#ifndef ATTAIN_SERVICE_IMPORTING_TEMPLATE_H_
#define ATTAIN_SERVICE_IMPORTING_TEMPLATE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/importing/cells/parsed.h"
#include "service/importing/values/csv.h"

namespace attain::importing {

// True when the cells are the template's header: table_name, indicator and target are there, and table_kind
// too when none of them has its English name (a list of another layout may well have 项目名称, 指标名称 and
// 指标值).
bool IsTemplateHeader(const std::vector<std::string>& cells);
// True when the first line is that; commas, tabs or semicolons stand between its cells.
bool IsTemplate(absl::string_view text);

// Tables, findings, and the ledger of every non-empty cell. The first record is the header. INVALID_ARGUMENT
// when there are more rows than options.max_rows.
absl::StatusOr<ParsedDocument> ReadTemplate(const CsvRecords& records, const ImportOptions& options);
absl::StatusOr<ParsedDocument> ReadTemplate(absl::string_view text, const ImportOptions& options);

// A grid that is the template filled in, in a workbook or any other document: its rows that are not empty.
// Nullopt when the first of them is no header of the template.
std::optional<CsvRecords> TemplateRecords(const document::Grid& grid);
// Appends the tables of one document to those of another, with the numbers that they get there, and adds up
// their ledgers.
void Append(ParsedDocument more, ParsedDocument* document);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TEMPLATE_H_
