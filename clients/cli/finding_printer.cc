#include "clients/cli/finding_printer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/labels.h"
#include "clients/cli/width.h"

namespace attain::cli {
namespace {

constexpr int kLongestRaw = 80;

std::string Place(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (finding.row() > 0) parts.push_back(context.Say(Msg::kFindingRow, finding.row()));
  if (!finding.indicator_name().empty()) parts.push_back(finding.indicator_name());
  if (!finding.cell().empty()) parts.push_back(finding.cell());
  if (finding.line() > 0) parts.push_back(context.Say(Msg::kFindingLine, finding.line()));
  return absl::StrJoin(parts, " · ");
}

std::string Understanding(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (!finding.raw().empty())
    parts.push_back(context.Say(Msg::kFindingRaw, Shorten(OneLine(finding.raw()), kLongestRaw)));
  if (!finding.understood().empty()) {
    parts.push_back(
        context.Say(Msg::kFindingUnderstood, Shorten(OneLine(finding.understood()), kLongestRaw)));
  }
  if (!finding.points().empty()) parts.push_back(context.Say(Msg::kFindingPoints, finding.points()));
  return absl::StrJoin(parts, context.language() == Language::kChinese ? "，" : ", ");
}

void PrintFinding(const Context& context, const v1::Finding& finding) {
  std::ostream& out = context.out();
  const std::string severity(Label(finding.severity(), context.language()));
  const std::string place = Place(context, finding);
  out << "  " << context.style().Paint(ColourOf(finding.severity()), severity) << "  " << finding.code();
  if (!place.empty()) out << "  " << context.style().Paint(Colour::kDim, place);
  out << "\n      " << finding.message() << '\n';
  const std::string understanding = Understanding(context, finding);
  if (!understanding.empty()) out << "      " << understanding << '\n';
  if (!finding.repair().empty())
    out << "      " << context.Say(Msg::kFindingRepair, finding.repair()) << '\n';
}

}  // namespace

void PrintFindings(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  if (findings.empty()) {
    context.out() << context.Say(Msg::kNoFindings) << '\n';
    return;
  }
  int table = -1, errors = 0, warnings = 0;
  for (const v1::Finding& finding : findings) {
    if (finding.table() != table && finding.table() > 0) {
      context.out() << context.style().Paint(Colour::kBold, context.Say(Msg::kFindingTable, finding.table(),
                                                                        finding.table_name()))
                    << '\n';
    }
    table = finding.table();
    errors += finding.severity() == v1::SEVERITY_ERROR ? 1 : 0;
    warnings += finding.severity() == v1::SEVERITY_WARNING ? 1 : 0;
    PrintFinding(context, finding);
  }
  context.out() << context.Say(Msg::kFindings, findings.size(), errors, warnings,
                               findings.size() - errors - warnings)
                << '\n';
}

}  // namespace attain::cli
