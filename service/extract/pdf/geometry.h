// What one PDF page shows, as boxes: glyphs and ruling lines. Lengths are points (1/72 inch); y grows
// downwards from the top of the page as it is shown (turned pages are turned already).
//
// Plain values, no ownership; compatible with threads.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_GEOMETRY_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_GEOMETRY_H_

#include <cstddef>
#include <string>
#include <vector>

namespace attain::extract {

// Stands for a glyph that nobody can read.
inline constexpr const char* kUnreadable = "\ufffd";

struct Box {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double mid_x() const { return (x0 + x1) / 2; }
  double mid_y() const { return (y0 + y1) / 2; }
};

// Which way a line of text runs, in quarter turns: 0 to the right, 1 upwards, 2 to the left, 3 downwards.
struct Glyph {
  Box box;
  std::string text;  // UTF-8, one character as a rule
  int turn = 0;
  int run = 0;           // glyphs of one text operator share it
  bool slanted = false;  // runs in none of the four directions, or lies large over other text: a watermark
  bool hidden = false;   // drawn without ink: the text layer of a scan
  bool blank() const { return text == " " || text == "\u3000" || text == "\u00a0"; }
};

// A ruling line at `at`, from `low` to `high`: for a horizontal one `at` is y and the others are x.
struct Rule {
  double at = 0, low = 0, high = 0;
};

struct PageGeometry {
  double width = 0, height = 0;
  std::vector<Glyph> glyphs;
  std::vector<Rule> horizontal, vertical;
  int images = 0;           // pictures, also those made of a mask
  double image_area = 0;    // of the largest one, square points within the page
  size_t paths = 0;         // drawings that are no rules
  size_t unreadable = 0;    // glyphs without a Unicode value
  size_t drawn_glyphs = 0;  // all of them
  size_t off_page = 0;      // glyphs outside the page
  size_t clipped = 0;       // glyphs that a clipping box keeps out of sight
  size_t marks = 0;         // marks and notes laid over the page that are not read
};

// Turns a page whose text runs upwards, downwards or upside down, so that most of it runs to the right.
void SetUpright(PageGeometry* page);

// Letters drawn twice nearly on top of each other (a way to make them bold) are one.
void DropDoubles(std::vector<Glyph>* glyphs);

// Marks letters as slanted that are much larger than the page's and lie over others: a watermark that is not
// even slanted.
void MarkWatermarks(PageGeometry* page);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_GEOMETRY_H_
