#include "tests/fuzz/extract_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/number_check.h"
#include "tests/support/pdf_writer.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

// Takes what stands before `mark` off the front of `rest`, and the mark; all of it when there is no mark.
std::string Take(absl::string_view mark, absl::string_view* rest) {
  const size_t at = rest->find(mark);
  const std::string part(rest->substr(0, at));
  *rest = at == absl::string_view::npos ? absl::string_view() : rest->substr(at + mark.size());
  return part;
}

std::string WorkbookOf(absl::string_view input) {
  WorkbookParts parts;
  parts.sheet = Take("<?strings?>", &input);
  parts.shared = Take("<?styles?>", &input);
  parts.styles = Take("<?sheets?>", &input);
  parts.more_sheets = std::string(input);
  return Workbook(parts);
}

std::string PdfOf(absl::string_view input) {
  attain::testing::PdfWriter writer;
  do {
    writer.AddPage(attain::testing::PdfWriter::Page{.content = Take("<?page?>", &input), .packed = false});
  } while (!input.empty());
  return writer.Finish();
}

}  // namespace

const std::vector<std::string>& Readers() {
  static const auto& readers = *new std::vector<std::string>{"xlsx",    "docx", "ods", "odt",   "html",
                                                             "xml2003", "text", "pdf", "bytes", "number"};
  return readers;
}

bool ReadsMarkup(absl::string_view reader) {
  return reader == "xlsx" || reader == "docx" || reader == "ods" || reader == "odt" || reader == "html" ||
         reader == "xml2003";
}

std::string DocumentOf(absl::string_view reader, absl::string_view input) {
  if (reader == "xlsx") return WorkbookOf(input);
  if (reader == "docx") return Docx(std::string(input));
  if (reader == "pdf") return PdfOf(input);
  if (reader == "ods" || reader == "odt") {
    const std::string inside = Take("<?styles?>", &input);
    return reader == "ods" ? Ods(inside, std::string(input)) : Odt(inside, std::string(input));
  }
  return std::string(input);
}

Limits FewCells() {
  Limits limits;
  limits.cells = 5000;
  return limits;
}

std::string CheckExtract(absl::string_view reader, absl::string_view input, const Limits& limits) {
  if (reader == "number") return CheckNumber(input);
  const document::ExtractResult result = Extract(DocumentOf(reader, input), limits);
  if (result.has_refusal()) {
    const document::Refusal& refusal = result.refusal();
    if (refusal.code().empty() || refusal.detail().empty())
      return absl::StrCat("refused without words: ", refusal.code());
    return refusal.code() == "READER_FAILED" ? "a library threw what no reader expects" : "";
  }
  if (!result.has_document()) return "neither read nor refused";
  if (result.document().media() == document::MEDIA_UNSPECIFIED) return "read as nothing";
  return BrokenPromise(result.document());
}

}  // namespace attain::extract
