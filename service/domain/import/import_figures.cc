#include "service/domain/import/import_figures.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/import/form_scores.h"
#include "service/domain/import/import_list.h"
#include "service/domain/import/import_targets.h"
#include "service/domain/scores/score_view.h"
#include "service/importing/plausibility.h"
#include "service/importing/uses/days.h"
#include "service/importing/uses/matching.h"
#include "service/importing/values/fold_name.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::KnownRow;
using importing::MatchKind;
using importing::ParsedIndicator;
using importing::ParsedTable;
using importing::Severity;

absl::Status NoFigures(v1::DocumentUse use) {
  const bool money = use == v1::DOCUMENT_USE_SPENDING;
  return Refuse(
      absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
      {absl::StrCat("文件中没有找到可以记录的", money ? "支出" : "实际完成值",
                    "。请确认它是自评表、监控表，或带有表头的清单（",
                    money ? "项目、支出、日期" : "指标、实际完成值、日期", "）。"),
       absl::StrCat("The document holds no ", money ? "spending" : "actual values",
                    " to record. It must be a self-evaluation or monitoring form, or a list with a header (",
                    money ? "项目, 支出, 日期" : "指标, 实际完成值, 日期", ").")});
}

absl::Status MustConfirm(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) codes.push_back(finding.code);
  }
  const size_t count = codes.size();
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  const std::string list = absl::StrJoin(codes, ",");
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_CONFIRMATION_REQUIRED,
      {absl::StrCat("有 ", count, " 处不能照样记录（", list,
                    "），整个文件没有记录。请改正；或核对后在 accept_findings "
                    "中列出这些代码，其余各行照常记录。"),
       absl::StrCat(count, " places cannot be recorded as they stand (", list,
                    "); nothing of the document was. Correct them, or look at them and name the codes in "
                    "accept_findings to record the rest.")},
      {{"codes", list}});
}

bool IsEmptyValue(const std::string& text) {
  static constexpr absl::string_view kNothing[] = {"", "-", "—", "–", "——", "/", "\\", "无"};
  const std::string folded = importing::FoldName(text);
  return std::find(std::begin(kNothing), std::end(kNothing), folded) != std::end(kNothing);
}

// One table of a form.
class FormTable {
 public:
  FormTable(const v1::ImportDocumentRequest& request, const PreparedImport& prepared,
            const PreparedTable& from, Transaction& txn, FigureRecorder* recorder,
            std::vector<Finding>* findings)
      : request_(request),
        prepared_(prepared),
        parsed_(from.parsed),
        number_(from.number),
        txn_(txn),
        recorder_(*recorder),
        findings_(*findings) {}

  absl::Status Take(const ResourceName& name, v1::ImportDocumentResponse* response) {
    name_ = name;
    ASSIGN_OR_RETURN(working_, txn_.GetTable(name));
    DecideDate();
    scores_.resize(working_->model->rows.size());
    if (request_.use() != v1::DOCUMENT_USE_SPENDING) RETURN_IF_ERROR(TakeRows());
    if (request_.use() != v1::DOCUMENT_USE_ACTUALS) RETURN_IF_ERROR(TakeMoney());
    ASSIGN_OR_RETURN(working_, txn_.GetTable(name));
    for (const auto& [at, row] : recorded_) {
      v1::IndicatorScore score;
      FillRow(*working_->model, *working_->board, row, &score);
      response->mutable_actuals(at)->set_score(score.score());
      response->mutable_actuals(at)->set_typed_score(scores_[static_cast<size_t>(row)]);
    }
    FormScores scores{parsed_, Origin(), scores_, rows_};
    CompareScores(scores, *working_, response->add_scores(), &findings_);
    return absl::OkStatus();
  }

 private:
  FigureOrigin Origin() const {
    FigureOrigin origin;
    origin.place = parsed_.place;
    origin.place.line = parsed_.first_line;
    origin.place.table = number_;
    origin.table_name = parsed_.name;
    return origin;
  }

