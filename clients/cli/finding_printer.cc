#include "clients/cli/finding_printer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/labels.h"
#include "clients/cli/width.h"

namespace attain::cli {
namespace {

constexpr int kLongestRaw = 80, kIndent = 8;

// Findings of one table that say the same of several rows.
using Alike = std::vector<const v1::Finding*>;

bool SayTheSame(const v1::Finding& a, const v1::Finding& b) {
  return a.table() == b.table() && a.code() == b.code() && a.message() == b.message() &&
         a.repair() == b.repair();
}

// Keeps the order of the first of each kind.
std::vector<Alike> Gather(const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  std::vector<Alike> gathered;
  for (const v1::Finding& finding : findings) {
    const auto same = std::find_if(gathered.begin(), gathered.end(),
                                   [&](const Alike& alike) { return SayTheSame(*alike[0], finding); });
    if (same == gathered.end()) {
      gathered.push_back({&finding});
    } else {
      same->push_back(&finding);
    }
  }
  return gathered;
}

std::string Place(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (finding.row() > 0)
    parts.push_back(context.Say(Msg::kFindingRow, finding.row(), finding.indicator_name()));
  if (!finding.cell().empty()) parts.push_back(finding.cell());
  std::vector<std::string> details;
  if (finding.line() > 0) details.push_back(context.Say(Msg::kFindingLine, finding.line()));
  if (!finding.points().empty())
    details.push_back(finding.points() == "1" && context.language() == Language::kEnglish
                          ? "1 point"
                          : context.Say(Msg::kFindingPoints, finding.points()));
  std::string place = absl::StrJoin(parts, " · ");
  if (details.empty()) return place;
  return absl::StrCat(place, place.empty() ? "" : " ", "(", absl::StrJoin(details, context.Comma()), ")");
}

std::string Understanding(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (!finding.raw().empty()) {
    parts.push_back(context.Say(Msg::kFindingRaw, Shorten(OneLine(finding.raw()), kLongestRaw)));
  }
  if (!finding.understood().empty()) {
    parts.push_back(
        context.Say(Msg::kFindingUnderstood, Shorten(OneLine(finding.understood()), kLongestRaw)));
  }
  return absl::StrJoin(parts, context.language() == Language::kChinese ? "，" : ", ");
}

void PrintAlike(const Context& context, const Alike& alike) {
  const v1::Finding& first = *alike[0];
  std::ostream& out = context.out();
  const std::string severity(Label(first.severity(), context.language()));
  out << context.Wrap(absl::StrCat("  ", context.style().Paint(ColourOf(first.severity()), severity), "  ",
                                   first.message(), first.repair().empty() ? "" : " ", first.repair(), " ",
                                   context.style().Paint(Colour::kDim, absl::StrCat("[", first.code(), "]"))),
                      kIndent)
      << '\n';
  for (const v1::Finding* finding : alike) {
    const std::string place = Place(context, *finding);
    // What several rows have in common is in the message.
    const std::string understanding = alike.size() == 1 ? Understanding(context, *finding) : "";
    if (place.empty() && understanding.empty()) continue;
    const absl::string_view gap = place.empty() || understanding.empty() ? "" : "  ";
    out << context.Wrap(absl::StrCat(std::string(kIndent, ' '), context.style().Paint(Colour::kDim, place),
                                     gap, understanding),
                        kIndent)
        << '\n';
  }
}

}  // namespace

void PrintFindings(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  if (findings.empty()) {
    context.out() << context.Say(Msg::kNoFindings) << '\n';
    return;
  }
  int table = -1, errors = 0, warnings = 0;
  for (const Alike& alike : Gather(findings)) {
    const v1::Finding& first = *alike[0];
    if (first.table() != table && first.table() > 0) {
      const std::string heading = context.Say(Msg::kFindingTable, first.table(), first.table_name());
      context.out() << context.style().Paint(Colour::kBold, heading) << '\n';
    }
    table = first.table();
    const int count = static_cast<int>(alike.size());
    errors += first.severity() == v1::SEVERITY_ERROR ? count : 0;
    warnings += first.severity() == v1::SEVERITY_WARNING ? count : 0;
    PrintAlike(context, alike);
  }
  context.out() << context.Say(Msg::kFindings, context.Count(findings.size(), "finding", "findings"),
                               context.Count(errors, "error", "errors"),
                               context.Count(warnings, "warning", "warnings"),
                               context.Count(findings.size() - errors - warnings, "note", "notes"))
                << '\n';
}

}  // namespace attain::cli
