// Both sides of every border of a profile (RULES 2, profile.proto), and profiles as they are kept.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "service/domain/profiles/profile_checks.h"
#include "service/domain/profiles/profile_commands.h"
#include "tests/support/aliases.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Change = std::function<void(v1::Profile*)>;

v1::Profile National() {
  for (const v1::Profile& profile : BuiltInProfiles()) {
    if (profile.name() == "profiles/national") return profile;
  }
  return {};
}

v1::RuleOptions* Defaults(v1::Profile* profile) {
  return profile->mutable_defaults();
}

// Grades "g0" … from these points.
void Grades(v1::Profile* profile, const std::vector<const char*>& from) {
  profile->clear_grades();
  for (const char* points : from) {
    v1::GradeBand* grade = profile->add_grades();
    grade->set_display_name(absl::StrCat("g", profile->grades_size()));
    grade->set_from(points);
  }
}

// Bands "b1" … with these limits.
void Bands(v1::Profile* profile, const std::vector<std::pair<const char*, const char*>>& limits) {
  profile->clear_level_aliases();
  Defaults(profile)->clear_rating_bands();
  for (const auto& [from, to] : limits) {
    v1::RatingBand* band = Defaults(profile)->add_rating_bands();
    band->set_level(absl::StrCat("b", Defaults(profile)->rating_bands_size()));
    band->set_from(from);
    band->set_to(to);
  }
}

void Steps(v1::Profile* profile, const std::vector<std::pair<const char*, const char*>>& steps) {
  Defaults(profile)->clear_steps();
  for (const auto& [from, factor] : steps) {
    v1::Step* step = Defaults(profile)->add_steps();
    step->set_from(from);
    step->set_factor(factor);
  }
}

void Tiers(v1::Profile* profile, const std::vector<std::pair<const char*, const char*>>& tiers) {
  Defaults(profile)->clear_over_tiers();
  for (const auto& [ratio, factor] : tiers) {
    v1::OverAchievementTier* tier = Defaults(profile)->add_over_tiers();
    tier->set_from_ratio(ratio);
    tier->set_factor(factor);
  }
}

void Deviation(v1::Profile* profile, const char* limit, const char* slope, const char* floor) {
  Defaults(profile)->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_DEVIATION);
  Defaults(profile)->set_over_deviation_limit(limit);
  Defaults(profile)->set_over_deviation_slope(slope);
  Defaults(profile)->set_over_deviation_floor(floor);
}

void Monitor(v1::Profile* profile, const char* red, const char* yellow, const char* green) {
  profile->mutable_monitoring()->set_red_below(red);
  profile->mutable_monitoring()->set_yellow_below(yellow);
  profile->mutable_monitoring()->set_green_below(green);
}

const std::vector<Change>& Fine() {
  static const auto* all = new std::vector<Change>{
      [](auto*) {},
      [](auto* p) { p->set_indicator_points("0.01"); },
      [](auto* p) { p->set_indicator_points("1000"); },
      [](auto* p) { p->clear_execution_points(); },
      [](auto* p) { p->set_execution_points("0"); },
      [](auto* p) { p->set_execution_points("100"); },
      [](auto* p) { p->set_total_decimals(0); },
      [](auto* p) { p->set_total_decimals(2); },
      [](auto* p) { Grades(p, {"0"}); },
      [](auto* p) {
        Grades(p, {"90", "89.99", "0"});
      },
      [](auto* p) { p->set_over_reason_ratio(p->over_flag_ratio()); },
      [](auto* p) { p->set_over_flag_ratio("1"); },
      [](auto* p) { p->set_warning_gap("0"); },
      [](auto* p) { p->set_warning_gap("1"); },
      [](auto* p) { p->set_warning_unspent("1"); },
      [](auto* p) { Monitor(p, "60", "60", "60"); },
      [](auto* p) { Monitor(p, "0", "0", "0"); },
      [](auto* p) { p->set_source(std::string(1000, 'x')); },
      [](auto* p) { p->set_display_name(std::string(200, 'x')); },
      [](auto* p) { p->add_level2_names("创新"); },
      [](auto* p) { Defaults(p)->set_score_decimals(0); },
      [](auto* p) { Defaults(p)->set_score_decimals(2); },
      [](auto* p) { Defaults(p)->set_pass_gate("1"); },
      [](auto* p) { Defaults(p)->set_pass_gate("0"); },
      [](auto* p) { Defaults(p)->set_direct_deduction("0"); },
      [](auto* p) { Defaults(p)->set_deduct_per_missing("5"); },
      [](auto* p) {
        Steps(p, {{"90", "1"}, {"89", "0"}});
      },
      [](auto* p) {
        Bands(p, {{"0", "1"}});
      },
      [](auto* p) {
        Bands(p, {{"0.5", "1"}, {"0", "0.5"}});
      },
      [](auto* p) {
        Tiers(p, {{"1", "0.5"}});
      },
      [](auto* p) {
        Tiers(p, {{"1.5", "0"}, {"1.2", "1"}});
      },
      [](auto* p) { Deviation(p, "1.2", "1", "0"); },
      [](auto* p) { Deviation(p, "1.2", "1", "1"); },
      [](auto* p) { AddAlias("特殊", v1::RULE_KIND_MANUAL, p->mutable_rule_aliases()); },
      [](auto* p) {
        AddAlias("特殊赋分", v1::RULE_KIND_MANUAL, p->mutable_rule_aliases());
        AddAlias("特殊 赋分", v1::RULE_KIND_MANUAL, p->mutable_rule_aliases());
      },
      [](auto* p) { AddAlias("非常好", "achieved", p->mutable_level_aliases()); },
  };
  return *all;
}

