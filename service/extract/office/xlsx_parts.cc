#include "service/extract/office/xlsx_parts.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

// Spreadsheets write characters that XML does not allow as _xHHHH_ (ECMA-376 part 1, 22.9.2.19).
std::string Unescape(std::string text) {
  size_t at = text.find("_x");
  while (at != std::string::npos) {
    uint32_t code = 0;
    const bool escaped = at + 6 < text.size() && text[at + 6] == '_' &&
                         absl::SimpleHexAtoi(text.substr(at + 2, 4), &code) &&
                         absl::ascii_isxdigit(text[at + 2]) && absl::ascii_isxdigit(text[at + 3]);
    if (escaped) {
      std::string character;
      AppendCharacter(code >= 0xD800 && code < 0xE000 ? 0xFFFD : code, &character);
      text.replace(at, 7, character);
    }
    at = text.find("_x", at + 1);
  }
  return text;
}

bool HasFlag(pugi::xml_node properties, absl::string_view name) {
  const pugi::xml_node flag = Child(properties, name);
  if (!flag) return false;
  const absl::string_view value = Attribute(flag, "val");
  return value.empty() || IsTrue(value);
}

}  // namespace

RichText ReadRichText(pugi::xml_node node) {
  RichText rich;
  bool plain = false;
  for (pugi::xml_node child : node.children()) {
    if (Is(child, "t")) {
      rich.text += OwnText(child);
      plain = true;
    } else if (Is(child, "r")) {
      const std::string text = OwnText(Child(child, "t"));
      rich.text += text;
      if (Clean(text).empty()) continue;
      (HasFlag(Child(child, "rPr"), "strike") ? rich.partly_struck : plain) = true;
    }
  }
  rich.text = Unescape(std::move(rich.text));
  rich.struck = rich.partly_struck && !plain;
  rich.partly_struck = rich.partly_struck && plain;
  return rich;
}

std::vector<RichText> ReadSharedStrings(Package* package, const std::string& part) {
  const Xml xml(package->Read(part), part, package->limits());
  std::vector<RichText> strings;
  for (pugi::xml_node node : xml.root().children()) {
    if (Is(node, "si")) strings.push_back(ReadRichText(node));
  }
  return strings;
}

const NumberFormat& Styles::FormatOf(int style) const {
  static const NumberFormat& general = *new NumberFormat();
  return style >= 0 && style < static_cast<int>(cells.size()) ? formats[cells[style].format] : general;
}

Styles ReadStyles(Package* package, const std::string& part) {
  const Xml xml(package->Read(part), part, package->limits());
  std::map<int, std::string> codes;
  for (pugi::xml_node node : Child(xml.root(), "numFmts").children()) {
    codes[IntAttribute(node, "numFmtId", -1)] = std::string(Attribute(node, "formatCode"));
  }
  std::vector<bool> struck_fonts;
  for (pugi::xml_node font : Child(xml.root(), "fonts").children()) {
    if (Is(font, "font")) struck_fonts.push_back(HasFlag(font, "strike"));
  }
  Styles styles;
  std::map<int, int> known;  // id → index
  for (pugi::xml_node xf : Child(xml.root(), "cellXfs").children()) {
    if (!Is(xf, "xf")) continue;
    const int id = IntAttribute(xf, "numFmtId", 0);
    const auto [at, fresh] = known.emplace(id, static_cast<int>(styles.formats.size()));
    if (fresh) {
      const auto code = codes.find(id);
      styles.formats.push_back(code == codes.end() ? NumberFormat::BuiltIn(id) : NumberFormat(code->second));
    }
    const int font = IntAttribute(xf, "fontId", -1);
    styles.cells.push_back(
        {at->second, font >= 0 && font < static_cast<int>(struck_fonts.size()) && struck_fonts[font]});
  }
  return styles;
}

}  // namespace attain::extract
