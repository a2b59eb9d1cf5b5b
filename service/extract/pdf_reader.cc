#include "service/extract/pdf_reader.h"

#include <Annot.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <poppler-config.h>

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/extract/pdf/geometry.h"
#include "service/extract/pdf/grid.h"
#include "service/extract/pdf/integrity.h"
#include "service/extract/pdf/pages.h"
#include "service/extract/pdf/recorder.h"

namespace attain::extract {
namespace {

constexpr double kScanShare = 0.3;  // of the page that a picture covers: hidden text is the text of a scan

// What poppler complained of since it was last asked. Poppler calls a plain function.
std::string* complaint = nullptr;

void OnError(ErrorCategory category, Goffset, const char* message) {
  // Settings of this machine and rights to print or copy are no damage.
  if (category == errConfig || category == errCommandLine || category == errNotAllowed ||
      complaint == nullptr)
    return;
  if (complaint->empty()) *complaint = message == nullptr ? "damaged" : message;
}

// Form fields and text typed over the page are read; other marks are left out and counted.
bool DrawsAnnotation(Annot* annotation, void* recorder) {
  switch (annotation->getType()) {
    case Annot::typeWidget:
    case Annot::typeFreeText:
      return true;
    case Annot::typeLink:
    case Annot::typePopup:
    case Annot::typePrinterMark:
      return false;
    default:
      static_cast<PdfRecorder*>(recorder)->CountMark();
      return false;
  }
}

class Reader {
 public:
  Reader(const Limits& limits, document::Document* document)
      : limits_(limits), document_(document), pages_(limits) {}

  // Nothing when `trouble` is empty; page 0 is the whole document. Each page once.
  void Damaged(int page, absl::string_view trouble) {
    if (trouble.empty() || !told_damaged_.insert(page).second) return;
    damaged_ = true;
    AddRemark(document_, "PAGE_DAMAGED", document::LEVEL_ERROR, trouble).set_page(page);
  }

  void Page(int number, PageGeometry* page, std::string trouble) {
    number_ = number;
    Damaged(number, trouble);
    TellText(*page);
    DropDoubles(&page->glyphs);
    SetUpright(page);
    MarkWatermarks(page);
    TellSlanted(*page);
    pages_.Add(number, page->height, ReadPage(*page, limits_));
  }

  void End() {
    if (readable_pages_ == 0) {
      if (damaged_) throw Refused("DOCUMENT_DAMAGED", "the PDF is damaged and no page holds any text");
      if (unreadable_pages_ > 0)
        throw Refused("FONT_UNREADABLE", "no page holds text in a font that can be read");
      if (scanned_pages_ > 0) throw Refused("SCANNED_PAGE", "the pages are pictures without text");
      throw Refused("EMPTY_DOCUMENT", "no page holds any text");
    }
    pages_.Write(document_);
  }

 private:
  void Tell(const char* code, document::Level level, size_t count, absl::string_view detail = "") {
    document::Remark& remark = AddRemark(document_, code, level, detail);
    remark.set_page(number_);
    remark.set_count(static_cast<int>(count));
  }

  void TellText(PageGeometry& page) {
    size_t hidden = 0, inked = 0;
    for (const Glyph& glyph : page.glyphs) {
      if (glyph.blank()) continue;
      inked += glyph.text == kUnreadable ? 0 : 1;
      hidden += glyph.hidden ? 1 : 0;
    }
    if (hidden > 0) {
      if (page.image_area > kScanShare * page.width * page.height) {
        Tell("OCR_TEXT", document::LEVEL_WARNING, hidden);
      } else {
        Tell("HIDDEN_TEXT", document::LEVEL_WARNING, hidden);
        inked -= hidden;
        std::erase_if(page.glyphs, [](const Glyph& glyph) { return glyph.hidden; });
      }
    }
    const bool unreadable = page.unreadable * 100 > page.drawn_glyphs;
    if (unreadable) {
      Tell("FONT_UNREADABLE", document::LEVEL_ERROR, page.unreadable);
    } else if (page.unreadable > 0) {
      Tell("GLYPHS_UNREADABLE", document::LEVEL_WARNING, page.unreadable);
    }
    if (page.off_page > 0) Tell("TEXT_OFF_PAGE", document::LEVEL_WARNING, page.off_page);
    if (page.clipped > 0) Tell("TEXT_CLIPPED", document::LEVEL_WARNING, page.clipped);
    if (page.marks > 0) Tell("ANNOTATION_LEFT_OUT", document::LEVEL_WARNING, page.marks);
    if (inked > 0) {
      ++readable_pages_;
    } else if (unreadable) {
      ++unreadable_pages_;
    } else if (page.images > 0 || page.paths > 50) {
      // Letters drawn as outlines are a picture as well.
      ++scanned_pages_;
      Tell("SCANNED_PAGE", document::LEVEL_ERROR, 0);
    }
  }

  void TellSlanted(const PageGeometry& page) {
    size_t slanted = 0;
    std::string text;
    for (const Glyph& glyph : page.glyphs) {
      if (!glyph.slanted) continue;
      ++slanted;
      if (text.size() < 100) text += glyph.text;
    }
    if (slanted > 0) Tell("WATERMARK_LEFT_OUT", document::LEVEL_NOTE, slanted, text);
  }

  const Limits limits_;
  document::Document* document_;
  PdfPages pages_;
  int number_ = 0;
  std::set<int> told_damaged_;
  bool damaged_ = false;
  int readable_pages_ = 0, unreadable_pages_ = 0, scanned_pages_ = 0;
};

std::unique_ptr<PDFDoc> Open(absl::string_view bytes) {
  if (globalParams == nullptr) globalParams = std::make_unique<GlobalParams>();
  auto pdf = std::make_unique<PDFDoc>(
      new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  if (pdf->isOk()) return pdf;
  if (pdf->getErrorCode() == errEncrypted) throw Refused("ENCRYPTED", "the PDF opens with a password only");
  throw Refused("DOCUMENT_DAMAGED", "the PDF cannot be opened");
}

}  // namespace

void ReadPdf(absl::string_view bytes, const Limits& limits, document::Document* document) {
  std::string trouble;
  complaint = &trouble;
  setErrorCallback(&OnError);
  struct Forget {
    ~Forget() { complaint = nullptr; }
  } forget;
  const std::unique_ptr<PDFDoc> pdf = Open(bytes);
  const int count = pdf->getNumPages();
  if (count > limits.pages)
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("the PDF has ", count, " pages, at most ", limits.pages, " are read"));
  if (count <= 0) throw Refused("DOCUMENT_DAMAGED", "the PDF has no pages");
  document->set_pages(count);
  Reader reader(limits, document);
  reader.Damaged(0, std::exchange(trouble, ""));
  for (const PdfDamage& damage : FindDamage(bytes, pdf.get(), limits)) reader.Damaged(damage.page, damage.detail);
  reader.Damaged(0, std::exchange(trouble, ""));
  PdfRecorder recorder(limits);
  for (int number = 1; number <= count; ++number) {
    recorder.page() = PageGeometry();
    pdf->displayPage(&recorder, number, 72, 72, 0, false, true, false, nullptr, nullptr, &DrawsAnnotation,
                     &recorder);
    reader.Page(number, &recorder.page(), std::exchange(trouble, ""));
  }
  reader.End();
}

}  // namespace attain::extract
