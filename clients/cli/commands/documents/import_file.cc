#include "clients/cli/commands/documents/import_file.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/commands/common/document_file.h"
#include "clients/cli/commands/documents/imported_figures.h"
#include "clients/cli/commands/tables/table_list.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/json.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/words/document_words.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

void PrintSource(const Context& context, const v1::DocumentSource& source) {
  std::vector<std::string> parts = {source.format()};
  if (!source.encoding().empty() && source.encoding() != "UTF-8") parts.push_back(source.encoding());
  if (source.pages() > 0)
    parts.push_back(context.Say(words::kPages, context.Count(source.pages(), "page", "pages")));
  if (!source.sheets().empty())
    parts.push_back(context.Say(words::kSheets, absl::StrJoin(source.sheets(), context.Comma())));
  if (!source.hidden_sheets().empty())
    parts.push_back(
        context.Say(words::kHiddenSheets, absl::StrJoin(source.hidden_sheets(), context.Comma())));
  context.out() << context.Say(words::kReadFrom, absl::StrJoin(parts, context.In({"；", "; "}))) << '\n';
}

// One grid that was left out whole: its place, its title and how much it holds.
void PrintOutsideGrid(const Context& context, const v1::OutsideGrid& grid) {
  std::vector<std::string> place;
  if (!grid.sheet().empty()) place.push_back(grid.sheet());
  if (grid.page() > 0) place.push_back(context.Say(words::kPageShort, grid.page()));
  if (grid.line() > 0) place.push_back(context.Say(words::kLineShort, grid.line()));
  if (!grid.address().empty()) place.push_back(grid.address());
  const std::string title = grid.title().empty() ? "" : context.Say(words::kOutsideTitle, grid.title());
  context.out() << context.Say(words::kOutsideGrid, absl::StrJoin(place, " "), title,
                               context.Count(grid.cells(), "cell", "cells"))
                << '\n';
}

void PrintLedger(const Context& context, const v1::CellLedger& ledger) {
  const int total = ledger.read() + ledger.furniture() + ledger.told() + ledger.outside();
  if (total == 0) return;
  context.out() << context.Say(words::kLedger, total, ledger.read(), ledger.furniture(), ledger.told(),
                               ledger.outside())
                << '\n';
  for (const v1::OutsideGrid& grid : ledger.outside_grids()) PrintOutsideGrid(context, grid);
  if (ledger.outside_grids_left_out() > 0)
    context.out() << context.Say(words::kMoreOutsideGrids, ledger.outside_grids_left_out()) << '\n';
}

void PrintTables(Context& context, const v1::ImportDocumentResponse& response) {
  if (response.tables().empty()) {
    if (response.existing_tables().empty()) context.out() << context.Say(words::kNothingImported) << '\n';
    return;
  }
  const std::string tables = context.Count(response.table_count(), "table", "tables");
  const std::string rows = context.Count(response.row_count(), "indicator", "indicators");
  context.out() << (context.validate_only()
                        ? context.Say(words::kWouldImport, tables, rows)
                        : context.Say(words::kImported, tables, rows, response.commit().revision()))
                << '\n';
}

void PrintResult(Context& context, bool figures, const v1::ImportDocumentResponse& response) {
  if (figures) PrintFigures(context, response);
  if (!response.tables().empty()) {
    PrintTableList(context, response.tables());
    context.out() << '\n';
  }
  PrintFindings(context, response.findings());
  if (response.findings_left_out() > 0)
    context.out() << context.Say(words::kFindingsLeftOut, response.findings_left_out()) << '\n';
  context.out() << '\n';
  PrintSource(context, response.source());
  PrintLedger(context, response.ledger());
  for (const std::string& name : response.existing_tables())
    context.out() << context.Say(words::kTableExists, name) << '\n';
  if (context.validate_only() && !response.preview().empty())
    context.out() << context.Say(words::kPreviewToken, response.preview()) << '\n';
  figures ? PrintFigureCounts(context, response) : PrintTables(context, response);
}

// Imports documents that are too large for one answer or one entry of the journal in parts, each all or
// nothing. A part that was imported stays when a later one is refused; the whole may be imported again, what
// is there is told and stays as it is.
class PartsImporter {
 public:
  explicit PartsImporter(const Context& context) : context_(context) {}

  absl::StatusOr<v1::ImportDocumentResponse> Import(const v1::ImportDocumentRequest& request) {
    RETURN_IF_ERROR(Part(request));
    return std::move(whole_);
  }