struct Wrong {
  const char* field;
  Change change;
};

const std::vector<Wrong>& WrongHeads() {
  static const auto* all = new std::vector<Wrong>{
      {"indicator_points", [](auto* p) { p->set_indicator_points("0"); }},
      {"indicator_points", [](auto* p) { p->set_indicator_points("-1"); }},
      {"indicator_points", [](auto* p) { p->set_indicator_points("1000.01"); }},
      {"execution_points", [](auto* p) { p->set_execution_points("100.01"); }},
      {"execution_points", [](auto* p) { p->set_execution_points("-0.01"); }},
      {"total_decimals", [](auto* p) { p->set_total_decimals(3); }},
      {"total_decimals", [](auto* p) { p->set_total_decimals(-1); }},
      {"grades", [](auto* p) { p->clear_grades(); }},
      {"grades", [](auto* p) { Grades(p, {"1"}); }},
      {"grades",
       [](auto* p) {
         Grades(p, {"90", "90", "0"});
       }},
      {"grades",
       [](auto* p) {
         Grades(p, {"80", "90", "0"});
       }},
      {"grades", [](auto* p) { p->mutable_grades(1)->set_display_name(p->grades(0).display_name()); }},
      {"grades",
       [](auto* p) {
         Grades(p, {"90", "-1"});
       }},
      {"over_flag_ratio", [](auto* p) { p->set_over_flag_ratio("0.99"); }},
      {"over_reason_ratio",
       [](auto* p) {
         p->set_over_flag_ratio("1.3");
         p->set_over_reason_ratio("1.29");
       }},
      {"warning_gap", [](auto* p) { p->set_warning_gap("1.01"); }},
      {"warning_unspent", [](auto* p) { p->set_warning_unspent("1.01"); }},
      {"warning_unspent", [](auto* p) { p->set_warning_unspent("-0.01"); }},
      {"monitoring", [](auto* p) { Monitor(p, "81", "80", "120"); }},
      {"monitoring", [](auto* p) { Monitor(p, "60", "121", "120"); }},
      {"monitoring.red_below", [](auto* p) { Monitor(p, "-1", "80", "120"); }},
      {"monitoring.not_prorated", [](auto* p) { p->mutable_monitoring()->add_not_prorated(" "); }},
      {"source", [](auto* p) { p->set_source(std::string(1001, 'x')); }},
      {"display_name", [](auto* p) { p->clear_display_name(); }},
      {"rollup", [](auto* p) { p->clear_rollup(); }},
      {"rollup", [](auto* p) { p->set_rollup(static_cast<v1::RollupMode>(9)); }},
      {"level1_names", [](auto* p) { p->add_level1_names(""); }},
      {"level2_names", [](auto* p) { p->add_level2_names(""); }},
      {"rule_aliases", [](auto* p) { AddAlias("x", v1::RULE_KIND_UNSPECIFIED, p->mutable_rule_aliases()); }},
      {"rule_aliases", [](auto* p) { AddAlias("\u3000", v1::RULE_KIND_MANUAL, p->mutable_rule_aliases()); }},
      {"rule_aliases",
       [](auto* p) {
         AddAlias("特殊赋分", v1::RULE_KIND_MANUAL, p->mutable_rule_aliases());
         AddAlias("特殊 赋分", v1::RULE_KIND_DIRECT, p->mutable_rule_aliases());
       }},
      {"level_aliases", [](auto* p) { AddAlias("x", "nowhere", p->mutable_level_aliases()); }},
  };
  return *all;
}

