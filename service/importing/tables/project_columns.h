// Several projects in one table: columns that name the project of each row, its office, money and goal.
// Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_PROJECT_COLUMNS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_PROJECT_COLUMNS_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "service/importing/cells/parsed.h"
#include "service/importing/columns/row_view.h"

namespace attain::importing {

// Deals rows out to the tables of their projects. A blank cell means the project above, as in merged cells.
class ProjectColumns {
 public:
  // `heading` holds what stands above the header for all projects; `unit` is the money unit of a bare amount
  // ("元", "万元").
  ProjectColumns(const Source& source, ParsedTable heading, std::string unit,
                 std::vector<ParsedTable>* tables, std::vector<Finding>* findings)
      : source_(source),
        heading_(std::move(heading)),
        unit_(std::move(unit)),
        tables_(*tables),
        findings_(*findings) {}

  // The index among the tables of the row's project: a new one when it was not met yet. −1 when no row has
  // named a project so far.
  int TableOf(const RowView& view);

 private:
  void Fill(const RowView& view, ParsedTable* table);
  void FillMoney(const RowView& view, ParsedTable* table);

  const Source& source_;
  const ParsedTable heading_;
  const std::string unit_;
  std::vector<ParsedTable>& tables_;
  std::vector<Finding>& findings_;
  std::unordered_map<std::string, int> index_;  // project code and name → table
  int current_ = -1;
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_PROJECT_COLUMNS_H_
