#include "service/domain/questions/solve_queries.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/monitoring/pace.h"
#include "service/domain/questions/assumptions.h"
#include "service/domain/scores/score_view.h"
#include "service/scoring/solution.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kPointDecimals = 2;

absl::StatusOr<Decimal> NeededFor(const scoring::Profile& profile, const v1::SolveForScoreRequest& request) {
  if (request.has_points()) {
    absl::StatusOr<Decimal> points = Decimal::Parse(absl::StripAsciiWhitespace(request.points()));
    if (points.ok()) return points;
    return BadField("points", v1::ERROR_REASON_NOT_A_NUMBER,
                    {"总分应为数字，例如 85。", "A total in points is a number, e.g. 85."});
  }
  const absl::string_view wanted = absl::StripAsciiWhitespace(request.grade());
  std::string names;
  for (const scoring::GradeBand& band : profile.grades) {
    if (wanted == band.name) return band.from;
    absl::StrAppend(&names, names.empty() ? "" : "、", band.name);
  }
  return BadField("grade", v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat("请用 grade 填等级（", names, "），或用 points 填总分，例如 85。"),
                   absl::StrCat("Give a grade (", absl::StrReplaceAll(names, {{"、", ", "}}),
                                "), or in `points` a total, e.g. 85.")},
                  {{"grades", names}});
}

// A table to be solved.
class TableSolver {
 public:
  TableSolver(const TableView& view, absl::string_view locale)
      : model_(*view.model), board_(*view.board), zh_(locale == "zh-CN") {}

  absl::Status Fix(const google::protobuf::RepeatedPtrField<std::string>& fixed);
  // Fills everything but the days.
  absl::Status Solve(const Decimal& needed, v1::SolveForScoreResponse* response);

 private:
  void MakeRows(v1::SolveForScoreResponse* response);
  void AddOutOfReach(int row, const Decimal& lost, bool only_grows,
                     v1::SolveForScoreResponse* response) const;
  Text WhyLost(int row, bool only_grows, const Decimal& most) const;
  std::string ValueOf(int row, const scoring::Reported& reported) const;
  std::string Total(const std::optional<Decimal>& total) const {
    return total.has_value() ? total->ToFixed(model_.profile->total_decimals) : "";
  }
  const std::string& In(const Text& text) const { return zh_ ? text.zh : text.en; }

  const TableModel& model_;
  const Board& board_;
  const bool zh_;
  absl::flat_hash_set<int> fixed_;
  std::vector<scoring::StandingRow> rows_;
};

absl::Status TableSolver::Fix(const google::protobuf::RepeatedPtrField<std::string>& fixed) {
  for (int i = 0; i < fixed.size(); ++i) {
    ASSIGN_OR_RETURN(const int row, FindRow(model_, absl::StrCat("fixed[", i, "]"), fixed[i]));
    fixed_.insert(row);
  }
  return absl::OkStatus();
}

Text TableSolver::WhyLost(int row, bool only_grows, const Decimal& most) const {
  const scoring::Indicator& indicator = model_.rows[row];
  const Cell& cell = board_.cells[row];
  if (cell.review.has_value() && CountingReview(board_, static_cast<size_t>(row)) == nullptr) {
    return {absl::StrCat("上报后按复核得分 ", cell.review->score.ToAtLeast(kPointDecimals), " 计分"),
            absl::StrCat("once it is reported its review of ", cell.review->score.ToAtLeast(kPointDecimals),
                         " counts")};
  }
  if (cell.review.has_value()) {
    return {absl::StrCat("复核已定为 ", cell.review->score.ToAtLeast(kPointDecimals),
                         " 分，改报完成值不再改变得分"),
            absl::StrCat("a review of ", cell.review->score.ToAtLeast(kPointDecimals),
                         " stands; another value does not change it")};
  }
  if (board_.scores[row].status == scoring::ScoreStatus::kUnmapped) {
    return {"赋分规则未对应，没有得分", "its rule is not mapped, so it has no score"};
  }
  const bool number = cell.reported.number.has_value() && indicator.target.has_value();
  if (only_grows && number && *cell.reported.number > *indicator.target) {
    return {absl::StrCat("累计 ", cell.reported.number->ToString(), " 已超过指标值 ",
                         indicator.target->ToString(), "，只增不减"),
            absl::StrCat("the sum of ", cell.reported.number->ToString(), " has passed ",
                         indicator.target->ToString(), " and can only grow")};
  }
  return {absl::StrCat("按其规则最多得 ", most.ToAtLeast(kPointDecimals), " 分"),
          absl::StrCat("its rule gives at most ", most.ToAtLeast(kPointDecimals), " points")};
}

