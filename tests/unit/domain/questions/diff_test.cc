// DiffScores: what moved a score, told apart by cause.
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attain/v1/profile_service.pb.h"
#include "service/scoring/ratio.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using scoring::Decimal;
using scoring::Ratio;

Decimal Dec(const std::string& text) {
  return text.empty() ? Decimal() : *Decimal::Parse(text);
}

Ratio Fraction(const std::string& text) {
  const size_t slash = text.find('/');
  return slash == std::string::npos ? Ratio(Dec(text))
                                    : Ratio(Dec(text.substr(0, slash)), Dec(text.substr(slash + 1)));
}

class DiffTest : public EngineFixture {
 protected:
  DiffTest() { Open(); }

  // A mutation by somebody else than the fixture's caller; its status.
  absl::Status As(const std::string& actor, const google::protobuf::Message& request,
                  google::protobuf::Message* response) {
    return Try(request, response, actor);
  }

  int64_t Head() { return static_cast<int64_t>(store().head().revision); }

  void ReportAll(const std::string& table) {
    const v1::Table there = TableOf(table);
    for (const v1::Indicator& row : there.indicators()) {
      if (row.rule().kind() == v1::RULE_KIND_RATING) {
        v1::RateIndicatorRequest rate;
        rate.set_indicator(row.name());
        rate.set_level("达成年度指标");
        rate.set_score("38");
        rate.set_date("2024-02-01");
        rate.set_reason("as surveyed");
        Do<v1::RateIndicatorResponse>(rate);
        continue;
      }
      v1::RecordActualRequest report = ReportRequest(row.name(), "3", "2024-02-01");
      report.mutable_report()->set_reason("so far");
      Do<v1::RecordActualResponse>(report);
    }
    Spend(table, "4");
  }

  void Spend(const std::string& table, const std::string& spent, const std::string& date = "2024-02-01") {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }

  void SubmitEvaluation(const std::string& table) {
    v1::GetEvaluationRequest get;
    get.set_name(absl::StrCat(table, "/evaluation"));
    v1::SubmitEvaluationRequest submit;
    submit.set_name(absl::StrCat(table, "/evaluation"));
    submit.set_etag(Ask<v1::GetEvaluationResponse>(get).evaluation().etag());
    Do<v1::SubmitEvaluationResponse>(submit);
  }

  void Review(const std::string& indicator, const std::string& score) {
    v1::ReviewIndicatorRequest request;
    request.set_indicator(indicator);
    request.set_score(score);
    request.set_reason("seen on site");
    v1::ReviewIndicatorResponse response;
    const absl::Status status = As("reviewer", request, &response);
    ASSERT_TRUE(status.ok()) << status;
  }

  // Proposed by one person, approved by another. False when the table does not take it.
  bool Amend(const std::string& table, v1::Amendment amendment, const std::string& effective = "") {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(table);
    amendment.set_reason("adjusted at mid-year");
    amendment.set_effective_date(effective);
    *propose.mutable_amendment() = std::move(amendment);
    propose.set_etag(TableOf(table).etag());
    v1::ProposeAmendmentResponse proposed;
    if (!As("lead", propose, &proposed).ok()) return false;
    v1::ApproveAmendmentRequest approve;
    approve.set_name(proposed.amendment().name());
    approve.set_etag(proposed.amendment().etag());
    v1::ApproveAmendmentResponse approved;
    return As("head", approve, &approved).ok();
  }

  v1::Amendment ChangeOf(const v1::Indicator& row) {
    v1::Amendment amendment;
    amendment.add_rows()->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *amendment.mutable_rows(0)->mutable_indicator() = row;
    return amendment;
  }

  bool LowerTarget(const std::string& table, int row, const std::string& target) {
    v1::Indicator indicator = TableOf(table).indicators(row);
    indicator.mutable_target()->set_value(target);
    return Amend(table, ChangeOf(indicator));
  }

  // A new version of the profile in which an upper limit that is passed is scored otherwise.
  void ChangeProfile(const std::string& name, bool ratio) {
    v1::GetProfileRequest get;
    get.set_name(name);
    v1::UpdateProfileRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
    v1::RuleOptions* defaults = update.mutable_profile()->mutable_defaults();
    defaults->set_reverse_mode(ratio ? v1::REVERSE_MODE_RATIO : v1::REVERSE_MODE_LINEAR);
    defaults->set_pass_gate(ratio ? "0.9" : "");
    Do<v1::UpdateProfileResponse>(update);
  }