const std::vector<Wrong>& WrongDefaults() {
  static const auto* all = new std::vector<Wrong>{
      {"equal_mode", [](auto* p) { Defaults(p)->clear_equal_mode(); }},
      {"reverse_mode", [](auto* p) { Defaults(p)->clear_reverse_mode(); }},
      {"satisfaction_mode", [](auto* p) { Defaults(p)->clear_satisfaction_mode(); }},
      {"rounding", [](auto* p) { Defaults(p)->clear_rounding(); }},
      {"rounding", [](auto* p) { Defaults(p)->set_rounding(static_cast<v1::Rounding>(9)); }},
      {"over_mode", [](auto* p) { Defaults(p)->clear_over_mode(); }},
      {"score_decimals", [](auto* p) { Defaults(p)->clear_score_decimals(); }},
      {"score_decimals", [](auto* p) { Defaults(p)->set_score_decimals(3); }},
      {"score_decimals", [](auto* p) { Defaults(p)->set_score_decimals(-1); }},
      {"pass_gate", [](auto* p) { Defaults(p)->set_pass_gate("1.01"); }},
      {"deduct_per_missing", [](auto* p) { Defaults(p)->set_deduct_per_missing("-1"); }},
      {"direct_deduction", [](auto* p) { Defaults(p)->set_direct_deduction("-1"); }},
      {"steps", [](auto* p) { Steps(p, {}); }},
      {"steps",
       [](auto* p) {
         Steps(p, {{"90", "1"}, {"90", "0"}});
       }},
      {"steps",
       [](auto* p) {
         Steps(p, {{"80", "1"}, {"90", "0"}});
       }},
      {"steps",
       [](auto* p) {
         Steps(p, {{"90", "1.01"}});
       }},
      {"steps",
       [](auto* p) {
         Steps(p, {{"90", "-0.01"}});
       }},
      {"rating_bands", [](auto* p) { Bands(p, {}); }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0", "0.9"}});
       }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0.1", "1"}});
       }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0.5", "1"}, {"0", "0.4"}});
       }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0.5", "1"}, {"0.5", "0.5"}, {"0", "0.5"}});
       }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0.5", "1"}, {"0", "0.5"}});
         Defaults(p)->mutable_rating_bands(1)->set_level("b1");
       }},
      {"rating_bands",
       [](auto* p) {
         Bands(p, {{"0", "1"}});
         Defaults(p)->mutable_rating_bands(0)->clear_level();
       }},
      {"over_tiers",
       [](auto* p) {
         Tiers(p, {{"0.99", "1"}});
       }},
      {"over_tiers",
       [](auto* p) {
         Tiers(p, {{"1.2", "1"}, {"1.2", "0.9"}});
       }},
      {"over_tiers",
       [](auto* p) {
         Tiers(p, {{"1.2", "1.01"}});
       }},
      {"over_tiers", [](auto* p) { Defaults(p)->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS); }},
      {"over_deviation_limit", [](auto* p) { Deviation(p, "", "1", "0"); }},
      {"over_deviation_slope", [](auto* p) { Deviation(p, "1.2", "", "0"); }},
      {"over_deviation_floor", [](auto* p) { Deviation(p, "1.2", "1", ""); }},
      {"over_deviation_floor", [](auto* p) { Deviation(p, "1.2", "1", "1.01"); }},
  };
  return *all;
}

void ExpectRefused(const std::vector<Wrong>& cases, const std::string& at) {
  for (size_t i = 0; i < cases.size(); ++i) {
    v1::Profile profile = National();
    cases[i].change(&profile);
    const absl::Status status = CheckProfile(profile);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_PROFILE) << cases[i].field << " " << i;
    EXPECT_THAT(ToRpcStatus(status, "en").SerializeAsString(), HasSubstr(at + cases[i].field)) << i;
  }
}

TEST(ProfileBorders, WhatStandsOnTheBorderIsAccepted) {
  for (size_t i = 0; i < Fine().size(); ++i) {
    v1::Profile profile = National();
    Fine()[i](&profile);
    EXPECT_TRUE(CheckProfile(profile).ok()) << i << " " << MessageOf(CheckProfile(profile), "en");
  }
}

TEST(ProfileBorders, WhatStandsBeyondItIsRefusedByItsField) {
  ExpectRefused(WrongHeads(), "profile.");
  ExpectRefused(WrongDefaults(), "profile.defaults.");
}

class Profiles : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  v1::CreateProfileRequest Creation(const std::string& id) {
    v1::CreateProfileRequest request;
    request.set_profile_id(id);
    *request.mutable_profile() = National();
    return request;
  }
  v1::GetProfileResponse Get(const std::string& name, int64_t version = 0) {
    v1::GetProfileRequest request;
    request.set_name(name);
    request.set_version(version);
    return Ask<v1::GetProfileResponse>(request);
  }
};

