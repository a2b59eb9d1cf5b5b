#include "service/domain/import/table_comparison.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/importing/uses/matching.h"
#include "service/importing/values/fold_name.h"
#include "service/importing/values/units.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::KnownRow;
using importing::Severity;
using scoring::Decimal;
using scoring::Text;

constexpr size_t kMostRows = 20;  // told one by one

bool SameNumber(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const absl::StatusOr<Decimal> left = Decimal::Parse(a), right = Decimal::Parse(b);
  return left.ok() && right.ok() && *left == *right;
}

std::string TargetOf(const disk::IndicatorState& row) {
  if (row.target().value().empty()) return row.target().text();
  static constexpr absl::string_view kSigns[] = {"", "≥", ">", "=", "≤", "<"};
  const auto comparator = static_cast<size_t>(row.target().comparator());
  const bool known = comparator < sizeof(kSigns) / sizeof(kSigns[0]);
  return absl::StrCat(known ? kSigns[comparator] : "", row.target().value(),
                      row.target().unit().empty() ? "" : " ", row.target().unit());
}

bool SameTarget(const disk::TargetState& a, const disk::TargetState& b) {
  return a.comparator() == b.comparator() && SameNumber(a.value(), b.value()) &&
         importing::SameUnit(a.unit(), b.unit()) &&
         importing::FoldName(a.text()) == importing::FoldName(b.text());
}

std::string Shown(const std::string& text) {
  return text.empty() ? "—" : text;
}

std::vector<KnownRow> RowsOf(const disk::TableState& table) {
  std::vector<KnownRow> rows;
  for (const disk::IndicatorState& row : table.indicators())
    rows.push_back({row.level1(), row.level2(), row.display_name()});
  return rows;
}

struct RowDifference {
  int row = 0;  // of the document, from 1; 0 for one that it lacks
  std::string name, weight;
  Text text;
};

RowDifference Changed(int row, const disk::IndicatorState& before, const disk::IndicatorState& after) {
  RowDifference difference{row, after.display_name(), after.weight(), {}};
  const auto add = [&](const char* zh, const char* en, const std::string& was, const std::string& is) {
    const bool first = difference.text.zh.empty();
    absl::StrAppend(&difference.text.zh, first ? "" : "；", zh, "原为 ", Shown(was), "，文件中为 ",
                    Shown(is));
    absl::StrAppend(&difference.text.en, first ? "" : "; ", en, " was ", Shown(was), ", the document has ",
                    Shown(is));
  };
  if (!SameTarget(before.target(), after.target()))
    add("指标值", "the target", TargetOf(before), TargetOf(after));
  if (!SameNumber(before.weight(), after.weight()))
    add("分值", "the weight", before.weight(), after.weight());
  return difference;
}

std::vector<RowDifference> Compare(const disk::TableState& there, const disk::TableState& coming) {
  std::vector<RowDifference> differences;
  const std::vector<KnownRow> known = RowsOf(there), news = RowsOf(coming);
  std::vector<bool> met(known.size());
  for (size_t i = 0; i < news.size(); ++i) {
    const int row = static_cast<int>(i) + 1;
    const importing::Match match = importing::MatchRow(news[i], known);
    const disk::IndicatorState& after = coming.indicators(static_cast<int>(i));
    const bool fresh = match.kind == importing::MatchKind::kFound && !met[static_cast<size_t>(match.at)];
    if (!fresh) {
      differences.push_back({row,
                             after.display_name(),
                             after.weight(),
                             {"原表没有这一行", "the table that is there has no such row"}});
      continue;
    }
    met[static_cast<size_t>(match.at)] = true;
    RowDifference changed = Changed(row, there.indicators(match.at), after);
    if (!changed.text.zh.empty()) differences.push_back(std::move(changed));
  }
  for (size_t i = 0; i < known.size(); ++i) {
    if (met[i]) continue;
    const disk::IndicatorState& before = there.indicators(static_cast<int>(i));
    differences.push_back({0,
                           before.display_name(),
                           before.weight(),
                           {"文件中没有这一行", "the document does not have this row"}});
  }
  return differences;
}

void TellRow(const RowDifference& difference, const FigureOrigin& origin, std::vector<Finding>* findings) {
  FigureOrigin at = origin;
  at.place.row = difference.row;
  at.indicator_name = difference.name;
  Finding& finding = TellOf(at, Severity::kWarning, "TABLE_ROW_DIFFERS", findings);
  if (const absl::StatusOr<Decimal> weight = Decimal::Parse(difference.weight); weight.ok())
    finding.points = *weight;
  finding.message = {absl::StrCat("“", difference.name, "”：", difference.text.zh, "。"),
                     absl::StrCat("\"", difference.name, "\": ", difference.text.en, ".")};
  finding.repair = {"如应以文件为准，草稿请更新，已生效的请提出调整。",
                    "If the document is right, update the draft, or amend the table once it is in force."};
}

}  // namespace

void TellSameTable(const disk::TableState& there, const disk::TableState& coming, absl::string_view code,
                   const Text& name, const FigureOrigin& origin, std::vector<Finding>* findings) {
  const std::vector<RowDifference> differences = Compare(there, coming);
  const bool money = !SameNumber(there.budget().total(), coming.budget().total());
  Finding& finding = TellOf(origin, Severity::kWarning, code, findings);
  finding.understood = name.en;
  std::string zh = differences.empty() ? "各行相同" : absl::StrCat("有 ", differences.size(), " 行不同");
  std::string en =
      differences.empty() ? "Its rows are the same" : absl::StrCat("Rows that differ: ", differences.size());
  if (money) {
    absl::StrAppend(&zh, "；预算总额原为 ", Shown(there.budget().total()), "，文件中为 ",
                    Shown(coming.budget().total()));
    absl::StrAppend(&en, "; the budget was ", Shown(there.budget().total()), ", the document has ",
                    Shown(coming.budget().total()));
  }
  finding.message = {absl::StrCat(coming.fiscal_year(), " 年的“", coming.display_name(), "”已经在 ", name.zh,
                                  " 中，没有再次导入。", zh, "。"),
                     absl::StrCat("\"", coming.display_name(), "\" of ", coming.fiscal_year(), " is ",
                                  name.en, " already and was not imported again. ", en, ".")};
  finding.repair = {"要改那张表，草稿请更新，已生效的请提出调整；要另立一张表，请换名称或年度。",
                    "Update that table while it is a draft, amend it once it is in force, or import under "
                    "another name or year."};
  for (size_t i = 0; i < differences.size() && i < kMostRows; ++i) TellRow(differences[i], origin, findings);
  if (differences.size() > kMostRows) {
    RowDifference rest;
    rest.name = coming.display_name();
    rest.text = {absl::StrCat("另有 ", differences.size() - kMostRows, " 行不同"),
                 absl::StrCat(differences.size() - kMostRows, " more rows differ")};
    TellRow(rest, origin, findings);
  }
}

}  // namespace attain::engine
