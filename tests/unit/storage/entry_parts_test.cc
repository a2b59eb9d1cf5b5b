#include "storage/entry_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace attain::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string kSalt(kSaltBytes, 's');

// What is there, and whether all of it is sound.
std::pair<std::vector<std::pair<int, std::string>>, bool> PartsOf(absl::string_view bytes) {
  std::vector<std::pair<int, std::string>> parts;
  const bool sound = ForEachPart(bytes, [&](uint8_t kind, absl::string_view data) {
    parts.emplace_back(kind, data);
    return true;
  });
  return {parts, sound};
}

TEST(EntryPartsTest, PartsComeBackInOrderBehindTheSalt) {
  PartsWriter writer(kSalt);
  writer.Add(1, "who");
  writer.Add(2, "");
  uint8_t* const room = writer.Add(3, 2);
  room[0] = 'a';
  room[1] = 'b';
  const std::string bytes = std::move(writer).Take();
  EXPECT_EQ(bytes, kSalt + std::string("\x01\x03who\x02\x00\x03\x02"
                                       "ab",
                                       11));
  const auto [parts, sound] = PartsOf(bytes);
  EXPECT_TRUE(sound);
  EXPECT_THAT(parts, ElementsAre(Pair(1, "who"), Pair(2, ""), Pair(3, "ab")));
  EXPECT_EQ(SaltOf(bytes), kSalt);
  EXPECT_EQ(SaltOf("short"), "");
}

TEST(EntryPartsTest, LengthsOfOneTwoAndThreeBytes) {
  for (const size_t length : {127, 128, 16383, 16384, 3'000'000}) {
    PartsWriter writer(kSalt, length);
    writer.Add(2, std::string(length, 'x'));
    const std::string bytes = std::move(writer).Take();
    const size_t of_length = length < 128 ? 1 : length < 16384 ? 2 : length < 2'097'152 ? 3 : 4;
    EXPECT_EQ(bytes.size(), kSaltBytes + 1 + of_length + length);
    const auto [parts, sound] = PartsOf(bytes);
    ASSERT_TRUE(sound) << length;
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].second, std::string(length, 'x'));
  }
}

TEST(EntryPartsTest, TheVisitorMayStop) {
  PartsWriter writer(kSalt);
  writer.Add(1, "a");
  writer.Add(1, "b");
  int seen = 0;
  EXPECT_TRUE(ForEachPart(std::move(writer).Take(), [&](uint8_t, absl::string_view) { return ++seen < 1; }));
  EXPECT_EQ(seen, 1);
}

TEST(EntryPartsTest, WhatIsNoPartsIsTold) {
  EXPECT_FALSE(PartsOf("").second);
  EXPECT_FALSE(PartsOf(kSalt).second) << "an entry has at least one part";
  EXPECT_FALSE(PartsOf(kSalt.substr(1) + "\x01").second);
  for (const absl::string_view cut :
       {absl::string_view("\x01", 1), absl::string_view("\x01\x02x", 3), absl::string_view("\x01\x80", 2),
        absl::string_view("\x01\x01y\x02", 4)}) {
    EXPECT_FALSE(PartsOf(kSalt + std::string(cut)).second) << cut.size();
  }
  // A reserved kind; a length of more than five bytes; one that could be shorter.
  EXPECT_FALSE(PartsOf(kSalt + std::string("\x81\x01x", 3)).second);
  EXPECT_FALSE(PartsOf(kSalt + std::string("\x01\x80\x80\x80\x80\x80\x01", 7)).second);
  EXPECT_FALSE(PartsOf(kSalt + std::string("\x01\x81\x00x", 4)).second);
  EXPECT_THAT(PartsOf(kSalt + std::string("\x01\x81\x00x", 4)).first, IsEmpty());
}

TEST(EntryPartsTest, ALengthThatNoMemoryHasIsRefused) {
  EXPECT_FALSE(PartsOf(kSalt + std::string("\x01\xff\xff\xff\xff\x0f", 6)).second);
  EXPECT_FALSE(PartsOf(kSalt + std::string("\x01\xff\xff\xff\xff\x7f", 6)).second);
}

}  // namespace
}  // namespace attain::storage
