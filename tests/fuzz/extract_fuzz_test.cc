// Thousands of broken documents for each reader, the same ones in every run: the corpus of the fuzzer with
// tags and bytes lost, doubled, moved and changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/extract_check.h"
#include "tests/fuzz/longer.h"
#include "tests/fuzz/markup.h"

namespace attain::extract {
namespace {

std::string Broken(const std::string& input, const std::vector<std::string>& more, bool markup,
                   Random& random) {
  std::string out = input;
  if (markup) {
    out = WithPiecesChanged(input, more, random);
    if (Below(random, 2) == 0) out = Balanced(out);
  }
  for (size_t i = markup ? 0 : 1; i <= Below(random, markup ? 3 : 8) && out.size() > 1; ++i)
    out[Below(random, out.size())] = static_cast<char>(random());
  return out;
}

// Each with its end.
std::vector<std::string> Lines(const std::string& input) {
  std::vector<std::string> lines(1);
  for (const char c : input) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

class Extract : public ::testing::TestWithParam<std::string> {
 protected:
  const std::map<std::string, std::string> corpus_ = attain::testing::Corpus("extract/" + GetParam());
};

TEST_P(Extract, ReadsTheCorpus) {
  ASSERT_GE(corpus_.size(), 2u);
  for (const auto& [name, input] : corpus_) EXPECT_EQ(CheckExtract(GetParam(), input), "") << name;
}

TEST_P(Extract, SurvivesDamage) {
  std::vector<std::string> pieces;
  for (const auto& [name, input] : corpus_) {
    for (std::string& piece : Pieces(input)) pieces.push_back(std::move(piece));
  }
  const uint64_t times = attain::testing::Longer(std::max<uint64_t>(20, 2000 / corpus_.size()));
  for (const auto& [name, input] : corpus_) {
    for (uint64_t seed = 1; seed <= times; ++seed) {
      Random random(seed);
      const std::string broken = Broken(input, pieces, ReadsMarkup(GetParam()), random);
      ASSERT_EQ(CheckExtract(GetParam(), broken), "") << name << " seed " << seed;
    }
  }
}

TEST_P(Extract, SurvivesEveryCut) {
  for (const auto& [name, input] : corpus_) {
    const size_t step = std::max<size_t>(1, corpus_.size() * input.size() / 4000);
    for (size_t length = 0; length <= input.size(); length += step)
      ASSERT_EQ(CheckExtract(GetParam(), absl::string_view(input).substr(0, length)), "") << name << length;
  }
}

// Any one element a thousand times: the time a document takes grows with its size, not with the square of it.
TEST_P(Extract, SurvivesManyOfEach) {
  const size_t bytes = std::min<size_t>(attain::testing::Longer(200'000), 2'000'000);
  for (const auto& [name, input] : corpus_) {
    const std::vector<std::string> pieces = ReadsMarkup(GetParam()) ? Pieces(input) : Lines(input);
    const size_t step = 1 + pieces.size() * corpus_.size() / 400;
    for (size_t at = 0; at < pieces.size(); at += step) {
      if (pieces[at].empty() || absl::StartsWith(pieces[at], "</")) continue;
      const std::clock_t begin = std::clock();
      ASSERT_EQ(CheckExtract(GetParam(), Grown(pieces, at, bytes), Limits()), "")
          << name << " from " << pieces[at];
      ASSERT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC) << name << " from " << pieces[at];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Readers, Extract, ::testing::ValuesIn(Readers()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace attain::extract
