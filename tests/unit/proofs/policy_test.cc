#include "proofs/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kRefused = absl::StatusCode::kPermissionDenied;
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// Witnesses a, b, c … with keys of their own.
SecretKey Key(char name) {
  return OtherKey(absl::StrCat(std::string(1, name), ".example"), SignatureType::kCosignature, name);
}

std::string Witnesses(absl::string_view names) {
  std::string lines;
  for (const char name : names)
    absl::StrAppend(&lines, "witness ", std::string(1, name), " ", Key(name).verifier().Text(), "\n");
  return lines;
}

std::string LogLine() {
  return absl::StrCat("log ", kLogKey, "\n");
}

// The published head, cosigned by these witnesses.
std::string SignedBy(absl::string_view names) {
  std::string note = absl::StrCat(kHeadText, "\n", kLogLine);
  for (const char name : names)
    absl::StrAppend(&note, PrintSignature(*KeySigner(Key(name)).Sign(kHeadText, kSeen)));
  return note;
}

Policy Parsed(const std::string& text) {
  absl::StatusOr<Policy> policy = Policy::Parse(text);
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : *Policy::Parse("quorum none\n");
}

TEST(PolicyTest, PublishedHeadIsAccepted) {
  const Policy policy = Parsed(HeadPolicy());
  const absl::StatusOr<AcceptedHead> head = policy.Accept(HeadNote());
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->checkpoint.origin, kOrigin);
  EXPECT_EQ(head->checkpoint.size, 3u);
  EXPECT_EQ(Hex(head->checkpoint.root), kRootOf3Hex);
  ASSERT_THAT(head->witnesses, SizeIs(1));
  EXPECT_EQ(head->witnesses[0].name, "w");
  EXPECT_EQ(head->witnesses[0].time, kSeen);
}

TEST(PolicyTest, EveryFlippedBitOfAHeadIsRefused) {
  const Policy policy = Parsed(HeadPolicy());
  const std::string note = HeadNote();
  for (size_t bit = 0; bit < note.size() * 8; ++bit) {
    ASSERT_FALSE(policy.Accept(Flipped(note, bit)).ok()) << Flipped(note, bit);
  }
}

// The example of C2SP tlog-policy: two of three of one house and one of three of another.
TEST(PolicyTest, QuorumCountsGroupsOfGroups) {
  const Policy policy =
      Parsed(absl::StrCat(LogLine(), Witnesses("abc"), "group X 2 a b c\n", Witnesses("xyz"),
                          "group Y any x y z\n", "group both all X Y\nquorum both\n"));
  const std::vector<std::string> names = {"a", "b", "c", "x", "y", "z"};
  for (unsigned set = 0; set < 64; ++set) {
    std::string signers;
    for (size_t at = 0; at < names.size(); ++at) {
      if (set >> at & 1) signers += names[at];
    }
    const bool enough = __builtin_popcount(set & 7) >= 2 && (set >> 3) != 0;
    const absl::StatusOr<AcceptedHead> head = policy.Accept(SignedBy(signers));
    ASSERT_EQ(head.ok(), enough) << signers;
    if (enough) {
      EXPECT_THAT(head->witnesses, SizeIs(signers.size()));
    } else {
      EXPECT_EQ(head.status().code(), kRefused);
      EXPECT_THAT(std::string(head.status().message()), HasSubstr("both"));
    }
    EXPECT_THAT(policy.AcceptLog(SignedBy(signers))->witnesses, SizeIs(signers.size()));
  }
}

TEST(PolicyTest, OneWitnessCountsOnceHoweverOftenItSigns) {
  const Policy policy =
      Parsed(absl::StrCat(LogLine(), Witnesses("ab"), "group all-of-them all a b\nquorum all-of-them\n"));
  const std::string later = PrintSignature(*KeySigner(Key('a')).Sign(kHeadText, kSeen + absl::Hours(1)));
  EXPECT_EQ(policy.Accept(absl::StrCat(SignedBy("a"), later)).status().code(), kRefused);
  const absl::StatusOr<AcceptedHead> head = policy.Accept(absl::StrCat(SignedBy("ab"), later));
  ASSERT_TRUE(head.ok());
  EXPECT_THAT(head->witnesses, SizeIs(2));
}

