#include "service/domain/import/import_list.h"

#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/import/form_scores.h"
#include "service/domain/reports/report_reader.h"
#include "service/domain/scores/score_view.h"
#include "service/importing/uses/days.h"
#include "service/importing/uses/matching.h"
#include "service/importing/values/fold_name.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::KnownRow;
using importing::ListedFigure;
using importing::Match;
using importing::MatchKind;
using importing::Severity;

constexpr int kDecimals = 2;  // of points in a list
constexpr size_t kMaxLines = 10'000;
constexpr size_t kMaxTables = 500;  // that a name without a project is looked for in

FigureOrigin OriginOf(const ListedFigure& line, bool money) {
  FigureOrigin origin;
  origin.place = line.place;
  origin.place.cell = money ? "支出" : "实际完成值";
  origin.table_name = line.table;
  origin.indicator_name = line.indicator;
  origin.raw = line.raw;
  return origin;
}

// "u/p1/i1" → its parts, when all of them are ids.
std::vector<std::string> Ids(const std::string& text) {
  std::vector<std::string> parts = absl::StrSplit(text, '/');
  for (const std::string& part : parts) {
    if (!IsId(part)) return {};
  }
  return parts;
}

class ListRecorder {
 public:
  ListRecorder(const v1::ImportDocumentRequest& request, const PreparedImport& prepared, Transaction& txn,
               ImportTargets* targets, FigureRecorder* recorder, v1::ImportDocumentResponse* response,
               std::vector<Finding>* findings)
      : request_(request),
        prepared_(prepared),
        txn_(txn),
        targets_(*targets),
        recorder_(*recorder),
        response_(*response),
        findings_(*findings) {}

  absl::Status Run() {
    const bool money = request_.use() == v1::DOCUMENT_USE_SPENDING;
    if (!request_.unit().empty()) {
      ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", request_.unit()));
      unit_ = name.unit;
    }
    for (const ListedFigure& line : prepared_.lines)
      RETURN_IF_ERROR(money ? TakeMoney(line) : TakeActual(line));
    return FillScores();
  }

 private:
  int YearOf(const ListedFigure& line) const {
    int year = 0;
    for (const std::string& text : {line.year, line.date, request_.date()}) {
      if (text.empty()) continue;
      const std::string day = PlainDay(ReadSerialDay(text, nullptr)).value_or(text);
      if (absl::SimpleAtoi(absl::string_view(day).substr(0, 4), &year) && year >= 1990 && year <= 2099)
        return year;
    }
    return 0;
  }

  // The table that the line names; nothing when it names none or there is none, and then `told` says which.
  absl::StatusOr<std::optional<ResourceName>> TableOf(const ListedFigure& line, bool money, bool* told) {
    *told = false;
    if (line.table.empty()) return std::optional<ResourceName>();
    if (absl::StartsWith(line.table, "units/")) {
      const absl::StatusOr<ResourceName> name = ParseTableName("table", line.table);
      if (name.ok()) return std::optional<ResourceName>(*name);
    }
    std::vector<std::string> ids = Ids(line.table);
    if (ids.size() == 1 && !unit_.empty()) ids.insert(ids.begin(), unit_);
    if (ids.size() == 2) {
      ResourceName name;
      name.kind = ResourceName::kTable;
      name.unit = ids[0];
      name.table = ids[1];
      if (txn_.GetTable(name).ok()) return std::optional<ResourceName>(std::move(name));
    }
    const auto [at, fresh] = by_name_.try_emplace({line.unit, line.table, YearOf(line)});
    if (fresh) {
      importing::ParsedTable parsed;
      parsed.unit_name = line.unit;
      parsed.name = line.table;
      parsed.fiscal_year = YearOf(line);
      ASSIGN_OR_RETURN(at->second, targets_.Find(parsed, OriginOf(line, money)));
    } else if (!at->second.has_value()) {
      TellLineLost(line, money);
    }
    *told = !at->second.has_value();
    return at->second;
  }

  // Another line of a table that was told once.
  void TellLineLost(const ListedFigure& line, bool money) {
    Finding& finding = TellOf(OriginOf(line, money), Severity::kError, "TABLE_UNMATCHED", &findings_);
    finding.message = {
        absl::StrCat("同上，“", line.table, "”没有对应的生效目标表，这一行没有记录。"),
        absl::StrCat("As above, no table in force is \"", line.table, "\"; this line was not recorded.")};
    finding.repair = {"请改正项目名称后重新导入。", "Correct the project's name and import again."};
  }

  absl::StatusOr<const std::vector<KnownRow>*> RowsOf(const ResourceName& table) {
    const auto [at, fresh] = rows_.try_emplace(table.Table());
    if (fresh) {
      ASSIGN_OR_RETURN(const WorkingTable* working, txn_.GetTable(table));
      for (const disk::IndicatorState& row : working->model->state.indicators())
        at->second.push_back({row.level1(), row.level2(), row.display_name()});
    }
    return &at->second;
  }

