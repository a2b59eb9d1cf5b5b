#include "service/extract/office/xlsx_blank.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attain::extract {
namespace {

// End of the tag that begins at `at`, quotes respected; the end of the text when it has none.
size_t TagEnd(absl::string_view text, size_t at) {
  char quote = 0;
  for (size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  return text.size();
}

bool IsPlaced(absl::string_view tag, absl::string_view name) {
  return absl::StartsWith(tag, name) && absl::StrContains(tag, " r=");
}

// Its place follows from what stands before it, which therefore has to stay.
bool IsUnplaced(absl::string_view tag) {
  if (tag == "<c>" || tag == "<row>" || tag == "<c/>" || tag == "<row/>") return true;
  return (absl::StartsWith(tag, "<c ") || absl::StartsWith(tag, "<row ")) && !absl::StrContains(tag, " r=");
}

}  // namespace

void DropBlankCells(std::string* sheet) {
  // Inside of these a tag is no tag.
  if (absl::StrContains(*sheet, "<!")) return;
  std::string out;
  out.reserve(sheet->size());
  const absl::string_view text = *sheet;
  size_t row = std::string::npos;  // in `out`, where a row begins that holds nothing yet
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find('<', at), text.size());
    if (open > at) {
      out.append(text.data() + at, open - at);
      row = std::string::npos;
    }
    const size_t end = TagEnd(text, open);
    const absl::string_view tag = text.substr(open, end - open);
    at = end;
    if (IsUnplaced(tag)) return;
    const bool closed = absl::EndsWith(tag, "/>");
    if (closed && (IsPlaced(tag, "<c ") || IsPlaced(tag, "<row "))) continue;
    if (tag == "</row>" && row != std::string::npos) {
      out.resize(row);
      row = std::string::npos;
      continue;
    }
    row = !closed && IsPlaced(tag, "<row ") ? out.size() : std::string::npos;
    out.append(tag.data(), tag.size());
  }
  *sheet = std::move(out);
}

}  // namespace attain::extract