void TableSolver::AddOutOfReach(int row, const Decimal& most, bool only_grows,
                                v1::SolveForScoreResponse* response) const {
  const scoring::Indicator& indicator = model_.rows[row];
  if (indicator.not_applicable || !indicator.weight.has_value() || most >= *indicator.weight) return;
  v1::OutOfReach* lost = response->add_out_of_reach();
  lost->set_indicator(absl::StrCat(model_.state.name(), "/indicators/", indicator.id));
  lost->set_display_name(indicator.name);
  lost->set_points((*indicator.weight - most).ToAtLeast(kPointDecimals));
  lost->set_reason(In(WhyLost(row, only_grows, most)));
}

void TableSolver::MakeRows(v1::SolveForScoreResponse* response) {
  for (size_t row = 0; row < model_.rows.size(); ++row) {
    const int index = static_cast<int>(row);
    const Cell& cell = board_.cells[row];
    scoring::StandingRow& standing = rows_.emplace_back();
    standing.score = board_.scores[row];
    standing.score.score = FinalPoints(board_, row);
    const bool only_grows = model_.state.indicators(index).accumulation() == v1::ACCUMULATION_SUM;
    if (!cell.review.has_value()) {
      standing.choices = scoring::ChoicesOf(*model_.profile, model_.rows[row], cell.reported, only_grows);
    }
    const Decimal most =
        standing.choices.empty() ? standing.score.score.value_or(Decimal()) : standing.choices.back().score;
    AddOutOfReach(index, most, only_grows, response);
    if (fixed_.contains(index)) standing.choices.clear();
  }
}

// What a person would report.
std::string TableSolver::ValueOf(int row, const scoring::Reported& reported) const {
  const scoring::Indicator& indicator = model_.rows[row];
  if (reported.number.has_value()) return reported.number->ToString();
  if (reported.met.has_value()) return In({"是", "yes"});
  const auto& own = indicator.options.rating_bands;
  for (const scoring::RatingBand& band : own.empty() ? model_.profile->defaults.rating_bands : own) {
    if (band.level == reported.level) return band.name;
  }
  if (!reported.text.empty()) return reported.text;
  const std::string& words = model_.state.indicators(row).target().text();
  return words.empty() ? In({"已评定", "assessed"}) : words;
}

absl::Status TableSolver::Solve(const Decimal& needed, v1::SolveForScoreResponse* response) {
  MakeRows(response);
  const scoring::Solution solution = scoring::CheapestWay(*model_.profile, rows_, board_.budget, needed);
  response->set_reachable(solution.reachable);
  response->set_needed(needed.ToAtLeast(kPointDecimals));
  response->set_possible(Total(solution.possible));
  if (!solution.reachable) return absl::OkStatus();
  Board board = board_;
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (solution.chosen[row].has_value()) board.cells[row].reported = solution.chosen[row]->reported;
  }
  if (solution.spent.has_value()) {
    board.budget.spent = solution.spent;
    response->set_spent(solution.spent->ToString());
  }
  Rescore(model_, -1, &board);
  if (board.FinalScore().total.value_or(Decimal()) < needed)
    return absl::InternalError("a solution that does not reach its total");
  response->set_score(Total(board.FinalScore().total));
  response->set_cost(solution.cost.ToString());
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (!solution.chosen[row].has_value()) continue;
    const scoring::Reported& reported = solution.chosen[row]->reported;
    v1::IndicatorScore now;
    FillRow(model_, board_, static_cast<int>(row), &now);
    v1::AssumedValue* value = response->add_values();
    value->set_indicator(now.name());
    value->set_value(ValueOf(static_cast<int>(row), reported));
    if (reported.typed_score.has_value()) value->set_score(reported.typed_score->ToString());
    value->set_value_now(now.actual());
    const Decimal before = FinalPoints(board_, row).value_or(Decimal());
    value->set_gained((FinalPoints(board, row).value_or(Decimal()) - before).ToAtLeast(kPointDecimals));
  }
  return absl::OkStatus();
}

void FillDays(const Snapshot& snapshot, const TableView& view, const Decimal& needed,
              v1::SolveForScoreResponse* response) {
  if (view.board->FinalScore().total.value_or(Decimal()) >= needed) return;
  const Pace::Answer answer = Pace(view, snapshot.as_of()).TooLate(needed);
  response->set_too_late(answer.too_late);
  response->set_too_late_from(answer.from);
}

}  // namespace

absl::Status SolveForScore(const v1::SolveForScoreRequest& request, const QueryContext& context,
                           v1::SolveForScoreResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", request.table()));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
  if (!view.board->total.weighted) {
    return BadField(
        "table", v1::ERROR_REASON_INVALID_FIELD,
        {"该表没有分值权重，没有得分可求。", "This table has no weights and therefore no score to reach."});
  }
  ASSIGN_OR_RETURN(const Decimal needed, NeededFor(*view.model->profile, request));
  TableSolver solver(view, context.caller.locale);
  RETURN_IF_ERROR(solver.Fix(request.fixed()));
  RETURN_IF_ERROR(solver.Solve(needed, response));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  FillDays(*snapshot, view, needed, response);
  return absl::OkStatus();
}

}  // namespace attain::engine
