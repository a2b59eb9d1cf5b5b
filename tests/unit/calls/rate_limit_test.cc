// How many lines of a kind are written. The clock is an argument.
#include "service/calls/rate_limit.h"

#include <gtest/gtest.h>

namespace attain::calls {
namespace {

constexpr LineRate kRate = {3, absl::Seconds(10)};
const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

TEST(RateLimitTest, BurstIsWrittenThenOneInEachPeriod) {
  RateLimit limit(kRate);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.Admit("a", kStart), 0u) << i;
  for (int i = 0; i < 7; ++i) EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(9)), std::nullopt) << i;
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(10)), 7u);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(19)), std::nullopt);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(20)), 1u);
  EXPECT_TRUE(limit.TakeAll().empty());
}

TEST(RateLimitTest, SilentKindHasItsBurstAgainAndNoMore) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  const absl::Time later = kStart + absl::Hours(1000);
  EXPECT_EQ(limit.Admit("a", later), 1u);
  EXPECT_EQ(limit.Admit("a", later), 0u);
  EXPECT_EQ(limit.Admit("a", later), 0u);
  EXPECT_EQ(limit.Admit("a", later), std::nullopt);
}

TEST(RateLimitTest, KindsDoNotShareTheirLines) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  EXPECT_EQ(limit.Admit("b", kStart), 0u);
}

TEST(RateLimitTest, WhatASilentKindLeftOutIsTakenOnce) {
  RateLimit limit(kRate);
  for (int i = 0; i < 10; ++i) limit.Admit("a", kStart);
  for (int i = 0; i < 5; ++i) limit.Admit("b", kStart + absl::Seconds(5));
  EXPECT_TRUE(limit.TakeSilent(kStart + absl::Seconds(9)).empty());
  const auto silent = limit.TakeSilent(kStart + absl::Seconds(10));
  ASSERT_EQ(silent.size(), 1u);
  EXPECT_EQ(silent[0].kind, "a");
  EXPECT_EQ(silent[0].count, 7u);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(10)), 0u) << "told already";
  const auto rest = limit.TakeAll();
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].kind, "b");
  EXPECT_EQ(rest[0].count, 2u);
  EXPECT_TRUE(limit.TakeAll().empty());
}

TEST(RateLimitTest, ClockThatGoesBackSilencesNobody) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  const absl::Time back = kStart - absl::Hours(24);
  EXPECT_EQ(limit.Admit("a", back), std::nullopt);
  EXPECT_EQ(limit.Admit("a", back + absl::Seconds(10)), 2u)
      << "the period counts from where the clock is now";
}

TEST(RateLimitTest, EveryLineIsWrittenOrCounted) {
  RateLimit limit(kRate);
  uint64_t seen = 0;
  absl::Time now = kStart;
  for (int i = 0; i < 10'000; ++i) {
    now += absl::Milliseconds(i % 37);
    if (const auto left_out = limit.Admit("a", now); left_out.has_value()) seen += 1 + *left_out;
  }
  for (const RateLimit::LeftOut& kind : limit.TakeAll()) seen += kind.count;
  EXPECT_EQ(seen, 10'000u);
}

TEST(RateLimitTest, APartOfAPeriodCountsOn) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(15)), 1u);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(19)), std::nullopt);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(20)), 1u) << "the second period began at ten";
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(30) - absl::Nanoseconds(1)), std::nullopt);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(30)), 1u);
}

TEST(RateLimitTest, AFewQuietPeriodsGiveAFewLines) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(20)), 1u);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(20)), 0u);
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(20)), std::nullopt);
}

TEST(RateLimitTest, WhatWasNotUsedIsNotSavedUp) {
  RateLimit limit(kRate);
  EXPECT_EQ(limit.Admit("a", kStart), 0u);  // two of three are left
  const absl::Time later = kStart + absl::Hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.Admit("a", later), 0u) << i;
  EXPECT_EQ(limit.Admit("a", later), std::nullopt) << "three at most, however long it was silent";
}

TEST(RateLimitTest, SilenceCountsFromTheLineThatWasLeftOutLast) {
  RateLimit limit(kRate);
  while (limit.Admit("a", kStart).has_value()) continue;
  EXPECT_EQ(limit.Admit("a", kStart + absl::Seconds(9)), std::nullopt);
  EXPECT_TRUE(limit.TakeSilent(kStart + absl::Seconds(19) - absl::Nanoseconds(1)).empty());
  const auto silent = limit.TakeSilent(kStart + absl::Seconds(19));
  ASSERT_EQ(silent.size(), 1u);
  EXPECT_EQ(silent[0].count, 2u);
}

TEST(RateLimitTest, KindsComeInTheirOrder) {
  RateLimit limit({1, absl::Seconds(10)});
  for (const char* kind : {"c", "a", "b"}) {
    for (int i = 0; i < 3; ++i) limit.Admit(kind, kStart);
  }
  std::string kinds;
  for (const RateLimit::LeftOut& each : limit.TakeAll()) kinds += each.kind;
  EXPECT_EQ(kinds, "abc");
}

}  // namespace
}  // namespace attain::calls
