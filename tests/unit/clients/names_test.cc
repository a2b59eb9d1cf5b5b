#include "clients/cli/input/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/input/usage.h"
#include "clients/cpp/error.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;

TEST(Names, ReadsFullNames) {
  const auto parts = ParseFullName("units/u/tables/t/indicators/i/actuals/57-2");
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->kind, NameKind::kActual);
  EXPECT_EQ(parts->unit, "u");
  EXPECT_EQ(parts->actual, "57-2");
  EXPECT_EQ(ParseFullName("units/u")->kind, NameKind::kUnit);
  EXPECT_EQ(ParseFullName("profiles/national")->kind, NameKind::kProfile);
  for (const char* other : {"", "p1", "p1/i2", "units", "units/", "units/u/t/x", "tables/t"})
    EXPECT_FALSE(ParseFullName(other).has_value()) << other;
}

TEST(Names, ShortFormsAreWhatCommandsTake) {
  EXPECT_EQ(ShortName("units/u"), "u");
  EXPECT_EQ(ShortName("units/u/tables/p1"), "u/p1");
  EXPECT_EQ(ShortName("units/u/tables/p1/indicators/i2/actuals/57"), "u/p1/i2/57");
  EXPECT_EQ(ShortName("profiles/national"), "national");
  EXPECT_EQ(ShortName("展会"), "展会");
  EXPECT_EQ(TableOf("units/u/tables/t/indicators/i"), "units/u/tables/t");
  EXPECT_EQ(IndicatorOf("units/u/tables/t/indicators/i/actuals/5"), "units/u/tables/t/indicators/i");
  EXPECT_EQ(NameResolver::Profile("national"), "profiles/national");
  EXPECT_EQ(NameResolver::Profile("profiles/x"), "profiles/x");
  EXPECT_EQ(NameResolver::Profile(""), "");
}

TEST(Names, IdsBeatTitlesAndTitlesBeatBeginnings) {
  EXPECT_EQ(HowItFits("p1", "p1", "展会"), Fit::kId);
  EXPECT_EQ(HowItFits("展会", "p1", "展会"), Fit::kDisplayName);
  EXPECT_EQ(HowItFits("展会", "p1", "展 会经费"), Fit::kPrefix) << "white space does not count";
  EXPECT_EQ(HowItFits("会", "p1", "展会"), Fit::kNone);
  EXPECT_EQ(HowItFits("", "p1", "展会"), Fit::kNone);
}

class Resolver : public testing::Test {
 protected:
  Resolver() {
    AddUnit("itc", "创新中心");
    AddUnit("itc2", "创新中心二部");
    AddUnit("school", "职业学校");
    AddTable("itc", "p1", "2024 年展会经费", {"参展次数", "参展企业数"});
    AddTable("itc", "p2", "年会经费", {"参会城市数"});
    AddTable("school", "p1", "实训设备", {"设备台数"});
    names_ = NewResolver();
  }

  std::unique_ptr<NameResolver> NewResolver() {
    client::ClientOptions options;
    options.server = server_.address();
    return std::make_unique<NameResolver>(client::Client(options), v1::ReadOptions(), Language::kEnglish);
  }

  void AddUnit(const std::string& id, const std::string& display_name) {
    v1::Unit unit;
    unit.set_name(absl::StrCat("units/", id));
    unit.set_display_name(display_name);
    server_.state().units.push_back(unit);
  }

  void AddTable(const std::string& unit, const std::string& id, const std::string& display_name,
                const std::vector<std::string>& rows) {
    v1::Table table;
    table.set_name(absl::StrCat("units/", unit, "/tables/", id));
    table.set_display_name(display_name);
    for (size_t i = 0; i < rows.size(); ++i) {
      v1::Indicator* row = table.add_indicators();
      row->set_name(absl::StrCat(table.name(), "/indicators/i", i + 1));
      row->set_display_name(rows[i]);
    }
    server_.state().tables.push_back(table);
  }

  std::string Find(absl::string_view typed, const std::vector<NameKind>& kinds) {
    const absl::StatusOr<std::string> name = names_->Resolve(typed, kinds);
    return name.ok() ? *name : absl::StrCat("! ", name.status().message());
  }

  client::FakeServer server_;
  std::unique_ptr<NameResolver> names_;
  const std::vector<NameKind> any_ = {NameKind::kUnit, NameKind::kTable, NameKind::kIndicator};
};

TEST_F(Resolver, TakesFullNamesWithoutAsking) {
  EXPECT_EQ(Find("units/none/tables/x", {NameKind::kTable}), "units/none/tables/x");
  EXPECT_TRUE(server_.state().filters.empty());
  EXPECT_TRUE(IsUsageError(names_->Resolve("units/none", {NameKind::kTable}).status()));
}

TEST_F(Resolver, FindsUnitsByIdTitleAndBeginning) {
  EXPECT_EQ(Find("itc", {NameKind::kUnit}), "units/itc");
  EXPECT_EQ(Find("职业", {NameKind::kUnit}), "units/school");
  EXPECT_EQ(Find("创新中心", {NameKind::kUnit}), "units/itc")
      << "the whole title beats the beginning of another";
  EXPECT_THAT(Find("创新", {NameKind::kUnit}), HasSubstr("fits 2"));
}

TEST_F(Resolver, FindsTables) {
  EXPECT_EQ(Find("p2", {NameKind::kTable}), "units/itc/tables/p2");
  EXPECT_EQ(Find("school/p1", {NameKind::kTable}), "units/school/tables/p1");
  EXPECT_EQ(Find("职业/实训", {NameKind::kTable}), "units/school/tables/p1");
  EXPECT_EQ(Find("2024年展会", {NameKind::kTable}), "units/itc/tables/p1");
}

