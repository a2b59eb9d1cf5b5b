// The cells above a table's header row: labels and what they hold, and money in rows and columns. Nobody
// outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_HEADING_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_HEADING_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"
#include "service/importing/values/money.h"
#include "service/importing/values/numerals.h"

namespace attain::importing {

// True for a row that begins the heading of a table: it names a project or an office.
bool BeginsHeading(const Row& row);

// Takes what rows say of one table.
class HeadingReader {
 public:
  HeadingReader(const Source& source, ParsedTable* table, std::vector<Finding>* findings, int table_number)
      : source_(source), table_(table), findings_(findings), table_number_(table_number) {}

  // Before all others: a note below the amounts holds for them as well.
  void LookForUnit(const Row& row);
  // In document order, each row once.
  void Read(Row* row);
  // The row of the title: it may hold the year and the unit of money as well.
  void ReadTitle(Row* row);
  // When all are read: totals that follow from their parts, and what could not be read as money.
  void Finish();
  // The money unit that a note states for amounts without one; empty when none does, which means 万元.
  std::string money_unit() const { return unit_; }

 private:
  struct MoneyColumn {
    std::string key;  // column_first, column_adjusted, column_spent …
    int first = 0, last = 0;
    std::string unit;  // that its own word names
  };

  bool ReadMoneyHeader(Row* row);
  bool ReadMoneyPairs(Row* row);
  bool ReadMoneyRow(Row* row);
  bool ReadBelow(Row* row);
  // Money by tasks: a row of 总额, 财政拨款, 其他资金 over rows of tasks and their sum.
  bool ReadTaskHeader(Row* row);
  bool ReadTaskRow(Row* row);
  void FindLongMoney(const Row& row);
  void ReadLabels(Row* row);
  // "label: value" in one cell.
  bool ReadWithin(Row* row, Cell* cell);
  bool ReadPairs(Row* row, Cell* cell);
  bool ReadAmounts(Row* row, Cell* cell);
  void NotKept(absl::string_view text, const Row& row);
  size_t TakeAmount(absl::string_view key, Row* row, size_t at);
  bool IsFrameOfAmount(const Cell& frame, const Cell& next) const;
  bool GoesOnWithGoal(Row* row);
  void TellLine(Row* row);
  void TellUnitAssumed(const Row& row, const Cell& label, const Cell& value, const Money& money);
  // LabelOf, and labels that name the table's year.
  absl::string_view KeyOf(absl::string_view word) const;
  void ReadNotes(Row* row);
  void Take(absl::string_view key, Row* row, Cell* label, Cell* value, const std::string& text);
  void TakeMoney(absl::string_view key, Row* row, Cell* label, Cell* value, const std::string& text);
  void SetMoney(absl::string_view key, absl::string_view label, const Decimal& amount);
  void TellMoney(const Row& row, const Cell& label, const Cell& value, const std::vector<Finding>& notes);
  // The money unit that holds for an amount: its label's, its row's, or the table's.
  std::string UnitFor(absl::string_view label) const;

  const Source& source_;
  ParsedTable* table_;
  std::vector<Finding>* findings_;
  const int table_number_;
  std::vector<MoneyColumn> money_columns_;
  std::vector<MoneyColumn> task_columns_;
  int long_from_ = -1, long_to_ = -1;  // columns of money of the implementation period
  std::map<int, Cell> below_;          // column → label whose value stands in the next row
  std::string unit_;                   // of all amounts of the table, by a note; empty = 万元
  std::string frame_unit_;             // of the amounts behind the last frame: "项目资金(元)"
  int goal_row_ = 0;                   // number of the row that the goal ended in
  bool fiscal_said_ = false, other_said_ = false;
};

// The first year from 2000 to 2100 that stands before a 年; 0 without.
int YearIn(absl::string_view text);
// The year of "2025年" or "(2025年度)" when the text says nothing else: a date of signing belongs to the
// table above.
int YearAlone(absl::string_view text);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_HEADING_H_
