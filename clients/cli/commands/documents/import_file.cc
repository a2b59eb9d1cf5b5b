#include "clients/cli/commands/documents/import_file.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "clients/cli/commands/common/document_file.h"
#include "clients/cli/commands/documents/imported_figures.h"
#include "clients/cli/commands/tables/table_list.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/names.h"
#include "clients/cli/session/json.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/document_words.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

// What came of a document that was imported whole or in parts.
struct Imported {
  v1::ImportDocumentResponse answer;  // of all parts together
  int parts = 0;                      // that were answered
  int revisions = 0;                  // that they made
  bool brief = false;                 // a part was too large to list more than the names of its tables
};

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

// Figures that were too many to be listed, and so to be counted here.
void PrintUnlistedFigures(const Context& context, const v1::ImportDocumentResponse& response) {
  const int before = response.already_recorded();
  context.out() << (context.validate_only()
                        ? context.Say(words::kWouldRecordUnlisted)
                        : context.Say(words::kRecordedUnlisted, response.commit().revision()));
  if (before > 0) context.out() << context.In({"", " "}) << context.Say(words::kFiguresBefore, before);
  context.out() << '\n';
}

void PrintCounts(Context& context, bool figures, const Imported& imported) {
  const bool wrote = context.validate_only() || imported.revisions > 0;
  if (!figures) {
    PrintTables(context, imported.answer);
  } else if (imported.brief && wrote) {
    PrintUnlistedFigures(context, imported.answer);
  } else {
    PrintFigureCounts(context, imported.answer);
  }
  if (imported.revisions > 1) context.out() << context.Say(words::kInParts, imported.revisions) << '\n';
}

void PrintTableNames(const Context& context, const google::protobuf::RepeatedPtrField<v1::Table>& tables) {
  for (const v1::Table& table : tables) context.out() << ShortName(table.name()) << '\n';
}

