#include "service/importing/template.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/rule_options.h"
#include "service/importing/template_record.h"
#include "service/importing/values/money.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/target.h"
#include "service/importing/values/text.h"
#include "service/importing/values/weight.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

constexpr char kYes[] = "yes", kNo[] = "no";

// Puts the records into their tables and tells what could not be taken.
class TemplateReader {
 public:
  TemplateReader(const CsvRecords& csv, const ImportOptions& options)
      : csv_(csv), options_(options), columns_(csv.records[0]) {}

  ParsedDocument Read() {
    for (size_t i = 1; i < csv_.records.size(); ++i) ReadRecord(i);
    TellColumns();
    if (csv_.unclosed > 0) TellQuote();
    return std::move(document_);
  }

 private:
  void ReadRecord(size_t number) {
    const std::vector<std::string>& cells = csv_.records[number];
    TemplateRecord record(columns_, cells, number);
    in_row_ = false;
    if (std::all_of(cells.begin(), cells.end(),
                    [](const std::string& cell) { return Squeeze(cell).empty(); }))
      return;
    FindTable(&record);
    if (csv_.addresses.empty()) table_->last_line = csv_.lines[number];
    const std::string raw = Shorten(absl::StrJoin(cells, ","), 1000);
    absl::StrAppend(&table_->raw, raw, "\n");
    FillTable(&record);
    if (record.HasAny({"level1", "level2", "indicator", "target", "basis", "prior_value", "weight", "rule",
                       "evidence", "accumulation", "allow_negative", "applicability", "options"})) {
      ReadIndicator(&record, raw);
    }
    record.Count(&document_.ledger, &unknown_);
  }

  void FindTable(TemplateRecord* record) {
    const std::string word = (*record)["table_kind"];
    const std::string kind = ChoiceOf("kind ", word);
    if (!word.empty()) kind_ = kind.empty() ? "project" : kind;
    for (const auto& [column, kept] : {std::pair("unit_name", &unit_), std::pair("fiscal_year", &year_),
                                       std::pair("table_name", &name_)}) {
      if (record->Has(column)) *kept = (*record)[column];
    }
    const auto [at, fresh] =
        index_.emplace(absl::StrJoin({kind_, unit_, year_, name_}, "\t"), document_.tables.size());
    if (fresh) {
      ParsedTable& table = document_.tables.emplace_back();
      table.kind = kind_ == "unit" ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
      table.name = name_;
      table.unit_name = unit_;
      table.place = PlaceOf(record->number, record->At("table_name"));
      table.first_line = table.place.line;
    }
    table_ = &document_.tables[at->second];
    number_ = static_cast<int>(at->second) + 1;
    if (fresh) ReadYear(record);
    if (!word.empty() && kind.empty()) {
      Finding& finding = Add(Severity::kError, "KIND_UNKNOWN", "table_kind", record);
      finding.message = {"不认识的目标表类别。", "Unknown kind of table."};
      finding.repair = {"请写 unit（单位整体）或 project（项目）。",
                        "Write unit (单位整体) or project (项目)."};
    }
  }

  void ReadYear(TemplateRecord* record) {
    std::string text = Squeeze(Narrow(year_));
    for (const absl::string_view tail : {"年度", "年"}) text = std::string(absl::StripSuffix(text, tail));
    int year = 0;
    if (absl::SimpleAtoi(text, &year)) {
      table_->fiscal_year = year;
    } else if (!year_.empty()) {
      NotANumber("fiscal_year", record);
    }
  }

  void FillTable(TemplateRecord* record) {
    for (const auto& [column, kept] :
         {std::pair("leader", &table_->leader), std::pair("goal", &table_->goal)}) {
      const std::string text = (*record)[column];
      if (kept->empty()) *kept = text;
      if (!text.empty() && text != *kept) Differs(column, *kept, record);
    }
    for (const auto& [column, kept] :
         {std::pair("budget_total", &table_->total), std::pair("budget_fiscal", &table_->fiscal),
          std::pair("budget_other", &table_->other)}) {
      Money money = ParseMoney((*record)[column]);
      AddAll(std::move(money.findings), column, record);
      if (!money.value.has_value()) continue;
      if (!kept->has_value()) *kept = money.value;
      if (**kept != *money.value) Differs(column, (*kept)->ToString(), record);
    }
  }

