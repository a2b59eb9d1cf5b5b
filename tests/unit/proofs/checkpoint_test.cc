#include "proofs/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CheckpointTest, PublishedHeadComesApartAndTogether) {
  const absl::StatusOr<Checkpoint> head = ParseCheckpoint(kHeadText);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->origin, kOrigin);
  EXPECT_EQ(head->size, 3u);
  EXPECT_EQ(Hex(head->root), kRootOf3Hex);
  EXPECT_THAT(head->extensions, IsEmpty());
  EXPECT_EQ(CheckpointText(*head), kHeadText);
}

TEST(CheckpointTest, ExtensionLinesOfOtherLogsAreKept) {
  const std::string text = absl::StrCat(kHeadText, "one\ntwo words\n");
  const absl::StatusOr<Checkpoint> head = ParseCheckpoint(text);
  ASSERT_TRUE(head.ok());
  EXPECT_THAT(head->extensions, ElementsAre("one", "two words"));
  EXPECT_EQ(CheckpointText(*head), text);
}

TEST(CheckpointTest, SizesGoFromNothingTo2To63) {
  for (const std::string& size : {std::string("0"), std::string("9223372036854775807")}) {
    const std::string text = absl::StrReplaceAll(kHeadText, {{"\n3\n", absl::StrCat("\n", size, "\n")}});
    ASSERT_TRUE(ParseCheckpoint(text).ok()) << size;
    EXPECT_EQ(CheckpointText(*ParseCheckpoint(text)), text);
  }
}

TEST(CheckpointTest, WhatIsNoCheckpointIsRefusedWithTheLine) {
  const std::string text(kHeadText);
  const auto why = [](const std::string& wrong) {
    const absl::Status status = ParseCheckpoint(wrong).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << wrong;
    return std::string(status.message());
  };
  EXPECT_THAT(why(""), HasSubstr("three lines"));
  EXPECT_THAT(why("log.example\n3\n"), HasSubstr("three lines"));
  EXPECT_THAT(why(text.substr(0, text.size() - 1)), HasSubstr("three lines"));
  EXPECT_THAT(why(text.substr(text.find('\n'))), HasSubstr("origin"));
  for (const absl::string_view size : {"", "03", "+3", " 3", "3 ", "-3", "3.0", "9223372036854775808"}) {
    EXPECT_THAT(why(absl::StrReplaceAll(text, {{"\n3\n", absl::StrCat("\n", size, "\n")}})),
                HasSubstr("second line"));
  }
  for (const absl::string_view end : {"RRoA", "RRoB=", "RRoA==", "RRoA= ", "RRo\r="}) {
    EXPECT_THAT(why(absl::StrReplaceAll(text, {{"RRoA=", end}})), HasSubstr("third line"));
  }
  EXPECT_THAT(why(text + "\n"), HasSubstr("extension line"));
  EXPECT_THAT(why(text + "one\n\ntwo\n"), HasSubstr("extension line"));
  EXPECT_THAT(why(text + "one"), HasSubstr("cut off"));
}

}  // namespace
}  // namespace attain::proofs
