#include "clients/cli/show/finding_printer.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/finding_words.h"
#include "clients/cli/words/labels.h"

namespace attain::cli {
namespace {

constexpr int kLongestRaw = 80, kIndent = 8;
constexpr size_t kPlaces = 5;  // that are listed

// Findings that say the same of several places.
struct Alike {
  std::vector<const v1::Finding*> findings;
  double points = 0;  // of all of them
};

double PointsOf(const v1::Finding& finding) {
  double points = 0;
  return absl::SimpleAtod(finding.points(), &points) ? points : 0;
}

// ERROR first, what has none last.
int Rank(const v1::Finding& finding) {
  return finding.severity() == v1::SEVERITY_UNSPECIFIED ? v1::Severity_MAX + 1 : finding.severity();
}

// The worst first; what is as bad in the order of the first of each kind.
std::vector<Alike> Gather(const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  std::vector<Alike> gathered;
  std::map<std::tuple<std::string, std::string, std::string>, size_t> known;
  for (const v1::Finding& finding : findings) {
    const auto [at, fresh] =
        known.emplace(std::make_tuple(finding.code(), finding.message(), finding.repair()), gathered.size());
    if (fresh) gathered.emplace_back();
    Alike& alike = gathered[at->second];
    alike.findings.push_back(&finding);
    alike.points += PointsOf(finding);
  }
  std::stable_sort(gathered.begin(), gathered.end(), [](const Alike& a, const Alike& b) {
    const int rank_a = Rank(*a.findings[0]), rank_b = Rank(*b.findings[0]);
    return rank_a != rank_b ? rank_a < rank_b : a.points > b.points;
  });
  return gathered;
}

// "表1!G5", "page 3 R5C7", "line 12".
std::string Spot(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (!finding.sheet().empty()) {
    parts.push_back(finding.address().empty() ? finding.sheet()
                                              : absl::StrCat(finding.sheet(), "!", finding.address()));
  } else {
    if (finding.page() > 0) parts.push_back(context.Say(words::kFindingPage, finding.page()));
    if (!finding.address().empty()) parts.push_back(finding.address());
    if (parts.empty() && finding.line() > 0)
      parts.push_back(context.Say(words::kFindingLine, finding.line()));
  }
  return absl::StrJoin(parts, " ");
}

std::string Points(const Context& context, const v1::Finding& finding) {
  if (finding.points().empty()) return "";
  const bool one = finding.points() == "1" && context.language() == Language::kEnglish;
  return one ? "1 point" : context.Say(words::kFindingPoints, finding.points());
}

std::string Place(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (finding.table() > 0) {
    const std::string table = context.Say(words::kFindingTable, finding.table());
    const bool named = finding.row() == 0 && !finding.table_name().empty();
    parts.push_back(named ? absl::StrCat(table, " ", finding.table_name()) : table);
  }
  if (finding.row() > 0)
    parts.push_back(context.Say(words::kFindingRow, finding.row(), finding.indicator_name()));
  if (!finding.cell().empty()) parts.push_back(finding.cell());
  std::vector<std::string> details;
  for (std::string& detail : std::vector<std::string>{Spot(context, finding), Points(context, finding)}) {
    if (!detail.empty()) details.push_back(std::move(detail));
  }
  std::string place = absl::StrJoin(parts, " · ");
  if (details.empty()) return place;
  return absl::StrCat(place, place.empty() ? "" : " ", "(", absl::StrJoin(details, context.Comma()), ")");
}

std::string Understanding(const Context& context, const v1::Finding& finding) {
  std::vector<std::string> parts;
  if (!finding.raw().empty()) {
    parts.push_back(context.Say(words::kFindingRaw, Shorten(OneLine(finding.raw()), kLongestRaw)));
  }
  if (!finding.understood().empty()) {
    parts.push_back(
        context.Say(words::kFindingUnderstood, Shorten(OneLine(finding.understood()), kLongestRaw)));
  }
  return absl::StrJoin(parts, context.language() == Language::kChinese ? "，" : ", ");
}

void PrintAlike(const Context& context, const Alike& alike, std::ostream& out) {
  const v1::Finding& first = *alike.findings[0];
  const std::string severity(Label(first.severity(), context.language()));
  out << context.Wrap(absl::StrCat("  ", context.style().Paint(ColourOf(first.severity()), severity), "  ",
                                   first.message(), first.repair().empty() ? "" : " ", first.repair(), " ",
                                   context.style().Paint(Colour::kDim, absl::StrCat("[", first.code(), "]"))),
                      kIndent)
      << '\n';
  const std::string indent(kIndent, ' ');
  const size_t count = alike.findings.size(), shown = std::min(count, kPlaces);
  for (size_t i = 0; i < shown; ++i) {
    const std::string place = Place(context, *alike.findings[i]);
    // What several places have in common is in the message.
    const std::string understanding = count == 1 ? Understanding(context, first) : "";
    if (place.empty() && understanding.empty()) continue;
    const absl::string_view gap = place.empty() || understanding.empty() ? "" : "  ";
    out << context.Wrap(absl::StrCat(indent, context.style().Paint(Colour::kDim, place), gap, understanding),
                        kIndent)
        << '\n';
  }
  if (count > shown) out << indent << context.Say(words::kFindingMore, count - shown) << '\n';
}

}  // namespace

void PrintFindings(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  if (findings.empty()) {
    context.out() << context.Say(words::kNoFindings) << '\n';
    return;
  }
  int errors = 0, warnings = 0;
  for (const Alike& alike : Gather(findings)) {
    const int count = static_cast<int>(alike.findings.size());
    errors += alike.findings[0]->severity() == v1::SEVERITY_ERROR ? count : 0;
    warnings += alike.findings[0]->severity() == v1::SEVERITY_WARNING ? count : 0;
    PrintAlike(context, alike, context.out());
  }
  context.out() << context.Say(words::kFindings, context.Count(findings.size(), "finding", "findings"),
                               context.Count(errors, "error", "errors"),
                               context.Count(warnings, "warning", "warnings"),
                               context.Count(findings.size() - errors - warnings, "note", "notes"))
                << '\n';
}

void PrintFindingsOfRefusal(const Context& context, const v1::FindingList& findings, std::ostream& out) {
  for (const Alike& alike : Gather(findings.findings())) PrintAlike(context, alike, out);
  const int more = findings.total() - findings.findings_size();
  if (more > 0) out << "  " << context.Say(words::kFindingsUntold, more) << '\n';
}

}  // namespace attain::cli
