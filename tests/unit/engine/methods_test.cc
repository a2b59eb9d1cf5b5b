// The table of methods: what the API declares and what the engine carries out; what waits for a person and
// what that person may do.
#include "common/schema/methods.h"

#include <gmock/gmock.h>

#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

constexpr char kTable[] = "units/a/tables/t", kAmendment[] = "units/a/tables/t/amendments/1";

class Methods : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
};

TEST_F(Methods, EveryoneIsCarriedOut) {
  // Their ports carry these out: bytes and subscriptions.
  const std::set<std::string> of_ports = {"UploadDocument", "ExtractDocument", "Watch"};
  for (const auto* service : schema::ServicesOfApi()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const auto& method = *service->method(i);
      const v1::CallRule& rule = schema::RuleOf(method);
      std::vector<std::string> needs;
      for (const v1::Need& need : rule.needs()) {
        needs.push_back(absl::StrCat(v1::Permission_Name(need.permission()).substr(sizeof("PERMISSION_") - 1),
                                     " ", need.resource()));
      }
      const bool has = engine().Has(method.input_type());
      std::cout << absl::StreamFormat("%-20s %-12s %s%s\n", method.name(),
                                      v1::CallKind_Name(rule.kind()).substr(sizeof("CALL_KIND_") - 1),
                                      absl::StrJoin(needs, ", "), rule.signed_() ? ", signed" : "");
      EXPECT_NE(has, of_ports.contains(method.name())) << method.name();
    }
  }
}

// A question is no command and the other way round.
TEST_F(Methods, CommandsAreNotReadAndQuestionsNotWritten) {
  v1::GetUnitResponse unit;
  EXPECT_EQ(Try(v1::GetUnitRequest(), &unit).code(), absl::StatusCode::kInternal);
  v1::CreateUnitResponse created;
  EXPECT_EQ(engine().Read(v1::CreateUnitRequest(), &created, {"reader", "en", ""}).code(),
            absl::StatusCode::kInternal);
}

// Each cell of method × state × caller: ListDue says that it waits for a caller exactly when a dry run of the
// step by that caller is not refused for who they are.
class WhoseTurn : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 3);
  }
  void Complete() {
    v1::RecordSpendingRequest spending;
    spending.set_parent(kTable);
    spending.mutable_spending()->set_spent("10");
    spending.mutable_spending()->set_date("2024-12-31");
    Do<v1::RecordSpendingResponse>(spending);
    for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "30", "2024-12-31");
  }
  void Propose(const std::string& proposer) {
    const v1::Table table = TableOf(kTable);
    v1::ProposeAmendmentRequest propose;
    propose.set_etag(table.etag());
    propose.set_parent(kTable);
    v1::RowChange* row = propose.mutable_amendment()->add_rows();
    row->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *row->mutable_indicator() = table.indicators(0);
    row->mutable_indicator()->mutable_target()->set_value("24");
    propose.mutable_amendment()->set_reason("项目缩减");
    Do<v1::ProposeAmendmentResponse>(propose, proposer);
  }
  template <typename Request>
  Request Step() {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    request.mutable_write()->set_validate_only(true);
    return request;
  }
  bool WaitsFor(const std::string& actor, v1::DueKind kind) {
    v1::ListDueRequest request;
    request.set_parent("units/a");
    request.set_due_by("2099-01-01");
    v1::ListDueResponse response;
    EXPECT_TRUE(engine().Read(request, &response, {actor, "en", ""}).ok());
    int found = 0;
    bool for_caller = false;
    for (const v1::DueItem& item : response.items()) {
      if (item.kind() != kind) continue;
      ++found;
      for_caller = item.for_caller();
    }
    EXPECT_EQ(found, 1) << v1::DueKind_Name(kind);
    return for_caller;
  }
  template <typename Response, typename Request>
  void ExpectSame(const Request& step, v1::DueKind kind, const std::set<std::string>& who) {
    for (const char* actor : {"", "lead", "boss", "office"}) {
      Response response;
      const absl::Status tried = Try(step, &response, actor);
      EXPECT_EQ(tried.ok(), who.contains(actor))
          << Request::descriptor()->name() << " by '" << actor << "': " << tried;
      EXPECT_EQ(WaitsFor(actor, kind), tried.ok())
          << Request::descriptor()->name() << " by '" << actor << "'";
    }
  }
};

TEST_F(WhoseTurn, AnAmendmentIsApprovedBySomebodyElse) {
  Propose("lead");
  v1::ApproveAmendmentRequest approve;
  approve.set_name(kAmendment);
  v1::ListAmendmentsRequest list;
  list.set_parent(kTable);
  approve.set_etag(Ask<v1::ListAmendmentsResponse>(list).amendments(0).etag());
  approve.mutable_write()->set_validate_only(true);
  ExpectSame<v1::ApproveAmendmentResponse>(approve, v1::DUE_KIND_AMENDMENT, {"boss", "office"});
}

TEST_F(WhoseTurn, ASelfEvaluationIsHandedInReviewedAndSentBackByWhoeverSaysWhoTheyAre) {
  const std::set<std::string> named = {"lead", "boss", "office"};
  Complete();
  ExpectSame<v1::SubmitEvaluationResponse>(Step<v1::SubmitEvaluationRequest>(), v1::DUE_KIND_EVALUATION,
                                           named);
  auto submit = Step<v1::SubmitEvaluationRequest>();
  submit.mutable_write()->set_validate_only(false);
  Do<v1::SubmitEvaluationResponse>(submit, "lead");
  ExpectSame<v1::ConfirmEvaluationResponse>(Step<v1::ConfirmEvaluationRequest>(), v1::DUE_KIND_REVIEW, named);
  auto back = Step<v1::ReturnEvaluationRequest>();
  back.mutable_write()->set_validate_only(false);
  back.set_reason("incomplete");
  Do<v1::ReturnEvaluationResponse>(back, "office");
  ExpectSame<v1::SubmitEvaluationResponse>(Step<v1::SubmitEvaluationRequest>(), v1::DUE_KIND_RETURNED, named);
}

}  // namespace
}  // namespace attain::engine