TEST(PolicyTest, TooFewWitnessesAreNamed) {
  const Policy policy = Parsed(absl::StrCat(LogLine(), Witnesses("ab"), "group two all a b\nquorum two\n"));
  const absl::Status one = policy.Accept(SignedBy("b")).status(), none = policy.Accept(SignedBy("")).status();
  EXPECT_THAT(std::string(one.message()), HasSubstr("asks for two; this head was seen by b:"));
  EXPECT_THAT(std::string(none.message()), HasSubstr("seen by no witness"));
  EXPECT_EQ(
      Parsed(absl::StrCat(LogLine(), Witnesses("ab"), "quorum b\n")).Accept(SignedBy("a")).status().code(),
      kRefused);
  EXPECT_TRUE(Parsed(absl::StrCat(LogLine(), Witnesses("ab"), "quorum b\n")).Accept(SignedBy("b")).ok());
}

TEST(PolicyTest, NoQuorumAsksForTheLogAlone) {
  const Policy policy = Parsed(absl::StrCat(LogLine(), "quorum none\n"));
  ASSERT_TRUE(policy.Accept(SignedBy("")).ok());
  EXPECT_THAT(policy.Accept(SignedBy("a"))->witnesses, IsEmpty()) << "a is not known";
}

// Of the log: its key, under its own origin.
TEST(PolicyTest, TheLogMustHaveSigned) {
  const Policy policy = Parsed(HeadPolicy());
  const absl::Status witness_alone = policy.Accept(absl::StrCat(kHeadText, "\n", kWitnessLine)).status();
  EXPECT_EQ(witness_alone.code(), kRefused);
  EXPECT_THAT(std::string(witness_alone.message()), HasSubstr("no log of the policy signed"));
  EXPECT_EQ(policy.AcceptLog(absl::StrCat(kHeadText, "\n", kWitnessLine)).status().code(), kRefused);
  // A known log speaks for itself, not for another.
  const SecretKey other = OtherKey("other.example", SignatureType::kEd25519, 'o');
  const std::string text = absl::StrReplaceAll(kHeadText, {{kOrigin, "third.example"}});
  const Policy two = Parsed(absl::StrCat(LogLine(), "log ", other.verifier().Text(), "\nquorum none\n"));
  EXPECT_THAT(two.logs(), SizeIs(2));
  EXPECT_EQ(two.Accept(absl::StrCat(text, "\n", PrintSignature(*KeySigner(other).Sign(text, kSeen))))
                .status()
                .code(),
            kRefused);
  EXPECT_EQ(
      two.Accept(absl::StrCat(kHeadText, "\n", PrintSignature(*KeySigner(other).Sign(kHeadText, kSeen))))
          .status()
          .code(),
      kRefused);
  EXPECT_EQ(policy.Accept("no note").status().code(), kInvalid);
  const std::string no_head = "text\n";
  EXPECT_EQ(
      policy.Accept(absl::StrCat(no_head, "\n", PrintSignature(*KeySigner(LogKey()).Sign(no_head, kSeen))))
          .status()
          .code(),
      kInvalid);
}

// When a key is replaced the policy lists both, and either signs.
TEST(PolicyTest, EitherKeyOfOneLogIsEnough) {
  const SecretKey next = OtherKey(kOrigin, SignatureType::kEd25519, 'n');
  const Policy policy = Parsed(absl::StrCat(LogLine(), "log ", next.verifier().Text(), "\nquorum none\n"));
  const std::string by_next = PrintSignature(*KeySigner(next).Sign(kHeadText, kSeen));
  EXPECT_TRUE(policy.Accept(SignedBy("")).ok());
  EXPECT_TRUE(policy.Accept(absl::StrCat(kHeadText, "\n", by_next)).ok());
  EXPECT_TRUE(policy.Accept(absl::StrCat(SignedBy(""), by_next)).ok());
}

TEST(PolicyTest, CommentsBlanksAndAddressesAreRead) {
  const Policy policy =
      Parsed(absl::StrCat("# whom we trust\n\n \t \n  # more\n\tlog\t", kLogKey, "  https://log.example/ \n",
                          "witness \u5ba1\u8ba1 ", Key('a').verifier().Text(), " https://a.example/\n",
                          "witness b ", Key('b').verifier().Text(), "\nquorum \u5ba1\u8ba1\n# end\n"));
  EXPECT_EQ(policy.logs()[0].url, "https://log.example/");
  EXPECT_EQ(policy.logs()[0].key.Text(), kLogKey);
  ASSERT_THAT(policy.witnesses(), SizeIs(2));
  EXPECT_EQ(policy.witnesses()[0].name, "\u5ba1\u8ba1");
  EXPECT_EQ(policy.witnesses()[0].url, "https://a.example/");
  EXPECT_EQ(policy.witnesses()[1].url, "");
  EXPECT_TRUE(policy.Accept(SignedBy("a")).ok());
}

