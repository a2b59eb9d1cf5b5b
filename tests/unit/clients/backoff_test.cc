#include "clients/cpp/backoff.h"

#include <gtest/gtest.h>

namespace attain::client {
namespace {

TEST(Backoff, GrowsToItsLimitWithinTheJitter) {
  Backoff backoff;
  absl::Duration middle = absl::Milliseconds(100);
  for (int i = 0; i < 10; ++i) {
    const absl::Duration wait = backoff.Next();
    EXPECT_GE(wait, middle * 0.5);
    EXPECT_LT(wait, middle * 1.5);
    middle = std::min(middle * 2, absl::Seconds(2));
  }
}

TEST(Backoff, HonoursALeastWait) {
  EXPECT_GE(Backoff().Next(absl::Seconds(9)), absl::Seconds(9));
}

TEST(Backoff, StartsAgainAfterReset) {
  Backoff backoff;
  for (int i = 0; i < 6; ++i) backoff.Next();
  backoff.Reset();
  EXPECT_LT(backoff.Next(), absl::Milliseconds(150));
}

}  // namespace
}  // namespace attain::client
