// XML parts, parsed under limits. Names are compared without their prefix: strict and transitional files
// differ in namespaces only.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_XML_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_XML_H_

#include <pugixml.hpp>
#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"

namespace attain::extract {

// One parsed part. Owns its text and its tree.
class Xml {
 public:
  // `name` is said in refusals. UTF-8, UTF-16, GB18030 and what else the declaration names (encoding.h) are
  // read. Throws Refused: EXTERNAL_ENTITY for a DOCTYPE, DOCUMENT_TOO_DEEP, DOCUMENT_TOO_COSTLY for a tree
  // that would not fit, `damaged` when it is not well-formed.
  Xml(std::string text, absl::string_view name, const Limits& limits,
      const char* damaged = "PACKAGE_DAMAGED");
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  pugi::xml_node root() const { return tree_.document_element(); }

 private:
  std::string text_;  // the tree points into it
  pugi::xml_document tree_;
};

// The name without its prefix.
absl::string_view Local(const char* name);
inline bool Is(pugi::xml_node node, absl::string_view name) {
  return Local(node.name()) == name;
}
// Value of the first attribute with that local name; empty when there is none.
absl::string_view Attribute(pugi::xml_node node, absl::string_view name);
// The same as a whole number; `otherwise` when missing or none.
int IntAttribute(pugi::xml_node node, absl::string_view name, int otherwise);
// "1", "true", "on".
bool IsTrue(absl::string_view value);
// The first child of that local name; a null node when there is none.
pugi::xml_node Child(pugi::xml_node node, absl::string_view name);
// All text directly inside.
std::string OwnText(pugi::xml_node node);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_XML_H_