 private:
  absl::Status Part(const v1::ImportDocumentRequest& request) {
    absl::StatusOr<v1::ImportDocumentResponse> answer = Send(request);
    if (answer.ok()) {
      Take(*std::move(answer));
      return absl::OkStatus();
    }
    const client::ErrorDetails details = client::DetailsOf(answer.status());
    if (details.reason == "ANSWER_TOO_LARGE" && request.write().view() != v1::ANSWER_VIEW_BASIC) {
      v1::ImportDocumentRequest brief = request;
      brief.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
      return Part(brief);
    }
    const std::vector<int> tables = TablesOf(request, details);
    const bool splits = details.reason == "ENTRY_TOO_LARGE" && tables.size() > 1;
    if (!splits) return answer.status();
    const size_t half = tables.size() / 2;
    RETURN_IF_ERROR(Part(Some(request, tables, 0, half)));
    return Part(Some(request, tables, half, tables.size()));
  }

  // Each part that is sent has an id of its own.
  absl::StatusOr<v1::ImportDocumentResponse> Send(v1::ImportDocumentRequest request) {
    if (const std::string id = request.write().request_id(); !id.empty() && sent_++ > 0)
      request.mutable_write()->set_request_id(absl::StrCat(id, "-part", sent_));
    return context_.client().ImportDocument(std::move(request));
  }

  static std::vector<int> TablesOf(const v1::ImportDocumentRequest& request,
                                   const client::ErrorDetails& details) {
    if (!request.tables().empty()) return {request.tables().begin(), request.tables().end()};
    int count = 0;
    const auto found = details.metadata.find("tables");
    if (found == details.metadata.end() || !absl::SimpleAtoi(found->second, &count)) return {};
    std::vector<int> tables(static_cast<size_t>(std::max(count, 0)));
    std::iota(tables.begin(), tables.end(), 1);
    return tables;
  }

  static v1::ImportDocumentRequest Some(v1::ImportDocumentRequest request, const std::vector<int>& tables,
                                        size_t from, size_t to) {
    request.clear_tables();
    for (size_t i = from; i < to; ++i) request.add_tables(tables[i]);
    return request;
  }

  // Ledger and source are those of the document in every part.
  void Take(v1::ImportDocumentResponse part) {
    if (std::exchange(begun_, true)) {
      part.clear_ledger();
      part.clear_source();
      part.set_table_count(whole_.table_count() + part.table_count());
      part.set_row_count(whole_.row_count() + part.row_count());
      part.set_already_recorded(whole_.already_recorded() + part.already_recorded());
      part.set_findings_left_out(whole_.findings_left_out() + part.findings_left_out());
    }
    whole_.MergeFrom(part);
  }

  const Context& context_;
  v1::ImportDocumentResponse whole_;
  int sent_ = 0;
  bool begun_ = false;
};

absl::Status ImportOne(Context& context, v1::ImportDocumentRequest request, const std::string& path,
                       bool alone) {
  ASSIGN_OR_RETURN(DocumentFile file, SendDocument(context, path));
  request.set_content(std::move(file.content));
  request.set_upload(file.upload);
  request.set_file_name(file.name);
  const bool figures =
      request.use() != v1::DOCUMENT_USE_UNSPECIFIED && request.use() != v1::DOCUMENT_USE_TARGET_TABLES;
  ASSIGN_OR_RETURN(const auto response, PartsImporter(context).Import(request));
  const int found = response.tables_size() + response.existing_tables_size() + response.actuals_size() +
                    response.spending_size();
  if (found == 0) context.MarkIncomplete();
  if (context.json()) {
    if (alone) return context.PrintJson(response);
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(response));
    context.out() << line;
    return absl::OkStatus();
  }
  PrintResult(context, figures, response);
  return absl::OkStatus();
}

}  // namespace

absl::Status ImportFile(Context& context, v1::ImportDocumentRequest request, const std::string& path,
                        bool alone) {
  const absl::Status status = ImportOne(context, std::move(request), path, alone);
  // What was noticed before it was refused.
  if (!status.ok()) PrintFindingsOfRefusal(context, client::DetailsOf(status).findings, context.err());
  return status;
}

bool IsDocument(const std::string& path) {
  static constexpr absl::string_view kEndings[] = {".xlsx", ".xlsm", ".xls",  ".ods", ".docx", ".doc",
                                                   ".odt",  ".pdf",  ".html", ".htm", ".xml"};
  const std::string lower = absl::AsciiStrToLower(path);
  for (const absl::string_view ending : kEndings) {
    if (absl::EndsWith(lower, ending)) return true;
  }
  return false;
}

}  // namespace attain::cli
