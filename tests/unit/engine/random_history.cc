#include "tests/unit/engine/random_history.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"

namespace attain::engine {
namespace {

template <typename Request, typename Response>
Step Make(Request request) {
  return {std::make_unique<Request>(std::move(request)), std::make_unique<Response>()};
}

}  // namespace

std::string RandomHistory::Day() { return absl::StrFormat("2024-%02d-%02d", 1 + Below(12), 1 + Below(28)); }

Step RandomHistory::Next() {
  const std::string table = absl::StrCat("units/u/tables/p", 1 + Below(5));
  const size_t kind = Below(20);
  if (kind < 2 && !active_.empty()) {
    v1::CorrectActualRequest request;
    request.set_name(active_[Below(active_.size())]);
    request.mutable_report()->set_value(absl::StrCat(Below(9)));
    request.mutable_report()->set_date(Day());
    request.set_change_reason("counted again");
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
    request.mutable_spending()->set_table(table);
    request.mutable_spending()->set_spent(absl::StrFormat("%d.%02d", Below(30), Below(100)));
    request.mutable_spending()->set_date(Day());
    if (Below(4) == 0) request.mutable_spending()->set_adjusted_budget(absl::StrCat(10 + Below(40)));
    return Make<v1::RecordSpendingRequest, v1::RecordSpendingResponse>(std::move(request));
  }
  if (kind < 8) {
    v1::RateIndicatorRequest request;
    request.set_indicator(absl::StrCat(table, "/indicators/i7"));
    request.set_level("达成年度指标");
    request.set_score(absl::StrCat(32 + Below(9)));
    request.set_date(Day());
    return Make<v1::RateIndicatorRequest, v1::RateIndicatorResponse>(std::move(request));
  }
  v1::RecordActualRequest request;
  request.set_indicator(absl::StrCat(table, "/indicators/i", 1 + Below(6)));
  request.mutable_report()->set_value(absl::StrCat(Below(110), Below(2) == 0 ? "" : ".5"));
  request.mutable_report()->set_date(Day());
  return Make<v1::RecordActualRequest, v1::RecordActualResponse>(std::move(request));
}

void RandomHistory::Accepted(const Step& step) {
  const auto forget = [&](const std::string& name) { active_.erase(std::remove(active_.begin(), active_.end(), name), active_.end()); };
  if (const auto* record = dynamic_cast<const v1::RecordActualResponse*>(step.response.get())) {
    active_.push_back(record->actual().name());
  } else if (const auto* correct = dynamic_cast<const v1::CorrectActualResponse*>(step.response.get())) {
    forget(static_cast<const v1::CorrectActualRequest&>(*step.request).name());
    active_.push_back(correct->actual().name());
  } else if (const auto* retract = dynamic_cast<const v1::RetractActualRequest*>(step.request.get())) {
    forget(retract->name());
  }
}

}  // namespace attain::engine
