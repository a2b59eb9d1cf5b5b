#include "storage/epochs.h"

#include <gtest/gtest.h>

namespace attain::storage {
namespace {

TEST(EpochsTest, AStoreThatLostNothing) {
  const Epochs epochs;
  EXPECT_EQ(epochs.current(), kFirstEpoch);
  EXPECT_EQ(epochs.Of(1), kFirstEpoch);
  EXPECT_EQ(epochs.Of(1'000'000), kFirstEpoch);
  EXPECT_TRUE(epochs.Holds(kFirstEpoch, 1'000'000));
  EXPECT_FALSE(epochs.Holds(2, 1));
  EXPECT_EQ(epochs.Text(), "");
  EXPECT_EQ(Epochs::Parse("")->current(), kFirstEpoch);
}

TEST(EpochsTest, WhatWasKeptIsStillOfItsEpoch) {
  Epochs epochs;
  epochs.Begin(2, 101);
  EXPECT_EQ(epochs.current(), 2u);
  EXPECT_EQ(epochs.Of(100), 1u);
  EXPECT_EQ(epochs.Of(101), 2u);
  EXPECT_TRUE(epochs.Holds(1, 100));
  EXPECT_FALSE(epochs.Holds(1, 101)) << "given out anew";
  EXPECT_TRUE(epochs.Holds(2, 100)) << "its history begins with what was kept";
  EXPECT_TRUE(epochs.Holds(2, 500));
  epochs.Begin(5, 201);
  EXPECT_TRUE(epochs.Holds(1, 100));
  EXPECT_TRUE(epochs.Holds(2, 200));
  EXPECT_FALSE(epochs.Holds(2, 201));
  EXPECT_FALSE(epochs.Holds(3, 1)) << "an epoch that never was";
  EXPECT_EQ(epochs.Text(), "2 101,5 201");
}

TEST(EpochsTest, AnEpochOfWhichNothingIsLeftGoes) {
  Epochs epochs;
  epochs.Begin(2, 101);
  epochs.Begin(3, 101);
  EXPECT_EQ(epochs.Text(), "3 101");
  EXPECT_FALSE(epochs.Holds(2, 100));
  epochs.Begin(4, 51);
  EXPECT_EQ(epochs.Text(), "4 51");
  EXPECT_EQ(epochs.Of(50), 1u);
  epochs.Begin(5, 1);
  EXPECT_EQ(epochs.Text(), "5 1");
  EXPECT_EQ(epochs.Of(1), 5u);
  EXPECT_FALSE(epochs.Holds(1, 1));
}

TEST(EpochsTest, TextsComeBackAndOthersAreRefused) {
  for (const char* text : {"", "2 101", "2 101,5 201", "5 1"}) {
    const std::optional<Epochs> epochs = Epochs::Parse(text);
    ASSERT_TRUE(epochs.has_value()) << text;
    EXPECT_EQ(epochs->Text(), text);
  }
  for (const char* text : {"2", "2 ", "x 1", "2 0", "1 5", "2 101,2 201", "5 201,2 301", "2 201,3 101",
                           "2 101,", ",", "2  101", "2 101 ", "02 101", "2 -1", "2 101;3 201"}) {
    EXPECT_FALSE(Epochs::Parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace attain::storage
