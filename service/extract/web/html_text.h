// The text inside an element of a web page as a person sees it.
#ifndef ATTAIN_SERVICE_EXTRACT_WEB_HTML_TEXT_H_
#define ATTAIN_SERVICE_EXTRACT_WEB_HTML_TEXT_H_

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/common/remarks.h"

namespace attain::extract {

// True for elements that begin a line of their own.
bool IsHtmlBlock(absl::string_view name);
// True for what is never shown: scripts, styles, heads, templates.
bool IsHtmlUnseen(absl::string_view name);
// Appends with runs of white space as one blank, as a browser does.
void AppendHtmlText(absl::string_view text, std::string* out);
// What a form control shows: the text of an input, the chosen option, a box that is ticked. False when it is
// no control.
bool AppendHtmlControl(const xmlNode* node, std::string* out);

// Not thread-safe. `remarks` must outlive it.
class HtmlCellText {
 public:
  HtmlCellText(Remarks* remarks, std::string address) : remarks_(remarks), address_(std::move(address)) {}

  void Read(xmlNode* cell) { Walk(cell, false); }

  const std::string& text() const { return text_; }
  bool struck() const { return struck_ && !plain_; }
  bool partly_struck() const { return struck_ && plain_; }
  // Tables inside, in order.
  const std::vector<xmlNode*>& tables() const { return tables_; }

 private:
  void Walk(xmlNode* node, bool struck);
  void Element(xmlNode* node, bool struck);

  Remarks* const remarks_;
  const std::string address_;
  std::string text_;
  bool struck_ = false;
  bool plain_ = false;
  std::vector<xmlNode*> tables_;
};

// All text below, for a remark.
std::string HtmlTextOf(xmlNode* node);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_WEB_HTML_TEXT_H_
