#include "service/watch/name_pattern.h"

#include <gtest/gtest.h>

namespace attain::watch {
namespace {

struct Case {
  const char* pattern;
  const char* name;
  bool matches, below;
};

TEST(NamePattern, MatchesWhatItSays) {
  const Case cases[] = {
      {"units/a", "units/a", true, true},
      {"units/a", "units/ab", false, false},
      {"units/a", "units/a/tables/t", false, true},
      {"units/a/**", "units/a", true, true},
      {"units/a/**", "units/a/tables/t/indicators/i", true, true},
      {"units/a/**", "units/ab/tables/t", false, false},
      {"units/a/tables/**", "units/a", false, false},
      {"units/a/tables/**", "units/a/tables/t", true, true},
      {"units/-/tables/-", "units/x/tables/y", true, true},
      {"units/-/tables/-", "units/x", false, false},
      {"units/-/tables/-", "units/x/tables/y/indicators/i", false, true},
      {"units/-/tables/t1/**", "units/x/tables/t1/indicators/i", true, true},
      {"**", "units/x", true, true},
      {"units/**", "units/x/tables/y", true, true},
      {"units/a/tables/t", "units/a/tables/t/indicators/i/actuals/7", false, true},
  };
  for (const Case& c : cases) {
    const absl::StatusOr<NamePattern> pattern = NamePattern::Parse(c.pattern);
    ASSERT_TRUE(pattern.ok()) << c.pattern;
    EXPECT_EQ(pattern->Matches(c.name), c.matches) << c.pattern << " " << c.name;
    EXPECT_EQ(pattern->MatchesBelow(c.name), c.below) << c.pattern << " " << c.name;
  }
}

TEST(NamePattern, RefusesWhatIsNoName) {
  for (const char* text : {"", "/", "units", "units/", "units//tables/t", "unit/a", "units/A", "units/a/",
                           "units/a/table/t", "units/a/tables", "a/**", "**/a", "units/**/tables",
                           "units/a**", "units/a/tables/t/indicators/i/actuals/1", "units/-a",
                           "units/a/tables/t/indicators/i/x/**", "profiles/national"}) {
    EXPECT_FALSE(NamePattern::Parse(text).ok()) << text;
  }
  EXPECT_TRUE(NamePattern::Parse("units/" + std::string(63, 'a')).ok());
  EXPECT_FALSE(NamePattern::Parse("units/" + std::string(64, 'a')).ok());
  EXPECT_FALSE(NamePattern::Parse(std::string(1 << 20, '/')).ok());
}

TEST(NamePattern, KnowsItsUnitAndItsResource) {
  EXPECT_EQ(NamePattern::Parse("units/a/**")->unit(), "a");
  EXPECT_EQ(NamePattern::Parse("units/a/**")->resource(), "units/a");
  EXPECT_EQ(NamePattern::Parse("units/a/tables/**")->resource(), "");
  EXPECT_EQ(NamePattern::Parse("units/-/tables/-")->unit(), "");
  EXPECT_EQ(NamePattern::Parse("**")->resource(), "");
  EXPECT_TRUE(NamePattern::Parse("**")->MayMatchUnit("z"));
  EXPECT_FALSE(NamePattern::Parse("units/a")->MayMatchUnit("z"));
}

}  // namespace
}  // namespace attain::watch
