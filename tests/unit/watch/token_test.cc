#include "service/watch/token.h"

#include <gtest/gtest.h>

#include <limits>

namespace attain::watch {
namespace {

TEST(Token, ComesBackAsItWas) {
  for (const storage::Revision revision :
       {storage::Revision{0}, storage::Revision{1}, storage::Revision{1} << 40,
        std::numeric_limits<storage::Revision>::max()}) {
    for (const bool in_snapshot : {false, true}) {
      const Token token{"00112233445566778899aabbccddeeff", revision, "12345678", "abcdefgh", in_snapshot};
      const absl::StatusOr<Token> again = DecodeToken(EncodeToken(token));
      ASSERT_TRUE(again.ok());
      EXPECT_EQ(again->store_id, token.store_id);
      EXPECT_EQ(again->revision, revision);
      EXPECT_EQ(again->hash, token.hash);
      EXPECT_EQ(again->watch, token.watch);
      EXPECT_EQ(again->in_snapshot, in_snapshot);
    }
  }
}

TEST(Token, EveryFlippedBitAndEveryOtherLengthIsRefused) {
  const std::string good =
      EncodeToken({"00112233445566778899aabbccddeeff", 77, "12345678", "abcdefgh", false});
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(DecodeToken(bad).ok()) << bit;
  }
  for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(DecodeToken(good.substr(0, size)).ok());
  EXPECT_FALSE(DecodeToken(good + "x").ok());
}

TEST(Token, OneOfAnotherVersionIsRefusedHoweverSound) {
  const std::string good =
      EncodeToken({"00112233445566778899aabbccddeeff", 77, "12345678", "abcdefgh", true});
  std::string body = good.substr(0, good.size() - kTokenHashBytes);
  EXPECT_TRUE(DecodeToken(body + ShortHash(body)).ok());
  for (const char version : {'\0', '\2', '\x7f'}) {
    body[0] = version;
    EXPECT_FALSE(DecodeToken(body + ShortHash(body)).ok()) << static_cast<int>(version);
  }
}

}  // namespace
}  // namespace attain::watch
