#include "tests/fuzz/extract_check.h"

#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

// Uses the first strings and styles, whatever they are.
constexpr char kUser[] =
    "<sheetData><row><c s=\"0\"><v>45991.5</v></c><c s=\"1\"><v>-0.85</v></c><c "
    "s=\"2\"><v>1234567.891</v></c>"
    "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row></sheetData>";

}  // namespace

std::string DocumentOf(absl::string_view input) {
  if (input.empty()) return "";
  const std::string rest(input.substr(1));
  WorkbookParts parts;
  parts.sheet = kUser;
  switch (input[0]) {
    case 's':
      parts.sheet = rest;
      parts.shared = "<si><t>甲</t></si><si><t>乙</t></si>";
      parts.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs>";
      return Workbook(parts);
    case 't':
      parts.shared = rest;
      return Workbook(parts);
    case 'y':
      parts.styles = rest;
      parts.shared = "<si><t>甲</t></si><si><t>乙</t></si>";
      return Workbook(parts);
    case 'w':
      return Docx(rest);
    case 'c':
      return Ods(rest);
    case 'o':
      return Odt(rest);
    default:
      return rest;
  }
}

std::string CheckExtract(absl::string_view input) {
  const document::ExtractResult result = Extract(DocumentOf(input), Limits());
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
