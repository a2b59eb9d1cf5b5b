// attain profile replay: what it asks and what it prints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/run.h"
#include "clients/cli/session/json.h"
#include "tests/unit/clients/fake_server.h"
#include "tests/unit/clients/scratch_dir.h"

namespace attain::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ProfileReplay : public testing::Test {
 protected:
  ProfileReplay() {
    v1::ReplayProfileResponse& answer = server_.state().replay;
    answer.mutable_read()->set_revision(57);
    answer.set_table_count(1200);
    answer.set_indicator_count(12000);
    answer.set_difference_count(3);
    answer.set_rise_count(1);
    answer.set_fall_count(2);
    v1::ReplayDifference* difference = answer.add_differences();
    difference->set_table("units/u/tables/p1");
    difference->set_display_name("展会");
    difference->set_score_before("89.59");
    difference->set_score_after("92.00");
    difference->set_grade_before("良");
    difference->set_grade_after("优");
    difference->add_rows()->set_indicator("units/u/tables/p1/indicators/i1");
  }
  ExitCode Do(std::vector<std::string> words, const std::string& language = "en") {
    out_.str("");
    err_.str("");
    words.insert(words.begin(),
                 {"--lang=" + language, absl::StrCat("--server=", server_.address()), "profile", "replay"});
    Terminal terminal;
    terminal.out = &out_;
    terminal.err = &err_;
    return cli::Run(words, terminal);
  }

  const ScratchDir scratch_;
  client::FakeServer server_;
  std::ostringstream out_, err_;
};

TEST_F(ProfileReplay, AsksForAStoredVersion) {
  ASSERT_EQ(Do({"national", "--profile-version", "2", "--unit", "units/u", "--year", "2024", "--crossing"}),
            kDone);
  const v1::ReplayProfileRequest& asked = server_.state().last_replay;
  EXPECT_EQ(asked.profile().name(), "profiles/national");
  EXPECT_EQ(asked.version(), 2);
  EXPECT_EQ(asked.unit(), "units/u");
  EXPECT_EQ(asked.fiscal_year(), 2024);
  EXPECT_TRUE(asked.crossing_only());
}

TEST_F(ProfileReplay, SendsAFileWhole) {
  const std::string file =
      scratch_.Write("p.json", R"({"name": "profiles/national", "displayName": "试", "totalDecimals": 1})");
  ASSERT_EQ(Do({"--file", file}), kDone);
  EXPECT_EQ(server_.state().last_replay.profile().display_name(), "试");
  EXPECT_EQ(server_.state().last_replay.profile().total_decimals(), 1);
}

TEST_F(ProfileReplay, PrintsCountsAndDifferencesInBothLanguages) {
  ASSERT_EQ(Do({"national"}), kDone);
  EXPECT_THAT(out_.str(),
              AllOf(HasSubstr("Scored 1,200 tables with 12,000 indicators again, at revision 57."),
                    HasSubstr("3 tables score differently; 1 rises a grade, 2 fall one."), HasSubstr("u/p1"),
                    HasSubstr("89.59 → 92.00"), HasSubstr("良 → 优")));
  EXPECT_THAT(err_.str(), HasSubstr("2 more rows"));
  ASSERT_EQ(Do({"national"}, "zh"), kDone);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("重新计分 1,200 张表、12,000 行指标"),
                                HasSubstr("得分不同的表 3 张；等级上升 1 张，下降 2 张。")));
}

TEST_F(ProfileReplay, PrintsOneDocumentAsJson) {
  ASSERT_EQ(Do({"national", "--json"}), kDone);
  v1::ReplayProfileResponse printed;
  ASSERT_TRUE(FromJson(out_.str(), &printed).ok());
  EXPECT_EQ(printed.SerializeAsString(), server_.state().replay.SerializeAsString());
}

}  // namespace
}  // namespace attain::cli
