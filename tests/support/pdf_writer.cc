#include "tests/support/pdf_writer.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attain::testing {
namespace {

// Catalog, page tree and fonts have fixed numbers.
constexpr int kCatalog = 1, kPages = 2, kLatin = 3, kChinese = 4;

// Of well-formed UTF-8 within the basic plane.
std::string Utf16Hex(const std::string& text) {
  std::string hex;
  for (size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    const int length = c < 0x80 ? 1 : c < 0xe0 ? 2 : 3;
    unsigned code = length == 1 ? c : c & (0x3f >> (length - 1));
    for (int k = 1; k < length; ++k) code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3f);
    hex += absl::StrFormat("%04X", code);
    i += length;
  }
  return hex;
}

}  // namespace

std::string Deflated(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                data.size(), 6) != Z_OK)
    std::abort();
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

PdfWriter::PdfWriter() : objects_(2) {
  Add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  Add("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/"
      "Subtype/CIDFontType0"
      "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW "
      "1000/FontDescriptor<</Type/FontDescriptor"
      "/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent "
      "-200/CapHeight 700/StemV 80>>>>]>>");
}

int PdfWriter::Add(const std::string& body) {
  objects_.push_back(body);
  return static_cast<int>(objects_.size());
}

int PdfWriter::AddStream(const std::string& data, const std::string& dictionary, bool packed) {
  const std::string bytes = packed ? Deflated(data) : data;
  return Add(absl::StrCat("<<", dictionary, packed ? "/Filter/FlateDecode" : "", "/Length ", bytes.size(),
                          ">>stream\n", bytes, "\nendstream"));
}

void PdfWriter::AddPage(const Page& page) {
  const int content = AddStream(page.content, "", page.packed);
  pages_.push_back(
      Add(absl::StrCat("<</Type/Page/Parent ", kPages, " 0 R/MediaBox[0 0 ", page.width, " ", page.height,
                       "]/Contents ", content, " 0 R/Resources<</Font<</F1 ", kLatin, " 0 R/F2 ", kChinese,
                       " 0 R>>", page.resources, ">>", page.extra, ">>")));
}

std::string PdfWriter::Finish() {
  std::string kids;
  for (const int page : pages_) absl::StrAppend(&kids, page, " 0 R ");
  objects_[kPages - 1] = absl::StrCat("<</Type/Pages/Kids[", kids, "]/Count ", pages_.size(), ">>");
  objects_[kCatalog - 1] = absl::StrCat("<</Type/Catalog/Pages ", kPages, " 0 R", catalog_, ">>");
  std::string file = "%PDF-1.5\n", table;
  for (size_t i = 0; i < objects_.size(); ++i) {
    absl::StrAppend(&table, absl::StrFormat("%010d 00000 n \n", file.size()));
    absl::StrAppend(&file, i + 1, " 0 obj\n", objects_[i], "\nendobj\n");
  }
  const size_t at = file.size();
  absl::StrAppend(&file, "xref\n0 ", objects_.size() + 1, "\n0000000000 65535 f \n", table, "trailer<</Size ",
                  objects_.size() + 1, "/Root ", kCatalog, " 0 R>>\nstartxref\n", at, "\n%%EOF\n");
  return file;
}

std::string PdfWriter::Text(double x, double y, double size, const std::string& utf8,
                            const std::string& setup) {
  const bool ascii =
      std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const std::string shown = ascii ? absl::StrCat("(", utf8, ")") : absl::StrCat("<", Utf16Hex(utf8), ">");
  return absl::StrCat("BT ", setup, " /F", ascii ? 1 : 2, " ", size, " Tf 1 0 0 1 ", x, " ", y, " Tm ", shown,
                      " Tj ET\n");
}

std::string PdfWriter::Line(double x0, double y0, double x1, double y1) {
  return absl::StrCat(x0, " ", y0, " m ", x1, " ", y1, " l S\n");
}

std::string PdfWriter::Table(const std::vector<double>& xs, const std::vector<double>& ys,
                             const std::vector<std::vector<std::string>>& texts) {
  std::string content;
  for (const double x : xs) content += Line(x, ys.front(), x, ys.back());
  for (const double y : ys) content += Line(xs.front(), y, xs.back(), y);
  for (size_t row = 0; row < texts.size(); ++row)
    for (size_t column = 0; column < texts[row].size(); ++column)
      if (!texts[row][column].empty())
        content += Text(xs[column] + 3, ys[row + 1] + 4, 9, texts[row][column]);
  return content;
}

}  // namespace attain::testing
