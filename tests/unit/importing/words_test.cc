// The dictionaries below service/importing/words: their form, and how they are asked.
#include "service/importing/values/words.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace attain::importing {
namespace {

TEST(Words, AreAskedByWholeWordBeginningEndAndPlace) {
  const WordList list("# comment\nA: 大于 | 大于等于\nB: ＞ | 小 于\nA: >=\nno entry\n");
  ASSERT_EQ(list.entries().size(), 2u);
  EXPECT_EQ(list.KeyOf("大于"), "A");
  EXPECT_EQ(list.KeyOf(">="), "A");
  EXPECT_EQ(list.KeyOf(">"), "B");  // kept in half width
  EXPECT_EQ(list.KeyOf("小于"), "B");
  EXPECT_EQ(list.KeyOf("A"), "");
  EXPECT_EQ(list.AtStart("大于等于3").length, std::string("大于等于").size());
  EXPECT_EQ(list.AtStart("不大于").length, 0u);
  EXPECT_EQ(list.AtEnd("不大于").key, "A");
  EXPECT_TRUE(list.Within("不小于3"));
  EXPECT_FALSE(list.Within("不少于3"));
  EXPECT_FALSE(list.Has(""));
}

TEST(Words, AFileThatIsNotThereIsEmpty) {
  EXPECT_EQ(WordFile("no such file"), "");
  EXPECT_TRUE(WordList::Named("no such file").entries().empty());
}

// Every file is compiled in as it stands, says where its words come from, and every line is an entry.
TEST(Words, EveryFileIsWellFormedAndCompiledIn) {
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(ATTAIN_SOURCE_DIR "/service/importing/words")) {
    ++files;
    std::ifstream in(file.path());
    std::stringstream bytes;
    bytes << in.rdbuf();
    const std::string text = bytes.str(), name = file.path().stem().string();
    EXPECT_EQ(file.path().extension(), ".txt") << file.path();
    EXPECT_EQ(WordFile(name), text) << name;
    EXPECT_TRUE(absl::StartsWith(text, "#")) << name << " does not say what it is";
    EXPECT_TRUE(absl::StrContains(text, "ource")) << name << " does not say its source";
    std::set<std::pair<std::string, std::string>> seen;
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      if (line.empty() || line[0] == '#') continue;
      EXPECT_TRUE(absl::StrContains(line, ": ")) << name << ": " << line;
      const WordList one(line);
      ASSERT_EQ(one.entries().size(), 1u) << name << ": " << line;
      ASSERT_FALSE(one.entries()[0].words.empty()) << name << ": " << line;
      for (const std::string& word : one.entries()[0].words) {
        EXPECT_TRUE(seen.emplace(one.entries()[0].key, word).second) << name << " has twice: " << word;
      }
    }
  }
  EXPECT_GE(files, 2);
}

}  // namespace
}  // namespace attain::importing
