#include "service/extract/office/odf_text.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

constexpr int kMaxBlanks = 256;  // <text:s text:c="…"/> may state any number

}  // namespace

OdfStyles ReadOdfStyles(pugi::xml_node root) {
  OdfStyles styles;
  for (pugi::xml_node style : Child(root, "automatic-styles").children()) {
    OdfStyle read;
    read.table_hidden = Attribute(Child(style, "table-properties"), "display") == "false";
    const pugi::xml_node text = Child(style, "text-properties");
    const absl::string_view line = Attribute(text, "text-line-through-style");
    const absl::string_view type = Attribute(text, "text-line-through-type");
    read.struck = (!line.empty() && line != "none") || (!type.empty() && type != "none");
    read.text_hidden = Attribute(text, "display") == "none";
    if (read.table_hidden || read.struck || read.text_hidden)
      styles.emplace(std::string(Attribute(style, "name")), read);
  }
  return styles;
}

OdfStyle StyleOf(const OdfStyles& styles, absl::string_view name) {
  const auto at = styles.find(std::string(name));
  return at == styles.end() ? OdfStyle() : at->second;
}

bool IsOdfDrawing(pugi::xml_node node) {
  return absl::StartsWith(node.name(), "draw:");
}

OdfText::Result OdfText::Read(pugi::xml_node node, absl::string_view address) {
  text_.clear();
  address_ = std::string(address);
  first_ = true;
  in_struck_ = struck_ = plain_ = false;
  if (Is(node, "p") || Is(node, "h")) {
    Element(node);
  } else {
    Walk(node);
  }
  if (struck_ && plain_) remarks_->Tell("PARTLY_STRUCK", document::LEVEL_WARNING, address_, text_);
  return {text_, struck_ && !plain_};
}

void OdfText::Walk(pugi::xml_node node) {
  for (pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      Append(child.value());
    } else if (child.type() == pugi::node_element) {
      Element(child);
    }
  }
}

// Runs of white space in the file are one blank; more blanks are written as elements.
void OdfText::Append(absl::string_view text) {
  if (first_) return;  // white space between elements
  bool seen = false;
  for (char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    seen = seen || !blank;
    if (!blank) {
      text_ += c;
    } else if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') {
      text_ += ' ';
    }
  }
  if (seen) (in_struck_ ? struck_ : plain_) = true;
}

void OdfText::Element(pugi::xml_node node) {
  const absl::string_view name = Local(node.name());
  if (name == "p" || name == "h") {
    if (!first_) text_ += '\n';
    first_ = false;
    return Span(node);
  }
  if (name == "s") {
    text_.append(static_cast<size_t>(std::clamp(IntAttribute(node, "c", 1), 1, kMaxBlanks)), ' ');
  } else if (name == "tab") {
    text_ += ' ';
  } else if (name == "line-break") {
    text_ += '\n';
  } else if (name == "span" || name == "a") {
    Span(node);
  } else if (name == "ruby") {
    Walk(Child(node, "ruby-base"));
  } else if (IsOdfDrawing(node)) {
    LeaveOut(node, address_);
  } else if (name == "hidden-text" || name == "hidden-paragraph" ||
             (name == "section" && Attribute(node, "display") == "none")) {
    remarks_->Count("HIDDEN_TEXT", document::LEVEL_WARNING, address_);
  } else if (name != "note" && name != "annotation" && name != "annotation-end" &&
             name != "tracked-changes" && name != "table" && name != "forms" && name != "shapes" &&
             name != "script") {
    Walk(node);
  }
}

void OdfText::Span(pugi::xml_node node) {
  const OdfStyle style = StyleOf(*styles_, Attribute(node, "style-name"));
  if (style.text_hidden) {
    remarks_->Count("HIDDEN_TEXT", document::LEVEL_WARNING, address_, OwnText(node));
    return;
  }
  const bool outer = in_struck_;
  in_struck_ = in_struck_ || style.struck;
  Walk(node);
  in_struck_ = outer;
}

void OdfText::LeaveOut(pugi::xml_node node, absl::string_view address) {
  std::string text;
  for (const pugi::xpath_node& part : node.select_nodes(".//text()")) text += part.node().value();
  const bool table = static_cast<bool>(node.select_node(".//*[local-name()='table']"));
  if (!Clean(text).empty()) {
    remarks_->Tell("TEXT_BOX_LEFT_OUT", table ? document::LEVEL_ERROR : document::LEVEL_WARNING, address,
                   text);
  } else if (node.select_node(".//*[local-name()='object' or local-name()='object-ole']")) {
    remarks_->Count("EMBEDDED_OBJECT_LEFT_OUT", document::LEVEL_WARNING, address);
  } else {
    remarks_->Count("PICTURE_LEFT_OUT", document::LEVEL_NOTE, address);
  }
}

}  // namespace attain::extract
