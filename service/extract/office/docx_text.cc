#include "service/extract/office/docx_text.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

// A switch such as <w:strike/>: on unless it says otherwise.
bool IsOn(pugi::xml_node properties, absl::string_view name) {
  const pugi::xml_node flag = Child(properties, name);
  const absl::string_view value = Attribute(flag, "val");
  return flag && value != "0" && value != "false" && value != "off" && value != "none";
}

bool IsAny(pugi::xml_node node, std::initializer_list<absl::string_view> names) {
  const absl::string_view local = Local(node.name());
  for (absl::string_view name : names) {
    if (local == name) return true;
  }
  return false;
}

// Characters of symbol fonts by their code without the private-use offset. 0 when unknown.
char32_t SymbolCharacter(uint32_t code, absl::string_view font) {
  struct Entry {
    uint32_t code;
    char32_t character;
  };
  static constexpr Entry kSymbol[] = {
      {0xA3, U'≤'}, {0xB3, U'≥'}, {0xB1, U'±'}, {0xB4, U'×'}, {0xB8, U'÷'}, {0xB9, U'≠'}, {0xBB, U'≈'},
      {0xA5, U'∞'}, {0xB0, U'°'}, {0xB7, U'•'}, {0xD7, U'·'}, {0x2D, U'−'}, {0xAE, U'→'}, {0xAC, U'←'},
      {0xAD, U'↑'}, {0xAF, U'↓'}, {0xB2, U'″'}, {0xA2, U'′'}, {0xC5, U'⊕'}, {0x6D, U'μ'}, {0x57, U'Ω'}};
  static constexpr Entry kWingdings[] = {{0xFC, U'✓'}, {0xFE, U'☑'}, {0xFD, U'☒'}, {0xFB, U'✗'},
                                         {0xA8, U'□'}, {0x6F, U'□'}, {0x71, U'□'}, {0x72, U'□'},
                                         {0x6E, U'■'}, {0x6C, U'●'}, {0xA1, U'○'}, {0xE0, U'→'},
                                         {0x75, U'◆'}, {0xB2, U'★'}, {0x81, U'①'}, {0x82, U'②'}};
  static constexpr Entry kWingdings2[] = {{0x50, U'✓'}, {0x52, U'☑'}, {0x53, U'☒'},
                                          {0x4F, U'✗'}, {0xA3, U'□'}, {0x2A, U'□'}};
  const auto find = [code](const auto& entries) -> char32_t {
    for (const Entry& entry : entries) {
      if (entry.code == code) return entry.character;
    }
    return 0;
  };
  if (absl::EqualsIgnoreCase(font, "Wingdings 2")) return find(kWingdings2);
  if (absl::StartsWithIgnoreCase(font, "Wingdings")) return find(kWingdings);
  if (const char32_t symbol = find(kSymbol); symbol != 0) return symbol;
  return code >= 0x20 && code < 0x40 ? static_cast<char32_t>(code)
                                     : 0;  // digits and signs stand where ASCII has them
}

bool IsPrivate(char32_t c) {
  return c >= 0xF020 && c <= 0xF0FF;
}

}  // namespace

pugi::xml_node Unwrapped(pugi::xml_node node) {
  if (Is(node, "sdt")) return Child(node, "sdtContent");
  if (Is(node, "AlternateContent")) {
    const pugi::xml_node choice = Child(node, "Choice");
    return choice ? choice : Child(node, "Fallback");
  }
  return IsAny(node, {"ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"})
             ? node
             : pugi::xml_node();
}

bool IsTakenAway(pugi::xml_node node) {
  return IsAny(node, {"del", "moveFrom"});
}

DocxText::Result DocxText::Read(pugi::xml_node node, absl::string_view address) {
  text_.clear();
  address_ = std::string(address);
  struck_ = plain_ = false;
  joined_ = true;
  if (Is(node, "p")) {
    Paragraph(node);
  } else {
    Walk(node);
  }
  if (struck_ && plain_) remarks_->Tell("PARTLY_STRUCK", document::LEVEL_WARNING, address_, text_);
  return {text_, struck_ && !plain_};
}

