// Text of OpenDocument paragraphs and cells as a person sees it: deleted text, notes, comments, frames and
// hidden text left out and counted.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_ODF_TEXT_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_ODF_TEXT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/remarks.h"
#include "service/extract/office/xml.h"

namespace attain::extract {

// What automatic styles say that changes what is read. Keyed by style name.
struct OdfStyle {
  bool table_hidden = false;
  bool struck = false;
  bool text_hidden = false;
};
using OdfStyles = std::map<std::string, OdfStyle, std::less<>>;
// From the root of content.xml.
OdfStyles ReadOdfStyles(pugi::xml_node root);
// Total: unknown names have the plain style.
OdfStyle StyleOf(const OdfStyles& styles, absl::string_view name);

// Not thread-safe. Both arguments must outlive it.
class OdfText {
 public:
  OdfText(const OdfStyles* styles, Remarks* remarks) : styles_(styles), remarks_(remarks) {}

  struct Result {
    std::string text;
    bool struck = false;
  };
  // Text of a paragraph, or of all paragraphs in a cell; tables left out.
  Result Read(pugi::xml_node node, absl::string_view address);
  // A frame or shape: told when it holds text, a table or an object.
  void LeaveOut(pugi::xml_node node, absl::string_view address);

 private:
  void Walk(pugi::xml_node node);
  void Element(pugi::xml_node node);
  void Append(absl::string_view text);
  void Span(pugi::xml_node node);

  const OdfStyles* const styles_;
  Remarks* const remarks_;
  std::string text_;
  std::string address_;
  bool first_ = true;  // no paragraph yet
  bool in_struck_ = false;
  bool struck_ = false;
  bool plain_ = false;
};

// True for what draws: frames, shapes, controls.
bool IsOdfDrawing(pugi::xml_node node);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_ODF_TEXT_H_
