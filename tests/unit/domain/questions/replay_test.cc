// ReplayProfile over random histories: the same rules differ nowhere, other rules give what a store under
// those rules has.
#include "service/domain/questions/replay.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kSteps = 200;
constexpr const char* kProfile = "profiles/xinjiang";

struct Change {
  const char* name;
  void (*apply)(v1::Profile*);
};
void Grades(v1::Profile* profile) {
  const char* from[] = {"80", "70", "60", "0"};
  for (int i = 0; i < 4; ++i) profile->mutable_grades(i)->set_from(from[i]);
}
const Change kChanges[] = {
    {"PassGate", [](v1::Profile* profile) { profile->mutable_defaults()->set_pass_gate("0.8"); }},
    {"ReverseMode",
     [](v1::Profile* profile) { profile->mutable_defaults()->set_reverse_mode(v1::REVERSE_MODE_RATIO); }},
    {"Grades", &Grades},
    {"TotalDecimals", [](v1::Profile* profile) { profile->set_total_decimals(0); }},
    {"ScoreDecimals", [](v1::Profile* profile) { profile->mutable_defaults()->set_score_decimals(0); }},
    {"ExecutionPoints", [](v1::Profile* profile) { profile->set_execution_points("20"); }},
    {"EqualMode",
     [](v1::Profile* profile) { profile->mutable_defaults()->set_equal_mode(v1::EQUAL_MODE_STRICT); }},
};

bool SamePoints(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a.empty() == b.empty();
  return *Decimal::Parse(a) == *Decimal::Parse(b);
}

