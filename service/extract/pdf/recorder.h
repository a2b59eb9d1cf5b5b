// The device that poppler draws a page on: nothing is painted, glyphs and ruling lines are written down.
//
// Not thread-safe (poppler keeps globals).
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_RECORDER_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_RECORDER_H_

#include <OutputDev.h>
#include <poppler-config.h>

#include <string>
#include <vector>

#include "service/extract/common/limits.h"
#include "service/extract/pdf/font.h"
#include "service/extract/pdf/geometry.h"

namespace attain::extract {

// `page()` is that of the last page drawn. Throws Refused (DOCUMENT_TOO_COSTLY) above Limits.glyphs in the
// document or Limits.page_lines on a page.
class PdfRecorder : public OutputDev {
 public:
  explicit PdfRecorder(const Limits& limits) : limits_(limits) {}

  PageGeometry& page() { return page_; }
  // Text of annotations that are not drawn is none of the page's: whoever decides about them counts them
  // here.
  void CountMark() { ++page_.marks; }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }
  bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int,
                         double, double) override {
    return true;
  }
  bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
  bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
  bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }
  bool patchMeshShadedFill(GfxState*, GfxPatchMeshShading*) override { return true; }

  void startPage(int number, GfxState* state, XRef* xref) override;
  void updateFont(GfxState* state) override;
  void beginStringOp(GfxState*) override { ++run_; }
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                CharCode code, int bytes, const Unicode* unicode, int length) override;
  void beginActualText(GfxState* state, const GooString* text) override;
  void endActualText(GfxState* state) override;

  void stroke(GfxState* state) override;
  void fill(GfxState* state) override;
  void eoFill(GfxState* state) override;

  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colors, bool interpolate, const int* mask, bool in_line) override;
  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert,
                     bool interpolate, bool in_line) override;
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                       GfxImageColorMap* colors, bool interpolate, Stream* mask, int mask_width,
                       int mask_height, bool mask_invert, bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colors, bool interpolate, Stream* mask, int mask_width,
                           int mask_height, GfxImageColorMap* mask_colors, bool mask_interpolate) override;

  // What makes a mask is not seen itself.
  void beginTransparencyGroup(GfxState* state, const double* box, GfxColorSpace* space, bool isolated,
                              bool knockout, bool for_mask) override;
  void endTransparencyGroup(GfxState* state) override;

 private:
  bool InMask() const { return masks_ > 0; }
  void Image(GfxState* state);
  // A straight piece of a path, in page coordinates.
  void AddLine(GfxState* state, double x0, double y0, double x1, double y1);
  // A filled box: a thin one is a line.
  void AddBox(GfxState* state, const Box& box);
  void AddFilled(GfxState* state);
  void AddRule(std::vector<Rule>* rules, Rule rule);
  void AddGlyph(GfxState* state, Glyph glyph);

  const Limits limits_;
  PageGeometry page_;
  PdfFont font_;
  size_t glyphs_ = 0;  // of the document
  size_t lines_ = 0;   // of the page
  int run_ = 0;
  std::vector<bool> groups_;
  int masks_ = 0;
  std::string actual_;  // ActualText in force; used where a glyph has no Unicode value
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_RECORDER_H_
