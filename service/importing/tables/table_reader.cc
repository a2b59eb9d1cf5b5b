#include "service/importing/tables/table_reader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/columns/content_columns.h"
#include "service/importing/columns/header.h"
#include "service/importing/tables/column_findings.h"
#include "service/importing/tables/footing.h"
#include "service/importing/tables/heading.h"
#include "service/importing/tables/name_target.h"
#include "service/importing/tables/page_breaks.h"
#include "service/importing/tables/project_columns.h"
#include "service/importing/tables/row_reader.h"
#include "service/importing/values/text.h"
#include "service/importing/values/weight.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestWrap = 90;  // bytes of a line that can be the rest of a cell

// Reads one section, row by row.
class SectionReader {
 public:
  SectionReader(Source* source, const Section& section, const ImportOptions& options,
                std::vector<ParsedTable>* tables, std::vector<Finding>* findings)
      : source_(*source),
        section_(section),
        options_(options),
        tables_(*tables),
        findings_(*findings),
        rows_(source_, options, findings),
        side_rows_(source_, options, findings) {}

  void Read() {
    first_table_ = tables_.size();
    size_t header_rows = 1;
    size_t at = ReadHeading(&header_rows);
    if (at == section_.end) return HeaderMissing();
    header_row_ = at;
    TakeHeader(at, header_rows);
    StartTable();
    for (at += header_rows; at < section_.end; ++at) at = ReadRow(at);
    Finish();
  }

 private:
  Row& At(size_t at) { return source_.rows[at]; }
  int Number() const { return static_cast<int>(first_table_) + 1; }

  // The row of the header; section_.end when there is none.
  size_t ReadHeading(size_t* header_rows) {
    heading_.kind = section_.kind;
    heading_.place = PlaceOf(source_, At(section_.first));
    heading_.first_line = At(section_.first).line;
    heading_.first_row = At(section_.first).number;
    HeadingReader heading(source_, &heading_, &findings_, Number());
    const size_t head = section_.header_rows.empty() ? section_.end : section_.header_rows.front();
    for (size_t i = section_.first; i < head; ++i) heading.LookForUnit(At(i));
    size_t at = section_.first;
    if (section_.titled) heading.ReadTitle(&At(at++));
    for (; at < section_.end; ++at) {
      const int year = heading_.fiscal_year != 0 ? heading_.fiscal_year : section_.title_year;
      JoinHeaderHalves(&source_, at, section_.end, year);
      if (MayHead(at) && ParseHeader(source_.rows, at, section_.end, year, &header_, header_rows)) break;
      if (!section_.titled && At(at).single() && absl::StrContains(At(at).cells[0].word, "绩效"))
        MarkFurniture(&At(at), "title");
      heading.Read(&At(at));
    }
    heading.Finish();
    money_unit_ = heading.money_unit();
    if (heading_.fiscal_year == 0) heading_.fiscal_year = section_.title_year;
    if (heading_.kind == ParsedTable::Kind::kUnit && heading_.name.empty())
      heading_.name = heading_.unit_name;
    return at;
  }

  void HeaderMissing() {
    Finding finding = MakeFinding(Severity::kError, "HEADER_MISSING", heading_, Number(), 0,
                                  PlaceOf(source_, At(section_.first)), "");
    finding.message = {
        "绩效目标表没有可识别的表头（需有三级指标、指标值等列）。",
        "The table has no header row that can be recognised (name and target columns are needed)."};
    finding.repair = {"请检查文件是否完整。", "Check that the document is complete."};
    findings_.push_back(std::move(finding));
    // There is no table that could keep what the heading said.
    for (size_t i = section_.first + (section_.titled ? 1 : 0); i < section_.end; ++i) {
      for (Cell& cell : At(i).cells) cell.fate = Fate::kOpen;
    }
  }

  void TakeHeader(size_t at, size_t rows) {
    for (const ColumnByContent& column : DecideByContent(source_.rows, at + rows, section_.end,
                                                         rows_.levels(), *options_.profile, &header_)) {
      TellByContent(column, at);
    }
    for (const HeaderColumn& column : header_.columns()) {
      if (column.assumed) TellByContent({column.word, "三级指标"}, at);
    }
    side_ = header_.TakeSide();
    rows_.SetHeader(&header_);
    side_rows_.SetHeader(&side_);
    (first_table_ < tables_.size() ? Current() : heading_).actual_word = header_.Word(Column::kActual);
    columns_.SetHeader(&header_, PlaceOf(source_, At(at)), IsUneven(at + rows));
    other_time_ = false;
    for (const Cell& cell : At(at).cells) other_time_ = other_time_ || IsOtherTime(cell.word);
    for (size_t i = at; i < at + rows; ++i) MarkHeader(&At(i), rows > 1);
  }

