#include "clients/cli/show/form_printer.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/terminal/width.h"
#include "common/csv/csv.h"

namespace attain::cli {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kLeastDashes = 3;  // of a separator line in GitHub's Markdown

using Cells = std::vector<std::string>;

std::vector<Cells> RowsOf(const v1::FormGrid& grid) {
  std::vector<Cells> rows;
  rows.emplace_back(grid.columns().begin(), grid.columns().end());
  for (const v1::FormRow& row : grid.rows()) {
    Cells& texts = rows.emplace_back();
    for (const v1::FormCell& cell : row.cells()) texts.push_back(cell.text());
  }
  return rows;
}

std::string MarkdownCell(absl::string_view text) {
  return absl::StrReplaceAll(OneLine(text), {{"\\", "\\\\"}, {"|", "\\|"}});
}

void AddMarkdownGrid(const v1::FormGrid& grid, std::string* out) {
  std::vector<Cells> rows = RowsOf(grid);
  std::vector<int> widths(rows[0].size(), kLeastDashes);
  for (Cells& row : rows) {
    for (size_t c = 0; c < row.size(); ++c) {
      row[c] = MarkdownCell(row[c]);
      widths[c] = std::max(widths[c], DisplayWidth(row[c]));
    }
  }
  for (size_t r = 0; r < rows.size(); ++r) {
    for (size_t c = 0; c < rows[r].size(); ++c) {
      const size_t blanks = static_cast<size_t>(widths[c] - DisplayWidth(rows[r][c]));
      absl::StrAppend(out, "| ", rows[r][c], std::string(blanks, ' '), " ");
    }
    absl::StrAppend(out, "|\n");
    if (r > 0) continue;
    for (const int width : widths)
      absl::StrAppend(out, "| ", std::string(static_cast<size_t>(width), '-'), " ");
    absl::StrAppend(out, "|\n");
  }
}

template <typename Fields>
void AddMarkdownFields(const Fields& fields, Language language, std::string* out) {
  for (const v1::FormField& field : fields) {
    absl::StrAppend(out, "- ", MarkdownCell(field.label()), Bilingual{"：", ": "}.In(language),
                    MarkdownCell(field.value()), "\n");
  }
}

template <typename Fields>
void AddCsvFields(const Fields& fields, std::string* out) {
  for (const v1::FormField& field : fields) absl::StrAppend(out, csv::ToLine({field.label(), field.value()}));
}

}  // namespace

std::string FormToMarkdown(const v1::Form& form, Language language) {
  std::string out = absl::StrCat("# ", MarkdownCell(form.title()), "\n\n");
  AddMarkdownFields(form.head(), language, &out);
  for (const v1::FormGrid& grid : form.grids()) {
    absl::StrAppend(&out, "\n");
    if (!grid.title().empty()) absl::StrAppend(&out, "## ", MarkdownCell(grid.title()), "\n\n");
    AddMarkdownGrid(grid, &out);
  }
  absl::StrAppend(&out, "\n");
  AddMarkdownFields(form.foot(), language, &out);
  return out;
}

std::string FormToCsv(const v1::Form& form) {
  std::string out = absl::StrCat(kByteOrderMark, csv::ToLine({form.title()}));
  AddCsvFields(form.head(), &out);
  for (const v1::FormGrid& grid : form.grids()) {
    absl::StrAppend(&out, "\r\n", csv::ToLine({grid.title()}));
    for (const Cells& row : RowsOf(grid)) absl::StrAppend(&out, csv::ToLine(row));
  }
  absl::StrAppend(&out, "\r\n");
  AddCsvFields(form.foot(), &out);
  return out;
}

}  // namespace attain::cli
