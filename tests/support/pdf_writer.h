// Writes small PDFs by hand, so that a test shows what is in them. Coordinates as in PDF: points, y grows
// upwards.
#ifndef ATTAIN_TESTS_SUPPORT_PDF_WRITER_H_
#define ATTAIN_TESTS_SUPPORT_PDF_WRITER_H_

#include <string>
#include <vector>

namespace attain::testing {

class PdfWriter {
 public:
  struct Page {
    double width = 595, height = 842;
    std::string content = {};
    std::string resources = {};  // more than the two fonts: "/XObject<</X 7 0 R>>"
    std::string extra = {};      // of the page: "/Rotate 90"
    bool packed = true;          // the content is compressed
  };

  PdfWriter();

  // Adds an object with this body and gives its number.
  int Add(const std::string& body);
  // Adds a stream; `dictionary` are its other entries.
  int AddStream(const std::string& data, const std::string& dictionary = "", bool packed = true);
  void AddPage(const Page& page);
  void AddPage(const std::string& content) { AddPage(Page{.content = content}); }
  // More for the catalog: "/AcroForm<<…>>".
  void AddToCatalog(const std::string& entries) { catalog_ += entries; }
  // The whole file.
  std::string Finish();

  // Pieces of content. Text is Helvetica for ASCII, else STSong-Light, which is named and not embedded;
  // `setup` are operators before it ("3 Tr").
  static std::string Text(double x, double y, double size, const std::string& utf8,
                          const std::string& setup = "");
  static std::string Line(double x0, double y0, double x1, double y1);
  // A table with all its lines; the top line is at ys.front(). Texts by row.
  static std::string Table(const std::vector<double>& xs, const std::vector<double>& ys,
                           const std::vector<std::vector<std::string>>& texts);

 private:
  std::vector<std::string> objects_;  // from number 1
  std::vector<int> pages_;
  std::string catalog_;
};

// zlib's format.
std::string Deflated(const std::string& data);

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_PDF_WRITER_H_
