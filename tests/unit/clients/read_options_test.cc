#include "clients/cli/input/read_options.h"

#include <gtest/gtest.h>

#include "clients/cli/input/usage.h"

namespace attain::cli {
namespace {

// 2026-03-05, eight in the morning in China.
constexpr int64_t kNow = 1772668800;

absl::StatusOr<v1::ReadOptions> Parse(absl::string_view at) {
  const auto past =
      ParsePast(at, "", "", absl::FixedTimeZone(8 * 3600), absl::FromUnixSeconds(kNow), Language::kEnglish);
  if (!past.ok()) return past.status();
  return past->read;
}

absl::StatusOr<v1::AsOf> ParseAsOf(absl::string_view as_of, absl::string_view basis = "") {
  const auto past = ParsePast("", as_of, basis, absl::UTCTimeZone(), absl::Now(), Language::kEnglish);
  if (!past.ok()) return past.status();
  EXPECT_EQ(past->read.ByteSizeLong(), 0u);
  return past->as_of;
}

TEST(ReadOptions, NothingMeansNow) {
  EXPECT_EQ(Parse("")->ByteSizeLong(), 0u);
}

TEST(ReadOptions, ReadsRevisions) {
  EXPECT_EQ(Parse("120")->read_revision(), 120);
  EXPECT_TRUE(IsUsageError(Parse("0").status()));
  EXPECT_TRUE(IsUsageError(Parse("-3").status()));
}

TEST(ReadOptions, ReadsTimes) {
  EXPECT_EQ(Parse("2024-06-30T18:00:00+08:00")->read_time().seconds(), 1719741600);
  EXPECT_EQ(Parse("2024-06-30T10:00:00Z")->read_time().seconds(), 1719741600);
  EXPECT_EQ(Parse("2024-06-30T10:00:00.5Z")->read_time().nanos(), 500'000'000);
}

TEST(ReadOptions, ADayMeansItsEndHere) {
  const v1::ReadOptions read = *Parse("2024-06-30");
  EXPECT_EQ(read.read_time().seconds(), 1719763199);
  EXPECT_EQ(read.read_time().nanos(), 999'999'999);
}

TEST(ReadOptions, ADayThatIsNotOverMeansWhatIsKnownByNow) {
  EXPECT_EQ(Parse("2026-03-05")->ByteSizeLong(), 0u);
  EXPECT_EQ(Parse("2026-03-04")->read_time().seconds(), kNow - 8 * 3600 - 1);
  EXPECT_EQ(Parse("2026-03-06")->read_time().seconds(), kNow + 40 * 3600 - 1) << "the server refuses it";
}

TEST(ReadOptions, ChecksDates) {
  EXPECT_EQ(ParseAsOf("")->ByteSizeLong(), 0u);
  EXPECT_EQ(ParseAsOf("2024-02-29")->date(), "2024-02-29");
  EXPECT_TRUE(IsUsageError(ParseAsOf("2023-02-29").status()));
  EXPECT_EQ(ParseAsOf("2024-2-9")->date(), "2024-2-9") << "the server reads it";
  EXPECT_TRUE(IsUsageError(ParseAsOf("24-2-9").status()));
  EXPECT_TRUE(IsUsageError(Parse("yesterday").status()));
  EXPECT_TRUE(IsDate("2024-12-31"));
  for (const char* day : {"2024/6/30", "2024.6.30", "2024年6月30日", "2024-06-30"}) {
    EXPECT_EQ(Parse(day)->read_time().seconds(), 1719763199) << day;
  }
  EXPECT_FALSE(IsDate("2024-13-01"));
  EXPECT_FALSE(IsDate("2024/2/30"));
  EXPECT_FALSE(IsDate("2024-6"));
  EXPECT_FALSE(IsDate("20241231"));
}

TEST(ReadOptions, ReadsTargetBases) {
  EXPECT_EQ(ParseAsOf("", "original")->target_basis(), v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(ParseAsOf("", "in-force")->target_basis(), v1::TARGET_BASIS_IN_FORCE);
  EXPECT_EQ(ParseAsOf("", "latest")->target_basis(), v1::TARGET_BASIS_LATEST);
  EXPECT_TRUE(IsUsageError(ParseAsOf("", "first").status()));
}

}  // namespace
}  // namespace attain::cli