  // The indicator that is named by a resource name or by ids.
  std::optional<ResourceName> Named(const ListedFigure& line) {
    if (absl::StartsWith(line.indicator, "units/")) {
      const absl::StatusOr<ResourceName> name = ParseIndicatorName("indicator", line.indicator);
      return name.ok() ? std::optional<ResourceName>(*name) : std::nullopt;
    }
    std::vector<std::string> ids = Ids(line.indicator);
    if (ids.size() == 2 && !unit_.empty()) ids.insert(ids.begin(), unit_);
    if (ids.size() != 3) return std::nullopt;
    ResourceName name;
    name.kind = ResourceName::kIndicator;
    name.unit = ids[0];
    name.table = ids[1];
    name.indicator = ids[2];
    return name;
  }

  absl::StatusOr<std::optional<ResourceName>> IndicatorOf(const ListedFigure& line) {
    if (std::optional<ResourceName> named = Named(line); named.has_value()) return named;
    bool told = false;
    ASSIGN_OR_RETURN(const std::optional<ResourceName> table, TableOf(line, false, &told));
    if (told) return std::optional<ResourceName>();
    std::vector<ResourceName> tables;
    if (table.has_value()) {
      tables.push_back(*table);
    } else {
      ASSIGN_OR_RETURN(tables, targets_.InForce(line.unit, YearOf(line)));
      if (tables.size() > kMaxTables) {
        TellUnmatched(line, false, "");
        return std::optional<ResourceName>();
      }
    }
    return Search(line, tables);
  }

  absl::StatusOr<std::optional<ResourceName>> Search(const ListedFigure& line,
                                                     const std::vector<ResourceName>& tables) {
    std::optional<ResourceName> found;
    bool several = false;
    std::string nearest;
    for (const ResourceName& table : tables) {
      ASSIGN_OR_RETURN(const std::vector<KnownRow>* rows, RowsOf(table));
      const Match match = importing::MatchRow({line.level1, line.level2, line.indicator}, *rows);
      if (match.nearest >= 0 && nearest.empty()) nearest = (*rows)[static_cast<size_t>(match.nearest)].name;
      several = several || match.kind == MatchKind::kSeveral ||
                (match.kind == MatchKind::kFound && found.has_value());
      if (match.kind != MatchKind::kFound) continue;
      found = table;
      found->kind = ResourceName::kIndicator;
      ASSIGN_OR_RETURN(const WorkingTable* working, txn_.GetTable(table));
      found->indicator = working->model->state.indicators(match.at).name();
    }
    if (found.has_value() && !several) return found;
    TellUnmatched(line, several, nearest);
    return std::optional<ResourceName>();
  }

  void TellUnmatched(const ListedFigure& line, bool several, const std::string& nearest) {
    Finding& finding = TellOf(OriginOf(line, false), Severity::kError,
                              several ? "ACTUAL_AMBIGUOUS" : "ACTUAL_UNMATCHED", &findings_);
    finding.understood = nearest;
    const std::string near_zh = nearest.empty() ? "" : absl::StrCat("名称最接近的是“", nearest, "”。");
    const std::string near_en =
        nearest.empty() ? "" : absl::StrCat(" The most similar name is \"", nearest, "\".");
    finding.message =
        several ? scoring::Text{absl::StrCat("名为“", line.indicator, "”的指标不止一个，没有记录。"),
                                absl::StrCat("More than one indicator is called \"", line.indicator,
                                             "\"; the line was not recorded.")}
                : scoring::Text{absl::StrCat("没有找到指标“", line.indicator, "”，没有记录。", near_zh),
                                absl::StrCat("No indicator \"", line.indicator,
                                             "\" was found; the line was not recorded.", near_en)};
    finding.repair = {"请写明项目（及二级指标），或用编号 单位/表/指标。",
                      "Name its project (and level 2), or write ids: unit/table/indicator."};
  }

  // The day of a line without one.
  absl::StatusOr<std::string> DefaultDate(const ResourceName& table) {
    if (!request_.date().empty()) return request_.date();
    ASSIGN_OR_RETURN(const WorkingTable* working, txn_.GetTable(table));
    const int year = working->model->state.fiscal_year();
    const auto [at, fresh] = dates_.try_emplace(year);
    if (!fresh) return at->second;
    at->second = importing::DayOfDocument(*prepared_.source, year);
    const bool assumed = at->second.empty();
    if (assumed) at->second = absl::StrCat(year, "-12-31");
    Finding& finding =
        TellOf(FigureOrigin(), Severity::kNote, assumed ? "DATE_ASSUMED" : "DATE_FROM_DOCUMENT", &findings_);
    finding.understood = at->second;
    finding.message = {absl::StrCat("没有日期的行按 ", at->second, " 记录。"),
                       absl::StrCat("Lines without a date are recorded as of ", at->second, ".")};
    finding.repair = {"若不是这一天，请用 date 指明，或加上“日期”列。",
                      "If that is not the day, give it as date, or add a column 日期."};
    return at->second;
  }

