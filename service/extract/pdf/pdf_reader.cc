#include "service/extract/pdf/pdf_reader.h"

#include <Annot.h>
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
#include "service/extract/pdf/complaints.h"
#include "service/extract/pdf/geometry.h"
#include "service/extract/pdf/grid.h"
#include "service/extract/pdf/integrity.h"
#include "service/extract/pdf/pages.h"
#include "service/extract/pdf/recorder.h"

namespace attain::extract {
namespace {

constexpr double kScanShare = 0.3;  // of the page that a picture covers: hidden text is the text of a scan

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

  // Page 0 is the whole document.
  void Hear(int page, const Complaint& complaint) {
    Complain("PAGE_DAMAGED", document::LEVEL_ERROR, page, complaint.damage);
    Complain("FONT_UNREADABLE", document::LEVEL_ERROR, page, complaint.font);
    Complain("PDF_ODD", document::LEVEL_NOTE, page, complaint.odd);
    damaged_ |= !complaint.damage.empty();
    fonts_missing_ |= !complaint.font.empty();
  }

  void Page(int number, PageGeometry* page, const Complaint& complaint) {
    number_ = number;
    Hear(number, complaint);
    TellText(*page);
    DropDoubles(&page->glyphs);
    SetUpright(page);
    MarkWatermarks(page);
    TellSlanted(*page);
    pages_.Add(number, page->height, ReadPage(*page, limits_));
  }

  void End(BlockBytes* blocks) {
    if (readable_pages_ == 0) RefuseEmpty();
    pages_.Write(document_, blocks);
  }

 private:
  // Why there is nothing to read.
  [[noreturn]] void RefuseEmpty() const {
    if (fonts_missing_ || unreadable_pages_ > 0)
      throw Refused(
          "FONT_UNREADABLE",
          "the fonts of the PDF do not say which letters they show: upload the document it was made from");
    if (damaged_)
      throw Refused("DOCUMENT_DAMAGED",
                    "the PDF is damaged and no page holds any text: get it again from where it came");
    if (scanned_pages_ > 0)
      throw Refused("SCANNED_PAGE",
                    "the pages are pictures without text (a scan): upload the document it was made from");
    throw Refused("EMPTY_DOCUMENT", "no page holds any text: was the right file sent?");
  }

  // Each kind once a page.
  void Complain(const char* code, document::Level level, int page, absl::string_view detail) {
    if (!detail.empty() && complained_.insert({code, page}).second)
      AddRemark(document_, code, level, detail).set_page(page);
  }

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
      if (complained_.insert({"FONT_UNREADABLE", number_}).second)
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
  std::set<std::pair<std::string, int>> complained_;
  bool damaged_ = false, fonts_missing_ = false;
  int readable_pages_ = 0, unreadable_pages_ = 0, scanned_pages_ = 0;
};

std::unique_ptr<PDFDoc> Open(absl::string_view bytes) {
  if (globalParams == nullptr) globalParams = std::make_unique<GlobalParams>();
  auto pdf = std::make_unique<PDFDoc>(
      new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  if (pdf->isOk()) return pdf;
  if (pdf->getErrorCode() == errEncrypted)
    throw Refused("ENCRYPTED", "the PDF opens with a password only: save it without one");
  throw Refused("DOCUMENT_DAMAGED", "the PDF is damaged or cut off: get it again from where it came");
}

}  // namespace

void ReadPdf(absl::string_view bytes, const Limits& limits, document::Document* document,
             BlockBytes* blocks) {
  PdfComplaints complaints;
  std::unique_ptr<PDFDoc> pdf = Open(bytes);
  const int count = pdf->getNumPages();
  if (count > limits.pages)
    throw Refused("DOCUMENT_TOO_COSTLY", absl::StrCat("the PDF has ", count, " pages, at most ", limits.pages,
                                                      " are read: split it"));
  if (count <= 0) throw Refused("DOCUMENT_DAMAGED", "the PDF has no pages: get it again from where it came");
  document->set_pages(count);
  Reader reader(limits, document);
  for (const PdfDamage& damage : FindDamage(bytes, pdf.get(), limits))
    reader.Hear(damage.page, Complaint{damage.detail, "", ""});
  reader.Hear(0, complaints.Take());
  PdfRecorder recorder(limits);
  for (int number = 1; number <= count; ++number) {
    recorder.page() = PageGeometry();
    pdf->displayPage(&recorder, number, 72, 72, 0, false, true, false, nullptr, nullptr, &DrawsAnnotation,
                     &recorder);
    reader.Page(number, &recorder.page(), complaints.Take());
  }
  pdf.reset();  // what comes takes memory too
  reader.End(blocks);
}

}  // namespace attain::extract
