#include "service/extract/pdf/integrity.h"

#include <Object.h>
#include <Page.h>
#include <Stream.h>
#include <XRef.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::extract {
namespace {

constexpr size_t kMaxDamages = 20;

// The first filter is what the bytes in the file went through last.
bool IsDeflated(Dict* dict) {
  Object filter = dict->lookup("Filter");
  if (filter.isArray() && filter.arrayGetLength() > 0) filter = filter.arrayGet(0);
  return filter.isName("FlateDecode") || filter.isName("Fl");
}

// Unpacks and forgets. False when the stream ends early or its checksum is wrong.
class Inflater {
 public:
  Inflater() { ready_ = inflateInit(&zlib_) == Z_OK; }
  ~Inflater() {
    if (ready_) inflateEnd(&zlib_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Unpacked bytes are taken off `budget`; running out of it counts as sound.
  bool Sound(Stream* stream, uint64_t* budget) {
    if (!ready_) return true;
    stream->reset();
    std::array<unsigned char, 16384> in;
    std::array<unsigned char, 65536> out;
    int result = Z_OK;
    while (result == Z_OK) {
      size_t length = 0;
      for (int c; length < in.size() && (c = stream->getChar()) != EOF;)
        in[length++] = static_cast<unsigned char>(c);
      if (length == 0) break;
      zlib_.next_in = in.data();
      zlib_.avail_in = static_cast<uInt>(length);
      do {
        zlib_.next_out = out.data();
        zlib_.avail_out = static_cast<uInt>(out.size());
        result = inflate(&zlib_, Z_NO_FLUSH);
        const uint64_t made = out.size() - zlib_.avail_out;
        if (made > *budget) {
          *budget = 0;
          stream->close();
          return true;
        }
        *budget -= made;
      } while (result == Z_OK && zlib_.avail_out == 0);
      if (result == Z_BUF_ERROR) result = Z_OK;  // it only wants more
    }
    stream->close();
    return result == Z_STREAM_END;
  }

 private:
  z_stream zlib_{};
  bool ready_ = false;
};

// Page by object number of its content streams.
std::map<int, int> ContentPages(PDFDoc* pdf) {
  std::map<int, int> pages;
  for (int number = 1; number <= pdf->getNumPages(); ++number) {
    Page* page = pdf->getPage(number);
    if (page == nullptr) continue;
    const Object dict = pdf->getXRef()->fetch(page->getRef());
    if (!dict.isDict()) continue;
    const Object& contents = dict.dictLookupNF("Contents");
    if (contents.isRef()) pages.emplace(contents.getRefNum(), number);
    const Object list = dict.dictLookup("Contents");
    for (int i = 0; list.isArray() && i < list.arrayGetLength(); ++i)
      if (list.arrayGetNF(i).isRef()) pages.emplace(list.arrayGetNF(i).getRefNum(), number);
  }
  return pages;
}

std::vector<PdfDamage> BadStreams(PDFDoc* pdf, const Limits& limits) {
  std::vector<PdfDamage> damages;
  const std::map<int, int> pages = ContentPages(pdf);
  XRef* xref = pdf->getXRef();
  uint64_t budget = limits.total;
  for (int number = 0; number < xref->getNumObjects() && budget > 0 && damages.size() < kMaxDamages;
       ++number) {
    const XRefEntry* entry = xref->getEntry(number, false);
    if (entry == nullptr || entry->type != xrefEntryUncompressed) continue;
    Object object = xref->fetch(number, entry->gen);
    if (!object.isStream() || !IsDeflated(object.streamGetDict())) continue;
    Inflater inflater;
    if (inflater.Sound(object.getStream()->getUndecodedStream(), &budget)) continue;
    const auto page = pages.find(number);
    damages.push_back({page == pages.end() ? 0 : page->second,
                       absl::StrCat("object ", number, " does not unpack to its checksum")});
  }
  return damages;
}

std::vector<PdfDamage> BadEnds(absl::string_view bytes, PDFDoc* pdf) {
  std::vector<std::pair<size_t, int>> objects;  // where they begin
  XRef* xref = pdf->getXRef();
  for (int number = 0; number < xref->getNumObjects(); ++number) {
    const XRefEntry* entry = xref->getEntry(number, false);
    if (entry == nullptr || entry->type != xrefEntryUncompressed) continue;
    const Goffset offset = entry->offset;
    if (offset > 0 && static_cast<size_t>(offset) < bytes.size())
      objects.emplace_back(static_cast<size_t>(offset), number);
  }
  std::sort(objects.begin(), objects.end());
  std::vector<PdfDamage> damages;
  for (size_t i = 0; i + 1 < objects.size() && damages.size() < kMaxDamages; ++i) {
    const absl::string_view object = bytes.substr(objects[i].first, objects[i + 1].first - objects[i].first);
    const absl::string_view trimmed = absl::StripTrailingAsciiWhitespace(
        absl::string_view(object.data(), object.find_last_not_of('\0') + 1));
    // Files that were saved more than once, and those made for the web, hold a table of objects in between.
    if (object.empty() || absl::EndsWith(trimmed, "endobj") || absl::EndsWith(trimmed, "%%EOF")) continue;
    damages.push_back({0, absl::StrCat("object ", objects[i].second, " does not end")});
  }
  return damages;
}

}  // namespace

std::vector<PdfDamage> FindDamage(absl::string_view bytes, PDFDoc* pdf, const Limits& limits) {
  std::vector<PdfDamage> damages = BadStreams(pdf, limits);
  for (PdfDamage& damage : BadEnds(bytes, pdf)) damages.push_back(std::move(damage));
  if (damages.size() > kMaxDamages) damages.resize(kMaxDamages);
  return damages;
}

}  // namespace attain::extract