  absl::Status TakeActual(const ListedFigure& line) {
    ASSIGN_OR_RETURN(const std::optional<ResourceName> name, IndicatorOf(line));
    if (!name.has_value()) return absl::OkStatus();
    ResourceName table = *name;
    table.kind = ResourceName::kTable;
    table.indicator.clear();
    v1::ActualReport report;
    report.set_value(line.value);
    report.set_date(line.date);
    bool takes_score = false;
    if (const absl::StatusOr<WorkingTable*> working = txn_.GetTable(table); working.ok()) {
      if (line.date.empty()) {
        ASSIGN_OR_RETURN(*report.mutable_date(), DefaultDate(table));
      }
      const TableModel& model = *(*working)->model;
      if (const auto row = model.row_by_id.find(name->indicator); row != model.row_by_id.end())
        takes_score = TakesTypedScore(model.rows[static_cast<size_t>(row->second)]);
    }
    report.set_note(line.note);
    report.set_reason(line.reason);
    if (takes_score) report.set_score(line.score);
    report.set_deduction(line.deduction);
    report.set_numerator(line.numerator);
    report.set_denominator(line.denominator);
    for (const absl::string_view evidence :
         absl::StrSplit(line.evidence, absl::ByAnyChar(";；"), absl::SkipWhitespace()))
      report.add_evidence(std::string(evidence));
    const FigureOrigin origin = OriginOf(line, false);
    ASSIGN_OR_RETURN(const int at, recorder_.Record(*name, report, origin));
    if (at < 0) return absl::OkStatus();
    response_.mutable_actuals(at)->set_typed_score(line.score);
    recorded_.push_back({at, *name, origin, line.score});
    Touch(table);
    return absl::OkStatus();
  }

  absl::Status TakeMoney(const ListedFigure& line) {
    bool told = false;
    ASSIGN_OR_RETURN(const std::optional<ResourceName> table, TableOf(line, true, &told));
    if (!table.has_value()) return absl::OkStatus();
    v1::Spending spending;
    spending.set_spent(line.spent);
    spending.set_adjusted_budget(line.adjusted);
    spending.set_date(PlainDay(ReadSerialDay(line.date, nullptr)).value_or(line.date));
    if (line.date.empty()) {
      ASSIGN_OR_RETURN(*spending.mutable_date(), DefaultDate(*table));
    }
    spending.set_note(line.note);
    RETURN_IF_ERROR(recorder_.RecordSpending(*table, spending, OriginOf(line, true)));
    Touch(*table);
    return absl::OkStatus();
  }

  void Touch(const ResourceName& table) {
    if (touched_.emplace(table.Table(), true).second) order_.push_back(table);
  }

  // Scores after all lines: of the last word on each row.
  absl::Status FillScores() {
    for (const Recorded& each : recorded_) {
      ResourceName table = each.indicator;
      table.kind = ResourceName::kTable;
      table.indicator.clear();
      ASSIGN_OR_RETURN(const WorkingTable* working, txn_.GetTable(table));
      const int row = working->model->row_by_id.at(each.indicator.indicator);
      v1::IndicatorScore score;
      FillRow(*working->model, *working->board, row, &score);
      response_.mutable_actuals(each.at)->set_score(score.score());
      CompareScore(each.origin, each.typed, kDecimals, working->board->scores[static_cast<size_t>(row)].score,
                   &findings_);
    }
    for (const ResourceName& table : order_) {
      ASSIGN_OR_RETURN(const WorkingTable* working, txn_.GetTable(table));
      FillTotals(*working->model, *working->board, response_.add_scores()->mutable_score());
    }
    return absl::OkStatus();
  }

  struct Recorded {
    int at;  // in the answer
    ResourceName indicator;
    FigureOrigin origin;
    std::string typed;
  };

  const v1::ImportDocumentRequest& request_;
  const PreparedImport& prepared_;
  Transaction& txn_;
  ImportTargets& targets_;
  FigureRecorder& recorder_;
  v1::ImportDocumentResponse& response_;
  std::vector<Finding>& findings_;
  std::string unit_;  // of the request
  std::map<std::tuple<std::string, std::string, int>, std::optional<ResourceName>> by_name_;
  std::map<std::string, std::vector<KnownRow>> rows_;  // by table
  std::map<int, std::string> dates_;                   // by year
  std::vector<Recorded> recorded_;
  std::map<std::string, bool> touched_;
  std::vector<ResourceName> order_;
};

}  // namespace

absl::Status RecordList(const v1::ImportDocumentRequest& request, const PreparedImport& prepared,
                        Transaction& txn, ImportTargets* targets, FigureRecorder* recorder,
                        v1::ImportDocumentResponse* response, std::vector<Finding>* findings) {
  if (prepared.lines.empty()) return absl::OkStatus();
  if (prepared.lines.size() > kMaxLines) {
    return BadField(
        "content", v1::ERROR_REASON_REQUEST_TOO_LARGE,
        {absl::StrCat("清单有 ", prepared.lines.size(), " 行，一次最多 ", kMaxLines, " 行。请分成几个文件。"),
         absl::StrCat("The list has ", prepared.lines.size(), " lines, at most ", kMaxLines,
                      " are taken at once. Split it.")},
        {{"limit", absl::StrCat(kMaxLines)}});
  }
  return ListRecorder(request, prepared, txn, targets, recorder, response, findings).Run();
}

}  // namespace attain::engine
