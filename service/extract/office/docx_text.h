// The text of a Word paragraph or cell as a person sees it: deleted text, field codes, notes, drawings and
// hidden text left out and counted.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_TEXT_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/remarks.h"
#include "service/extract/office/xml.h"

namespace attain::extract {

// What a wrapper holds: <w:sdt> → its <w:sdtContent>, <mc:AlternateContent> → one of its alternatives,
// <w:ins>, <w:smartTag>, … → itself. A null node when `node` is no wrapper.
pugi::xml_node Unwrapped(pugi::xml_node node);
// True for what an open change takes away: <w:del>, <w:moveFrom>.
bool IsTakenAway(pugi::xml_node node);

// Not thread-safe. `remarks` must outlive it.
class DocxText {
 public:
  explicit DocxText(Remarks* remarks) : remarks_(remarks) {}

  // Text of all paragraphs inside, tables left out. `address` is for remarks, empty outside tables.
  struct Result {
    std::string text;
    bool struck = false;
  };
  Result Read(pugi::xml_node node, absl::string_view address);
  // Counts a change of text, rows or cells that is still open.
  void CountChange(absl::string_view address, absl::string_view detail) {
    remarks_->Count("OPEN_CHANGES", document::LEVEL_WARNING, address, detail);
  }

 private:
  void Walk(pugi::xml_node node);
  void Paragraph(pugi::xml_node node);
  void Run(pugi::xml_node run);
  void RunChild(pugi::xml_node child, const std::string& font);
  void Symbol(char32_t code, absl::string_view font);
  void LeaveOut(pugi::xml_node node);
  void Append(absl::string_view text, const std::string& font);

  Remarks* const remarks_;
  std::string text_;
  std::string address_;
  bool struck_run_ = false;
  bool struck_ = false;
  bool plain_ = false;
  bool joined_ = true;  // the next paragraph goes on without a line break
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_TEXT_H_
