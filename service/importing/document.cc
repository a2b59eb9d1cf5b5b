#include "service/importing/document.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/source.h"
#include "service/importing/cross_checks.h"
#include "service/importing/tables/blank_rows.h"
#include "service/importing/tables/cell_lines.h"
#include "service/importing/tables/ledger.h"
#include "service/importing/tables/sections.h"
#include "service/importing/tables/source_of.h"
#include "service/importing/tables/table_reader.h"
#include "service/importing/template.h"
#include "service/importing/values/csv.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

Finding UnclosedQuote(int line) {
  Finding finding;
  finding.severity = Severity::kError;
  finding.code = "QUOTE_UNCLOSED";
  finding.place.line = line;
  finding.message = {"这一行的引号没有结束，其后的内容都被当成了一个单元格。",
                     "A quote that begins here never ends: all that follows was taken for one cell."};
  finding.repair = {"请补上引号后重新导入。", "Close the quote and import again."};
  return finding;
}

absl::Status CheckText(absl::string_view bytes, const ImportOptions& options) {
  if (bytes.size() > options.max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("it has ", bytes.size(), " bytes, at most ", options.max_bytes, " are read"));
  }
  if (absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "%PDF") ||
      absl::StartsWith(bytes, "\xd0\xcf\x11\xe0")) {
    return absl::InvalidArgumentError("it is a workbook or PDF; save its text or CSV first");
  }
  const size_t invalid = FindInvalidUtf8(bytes);
  if (invalid != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("byte ", invalid + 1, " is not UTF-8 (a GB18030 file must be converted first)"));
  }
  if (bytes.find('\0') != absl::string_view::npos)
    return absl::InvalidArgumentError("it holds zero bytes and is no text");
  return absl::OkStatus();
}

// The grids that are the template filled in; the rest of the document stays in `rest`.
std::vector<CsvRecords> TakeTemplates(const document::Document& from, document::Document* rest) {
  std::vector<CsvRecords> templates;
  for (const document::Block& block : from.blocks()) {
    std::optional<CsvRecords> records = block.has_grid() ? TemplateRecords(block.grid()) : std::nullopt;
    if (records.has_value()) templates.push_back(*std::move(records));
  }
  if (templates.empty()) return templates;
  *rest = from;
  rest->clear_blocks();
  for (const document::Block& block : from.blocks()) {
    if (!block.has_grid() || !TemplateRecords(block.grid()).has_value()) *rest->add_blocks() = block;
  }
  return templates;
}

}  // namespace

absl::StatusOr<document::Document> TextDocument(absl::string_view bytes, const ImportOptions& options) {
  if (absl::Status text = CheckText(bytes, options); !text.ok()) return text;
  absl::ConsumePrefix(&bytes, "\ufeff");
  document::Document document;
  document.set_media(document::MEDIA_TEXT);
  document.set_encoding("UTF-8");
  document.set_text(std::string(bytes));
  return document;
}

absl::StatusOr<ParsedDocument> ReadDocument(const document::Document& from, const ImportOptions& options) {
  if (from.media() == document::MEDIA_TEXT && IsTemplate(from.text()))
    return ReadTemplate(from.text(), options);
  document::Document rest;
  if (const std::vector<CsvRecords> templates = TakeTemplates(from, &rest); !templates.empty()) {
    absl::StatusOr<ParsedDocument> all = ReadDocument(rest, options);
    for (const CsvRecords& records : templates) {
      absl::StatusOr<ParsedDocument> one = ReadTemplate(records, options);
      if (!all.ok() || !one.ok()) return all.ok() ? one.status() : all.status();
      Append(*std::move(one), &*all);
    }
    return all;
  }
  ParsedDocument document;
  Source source = SourceOf(from);
  if (source.unclosed_quote_line > 0) document.findings.push_back(UnclosedQuote(source.unclosed_quote_line));
  if (source.text) {
    SplitBlankRows(&source);
    GatherCellLines(&source, *options.profile);
  }
  size_t rows = 0;
  for (const Section& section : FindSections(source)) {
    const size_t before = document.tables.size();
    ReadSection(&source, section, options, &document.tables, &document.findings);
    for (size_t i = before; i < document.tables.size(); ++i) rows += document.tables[i].indicators.size();
    if (rows > options.max_rows) {
      return absl::InvalidArgumentError(
          absl::StrCat("it has more than ", options.max_rows, " indicator rows"));
    }
  }
  CrossCheck(source, &document);
  CloseLedger(*options.profile, &source, &document);
  return document;
}

absl::StatusOr<ParsedDocument> ParseDocument(absl::string_view bytes, const ImportOptions& options) {
  const absl::StatusOr<document::Document> document = TextDocument(bytes, options);
  if (!document.ok()) return document.status();
  return ReadDocument(*document, options);
}

std::string SuggestId(const ParsedTable& table, int project_number) {
  return table.kind == ParsedTable::Kind::kUnit ? "unit" : absl::StrCat("p", project_number);
}

}  // namespace attain::importing
