#include "service/importing/cross_checks.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxFindings = 20;

// The number that starts at `at`, as written; empty when there is none.
absl::string_view NumberAt(absl::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && (absl::ascii_isdigit(text[end]) || text[end] == '.')) ++end;
  while (end > at && text[end - 1] == '.') --end;
  return text.substr(at, end - at);
}

std::optional<Decimal> NumberAfter(absl::string_view text, absl::string_view word) {
  const size_t at = text.find(word);
  if (at == absl::string_view::npos) return std::nullopt;
  const absl::StatusOr<Decimal> value = Decimal::Parse(NumberAt(text, at + word.size()));
  return value.ok() ? std::optional<Decimal>(*value) : std::nullopt;
}

int Projects(const ParsedDocument& document) {
  int count = 0;
  for (const ParsedTable& table : document.tables) count += table.kind == ParsedTable::Kind::kProject ? 1 : 0;
  return count;
}

// "当年财政拨款项目 4 个，涉及预算金额 75.71 万元；当年非财政拨款项目 0 个"
void CheckAnnouncement(const std::string& line, const Place& place, ParsedDocument* document) {
  const std::optional<Decimal> fiscal = NumberAfter(line, "当年财政拨款项目");
  if (!fiscal.has_value()) return;
  const Decimal announced = *fiscal + NumberAfter(line, "当年非财政拨款项目").value_or(Decimal());
  const Decimal given = Decimal::FromInt(Projects(*document));
  if (announced == given) return;
  Finding finding;
  finding.severity = Severity::kWarning;
  finding.code = "ANNOUNCED_COUNT";
  finding.place = place;
  finding.raw = Shorten(line, 180);
  finding.understood = absl::StrCat(announced.ToString(), " ≠ ", given.ToString());
  finding.message = {
      absl::StrCat("正文说有 ", announced.ToString(), " 个项目，表中给出 ", given.ToString(), " 个。"),
      absl::StrCat("The text announces ", announced.ToString(), " projects; ", given.ToString(),
                   " are given.")};
  finding.repair = {"请核对项目个数；各表照原样导入。",
                    "Check the number of projects; the tables were imported as given."};
  document->findings.push_back(std::move(finding));
}

// The unit's total against figures elsewhere that differ by a rounding.
void CheckUnitTotal(const std::string& line, const Row& row, const Place& place, const ParsedTable& unit,
                    size_t index, bool* told, ParsedDocument* document) {
  if (*told || !unit.total.has_value() || row.number >= unit.first_row) return;
  const Decimal near(5, 2);  // 0.05 万元
  for (size_t i = 0; i < line.size(); ++i) {
    if (!absl::ascii_isdigit(line[i]) || (i > 0 && (absl::ascii_isdigit(line[i - 1]) || line[i - 1] == '.')))
      continue;
    const absl::string_view text = NumberAt(line, i);
    i += text.size();
    if (text.size() > 20) continue;
    const absl::StatusOr<Decimal> value = Decimal::Parse(text);
    if (!value.ok() || *value == *unit.total) continue;
    const Decimal gap = *value > *unit.total ? *value - *unit.total : *unit.total - *value;
    if (gap > near || gap.sign() == 0) continue;
    Finding finding = MakeFinding(Severity::kWarning, "FIGURE_DISAGREES", unit, static_cast<int>(index) + 1,
                                  0, place, "年度预算");
    const Text where =
        place.line > 0 ? Text{absl::StrCat("第 ", place.line, " 行"), absl::StrCat(" in line ", place.line)}
                       : Text{"别处", " elsewhere"};
    finding.raw = std::string(text);
    finding.understood = absl::StrCat(value->ToFixed(2), " ≠ ", unit.total->ToFixed(2));
    finding.message = {absl::StrCat("单位预算在目标表中为 ", unit.total->ToFixed(2), " 万元，在", where.zh,
                                    "为 ", value->ToFixed(2), " 万元。"),
                       absl::StrCat("The unit's budget is ", unit.total->ToFixed(2),
                                    " in its target table and ", value->ToFixed(2), where.en, ".")};
    finding.repair = {"请核对；目标表的数字照原样导入。",
                      "Check which is right; the target table's figure was imported."};
    document->findings.push_back(std::move(finding));
    *told = true;
    return;
  }
}