  v1::DiffScoresResponse Diff(const std::string& name, int64_t from, int64_t to,
                              const std::string& from_date = "", const std::string& to_date = "") {
    v1::DiffScoresRequest request;
    request.set_name(name);
    request.mutable_from()->set_read_revision(from);
    if (to != 0) request.mutable_to()->set_read_revision(to);
    request.mutable_from_as_of()->set_date(from_date);
    request.mutable_to_as_of()->set_date(to_date);
    return Ask<v1::DiffScoresResponse>(request);
  }

  absl::Status Refused(const v1::DiffScoresRequest& request) {
    v1::DiffScoresResponse response;
    return engine().Read(request, &response, {"reader", "en", ""});
  }

  // The final score as GetScore tells it; empty while there is none.
  std::string FinalAt(const std::string& name, int64_t revision, const std::string& day) {
    v1::GetScoreRequest request;
    request.set_name(name);
    request.mutable_read()->set_read_revision(revision);
    request.mutable_as_of()->set_date(day);
    v1::GetScoreResponse response;
    if (!engine().Read(request, &response, {"reader", "en", ""}).ok()) return "";
    if (response.score().indicators_size() == 1) return response.score().indicators(0).final_score();
    return response.score().final_score();
  }

  void ExpectSound(const v1::DiffScoresResponse& diff) {
    Decimal points;
    Ratio exact;
    int last = 0;
    for (const v1::ScoreDifference& part : diff.parts()) {
      points = points + Dec(part.points());
      exact = exact + Fraction(part.exact());
      EXPECT_GT(part.cause(), last) << diff.ShortDebugString();
      last = part.cause();
      EXPECT_GT(part.revision_count(), 0) << diff.ShortDebugString();
      EXPECT_EQ(part.revisions_size(), std::min<int64_t>(20, part.revision_count()));
      for (int i = 1; i < part.revisions_size(); ++i) EXPECT_GT(part.revisions(i), part.revisions(i - 1));
    }
    EXPECT_EQ(points, Dec(diff.points())) << diff.ShortDebugString();
    EXPECT_EQ(exact, Ratio(points)) << diff.ShortDebugString();
    EXPECT_EQ(Dec(diff.score_after()) - Dec(diff.score_before()), points) << diff.ShortDebugString();
  }

  // "REPORTS 5/2, REVIEW -1"
  static std::string Shown(const v1::DiffScoresResponse& diff) {
    std::string shown;
    for (const v1::ScoreDifference& part : diff.parts()) {
      absl::StrAppend(&shown, shown.empty() ? "" : ", ", v1::DifferenceCause_Name(part.cause()).substr(17),
                      " ", part.exact());
    }
    return shown;
  }
};

TEST_F(DiffTest, EveryCauseIsToldApart) {
  MakeTable("u", "t", 3);
  const std::string table = "units/u/tables/t", row = absl::StrCat(table, "/indicators/i");
  int64_t from = Head();
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(row, i), "30");
  EXPECT_EQ(Shown(Diff(table, from, 0)), "REPORTS 90");
  from = Head();
  Spend(table, "5");
  EXPECT_EQ(Shown(Diff(table, from, 0)), "SPENDING 5");
  from = Head();
  v1::CorrectActualRequest correct;
  correct.set_name(absl::StrCat(row, "1/actuals/", Head() - 3));
  correct.mutable_report()->set_value("15");
  correct.mutable_report()->set_reason("counted twice");
  correct.set_change_reason("counted twice");
  Do<v1::CorrectActualResponse>(correct);
  EXPECT_EQ(Shown(Diff(table, from, 0)), "CORRECTIONS -15");
  from = Head();
  ASSERT_TRUE(LowerTarget(table, 0, "20"));
  EXPECT_EQ(Shown(Diff(table, from, 0)), "AMENDMENTS 15/2");
  from = Head();
  SubmitEvaluation(table);
  Review(absl::StrCat(row, "2"), "28");
  EXPECT_EQ(Shown(Diff(table, from, 0)), "REVIEW -2");
  from = Head();
  ChangeProfile("profiles/national", true);
  v1::Amendment adopt;
  adopt.set_adopt_newest_profile(true);
  ASSERT_TRUE(Amend(table, adopt));
  EXPECT_EQ(Shown(Diff(table, from, 0)), "PROFILE -45/2");  // 15 of 20 no longer passes the gate
  const v1::DiffScoresResponse whole = Diff(table, 1, 0);
  ExpectSound(whole);
  EXPECT_EQ(whole.score_before(), "");
  EXPECT_EQ(Diff("units/u", 1, 0).points(), whole.points());
}

TEST_F(DiffTest, FromARevisionToItselfIsNothing) {
  MakeTable("u", "t", 3);
  Report("units/u/tables/t/indicators/i1", "29");
  const v1::DiffScoresResponse diff = Diff("units/u/tables/t", Head(), Head());
  EXPECT_EQ(diff.parts_size(), 0);
  EXPECT_EQ(diff.points(), "0.00");
  EXPECT_EQ(diff.score_before(), diff.score_after());
}

