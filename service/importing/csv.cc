#include "service/importing/csv.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/quantity.h"
#include "service/importing/table_reader.h"
#include "service/importing/text.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

std::optional<Decimal> Number(absl::string_view text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(Squeeze(Narrow(text)));
  return parsed.ok() ? std::optional<Decimal>(*parsed) : std::nullopt;
}

class Record {
 public:
  Record(const std::map<std::string, size_t>& columns, const std::vector<std::string>& cells)
      : columns_(columns), cells_(cells) {}
  std::string operator[](const char* column) const {
    const auto at = columns_.find(column);
    return at == columns_.end() || at->second >= cells_.size() ? "" : Tidy(cells_[at->second]);
  }

 private:
  const std::map<std::string, size_t>& columns_;
  const std::vector<std::string>& cells_;
};

void FillTable(const Record& record, ParsedTable* table) {
  const auto text = [&](const char* column, std::string* out) {
    if (!record[column].empty()) *out = record[column];
  };
  const auto number = [&](const char* column, std::optional<Decimal>* out) {
    if (!record[column].empty()) *out = Number(record[column]);
  };
  text("unit_name", &table->unit_name);
  text("leader", &table->leader);
  text("goal", &table->goal);
  number("budget_total", &table->total);
  number("budget_fiscal", &table->fiscal);
  number("budget_other", &table->other);
  int year = 0;
  if (absl::SimpleAtoi(record["fiscal_year"], &year)) table->fiscal_year = year;
}

ParsedIndicator ReadIndicator(const Record& record, const ImportOptions& options) {
  ParsedIndicator row;
  row.level1 = LevelName(record["level1"]);
  row.level2 = LevelName(record["level2"]);
  row.name = record["indicator"];
  const Quantity target = ParseQuantity(record["target"]);
  row.comparator = target.comparator;
  row.target = target.value;
  row.unit = target.unit;
  row.target_text = target.text;
  row.basis = record["basis"];
  const Quantity prior = ParseQuantity(record["prior_value"]);
  row.prior_value = prior.value;
  row.prior_text = prior.text;
  row.weight = Number(record["weight"]);
  row.rule_text = record["rule"];
  row.rule = scoring::ResolveRule(*options.profile, row.rule_text);
  row.evidence = record["evidence"];
  return row;
}

}  // namespace

std::vector<std::vector<std::string>> ParseCsv(absl::string_view text, std::vector<int>* lines) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  int line = 1, record_line = 1;
  const auto end_cell = [&] {
    record.push_back(std::move(cell));
    cell.clear();
  };
  const auto end_record = [&] {
    end_cell();
    if (record.size() > 1 || !Squeeze(record[0]).empty()) {
      records.push_back(std::move(record));
      if (lines != nullptr) lines->push_back(record_line);
    }
    record.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back('"');
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n') {
      end_record();
      record_line = line;
    } else if (c != '\r') {
      cell.push_back(c);
    }
  }
  if (!cell.empty() || !record.empty()) end_record();
  return records;
}

bool IsTemplate(absl::string_view text) {
  const std::vector<std::vector<std::string>> first = ParseCsv(text.substr(0, text.find('\n')), nullptr);
  if (first.empty()) return false;
  bool table = false, indicator = false, target = false;
  for (const std::string& cell : first[0]) {
    const std::string word = Squeeze(cell);
    table = table || word == "table_name";
    indicator = indicator || word == "indicator";
    target = target || word == "target";
  }
  return table && indicator && target;
}

ParsedDocument ReadTemplate(absl::string_view text, const ImportOptions& options) {
  ParsedDocument document;
  std::vector<int> lines;
  const std::vector<std::vector<std::string>> records = ParseCsv(text, &lines);
  std::map<std::string, size_t> columns, table_index;
  for (size_t i = 0; i < records[0].size(); ++i) columns.emplace(Squeeze(records[0][i]), i);
  std::string kind, name;
  for (size_t i = 1; i < records.size() && i <= options.max_rows; ++i) {
    const Record record(columns, records[i]);
    if (!record["table_kind"].empty()) kind = record["table_kind"];
    if (!record["table_name"].empty()) name = record["table_name"];
    const auto [at, fresh] = table_index.emplace(absl::StrCat(kind, "\t", name), document.tables.size());
    if (fresh) {
      ParsedTable& table = document.tables.emplace_back();
      table.kind = kind == "unit" || kind == "单位" ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
      table.name = name;
      table.first_line = lines[i];
    }
    ParsedTable& table = document.tables[at->second];
    FillTable(record, &table);
    table.last_line = lines[i];
    table.indicators.push_back(ReadIndicator(record, options));
    ParsedIndicator& row = table.indicators.back();
    row.line = lines[i];
    row.raw = Shorten(absl::StrJoin(records[i], ","), 1000);
    absl::StrAppend(&table.raw, row.raw, "\n");
    if (row.rule == scoring::RuleKind::kUnmapped && row.weight.has_value()) {
      Finding finding = MakeFinding(Severity::kWarning, "RULE_UNMAPPED", table, static_cast<int>(at->second) + 1,
                                    static_cast<int>(table.indicators.size()), row.line, "rule");
      finding.indicator_name = row.name;
      finding.raw = row.rule_text;
      finding.points = row.weight;
      finding.message = {"未知的赋分规则，暂不计分，不作猜测。", "Unknown scoring rule: no score until it is mapped; it is not guessed."};
      finding.repair = {"请在评分方案中为这一规则名称建立对应。", "Map this rule text in the profile or choose a rule."};
      document.findings.push_back(std::move(finding));
    }
  }
  return document;
}

}  // namespace attain::importing
