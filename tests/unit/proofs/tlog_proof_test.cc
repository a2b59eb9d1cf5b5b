#include "proofs/tlog_proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "proofs/encoding.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

constexpr uint64_t kLogSize = 70;

std::string LeafOf(uint64_t index) {
  std::string bytes;
  AppendBigEndian(index, 8, &bytes);
  return bytes;
}

// The log of `Leaves`, signed and cosigned.
std::string SignedHead() {
  const std::string text = CheckpointText({std::string(kOrigin), kLogSize, RootOf(Leaves(kLogSize)), {}});
  return absl::StrCat(text, "\n", PrintSignature(*KeySigner(LogKey()).Sign(text, kSeen)),
                      PrintSignature(*KeySigner(WitnessKey()).Sign(text, kSeen)));
}

TlogProof ProofOf(uint64_t index) {
  return {std::nullopt, index, *InclusionPath(index, Leaves(kLogSize)), SignedHead()};
}

TEST(TlogProofTest, PublishedLeafIsProven) {
  const std::string leaf = absl::HexStringToBytes(
      "41545441494e4c31000000000000000200062a99ba0c600200000004e9c05f8bbf9fc23b71df680c1a2f995ec7d5bbb7ef055b"
      "d8354c9a3b3cef7025");
  // Leaves 1 and 3 of the published log.
  const std::string text = absl::StrCat(
      "c2sp.org/tlog-proof@v1\nindex 1\n",
      PrintHash(FromHex("516f3af53a096cfebde8e6d0dbb97ac9b00242860a333bf05446a6d23e4f852d")), "\n",
      PrintHash(FromHex("d2a7b9b4bd498ae125683d25a13b63e9631d514f50b33ace5f003f40888e5bcc")), "\n\n",
      HeadNote());
  const Policy policy = *Policy::Parse(HeadPolicy());
  const absl::StatusOr<AcceptedHead> head = CheckTlogProof(text, policy, leaf);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->checkpoint.size, 3u);
  ASSERT_TRUE(ParseTlogProof(text).ok());
  EXPECT_EQ(PrintTlogProof(*ParseTlogProof(text)), text);
  EXPECT_EQ(CheckTlogProof(text, policy, leaf + "x").status().code(), absl::StatusCode::kPermissionDenied);
}

TEST(TlogProofTest, EveryLeafIsProvenAtItsPlaceAlone) {
  const Policy policy = *Policy::Parse(HeadPolicy());
  for (uint64_t index = 0; index < kLogSize; ++index) {
    const std::string text = PrintTlogProof(ProofOf(index));
    EXPECT_TRUE(CheckTlogProof(text, policy, LeafOf(index)).ok()) << index;
    EXPECT_FALSE(CheckTlogProof(text, policy, LeafOf((index + 1) % kLogSize)).ok()) << index;
  }
}

TEST(TlogProofTest, EveryFlippedBitIsRefused) {
  const Policy policy = *Policy::Parse(HeadPolicy());
  const std::string text = PrintTlogProof(ProofOf(41));
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    ASSERT_FALSE(CheckTlogProof(Flipped(text, bit), policy, LeafOf(41)).ok()) << Flipped(text, bit);
  }
}

// Letters and digits put in the place of others, lines left out, doubled and exchanged.
TEST(TlogProofTest, ChangesThatAPersonWouldTryAreRefused) {
  const Policy policy = *Policy::Parse(HeadPolicy());
  std::mt19937_64 random(5);
  const std::string text = PrintTlogProof(ProofOf(7));
  const std::string letters = "ABCXYZabcxyz019+/= \n";
  for (int trial = 0; trial < 3000; ++trial) {
    std::string changed = text;
    const size_t at = random() % text.size();
    switch (trial % 3) {
      case 0:
        changed[at] = letters[random() % letters.size()];
        break;
      case 1:
        changed.erase(at, 1 + random() % 50);
        break;
      default:
        changed.insert(at, text.substr(random() % text.size(), 1 + random() % 50));
    }
    if (changed == text) continue;
    ASSERT_FALSE(CheckTlogProof(changed, policy, LeafOf(7)).ok()) << changed;
  }
}

