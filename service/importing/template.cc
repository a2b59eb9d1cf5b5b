#include "service/importing/template.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "service/importing/tables/heading.h"
#include "service/importing/values/quantity.h"
#include "service/importing/rule_options.h"
#include "service/importing/tables/table_reader.h"
#include "service/importing/values/target.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

constexpr char kYes[] = "yes", kNo[] = "no";

std::string Folded(absl::string_view cell) { return Squeeze(Narrow(cell)); }

// Chinese words as they are, Latin ones in any case.
absl::string_view KeyOf(absl::string_view list, const std::string& word) {
  const std::string folded = Folded(word);
  const absl::string_view key = WordList::Named(list).KeyOf(folded);
  return key.empty() ? WordList::Named(list).KeyOf(absl::AsciiStrToLower(folded)) : key;
}

std::string ColumnOf(const std::string& word) { return std::string(KeyOf("template_columns", word)); }

// What a choice's word stands for ("kind unit" for 单位整体 under "kind "); empty for no such word.
std::string ChoiceOf(absl::string_view prefix, const std::string& word) {
  absl::string_view rest = KeyOf("template_words", word);
  return absl::ConsumePrefix(&rest, prefix) ? std::string(rest) : "";
}

// "G5" of a sheet.
std::string AddressOf(size_t column, int row) {
  std::string letters;
  for (size_t at = column + 1; at > 0; at = (at - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (at - 1) % 26));
  return absl::StrCat(letters, row);
}

// Which column stands where. A column that the template does not have, or has already, has an empty name.
struct Columns {
  std::vector<std::string> names;
  std::map<std::string, size_t, std::less<>> index;

  explicit Columns(const std::vector<std::string>& header) {
    for (size_t i = 0; i < header.size(); ++i) {
      const std::string name = ColumnOf(header[i]);
      const bool fresh = !name.empty() && index.emplace(name, i).second;
      names.push_back(fresh ? name : "");
    }
  }
};

// One record and what became of its cells.
class Record {
 public:
  Record(const Columns& columns, const std::vector<std::string>& cells, int line)
      : line(line), columns_(columns), cells_(cells), told_(cells.size(), false) {}

  std::string operator[](absl::string_view column) const {
    const size_t at = At(column);
    return at < cells_.size() ? Tidy(cells_[at]) : "";
  }
  bool Has(absl::string_view column) const { return !(*this)[column].empty(); }
  bool HasAny(std::initializer_list<absl::string_view> columns) const {
    return std::any_of(columns.begin(), columns.end(), [this](absl::string_view column) { return Has(column); });
  }
  size_t At(absl::string_view column) const {
    const auto at = columns_.index.find(column);
    return at == columns_.index.end() ? std::string::npos : at->second;
  }
  void Tell(absl::string_view column) {
    if (const size_t at = At(column); at < told_.size()) told_[at] = true;
  }
  // Every cell that is not empty: told, or read.
  void Count(Ledger* ledger, std::vector<int64_t>* unknown) const {
    for (size_t i = 0; i < cells_.size(); ++i) {
      if (Squeeze(cells_[i]).empty()) continue;
      const bool known = i < columns_.names.size() && !columns_.names[i].empty();
      if (!known) {
        if (unknown->size() <= i) unknown->resize(i + 1);
        ++(*unknown)[i];
      }
      ++(known && !told_[i] ? ledger->read : ledger->told);
    }
  }

  const int line;

 private:
  const Columns& columns_;
  const std::vector<std::string>& cells_;
  std::vector<bool> told_;
};

// Puts the records into their tables and tells what could not be taken.
class TemplateReader {
 public:
  TemplateReader(const CsvRecords& csv, const ImportOptions& options) : csv_(csv), options_(options), columns_(csv.records[0]) {}

  ParsedDocument Read() {
    for (size_t i = 1; i < csv_.records.size(); ++i) ReadRecord(csv_.records[i], csv_.lines[i]);
    TellColumns();
    if (csv_.unclosed > 0) TellQuote();
    return std::move(document_);
  }

