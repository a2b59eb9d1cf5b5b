#include "service/extract/web/html_reader.h"

// Web pages, also under the name .xls: paragraphs become lines and tables grids.
#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/web/html_table.h"
#include "service/extract/web/html_text.h"
#include "service/extract/web/html_tree.h"

namespace attain::extract {
namespace {

class HtmlReader {
 public:
  HtmlReader(document::Document* document, const Limits& limits)
      : document_(document), budget_(limits), remarks_(document) {}

  void Read(xmlNode* root) {
    Walk(root, false);
    Flush(false);
  }

 private:
  void Walk(xmlNode* node, bool hidden) {
    for (xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
        if (child->content != nullptr) AppendHtmlText(reinterpret_cast<const char*>(child->content), &line_);
      } else if (child->type == XML_ELEMENT_NODE) {
        Element(child, hidden);
      }
    }
  }

  void Element(xmlNode* node, bool hidden) {
    const absl::string_view name = Name(node);
    if (IsHtmlUnseen(name)) return;
    const bool inside_hidden = hidden || IsHtmlHidden(node);
    if (name == "table") {
      Flush(hidden);
      ReadTable(node, "", 1, inside_hidden);
    } else if (name == "frame" || name == "iframe") {
      // Excel saves the sheets of a workbook as pages of their own beside the one that frames them.
      if (HasHtmlAttribute(node, "src")) {
        remarks_.Tell("EMBEDDED_DOCUMENT_LEFT_OUT", document::LEVEL_ERROR, "", HtmlAttribute(node, "src"));
      }
    } else if (!AppendHtmlControl(node, &line_)) {
      const bool block = IsHtmlBlock(name) || name == "br" || inside_hidden != hidden;
      if (block) Flush(hidden);
      Walk(node, inside_hidden);
      if (block) Flush(inside_hidden);
    }
  }

  void Flush(bool hidden) {
    std::string text = Clean(line_);
    line_.clear();
    if (text.empty()) return;
    if (hidden) return remarks_.Count("HIDDEN_TEXT", document::LEVEL_WARNING, "", text);
    budget_.TakeText(text.size());
    budget_.TakeCell();
    document_->add_blocks()->mutable_line()->set_text(std::move(text));
  }

  void ReadTable(xmlNode* node, const std::string& nested_in, int depth, bool hidden) {
    if (depth > budget_.limits().table_depth) {
      throw Refused("DOCUMENT_TOO_DEEP",
                    absl::StrCat("tables are nested deeper than ", budget_.limits().table_depth));
    }
    for (xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (Name(child) != "caption") continue;
      Walk(child, hidden);
      Flush(hidden);
    }
    HtmlTable table(document_, &budget_, &remarks_, nested_in, hidden);
    table.Read(node);
    if (hidden) remarks_.Count("HIDDEN_TABLE", document::LEVEL_WARNING);
    for (const HtmlTable::Nested& nested : table.nested())
      ReadTable(nested.table, nested.address, depth + 1, hidden);
    line_ = table.stray();
    Flush(hidden);
  }

  document::Document* const document_;
  Budget budget_;
  Remarks remarks_;
  std::string line_;
};

}  // namespace

void ReadHtml(absl::string_view bytes, const Limits& limits, document::Document* document) {
  const HtmlTree tree(bytes, limits, document);
  HtmlReader(document, limits).Read(tree.root());
}

}  // namespace attain::extract