TEST_F(Resolver, ListsTheCandidatesOfAnAmbiguousName) {
  const std::string answer = Find("p1", {NameKind::kTable});
  EXPECT_THAT(answer, HasSubstr("itc/p1  2024 年展会经费"));
  EXPECT_THAT(answer, HasSubstr("school/p1  实训设备"));
}

TEST_F(Resolver, FindsIndicatorsInTheirTable) {
  EXPECT_EQ(Find("p2/i1", {NameKind::kIndicator}), "units/itc/tables/p2/indicators/i1");
  EXPECT_EQ(Find("itc/p1/i2", {NameKind::kIndicator}), "units/itc/tables/p1/indicators/i2");
  EXPECT_EQ(Find("实训/设备", {NameKind::kIndicator}), "units/school/tables/p1/indicators/i1");
  EXPECT_EQ(Find("设备台数", {NameKind::kIndicator}), "units/school/tables/p1/indicators/i1")
      << "without its table";
  EXPECT_THAT(Find("参展", {NameKind::kIndicator}), HasSubstr("fits 2"));
  EXPECT_THAT(Find("p2/i9", {NameKind::kIndicator}), HasSubstr("there is no indicator"));
}

TEST_F(Resolver, FindsWhateverFitsWhereSeveralKindsDo) {
  EXPECT_EQ(Find("school", any_), "units/school");
  EXPECT_EQ(Find("年会", any_), "units/itc/tables/p2");
  EXPECT_EQ(Find("p2/i1", any_), "units/itc/tables/p2/indicators/i1");
  EXPECT_EQ(Find("itc/p1", any_), "units/itc/tables/p1");
  EXPECT_EQ(Find("参会", any_), "units/itc/tables/p2/indicators/i1");
  EXPECT_THAT(Find("i1", any_), HasSubstr("p1/i1")) << "an id alone does not read every table";
}

TEST_F(Resolver, FindsReportsBelowTheirIndicator) {
  EXPECT_EQ(Find("p2/i1/57", {NameKind::kActual}), "units/itc/tables/p2/indicators/i1/actuals/57");
  EXPECT_TRUE(IsUsageError(names_->Actual("57").status()));
  EXPECT_TRUE(IsUsageError(names_->Actual("p2/i1").status())) << "an indicator is no report";
}

TEST_F(Resolver, RemembersItsAnswers) {
  Find("p2/i1", {NameKind::kIndicator});
  const size_t asked = server_.state().filters.size();
  Find("p2/i1", {NameKind::kIndicator});
  EXPECT_EQ(server_.state().filters.size(), asked);
}

TEST_F(Resolver, ReadsEveryTableOnceForAWholeFile) {
  server_.state().page = 1000;
  for (int i = 0; i < 200; ++i) {
    const std::string table = absl::StrCat("t", i);
    AddUnit(absl::StrCat("unit-", i), "单位");
    AddTable(absl::StrCat("unit-", i), table, "项目", {"参展次数", "参展企业数"});
    AddTable("itc", table, "项目", {"参展次数"});
  }
  for (int i = 0; i < 200; ++i) {
    for (int row = 1; row <= 2; ++row) {
      const std::string name = absl::StrCat("unit-", i, "/t", i, "/i", row);
      EXPECT_EQ(Find(name, {NameKind::kIndicator}),
                absl::StrCat("units/unit-", i, "/tables/t", i, "/indicators/i", row));
    }
    EXPECT_EQ(Find(absl::StrCat("itc/t", i, "/参展"), {NameKind::kIndicator}),
              absl::StrCat("units/itc/tables/t", i, "/indicators/i1"));
  }
  EXPECT_EQ(server_.state().tables_read, 0) << "lists hold the rows";
  // One about the table of each unit; of units 16 and the list of all of them; of the tables of "itc" one and
  // the list.
  EXPECT_LE(server_.state().filters.size(), 200 + 17 + 2u);
}

TEST_F(Resolver, AnswersTheSameHoweverMuchWasAskedBefore) {
  AddTable("itc", "gap", "年 会支出", {"场次"});
  const auto ask = [&](const std::string& typed) { return Find(typed, {NameKind::kTable}); };
  const std::vector<std::string> names = {"年会",  "p2", "p1",       "2024年", "2024 年",
                                          "年 会", "无", "itc/年会", "itc/p1", "itc/2024年"};
  std::vector<std::string> before;
  for (const std::string& name : names) {
    names_ = NewResolver();
    before.push_back(ask(name));
  }
  EXPECT_EQ(before[0], "units/itc/tables/p2") << "a filter does not find 年 会支出";
  EXPECT_EQ(before[5], "units/itc/tables/gap");
  for (int i = 0; i < 40; ++i) ask(absl::StrCat("none-", i));
  for (int i = 0; i < 3; ++i) ask(absl::StrCat("itc/none-", i));
  for (size_t i = 0; i < names.size(); ++i) EXPECT_EQ(ask(names[i]), before[i]) << names[i];
}

TEST_F(Resolver, QuotesWhatItSendsInFilters) {
  Find("a\"b\\", {NameKind::kUnit});
  EXPECT_THAT(server_.state().filters.front(), HasSubstr("display_name:\"a\\\"b\\\\\""));
}

TEST_F(Resolver, PassesOnTheServersError) {
  server_.state().refuse_next = 1;
  server_.state().refusal = client::DetailedRefusal();
  EXPECT_EQ(client::DetailsOf(names_->Unit("itc").status()).reason, "NEGATIVE_VALUE");
}

}  // namespace
}  // namespace attain::cli
