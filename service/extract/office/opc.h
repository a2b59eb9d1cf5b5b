// Open Packaging Conventions: which part of a package belongs to which.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_OPC_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_OPC_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/office/package.h"

namespace attain::extract {

struct Relation {
  std::string id;
  std::string type;  // last word of the type's address: "worksheet", "styles"
  std::string part;  // name of the part in the package; empty for what lies outside
};

// Relations of a part ("" for the package itself); empty when it has none. Throws Refused as Package and Xml
// do.
std::vector<Relation> Relations(Package* package, absl::string_view part);

// "worksheets/sheet1.xml" seen from "xl/workbook.xml" → "xl/worksheets/sheet1.xml".
std::string ResolvePart(absl::string_view from, absl::string_view target);

// The part that the package is about, by its relations, or by the names that every program uses; empty when
// there is none.
std::string MainPart(Package* package);
// Content type of a part; empty when the package does not say.
std::string ContentType(Package* package, absl::string_view part);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_OPC_H_
