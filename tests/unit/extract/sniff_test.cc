// What the bytes are is decided by content.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "absl/strings/match.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

document::Media MediaOf(absl::string_view bytes) {
  const document::ExtractResult result = Extract(bytes, Limits());
  return result.has_refusal() ? result.refusal().media() : result.document().media();
}

// A workbook whose stream has another name in its directory.
std::string WithStreamNamed(absl::string_view name) {
  constexpr size_t kLength = 64;  // where an entry tells how long its name is
  const auto wide = [](absl::string_view text) {
    std::string bytes;
    for (const char c : text) bytes += {c, '\0'};
    return bytes + std::string(2, '\0');
  };
  std::string bytes = Fixture("export/export.xls");
  const size_t at = bytes.find(wide("Workbook"));
  EXPECT_NE(at, std::string::npos);
  bytes.replace(at, wide(name).size(), wide(name));
  bytes[at + kLength] = static_cast<char>(wide(name).size());
  return bytes;
}

TEST(Sniff, EveryFormatByContent) {
  EXPECT_EQ(MediaOf(Fixture("traps/html-named.xls")), document::MEDIA_HTML);
  EXPECT_EQ(MediaOf(Fixture("export/export-2003.xml")), document::MEDIA_XML_SPREADSHEET);
  EXPECT_EQ(MediaOf(Fixture("export/export.xls")), document::MEDIA_XLS);
  EXPECT_EQ(MediaOf(Fixture("selfeval/selfeval.doc")), document::MEDIA_DOC);
  EXPECT_EQ(MediaOf("junk before\n%PDF-1.4\n"), document::MEDIA_PDF);
  EXPECT_EQ(MediaOf("\n <!-- saved --> <?x?>\n<TABLE border=1><tr><td>1"), document::MEDIA_HTML);
  EXPECT_EQ(
      MediaOf("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html><p>1</p></html>"),
      document::MEDIA_HTML);
  EXPECT_EQ(MediaOf("一级指标\t二级指标\n"), document::MEDIA_TEXT);
  EXPECT_EQ(MediaOf("<p12 is no tag"), document::MEDIA_TEXT);
  EXPECT_EQ(MediaOf("a < b, 指标 > 5"), document::MEDIA_TEXT);
}

TEST(Sniff, ForeignFormatsAreNamedWithWhatToDo) {
  EXPECT_TRUE(absl::StrContains(RefusalOf("{\\rtf1 x}"), "RTF"));
  EXPECT_TRUE(absl::StrContains(RefusalOf("\x89PNG\r\n\x1A\n"), "picture"));
  EXPECT_TRUE(absl::StrContains(
      RefusalOf("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<html>"), "MHT"));
  EXPECT_TRUE(absl::StrContains(RefusalOf("From: <Saved by Microsoft>\r\nSubject: x\r\nMIME-Version: "
                                          "1.0\r\nContent-Type: multipart/related;\r\n"),
                                "MHT"));
  EXPECT_TRUE(
      absl::StrContains(RefusalOf("<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>"), "Word 2003"));
  EXPECT_TRUE(absl::StrContains(RefusalOf("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b>c'>]><r>x</r>"),
                                "an XML file"));
  EXPECT_TRUE(absl::StrContains(RefusalOf(Zip({{"OFD.xml", "<x/>"}})), "OFD"));
  EXPECT_TRUE(absl::StrContains(RefusalOf(Zip({{"a.txt", "x"}})), "archive"));
  EXPECT_TRUE(absl::StrContains(RefusalOf("PK\x05\x06" + std::string(18, '\0')), "archive"))
      << "with nothing in it";
  EXPECT_TRUE(absl::StrContains(RefusalOf(Zip({{"xl/workbook.bin", "x"}})), "XLSB"));
  EXPECT_TRUE(absl::StrContains(RefusalOf(Zip({{"ppt/presentation.xml", "<x/>"}})), "PPTX"));
  EXPECT_TRUE(absl::StrContains(RefusalOf("\x07\x01\x02\xFF\xFE\x80\x80"), "UNKNOWN_FORMAT"));
}

TEST(Sniff, OldOfficeFilesNeedAConverter) {
  EXPECT_EQ(RefusalOf(Fixture("export/export.xls")),
            "FORMAT_NEEDS_CONVERTER: an Excel 97 workbook (XLS): save it as XLSX");
  EXPECT_EQ(RefusalOf(Fixture("selfeval/selfeval.doc")),
            "FORMAT_NEEDS_CONVERTER: a Word 97 document (DOC): save it as DOCX");
  const std::string older = WithStreamNamed("Book");
  EXPECT_EQ(RefusalOf(older), "FORMAT_NEEDS_CONVERTER: an Excel 97 workbook (XLS): save it as XLSX")
      << "as Excel 5 wrote it";
  EXPECT_EQ(MediaOf(older), document::MEDIA_XLS);
  EXPECT_EQ(RefusalOf(WithStreamNamed("EncryptedPackage")),
            "ENCRYPTED: the document has a password: save it without one");
}

TEST(Sniff, AFileWithoutBytesOrText) {
  EXPECT_TRUE(absl::StartsWith(RefusalOf(""), "EMPTY_DOCUMENT"));
  EXPECT_TRUE(absl::StartsWith(RefusalOf(" \r\n\t"), "EMPTY_DOCUMENT"));
  EXPECT_TRUE(absl::StartsWith(RefusalOf("\xEF\xBB\xBF"), "EMPTY_DOCUMENT"));
}

TEST(Sniff, ThePackageSaysWhichPartItIsAbout) {
  const std::string relations =
      "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" "
      "Target=\"/strange/book.xml\"/></Relationships>";
  const std::string types =
      "<Types><Override PartName=\"/strange/book.xml\" "
      "ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
  const std::string bytes =
      Zip({{"_rels/.rels", relations},
           {"[Content_Types].xml", types},
           {"strange/book.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r\"/></sheets></workbook>"},
           {"strange/_rels/book.xml.rels",
            "<Relationships><Relationship Id=\"r\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>"},
           {"strange/s.xml", "<worksheet><sheetData><row><c><v>5</v></c></row></sheetData></worksheet>"}});
  const document::Document document = ReadOrFail(bytes);
  EXPECT_EQ(document.media(), document::MEDIA_XLSX);
  EXPECT_EQ(TextAt(document, "A1"), "5");
}

TEST(Extract, FillsWhoReadWhat) {
  const document::Document document = ReadOrFail("abc");
  EXPECT_EQ(document.sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(document.reader(), "attain-extract/1 text");
  EXPECT_EQ(document.encoding(), "UTF-8");
  EXPECT_EQ(ReadOrFail(Fixture("export/export.xlsx")).reader(), "attain-extract/1 xlsx");
}

}  // namespace
}  // namespace attain::extract
