#include "service/extract/sniff.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "service/extract/common/encoding.h"

namespace attain::extract {
namespace {

constexpr size_t kPdfJunk = 1024;  // Acrobat looks for %PDF in the first kilobyte
constexpr size_t kHead = 65536;    // comments, style sheets and namespaces come first

// The first characters in lower case, with zero bytes and marks left out: enough to see tags in every
// encoding that holds ASCII.
std::string Head(absl::string_view bytes) {
  std::string head;
  for (char c : bytes.substr(0, kHead)) {
    if (c != '\0' && c != '\xEF' && c != '\xBB' && c != '\xBF' && c != '\xFE' && c != '\xFF')
      head.push_back(absl::ascii_tolower(c));
  }
  return head;
}

// How long a comment or a declaration is that begins here; 0 when none does. What never ends is as long as
// the text.
size_t PreambleLength(absl::string_view head) {
  absl::string_view end = ">";
  if (absl::StartsWith(head, "<!--")) {
    end = "-->";
  } else if (absl::StartsWith(head, "<!doctype") && !absl::StartsWith(head, "<!doctype html")) {
    if (head.find('[') < head.find('>')) end = "]>";
  } else if (!absl::StartsWith(head, "<?")) {
    return 0;
  }
  const size_t at = head.find(end, 2);
  return at == absl::string_view::npos ? head.size() : at + end.size();
}

// Without comments, declarations and blanks in front.
absl::string_view FirstTag(absl::string_view head) {
  head = absl::StripLeadingAsciiWhitespace(head);
  while (const size_t length = PreambleLength(head))
    head = absl::StripLeadingAsciiWhitespace(head.substr(length));
  return head;
}

bool OpensTag(absl::string_view text, absl::string_view name) {
  if (!absl::StartsWith(text, "<") || text.substr(1, name.size()) != name || text.size() <= name.size() + 1)
    return false;
  const char after = text[name.size() + 1];
  return after == '>' || after == '/' || absl::ascii_isspace(after);
}

bool IsHtml(absl::string_view tag) {
  if (absl::StartsWith(tag, "<!doctype html")) return true;
  for (absl::string_view name :
       {"html",   "head", "body", "table", "meta", "title", "style", "script", "div",   "p",
        "center", "font", "span", "h1",    "h2",   "h3",    "form",  "tr",     "tbody", "thead",
        "link",   "base", "b",    "br",    "ul",   "ol",    "a",     "img"}) {
    if (OpensTag(tag, name)) return true;
  }
  return false;
}

bool IsXmlSpreadsheet(absl::string_view tag) {
  const absl::string_view root = tag.substr(0, tag.find('>'));
  return absl::StartsWith(tag, "<") &&
         absl::StrContains(root, "urn:schemas-microsoft-com:office:spreadsheet") &&
         absl::StrContains(root, "workbook");
}

struct Magic {
  absl::string_view bytes;
  const char* what;
};

}  // namespace

std::string Foreign(absl::string_view bytes) {
  static constexpr Magic kMagics[] = {
      {"{\\rtf", "a rich text (RTF): save it as DOCX"},
      {"\x89PNG", "a picture (PNG): a table in a picture cannot be read, upload the document itself"},
      {"\xFF\xD8\xFF", "a picture (JPEG): a table in a picture cannot be read, upload the document itself"},
      {"GIF8", "a picture (GIF): a table in a picture cannot be read, upload the document itself"},
      {absl::string_view("II*\0", 4),
       "a picture (TIFF): a table in a picture cannot be read, upload the document itself"},
      {absl::string_view("MM\0*", 4),
       "a picture (TIFF): a table in a picture cannot be read, upload the document itself"},
      {"Rar!\x1A", "an archive (RAR): unpack it and upload the documents in it"},
      {"7z\xBC\xAF", "an archive (7z): unpack it and upload the documents in it"},
      {"\x1F\x8B", "an archive (gzip): unpack it and upload the document in it"},
      {"%!PS", "a PostScript file: save it as PDF"},
      {absl::string_view("\x09\x08\x10\0", 4), "an Excel file without its container: save it as XLSX"},
      {absl::string_view("\x09\x04\x06\0", 4), "an Excel 4 sheet: save it as XLSX"},
  };
  for (const Magic& magic : kMagics) {
    if (absl::StartsWith(bytes, magic.bytes)) return magic.what;
  }
  const std::string head = Head(bytes);
  const absl::string_view start = absl::StripLeadingAsciiWhitespace(head);
  if ((absl::StartsWith(start, "mime-version:") || absl::StartsWith(start, "from:") ||
       absl::StartsWith(start, "content-type: multipart")) &&
      absl::StrContains(start, "content-type:") && absl::StrContains(start, "multipart/related")) {
    return "a saved web page (MHT): open it in Excel or Word and save it as XLSX or DOCX";
  }
  const absl::string_view tag = FirstTag(head);
  const absl::string_view root = tag.substr(0, std::min(tag.find('>'), tag.size()));
  if (absl::StartsWith(tag, "<") && absl::StrContains(root, ":worddocument"))
    return "a Word 2003 XML file: save it as DOCX";
  if (OpensTag(tag, "pkg:package")) return "a Word or Excel XML package: save it as DOCX or XLSX";
  if (absl::StartsWith(tag, "<office:document")) return "a flat OpenDocument file: save it as ODS or ODT";
  if (absl::StartsWith(start, "<?xml") && !IsXmlSpreadsheet(tag) && !IsHtml(tag)) {
    return "an XML file of a kind that is not known: save the document as XLSX, DOCX or PDF";
  }
  return "";
}

Family SniffFamily(absl::string_view bytes) {
  if (absl::StrContains(bytes.substr(0, kPdfJunk), "%PDF-")) return Family::kPdf;
  if (absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "PK\x05\x06")) return Family::kPackage;
  if (absl::StartsWith(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Family::kOle;
  if (!Foreign(bytes).empty()) return Family::kForeign;
  const std::string head = Head(bytes);
  const absl::string_view tag = FirstTag(head);
  if (IsXmlSpreadsheet(tag)) return Family::kXmlSpreadsheet;
  if (IsHtml(tag)) return Family::kHtml;
  return Family::kText;
}

}  // namespace attain::extract
