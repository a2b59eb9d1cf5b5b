// What a profile may say and forbid, and the same checks on the options of a single row.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/domain/profiles/profile_checks.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/domain/profiles/rule_checks.h"
#include "tests/support/aliases.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kTable[] = "units/a/tables/t";

class ProfileRules : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  }
  v1::Profile National() {
    for (v1::Profile& profile : BuiltInProfiles()) {
      if (profile.name() == "profiles/national") return profile;
    }
    return {};
  }
  static v1::CreateProfileRequest Creation(const v1::Profile& profile) {
    v1::CreateProfileRequest request;
    request.set_profile_id("own");
    *request.mutable_profile() = profile;
    return request;
  }
  // The profile "own", and the draft under it, changed by `change`.
  v1::Table Draft(const v1::Profile& profile, const std::function<void(v1::Table*)>& change) {
    Do<v1::CreateProfileResponse>(Creation(profile));
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = TableOf(kTable);
    update.mutable_table()->set_profile("profiles/own");
    change(update.mutable_table());
    return Do<v1::UpdateTableResponse>(update).table();
  }
  template <typename Response, typename Request>
  absl::Status Step() {
    Request request;
    request.set_name(kTable);
    request.set_etag(TableOf(kTable).etag());
    Response response;
    return Try(request, &response, "office");
  }
  absl::Status Submit() { return Step<v1::SubmitTableResponse, v1::SubmitTableRequest>(); }
  absl::Status Approve() { return Step<v1::ApproveTableResponse, v1::ApproveTableRequest>(); }
  // Why the first row is refused with these options.
  std::string WhyNot(const v1::RuleOptions& options) {
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = TableOf(kTable);
    *update.mutable_table()->mutable_indicators(0)->mutable_rule()->mutable_options() = options;
    v1::UpdateTableResponse response;
    const absl::Status status = Try(update, &response);
    v1::Profile profile = National();
    for (const auto* field : {"steps", "rating_bands", "over_tiers"}) {
      const auto* descriptor = v1::RuleOptions::descriptor()->FindFieldByName(field);
      if (options.GetReflection()->FieldSize(options, descriptor) > 0)
        profile.mutable_defaults()->GetReflection()->ClearField(profile.mutable_defaults(), descriptor);
    }
    profile.mutable_defaults()->MergeFrom(options);
    EXPECT_EQ(CheckProfile(profile).ok(), status.ok()) << "one check for rows and profiles";
    return status.ok() ? "" : MessageOf(status, "en");
  }
};

v1::Profile WithoutRescaling(v1::Profile profile) {
  profile.set_rescale_not_applicable(false);
  return profile;
}

TEST_F(ProfileRules, AProfileThatDoesNotRescaleRefusesRowsThatDoNotApply) {
  const v1::Table draft = Draft(WithoutRescaling(National()), [](v1::Table* table) {
    table->mutable_indicators(1)->set_not_applicable(true);
  });
  const absl::Status refused = Submit();
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_VALIDATION_FAILED);
  EXPECT_THAT(MessageOf(refused, "zh-CN"), HasSubstr("“指标2”标为不适用"));
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = draft;
  update.mutable_table()->mutable_indicators(1)->set_not_applicable(false);
  Do<v1::UpdateTableResponse>(update);
  ASSERT_TRUE(Submit().ok());
  ASSERT_TRUE(Approve().ok());
  v1::ProposeAmendmentRequest amend;
  amend.set_parent(kTable);
  amend.set_etag(TableOf(kTable).etag());
  amend.mutable_amendment()->set_reason("not done this year");
  v1::RowChange* change = amend.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(2);
  change->mutable_indicator()->set_not_applicable(true);
  EXPECT_EQ(ReasonFor<v1::ProposeAmendmentResponse>(amend), v1::ERROR_REASON_VALIDATION_FAILED);
}

TEST_F(ProfileRules, AStricterVersionOfTheProfileIsNotAdoptedOverRowsThatDoNotApply) {
  Draft(National(), [](v1::Table* table) { table->mutable_indicators(1)->set_not_applicable(true); });
  ASSERT_TRUE(Submit().ok());
  v1::GetProfileRequest get;
  get.set_name("profiles/own");
  v1::UpdateProfileRequest stricter;
  stricter.mutable_update_mask()->add_paths("*");
  *stricter.mutable_profile() = WithoutRescaling(Ask<v1::GetProfileResponse>(get).profile());
  Do<v1::UpdateProfileResponse>(stricter);
  EXPECT_EQ(ReasonOf(Approve()), v1::ERROR_REASON_VALIDATION_FAILED)
      << "an approval takes the newest version";
  *stricter.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  stricter.mutable_profile()->set_rescale_not_applicable(true);
  Do<v1::UpdateProfileResponse>(stricter);
  ASSERT_TRUE(Approve().ok());
  *stricter.mutable_profile() = WithoutRescaling(Ask<v1::GetProfileResponse>(get).profile());
  Do<v1::UpdateProfileResponse>(stricter);
  v1::ProposeAmendmentRequest adopt;
  adopt.set_parent(kTable);
  adopt.set_etag(TableOf(kTable).etag());
  adopt.mutable_amendment()->set_reason("new rules");
  adopt.mutable_amendment()->set_adopt_newest_profile(true);
  EXPECT_EQ(ReasonFor<v1::ProposeAmendmentResponse>(adopt), v1::ERROR_REASON_VALIDATION_FAILED);
}

