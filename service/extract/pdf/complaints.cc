#include "service/extract/pdf/complaints.h"

#include <Error.h>
#include <poppler-config.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attain::extract {
namespace {

constexpr size_t kLongest = 200;

Complaint* current = nullptr;

// Of fonts whose letters have their codes and widths all the same. Common in files of honest programs.
constexpr absl::string_view kOdd[] = {"Mismatch between font type", "Invalid Font Weight",
                                      "Invalid Font Stretch", "Fontname instead of FontName",
                                      "Substituting font"};
constexpr absl::string_view kFont[] = {"language pack", "CMap",       "character collection",
                                       "Unknown font",  "No font in", "font file"};

template <size_t kCount>
bool SaysOneOf(absl::string_view message, const absl::string_view (&words)[kCount]) {
  for (const absl::string_view word : words)
    if (absl::StrContains(message, word)) return true;
  return false;
}

// A message may hold bytes of the document.
std::string Printable(absl::string_view message) {
  std::string text;
  for (const char c : message.substr(0, kLongest)) text += c >= 0x20 && c < 0x7f ? c : '?';
  return text;
}

void OnError(ErrorCategory category, Goffset, const char* message) {
  // Settings of this machine and rights to print or copy are nothing of the document's content.
  if (category == errConfig || category == errCommandLine || category == errNotAllowed || current == nullptr)
    return;
  const absl::string_view text = message == nullptr ? "damaged" : message;
  std::string& kind = SaysOneOf(text, kOdd)    ? current->odd
                      : SaysOneOf(text, kFont) ? current->font
                                               : current->damage;
  if (kind.empty()) kind = Printable(text);
}

}  // namespace

PdfComplaints::PdfComplaints() {
  current = new Complaint;
  setErrorCallback(&OnError);
}

PdfComplaints::~PdfComplaints() {
  delete std::exchange(current, nullptr);
}

Complaint PdfComplaints::Take() {
  return std::exchange(*current, Complaint());
}

}  // namespace attain::extract