void DocxText::Walk(pugi::xml_node node) {
  for (pugi::xml_node child : node.children()) {
    if (Is(child, "p")) {
      Paragraph(child);
    } else if (Is(child, "r")) {
      Run(child);
    } else if (IsTakenAway(child)) {
      CountChange(address_, "");
    } else if (const pugi::xml_node inside = Unwrapped(child)) {
      if (IsAny(child, {"ins", "moveTo"})) CountChange(address_, "");
      Walk(inside);
    } else if (IsAny(child, {"oMath", "oMathPara"})) {
      for (const pugi::xpath_node& text : child.select_nodes(".//*[local-name()='t']"))
        Append(OwnText(text.node()), "");
    } else if (Is(child, "altChunk")) {
      remarks_->Count("EMBEDDED_DOCUMENT_LEFT_OUT", document::LEVEL_ERROR, address_);
    }
  }
}

void DocxText::Paragraph(pugi::xml_node node) {
  if (!joined_) text_ += '\n';
  Walk(node);
  // The mark of a paragraph that is deleted joins it with the next one.
  const pugi::xml_node mark = Child(Child(node, "pPr"), "rPr");
  joined_ = static_cast<bool>(Child(mark, "del"));
  if (joined_ || Child(mark, "ins")) CountChange(address_, "");
}

void DocxText::Run(pugi::xml_node run) {
  const pugi::xml_node properties = Child(run, "rPr");
  if (IsOn(properties, "vanish")) {
    for (pugi::xml_node child : run.children()) {
      if (Is(child, "t")) remarks_->Count("HIDDEN_TEXT", document::LEVEL_WARNING, address_, OwnText(child));
    }
    return;
  }
  struck_run_ = IsOn(properties, "strike") || IsOn(properties, "dstrike");
  const pugi::xml_node fonts = Child(properties, "rFonts");
  const std::string font(Attribute(fonts, "ascii"));
  for (pugi::xml_node child : run.children()) RunChild(child, font);
}

void DocxText::RunChild(pugi::xml_node child, const std::string& font) {
  if (Is(child, "t")) {
    Append(OwnText(child), font);
  } else if (IsAny(child, {"tab", "ptab"})) {
    text_ += ' ';
  } else if (IsAny(child, {"br", "cr"})) {
    text_ += '\n';
  } else if (Is(child, "noBreakHyphen")) {
    text_ += '-';
  } else if (Is(child, "sym")) {
    uint32_t code = 0;
    if (absl::SimpleHexAtoi(Attribute(child, "char"), &code)) Symbol(code, Attribute(child, "font"));
  } else if (Is(child, "ruby")) {
    Walk(Child(child, "rubyBase"));
  } else if (Is(child, "AlternateContent")) {
    for (pugi::xml_node inside : Unwrapped(child).children()) RunChild(inside, font);
  } else if (IsAny(child, {"drawing", "pict", "object"})) {
    LeaveOut(child);
  }
}

void DocxText::Append(absl::string_view text, const std::string& font) {
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t c = NextCharacter(text, &at);
    if (IsPrivate(c)) {
      Symbol(c, font);
    } else {
      text_.append(text.data() + begin, at - begin);
    }
  }
  if (!Clean(text).empty()) (struck_run_ ? struck_ : plain_) = true;
}

void DocxText::Symbol(char32_t code, absl::string_view font) {
  if (code > 0xFF && !IsPrivate(code)) return AppendCharacter(code, &text_);
  const char32_t character = SymbolCharacter(code & 0xFF, font);
  AppendCharacter(character == 0 ? 0xFFFD : character, &text_);
  if (character == 0) remarks_->Tell("SYMBOL_UNREADABLE", document::LEVEL_WARNING, address_, font);
}

// Watermarks, seals and pictures are no text of the document; a text box or a sheet inside may be, so it is
// told.
void DocxText::LeaveOut(pugi::xml_node node) {
  if (const pugi::xml_node box = node.select_node(".//*[local-name()='txbxContent']").node()) {
    std::string text;
    for (const pugi::xpath_node& part : box.select_nodes(".//*[local-name()='t']"))
      text += OwnText(part.node());
    if (Clean(text).empty()) return;
    const bool table = static_cast<bool>(box.select_node(".//*[local-name()='tbl']"));
    remarks_->Tell("TEXT_BOX_LEFT_OUT", table ? document::LEVEL_ERROR : document::LEVEL_WARNING, address_,
                   text);
  } else if (node.select_node(".//*[local-name()='OLEObject']")) {
    remarks_->Count("EMBEDDED_OBJECT_LEFT_OUT", document::LEVEL_WARNING, address_);
  } else if (node.select_node(".//*[local-name()='textpath']")) {
    remarks_->Count("WATERMARK_LEFT_OUT", document::LEVEL_NOTE, address_);
  } else {
    remarks_->Count("PICTURE_LEFT_OUT", document::LEVEL_NOTE, address_);
  }
}

}  // namespace attain::extract
