#include "tests/unit/extract/support.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

constexpr char kOfficeRelations[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

constexpr size_t kStoredBelow = 8192;  // parts that are not worth compressing

std::string RelationsPart(const std::string& relations) {
  return absl::StrCat(
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">", relations,
      "</Relationships>");
}

std::string Relation(absl::string_view id, absl::string_view type, absl::string_view target) {
  return absl::StrCat("<Relationship Id=\"", id, "\" Type=\"", kOfficeRelations, "/", type, "\" Target=\"",
                      target, "\"/>");
}

std::string OdfContent(const std::string& body, const std::string& styles) {
  return absl::StrCat(
      "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
      "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
      "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
      "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">"
      "<office:automatic-styles>",
      styles, "</office:automatic-styles><office:body>", body, "</office:body></office:document-content>");
}

std::string CheckCell(const document::Cell& cell, const document::Grid& grid) {
  if (cell.row() < 0 || cell.column() < 0) return "a cell without a place";
  if (cell.row() + std::max(cell.row_span(), 1) > grid.rows())
    return absl::StrCat(cell.address(), " reaches below the grid");
  if (cell.column() + std::max(cell.column_span(), 1) > grid.columns())
    return absl::StrCat(cell.address(), " reaches beyond the grid");
  if (cell.address().empty()) return "a cell without an address";
  if (Clean(cell.text()) != cell.text()) return absl::StrCat(cell.address(), " is not clean");
  return "";
}

std::string CheckGrid(const document::Grid& grid) {
  const document::Cell* before = nullptr;
  for (const document::Cell& cell : grid.cells()) {
    if (std::string broken = CheckCell(cell, grid); !broken.empty()) return broken;
    if (before != nullptr &&
        (cell.row() < before->row() || (cell.row() == before->row() && cell.column() <= before->column()))) {
      return absl::StrCat(cell.address(), " comes behind ", before->address());
    }
    before = &cell;
  }
  return "";
}

}  // namespace

std::string Fixture(absl::string_view name) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/data/documents/", name), std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

std::string Zip(const Parts& parts, const char* password) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_source_t* part = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    // Fuzzers make millions of these.
    if (text.size() < kStoredBelow)
      zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    if (password != nullptr)
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string Workbook(const WorkbookParts& parts) {
  std::string relations = Relation("rId1", "worksheet", "worksheets/sheet1.xml");
  Parts all;
  const auto wrap = [&](absl::string_view element, const std::string& inside) {
    return absl::StrCat("<", element, " xmlns=\"", parts.space, "\">", inside, "</", element, ">");
  };
  if (!parts.shared.empty()) {
    absl::StrAppend(&relations, Relation("rId8", "sharedStrings", "sharedStrings.xml"));
    all.emplace_back("xl/sharedStrings.xml", wrap("sst", parts.shared));
  }
  if (!parts.styles.empty()) {
    absl::StrAppend(&relations, Relation("rId9", "styles", "/xl/styles.xml"));
    all.emplace_back("xl/styles.xml", wrap("styleSheet", parts.styles));
  }
  all.emplace_back("_rels/.rels", RelationsPart(Relation("rId1", "officeDocument", "xl/workbook.xml")));
  all.emplace_back("xl/_rels/workbook.xml.rels",
                   RelationsPart(absl::StrCat(relations, parts.more_relations)));
  all.emplace_back(
      "xl/workbook.xml",
      absl::StrCat("<workbook xmlns=\"", parts.space, "\" xmlns:r=\"", kOfficeRelations, "\"><workbookPr ",
                   parts.properties, "/><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/>",
                   parts.more_sheets, "</sheets></workbook>"));
  all.emplace_back("xl/worksheets/sheet1.xml", wrap("worksheet", parts.sheet));
  all.insert(all.end(), parts.more_parts.begin(), parts.more_parts.end());
  return Zip(all);
}