  // A word that nobody knows in the upper row of two has no column that could tell it: it stays open.
  void MarkHeader(Row* row, bool of_two) {
    for (Cell& cell : row->cells) {
      if (!of_two || cell.columns > 1 || !header_.LeavesOut(cell.word, Year()))
        MarkFurniture(&cell, "header");
    }
  }

  // Whether blanks tell cells apart and a row behind the header has more or fewer of them.
  bool IsUneven(size_t from) const {
    const Row* begin = source_.rows.data();
    return std::any_of(begin + from, begin + section_.end, [&](const Row& row) {
      return row.joins && row.grid >= 0 && row.cells.size() > 1 &&
             row.cells.size() != header_.columns().size();
    });
  }

  void TellByContent(const ColumnByContent& column, size_t at) {
    Finding finding = MakeFinding(Severity::kNote, "COLUMN_BY_CONTENT", heading_, Number(), 0,
                                  PlaceOf(source_, At(at)), column.word);
    finding.raw = column.word;
    finding.understood = column.understood;
    finding.message = {absl::StrCat("列“", column.word, "”按其位置和内容当作“", column.understood, "”读取。"),
                       absl::StrCat("The column \"", column.word, "\" was taken for ", column.understood,
                                    " by where it stands and what stands in it.")};
    finding.repair = {"请核对。", "Check it."};
    findings_.push_back(std::move(finding));
  }

  void StartTable() {
    if (header_.Has(Column::kProject) || header_.Has(Column::kProjectCode)) {
      projects_ = std::make_unique<ProjectColumns>(source_, heading_, money_unit_, &tables_, &findings_);
      return;
    }
    tables_.push_back(heading_);
    tables_.back().last_line = At(header_row_).line;
    tables_.back().last_row = At(header_row_).number;
    rows_.SetTable(&tables_.back(), TableNumber());
  }

  // The table that rows are added to; what the heading says while there is none.
  bool HasTable() const { return tables_.size() > first_table_; }
  ParsedTable& Current() {
    return current_ >= 0 ? tables_[static_cast<size_t>(current_)] : HasTable() ? tables_.back() : heading_;
  }
  int TableNumber() { return HasTable() ? static_cast<int>(&Current() - tables_.data()) + 1 : Number(); }

  // Words of a header are looked up once, when sections are found; only a row that a page break cut in two
  // may have become one since.
  bool MayHead(size_t at) {
    return At(at).page_ends ||
           std::binary_search(section_.header_rows.begin(), section_.header_rows.end(), at);
  }

  // Reads the row at `at`; the last row that was taken with it.
  size_t ReadRow(size_t at) {
    Row& row = At(at);
    if (IsTaken(row)) return at;
    size_t rows = 1;
    Header next;
    JoinHeaderHalves(&source_, at, section_.end, Year());
    if (MayHead(at) && ParseHeader(source_.rows, at, section_.end, Year(), &next, &rows)) {
      TakeNextHeader(at, rows, std::move(next));
      return at + rows - 1;
    }
    if (IsContinued(row)) {
      MarkFurniture(&row, "title");
      return at;
    }
    if (IsColumnNumbers(row)) {
      MarkFurniture(&row, "header");
      return at;
    }
    const Footing footing = FootingOf(row.cells);
    prose_ = prose_ || footing == Footing::kEnd;
    if (footing == Footing::kSum) ReadTotal(&row);
    if (footing != Footing::kNone) {
      MarkFurniture(&row, FurnitureOf(footing));
      return at;
    }
    if (row.grid < 0) {
      ReadLine(at);
      return at;
    }
    if (IsWithinCell(row)) return at;
    if (row.single() && IsOtherTime(row.cells[0].word)) {
      other_time_ = true;
      MarkFurniture(&row, "header");
      return at;
    }
    return ReadCells(at);
  }

