// What a published document says: its target tables, row by row, and everything that was odd about it.
//
// Pure values and functions: no I/O, no clock, no threads. Time and memory are linear in the size of the
// document.
#ifndef ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_
#define ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"
#include "service/importing/cells/parsed.h"

namespace attain::importing {

// Everything that the document holds becomes tables and findings; INVALID_ARGUMENT only above
// options.max_rows.
absl::StatusOr<ParsedDocument> ReadDocument(const document::Document& source, const ImportOptions& options);

// Plain UTF-8 as a document: what needs no reader. INVALID_ARGUMENT for what is no text: too large, not UTF-8
// (names the byte), binary.
absl::StatusOr<document::Document> TextDocument(absl::string_view bytes, const ImportOptions& options);

// ReadDocument of TextDocument.
//
// Reads tab-separated text of a published document, a CSV by the template, or one cell per line.
// INVALID_ARGUMENT only for what is no text: too large, not UTF-8 (names the byte), binary. Everything else
// becomes tables and findings.
absl::StatusOr<ParsedDocument> ParseDocument(absl::string_view bytes, const ImportOptions& options);

// A resource id for a table: "unit" for a unit's, "p1", "p2" … for projects by their number.
std::string SuggestId(const ParsedTable& table, int project_number);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_DOCUMENT_H_