void PrintResult(Context& context, bool figures, const Imported& imported) {
  const v1::ImportDocumentResponse& response = imported.answer;
  if (figures) PrintFigures(context, response);
  if (!response.tables().empty()) {
    imported.brief ? PrintTableNames(context, response.tables()) : PrintTableList(context, response.tables());
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
  PrintCounts(context, figures, imported);
}

// Imports documents that are too large for one answer or one entry of the journal in parts, each all or
// nothing. A part that was imported stays when a later one is refused; the whole may be imported again, what
// is there is told and stays as it is. On a terminal a bar shows how many tables are done, until it is
// destroyed.
class PartsImporter {
 public:
  // `imported` must be empty and outlive it.
  PartsImporter(const Context& context, Imported* imported)
      : context_(context),
        imported_(*imported),
        bar_(&context.err(), context.err_is_terminal(), absl::Now()) {}

  // The refusal of the first part that was refused; `imported` then has what came before it.
  absl::Status Import(const v1::ImportDocumentRequest& request) {
    id_ = request.write().request_id();
    asked_ = request.tables_size();
    return Part(request);
  }

 private:
  absl::Status Part(const v1::ImportDocumentRequest& request) {
    absl::StatusOr<v1::ImportDocumentResponse> answer = Send(request);
    if (answer.ok()) {
      Take(request, *std::move(answer));
      return absl::OkStatus();
    }
    const client::ErrorDetails details = client::DetailsOf(answer.status());
    const std::vector<int> tables = TablesOf(request, details);
    const bool entry = details.reason == "ENTRY_TOO_LARGE";
    // The entry keeps the answer, too: with a shorter one there may be room.
    const bool shortens = details.reason == "ANSWER_TOO_LARGE" || (entry && tables.empty());
    if (shortens && request.write().view() != v1::ANSWER_VIEW_BASIC) {
      v1::ImportDocumentRequest brief = request;
      brief.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
      return Part(brief);
    }
    if (!entry || tables.size() < 2) return answer.status();
    total_ = std::max(total_, tables.size());
    bar_.Update(done_, total_, absl::Now());
    const size_t half = tables.size() / 2;
    RETURN_IF_ERROR(Part(Some(request, tables, 0, half)));
    return Part(Some(request, tables, half, tables.size()));
  }

  absl::StatusOr<v1::ImportDocumentResponse> Send(v1::ImportDocumentRequest request) {
    if (!id_.empty()) request.mutable_write()->set_request_id(IdOf(request));
    return context_.client().ImportDocument(std::move(request));
  }

  // Each part has an id of its own, made of what is asked and not of the order in which it is sent: when the
  // import is made again with some tables there, it may be split elsewhere.
  std::string IdOf(const v1::ImportDocumentRequest& request) const {
    std::string id = id_;
    const int count = request.tables_size();
    if (count != asked_) absl::StrAppend(&id, "-tables", request.tables(0), "-", request.tables(count - 1));
    if (request.write().view() == v1::ANSWER_VIEW_BASIC) absl::StrAppend(&id, "-basic");
    return id;
  }

  // Numbers of the tables that a request asks for, ascending; empty when it asks for all and nobody says how
  // many there are.
  static std::vector<int> TablesOf(const v1::ImportDocumentRequest& request,
                                   const client::ErrorDetails& details) {
    if (!request.tables().empty()) {
      const std::set<int> numbers(request.tables().begin(), request.tables().end());
      return {numbers.begin(), numbers.end()};
    }
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

  // Ledger and source are those of the document in every part, and so are the findings of no table.
  void Take(const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse part) {
    v1::ImportDocumentResponse& whole = imported_.answer;
    if (imported_.parts++ > 0) {
      LeaveOutTold(part.mutable_findings());
      part.clear_ledger();
      part.clear_source();
      part.set_table_count(whole.table_count() + part.table_count());
      part.set_row_count(whole.row_count() + part.row_count());
      part.set_already_recorded(whole.already_recorded() + part.already_recorded());
      part.set_findings_left_out(whole.findings_left_out() + part.findings_left_out());
    }
    for (const v1::Finding& finding : part.findings()) {
      if (finding.table() == 0) told_.insert(finding.SerializeAsString());
    }
    if (!context_.validate_only() && part.commit().revision() > 0) ++imported_.revisions;
    if (request.write().view() == v1::ANSWER_VIEW_BASIC) imported_.brief = true;
    whole.MergeFrom(part);
    done_ += static_cast<size_t>(request.tables_size());
    if (total_ > 0) bar_.Update(done_, total_, absl::Now());
  }

  void LeaveOutTold(google::protobuf::RepeatedPtrField<v1::Finding>* findings) const {
    const auto is_told = [&](const v1::Finding& finding) {
      return finding.table() == 0 && told_.count(finding.SerializeAsString()) > 0;
    };
    findings->erase(std::remove_if(findings->begin(), findings->end(), is_told), findings->end());
  }

  const Context& context_;
  Imported& imported_;
  ProgressBar bar_;
  std::string id_;               // of the whole; empty: each part gets one from the client
  int asked_ = 0;                // tables that the whole asks for; 0: all
  size_t done_ = 0, total_ = 0;  // tables; none until it is split
  std::set<std::string> told_;   // findings of the document as a whole
};

absl::Status Print(Context& context, bool figures, bool alone, const Imported& imported) {
  const v1::ImportDocumentResponse& response = imported.answer;
  const int found = response.tables_size() + response.existing_tables_size() + response.actuals_size() +
                    response.spending_size();
  // What is not listed was too much.
  if (found == 0 && !imported.brief) context.MarkIncomplete();
  if (context.json()) {
    if (alone) return context.PrintJson(response);
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(response));
    context.out() << line;
    return absl::OkStatus();
  }
  PrintResult(context, figures, imported);
  return absl::OkStatus();
}

// Says that what was printed is a part only. The refusal of the rest follows.
void TellPart(const Context& context, bool figures, const Imported& imported) {
  if (context.validate_only()) {
    context.err() << context.Say(words::kWouldImportPart) << '\n';
  } else if (figures) {
    context.err() << context.Say(words::kRecordedPart) << '\n';
  } else {
    const std::string tables = context.Count(imported.answer.table_count(), "table", "tables");
    context.err() << context.Say(words::kImportedPart, tables) << '\n';
  }
}

absl::Status ImportOne(Context& context, v1::ImportDocumentRequest request, const std::string& path,
                       bool alone) {
  ASSIGN_OR_RETURN(DocumentFile file, SendDocument(context, path));
  request.set_content(std::move(file.content));
  request.set_upload(file.upload);
  request.set_file_name(file.name);
  const bool figures =
      request.use() != v1::DOCUMENT_USE_UNSPECIFIED && request.use() != v1::DOCUMENT_USE_TARGET_TABLES;
  Imported imported;
  absl::Status status = PartsImporter(context, &imported).Import(request);
  if (imported.parts == 0) return status;
  RETURN_IF_ERROR(Print(context, figures, alone, imported));
  // Where all was there before nothing was written.
  if (status.ok() || (imported.revisions == 0 && !context.validate_only())) return status;
  context.out().flush();
  if (!alone) context.err() << path << ": ";
  TellPart(context, figures, imported);
  return status;
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
