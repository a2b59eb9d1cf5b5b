#include "tests/unit/engine/random_history.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"

namespace attain::engine {
namespace {

// Random figures are seldom what a person would mean.
template <typename Request>
void AcceptFigures(Request* request) {
  for (const char* code : {"VALUE_IS_FRACTION", "VALUE_JUMP", "VALUE_TEN_THOUSAND_TIMES",
                           "VALUE_TEN_THOUSANDTH", "SAME_VALUE_SAME_DAY"})
    request->mutable_write()->add_accept_findings(code);
}

template <typename Request, typename Response>
Step Make(Request request) {
  return {std::make_unique<Request>(std::move(request)), std::make_unique<Response>(), "tester"};
}

}  // namespace

std::string RandomHistory::Day() {
  return absl::StrFormat("2024-%02d-%02d", 1 + Below(12), 1 + Below(28));
}

Step RandomHistory::Next() {
  const std::string table = absl::StrCat("units/u/tables/p", 1 + Below(5));
  const size_t kind = Below(26);
  if (kind >= 20) return LifeStep(table);
  if (kind < 2 && !active_.empty()) {
    v1::CorrectActualRequest request;
    request.set_name(active_[Below(active_.size())]);
    request.mutable_report()->set_value(absl::StrCat(Below(9)));
    request.mutable_report()->set_date(Day());
    request.set_change_reason("counted again");
    AcceptFigures(&request);
    return Make<v1::CorrectActualRequest, v1::CorrectActualResponse>(std::move(request));
  }
  if (kind < 4 && !active_.empty()) {
    v1::RetractActualRequest request;
    request.set_name(active_[Below(active_.size())]);
    request.set_change_reason("reported twice");
    return Make<v1::RetractActualRequest, v1::RetractActualResponse>(std::move(request));
  }
  if (kind < 6) {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(absl::StrFormat("%d.%02d", Below(30), Below(100)));
    request.mutable_spending()->set_date(Day());
    AcceptFigures(&request);
    if (Below(4) == 0) request.mutable_spending()->set_adjusted_budget(absl::StrCat(10 + Below(40)));
    return Make<v1::RecordSpendingRequest, v1::RecordSpendingResponse>(std::move(request));
  }
  if (kind < 8) {
    v1::RateIndicatorRequest request;
    request.set_indicator(absl::StrCat(table, "/indicators/i7"));
    request.set_level("达成年度指标");
    request.set_score(absl::StrCat(32 + Below(9)));
    request.set_date(Day());
    request.set_reason("as seen");
    return Make<v1::RateIndicatorRequest, v1::RateIndicatorResponse>(std::move(request));
  }
  v1::RecordActualRequest request;
  request.set_indicator(absl::StrCat(table, "/indicators/i", 1 + Below(6)));
  request.mutable_report()->set_value(absl::StrCat(Below(110), Below(2) == 0 ? "" : ".5"));
  request.mutable_report()->set_date(Day());
  request.mutable_report()->set_reason("weather");
  AcceptFigures(&request);
  return Make<v1::RecordActualRequest, v1::RecordActualResponse>(std::move(request));
}

Step RandomHistory::LifeStep(const std::string& table) {
  if (Below(2) == 0) return Evaluate(table);
  if (proposed_.empty() || Below(2) == 0) return Propose(table);
  const v1::Amendment amendment = proposed_[Below(proposed_.size())];
  proposed_.erase(std::find_if(proposed_.begin(), proposed_.end(),
                               [&](const auto& each) { return each.name() == amendment.name(); }));
  if (Below(3) == 0) {
    v1::RejectAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    request.set_reason("not this year");
    return Make<v1::RejectAmendmentRequest, v1::RejectAmendmentResponse>(std::move(request));
  }
  v1::ApproveAmendmentRequest request;
  request.set_name(amendment.name());
  request.set_etag(amendment.etag());
  Step step = Make<v1::ApproveAmendmentRequest, v1::ApproveAmendmentResponse>(std::move(request));
  step.actor = "approver";
  return step;
}

// Another target, points moved from one row to another, or a row split in two.
Step RandomHistory::Propose(const std::string& table) {
  const v1::Table now = eyes_.table(table);
  v1::ProposeAmendmentRequest request;
  request.set_parent(table);
  request.set_etag(now.etag());
  request.mutable_amendment()->set_reason("conditions changed");
  request.mutable_amendment()->set_effective_date(absl::StrFormat("2024-%02d-01", 1 + Below(12)));
  const auto change = [&](v1::RowChangeKind kind, const v1::Indicator& row) {
    v1::RowChange* out = request.mutable_amendment()->add_rows();
    out->set_kind(kind);
    *out->mutable_indicator() = row;
    return out->mutable_indicator();
  };
  const v1::Indicator& row =
      now.indicators(static_cast<int>(Below(static_cast<size_t>(now.indicators_size() - 1))));
  v1::Indicator* changed = change(v1::ROW_CHANGE_KIND_CHANGED, row);
  const int points = std::atoi(row.weight().c_str());
  if (Below(8) == 0) {
    changed->set_not_applicable(!row.not_applicable());
  } else if (Below(2) == 0 || points < 3) {
    if (!row.target().value().empty()) changed->mutable_target()->set_value(absl::StrCat(1 + Below(40)));
  } else {
    changed->set_weight(absl::StrCat(points - 1));
    v1::Indicator* added = change(v1::ROW_CHANGE_KIND_ADDED, row);
    added->clear_name();
    added->set_display_name(absl::StrCat(row.display_name(), Below(1'000'000)));
    added->set_weight("1");
  }
  return Make<v1::ProposeAmendmentRequest, v1::ProposeAmendmentResponse>(std::move(request));
}

Step RandomHistory::Evaluate(const std::string& table) {
  const v1::Evaluation now = eyes_.evaluation(table);
  if (now.state() == v1::EVALUATION_STATE_SUBMITTED && Below(3) != 0) {
    v1::ReviewIndicatorRequest request;
    request.set_indicator(absl::StrCat(table, "/indicators/i", 1 + Below(7)));
    request.set_score(absl::StrFormat("%d.%d", Below(6), Below(10)));
    request.set_reason("evidence is thin");
    return Make<v1::ReviewIndicatorRequest, v1::ReviewIndicatorResponse>(std::move(request));
  }
  if (now.state() == v1::EVALUATION_STATE_SUBMITTED && Below(2) == 0) {
    v1::ConfirmEvaluationRequest request;
    request.set_name(absl::StrCat(table, "/evaluation"));
    request.set_etag(now.etag());
    return Make<v1::ConfirmEvaluationRequest, v1::ConfirmEvaluationResponse>(std::move(request));
  }
  if (now.state() == v1::EVALUATION_STATE_SUBMITTED || now.state() == v1::EVALUATION_STATE_CONFIRMED) {
    v1::ReturnEvaluationRequest request;
    request.set_name(absl::StrCat(table, "/evaluation"));
    request.set_etag(now.etag());
    request.set_reason("look again");
    return Make<v1::ReturnEvaluationRequest, v1::ReturnEvaluationResponse>(std::move(request));
  }
  v1::SubmitEvaluationRequest request;
  request.set_name(absl::StrCat(table, "/evaluation"));
  request.set_etag(now.etag());
  return Make<v1::SubmitEvaluationRequest, v1::SubmitEvaluationResponse>(std::move(request));
}

void RandomHistory::Accepted(const Step& step) {
  const auto forget = [&](const std::string& name) {
    active_.erase(std::remove(active_.begin(), active_.end(), name), active_.end());
  };
  if (const auto* record = dynamic_cast<const v1::RecordActualResponse*>(step.response.get())) {
    active_.push_back(record->actual().name());
  } else if (const auto* correct = dynamic_cast<const v1::CorrectActualResponse*>(step.response.get())) {
    forget(static_cast<const v1::CorrectActualRequest&>(*step.request).name());
    active_.push_back(correct->actual().name());
  } else if (const auto* retract = dynamic_cast<const v1::RetractActualRequest*>(step.request.get())) {
    forget(retract->name());
  } else if (const auto* propose = dynamic_cast<const v1::ProposeAmendmentResponse*>(step.response.get())) {
    proposed_.push_back(propose->amendment());
  }
}

}  // namespace attain::engine
