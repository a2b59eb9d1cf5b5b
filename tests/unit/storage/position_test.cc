#include "storage/position.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace attain::storage {
namespace {

const std::string kStore = "0123456789abcdef0123456789abcdef";

TEST(Position, ComesBackAsItWas) {
  for (const Revision revision :
       {Revision{0}, Revision{1}, Revision{255}, Revision{256}, Revision{1} << 40}) {
    const std::string word = EncodePosition(kStore, kFirstEpoch, revision);
    EXPECT_LT(word.size(), 64u);
    const std::optional<Position> position = DecodePosition(word);
    ASSERT_TRUE(position.has_value()) << word;
    EXPECT_EQ(position->revision, revision);
    EXPECT_EQ(position->epoch, kFirstEpoch);
    EXPECT_EQ(position->store, kStore.substr(0, 16));
    EXPECT_TRUE(IsOf(*position, kStore, Epochs()));
    EXPECT_EQ(EncodePosition(kStore, kFirstEpoch, revision), word) << "the same word every time";
  }
}

TEST(Position, IsOfOneStoreAndEpoch) {
  Position position = *DecodePosition(EncodePosition(kStore, 2, 7));
  EXPECT_EQ(position.epoch, 2u);
  EXPECT_FALSE(IsOf(position, kStore, Epochs())) << "a token of a later epoch";
  Epochs epochs;
  epochs.Begin(2, 5);
  EXPECT_TRUE(IsOf(position, kStore, epochs));
  EXPECT_FALSE(IsOf(position, "f" + kStore.substr(1), epochs));
  epochs.Begin(3, 8);
  EXPECT_TRUE(IsOf(position, kStore, epochs)) << "what it names is still there";
  epochs.Begin(4, 7);
  EXPECT_FALSE(IsOf(position, kStore, epochs)) << "it was lost";
}

// No letter of a word can change, go or come without notice.
TEST(Position, DamageIsNoticed) {
  const std::string word = EncodePosition(kStore, kFirstEpoch, 123'456);
  EXPECT_FALSE(DecodePosition("").has_value());
  EXPECT_FALSE(DecodePosition("no such word").has_value());
  for (size_t i = 0; i < word.size(); ++i) {
    std::string other = word;
    other[i] = word[i] == 'A' ? 'B' : 'A';
    const bool has_spare_bits = i + 1 == word.size();
    if (!has_spare_bits) EXPECT_FALSE(DecodePosition(other).has_value()) << i;
    EXPECT_FALSE(DecodePosition(word.substr(0, i)).has_value()) << i;
  }
  EXPECT_FALSE(DecodePosition(word + "AAAA").has_value());
}

}  // namespace
}  // namespace attain::storage