  void ReadIndicator(TemplateRecord* record, const std::string& raw) {
    ParsedIndicator& row = table_->indicators.emplace_back();
    in_row_ = true;
    row.raw = raw;
    row.place = PlaceOf(record->number, record->At("indicator"));
    row.line = row.place.line;
    row.name = (*record)["indicator"];
    FillLevels(*record, &row);
    TargetReading target = ReadTarget({(*record)["target"], "", "", row.level1, row.level2, row.name});
    row.comparator = target.comparator;
    row.target = target.target;
    row.unit = target.unit;
    row.target_text = target.text;
    row.basis = (*record)["basis"];
    const Quantity prior = ParseQuantity((*record)["prior_value"]);
    row.prior_value = prior.value;
    row.prior_text = prior.text;
    row.rule_text = (*record)["rule"];
    row.rule = scoring::ResolveRule(*options_.profile, row.rule_text);
    row.evidence = (*record)["evidence"];
    ReadWeight(record, &row);
    AddAll(std::move(target.findings), "target", record);
    ReadChoices(record, &row);
  }

  // Blank level cells below a filled one are merged cells. A new level 1 begins without level 2.
  void FillLevels(const TemplateRecord& record, ParsedIndicator* row) const {
    row->level1 = LevelName(record["level1"]);
    row->level2 = LevelName(record["level2"]);
    const size_t count = table_->indicators.size();
    if (count < 2) return;
    const ParsedIndicator& above = table_->indicators[count - 2];
    if (row->level1.empty()) row->level1 = above.level1;
    if (row->level2.empty() && row->level1 == above.level1) row->level2 = above.level2;
  }

  void ReadWeight(TemplateRecord* record, ParsedIndicator* row) {
    Weight weight = ParseWeight((*record)["weight"]);
    row->weight = weight.value;
    // Without its points a table would come into force with no score at all.
    for (Finding& finding : weight.findings) {
      if (finding.code == "WEIGHT_NOT_A_NUMBER") finding.severity = Severity::kError;
    }
    AddAll(std::move(weight.findings), "weight", record);
  }

  void ReadChoices(TemplateRecord* record, ParsedIndicator* row) {
    const std::string adding = ChoiceOf("accumulation ", (*record)["accumulation"]);
    static constexpr std::pair<absl::string_view, Accumulation> kWays[] = {
        {"LATEST", Accumulation::kLatest},
        {"SUM", Accumulation::kSum},
        {"AVERAGE", Accumulation::kAverage},
        {"RATIO", Accumulation::kRatio}};
    for (const auto& [word, way] : kWays) {
      if (adding == word) row->accumulation = way;
    }
    if (adding.empty())
      TellUnknownWord(
          "accumulation", record,
          {"LATEST（最新）、SUM（累计）、AVERAGE（平均）或 RATIO（比率）", "LATEST, SUM, AVERAGE or RATIO"});
    const std::string negative = ChoiceOf("", (*record)["allow_negative"]),
                      applies = ChoiceOf("", (*record)["applicability"]);
    row->allow_negative = negative == kYes;
    row->not_applicable = applies == kNo;
    if (negative != kYes && negative != kNo)
      TellUnknownWord("allow_negative", record, {"是 或 否", "yes or no"});
    if (applies != kYes && applies != kNo)
      TellUnknownWord("applicability", record, {"适用 或 不适用", "yes (applicable) or no"});
    const std::vector<std::string> unread = ParseRuleOptions((*record)["options"], &row->options);
    if (unread.empty()) return;
    Finding& finding = Add(Severity::kError, "OPTION_UNKNOWN", "options", record);
    finding.raw = absl::StrJoin(unread, "; ");
    finding.message = {"规则选项读不懂。", "Options of the rule cannot be read."};
    finding.repair = {
        absl::StrCat("写法如 pass_gate=0.6; equal_mode=strict，可用：", RuleOptionNames(), "。"),
        absl::StrCat("Write like pass_gate=0.6; equal_mode=strict. There are: ", RuleOptionNames(), ".")};
  }

  void TellUnknownWord(const char* column, TemplateRecord* record, const Text& choices) {
    if (!record->Has(column)) return;
    Finding& finding = Add(Severity::kError, "CHOICE_UNKNOWN", column, record);
    finding.message = {"这一格的用词不认识，没有采用。",
                       "The word in this cell is unknown; it was not taken."};
    finding.repair = {absl::StrCat("请写 ", choices.zh, "。"), absl::StrCat("Write ", choices.en, ".")};
  }

  // Findings of the readers of one cell, which do not know where it stands.
  void AddAll(std::vector<Finding> findings, const char* column, TemplateRecord* record) {
    for (Finding& from : findings) {
      Finding& finding = Add(from.severity, from.code.c_str(), column, record);
      if (!from.raw.empty()) finding.raw = std::move(from.raw);
      finding.understood = std::move(from.understood);
      finding.repair = std::move(from.repair);
      finding.message = std::move(from.message);
    }
  }

