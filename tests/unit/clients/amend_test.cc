#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/run.h"
#include "tests/support/aliases.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;

class Amend : public testing::Test {
 protected:
  Amend() {
    v1::Unit unit;
    unit.set_name("units/u");
    server_.state().units.push_back(unit);
    v1::Table table;
    table.set_name("units/u/tables/p1");
    table.set_display_name("展会");
    table.set_etag("41");
    table.set_profile("profiles/xinjiang");
    table.set_profile_version(3);
    table.set_state(v1::TABLE_STATE_DRAFT);
    table.set_return_reason("数量偏低");
    table.set_source_text("raw");
    for (const auto& [id, level2] : {std::make_pair("i1", "数量"), std::make_pair("i2", "质量")}) {
      v1::Indicator* row = table.add_indicators();
      row->set_name(absl::StrCat("units/u/tables/p1/indicators/", id));
      row->set_display_name(absl::StrCat("指标", id));
      row->set_level1("产出");
      row->set_level2(level2);
      row->set_weight("10");
      row->mutable_target()->set_value("4");
      row->mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
    }
    server_.state().tables.push_back(table);
    v1::Amendment amendment;
    amendment.set_name("units/u/tables/p1/amendments/1");
    amendment.set_number(1);
    server_.state().amendments.push_back(amendment);
    AddAlias("直接赋分", v1::RULE_KIND_DIRECT, server_.state().profile.mutable_rule_aliases());
  }

  ExitCode Do(std::vector<std::string> words) {
    out_.str("");
    err_.str("");
    words.insert(words.begin(), {"--lang=en", absl::StrCat("--server=", server_.address()), "amend", "p1"});
    Terminal terminal;
    terminal.out = &out_;
    terminal.err = &err_;
    return cli::Run(words, terminal);
  }

  v1::Table& table() { return server_.state().tables[0]; }

  client::FakeServer server_;
  std::ostringstream out_, err_;
};

TEST_F(Amend, ADraftIsChangedDirectly) {
  EXPECT_EQ(Do({"--set", "i1.target=6", "--set", "i1.weight=12", "--add", "产出/数量/走访/≥10家/5",
                "--remove", "i2"}),
            kDone)
      << err_.str();
  const v1::Table& sent = server_.state().last_update.table();
  EXPECT_EQ(sent.etag(), "41");
  EXPECT_EQ(sent.source_text(), "");
  ASSERT_EQ(sent.indicators_size(), 2);
  EXPECT_EQ(sent.indicators(0).target().value(), "6");
  EXPECT_EQ(sent.indicators(0).weight(), "12");
  EXPECT_EQ(sent.indicators(1).display_name(), "走访");
  EXPECT_EQ(sent.indicators(1).name(), "");
  EXPECT_THAT(out_.str(), HasSubstr("展会 (u/p1): draft  revision 8"));
  EXPECT_THAT(out_.str(), HasSubstr("removed"));
  EXPECT_THAT(err_.str(), HasSubstr("attain submit u/p1"));
}

TEST_F(Amend, AnAddedRowStandsBehindItsLikes) {
  EXPECT_EQ(Do({"--add", "产出/数量/走访/≥10家/5"}), kDone) << err_.str();
  ASSERT_EQ(server_.state().last_update.table().indicators_size(), 3);
  EXPECT_EQ(server_.state().last_update.table().indicators(1).display_name(), "走访");
}

TEST_F(Amend, ADraftWantsNeitherReasonNorDate) {
  EXPECT_EQ(Do({"--set", "i1.target=6", "--reason", "r"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("leave --reason out"));
  EXPECT_EQ(Do({"--set", "i1.target=6", "--date", "2024-09-01"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("leave --date out"));
  EXPECT_FALSE(server_.state().last_update.has_table());
}

TEST_F(Amend, TheRuleIsSetInTheWordsOfTheProfile) {
  EXPECT_EQ(Do({"--set", "i1.rule=直接 赋分"}), kDone) << err_.str();
  EXPECT_EQ(server_.state().last_update.table().indicators(0).rule().kind(), v1::RULE_KIND_DIRECT);
  EXPECT_EQ(server_.state().last_update.table().indicators(0).rule().text(), "直接 赋分");
  EXPECT_EQ(server_.state().last_profile_request.version(), 0)
      << "a draft is approved with the newest version";
  table().set_state(v1::TABLE_STATE_APPROVED);
  EXPECT_EQ(Do({"--set", "i1.rule=满意度", "--reason", "r"}), kDone) << err_.str();
  EXPECT_EQ(server_.state().last_proposal.amendment().rows(0).indicator().rule().kind(),
            v1::RULE_KIND_SATISFACTION);
  EXPECT_EQ(server_.state().last_profile_request.name(), "profiles/xinjiang");
  EXPECT_EQ(server_.state().last_profile_request.version(), 3);
  EXPECT_EQ(Do({"--set", "i1.rule=随意", "--reason", "r"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("直接赋分"));
}

TEST_F(Amend, ATableInForceIsAmended) {
  table().set_state(v1::TABLE_STATE_APPROVED);
  EXPECT_EQ(Do({"--set", "i1.target=6"}), kWrongUsage);
  EXPECT_EQ(Do({"--set", "i1.target=6", "--reason", "r"}), kDone) << err_.str();
  EXPECT_EQ(server_.state().last_proposal.etag(), "41");
  EXPECT_EQ(server_.state().last_proposal.amendment().reason(), "r");
}

TEST_F(Amend, OnlyOneStepAtATime) {
  EXPECT_EQ(Do({"--accept", "1", "--reject", "1", "--reason", "q"}), kWrongUsage);
  EXPECT_EQ(Do({"--set", "i1.target=6", "--accept", "1"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("only one of"));
  EXPECT_EQ(server_.state().decisions, 0);
  EXPECT_EQ(Do({"--accept", "9"}), kRefused);
  EXPECT_EQ(Do({"--reject", "1"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("why it is rejected"));
  EXPECT_EQ(Do({"--accept", "1"}), kDone) << err_.str();
}

}  // namespace
}  // namespace attain::cli