std::string WorkbookWithFormats(const std::vector<std::string>& codes, const std::string& sheet,
                                const std::string& properties) {
  std::string formats;
  std::string styles = "<xf numFmtId=\"0\"/>";
  for (size_t i = 0; i < codes.size(); ++i) {
    absl::StrAppend(&formats, "<numFmt numFmtId=\"", 164 + i, "\" formatCode=\"", codes[i], "\"/>");
    absl::StrAppend(&styles, "<xf numFmtId=\"", 164 + i, "\"/>");
  }
  WorkbookParts parts;
  parts.sheet = sheet;
  parts.properties = properties;
  parts.styles = absl::StrCat("<numFmts>", formats, "</numFmts><cellXfs>", styles, "</cellXfs>");
  return Workbook(parts);
}

std::string Docx(const std::string& body) {
  return Zip(
      {{"word/document.xml",
        absl::StrCat("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                     "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>",
                     body, "</w:body></w:document>")}});
}

std::string Ods(const std::string& tables, const std::string& styles) {
  return Zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
              {"content.xml",
               OdfContent(absl::StrCat("<office:spreadsheet>", tables, "</office:spreadsheet>"), styles)}});
}

std::string Odt(const std::string& text, const std::string& styles) {
  return Zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
              {"content.xml", OdfContent(absl::StrCat("<office:text>", text, "</office:text>"), styles)}});
}

document::Document ReadOrFail(absl::string_view bytes) {
  const document::ExtractResult result = Extract(bytes, Limits());
  EXPECT_FALSE(result.has_refusal()) << result.refusal().code() << ": " << result.refusal().detail();
  EXPECT_EQ(BrokenPromise(result.document()), "");
  return result.document();
}

std::string RefusalOf(absl::string_view bytes, const Limits& limits) {
  const document::ExtractResult result = Extract(bytes, limits);
  return result.has_refusal() ? absl::StrCat(result.refusal().code(), ": ", result.refusal().detail())
                              : "read";
}

std::vector<document::Grid> Grids(const document::Document& document) {
  std::vector<document::Grid> grids;
  for (const document::Block& block : document.blocks()) {
    if (block.has_grid()) grids.push_back(block.grid());
  }
  return grids;
}

document::Cell At(const document::Document& document, absl::string_view address, size_t grid) {
  const std::vector<document::Grid> grids = Grids(document);
  if (grid < grids.size()) {
    for (const document::Cell& cell : grids[grid].cells()) {
      if (cell.address() == address) return cell;
    }
  }
  return {};
}

std::string TextAt(const document::Document& document, absl::string_view address, size_t grid) {
  return At(document, address, grid).text();
}

std::string CellsOf(const document::Grid& grid) {
  std::vector<std::string> cells;
  for (const document::Cell& cell : grid.cells())
    cells.push_back(absl::StrCat(cell.address(), "=", cell.text()));
  return absl::StrJoin(cells, "|");
}

std::string LinesOf(const document::Document& document) {
  std::vector<std::string> lines;
  for (const document::Block& block : document.blocks()) {
    if (block.has_line()) lines.push_back(block.line().text());
  }
  return absl::StrJoin(lines, "|");
}

std::string RemarksOf(const document::Document& document) {
  std::vector<std::string> remarks;
  for (const document::Remark& remark : document.remarks())
    remarks.push_back(absl::StrCat(remark.code(), " ", remark.address(), " x", remark.count()));
  std::sort(remarks.begin(), remarks.end());
  return absl::StrJoin(remarks, "|");
}

std::string BrokenPromise(const document::Document& document) {
  for (const document::Block& block : document.blocks()) {
    if (block.has_line() &&
        (block.line().text().empty() || Clean(block.line().text()) != block.line().text()))
      return "a line that is not clean";
    if (!block.has_grid()) continue;
    if (std::string broken = CheckGrid(block.grid()); !broken.empty()) return broken;
  }
  return IsUtf8(document.text()) ? "" : "text that is not UTF-8";
}

}  // namespace attain::extract
