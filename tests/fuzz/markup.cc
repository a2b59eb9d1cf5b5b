#include "tests/fuzz/markup.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::extract {
namespace {

constexpr const char* kValues[] = {
    "0",     "1",     "-1",      "2",      "7",   "255",  "2147483647", "4294967296", "99999999999999999999",
    "16384", "16385", "1048576", "200000", "1e9", "1e-5", "1e999",      "NaN",        "0.1250",
    "",      "true",  "甲",      "&#10;",  "A1",  "B2",   "A1:C3",      "XFD1048576", "XFE1"};

const char* OddValue(Random& random) {
  return kValues[Below(random, std::size(kValues))];
}

// Puts another number in the place of one.
void ChangeNumber(Random& random, std::string* piece) {
  std::vector<size_t> starts;
  for (size_t i = 0; i < piece->size(); ++i) {
    const auto digit = [&](size_t at) { return (*piece)[at] >= '0' && (*piece)[at] <= '9'; };
    if (digit(i) && (i == 0 || !digit(i - 1))) starts.push_back(i);
  }
  if (starts.empty()) return;
  const size_t begin = starts[Below(random, starts.size())];
  const size_t end = std::min(piece->find_first_not_of("0123456789", begin), piece->size());
  piece->replace(begin, end - begin, OddValue(random));
}

// Where the attributes of a tag stand: from the blank before the name to behind the closing quote.
std::vector<std::pair<size_t, size_t>> Attributes(const std::string& tag) {
  std::vector<std::pair<size_t, size_t>> attributes;
  for (size_t at = tag.find("=\""); at != std::string::npos; at = tag.find("=\"", at)) {
    const size_t name = tag.rfind(' ', at);
    const size_t end = tag.find('"', at + 2);
    if (name == std::string::npos || end == std::string::npos) break;
    attributes.emplace_back(name, end + 1);
    at = end;
  }
  return attributes;
}

// Gives a tag an attribute of another one, or takes one away, or changes its value.
void ChangeAttribute(Random& random, const std::string& other, std::string* tag) {
  if (!absl::StartsWith(*tag, "<") || absl::StartsWith(*tag, "</")) return;
  const auto own = Attributes(*tag);
  const auto theirs = Attributes(other);
  if (!theirs.empty() && (own.empty() || Below(random, 2) == 0)) {
    const auto [begin, end] = theirs[Below(random, theirs.size())];
    const size_t at = std::min(tag->find_first_of(" />", 1), tag->size());
    return tag->insert(at, other, begin, end - begin), void();
  }
  if (own.empty()) return;
  const auto [begin, end] = own[Below(random, own.size())];
  if (Below(random, 3) == 0) return tag->erase(begin, end - begin), void();
  const size_t value = tag->find('"', begin) + 1;
  tag->replace(value, end - 1 - value, OddValue(random));
}

bool IsTag(const std::string& piece) {
  return absl::StartsWith(piece, "<");
}

std::string NameOf(absl::string_view tag) {
  const size_t begin = absl::StartsWith(tag, "</") ? 2 : 1;
  return std::string(tag.substr(begin, std::min(tag.find_first_of(" \t\r\n/>", begin), tag.size()) - begin));
}

// The piece and all up to its end tag.
size_t ElementEnd(const std::vector<std::string>& pieces, size_t at) {
  if (!IsTag(pieces[at]) || absl::EndsWith(pieces[at], "/>")) return at + 1;
  int depth = 0;
  for (size_t i = at; i < pieces.size(); ++i) {
    if (!IsTag(pieces[i]) || absl::EndsWith(pieces[i], "/>") || absl::StartsWith(pieces[i], "<?")) continue;
    depth += absl::StartsWith(pieces[i], "</") ? -1 : 1;
    if (depth <= 0) return i + 1;
  }
  return pieces.size();
}

void ChangeOne(Random& random, const std::vector<std::string>& more, std::vector<std::string>* pieces) {
  if (pieces->empty()) pieces->emplace_back();
  const size_t at = Below(random, pieces->size());
  const auto& source = !more.empty() && Below(random, 2) == 0 ? more : *pieces;
  const size_t other = Below(random, source.size());
  switch (Below(random, 9)) {
    case 0:
      (*pieces)[at].clear();
      break;
    case 1:
      (*pieces)[at] = std::string(source[other]);
      break;
    case 2:
      std::swap((*pieces)[at], (*pieces)[Below(random, pieces->size())]);
      break;
    case 3: {  // a whole element goes
      const size_t end = ElementEnd(*pieces, at);
      pieces->erase(pieces->begin() + static_cast<long>(at), pieces->begin() + static_cast<long>(end));
      break;
    }
    case 4:
    case 5: {  // a whole element comes
      const std::vector<std::string> element(source.begin() + static_cast<long>(other),
                                             source.begin() + static_cast<long>(ElementEnd(source, other)));
      pieces->insert(pieces->begin() + static_cast<long>(at), element.begin(), element.end());
      break;
    }
    case 6:
      ChangeAttribute(random, source[other], &(*pieces)[at]);
      break;
    default:
      ChangeNumber(random, &(*pieces)[at]);
  }
}

}  // namespace

size_t Below(Random& random, size_t bound) {
  return bound == 0 ? 0 : random() % bound;
}

std::vector<std::string> Pieces(absl::string_view markup) {
  std::vector<std::string> pieces(1);
  for (char c : markup) {
    if (c == '<' && !pieces.back().empty()) pieces.emplace_back();
    pieces.back() += c;
    if (c == '>') pieces.emplace_back();
  }
  return pieces;
}

std::string WithPiecesChanged(absl::string_view markup, const std::vector<std::string>& more,
                              Random& random) {
  std::vector<std::string> pieces = Pieces(markup);
  for (size_t i = 0; i <= Below(random, 6); ++i) ChangeOne(random, more, &pieces);
  std::string out;
  for (const std::string& piece : pieces) out += piece;
  return out;
}

std::string Balanced(absl::string_view markup) {
  std::string out;
  std::vector<std::string> open;
  const auto close = [&](size_t to) {
    for (; open.size() > to; open.pop_back()) absl::StrAppend(&out, "</", open.back(), ">");
  };
  for (std::string& piece : Pieces(markup)) {
    if (absl::StartsWith(piece, "<?")) {
      close(0);
    } else if (absl::StartsWith(piece, "</")) {
      const auto at = std::find(open.rbegin(), open.rend(), NameOf(piece));
      if (at != open.rend()) close(static_cast<size_t>(open.rend() - at) - 1);
      continue;
    } else if (IsTag(piece) && !absl::StartsWith(piece, "<!")) {
      if (!absl::EndsWith(piece, ">")) piece += '>';
      if (!absl::EndsWith(piece, "/>")) open.push_back(NameOf(piece));
    }
    out += piece;
  }
  close(0);
  return out;
}

std::string Grown(const std::vector<std::string>& pieces, size_t at, size_t bytes) {
  const size_t end = ElementEnd(pieces, at);
  std::string before, element, behind;
  for (size_t i = 0; i < pieces.size(); ++i) (i < at ? before : i < end ? element : behind) += pieces[i];
  const size_t times = 1 + bytes / std::max<size_t>(element.size(), 1);
  before.reserve(before.size() + times * element.size() + behind.size());
  for (size_t i = 0; i < times; ++i) before += element;
  return before + behind;
}

}  // namespace attain::extract
