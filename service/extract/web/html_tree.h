// A web page, parsed by libxml2 without network and without trust in what it says about itself.
#ifndef ATTAIN_SERVICE_EXTRACT_WEB_HTML_TREE_H_
#define ATTAIN_SERVICE_EXTRACT_WEB_HTML_TREE_H_

#include <libxml/tree.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Owns the tree. At most 256 elements deep, so that walks may recurse.
class HtmlTree {
 public:
  // Finds the encoding (mark, <meta charset>, bytes), writes it into `document`, tells INVALID_BYTES. Throws
  // Refused: DOCUMENT_TOO_DEEP where libxml2 would silently leave the rest out, DOCUMENT_TOO_COSTLY for a
  // tree that would not fit, DOCUMENT_DAMAGED when there is nothing.
  HtmlTree(absl::string_view bytes, const Limits& limits, document::Document* document);

  xmlNode* root() const { return xmlDocGetRootElement(tree_.get()); }

 private:
  struct Free {
    void operator()(xmlDoc* tree) const { xmlFreeDoc(tree); }
  };
  std::unique_ptr<xmlDoc, Free> tree_;
};

// The element's name; empty for text and others.
absl::string_view Name(const xmlNode* node);
// Value of an attribute; empty when there is none.
std::string HtmlAttribute(const xmlNode* node, const char* name);
bool HasHtmlAttribute(const xmlNode* node, const char* name);
// A whole number from min to max; `otherwise` when missing or none.
int HtmlNumber(const xmlNode* node, const char* name, int otherwise, int min, int max);
// Not shown, by its own style or attribute. Style sheets are not applied.
bool IsHtmlHidden(const xmlNode* node);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_WEB_HTML_TREE_H_