 private:
  void ReadRecord(const std::vector<std::string>& cells, int line) {
    Record record(columns_, cells, line);
    if (std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return Squeeze(cell).empty(); })) return;
    FindTable(&record);
    table_->last_line = line;
    const std::string raw = Shorten(absl::StrJoin(cells, ","), 1000);
    absl::StrAppend(&table_->raw, raw, "\n");
    FillTable(&record);
    if (record.HasAny({"level1", "level2", "indicator", "target", "basis", "prior_value", "weight", "rule", "evidence", "accumulation",
                       "allow_negative", "applicability", "options"})) {
      ReadIndicator(&record, raw);
    }
    record.Count(&document_.ledger, &unknown_);
  }

  void FindTable(Record* record) {
    const std::string word = (*record)["table_kind"];
    const std::string kind = ChoiceOf("kind ", word);
    if (!word.empty()) kind_ = kind.empty() ? "project" : kind;
    for (const auto& [column, kept] : {std::pair("unit_name", &unit_), std::pair("fiscal_year", &year_), std::pair("table_name", &name_)}) {
      if (record->Has(column)) *kept = (*record)[column];
    }
    const auto [at, fresh] = index_.emplace(absl::StrJoin({kind_, unit_, year_, name_}, "\t"), document_.tables.size());
    if (fresh) {
      ParsedTable& table = document_.tables.emplace_back();
      table.kind = kind_ == "unit" ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
      table.name = name_;
      table.unit_name = unit_;
      table.first_line = record->line;
    }
    table_ = &document_.tables[at->second];
    number_ = static_cast<int>(at->second) + 1;
    if (fresh) ReadYear(record);
    if (!word.empty() && kind.empty()) {
      Finding& finding = Add(Severity::kError, "KIND_UNKNOWN", "table_kind", record);
      finding.message = {"不认识的目标表类别。", "Unknown kind of table."};
      finding.repair = {"请写 unit（单位整体）或 project（项目）。", "Write unit (单位整体) or project (项目)."};
    }
  }

  void ReadYear(Record* record) {
    std::string text = Folded(year_);
    for (const absl::string_view tail : {"年度", "年"}) text = std::string(absl::StripSuffix(text, tail));
    int year = 0;
    if (absl::SimpleAtoi(text, &year)) {
      table_->fiscal_year = year;
    } else if (!year_.empty()) {
      NotANumber("fiscal_year", record);
    }
  }

  void FillTable(Record* record) {
    for (const auto& [column, kept] : {std::pair("leader", &table_->leader), std::pair("goal", &table_->goal)}) {
      const std::string text = (*record)[column];
      if (kept->empty()) *kept = text;
      if (!text.empty() && text != *kept) Differs(column, *kept, record);
    }
    for (const auto& [column, kept] : {std::pair("budget_total", &table_->total), std::pair("budget_fiscal", &table_->fiscal),
                                       std::pair("budget_other", &table_->other)}) {
      if (!record->Has(column)) continue;
      const std::optional<Decimal> money = ReadMoney(column, record);
      if (!money.has_value()) continue;
      if (!kept->has_value()) *kept = money;
      if (**kept != *money) Differs(column, (*kept)->ToString(), record);
    }
  }

  // A number, or one with a unit of money, as 万元.
  std::optional<Decimal> ReadMoney(const char* column, Record* record) {
    const std::string text = (*record)[column];
    if (const auto plain = ParseNumber(text); plain.has_value()) return plain;
    const std::string folded = Folded(text);
    const size_t end = folded.find_first_not_of("0123456789.,-+");
    const auto number = ParseNumber(folded.substr(0, end));
    const std::string unit = end == std::string::npos ? "" : folded.substr(end);
    const auto money = number.has_value() ? ConvertUnit(*number, unit, "万元") : std::nullopt;
    if (!money.has_value()) {
      NotANumber(column, record);
    } else if (!SameUnit(unit, "万元")) {
      Finding& finding = Add(Severity::kNote, "UNIT_CONVERTED", column, record);
      finding.understood = absl::StrCat(money->ToString(), " 万元");
      finding.message = {"金额已精确换算为万元。", "The amount was converted exactly to 万元."};
    }
    return money;
  }

  void ReadIndicator(Record* record, const std::string& raw) {
    ParsedIndicator& row = table_->indicators.emplace_back();
    row.line = record->line;
    row.raw = raw;
    row.name = (*record)["indicator"];
    FillLevels(*record, &row);
    const Quantity target = ParseQuantity((*record)["target"]);
    row.comparator = target.comparator;
    row.target = target.value;
    row.unit = target.unit;
    row.target_text = target.text;
    // "书车（≥**台）" beside a bare 2.
    if (target.value.has_value() && target.comparator == scoring::Comparator::kNone && target.unit.empty()) {
      NameHint hint = ComparatorAndUnitOfName(row.name);
      row.comparator = hint.comparator;
      row.unit = std::move(hint.unit);
    }
    row.basis = (*record)["basis"];
    const Quantity prior = ParseQuantity((*record)["prior_value"]);
    row.prior_value = prior.value;
    row.prior_text = prior.text;
    row.rule_text = (*record)["rule"];
    row.rule = scoring::ResolveRule(*options_.profile, row.rule_text);
    row.evidence = (*record)["evidence"];
    ReadWeight(record, &row);
    ReadChoices(record, &row);
  }

  // Blank level cells below a filled one are merged cells. A new level 1 begins without level 2.
  void FillLevels(const Record& record, ParsedIndicator* row) const {
    row->level1 = LevelName(record["level1"]);
    row->level2 = LevelName(record["level2"]);
    const size_t count = table_->indicators.size();
    if (count < 2) return;
    const ParsedIndicator& above = table_->indicators[count - 2];
    if (row->level1.empty()) row->level1 = above.level1;
    if (row->level2.empty() && row->level1 == above.level1) row->level2 = above.level2;
  }

  void ReadWeight(Record* record, ParsedIndicator* row) {
    std::string text = Folded((*record)["weight"]);
    for (const absl::string_view tail : {"分", "%"}) text = std::string(absl::StripSuffix(text, tail));
    row->weight = ParseNumber(text);
    if (row->weight.has_value() || !record->Has("weight")) return;
    Finding& finding = Add(Severity::kError, "WEIGHT_NOT_A_NUMBER", "weight", record);
    finding.message = {"权重列不是数字，按没有权重处理。", "The weight is not a number; the row is taken as unweighted."};
    finding.repair = {"请填写分值，例如 45、45分 或 45%。", "Write the points: 45, 45分 or 45%."};
  }

  void ReadChoices(Record* record, ParsedIndicator* row) {
    const std::string adding = ChoiceOf("accumulation ", (*record)["accumulation"]);
    static constexpr std::pair<absl::string_view, Accumulation> kWays[] = {{"LATEST", Accumulation::kLatest},
                                                                           {"SUM", Accumulation::kSum},
                                                                           {"AVERAGE", Accumulation::kAverage},
                                                                           {"RATIO", Accumulation::kRatio}};
    for (const auto& [word, way] : kWays) {
      if (adding == word) row->accumulation = way;
    }
    if (adding.empty()) TellUnknownWord("accumulation", record, {"LATEST（最新）、SUM（累计）、AVERAGE（平均）或 RATIO（比率）", "LATEST, SUM, AVERAGE or RATIO"});
    const std::string negative = ChoiceOf("", (*record)["allow_negative"]), applies = ChoiceOf("", (*record)["applicability"]);
    row->allow_negative = negative == kYes;
    row->not_applicable = applies == kNo;
    if (negative != kYes && negative != kNo) TellUnknownWord("allow_negative", record, {"是 或 否", "yes or no"});
    if (applies != kYes && applies != kNo) TellUnknownWord("applicability", record, {"适用 或 不适用", "yes (applicable) or no"});
    const std::vector<std::string> unread = ParseRuleOptions((*record)["options"], &row->options);
    if (unread.empty()) return;
    Finding& finding = Add(Severity::kError, "OPTION_UNKNOWN", "options", record);
    finding.raw = absl::StrJoin(unread, "; ");
    finding.message = {"规则选项读不懂。", "Options of the rule cannot be read."};
    finding.repair = {absl::StrCat("写法如 pass_gate=0.6; equal_mode=strict，可用：", RuleOptionNames(), "。"),
                      absl::StrCat("Write like pass_gate=0.6; equal_mode=strict. There are: ", RuleOptionNames(), ".")};
  }

  void TellUnknownWord(const char* column, Record* record, const Text& choices) {
    if (!record->Has(column)) return;
    Finding& finding = Add(Severity::kError, "CHOICE_UNKNOWN", column, record);
    finding.message = {"这一格的用词不认识，没有采用。", "The word in this cell is unknown; it was not taken."};
    finding.repair = {absl::StrCat("请写 ", choices.zh, "。"), absl::StrCat("Write ", choices.en, ".")};
  }

  // A finding on one cell, which is then told.
  Finding& Add(Severity severity, const char* code, const char* column, Record* record) {
    const bool of_row = !table_->indicators.empty() && table_->indicators.back().line == record->line;
    Finding finding = MakeFinding(severity, code, *table_, number_, of_row ? static_cast<int>(table_->indicators.size()) : 0, record->line,
                                  column);
    if (of_row) {
      finding.indicator_name = table_->indicators.back().name;
      finding.points = table_->indicators.back().weight;
    }
    finding.raw = Shorten((*record)[column]);
    Place(record->At(column), record->line, &finding);
    if (severity != Severity::kNote) record->Tell(column);
    return document_.findings.emplace_back(std::move(finding));
  }

  void Place(size_t column, int line, Finding* finding) const {
    if (csv_.sheet.empty()) return;
    finding->place.sheet = csv_.sheet;
    finding->place.address = AddressOf(column, line);
  }

  void NotANumber(const char* column, Record* record) {
    Finding& finding = Add(Severity::kWarning, "CELL_NOT_A_NUMBER", column, record);
    finding.message = {"这一格应为数字，现按空白处理。", "This cell should be a number; it is taken as blank."};
    finding.repair = {"请改为普通十进制数，例如 35.33；金额可带单位。", "Write a plain decimal, e.g. 35.33; money may have its unit."};
  }

  void Differs(const char* column, const std::string& kept, Record* record) {
    Finding& finding = Add(Severity::kWarning, "TABLE_CELL_DIFFERS", column, record);
    finding.understood = Shorten(kept);
    finding.message = {"同一张表前面的行写的不同，以先写的为准。", "An earlier line of the same table says otherwise; that one counts."};
    finding.repair = {"表级的列只在第一行填写即可。", "Columns of the table need to be filled in on its first line only."};
  }

  void TellColumns() {
    const std::vector<std::string>& header = csv_.records[0];
    unknown_.resize(std::max(unknown_.size(), header.size()));
    for (size_t i = 0; i < unknown_.size(); ++i) {
      const std::string word = i < header.size() ? Tidy(header[i]) : "";
      const bool known = i < columns_.names.size() && !columns_.names[i].empty();
      if (known) ++document_.ledger.furniture, ++document_.ledger.furniture_kinds["header"];
      if (known || (word.empty() && unknown_[i] == 0)) continue;
      document_.ledger.told += word.empty() ? 0 : 1;
      const std::string again = ColumnOf(word);
      Finding& finding = document_.findings.emplace_back();
      finding.severity = again.empty() ? Severity::kNote : Severity::kWarning;
      finding.code = again.empty() ? "COLUMN_UNKNOWN" : "COLUMN_TWICE";
      finding.place.line = csv_.lines[0];
      finding.place.cell = word;
      Place(i, csv_.lines[0], &finding);
      finding.raw = Shorten(word);
      const std::string shown = word.empty() ? absl::StrCat("#", i + 1) : Shorten(word);
      finding.message = {absl::StrCat("列“", shown, "”", again.empty() ? "模板没有" : "重复", "，没有读入，其中有 ", unknown_[i], " 个单元格有内容。"),
                         absl::StrCat("The column \"", shown, "\" ", again.empty() ? "is none of the template's" : "is there twice",
                                      "; it was not read. ", unknown_[i], " of its cells hold something.")};
      finding.repair = {"如需读入，请改用模板的列名（attain template）。", "To have it read, use a column name of the template (attain template)."};
    }
  }

  void TellQuote() {
    Finding& finding = document_.findings.emplace_back();
    finding.severity = Severity::kError;
    finding.code = "QUOTE_UNCLOSED";
    finding.place.line = csv_.unclosed;
    finding.message = {"这一行的引号没有结束，其后的内容都被当成了一个单元格。", "A quote that begins here never ends: all that follows was taken for one cell."};
    finding.repair = {"请补上引号后重新导入。", "Close the quote and import again."};
  }

  const CsvRecords& csv_;
  const ImportOptions& options_;
  const Columns columns_;
  std::map<std::string, size_t> index_;
  std::string kind_ = "project", unit_, year_, name_;  // of the record at hand
  ParsedDocument document_;
  ParsedTable* table_ = nullptr;  // of the record at hand
  int number_ = 0;
  std::vector<int64_t> unknown_;  // non-empty cells of columns that are not read
};