  FigureOrigin Origin(size_t row) const {
    const ParsedIndicator& from = parsed_.indicators[row];
    FigureOrigin origin;
    origin.place = from.place;
    origin.place.line = from.line;
    origin.place.table = number_;
    origin.place.row = static_cast<int>(row) + 1;
    origin.place.cell = "实际完成值";
    if (const auto cell = from.addresses.find(origin.place.cell); cell != from.addresses.end())
      origin.place.address = cell->second;
    origin.table_name = parsed_.name;
    origin.indicator_name = from.name;
    origin.raw = from.actual;
    return origin;
  }

  void DecideDate() {
    const int year = working_->model->state.fiscal_year();
    date_ = request_.date();
    if (!date_.empty()) return;
    date_ = importing::EndOfMonths(parsed_.actual_word, year);
    std::string from = parsed_.actual_word;
    if (date_.empty()) {
      date_ = importing::DayOfDocument(*prepared_.source, year);
      from = "数据日期/填表日期";
    }
    const bool assumed = date_.empty();
    if (assumed) date_ = absl::StrCat(year, "-12-31");
    Finding& finding =
        TellOf(Origin(), Severity::kNote, assumed ? "DATE_ASSUMED" : "DATE_FROM_DOCUMENT", &findings_);
    finding.raw = assumed ? "" : from;
    finding.understood = date_;
    finding.message =
        assumed ? scoring::Text{absl::StrCat("文件没有写明 ", year, " 年内的数据日期，按 ", date_, " 记录。"),
                                absl::StrCat("The document names no day of ", year,
                                             " for its figures; they are recorded as of ", date_, ".")}
                : scoring::Text{
                      absl::StrCat("按文件（", from, "）所写，数据日期为 ", date_, "。"),
                      absl::StrCat("By what the document says (", from, ") its figures are of ", date_, ".")};
    finding.repair = {"若不是这一天，请用 date 指明。", "If that is not the day, give it as date."};
  }

  absl::Status TakeRows() {
    const TableModel& model = *working_->model;
    std::vector<KnownRow> known;
    for (const disk::IndicatorState& row : model.state.indicators())
      known.push_back({row.level1(), row.level2(), row.display_name()});
    for (size_t i = 0; i < parsed_.indicators.size(); ++i) {
      const ParsedIndicator& from = parsed_.indicators[i];
      const importing::Match match = importing::MatchRow({from.level1, from.level2, from.name}, known);
      if (match.kind != MatchKind::kFound) {
        TellUnmatched(i, match.kind == MatchKind::kSeveral,
                      match.nearest < 0 ? "" : known[static_cast<size_t>(match.nearest)].name);
        continue;
      }
      if (const auto twice = rows_.find(match.at); twice != rows_.end()) {
        TellTwice(i, twice->second);
        continue;
      }
      rows_[match.at] = i;
      scores_[static_cast<size_t>(match.at)] = from.score;
      RETURN_IF_ERROR(TakeRow(i, match.at));
    }
    for (size_t row = 0; row < known.size(); ++row) {
      if (!rows_.contains(static_cast<int>(row))) TellAbsent(static_cast<int>(row));
    }
    return absl::OkStatus();
  }

  absl::Status TakeRow(size_t at, int row) {
    const ParsedIndicator& from = parsed_.indicators[at];
    const TableModel& model = *working_->model;
    if (IsEmptyValue(from.actual)) {
      Finding& finding = TellOf(Origin(at), Severity::kWarning, "ACTUAL_MISSING", &findings_);
      finding.points = model.rows[static_cast<size_t>(row)].weight;
      finding.message = {"这一行没有填实际完成值，没有记录。",
                         "This row has no actual value; nothing was recorded for it."};
      finding.repair = {"请补填后重新导入，或单独上报。",
                        "Fill it in and import again, or report it by itself."};
      return absl::OkStatus();
    }
    v1::ActualReport report;
    report.set_value(from.actual);
    report.set_date(date_);
    if (!IsEmptyValue(from.reason)) report.set_reason(from.reason);
    report.set_note(std::string(CutText(
        absl::StrCat(request_.file_name(), request_.file_name().empty() ? "" : " ", Origin(at).place.address),
        300)));
    if (TakesTypedScore(model.rows[static_cast<size_t>(row)])) {
      if (const auto points = TypedPoints(from.score); points.has_value())
        report.set_score(points->ToString());
    }
    ResourceName indicator = name_;
    indicator.kind = ResourceName::kIndicator;
    indicator.indicator = model.state.indicators(row).name();
    ASSIGN_OR_RETURN(const int recorded, recorder_.Record(indicator, report, Origin(at)));
    if (recorded >= 0) recorded_.emplace_back(recorded, row);
    return absl::OkStatus();
  }