TEST(PolicyTest, WhatIsNoPolicyIsRefusedWithTheLine) {
  const std::string log = LogLine(), ab = Witnesses("ab"), key_a = Key('a').verifier().Text();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "line 1: there is no quorum"},
      {log, "line 2: there is no quorum"},
      {log + "quorum none", "line 2: it has no line end"},
      {log + "quorum none\nquorum none\n", "line 3: there is a quorum already"},
      {log + "quorum\n", "line 2: write"},
      {log + "quorum a b\n", "line 2: write"},
      {"quorum a\n" + ab, "line 1: no line above"},
      {"quorum A\n" + ab, "line 1: no line above"},
      {log + log + "quorum none\n", "line 2: another log has the same key"},
      {absl::StrCat(
           log, "log ",
           VerifierKey::Make("x.example", SignatureType::kEd25519, LogKey().verifier().public_key())->Text(),
           "\nquorum none\n"),
       "line 2: another log"},
      {"log\nquorum none\n", "line 1: write"},
      {absl::StrCat("log ", kLogKey, " url more\nquorum none\n"), "line 1: write"},
      {absl::StrCat("log ", key_a, "\nquorum none\n"),
       "line 1: a key of type 1 stands here, this has type 4"},
      {"log log.example+00000000+AQ==\nquorum none\n", "line 1: not a key"},
      {"witness a\nquorum none\n", "line 1: write"},
      {absl::StrCat("witness a ", key_a, " url more\nquorum none\n"), "line 1: write"},
      {absl::StrCat("witness a ", kLogKey, "\nquorum none\n"),
       "line 1: a key of type 4 stands here, this has type 1"},
      {absl::StrCat("witness none ", key_a, "\nquorum none\n"), "line 1: \"none\""},
      {absl::StrCat(ab, "witness a ", Key('c').verifier().Text(), "\nquorum none\n"),
       "line 3: a is named above"},
      {absl::StrCat(ab, "witness c ", key_a, "\nquorum none\n"), "line 3: witness a has the same key"},
      {ab + "group g any\nquorum none\n", "line 3: write"},
      {ab + "group a any b\nquorum none\n", "line 3: a is named above"},
      {ab + "group none any b\nquorum none\n", "line 3: \"none\""},
      {ab + "group g any c\nquorum none\n", "line 3: no line above names a witness or group c"},
      {ab + "group g any none\nquorum none\n", "line 3: no line above"},
      {ab + "group g any g\nquorum none\n", "line 3: no line above"},
      {ab + "group g any a a\nquorum none\n", "line 3: a is a member already"},
      {ab + "group g any a\ngroup h any a b\nquorum none\n", "line 4: a is a member already"},
      {ab + "group g 0 a b\nquorum none\n", "line 3: \"0\" is neither"},
      {ab + "group g 3 a b\nquorum none\n", "line 3: \"3\" is neither"},
      {ab + "group g 02 a b\nquorum none\n", "line 3: \"02\" is neither"},
      {ab + "group g most a b\nquorum none\n", "line 3: \"most\" is neither"},
      {"logs x\nquorum none\n", "line 1: \"logs\" is neither"},
      {"LOG x\nquorum none\n", "line 1: \"LOG\" is neither"},
      {"quorum none\r\n", "line 1: it holds a control character"},
      {std::string("# \0\nquorum none\n", 16), "line 1: it holds a control character"},
      {"# \x7f\nquorum none\n", "line 1: it holds a control character"},
      {std::string(kMaxPolicyLines, '\n') + "quorum none\n", "lines"},
      {"#" + std::string(kMaxPolicyBytes, 'x') + "\nquorum none\n", "bytes"}};
  for (const auto& [text, why] : cases) {
    const absl::Status status = Policy::Parse(text).status();
    EXPECT_EQ(status.code(), kInvalid) << text;
    EXPECT_THAT(std::string(status.message()), HasSubstr(why)) << text;
  }
  EXPECT_TRUE(Policy::Parse(std::string(kMaxPolicyLines - 1, '\n') + "quorum none\n").ok());
}

TEST(PolicyTest, ALargePolicyIsRead) {
  std::string text = LogLine(), quorum = "group g 40";
  for (int at = 0; at < 64; ++at) {
    const std::string name = absl::StrCat("w", at);
    absl::StrAppend(&text, "witness ", name, " ",
                    OtherKey(name, SignatureType::kCosignature, static_cast<char>(at)).verifier().Text(),
                    "\n");
    absl::StrAppend(&quorum, " ", name);
  }
  EXPECT_THAT(Parsed(absl::StrCat(text, quorum, "\nquorum g\n")).witnesses(), SizeIs(64));
}

}  // namespace
}  // namespace attain::proofs
