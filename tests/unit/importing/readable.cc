#include "tests/unit/importing/readable.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/importing/linter.h"

namespace attain::importing {
namespace {

std::string Amount(const std::optional<Decimal>& amount) {
  return amount.has_value() ? amount->ToString() : "-";
}

std::string TargetOf(const ParsedIndicator& row) {
  static constexpr const char* kSigns[] = {"", "≥", ">", "=", "≤", "<"};
  if (!row.target.has_value()) return row.target_text.empty() ? "-" : row.target_text;
  return absl::StrCat(kSigns[static_cast<int>(row.comparator)], row.target->ToString(),
                      row.unit.empty() ? "" : " ", row.unit);
}

std::string RowOf(const ParsedIndicator& row) {
  std::string text =
      absl::StrCat(row.level1.empty() ? "-" : row.level1, "/", row.level2.empty() ? "-" : row.level2, " | ",
                   row.name.empty() ? "-" : row.name, " | ", TargetOf(row), " | ", Amount(row.weight));
  const std::string prior = row.prior_value.has_value() ? row.prior_value->ToString() : row.prior_text;
  for (const auto& [word, value] : {std::pair<const char*, std::string>{"prior", prior},
                                    {"basis", row.basis},
                                    {"rule", row.rule_text},
                                    {"evidence", row.evidence},
                                    {"actual", row.actual},
                                    {"score", row.score},
                                    {"reached", row.reached},
                                    {"reason", row.reason}}) {
    if (!value.empty()) absl::StrAppend(&text, " | ", word, " ", value);
  }
  return text;
}

std::string HeadOf(const ParsedTable& table) {
  std::string text = absl::StrCat(table.kind == ParsedTable::Kind::kUnit ? "unit " : "table ",
                                  table.name.empty() ? "-" : table.name, " | ", table.fiscal_year, " | ",
                                  Amount(table.total));
  const bool parts = table.fiscal.has_value() &&
                     (table.fiscal != table.total || table.other.value_or(Decimal()).sign() != 0);
  if (parts) absl::StrAppend(&text, " = ", Amount(table.fiscal), " + ", Amount(table.other));
  if (table.adjusted.has_value() || table.spent.has_value()) {
    absl::StrAppend(&text, " | adjusted ", Amount(table.adjusted), " spent ", Amount(table.spent));
  }
  return text;
}

// What judges the shape of a table and says nothing of how it was read.
bool IsOfShape(absl::string_view code) {
  return code == "RULE_ASSUMED" || code == "EVIDENCE_MISSING" || code == "LEADER_MISSING" ||
         code == "WEIGHT_HEAVY" || code == "SPLIT_UNUSUAL" || absl::StartsWith(code, "NO_");
}

}  // namespace

std::vector<std::string> Readable(const ParsedDocument& document) {
  std::vector<std::string> lines;
  for (const ParsedTable& table : document.tables) {
    lines.push_back(HeadOf(table));
    if (!table.goal.empty()) lines.push_back(absl::StrCat("goal ", table.goal));
    for (const ParsedIndicator& row : table.indicators) lines.push_back(RowOf(row));
  }
  return lines;
}

std::vector<std::string> Told(const ParsedDocument& document, const scoring::Profile& profile, bool notes) {
  std::vector<Finding> findings = document.findings;
  int number = 0;
  for (const ParsedTable& table : document.tables) {
    for (Finding& finding : Lint(table, ++number, profile)) findings.push_back(std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.place.line < b.place.line; });
  std::vector<std::string> told;
  for (const Finding& finding : findings) {
    if (IsOfShape(finding.code) || (finding.severity == Severity::kNote) != notes) continue;
    told.push_back(absl::StrCat("told ", finding.place.line, " ", finding.code));
  }
  std::sort(told.begin(), told.end());
  told.erase(std::unique(told.begin(), told.end()), told.end());
  return told;
}

}  // namespace attain::importing
