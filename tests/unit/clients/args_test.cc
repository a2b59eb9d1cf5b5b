#include "clients/cli/input/args.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/commands/common/command.h"
#include "clients/cli/input/usage.h"

namespace attain::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

absl::StatusOr<Args> Parse(const std::vector<std::string>& words) {
  return Args::Parse(words, Language::kEnglish);
}

std::string Complaint(const std::vector<std::string>& words) {
  const absl::Status status = Parse(words).status();
  EXPECT_TRUE(IsUsageError(status)) << status;
  return std::string(status.message());
}

TEST(Args, OptionsStandBeforeAndBehindTheCommand) {
  const auto args = Parse({"--lang", "zh", "score", "p1", "--explain", "--at=12"});
  ASSERT_TRUE(args.ok()) << args.status();
  EXPECT_EQ(args->command(), "score");
  EXPECT_THAT(args->positional(), ElementsAre("p1"));
  EXPECT_EQ(args->Get("lang"), "zh");
  EXPECT_EQ(args->Get("at"), "12");
  EXPECT_TRUE(args->Has("explain"));
  EXPECT_FALSE(args->Has("json"));
  EXPECT_EQ(args->Get("server", "here"), "here");
}

TEST(Args, NegativeNumbersAreNoOptions) {
  const auto args = Parse({"report", "p1/i1", "-3.5", "--note", "-1"});
  ASSERT_TRUE(args.ok()) << args.status();
  EXPECT_THAT(args->positional(), ElementsAre("p1/i1", "-3.5"));
  EXPECT_EQ(args->Get("note"), "-1");
  EXPECT_THAT(Parse({"report", "x", "-"})->positional(), ElementsAre("x", "-"));
}

TEST(Args, TwoDashesEndTheOptions) {
  EXPECT_THAT(Parse({"score", "--", "--explain"})->positional(), ElementsAre("--explain"));
}

TEST(Args, RepeatedOptionsKeepAllValues) {
  EXPECT_THAT(Parse({"report", "--evidence", "a", "--evidence=b"})->GetAll("evidence"),
              ElementsAre("a", "b"));
  EXPECT_THAT(Complaint({"report", "--date", "x", "--date", "y"}), HasSubstr("twice"));
}

TEST(Args, AnAttachedValueMayBeEmptyOrHoldAnEqualsSign) {
  EXPECT_EQ(Parse({"--note="})->Get("note", "x"), "");
  EXPECT_EQ(Parse({"--note=a=b"})->Get("note"), "a=b");
}

TEST(Args, ComplaintsSayWhatWasMeant) {
  EXPECT_THAT(Complaint({"score", "--xplain"}), HasSubstr("Did you mean --explain?"));
  EXPECT_THAT(Complaint({"score", "-json"}), HasSubstr("Did you mean --json?"));
  EXPECT_THAT(Complaint({"score", "--qqqqqqqq"}), HasSubstr("no option --qqqqqqqq"));
  EXPECT_THAT(Complaint({"score", "--at"}), HasSubstr("--at REVISION|TIME"));
  EXPECT_THAT(Complaint({"score", "--at", "--json"}), HasSubstr("wants a value"));
  EXPECT_THAT(Complaint({"score", "--json=yes"}), HasSubstr("takes no value"));
}

TEST(Args, NothingIsNoCommand) {
  EXPECT_EQ(Parse({})->command(), "");
  EXPECT_TRUE(Parse({"-h"})->Has("help"));
}

absl::Status Check(const std::vector<std::string>& words) {
  const Args args = *Parse(words);
  return CheckArgs(*FindCommand(args.command()), args, Language::kEnglish);
}

TEST(CheckArgs, HoldsCommandsToTheirArgumentsAndOptions) {
  EXPECT_TRUE(Check({"score", "p1", "--explain", "--at", "3"}).ok());
  EXPECT_THAT(Check({"score"}).message(), HasSubstr("attain score UNIT|TABLE|INDICATOR"));
  EXPECT_THAT(Check({"score", "p1", "p2"}).message(), HasSubstr("\"p2\""));
  EXPECT_THAT(Check({"score", "p1", "--file", "x"}).message(), HasSubstr("score has no option --file"));
}

TEST(CheckArgs, OnlyReadsTakeAPast) {
  EXPECT_TRUE(IsUsageError(Check({"report", "p1/i1", "3", "--at", "5"})));
  EXPECT_TRUE(IsUsageError(Check({"submit", "p1", "--as-of", "2024-01-01"})));
  EXPECT_TRUE(Check({"actuals", "p1", "--as-of", "2024-01-01"}).ok());
}

TEST(Language, OptionBeatsTheEnvironment) {
  EXPECT_EQ(ChooseLanguage({"score", "--lang", "zh"}), Language::kChinese);
  EXPECT_EQ(ChooseLanguage({"--lang=en", "score"}), Language::kEnglish);
  EXPECT_EQ(ChooseLanguage({"--lang=en", "--lang=zh-CN"}), Language::kChinese);
  EXPECT_EQ(ParseLanguage("zh_CN.UTF-8"), Language::kChinese);
  EXPECT_EQ(ParseLanguage("C.UTF-8"), Language::kEnglish);
}

}  // namespace
}  // namespace attain::cli
