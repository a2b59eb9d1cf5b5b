#include "service/documents/slots.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>
#include <vector>

namespace attain::documents {
namespace {

constexpr std::chrono::seconds kDeadline{20};

TEST(Slots, AreTakenUntilThereIsNoneAndComeBack) {
  Slots slots(2, 0);
  ASSERT_TRUE(slots.Enter());
  ASSERT_TRUE(slots.Enter());
  auto third = std::async(std::launch::async, [&] { return slots.Enter(); });
  const bool at_once = third.wait_for(kDeadline) == std::future_status::ready;
  EXPECT_TRUE(at_once) << "it waits where nobody may";
  if (!at_once) slots.Leave();
  EXPECT_FALSE(third.get());
  slots.Leave();
  EXPECT_TRUE(slots.Enter());
}

TEST(Slots, OneMayWaitAndTheNextIsRefused) {
  Slots slots(1, 1);
  ASSERT_TRUE(slots.Enter());
  std::vector<std::future<bool>> both;
  for (int i = 0; i < 2; ++i) both.push_back(std::async(std::launch::async, [&] { return slots.Enter(); }));
  const auto ready = [&](size_t i) {
    return both[i].wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (!ready(0) && !ready(1) && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  ASSERT_TRUE(ready(0) || ready(1)) << "two wait where one may";
  const size_t refused = ready(0) ? 0 : 1;
  EXPECT_EQ(both[1 - refused].wait_for(std::chrono::milliseconds(200)), std::future_status::timeout)
      << "it got in beside the first";
  slots.Leave();
  EXPECT_FALSE(both[refused].get());
  EXPECT_TRUE(both[1 - refused].get()) << "its turn";
}

TEST(Slots, EveryOneWhoWaitsGetsItsTurn) {
  Slots slots(1, 8);
  std::vector<std::future<void>> all;
  for (int i = 0; i < 8; ++i) {
    all.push_back(std::async(std::launch::async, [&] {
      for (int round = 0; round < 300; ++round) {
        const Slot slot(&slots);
        EXPECT_TRUE(slot.got());
      }
    }));
  }
  for (std::future<void>& one : all) {
    // Who sleeps for ever cannot be waited for either.
    if (one.wait_for(kDeadline) != std::future_status::ready) std::abort();
  }
}

}  // namespace
}  // namespace attain::documents
