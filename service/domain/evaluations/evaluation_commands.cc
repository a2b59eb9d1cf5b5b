#include "service/domain/evaluations/evaluation_commands.h"

#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/calendar.h"
#include "service/api/errors.h"
#include "service/api/form_words.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/evaluations/evaluation_rules.h"
#include "service/domain/scores/score_view.h"
#include "service/domain/tables/life_cycle.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxWords = 8000;
constexpr int kMaxReviewDecimals = 2;

// A table in force with its evaluation.
struct Opened {
  ResourceName name;
  WorkingTable* working = nullptr;
  Found<disk::EvaluationState> evaluation;
};

absl::StatusOr<Opened> Open(const ResourceName& name, Transaction& txn) {
  Opened opened;
  opened.name = name;
  ASSIGN_OR_RETURN(opened.working, txn.GetTable(name));
  RETURN_IF_ERROR(RequireInForce(*opened.working->model));
  ASSIGN_OR_RETURN(opened.evaluation, txn.reads().Evaluation(name));
  return opened;
}

// The same for a step that signs or unsigns what was read.
template <typename Request>
absl::StatusOr<Opened> OpenSigned(const Request& request, Transaction& txn) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseEvaluationName("name", request.name()));
  ASSIGN_OR_RETURN(Opened opened, Open(name, txn));
  const uint64_t etag =
      EvaluationEtag(*opened.working->model, *opened.working->board, opened.evaluation.revision);
  RETURN_IF_ERROR(CheckEtag(name.Evaluation(), request.etag(), etag));
  return opened;
}

std::string StateNameOf(v1::EvaluationState state) {
  return std::string(absl::StripPrefix(v1::EvaluationState_Name(state), "EVALUATION_STATE_"));
}

absl::Status WrongEvaluationState(const Opened& opened, std::initializer_list<v1::EvaluationState> needed) {
  const auto current = static_cast<v1::EvaluationState>(opened.evaluation.state.state());
  const std::string is = StateNameOf(current), name = opened.name.Table();
  std::string want, want_zh;
  for (const v1::EvaluationState state : needed) {
    absl::StrAppend(&want, want.empty() ? "" : " / ", StateNameOf(state));
    absl::StrAppend(&want_zh, want_zh.empty() ? "" : "或", "“", WordsOf(state).zh, "”");
  }
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_EVALUATION_STATE,
      {absl::StrCat("“", opened.working->model->state.display_name(), "”的自评目前是“", WordsOf(current).zh,
                    "”，此操作只能在", want_zh, "时进行。"),
       absl::StrCat("The evaluation of ", name, " is ", is, "; this works only while it is ", want, ".")},
      {{"name", name}, {"state", is}, {"needed", want}});
}

// EVALUATION_INCOMPLETE, listing all that is missing.
absl::Status RequireComplete(const Opened& opened) {
  const TableModel& model = *opened.working->model;
  const std::vector<MissingItem> missing = MissingOf(model, *opened.working->board);
  if (missing.empty()) return absl::OkStatus();
  std::vector<Violation> violations;
  for (const MissingItem& item : missing) {
    const std::string name = item.row < 0 ? model.state.display_name() : model.rows[item.row].name;
    violations.push_back(
        {item.row < 0 ? "spending" : absl::StrCat("indicators/", model.rows[item.row].id),
         {absl::StrCat(name, "：", item.action.zh), absl::StrCat(name, ": ", item.action.en)}});
  }
  const Text& first = violations.front().text;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_EVALUATION_INCOMPLETE,
                {absl::StrCat("还有 ", missing.size(), " 处未完成，不能签署评价。第一处 ", first.zh),
                 absl::StrCat(missing.size(), missing.size() == 1 ? " thing is" : " things are",
                              " missing before the evaluation can be signed. The first, ", first.en)},
                {{"name", model.state.name()}}, violations);
}