  void TellUnmatched(size_t at, bool several, const std::string& nearest) {
    Finding& finding =
        TellOf(Origin(at), Severity::kError, several ? "ACTUAL_AMBIGUOUS" : "ACTUAL_UNMATCHED", &findings_);
    finding.points = parsed_.indicators[at].weight;
    finding.understood = nearest;
    const std::string& name = parsed_.indicators[at].name;
    if (several) {
      finding.message = {absl::StrCat("目标表中名为“", name, "”的指标不止一个，级次也分不开，没有记录。"),
                         absl::StrCat("The table has more than one indicator \"", name,
                                      "\" and their levels do not tell them apart; it was not recorded.")};
    } else {
      finding.message = {
          absl::StrCat("目标表中没有指标“", name, "”，没有记录。",
                       nearest.empty() ? "" : absl::StrCat("名称最接近的是“", nearest, "”。")),
          absl::StrCat("The table has no indicator \"", name, "\"; it was not recorded.",
                       nearest.empty() ? "" : absl::StrCat(" The most similar name is \"", nearest, "\"."))};
    }
    finding.repair = {
        absl::StrCat("请改正名称后重新导入；也可接受 ", finding.code, "，其余各行照常记录。"),
        absl::StrCat("Correct the name and import again, or accept ", finding.code, " to record the rest.")};
  }

  void TellTwice(size_t at, size_t first) {
    Finding& finding = TellOf(Origin(at), Severity::kError, "ACTUAL_TWICE", &findings_);
    finding.points = parsed_.indicators[at].weight;
    finding.message = {
        absl::StrCat("这一行与第 ", first + 1, " 行是同一指标，没有再次记录。"),
        absl::StrCat("This row is of the same indicator as row ", first + 1, "; it was not recorded again.")};
    finding.repair = {"请删去多余的一行。", "Remove the row that is too much."};
  }

  void TellAbsent(int row) {
    if (working_->model->state.indicators(row).not_applicable()) return;
    Finding& finding = TellOf(Origin(), Severity::kWarning, "INDICATOR_NOT_IN_FORM", &findings_);
    finding.indicator_name = working_->model->state.indicators(row).display_name();
    finding.points = working_->model->rows[static_cast<size_t>(row)].weight;
    finding.message = {
        absl::StrCat("文件中没有指标“", finding.indicator_name, "”。"),
        absl::StrCat("The document has no row for the indicator \"", finding.indicator_name, "\".")};
    finding.repair = {"请确认是否漏填，或单独上报。", "See whether it was left out, or report it by itself."};
  }

  absl::Status TakeMoney() {
    FigureOrigin origin = Origin();
    for (const importing::ParsedMoney& money : parsed_.money) {
      if (money.key != "total") continue;
      origin.place.address = money.place.address;
      origin.place.page = money.place.page;
      origin.raw = money.label;
    }
    if (!parsed_.spent.has_value()) {
      Finding& finding = TellOf(origin, Severity::kWarning, "SPENDING_MISSING", &findings_);
      finding.points = working_->model->profile->execution_points;
      finding.message = {"表中没有全年执行数，没有记录支出。",
                         "The form has no amount spent; no spending was recorded."};
      finding.repair = {"请补填后重新导入，或用支出命令记录。",
                        "Fill it in and import again, or record the spending by itself."};
      return absl::OkStatus();
    }
    v1::Spending spending;
    spending.set_spent(parsed_.spent->ToString());
    if (parsed_.adjusted.has_value()) spending.set_adjusted_budget(parsed_.adjusted->ToString());
    spending.set_date(date_);
    spending.set_note(request_.file_name());
    return recorder_.RecordSpending(name_, spending, origin);
  }