TEST_F(DiffTest, ACauseThatMovedNothingIsListedWithNothing) {
  MakeTable("u", "t", 3);
  const std::string row = "units/u/tables/t/indicators/i1";
  Report(row, "31");
  const int64_t from = Head();
  Report(row, "32");
  const v1::DiffScoresResponse diff = Diff("units/u/tables/t", from, 0);
  EXPECT_EQ(Shown(diff), "REPORTS 0");
  EXPECT_EQ(diff.parts(0).points(), "0.00");
  EXPECT_EQ(diff.parts(0).revisions(0), Head());
}

TEST_F(DiffTest, TheOrderOfRecordingDoesNotMatter) {
  for (const std::string table : {"a", "b", "c"}) {
    MakeTable("u", table, 3);
    for (int i = 1; i <= 3; ++i)
      Report(absl::StrCat("units/u/tables/", table, "/indicators/i", i), "30", "2024-01-31");
  }
  // On each table the same four changes, in another order.
  const std::vector<std::vector<int>> orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}};
  const int64_t from = Head();
  std::vector<int64_t> first(3);
  for (int t = 0; t < 3; ++t) {
    const std::string table = absl::StrCat("units/u/tables/", std::string(1, static_cast<char>('a' + t)));
    for (const int change : orders[t]) {
      if (change == 0) Report(absl::StrCat(table, "/indicators/i1"), "24", "2024-03-31");
      if (change == 1) {
        EXPECT_TRUE(LowerTarget(table, 0, "25"));
      }
      if (change == 2) Spend(table, "3");
      if (change == 3) {
        v1::ListActualsRequest list;
        list.set_parent(absl::StrCat(table, "/indicators/i2"));
        v1::RetractActualRequest retract;
        retract.set_name(Ask<v1::ListActualsResponse>(list).actuals(0).name());
        retract.set_change_reason("not ours");
        Do<v1::RetractActualResponse>(retract);
      }
    }
  }
  const std::string shown = Shown(Diff("units/u/tables/a", from, 0));
  EXPECT_EQ(Shown(Diff("units/u/tables/b", from, 0)), shown);
  EXPECT_EQ(Shown(Diff("units/u/tables/c", from, 0)), shown);
  // 24 of 30 alone costs 6, of 25 only 1.20; the lower target alone gives nothing: 2.40 of the saving is the
  // amendment's.
  EXPECT_EQ(shown, "REPORTS -18/5, CORRECTIONS -30, AMENDMENTS 12/5, SPENDING 3");
}

TEST_F(DiffTest, ValuesOfLaterDaysAreReports) {
  MakeTable("u", "t", 3);
  const std::string table = "units/u/tables/t";
  Report(absl::StrCat(table, "/indicators/i1"), "12", "2024-06-30");
  Report(absl::StrCat(table, "/indicators/i1"), "24", "2024-11-30");
  Spend(table, "2", "2024-05-31");
  Spend(table, "6", "2024-10-31");
  v1::Indicator row = TableOf(table).indicators(0);
  row.mutable_target()->set_value("24");
  ASSERT_TRUE(Amend(table, ChangeOf(row), "2024-09-01"));
  const v1::DiffScoresResponse diff = Diff(table, Head(), Head(), "2024-08-31", "2024-12-31");
  ExpectSound(diff);
  EXPECT_EQ(diff.score_before(), FinalAt(table, Head(), "2024-08-31"));
  // Before 12 of 30 = 12, after 24 of 24 = 30: the target lets in 3 at first and 6 with the new value.
  EXPECT_EQ(Shown(diff), "REPORTS 27/2, AMENDMENTS 9/2, SPENDING 4");
  v1::DiffScoresRequest days;
  days.set_name(table);
  days.mutable_from_as_of()->set_date("2024-08-31");
  days.mutable_to_as_of()->set_date("2024-12-31");
  EXPECT_EQ(Shown(Ask<v1::DiffScoresResponse>(days)), Shown(diff));  // as known now
}