  // "1 | 2 | 3 | 4 | 5" below the header: columns are numbered, and nothing else.
  bool IsColumnNumbers(const Row& row) const {
    if (row.cells.size() < 3 || row.cells.size() + 1 < header_.columns().size()) return false;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].word != absl::StrCat(i + 1)) return false;
    }
    return true;
  }

  // A table in one cell of the table at hand: none of its rows.
  bool IsWithinCell(const Row& row) const {
    const GridOrigin& origin = source_.grids[static_cast<size_t>(row.grid)];
    return origin.nested && row.grid != source_.rows[header_row_].grid;
  }

  // Blank, or joined to the row above it.
  static bool IsTaken(const Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return cell.fate != Fate::kOpen; });
  }

  int Year() const { return heading_.fiscal_year; }

  void TakeNextHeader(size_t at, size_t rows, Header next) {
    Header first = next;
    first.TakeSide();
    const bool same = header_.SameAs(first);
    if (same && !other_time_) {
      for (size_t i = at; i < at + rows; ++i) MarkFurniture(&At(i), "repeated header");
      page_began_ = true;
      return;
    }
    columns_.Flush(Current(), TableNumber(), &findings_);  // what was counted under the header so far
    header_ = std::move(next);
    TakeHeader(at, rows);
  }

  // A line by itself within or behind the table: the rest of a cell above it, or prose.
  void ReadLine(size_t at) {
    Row& row = At(at);
    Cell& cell = row.cells[0];
    if (!HasTable()) return;
    const CellTraits traits = TraitsOf(cell, rows_.levels(), *options_.profile);
    if ((traits.level1 || traits.level2) && traits.level_word && !prose_)
      return (void)rows_.Read(rows_.View(&row));
    if (!prose_ && IsOfNames(cell)) return (void)rows_.Read(rows_.View(&row));
    const bool wraps = !prose_ && last_read_ != nullptr && !Current().indicators.empty() &&
                       cell.word.size() <= kLongestWrap && !absl::StrContains(cell.word, "。") &&
                       RowFollows(at);
    if (!wraps) {
      prose_ = true;
      return;
    }
    if (page_began_ && cell.column > 0 && header_.Over(cell.column) == header_.At(Column::kName))
      return JoinName(&row);
    TellWrapped(&row);
  }

  // Right below the header that a new page repeats, words where names stand are the rest of the last name.
  void JoinName(Row* row) {
    ParsedIndicator& above = Current().indicators.back();
    Finding finding = MakeFinding(Severity::kWarning, "ROW_SPLIT", Current(), TableNumber(),
                                  static_cast<int>(Current().indicators.size()), PlaceOf(source_, *row), "");
    finding.raw = absl::StrCat(above.name, " | ", row->cells[0].text);
    above.name += row->cells[0].text;
    finding.indicator_name = finding.understood = above.name;
    finding.message = {"这一行被分页切成两半，已按列拼接。",
                       "A page break cuts this row in two; its halves were joined column by column."};
    finding.repair = {"请核对拼接后的文字。", "Check the joined words."};
    findings_.push_back(std::move(finding));
    MarkRead(&row->cells[0]);
  }

  // A cell below the names that is all of its row: "指标 2：义诊人次 ≥3000人次", or a line of the form that
  // nobody filled in.
  bool IsOfNames(const Cell& cell) const {
    if (cell.column == 0 || header_.Over(cell.column) != header_.At(Column::kName)) return false;
    std::string name, target;
    return IsBlankName(cell.text) || CutTarget(cell.text, &name, &target);
  }

  // Whether the next row that is not blank is one of the table.
  bool RowFollows(size_t at) {
    for (size_t next = at + 1; next < section_.end && next < at + 3; ++next) {
      if (At(next).blank() || At(next).grid < 0) continue;
      const RowView view = rows_.View(&At(next));
      return view.IsLikely() || view.IsPlain();
    }
    return false;
  }

  void TellWrapped(Row* row) {
    ParsedTable& table = Current();
    ParsedIndicator& above = table.indicators.back();
    Finding finding = MakeFinding(Severity::kNote, "LINE_IN_TABLE", table, TableNumber(),
                                  static_cast<int>(table.indicators.size()), PlaceOf(source_, *row), "");
    finding.indicator_name = above.name;
    finding.raw = Shorten(row->cells[0].text);
    finding.message = {
        "表内有一行只有文字，应是上一行某个单元格的续行，没有并入任何一格。",
        "A line within the table holds words only, the rest of a cell above it; it was added to none."};
    finding.repair = {"请核对上一行；如有遗漏请补上。", "Check the row above and add what is missing."};
    findings_.push_back(std::move(finding));
    absl::StrAppend(&above.raw, " ", finding.raw);
    MarkTold(&row->cells[0]);
  }

  size_t ReadCells(size_t at) {
    Row& row = At(at);
    if (at > 0 && At(at - 1).page_ends) rows_.JoinLevel(&row);
    DropJoined(&row);
    if (row.blank()) return at;
    if (!side_.columns().empty()) return ReadBoth(at);
    size_t last = at;
    if (JoinWrappedRow(&source_, at, rows_, header_, section_.end))
      TellSplit(at, Severity::kNote,
                {"这一行的指标名称被换行切成两行，已拼接。",
                 "A line break within the name cuts this row in two; it was joined."});
    if (at + 1 < section_.end && JoinBrokenRow(&source_, at, rows_, section_.end)) {
      TellSplit(at, Severity::kWarning,
                {"这一行被分页切成两半，已按列拼接。",
                 "A page break cuts this row in two; its halves were joined column by column."});
      last = at + 1;
    }
    const RowView view = rows_.View(&row);
    if (prose_ && !view.IsPlain() && !(source_.text ? false : view.IsLikely())) return last;
    if (const Cell* group = view.At(Column::kGroup); group != nullptr) other_time_ = IsOtherTime(group->word);
    if (other_time_) {
      columns_.OtherTime(source_, &row);
      return last;
    }
    if (projects_ != nullptr && IsSumOfProject(view)) {
      MarkFurniture(&row, "subtotal");
      return last;
    }
    if (projects_ != nullptr && !TakeProject(view)) return last;
    if (rows_.Read(view)) last_read_ = &row;
    page_began_ = false;
    columns_.Add(source_, view);
    Current().last_line = At(last).line;
    Current().last_row = At(last).number;
    return last;
  }

  // Two tables side by side: the row is one of each.
  size_t ReadBoth(size_t at) {
    Row& row = At(at);
    const int from = side_.columns()[0].first;
    Row left = row, right = row;
    const auto is_right = [&](const Cell& cell) { return cell.column >= from; };
    left.cells.erase(std::remove_if(left.cells.begin(), left.cells.end(), is_right), left.cells.end());
    right.cells.erase(right.cells.begin(), std::find_if(right.cells.begin(), right.cells.end(), is_right));
    side_rows_.SetTable(&Current(), TableNumber());
    for (const auto& [half, reader] : {std::pair{&left, &rows_}, std::pair{&right, &side_rows_}}) {
      if (half->blank()) continue;
      const RowView view = reader->View(half);
      if (prose_ && !view.IsPlain()) continue;
      if (reader->Read(view)) last_read_ = &row;
      columns_.Add(source_, view);
    }
    row.cells = std::move(left.cells);
    row.cells.insert(row.cells.end(), right.cells.begin(), right.cells.end());
    Current().last_line = row.line;
    Current().last_row = row.number;
    return at;
  }

  static void DropJoined(Row* row) {
    const auto end = std::remove_if(row->cells.begin(), row->cells.end(),
                                    [](const Cell& cell) { return cell.word.empty(); });
    row->joined += static_cast<int>(row->cells.end() - end);
    row->cells.erase(end, row->cells.end());
  }

  void TellSplit(size_t at, Severity severity, Text message) {
    Finding finding =
        MakeFinding(severity, "ROW_SPLIT", Current(), TableNumber(),
                    static_cast<int>(Current().indicators.size()) + 1, PlaceOf(source_, At(at)), "");
    finding.raw = Shorten(
        absl::StrJoin(At(at).cells, " | ", [](std::string* out, const Cell& cell) { *out += cell.text; }));
    finding.understood =
        absl::StrCat(PlaceOf(source_, At(at)).address, " + ", PlaceOf(source_, At(at + 1)).address);
    finding.message = std::move(message);
    finding.repair = {"请核对拼接后的文字。", "Check the joined words."};
    findings_.push_back(std::move(finding));
  }

  // "动物防疫 小计", "县畜牧站合计" where a project or an office stands, and no indicator.
  static bool IsSumOfProject(const RowView& view) {
    if (view.At(Column::kName) != nullptr || view.At(Column::kTarget) != nullptr) return false;
    for (const Column column : {Column::kProject, Column::kProjectCode, Column::kUnitName}) {
      const Cell* const cell = view.At(column);
      if (cell == nullptr) continue;
      for (const absl::string_view sum : {"小计", "合计", "总计"}) {
        if (absl::EndsWith(cell->word, sum)) return true;
      }
    }
    return false;
  }

  bool TakeProject(const RowView& view) {
    const int table = projects_->TableOf(view);
    if (table < 0) {
      if (!view.IsLikely()) return false;
      tables_.push_back(heading_);
      current_ = static_cast<int>(tables_.size()) - 1;
    } else {
      current_ = table;
    }
    rows_.SetTable(&Current(), TableNumber());
    return true;
  }

  // "总分 100 98.13 优": what the form's own sum says.
  void ReadTotal(Row* row) {
    if (!HasTable() || !header_.Has(Column::kScore) || !IsTotal(row->cells)) return;
    for (Cell& cell : row->cells) {
      const int at = header_.Over(cell.column);
      if (at == header_.At(Column::kScore) && ParseWeight(cell.text).value.has_value()) {
        Current().typed_score = cell.text;
        MarkRead(&cell);
      }
      const size_t grade = cell.word.find("等级:");
      if (grade != std::string::npos) {
        Current().typed_grade = cell.word.substr(grade + sizeof("等级:") - 1);
        MarkRead(&cell);
      }
    }
    for (size_t i = 0; i + 1 < row->cells.size(); ++i) ReadTyped(row->cells[i], &row->cells[i + 1]);
  }

  // "自评总分 | 94.5 | 自评等级 | 良": the figure stands right behind its word.
  void ReadTyped(const Cell& word, Cell* value) {
    if (value->fate == Fate::kRead) return;
    const bool score = word.word == "自评总分" || word.word == "自评得分" || word.word == "总得分" ||
                       word.word == "综合得分" || word.word == "最终得分";
    if (score && ParseWeight(value->text).value.has_value()) {
      Current().typed_score = value->text;
      MarkRead(value);
    } else if (absl::EndsWith(word.word, "等级") && value->word.size() <= 12) {
      Current().typed_grade = value->word;
      MarkRead(value);
    }
  }

  void Finish() {
    if (tables_.size() == first_table_) tables_.push_back(heading_);  // a header of projects without a row
    columns_.Flush(Current(), TableNumber(), &findings_);
    for (size_t i = first_table_; i < tables_.size(); ++i) {
      current_ = static_cast<int>(i);
      SettleColumns(header_, PlaceOf(source_, At(header_row_)), TableNumber(), &tables_[i], &findings_);
      TellHeading(&tables_[i], i == first_table_);
      FillRaw(&tables_[i]);
    }
  }

  void TellHeading(ParsedTable* table, bool first) {
    if (table->unused_heading.empty() || !first) return;
    Finding finding =
        MakeFinding(Severity::kNote, "HEADING_NOT_KEPT", *table, TableNumber(), 0, table->unused_place, "");
    finding.raw = Shorten(absl::StrJoin(table->unused_heading, "; "), 300);
    finding.message = {"表头上方的这些内容没有对应的字段，没有导入。",
                       "No field takes these cells above the table; they were not imported."};
    finding.repair = {"无需处理；如有需要请写入项目总体目标。",
                      "Nothing is to be done; what matters can be put into the goal."};
    findings_.push_back(std::move(finding));
  }

  void FillRaw(ParsedTable* table) {
    const size_t first = projects_ != nullptr && table->first_row > 0
                             ? static_cast<size_t>(table->first_row) - 1
                             : section_.first + (section_.titled ? 1 : 0);
    for (size_t i = first; i < section_.end && At(i).number <= table->last_row; ++i) {
      absl::StrAppend(&table->raw, At(i).text, "\n");
    }
  }

  Source& source_;
  const Section& section_;
  const ImportOptions& options_;
  std::vector<ParsedTable>& tables_;
  std::vector<Finding>& findings_;
  RowReader rows_, side_rows_;
  ColumnFindings columns_;
  ParsedTable heading_;
  Header header_;
  Header side_;  // of a second table beside it; without columns when there is none
  std::string money_unit_;
  size_t header_row_ = 0, first_table_ = 0;
  std::unique_ptr<ProjectColumns> projects_;
  int current_ = -1;  // index of the table that rows are added to, where projects are several
  const Row* last_read_ = nullptr;
  bool page_began_ = false;  // the header was repeated, and no row came since
  bool other_time_ = false;  // the rows at hand are promises of another time than the year
  // Behind the table comes prose, and within it may come a page's foot and the next page's head: once a line
  // of text was met, only what is plainly a row goes on.
  bool prose_ = false;
};

}  // namespace

void ReadSection(Source* source, const Section& section, const ImportOptions& options,
                 std::vector<ParsedTable>* tables, std::vector<Finding>* findings) {
  SectionReader(source, section, options, tables, findings).Read();
}

}  // namespace attain::importing