TEST_F(ProfileRules, StepsAndTiersAreListedHighestFirstInRowsAndProfiles) {
  v1::RuleOptions options;
  const auto step = [&](const char* from, const char* factor) {
    options.add_steps()->set_from(from);
    options.mutable_steps(options.steps_size() - 1)->set_factor(factor);
  };
  step("60", "0.5");
  step("90", "1");
  EXPECT_THAT(WhyNot(options), HasSubstr("from high to low: 90 cannot follow 60"));
  options.mutable_steps()->SwapElements(0, 1);
  EXPECT_EQ(WhyNot(options), "");
  options.mutable_steps(1)->set_factor("1.5");
  EXPECT_THAT(WhyNot(options), HasSubstr("steps.factor must lie between 0 and 1"));
  options.Clear();
  for (const char* ratio : {"1.2", "1.5"}) {
    options.add_over_tiers()->set_from_ratio(ratio);
    options.mutable_over_tiers(options.over_tiers_size() - 1)->set_factor("0.9");
  }
  EXPECT_THAT(WhyNot(options), HasSubstr("from high to low: 1.5 cannot follow 1.2"));
  options.mutable_over_tiers()->SwapElements(0, 1);
  EXPECT_EQ(WhyNot(options), "");
  EXPECT_EQ(CheckRuleOptions(options, "x").size(), 0u);
  options.mutable_over_tiers(1)->set_from_ratio("0.9");
  ASSERT_EQ(CheckRuleOptions(options, "x").size(), 1u);
  EXPECT_EQ(CheckRuleOptions(options, "x")[0].field, "x.over_tiers");
}

TEST_F(ProfileRules, ARowMayRelyOnItsProfileForTheSettingsOfItsMode) {
  const auto wrong = [this](v1::OverAchievementMode mode, OptionsOf of) {
    v1::RuleOptions options = National().defaults();
    options.set_over_mode(mode);
    std::vector<std::string> fields;
    for (const Violation& violation : CheckRuleOptions(options, "x", of)) fields.push_back(violation.field);
    return fields;
  };
  for (const auto mode : {v1::OVER_ACHIEVEMENT_MODE_DEVIATION, v1::OVER_ACHIEVEMENT_MODE_TIERS})
    EXPECT_THAT(wrong(mode, OptionsOf::kRow), IsEmpty()) << mode;
  EXPECT_THAT(wrong(v1::OVER_ACHIEVEMENT_MODE_DEVIATION, OptionsOf::kProfile),
              ElementsAre("x.over_deviation_limit", "x.over_deviation_slope", "x.over_deviation_floor"));
  EXPECT_THAT(wrong(v1::OVER_ACHIEVEMENT_MODE_TIERS, OptionsOf::kProfile), ElementsAre("x.over_tiers"));
}

TEST_F(ProfileRules, RatingBandsOfARowFollowEachOtherAndCoverEverything) {
  v1::RuleOptions options;
  const auto band = [&](const char* level, const char* from, const char* to) {
    v1::RatingBand* added = options.add_rating_bands();
    added->set_level(level);
    added->set_display_name(level);
    added->set_from(from);
    added->set_to(to);
  };
  band("achieved", "0.8", "1");
  band("partly", "0.5", "0.9");
  band("missed", "0", "0.5");
  EXPECT_THAT(WhyNot(options), HasSubstr("from high to low without gaps"));
  options.mutable_rating_bands(1)->set_to("0.8");
  EXPECT_EQ(WhyNot(options), "");
  options.mutable_rating_bands()->RemoveLast();
  EXPECT_THAT(WhyNot(options), HasSubstr("cover 0 to 1"));
  options.Clear();
  options.set_pass_gate("-1");
  EXPECT_THAT(WhyNot(options), HasSubstr("pass_gate must lie between 0 and 1"));
  options.Clear();
  options.set_equal_mode(static_cast<v1::EqualMode>(77));
  EXPECT_NE(WhyNot(options), "");
}

