#include "service/extract/office/opc.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/extract/office/xml.h"

namespace attain::extract {

std::vector<Relation> Relations(Package* package, absl::string_view part) {
  const size_t slash = part.rfind('/');
  const absl::string_view folder =
      slash == absl::string_view::npos ? absl::string_view() : part.substr(0, slash + 1);
  const absl::string_view file = slash == absl::string_view::npos ? part : part.substr(slash + 1);
  const std::string name = absl::StrCat(folder, "_rels/", file, ".rels");
  std::vector<Relation> relations;
  if (!package->Has(name)) return relations;
  const Xml xml(package->Read(name), name, package->limits());
  for (pugi::xml_node node : xml.root().children()) {
    if (!Is(node, "Relationship")) continue;
    Relation& relation = relations.emplace_back();
    relation.id = std::string(Attribute(node, "Id"));
    const absl::string_view type = Attribute(node, "Type");
    relation.type = std::string(type.substr(type.rfind('/') + 1));
    if (Attribute(node, "TargetMode") != "External")
      relation.part = ResolvePart(part, Attribute(node, "Target"));
  }
  return relations;
}

std::string ResolvePart(absl::string_view from, absl::string_view target) {
  std::vector<absl::string_view> path;
  const size_t slash = from.rfind('/');
  if (!absl::StartsWith(target, "/") && slash != absl::string_view::npos)
    path = absl::StrSplit(from.substr(0, slash), '/');
  for (absl::string_view step : absl::StrSplit(target, '/')) {
    if (step == ".." && !path.empty()) path.pop_back();
    if (step != ".." && step != "." && !step.empty()) path.push_back(step);
  }
  return absl::StrJoin(path, "/");
}

std::string MainPart(Package* package) {
  for (const Relation& relation : Relations(package, "")) {
    if (relation.type == "officeDocument" && package->Has(relation.part)) return relation.part;
  }
  for (absl::string_view usual :
       {"xl/workbook.xml", "word/document.xml", "xl/workbook.bin", "ppt/presentation.xml"}) {
    if (package->Has(usual)) return std::string(usual);
  }
  return "";
}

std::string ContentType(Package* package, absl::string_view part) {
  constexpr absl::string_view kTypes = "[Content_Types].xml";
  if (!package->Has(kTypes)) return "";
  const Xml xml(package->Read(kTypes), kTypes, package->limits());
  for (pugi::xml_node node : xml.root().children()) {
    if (Is(node, "Override") && ResolvePart("", Attribute(node, "PartName")) == part)
      return std::string(Attribute(node, "ContentType"));
  }
  return "";
}

}  // namespace attain::extract