  const v1::ImportDocumentRequest& request_;
  const PreparedImport& prepared_;
  const ParsedTable& parsed_;
  const int number_;
  Transaction& txn_;
  FigureRecorder& recorder_;
  std::vector<Finding>& findings_;
  ResourceName name_;
  WorkingTable* working_ = nullptr;
  std::string date_;
  std::map<int, size_t> rows_;                 // row of the form by row in force
  std::vector<std::string> scores_;            // of the form, by row in force
  std::vector<std::pair<int, int>> recorded_;  // index in the answer, row in force
};

FigureOrigin OriginOf(const PreparedTable& table) {
  FigureOrigin origin;
  origin.place = table.parsed.place;
  origin.place.line = table.parsed.first_line;
  origin.place.table = table.number;
  origin.table_name = table.parsed.name;
  return origin;
}

// What the readers could not read, where that may be a figure: it counts like one that was refused.
void TakeLosses(PreparedImport* prepared, std::vector<Finding>* findings) {
  static constexpr absl::string_view kLosses[] = {"CELL_ERROR",    "HEADER_MISSING", "LIST_LINE_INCOMPLETE",
                                                  "MONEY_UNCLEAR", "QUOTE_UNCLOSED", "ROW_REJECTED"};
  const auto is_loss = [](const Finding& finding) {
    return finding.severity == Severity::kError &&
           std::find(std::begin(kLosses), std::end(kLosses), finding.code) != std::end(kLosses);
  };
  const auto losses = std::stable_partition(prepared->findings.begin(), prepared->findings.end(),
                                            [&](const Finding& finding) { return !is_loss(finding); });
  std::move(losses, prepared->findings.end(), std::back_inserter(*findings));
  prepared->findings.erase(losses, prepared->findings.end());
}

absl::Status TellTableTwice(const PreparedTable& table, int first, std::vector<Finding>* findings) {
  Finding& finding = TellOf(OriginOf(table), Severity::kError, "TABLE_TWICE", findings);
  finding.message = {absl::StrCat("这张表与第 ", first, " 张是同一项目同一年度，没有再次记录。"),
                     absl::StrCat("This table is of the same project and year as table ", first,
                                  "; its figures were not recorded again.")};
  finding.repair = {"请用 tables 指明要取哪一张。", "Say with tables which of them to take."};
  return absl::OkStatus();
}

}  // namespace

absl::Status ImportFigures(const v1::ImportDocumentRequest& request, PreparedImport& prepared,
                           Transaction& txn, v1::ImportDocumentResponse* response) {
  std::vector<Finding> findings;
  FigureRecorder recorder(request, txn, response, &findings);
  ImportTargets targets(request, txn, &findings);
  RETURN_IF_ERROR(RecordList(request, prepared, txn, &targets, &recorder, response, &findings));
  std::map<std::string, int> taken;
  for (const PreparedTable& table : prepared.tables) {
    ASSIGN_OR_RETURN(const std::optional<ResourceName> name, targets.Find(table.parsed, OriginOf(table)));
    if (!name.has_value()) continue;
    const auto [first, fresh] = taken.emplace(name->Table(), table.number);
    if (!fresh) {
      RETURN_IF_ERROR(TellTableTwice(table, first->second, &findings));
      continue;
    }
    FormTable form(request, prepared, table, txn, &recorder, &findings);
    RETURN_IF_ERROR(form.Take(*name, response));
  }
  TakeLosses(&prepared, &findings);
  const std::vector<std::string> accepted(request.write().accept_findings().begin(),
                                          request.write().accept_findings().end());
  const bool confirmed = importing::Accept(accepted, &findings);
  const bool any = response->actuals_size() + response->spending_size() > 0;
  const std::vector<Finding> own = findings;
  std::move(findings.begin(), findings.end(), std::back_inserter(prepared.findings));
  response->set_table_count(response->scores_size());
  response->set_row_count(response->actuals_size());
  if (request.write().validate_only()) return absl::OkStatus();
  if (!confirmed) return WithFindings(MustConfirm(own), prepared.findings);
  if (!any) return WithFindings(NoFigures(request.use()), prepared.findings);
  return absl::OkStatus();
}

}  // namespace attain::engine