TEST_F(ProfileRules, AliasesAreComparedWithoutWhiteSpaceOnBothSides) {
  v1::Profile profile = National();
  AddAlias("按 特殊　赋分", v1::RULE_KIND_MANUAL, profile.mutable_rule_aliases());
  AddAlias("非常 好", "achieved", profile.mutable_level_aliases());
  Do<v1::CreateProfileResponse>(Creation(profile));
  const std::string document =
      "项目支出绩效目标表\n(2024 "
      "年)"
      "\n预算单位\t甲局\n项目名称\t培训\n年度资金总额\t10\n一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规"
      "则\n"
      "产出\t数量\t人次\t≥300 人次\t50\t按特殊赋分\n效益\t社会效益\t效果\t明显\t40\t按评判等级赋分\n";
  v1::ImportDocumentRequest import;
  import.set_content(document);
  import.set_profile("profiles/own");
  import.set_goal(v1::IMPORT_GOAL_APPROVE);
  const v1::Table table = Do<v1::ImportDocumentResponse>(import).tables(0);
  EXPECT_EQ(table.indicators(0).rule().kind(), v1::RULE_KIND_MANUAL);
  EXPECT_EQ(Report(table.indicators(1).name(), "非常好").actual().level(), "achieved");
}

TEST_F(ProfileRules, AProfileIsTheSameBytesEachTimeItIsRead) {
  v1::Profile profile = National();
  AddAlias("乙规则", v1::RULE_KIND_MANUAL, profile.mutable_rule_aliases());
  AddAlias("丙规则", v1::RULE_KIND_DIRECT, profile.mutable_rule_aliases());
  Do<v1::CreateProfileResponse>(Creation(profile));
  v1::GetProfileRequest request;
  request.set_name("profiles/own");
  const auto first = Ask<v1::GetProfileResponse>(request);
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(Ask<v1::GetProfileResponse>(request).SerializeAsString(), first.SerializeAsString());
  const auto& aliases = first.profile().rule_aliases();
  EXPECT_EQ(aliases.size(), profile.rule_aliases_size());
  EXPECT_TRUE(std::is_sorted(aliases.begin(), aliases.end(),
                             [](const auto& a, const auto& b) { return a.text() < b.text(); }));
}

TEST_F(ProfileRules, TwoAliasesThatDifferInWhiteSpaceOnlyMeanTheSame) {
  v1::Profile profile = National();
  AddAlias("特殊赋分", v1::RULE_KIND_MANUAL, profile.mutable_rule_aliases());
  AddAlias("特殊 赋分", v1::RULE_KIND_MANUAL, profile.mutable_rule_aliases());
  EXPECT_TRUE(CheckProfile(profile).ok()) << CheckProfile(profile);
  AddAlias("特殊 赋分", v1::RULE_KIND_DIRECT, profile.mutable_rule_aliases());
  EXPECT_THAT(MessageOf(CheckProfile(profile), "zh-CN"), HasSubstr("去掉空格后相同"));
  profile = National();
  AddAlias("达成 目标", "missed", profile.mutable_level_aliases());
  EXPECT_FALSE(CheckProfile(profile).ok()) << "达成目标 means achieved";
  profile = National();
  AddAlias(" ", "missed", profile.mutable_level_aliases());
  EXPECT_FALSE(CheckProfile(profile).ok());
}

TEST_F(ProfileRules, AProfileNamesTheLevelsOfItsTables) {
  v1::Profile profile = National();
  profile.add_level1_names("创新 指标");
  profile.add_level2_names("创新成果");
  Draft(profile, [](v1::Table* table) {
    table->mutable_indicators(0)->set_level1("创新");
    table->mutable_indicators(0)->set_level2("创新成果指标");
  });
  EXPECT_TRUE(Submit().ok()) << Submit();
}

TEST_F(ProfileRules, LevelsThatTheProfileDoesNotNameAreErrors) {
  v1::Profile profile = National();
  profile.clear_level1_names();
  profile.add_level1_names("产出");
  Draft(profile, [](v1::Table*) {});
  const absl::Status refused = Submit();
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_VALIDATION_FAILED);
  EXPECT_THAT(MessageOf(refused, "zh-CN"), HasSubstr("未知的一级指标 “效益”"));
}

TEST_F(ProfileRules, AProfileWithoutLevelNamesKnowsTheUsualOnes) {
  v1::Profile profile = National();
  profile.clear_level1_names();
  profile.clear_level2_names();
  Draft(profile, [](v1::Table*) {});
  EXPECT_TRUE(Submit().ok());
}

}  // namespace
}  // namespace attain::engine
