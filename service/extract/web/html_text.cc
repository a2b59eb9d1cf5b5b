#include "service/extract/web/html_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "service/extract/common/clean.h"
#include "service/extract/web/html_tree.h"

namespace attain::extract {
namespace {

bool IsOneOf(absl::string_view name, std::initializer_list<absl::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsStruck(const xmlNode* node) {
  return IsOneOf(Name(node), {"del", "s", "strike"}) ||
         (node->properties != nullptr && absl::StrContains(HtmlAttribute(node, "style"), "line-through"));
}

// The option that a select shows.
const xmlNode* ChosenOption(const xmlNode* select) {
  const xmlNode* first = nullptr;
  for (const xmlNode* child = select->children; child != nullptr; child = child->next) {
    if (Name(child) != "option") continue;
    if (first == nullptr) first = child;
    if (HasHtmlAttribute(child, "selected")) return child;
  }
  return first;
}

}  // namespace

bool IsHtmlBlock(absl::string_view name) {
  return IsOneOf(name, {"p",       "div",      "h1",      "h2",     "h3",     "h4",         "h5",
                        "h6",      "li",       "ul",      "ol",     "dl",     "dt",         "dd",
                        "center",  "section",  "article", "header", "footer", "blockquote", "pre",
                        "address", "fieldset", "legend",  "form",   "hr",     "tr",         "caption"});
}

bool IsHtmlUnseen(absl::string_view name) {
  return IsOneOf(name, {"script", "style", "head", "template", "noscript", "rt", "rp", "svg", "xml",
                        "colgroup", "col", "datalist"});
}

void AppendHtmlText(absl::string_view text, std::string* out) {
  for (char c : text) {
    if (!absl::ascii_isspace(c)) {
      out->push_back(c);
    } else if (!out->empty() && out->back() != ' ' && out->back() != '\n') {
      out->push_back(' ');
    }
  }
}

bool AppendHtmlControl(const xmlNode* node, std::string* out) {
  const absl::string_view name = Name(node);
  if (name == "select") {
    if (const xmlNode* option = ChosenOption(node))
      AppendHtmlText(HtmlTextOf(const_cast<xmlNode*>(option)), out);
    return true;
  }
  if (name != "input") return false;
  const std::string type = absl::AsciiStrToLower(HtmlAttribute(node, "type"));
  if (type == "checkbox" || type == "radio") {
    *out += HasHtmlAttribute(node, "checked") ? "☑" : "☐";
  } else if (!IsOneOf(type, {"hidden", "button", "submit", "reset", "image", "file", "password"})) {
    *out += HtmlAttribute(node, "value");
  }
  return true;
}

std::string HtmlTextOf(xmlNode* node) {
  xmlChar* content = xmlNodeGetContent(node);
  if (content == nullptr) return "";
  const std::string text = reinterpret_cast<const char*>(content);
  xmlFree(content);
  return text;
}

void HtmlCellText::Walk(xmlNode* node, bool struck) {
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      const absl::string_view text =
          child->content == nullptr ? "" : reinterpret_cast<const char*>(child->content);
      AppendHtmlText(text, &text_);
      if (!Clean(text).empty()) (struck ? struck_ : plain_) = true;
    } else if (child->type == XML_ELEMENT_NODE) {
      Element(child, struck);
    }
  }
}

void HtmlCellText::Element(xmlNode* node, bool struck) {
  const absl::string_view name = Name(node);
  if (IsHtmlUnseen(name)) return;
  if (name == "br") {
    text_ += '\n';
  } else if (name == "table") {
    tables_.push_back(node);
  } else if (IsHtmlHidden(node)) {
    const std::string text = HtmlTextOf(node);
    if (!Clean(text).empty()) remarks_->Count("HIDDEN_TEXT", document::LEVEL_WARNING, address_, text);
  } else if (!AppendHtmlControl(node, &text_)) {
    const bool block = IsHtmlBlock(name);
    if (block && !text_.empty() && text_.back() != '\n') text_ += '\n';
    Walk(node, struck || IsStruck(node));
    if (block && !text_.empty() && text_.back() != '\n') text_ += '\n';
  }
}

}  // namespace attain::extract