disk::SignedFigures FiguresOf(const TableModel& model, const Board& board) {
  v1::Score score;
  FillTotals(model, board, &score);
  disk::SignedFigures figures;
  figures.set_score(score.score());
  figures.set_grade(score.grade());
  figures.set_final_score(score.final_score());
  figures.set_final_grade(score.final_grade());
  figures.set_profile_version(model.profile->version);
  return figures;
}

absl::Status Put(const Opened& opened, const disk::EvaluationState& state, Transaction& txn,
                 v1::Evaluation* out) {
  disk::Event event;
  event.mutable_evaluation_set()->set_table(opened.name.Table());
  *event.mutable_evaluation_set()->mutable_evaluation() = state;
  if (state.state() != v1::EVALUATION_STATE_RETURNED) {
    *event.mutable_evaluation_set()->mutable_figures() =
        FiguresOf(*opened.working->model, *opened.working->board);
  }
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  *out = ToPublic(state, opened.name.Table(), txn.revision());
  return absl::OkStatus();
}

absl::StatusOr<scoring::Decimal> ReadReviewScore(const scoring::Indicator& row, const std::string& text) {
  const absl::StatusOr<scoring::Decimal> score = scoring::Decimal::Parse(text);
  if (!score.ok()) {
    return BadField("score", v1::ERROR_REASON_NOT_A_NUMBER,
                    {"复核得分应为十进制数，例如 7.5。", "The review score is a decimal number, e.g. 7.5."});
  }
  if (!row.weight.has_value()) {
    return BadField(
        "indicator", v1::ERROR_REASON_SCORE_NOT_ALLOWED,
        {"该指标没有分值，不能复核评分。", "This indicator has no weight and takes no review score."});
  }
  if (score->sign() < 0 || *score > *row.weight || score->scale() > kMaxReviewDecimals) {
    const std::string weight = row.weight->ToString();
    return BadField(
        "score", v1::ERROR_REASON_SCORE_OUT_OF_BAND,
        {absl::StrCat("复核得分须在 0 至 ", weight, " 之间，最多两位小数。"),
         absl::StrCat("A review score lies between 0 and ", weight, " and has at most two decimals.")},
        {{"low", "0"}, {"high", weight}});
  }
  return *score;
}

}  // namespace

absl::Status SubmitEvaluation(const v1::SubmitEvaluationRequest& request, Transaction& txn,
                              v1::SubmitEvaluationResponse* response) {
  RETURN_IF_ERROR(CheckLength("result", request.result(), kMaxWords));
  ASSIGN_OR_RETURN(const Opened opened, OpenSigned(request, txn));
  const int32_t state = opened.evaluation.state.state();
  if (state != v1::EVALUATION_STATE_OPEN && state != v1::EVALUATION_STATE_RETURNED)
    return WrongEvaluationState(opened, {v1::EVALUATION_STATE_OPEN, v1::EVALUATION_STATE_RETURNED});
  RETURN_IF_ERROR(RequireComplete(opened));
  disk::EvaluationState next;
  next.set_state(v1::EVALUATION_STATE_SUBMITTED);
  next.set_result(request.result());
  next.set_submitter(txn.caller().actor);
  next.set_submit_time_us(txn.time_us());
  next.set_submit_revision(static_cast<int64_t>(txn.revision()));
  RETURN_IF_ERROR(Put(opened, next, txn, response->mutable_evaluation()));
  FillTable(*opened.working->model, *opened.working->board, response->mutable_score());
  return absl::OkStatus();
}