TEST(TlogProofTest, ExtraDataAreKeptAndProveNothing) {
  TlogProof proof = ProofOf(3);
  proof.extra = std::string("\0extra\n", 7);
  const std::string text = PrintTlogProof(proof);
  const absl::StatusOr<TlogProof> back = ParseTlogProof(text);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->extra, proof.extra);
  EXPECT_EQ(back->index, 3u);
  EXPECT_EQ(back->path, proof.path);
  EXPECT_EQ(back->checkpoint, proof.checkpoint);
  EXPECT_EQ(PrintTlogProof(*back), text);
  EXPECT_TRUE(CheckTlogProof(text, *Policy::Parse(HeadPolicy()), LeafOf(3)).ok());
  proof.extra = std::string(kMaxExtraBytes, 'x');
  EXPECT_TRUE(ParseTlogProof(PrintTlogProof(proof)).ok());
  proof.extra = std::string(kMaxExtraBytes + 1, 'x');
  EXPECT_EQ(ParseTlogProof(PrintTlogProof(proof)).status().code(), kInvalid);
}

TEST(TlogProofTest, ALogOfOneLeafHasAnEmptyPath) {
  const std::string text = CheckpointText({std::string(kOrigin), 1, Leaves(1)[0], {}});
  const std::string head = absl::StrCat(text, "\n", PrintSignature(*KeySigner(LogKey()).Sign(text, kSeen)));
  const Policy policy = *Policy::Parse(absl::StrCat("log ", kLogKey, "\nquorum none\n"));
  EXPECT_TRUE(CheckTlogProof(PrintTlogProof({std::nullopt, 0, {}, head}), policy, LeafOf(0)).ok());
  EXPECT_EQ(CheckTlogProof(PrintTlogProof({std::nullopt, 1, {}, head}), policy, LeafOf(0)).status().code(),
            kInvalid);
}

TEST(TlogProofTest, WhatIsNoProofIsRefusedWithTheReason) {
  const std::string text = PrintTlogProof(ProofOf(7));
  const auto why = [](const std::string& wrong) {
    const absl::Status status = ParseTlogProof(wrong).status();
    EXPECT_EQ(status.code(), kInvalid) << wrong;
    return std::string(status.message());
  };
  EXPECT_THAT(why(""), HasSubstr("first line"));
  EXPECT_THAT(why(absl::StrReplaceAll(text, {{"@v1", "@v2"}})), HasSubstr("first line"));
  EXPECT_THAT(why("c2sp.org/tlog-proof@v1\n"), HasSubstr("ends behind its first line"));
  EXPECT_THAT(why("c2sp.org/tlog-proof@v1\nextra AA==\n"), HasSubstr("ends behind its extra data"));
  EXPECT_THAT(why(absl::StrReplaceAll(text, {{"index", "extra AA=\nindex"}})),
              HasSubstr("extra data are not base64"));
  EXPECT_THAT(why(absl::StrReplaceAll(text, {{"index", "extra \nindex"}})),
              HasSubstr("extra data are not base64"));
  EXPECT_THAT(why(absl::StrReplaceAll(text, {{"index", "extra AA==\nextra AA==\nindex"}})),
              HasSubstr("index NUMBER"));
  for (const absl::string_view index : {"index 07", "index -7", "index", "index  7", "index 7 ", "Index 7"}) {
    EXPECT_THAT(why(absl::StrReplaceAll(text, {{"index 7", index}})), HasSubstr("index NUMBER"));
  }
  EXPECT_THAT(why(absl::StrReplaceAll(text, {{"index 7\n", "index 7\nx\n"}})), HasSubstr("no hash"));
  EXPECT_THAT(why(text.substr(0, text.find("\n\n"))), HasSubstr("no empty line"));
  TlogProof high = ProofOf(7);
  high.path.resize(kMaxProofHashes);
  EXPECT_TRUE(ParseTlogProof(PrintTlogProof(high)).ok());
  high.path.resize(kMaxProofHashes + 1);
  EXPECT_THAT(why(PrintTlogProof(high)), HasSubstr("more than 63 hashes"));
  EXPECT_THAT(why(text + std::string(300 * 1024, 'x')), HasSubstr("bytes"));
}

}  // namespace
}  // namespace attain::proofs