TEST_F(Profiles, AProfileIsKeptAsItWasMadeAndSoIsEachOfItsVersions) {
  v1::CreateProfileRequest create = Creation("own");
  create.mutable_profile()->set_version(7);
  create.mutable_profile()->set_etag("7");
  const auto made = Do<v1::CreateProfileResponse>(create);
  EXPECT_EQ(made.profile().name(), "profiles/own");
  EXPECT_EQ(made.profile().version(), 1);
  EXPECT_EQ(made.profile().etag(), absl::StrCat(made.commit().revision()));
  EXPECT_EQ(made.profile().update_time().DebugString(), made.commit().record_time().DebugString());
  v1::Profile kept = made.profile(), sent = National();
  for (v1::Profile* profile : {&kept, &sent}) {
    profile->clear_name();
    profile->clear_version();
    profile->clear_etag();
    profile->clear_update_time();
  }
  const auto by_text = [](const auto& a, const auto& b) { return a.text() < b.text(); };
  std::sort(sent.mutable_rule_aliases()->begin(), sent.mutable_rule_aliases()->end(), by_text);
  std::sort(sent.mutable_level_aliases()->begin(), sent.mutable_level_aliases()->end(), by_text);
  EXPECT_EQ(kept.DebugString(), sent.DebugString()) << "aliases are answered in the order of their texts";
  EXPECT_EQ(ReasonFor<v1::CreateProfileResponse>(create), v1::ERROR_REASON_ALREADY_EXISTS);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = made.profile();
  update.mutable_profile()->set_display_name("ours");
  const auto changed = Do<v1::UpdateProfileResponse>(update);
  EXPECT_EQ(changed.profile().version(), 2);
  EXPECT_EQ(changed.profile().display_name(), "ours");
  EXPECT_EQ(ReasonFor<v1::UpdateProfileResponse>(update), v1::ERROR_REASON_STALE_ETAG);
  update.mutable_profile()->clear_etag();
  EXPECT_EQ(ReasonFor<v1::UpdateProfileResponse>(update), v1::ERROR_REASON_INVALID_FIELD);
  update.mutable_profile()->set_etag(changed.profile().etag());
  update.mutable_profile()->set_total_decimals(3);
  EXPECT_EQ(ReasonFor<v1::UpdateProfileResponse>(update), v1::ERROR_REASON_INVALID_PROFILE);
  Do<v1::CreateProfileResponse>(Creation("other"));  // the head moves
  EXPECT_EQ(Get("profiles/own").profile().DebugString(), changed.profile().DebugString());
  EXPECT_EQ(Get("profiles/own", 2).profile().DebugString(), changed.profile().DebugString());
  EXPECT_EQ(Get("profiles/own", 1).profile().DebugString(), made.profile().DebugString());
  EXPECT_EQ(Get("profiles/own").read().revision(), static_cast<int64_t>(store().head().revision));
  v1::ListProfilesRequest list;
  list.set_page_size(4);
  std::vector<std::string> names;
  do {
    const auto page = Ask<v1::ListProfilesResponse>(list);
    for (const v1::Profile& profile : page.profiles()) {
      names.push_back(profile.name());
      EXPECT_EQ(profile.DebugString(), Get(profile.name()).profile().DebugString());
    }
    EXPECT_EQ(page.read().revision(), static_cast<int64_t>(store().head().revision));
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_THAT(names, ElementsAre("profiles/hubei", "profiles/national", "profiles/other", "profiles/own",
                                 "profiles/xinjiang", "profiles/zhejiang"));
}

TEST_F(Profiles, WhatIsNoProfileIsRefused) {
  for (const char* id : {"Own", "", "our rules", "a/b"}) {
    v1::CreateProfileResponse none;
    const absl::Status status = Try(Creation(id), &none);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_NAME) << id;
    EXPECT_THAT(ToRpcStatus(status, "en").SerializeAsString(), HasSubstr("profile_id")) << id;
  }
  v1::CreateProfileRequest create = Creation("own");
  create.mutable_profile()->clear_grades();
  EXPECT_EQ(ReasonFor<v1::CreateProfileResponse>(create), v1::ERROR_REASON_INVALID_PROFILE);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = National();
  update.mutable_profile()->set_name("profiles/nobody");
  EXPECT_EQ(ReasonFor<v1::UpdateProfileResponse>(update), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

}  // namespace
}  // namespace attain::engine