absl::Status ReviewIndicator(const v1::ReviewIndicatorRequest& request, Transaction& txn,
                             v1::ReviewIndicatorResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseIndicatorName("indicator", request.indicator()));
  RETURN_IF_ERROR(CheckLength("reason", request.reason(), kMaxStepReason));
  ASSIGN_OR_RETURN(const Opened opened, Open(name, txn));
  const TableModel& model = *opened.working->model;
  const auto row = model.row_by_id.find(name.indicator);
  if (row == model.row_by_id.end()) return NotFound("indicator", name.Indicator());
  if (opened.evaluation.state.state() != v1::EVALUATION_STATE_SUBMITTED)
    return WrongEvaluationState(opened, {v1::EVALUATION_STATE_SUBMITTED});
  if (model.rows[row->second].not_applicable) {
    return BadField(
        "indicator", v1::ERROR_REASON_SCORE_NOT_ALLOWED,
        {"该指标标为不适用，不参与评分。", "This indicator is marked not applicable and has no score."});
  }
  ASSIGN_OR_RETURN(const scoring::Decimal score, ReadReviewScore(model.rows[row->second], request.score()));
  const std::optional<scoring::Decimal>& self = opened.working->board->scores[row->second].score;
  if (!self.has_value() || score != *self)
    RETURN_IF_ERROR(CheckRequired("reason", request.reason(), kMaxStepReason));
  disk::Event event;
  disk::ReviewRecorded* recorded = event.mutable_review_recorded();
  recorded->set_table(name.Table());
  recorded->set_indicator(name.indicator);
  disk::ReviewState* review = recorded->mutable_review();
  review->set_score(score.ToString());
  review->set_reason(request.reason());
  review->set_reviewer(txn.caller().actor);
  review->set_record_time_us(txn.time_us());
  review->set_revision(static_cast<int64_t>(txn.revision()));
  review->set_date(ToText(DayInChina(txn.time_us())));
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  FillRow(model, *opened.working->board, row->second, response->mutable_indicator_score());
  FillTotals(model, *opened.working->board, response->mutable_table_score());
  return absl::OkStatus();
}

absl::Status ConfirmEvaluation(const v1::ConfirmEvaluationRequest& request, Transaction& txn,
                               v1::ConfirmEvaluationResponse* response) {
  RETURN_IF_ERROR(CheckLength("opinion", request.opinion(), kMaxWords));
  ASSIGN_OR_RETURN(const Opened opened, OpenSigned(request, txn));
  if (opened.evaluation.state.state() != v1::EVALUATION_STATE_SUBMITTED)
    return WrongEvaluationState(opened, {v1::EVALUATION_STATE_SUBMITTED});
  RETURN_IF_ERROR(RequireComplete(opened));
  disk::EvaluationState next = opened.evaluation.state;
  next.set_state(v1::EVALUATION_STATE_CONFIRMED);
  next.set_opinion(request.opinion());
  next.set_confirmer(txn.caller().actor);
  next.set_confirm_time_us(txn.time_us());
  next.set_confirm_revision(static_cast<int64_t>(txn.revision()));
  RETURN_IF_ERROR(Put(opened, next, txn, response->mutable_evaluation()));
  FillTable(*opened.working->model, *opened.working->board, response->mutable_score());
  return absl::OkStatus();
}

absl::Status ReturnEvaluation(const v1::ReturnEvaluationRequest& request, Transaction& txn,
                              v1::ReturnEvaluationResponse* response) {
  RETURN_IF_ERROR(CheckRequired("reason", request.reason(), kMaxStepReason));
  ASSIGN_OR_RETURN(const Opened opened, OpenSigned(request, txn));
  const int32_t state = opened.evaluation.state.state();
  if (state != v1::EVALUATION_STATE_SUBMITTED && state != v1::EVALUATION_STATE_CONFIRMED) {
    return WrongEvaluationState(opened, {v1::EVALUATION_STATE_SUBMITTED, v1::EVALUATION_STATE_CONFIRMED});
  }
  disk::EvaluationState next = opened.evaluation.state;
  next.set_state(v1::EVALUATION_STATE_RETURNED);
  next.set_return_reason(request.reason());
  return Put(opened, next, txn, response->mutable_evaluation());
}

}  // namespace attain::engine