// The separator that makes the first line a header; 0 for none.
char SeparatorOf(absl::string_view text) {
  for (const char separator : {',', '\t', ';'}) {
    const CsvRecords first = ParseCsv(text.substr(0, text.find('\n')), separator);
    if (!first.records.empty() && IsTemplateHeader(first.records[0])) return separator;
  }
  return '\0';
}

}  // namespace

bool IsTemplateHeader(const std::vector<std::string>& cells) {
  std::set<std::string> columns;
  bool english = false;
  for (const std::string& cell : cells) {
    const std::string column = ColumnOf(cell);
    if (column.empty()) continue;
    columns.insert(column);
    english = english || absl::AsciiStrToLower(Folded(cell)) == column;
  }
  const bool enough = columns.count("table_name") > 0 && columns.count("indicator") > 0 && columns.count("target") > 0;
  return enough && (english || columns.count("table_kind") > 0);
}

bool IsTemplate(absl::string_view text) { return SeparatorOf(text) != '\0'; }

absl::StatusOr<ParsedDocument> ReadTemplate(const CsvRecords& records, const ImportOptions& options) {
  if (records.records.empty()) return ParsedDocument();
  if (records.records.size() > options.max_rows + 1) {
    return absl::InvalidArgumentError(absl::StrCat("it has more than ", options.max_rows, " indicator rows"));
  }
  return TemplateReader(records, options).Read();
}

absl::StatusOr<ParsedDocument> ReadTemplate(absl::string_view text, const ImportOptions& options) {
  const char separator = SeparatorOf(text);
  return ReadTemplate(ParseCsv(text, separator == '\0' ? ',' : separator), options);
}

}  // namespace attain::importing