// How many leading characters two project names share, blanks and quotes aside.
size_t SharedPrefix(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  size_t shared = 0;
  while (shared < a.size() && shared < b.size() && a[shared] == b[shared]) ++shared;
  return shared;
}

// Behind the tables: "“project” 中 3 万元为上年结转资金".
void CheckCarryOver(const std::string& line, const Place& place, ParsedDocument* document) {
  if (!absl::StrContains(line, "结转资金") || !absl::StrContains(line, "万元为")) return;
  for (const absl::string_view part : absl::StrSplit(line, "万元为")) {
    const size_t at = part.rfind("中");
    if (at == absl::string_view::npos) continue;
    const absl::StatusOr<Decimal> stated = Decimal::Parse(part.substr(at + 3));
    if (!stated.ok()) continue;
    const absl::string_view before = part.substr(0, at);
    size_t best = 0, best_shared = 0;
    for (size_t i = 0; i < document->tables.size(); ++i) {
      const ParsedTable& table = document->tables[i];
      if (table.kind != ParsedTable::Kind::kProject) continue;
      const std::vector<std::string> name = Characters(Squeeze(Narrow(table.name)));
      const size_t start = before.find(name.size() > 3 ? name[0] + name[1] + name[2] + name[3] : table.name);
      if (start == absl::string_view::npos) continue;
      const size_t shared = SharedPrefix(name, Characters(before.substr(start)));
      if (shared > best_shared) {
        best_shared = shared;
        best = i;
      }
    }
    if (best_shared < 8) continue;
    const ParsedTable& table = document->tables[best];
    const std::optional<Decimal> own = table.other.has_value() ? table.other : table.total;
    if (!own.has_value() || *own == *stated) continue;
    Finding finding = MakeFinding(Severity::kWarning, "FIGURE_DISAGREES", table, static_cast<int>(best) + 1,
                                  0, place, "其他资金");
    finding.raw = Shorten(part);
    finding.understood = absl::StrCat(stated->ToFixed(2), " ≠ ", own->ToFixed(2));
    finding.message = {
        absl::StrCat("说明中称结转资金 ", stated->ToFixed(2), " 万元，表中为 ", own->ToFixed(2), " 万元。"),
        absl::StrCat("The notes say ", stated->ToFixed(2), " was carried over; the table says ",
                     own->ToFixed(2), ".")};
    finding.repair = {"请核对；表中的数字照原样导入。",
                      "Check which is right; the table's figure was imported."};
    document->findings.push_back(std::move(finding));
  }
}

}  // namespace

void CrossCheck(const Source& source, ParsedDocument* document) {
  size_t unit = document->tables.size();
  for (size_t i = 0; i < document->tables.size() && unit == document->tables.size(); ++i) {
    if (document->tables[i].kind == ParsedTable::Kind::kUnit) unit = i;
  }
  if (document->tables.empty()) return;
  const int first = document->tables.front().first_row, last = document->tables.back().last_row;
  const size_t before = document->findings.size();
  bool told = false;
  for (const Row& row : source.rows) {
    if (row.text.size() > 20'000 || document->findings.size() - before > kMaxFindings) continue;
    const Place place = PlaceOf(source, row);
    if (unit < document->tables.size())
      CheckUnitTotal(row.text, row, place, document->tables[unit], unit, &told, document);
    if (row.number <= last && row.number >= first) continue;
    const std::string line = Squeeze(Narrow(row.text));
    CheckAnnouncement(line, place, document);
    if (row.number > last) CheckCarryOver(line, place, document);
  }
}

}  // namespace attain::importing
