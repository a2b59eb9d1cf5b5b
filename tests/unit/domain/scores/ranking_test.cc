// The order of ranked lists by itself.
#include "service/domain/scores/ranking.h"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

RankPlace Scored(int64_t hundredths) {
  return {RankPlace::kScored, hundredths};
}

std::vector<std::string> Names(const Ranking& ranking, bool descending, const Ranked* after = nullptr) {
  std::vector<std::string> names;
  ranking.Walk(descending, after, [&](const RankPlace&, const std::string* table) {
    names.push_back(*table);
    return true;
  });
  return names;
}

TEST(RankPlace, HoldsWhatProfilesRoundTo) {
  EXPECT_EQ(RankPlace::Of(*Decimal::Parse("75.5")), Scored(7550));
  EXPECT_EQ(RankPlace::Of(*Decimal::Parse("-3")), Scored(-300));
  EXPECT_EQ(RankPlace::Of(std::nullopt).kind, RankPlace::kUnscored);
  EXPECT_EQ(RankPlace::Of(*Decimal::Parse("75.555")).kind, RankPlace::kUnfit);
  EXPECT_EQ(RankPlace::Of(*Decimal::Parse("999999999999999999")).kind, RankPlace::kUnfit);
}

TEST(Ranked, GoesThroughAToken) {
  for (const RankPlace& place : {Scored(7550), Scored(-1), Scored(0), RankPlace{RankPlace::kUnscored, 0}}) {
    const Ranked ranked{place, TableKey("u-1", "p1")};
    const std::optional<Ranked> again = Ranked::FromText(ranked.ToText());
    ASSERT_TRUE(again.has_value()) << ranked.ToText();
    EXPECT_EQ(again->place, place);
    EXPECT_EQ(again->table, ranked.table);
  }
  for (const char* wrong : {"", "7550", "7550:u", "u/p1", "x:u/p1", "/:"})
    EXPECT_FALSE(Ranked::FromText(wrong).has_value()) << wrong;
}

TEST(Ranking, PutsTiesInKeyOrderAndWhatHasNoScoreLastEitherWay) {
  const std::string a = "a", b = "b", c = "c", d = "d", e = "e";
  Ranking ranking;
  ranking.Add({RankPlace::kUnscored, 0}, &a);
  ranking.Add(Scored(9000), &d);
  ranking.Add(Scored(9000), &b);
  ranking.Add(Scored(100), &c);
  ranking.Add({}, &e);
  EXPECT_EQ(Names(ranking, true), (std::vector<std::string>{"b", "d", "c", "a"}));
  EXPECT_EQ(Names(ranking, false), (std::vector<std::string>{"c", "b", "d", "a"}));
  EXPECT_EQ(ranking.size(), 4u);
  ranking.Remove(Scored(9000), &b);
  EXPECT_EQ(Names(ranking, true), (std::vector<std::string>{"d", "c", "a"}));
}

// From any place on, whether or not a table stands there, a walk gives what comes behind it.
TEST(Ranking, WalksFromAnyPlace) {
  std::mt19937_64 random(7);
  std::set<std::string> keys;
  std::vector<Ranked> all;
  Ranking ranking;
  for (int i = 0; i < 200; ++i) {
    const std::string& key = *keys.insert(absl::StrCat("t", 1000 + random() % 900)).first;
    if (std::any_of(all.begin(), all.end(), [&](const Ranked& ranked) { return ranked.table == key; }))
      continue;
    const RankPlace place =
        random() % 5 == 0 ? RankPlace{RankPlace::kUnscored, 0} : Scored(static_cast<int64_t>(random() % 20));
    ranking.Add(place, &key);
    all.push_back({place, key});
  }
  for (const bool descending : {false, true}) {
    std::sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
      return Precedes(descending, a.place, a.table, b.place, b.table);
    });
    for (int i = 0; i < 200; ++i) {
      Ranked from = all[random() % all.size()];
      if (random() % 2 == 0) from.table += "-";  // nobody's
      std::vector<std::string> expected;
      for (const Ranked& ranked : all) {
        if (Precedes(descending, from.place, from.table, ranked.place, ranked.table))
          expected.push_back(ranked.table);
      }
      ASSERT_EQ(Names(ranking, descending, &from), expected);
    }
  }
}

}  // namespace
}  // namespace attain::engine