TEST_F(DiffTest, RandomHistoriesWithAllCausesSum) {
  ImportSample();
  const std::vector<std::string> tables = {"units/u/tables/p1", "units/u/tables/p2", "units/u/tables/p3"};
  for (const std::string& table : tables) {
    ReportAll(table);
    SubmitEvaluation(table);
  }
  RandomHistory history(71, {[this](const std::string& table) { return TableOf(table); },
                             [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
  std::mt19937_64 random(72);
  int amended = 0, profiles = 0, reviewed = 0;
  const int64_t first = Head();
  for (int i = 0; i < 260; ++i) {
    const std::string& table = tables[random() % 3];
    const std::string row = absl::StrCat(table, "/indicators/i", 1 + random() % 6);
    switch (random() % 12) {
      case 0:
        amended += LowerTarget(table, static_cast<int>(random() % 6), absl::StrCat(1 + random() % 6));
        break;
      case 1: {
        ChangeProfile("profiles/xinjiang", random() % 2 == 0);
        v1::Amendment adopt;
        adopt.set_adopt_newest_profile(true);
        profiles += Amend(table, adopt);
        break;
      }
      case 2: {
        v1::ReviewIndicatorRequest review;
        review.set_indicator(row);
        review.set_score(absl::StrCat(random() % 4, ".5"));
        review.set_reason("seen on site");
        v1::ReviewIndicatorResponse response;
        reviewed += As("reviewer", review, &response).ok();
        break;
      }
      default: {
        Step step = history.Next();
        if (As(step.actor, *step.request, step.response.get()).ok()) history.Accepted(step);
      }
    }
  }
  EXPECT_GT(amended, 3);
  EXPECT_GT(profiles, 3);
  EXPECT_GT(reviewed, 3);
  uint32_t seen = 0;
  for (int i = 0; i < 120; ++i) {
    int64_t from = first + static_cast<int64_t>(random() % (Head() - first + 1));
    int64_t to = first + static_cast<int64_t>(random() % (Head() - first + 1));
    if (from > to) std::swap(from, to);
    std::string from_day, to_day;
    if (i % 2 == 1) {
      from_day = absl::StrFormat("2024-%02d-15", 1 + random() % 12);
      to_day = absl::StrFormat("2024-%02d-20", 1 + random() % 12);
      if (from_day > to_day) std::swap(from_day, to_day);
    }
    for (const std::string& name :
         {std::string("units/u"), tables[i % 3], absl::StrCat(tables[i % 3], "/indicators/i", 1 + i % 7)}) {
      const v1::DiffScoresResponse diff = Diff(name, from, to, from_day, to_day);
      ExpectSound(diff);
      EXPECT_EQ(diff.score_before(), FinalAt(name, from, from_day)) << name << from << " " << from_day;
      EXPECT_EQ(diff.score_after(), FinalAt(name, to, to_day)) << name << to << " " << to_day;
      for (const v1::ScoreDifference& part : diff.parts()) {
        if (part.exact() != "0") seen |= 1u << part.cause();
      }
    }
  }
  EXPECT_EQ(seen, 0b1111110u);  // every cause moved points somewhere
}

void From(v1::DiffScoresRequest* request, int64_t revision) {
  request->mutable_from()->set_read_revision(revision);
}
void To(v1::DiffScoresRequest* request, int64_t revision) {
  request->mutable_to()->set_read_revision(revision);
}
void Days(v1::DiffScoresRequest* request, const char* from, const char* to) {
  request->mutable_from_as_of()->set_date(from);
  request->mutable_to_as_of()->set_date(to);
}

TEST_F(DiffTest, RefusesWhatItCannotCompare) {
  MakeTable("u", "t", 3);
  const auto reason = [&](auto fill) {
    v1::DiffScoresRequest request;
    request.set_name("units/u/tables/t");
    request.mutable_from()->set_read_revision(1);
    fill(&request);
    return ReasonOf(Refused(request));
  };
  using Request = v1::DiffScoresRequest*;
  EXPECT_EQ(reason([](Request r) { r->clear_from(); }), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { From(r, 3), To(r, 2); }), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { r->mutable_from()->mutable_read_time()->set_seconds(1); }),
            v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  EXPECT_EQ(reason([](Request r) { r->mutable_from_as_of()->set_date("2024-01-01"); }),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { r->mutable_to_as_of()->set_date("2024-01-01"); }),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { Days(r, "2024-02-01", "2024-01-01"); }), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { Days(r, "2024-02-01", "tomorrow"); }), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { r->mutable_from_as_of()->set_target_basis(v1::TARGET_BASIS_ORIGINAL); }),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { r->mutable_to_as_of()->set_target_basis(v1::TARGET_BASIS_LATEST); }),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(reason([](Request r) { To(r, 1'000'000); }), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  EXPECT_EQ(reason([](Request r) { r->set_name("units/u/tables/none"); }),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(reason([](Request r) { r->set_name("units/u/tables/t/indicators/i9"); }),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(reason([](Request r) { r->set_name("units/none"); }), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(reason([](Request r) { r->set_name("units/u/tables/t"), To(r, 1); }),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

}  // namespace
}  // namespace attain::engine
