#include "service/domain/import/import_targets.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/import/known_units.h"
#include "service/importing/uses/matching.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::KnownTable;
using importing::Match;
using importing::MatchKind;
using importing::ParsedTable;
using importing::Severity;

struct Candidates {
  std::vector<KnownTable> known;
  std::vector<const disk::TableState*> tables;
};

Candidates Those(const std::vector<disk::TableState>& tables, bool in_force) {
  Candidates candidates;
  for (const disk::TableState& table : tables) {
    if ((table.state() == v1::TABLE_STATE_APPROVED) != in_force) continue;
    const bool unit = table.kind() == v1::TABLE_KIND_UNIT;
    candidates.known.push_back({table.display_name(), table.fiscal_year(),
                                unit ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject});
    candidates.tables.push_back(&table);
  }
  return candidates;
}

}  // namespace

absl::StatusOr<std::string> ImportTargets::UnitOf(const std::string& display_name) {
  if (!request_.unit().empty()) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", request_.unit()));
    return name.unit;
  }
  const auto [at, fresh] = units_.emplace(display_name, "-");
  if (fresh && !display_name.empty()) {
    ASSIGN_OR_RETURN(const NamedUnit named, UnitNamed(txn_.reads(), display_name));
    if (!named.display_name.empty()) at->second = named.id;
  }
  return at->second;
}

absl::StatusOr<const std::vector<disk::TableState>*> ImportTargets::TablesOf(const std::string& unit) {
  const auto there = tables_.find(unit);
  if (there != tables_.end()) return &there->second;
  if (unit != "-") RETURN_IF_ERROR(RequireUnit(txn_.reads(), unit).status());
  ASSIGN_OR_RETURN(std::vector<disk::TableState> tables, TableHeads(txn_.reads(), unit));
  return &(tables_[unit] = std::move(tables));
}

void ImportTargets::TellUnmatched(const ParsedTable& parsed, bool several, bool other_year,
                                  const std::string& nearest, const FigureOrigin& origin) {
  Finding& finding =
      TellOf(origin, Severity::kError, several ? "TABLE_AMBIGUOUS" : "TABLE_UNMATCHED", &findings_);
  finding.raw = parsed.name;
  finding.understood = nearest;
  const std::string year_zh = parsed.fiscal_year > 0 ? absl::StrCat(parsed.fiscal_year, " 年") : "";
  const std::string year_en = parsed.fiscal_year > 0 ? absl::StrCat(" of ", parsed.fiscal_year) : "";
  if (several) {
    finding.message = {
        absl::StrCat(year_zh, "名为“", parsed.name, "”的生效目标表不止一张，无法确定是哪一张，没有记录。"),
        absl::StrCat("More than one table in force", year_en, " is called \"", parsed.name,
                     "\"; its figures were not recorded.")};
    finding.repair = {"请用 unit 指明单位，或在文件中写明单位和年度。",
                      "Name the unit, or write unit and year into the document."};
    return;
  }
  const std::string near_zh = nearest.empty() ? "" : absl::StrCat("名称最接近的是“", nearest, "”。");
  const std::string near_en =
      nearest.empty() ? "" : absl::StrCat(" The most similar name is \"", nearest, "\".");
  finding.message = {
      absl::StrCat("没有", year_zh, "名为“", parsed.name, "”的生效目标表，这张表的数据没有记录。", near_zh,
                   other_year ? "别的年度有同名的表。" : ""),
      absl::StrCat("No table in force", year_en, " is called \"", parsed.name,
                   "\"; its figures were not recorded.", near_en,
                   other_year ? " Another year has one of this name." : "")};
  finding.repair = {
      "请先导入并批准目标表，或改正文件中的名称、年度和单位。",
      "Import and approve the target table first, or correct name, year and unit in the document."};
}

void ImportTargets::TellNotInForce(const disk::TableState& table, const FigureOrigin& origin) {
  Finding& finding = TellOf(origin, Severity::kError, "TABLE_NOT_IN_FORCE", &findings_);
  finding.understood = table.name();
  const bool closed = table.state() == v1::TABLE_STATE_CLOSED;
  finding.message = {absl::StrCat("“", table.display_name(), "”（", table.name(), "）",
                                  closed ? "已关闭" : "尚未批准生效", "，没有记录。"),
                     absl::StrCat("\"", table.display_name(), "\" (", table.name(), ") is ",
                                  closed ? "closed" : "not in force yet", "; nothing was recorded.")};
  finding.repair = {closed ? "已关闭的表不再接受上报。" : "请先提交并批准该表。",
                    closed ? "A closed table takes no more figures." : "Submit and approve it first."};
}

absl::StatusOr<std::optional<ResourceName>> ImportTargets::Find(const ParsedTable& parsed,
                                                                const FigureOrigin& origin) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(parsed.unit_name));
  ASSIGN_OR_RETURN(const std::vector<disk::TableState>* tables, TablesOf(unit));
  const Candidates in_force = Those(*tables, true), others = Those(*tables, false);
  const Match match = importing::MatchTable(parsed, in_force.known);
  if (match.kind == MatchKind::kFound) {
    ASSIGN_OR_RETURN(ResourceName name,
                     ParseTableName("table", in_force.tables[static_cast<size_t>(match.at)]->name()));
    return std::optional<ResourceName>(std::move(name));
  }
  const Match other = importing::MatchTable(parsed, others.known);
  if (match.kind != MatchKind::kSeveral && other.kind == MatchKind::kFound) {
    TellNotInForce(*others.tables[static_cast<size_t>(other.at)], origin);
    return std::optional<ResourceName>();
  }
  const std::string nearest =
      match.nearest < 0 ? "" : in_force.known[static_cast<size_t>(match.nearest)].display_name;
  TellUnmatched(parsed, match.kind == MatchKind::kSeveral, match.kind == MatchKind::kOtherYear, nearest,
                origin);
  return std::optional<ResourceName>();
}

absl::StatusOr<std::vector<ResourceName>> ImportTargets::InForce(const std::string& unit_name, int year) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(unit_name));
  ASSIGN_OR_RETURN(const std::vector<disk::TableState>* tables, TablesOf(unit));
  std::vector<ResourceName> names;
  for (const disk::TableState& table : *tables) {
    if (table.state() != v1::TABLE_STATE_APPROVED || (year != 0 && table.fiscal_year() != year)) continue;
    ASSIGN_OR_RETURN(ResourceName name, ParseTableName("table", table.name()));
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace attain::engine