class ReplayFixture : public EngineFixture {
 protected:
  enum Life { kReportsOnly, kWholeLife };
  // A store with the sample and a history; `change` is recorded as a new version before the tables are
  // approved. Whether an evaluation is accepted depends on scores, and so on the rules: stores that are
  // compared have reports only.
  void MakeStore(const std::string& name, uint64_t seed, const Change* change, Life life = kReportsOnly) {
    Open(name);
    if (change != nullptr) {
      v1::UpdateProfileRequest update;
      update.mutable_update_mask()->add_paths("*");
      *update.mutable_profile() = Profile();
      change->apply(update.mutable_profile());
      Do<v1::UpdateProfileResponse>(update);
    }
    ImportSample();
    RandomHistory history(seed,
                          {[this](const std::string& table) { return TableOf(table); },
                           [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
    for (int i = 0; i < kSteps; ++i) {
      Step step = history.Next();
      const std::string kind = step.request->GetDescriptor()->name();
      if (life == kReportsOnly &&
          (absl::StrContains(kind, "Amendment") || absl::StrContains(kind, "Evaluation") ||
           absl::StrContains(kind, "Review"))) {
        continue;
      }
      if (Try(*step.request, step.response.get(), step.actor).ok()) history.Accepted(step);
    }
  }
  v1::Profile Profile() {
    v1::GetProfileRequest get;
    get.set_name(kProfile);
    return Ask<v1::GetProfileResponse>(get).profile();
  }
  std::map<std::string, v1::Score> Scores() {
    v1::ListScoresRequest list;
    list.set_parent("units/-");
    std::map<std::string, v1::Score> scores;
    const auto tables = Ask<v1::ListScoresResponse>(list);
    for (const v1::Score& row : tables.scores()) scores[row.name()] = ScoreOf(row.name());
    return scores;
  }
  v1::ReplayProfileResponse Replayed(const v1::ReplayProfileRequest& request) {
    return Ask<v1::ReplayProfileResponse>(request);
  }
  v1::ReplayProfileRequest Under(const Change& change) {
    v1::ReplayProfileRequest request;
    *request.mutable_profile() = Profile();
    change.apply(request.mutable_profile());
    return request;
  }
  v1::ErrorReason Refused(const v1::ReplayProfileRequest& request) {
    v1::ReplayProfileResponse response;
    const absl::Status status = engine().Read(request, &response, {"reader", "en", ""});
    EXPECT_FALSE(status.ok()) << response.ShortDebugString();
    return ReasonOf(status);
  }
};

v1::ReplayProfileResponse Expected(const std::map<std::string, v1::Score>& before,
                                   const std::map<std::string, v1::Score>& after) {
  v1::ReplayProfileResponse expected;
  for (const auto& [name, was] : before) {
    const v1::Score& is = after.at(name);
    v1::ReplayDifference difference;
    for (int i = 0; i < was.indicators_size(); ++i) {
      if (SamePoints(was.indicators(i).score(), is.indicators(i).score())) continue;
      v1::ReplayRow* row = difference.add_rows();
      row->set_indicator(was.indicators(i).name());
      row->set_display_name(was.indicators(i).display_name());
      row->set_score_before(was.indicators(i).score());
      row->set_score_after(is.indicators(i).score());
    }
    const bool crosses = was.grade() != is.grade();
    if (!crosses && SamePoints(was.score(), is.score()) && difference.rows().empty()) continue;
    difference.set_table(name);
    difference.set_display_name(was.display_name());
    difference.set_score_before(was.score());
    difference.set_score_after(is.score());
    difference.set_grade_before(was.grade());
    difference.set_grade_after(is.grade());
    const std::string order = "优良中差";
    const size_t place_before = order.find(was.grade()), place_after = order.find(is.grade());
    if (crosses && place_after < place_before) expected.set_rise_count(expected.rise_count() + 1);
    if (crosses && place_after > place_before) expected.set_fall_count(expected.fall_count() + 1);
    *expected.add_differences() = difference;
  }
  expected.set_difference_count(expected.differences_size());
  expected.set_table_count(static_cast<int64_t>(before.size()));
  for (const auto& [name, was] : before)
    expected.set_indicator_count(expected.indicator_count() + was.indicator_count());
  return expected;
}

class AnyReplay : public ReplayFixture, public ::testing::WithParamInterface<uint64_t> {};

TEST_P(AnyReplay, SameRulesDifferNowhere) {
  MakeStore("live", GetParam(), nullptr, kWholeLife);
  v1::ReplayProfileRequest request;
  request.mutable_profile()->set_name(kProfile);
  for (const bool whole : {false, true}) {
    if (whole) *request.mutable_profile() = Profile();
    const auto response = Replayed(request);
    EXPECT_EQ(response.differences_size(), 0) << response.DebugString();
    EXPECT_EQ(response.difference_count(), 0);
    EXPECT_EQ(response.table_count(), 6);
    EXPECT_GT(response.indicator_count(), 30);
  }
  for (const char* day : {"2024-03-31", "2024-12-31"}) {
    request.mutable_as_of()->set_date(day);
    EXPECT_EQ(Replayed(request).differences_size(), 0) << day;
  }
}

TEST_P(AnyReplay, OtherRulesGiveWhatAStoreUnderThemHas) {
  MakeStore("live", GetParam(), nullptr);
  const auto before = Scores();
  std::map<std::string, v1::ReplayProfileResponse> replayed;
  for (const Change& change : kChanges) replayed[change.name] = Replayed(Under(change));
  int64_t differences = 0, crossings = 0;
  for (const Change& change : kChanges) {
    MakeStore(change.name, GetParam(), &change);
    v1::ReplayProfileResponse expected = Expected(before, Scores());
    *expected.mutable_read() = replayed[change.name].read();
    EXPECT_EQ(replayed[change.name].DebugString(), expected.DebugString()) << change.name;
    differences += expected.difference_count();
    crossings += expected.rise_count() + expected.fall_count();
  }
  EXPECT_GT(differences, 5);
  EXPECT_GT(crossings, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyReplay, ::testing::Values(1, 2, 3));

TEST_F(ReplayFixture, PagesShowOneRevisionAndCountOnTheFirstOnly) {
  MakeStore("live", 4, nullptr);
  v1::ReplayProfileRequest request = Under(kChanges[4]);
  const auto whole = Replayed(request);
  ASSERT_GE(whole.differences_size(), 3);
  EXPECT_EQ(whole.next_page_token(), "");
  request.set_page_size(1);
  std::string rows;
  int pages = 0;
  do {
    const auto page = Replayed(request);
    EXPECT_EQ(page.read().revision(), whole.read().revision());
    EXPECT_EQ(page.difference_count(), pages == 0 ? whole.difference_count() : 0);
    EXPECT_EQ(page.table_count(), pages == 0 ? whole.table_count() : 0);
    ASSERT_EQ(page.differences_size(), 1);
    rows += page.differences(0).DebugString();
    request.set_page_token(page.next_page_token());
    Report("units/u/tables/p1/indicators/i1", absl::StrCat(++pages));
  } while (!request.page_token().empty());
  std::string expected;
  for (const auto& difference : whole.differences()) expected += difference.DebugString();
  EXPECT_EQ(rows, expected);
}

TEST_F(ReplayFixture, NarrowsToUnitYearProfileAndCrossings) {
  MakeStore("live", 1, nullptr);
  MakeTable("other", "t", 2);
  const auto all = Replayed(Under(kChanges[2]));
  v1::ReplayProfileRequest request = Under(kChanges[2]);
  request.set_unit("units/other");
  EXPECT_EQ(Replayed(request).table_count(), 1);
  request = Under(kChanges[2]);
  request.set_of_profile(kProfile);
  EXPECT_EQ(Replayed(request).table_count(), all.table_count() - 1);
  request = Under(kChanges[2]);
  request.set_fiscal_year(2023);
  EXPECT_EQ(Replayed(request).table_count(), 0);
  request = Under(kChanges[4]);
  const auto differing = Replayed(request);
  request.set_crossing_only(true);
  const auto crossing = Replayed(request);
  EXPECT_EQ(crossing.difference_count(), differing.difference_count()) << "counts stay those of all";
  EXPECT_EQ(crossing.differences_size(), crossing.rise_count() + crossing.fall_count());
  for (const auto& difference : crossing.differences())
    EXPECT_NE(difference.grade_before(), difference.grade_after());
}

TEST_F(ReplayFixture, TriesAStoredVersionAndAnEarlierRevision) {
  MakeStore("live", 1, nullptr);
  const int64_t before = static_cast<int64_t>(store().head().revision);
  v1::ReplayProfileRequest request = Under(kChanges[2]);
  const auto expected = Replayed(request);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = request.profile();
  Do<v1::UpdateProfileResponse>(update);
  Report("units/u/tables/p1/indicators/i1", "1");
  request.clear_profile();
  request.mutable_profile()->set_name(kProfile);
  request.set_version(1);
  EXPECT_EQ(Replayed(request).difference_count(), 0);
  request.set_version(0);
  EXPECT_GT(Replayed(request).difference_count(), 0) << "the newest";
  request.mutable_read()->set_read_revision(before);
  EXPECT_EQ(Replayed(request).difference_count(), 0) << "the newest of that time";
  request = Under({"", [](v1::Profile*) {}});
  request.mutable_read()->set_read_revision(before);
  EXPECT_EQ(Replayed(request).SerializeAsString(), expected.SerializeAsString());
}

TEST_F(ReplayFixture, RefusesWhatIsNoProfile) {
  MakeStore("live", 1, nullptr);
  v1::ReplayProfileRequest request;
  EXPECT_EQ(Refused(request), v1::ERROR_REASON_INVALID_NAME);
  request.mutable_profile()->set_name("profiles/nobody");
  EXPECT_EQ(Refused(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  request = Under({"", [](v1::Profile* profile) { profile->clear_grades(); }});
  EXPECT_EQ(Refused(request), v1::ERROR_REASON_INVALID_PROFILE);
  request = Under(kChanges[0]);
  request.set_unit("units/nobody");
  EXPECT_EQ(Refused(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  request = Under(kChanges[0]);
  request.set_page_token("x");
  EXPECT_EQ(Refused(request), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

// Figures of one table, without a store.
TEST(Replay, KeepsWhatAReviewGave) {
  v1::Profile profile;
  const std::vector<v1::Profile> built_in = BuiltInProfiles();
  for (const v1::Profile& one : built_in) {
    if (one.name() == kProfile) profile = one;
  }
  const auto rules = std::make_shared<const scoring::Profile>(*CompileProfile(ToState(profile)));
  TableModel model;
  model.profile = rules;
  for (int i = 0; i < 2; ++i) {
    disk::IndicatorState* row = model.state.add_indicators();
    row->set_name(absl::StrCat("i", i + 1));
    row->set_weight("45");
    row->mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
    row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
    row->mutable_target()->set_value("30");
    model.rows.push_back(*CompileIndicator(*row));
  }
  Board board = EmptyBoard(model);
  for (Cell& cell : board.cells) {
    cell.reported.reported = true;
    cell.reported.number = Decimal::FromInt(27);
  }
  Rescore(model, -1, &board);
  profile.mutable_defaults()->set_pass_gate("0.95");
  Replay replay(std::make_shared<const scoring::Profile>(*CompileProfile(ToState(profile))));
  *replay.table() = model.state;
  ASSERT_TRUE(replay.board()->ParseFromString(EncodeBoard(&board)));
  replay.board()->mutable_cells(0)->set_review_score("40");
  replay.board()->set_final_total("80.5");
  replay.board()->set_final_grade("良");
  ASSERT_TRUE(replay.Run().ok());
  v1::ReplayDifference difference;
  replay.Fill(*rules, &difference);
  EXPECT_EQ(difference.score_before(), "80.50");
  EXPECT_EQ(difference.score_after(), "40.00") << "the reviewed row keeps its 40, the other fails the gate";
  ASSERT_EQ(difference.rows_size(), 1);
  EXPECT_EQ(difference.rows(0).score_before(), "40.50");
  EXPECT_EQ(difference.rows(0).score_after(), "0.00");
  EXPECT_EQ(replay.direction(*rules), -1);
}

}  // namespace
}  // namespace attain::engine
