#include "service/importing/plain_text.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

// Beginnings of other formats. PDF allows something in front of its mark.
constexpr absl::string_view kMagics[] = {"PK\x03\x04", "PK\x05\x06", "\xd0\xcf\x11\xe0", "{\\rtf",
                                         "MIME-Version:"};
constexpr size_t kPdfMarkWithin = 1024, kMarkupWithin = 4096;

// Tables saved as a web page may begin with a comment or a bare <table>; a goal in <p>…</p> inside a text
// does not make it one.
bool IsMarkup(absl::string_view bytes) {
  const absl::string_view text = absl::StripLeadingAsciiWhitespace(bytes);
  if (text.size() > 1 && text[0] == '<' && (absl::ascii_isalpha(text[1]) || text[1] == '!' || text[1] == '?'))
    return true;
  const std::string head = absl::AsciiStrToLower(bytes.substr(0, kMarkupWithin));
  return absl::StrContains(head, "<html") || absl::StrContains(head, "<table") ||
         absl::StrContains(head, "<!doctype");
}

}  // namespace

bool IsPlainText(absl::string_view bytes) {
  absl::ConsumePrefix(&bytes, "\ufeff");
  for (const absl::string_view magic : kMagics) {
    if (absl::StartsWith(bytes, magic)) return false;
  }
  if (absl::StrContains(bytes.substr(0, kPdfMarkWithin), "%PDF-")) return false;
  if (bytes.find('\0') != absl::string_view::npos || IsMarkup(bytes)) return false;
  return FindInvalidUtf8(bytes) == absl::string_view::npos;
}

}  // namespace attain::importing
