// Cells that rows have and no field takes: counted by column, told once each. Nobody outside this folder
// includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_COLUMN_FINDINGS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_COLUMN_FINDINGS_H_

#include <string>
#include <vector>

#include "service/importing/cells/parsed.h"
#include "service/importing/columns/row_view.h"

namespace attain::importing {

class ColumnFindings {
 public:
  // The header of the rows that follow. Must outlive them. `uneven`: blanks tell cells apart, and some rows
  // have more or fewer than the header, so that a cell may stand below a word that is not its own.
  void SetHeader(const Header* header, const Place& place, bool uneven);
  // Marks and counts the cells of a row that was read.
  void Add(const Source& source, const RowView& view);
  // A row of promises of another time than the year (中长期): left out whole.
  void OtherTime(const Source& source, Row* row);
  // Tells what was counted and begins anew.
  void Flush(const ParsedTable& table, int table_number, std::vector<Finding>* findings);

 private:
  struct Count {
    int cells = 0;
    std::string first;  // cell that is not blank
    std::string address;
  };
  void TellRow(const Source& source, const RowView& view, std::vector<std::string> cells);

  const Header* header_ = nullptr;
  bool uneven_ = false;
  std::vector<Finding> rows_;  // told one by one
  Place place_;
  std::vector<Count> counts_;  // by column of the header
  bool told_ = true;           // the header's unknown words were told
  int other_rows_ = 0, actuals_ = 0;
  std::string other_first_;
  Place other_place_;
};

// What follows from whole columns once all rows of a table are read: weights written as shares, the usual
// rules where there is no column of rules, and levels that no column holds. `place` is the header's. Each is
// told.
void SettleColumns(const Header& header, const Place& place, int number, ParsedTable* table,
                   std::vector<Finding>* findings);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_COLUMN_FINDINGS_H_
