// One row of a target table → one indicator, and what was noticed about it. Nobody outside this folder
// includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_ROW_READER_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_ROW_READER_H_

#include <string>
#include <vector>

#include "service/importing/cells/parsed.h"
#include "service/importing/columns/row_view.h"

namespace attain::importing {

// Reads the rows of one table, or of several in turn. Thread-compatible.
class RowReader {
 public:
  RowReader(const Source& source, const ImportOptions& options, std::vector<Finding>* findings)
      : source_(source), levels_(*options.profile), options_(options), findings_(findings) {}

  // The table that the next rows belong to. Levels begin anew unless it is the same one.
  void SetTable(ParsedTable* table, int number);
  // The header that stands over the next rows. Must outlive them.
  void SetHeader(const Header* header) { header_ = header; }
  const LevelNames& levels() const { return levels_; }
  RowView View(Row* row) const { return RowView(*header_, row, levels_, *options_.profile); }

  // Takes an indicator, a line of levels, or tells that it is neither. True when an indicator was added.
  bool Read(const RowView& view);
  // Takes the level that a page break cut in two: "效" above it, "益指标" below it.
  void JoinLevel(Row* row);

 private:
  bool TakeBlankForm(const RowView& view);
  // Name and target of one row, wherever they stand.
  void FillName(const RowView& view, ParsedIndicator* row, std::string* target);
  void Reject(const RowView& view);
  void FillLevels(const RowView& view, ParsedIndicator* row);
  // What was noticed about the target.
  std::vector<Finding> FillTarget(const RowView& view, const std::string& value, ParsedIndicator* row);
  void FillPrior(const std::string& text, ParsedIndicator* row);
  void FillPlaces(const RowView& view, ParsedIndicator* row);
  void MarkCells(const RowView& view);
  Finding Make(Severity severity, std::string code, const RowView& view, Column column) const;

  void TellCut(const RowView& view, const std::string& target);
  void TellMoved(const RowView& view);
  // Where each line is a cell, a row whose cells do not fit may have lost some to the row above it.
  void TellMixed(const RowView& view, size_t above);
  bool IsOfLines(const Row& row) const;
  void AddNotes(const RowView& view, Column column, std::vector<Finding> notes);
  void TellShared(const RowView& view);
  void TellErrors(const RowView& view);

  const Source& source_;
  const LevelNames levels_;
  const ImportOptions& options_;
  std::vector<Finding>* findings_;
  const Header* header_ = nullptr;
  ParsedTable* table_ = nullptr;
  int table_number_ = 0;
  std::string level1_, level2_;
  size_t last_told_ = 0;  // indicators of the table when the last ROW_REALIGNED was told
  bool last_whole_ = true, this_whole_ = true;  // the rows last looked at: all cells from the first column on
  // A cell of points or of a target that is merged over several rows: the last row it covers.
  int shared_weight_ = -1, shared_target_ = -1, shared_grid_ = -1;
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_ROW_READER_H_