  // A finding on one cell, which is then told.
  Finding& Add(Severity severity, const char* code, const char* column, TemplateRecord* record) {
    const int row = in_row_ ? static_cast<int>(table_->indicators.size()) : 0;
    Finding finding = MakeFinding(severity, code, *table_, number_, row,
                                  PlaceOf(record->number, record->At(column)), column);
    if (in_row_) {
      finding.indicator_name = table_->indicators.back().name;
      finding.points = table_->indicators.back().weight;
    }
    finding.raw = Shorten((*record)[column]);
    if (severity != Severity::kNote) record->Tell(column);
    return document_.findings.emplace_back(std::move(finding));
  }

  // A line of a text, or the address of a grid's cell.
  Place PlaceOf(size_t record, size_t column) const {
    Place place;
    place.sheet = csv_.sheet;
    place.page = csv_.page;
    if (csv_.addresses.empty()) {
      place.line = csv_.lines[record];
    } else if (column < csv_.addresses[record].size()) {
      place.address = csv_.addresses[record][column];
    }
    return place;
  }

  void NotANumber(const char* column, TemplateRecord* record) {
    Finding& finding = Add(Severity::kWarning, "CELL_NOT_A_NUMBER", column, record);
    finding.message = {"这一格应为年份，现按空白处理。", "This cell should be a year; it is taken as blank."};
    finding.repair = {"请改为年份，例如 2026。", "Write the year, e.g. 2026."};
  }

  void Differs(const char* column, const std::string& kept, TemplateRecord* record) {
    Finding& finding = Add(Severity::kWarning, "TABLE_CELL_DIFFERS", column, record);
    finding.understood = Shorten(kept);
    finding.message = {"同一张表前面的行写的不同，以先写的为准。",
                       "An earlier line of the same table says otherwise; that one counts."};
    finding.repair = {"表级的列只在第一行填写即可。",
                      "TemplateColumns of the table need to be filled in on its first line only."};
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
      const std::string again = TemplateColumn(word);
      Finding& finding = document_.findings.emplace_back();
      finding.severity = again.empty() ? Severity::kNote : Severity::kWarning;
      finding.code = again.empty() ? "COLUMN_UNKNOWN" : "COLUMN_TWICE";
      finding.place = PlaceOf(0, i);
      finding.place.cell = word;
      finding.raw = Shorten(word);
      const std::string shown = word.empty() ? absl::StrCat("#", i + 1) : Shorten(word);
      finding.message = {absl::StrCat("列“", shown, "”", again.empty() ? "模板没有" : "重复",
                                      "，没有读入，其中有 ", unknown_[i], " 个单元格有内容。"),
                         absl::StrCat("The column \"", shown, "\" ",
                                      again.empty() ? "is none of the template's" : "is there twice",
                                      "; it was not read. ", unknown_[i], " of its cells hold something.")};
      finding.repair = {"如需读入，请改用模板的列名（attain template）。",
                        "To have it read, use a column name of the template (attain template)."};
    }
  }

  void TellQuote() {
    Finding& finding = document_.findings.emplace_back();
    finding.severity = Severity::kError;
    finding.code = "QUOTE_UNCLOSED";
    finding.place.line = csv_.unclosed;
    finding.message = {"这一行的引号没有结束，其后的内容都被当成了一个单元格。",
                       "A quote that begins here never ends: all that follows was taken for one cell."};
    finding.repair = {"请补上引号后重新导入。", "Close the quote and import again."};
  }

  const CsvRecords& csv_;
  const ImportOptions& options_;
  const TemplateColumns columns_;
  std::map<std::string, size_t> index_;
  std::string kind_ = "project", unit_, year_, name_;  // of the record at hand
  ParsedDocument document_;
  ParsedTable* table_ = nullptr;  // of the record at hand
  int number_ = 0;
  bool in_row_ = false;           // the record at hand has become an indicator
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
    const std::string column = TemplateColumn(cell);
    if (column.empty()) continue;
    columns.insert(column);
    english = english || IsColumnName(cell);
  }
  const bool enough =
      columns.count("table_name") > 0 && columns.count("indicator") > 0 && columns.count("target") > 0;
  return enough && (english || columns.count("table_kind") > 0);
}

bool IsTemplate(absl::string_view text) {
  return SeparatorOf(text) != '\0';
}

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
