#include "service/importing/csv.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/heading.h"
#include "service/importing/quantity.h"
#include "service/importing/table_reader.h"
#include "service/importing/text.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

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
  row.weight = ParseNumber(record["weight"]);
  row.rule_text = record["rule"];
  row.rule = scoring::ResolveRule(*options.profile, row.rule_text);
  row.evidence = record["evidence"];
  return row;
}

// Puts the records into their tables and tells what could not be taken.
class TemplateReader {
 public:
  TemplateReader(const CsvRecords& csv, const ImportOptions& options) : csv_(csv), options_(options) {
    for (size_t i = 0; i < csv.records[0].size(); ++i) columns_.emplace(Squeeze(csv.records[0][i]), i);
  }

  ParsedDocument Read() {
    for (size_t i = 1; i < csv_.records.size(); ++i) ReadRecord(csv_.records[i], csv_.lines[i]);
    if (csv_.unclosed > 0) {
      Finding finding;
      finding.severity = Severity::kError;
      finding.code = "QUOTE_UNCLOSED";
      finding.place.line = csv_.unclosed;
      finding.message = {"这一行的引号没有结束，其后的内容都被当成了一个单元格。", "A quote that begins here never ends: all that follows was taken for one cell."};
      finding.repair = {"请补上引号后重新导入。", "Close the quote and import again."};
      document_.findings.push_back(std::move(finding));
    }
    return std::move(document_);
  }

 private:
  void ReadRecord(const std::vector<std::string>& cells, int line) {
    const Record record(columns_, cells);
    if (!record["table_kind"].empty()) kind_ = record["table_kind"];
    if (!record["table_name"].empty()) name_ = record["table_name"];
    const auto [at, fresh] = index_.emplace(absl::StrCat(kind_, "\t", name_), document_.tables.size());
    if (fresh) {
      ParsedTable& table = document_.tables.emplace_back();
      table.kind = kind_ == "unit" || kind_ == "单位" ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
      table.name = name_;
      table.first_line = line;
    }
    table_ = &document_.tables[at->second];
    table_number_ = static_cast<int>(at->second) + 1;
    table_->last_line = line;
    ParsedIndicator& row = table_->indicators.emplace_back(ReadIndicator(record, options_));
    row.line = line;
    row.raw = Shorten(absl::StrJoin(cells, ","), 1000);
    absl::StrAppend(&table_->raw, row.raw, "\n");
    FillTable(record, line);
    ReportRow(record, row);
  }

  void FillTable(const Record& record, int line) {
    const auto text = [&](const char* column, std::string* out) {
      if (!record[column].empty()) *out = record[column];
    };
    const auto number = [&](const char* column, std::optional<Decimal>* out) {
      if (record[column].empty()) return;
      *out = ParseNumber(record[column]);
      if (!out->has_value()) NotANumber(record, column, line);
    };
    text("unit_name", &table_->unit_name);
    text("leader", &table_->leader);
    text("goal", &table_->goal);
    number("budget_total", &table_->total);
    number("budget_fiscal", &table_->fiscal);
    number("budget_other", &table_->other);
    int year = 0;
    if (absl::SimpleAtoi(record["fiscal_year"], &year)) {
      table_->fiscal_year = year;
    } else if (!record["fiscal_year"].empty()) {
      NotANumber(record, "fiscal_year", line);
    }
  }

  Finding& Add(const char* code, const char* column, const Record& record, int line) {
    Finding finding = MakeFinding(Severity::kWarning, code, *table_, table_number_, static_cast<int>(table_->indicators.size()), line, column);
    finding.indicator_name = table_->indicators.back().name;
    finding.raw = Shorten(record[column]);
    return document_.findings.emplace_back(std::move(finding));
  }

  void NotANumber(const Record& record, const char* column, int line) {
    Finding& finding = Add("CELL_NOT_A_NUMBER", column, record, line);
    finding.message = {"这一格应为数字，现按空白处理。", "This cell should be a number; it is taken as blank."};
    finding.repair = {"请改为普通十进制数，例如 35.33。", "Write a plain decimal, e.g. 35.33."};
  }

  void ReportRow(const Record& record, const ParsedIndicator& row) {
    if (!row.weight.has_value() && !record["weight"].empty()) {
      Finding& finding = Add("WEIGHT_NOT_A_NUMBER", "weight", record, row.line);
      finding.message = {"权重列不是数字，按没有权重处理。", "The weight is not a number; the row is taken as unweighted."};
      finding.repair = {"如应有权重，请补填分值。", "Fill in the points if there should be any."};
    }
  }

  const CsvRecords& csv_;
  const ImportOptions& options_;
  std::map<std::string, size_t> columns_, index_;
  std::string kind_, name_;
  ParsedDocument document_;
  ParsedTable* table_ = nullptr;  // of the record at hand
  int table_number_ = 0;
};

}  // namespace

CsvRecords ParseCsv(absl::string_view text) {
  CsvRecords csv;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  int line = 1, record_line = 1, quote_line = 0;
  const auto end_cell = [&] {
    record.push_back(std::move(cell));
    cell.clear();
  };
  const auto end_record = [&] {
    end_cell();
    if (record.size() > 1 || !Squeeze(record[0]).empty()) {
      csv.records.push_back(std::move(record));
      csv.lines.push_back(record_line);
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
      quote_line = line;
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
  if (quoted) csv.unclosed = quote_line;
  return csv;
}

bool IsTemplate(absl::string_view text) {
  const CsvRecords first = ParseCsv(text.substr(0, text.find('\n')));
  if (first.records.empty()) return false;
  bool table = false, indicator = false, target = false;
  for (const std::string& cell : first.records[0]) {
    const std::string word = Squeeze(cell);
    table = table || word == "table_name";
    indicator = indicator || word == "indicator";
    target = target || word == "target";
  }
  return table && indicator && target;
}

absl::StatusOr<ParsedDocument> ReadTemplate(absl::string_view text, const ImportOptions& options) {
  const CsvRecords csv = ParseCsv(text);
  if (csv.records.size() > options.max_rows + 1) {
    return absl::InvalidArgumentError(absl::StrCat("it has more than ", options.max_rows, " indicator rows"));
  }
  return TemplateReader(csv, options).Read();
}

}  // namespace attain::importing
