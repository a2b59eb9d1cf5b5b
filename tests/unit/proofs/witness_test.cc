#include "proofs/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "proofs/encoding.h"
#include "proofs/policy.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr absl::string_view kSizeType = "text/x.tlog.size", kTextType = "text/plain; charset=utf-8";

// Keeps heads in memory; runs something before the next replacement, or fails.
class MemoryState : public WitnessState {
 public:
  absl::StatusOr<std::string> Latest(absl::string_view origin) override {
    if (!readable) return absl::UnavailableError("the disk cannot be read");
    return heads[std::string(origin)];
  }
  absl::StatusOr<bool> Replace(absl::string_view origin, absl::string_view seen,
                               absl::string_view next) override {
    ++replaced;
    if (!writable) return absl::UnavailableError("the disk is full");
    if (before_replace) std::exchange(before_replace, nullptr)();
    std::string& head = heads[std::string(origin)];
    if (head != seen) return false;
    head = std::string(next);
    return true;
  }

  std::map<std::string, std::string> heads;
  std::function<void()> before_replace;
  bool readable = true, writable = true;
  int replaced = 0;
};

class BrokenSigner : public Signer {
 public:
  const VerifierKey& key() const override { return key_; }
  absl::StatusOr<NoteSignature> Sign(absl::string_view, absl::Time) const override {
    return absl::UnavailableError("the token is gone");
  }

 private:
  const VerifierKey key_ = WitnessKey().verifier();
};

// A log and the requests that it makes.
class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() : leaves_(Leaves(40)), forked_(leaves_) {
    forked_[6] = LeafHash("rewritten");
    witness_ = MakeWitness({&signer_});
  }

  std::unique_ptr<Witness> MakeWitness(std::vector<const Signer*> signers) {
    return *Witness::Make(
        {{{std::string(kOrigin), {LogKey().verifier()}}}, std::move(signers), &state_, false});
  }

  static std::string Text(uint64_t size, const std::vector<Hash>& leaves) {
    return CheckpointText({std::string(kOrigin), size, RootOf(absl::MakeSpan(leaves).subspan(0, size)), {}});
  }
  static std::string Signed(const std::string& text, const SecretKey& key = LogKey()) {
    return absl::StrCat(text, "\n", PrintSignature(*KeySigner(key).Sign(text, kSeen)));
  }
  static Path Proof(uint64_t old_size, uint64_t size, const std::vector<Hash>& leaves) {
    return *ConsistencyPath(old_size, absl::MakeSpan(leaves).subspan(0, size));
  }
  // The request of a log with these leaves that has grown from the old size.
  static std::string Request(uint64_t old_size, uint64_t size, const std::vector<Hash>& leaves) {
    return PrintAddCheckpoint({old_size, Proof(old_size, size, leaves), Signed(Text(size, leaves))});
  }
  std::string Grown(uint64_t old_size, uint64_t size) const { return Request(old_size, size, leaves_); }

  WitnessAnswer Ask(const std::string& body) const { return witness_->Decide(body, kSeen); }
  void ExpectSigned(const std::string& body, uint64_t size) {
    const WitnessAnswer answer = Ask(body);
    ASSERT_EQ(answer.code, 200) << answer.why;
    EXPECT_EQ(answer.content_type, kTextType);
    EXPECT_EQ(answer.why, "");
    EXPECT_EQ(Kept(), Text(size, leaves_));
    const Policy policy = *Policy::Parse(HeadPolicy());
    EXPECT_TRUE(policy.Accept(absl::StrCat(Signed(Text(size, leaves_)), answer.body)).ok());
  }
  void ExpectRefused(const std::string& body, int code, absl::string_view type, absl::string_view words) {
    const std::string before = Kept();
    const WitnessAnswer answer = Ask(body);
    EXPECT_EQ(answer.code, code) << answer.why;
    EXPECT_EQ(answer.content_type, type);
    EXPECT_THAT(answer.body, HasSubstr(std::string(words)));
    EXPECT_NE(answer.why, "");
    EXPECT_EQ(Kept(), before) << "a refusal leaves nothing behind";
  }
  std::string Kept() { return state_.heads[std::string(kOrigin)]; }

  const std::vector<Hash> leaves_;
  std::vector<Hash> forked_;  // the seventh leaf was rewritten
  MemoryState state_;
  const KeySigner signer_{WitnessKey()};
  std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, HeadsThatGrowAreSigned) {
  ExpectSigned(Grown(0, 5), 5);
  ExpectSigned(Grown(5, 9), 9);
  ExpectSigned(Grown(9, 10), 10);
  ExpectSigned(Grown(10, 40), 40);
}

TEST_F(WitnessTest, TheSameHeadIsSignedAgainAndNotWrittenAgain) {
  ExpectSigned(Grown(0, 9), 9);
  EXPECT_EQ(state_.replaced, 1);
  ExpectSigned(Grown(9, 9), 9);
  EXPECT_EQ(state_.replaced, 1);
}

TEST_F(WitnessTest, AnOldSizeThatIsNotTheLastOneIsToldTheLastOne) {
  ExpectRefused(Grown(5, 9), 409, kSizeType, "0\n");
  ExpectSigned(Grown(0, 9), 9);
  ExpectRefused(Grown(5, 13), 409, kSizeType, "9\n");
  ExpectRefused(Grown(12, 13), 409, kSizeType, "9\n");
  EXPECT_EQ(Ask(Grown(0, 13)).body, "9\n");
  ExpectSigned(Grown(9, 13), 13);
}

TEST_F(WitnessTest, AnotherPastIsRefused) {
  ExpectSigned(Grown(0, 9), 9);
  ExpectRefused(Request(9, 13, forked_), 422, kTextType, "rewritten");
  ExpectRefused(PrintAddCheckpoint({9, Proof(9, 13, leaves_), Signed(Text(13, forked_))}), 422, kTextType,
                "rewritten");
  ExpectSigned(Grown(9, 13), 13);
}

TEST_F(WitnessTest, TheSameSizeWithAnotherRootIsAConflict) {
  ExpectSigned(Grown(0, 9), 9);
  ExpectRefused(Request(9, 9, forked_), 409, kTextType, "different roots");
}

// An older copy of the data was put back: its log knows sizes that were passed.
TEST_F(WitnessTest, AnOlderCopyIsRefused) {
  ExpectSigned(Grown(0, 13), 13);
  ExpectRefused(Grown(9, 9), 409, kSizeType, "13\n");
  ExpectRefused(Grown(5, 9), 409, kSizeType, "13\n");
  ExpectRefused(PrintAddCheckpoint({13, {}, Signed(Text(9, leaves_))}), 400, kTextType, "does not grow");
}

TEST_F(WitnessTest, ARequestThatIsSentAgainIsRefused) {
  const std::string first = Grown(0, 5), second = Grown(5, 9);
  ExpectSigned(first, 5);
  ExpectSigned(second, 9);
  ExpectRefused(second, 409, kSizeType, "9\n");
  ExpectRefused(first, 409, kSizeType, "9\n");
}

TEST_F(WitnessTest, ProofsThatDoNotFitAreRefused) {
  ExpectRefused(PrintAddCheckpoint({0, {leaves_[0]}, Signed(Text(5, leaves_))}), 422, kTextType,
                "more hashes");
  ExpectSigned(Grown(0, 9), 9);
  Path path = Proof(9, 13, leaves_);
  path.push_back(leaves_[0]);
  ExpectRefused(PrintAddCheckpoint({9, path, Signed(Text(13, leaves_))}), 422, kTextType, "more hashes");
  path.resize(1);
  ExpectRefused(PrintAddCheckpoint({9, path, Signed(Text(13, leaves_))}), 422, kTextType, "fewer hashes");
  ExpectRefused(PrintAddCheckpoint({9, {}, Signed(Text(13, leaves_))}), 422, kTextType, "fewer hashes");
  ExpectRefused(PrintAddCheckpoint({9, {leaves_[0]}, Signed(Text(9, leaves_))}), 422, kTextType,
                "more hashes");
}

TEST_F(WitnessTest, AnEmptyLogIsSignedOnceWithItsOneRoot) {
  ExpectRefused(
      PrintAddCheckpoint({0, {}, Signed(CheckpointText({std::string(kOrigin), 0, leaves_[0], {}}))}), 422,
      kTextType, "without leaves");
  ExpectSigned(Grown(0, 0), 0);
  EXPECT_EQ(state_.replaced, 1);
  ExpectSigned(Grown(0, 0), 0);
  EXPECT_EQ(state_.replaced, 1);
  ExpectSigned(Grown(0, 5), 5);
}

TEST_F(WitnessTest, LogsAndKeysThatAreNotKnownAreRefused) {
  const std::string other = absl::StrReplaceAll(Text(5, leaves_), {{kOrigin, "other.example"}});
  ExpectRefused(PrintAddCheckpoint({0, {}, Signed(other)}), 404, kTextType, "other.example is not a log");
  const SecretKey stranger = OtherKey(kOrigin, SignatureType::kEd25519, 's');
  ExpectRefused(PrintAddCheckpoint({0, {}, Signed(Text(5, leaves_), stranger)}), 403, kTextType,
                "no key that is trusted");
  const std::string forged = absl::StrReplaceAll(Signed(Text(5, leaves_)), {{"\n5\n", "\n6\n"}});
  ExpectRefused(PrintAddCheckpoint({0, {}, forged}), 403, kTextType, "does not fit the text");
  // Signatures of others beside the log's own say nothing.
  const std::string more = absl::StrCat(Signed(Text(5, leaves_)),
                                        PrintSignature(*KeySigner(stranger).Sign(Text(5, leaves_), kSeen)));
  ExpectSigned(PrintAddCheckpoint({0, {}, more}), 5);
}

TEST_F(WitnessTest, EveryFlippedBitOfARequestIsRefused) {
  ExpectSigned(Grown(0, 9), 9);
  const std::string request = Grown(9, 13);
  for (size_t bit = 0; bit < request.size() * 8; ++bit) {
    const WitnessAnswer answer = Ask(Flipped(request, bit));
    ASSERT_NE(answer.code, 200) << Flipped(request, bit);
    ASSERT_NE(answer.code, 500) << Flipped(request, bit);
  }
  EXPECT_EQ(Kept(), Text(9, leaves_));
  ExpectSigned(request, 13);
}

TEST_F(WitnessTest, WhatIsNoRequestIsRefused) {
  const std::string request = Grown(0, 5), note = Signed(Text(5, leaves_));
  const std::string hash = PrintHash(leaves_[0]) + "\n";
  std::string many = "old 0\n";
  for (int at = 0; at < 64; ++at) many += hash;
  for (const std::string& body :
       std::vector<std::string>{"",
                                "\n",
                                "old 0",
                                "old 0\n",
                                "old 0\n\n",
                                "old\n\n" + note,
                                "old 00\n\n" + note,
                                "old -1\n\n" + note,
                                "old 0 \n\n" + note,
                                "new 0\n\n" + note,
                                "old 0\n" + note,
                                "old 0\nx\n\n" + note,
                                "old 0\n" + hash + note,
                                many + "\n" + note,
                                "old 6\n\n" + note,
                                "old 0\n\n" + Text(5, leaves_),
                                "old 0\n\n" + absl::StrReplaceAll(note, {{"\n5\n", "\n05\n"}}),
                                request + "x",
                                request + "\n",
                                "old 0\n\n\n" + note,
                                "old 0\n\n" + std::string(200 * 1024, 'x') + "\n\n" + note}) {
    ExpectRefused(body, 400, kTextType, "");
  }
}

// Two requests at once: the second one finds out when it writes, and is told the size of the first one.
TEST_F(WitnessTest, WhoComesSecondIsToldTheNewSize) {
  ExpectSigned(Grown(0, 5), 5);
  state_.before_replace = [this] { ExpectSigned(Grown(5, 9), 9); };
  const WitnessAnswer late = Ask(Grown(5, 7));
  EXPECT_EQ(late.code, 409) << late.why;
  EXPECT_EQ(late.body, "9\n");
  EXPECT_EQ(Kept(), Text(9, leaves_));
}

TEST_F(WitnessTest, WithoutItsStateItSignsNothing) {
  state_.writable = false;
  ExpectRefused(Grown(0, 5), 500, kTextType, "the disk is full");
  state_.writable = true;
  ExpectSigned(Grown(0, 5), 5);
  state_.heads[std::string(kOrigin)] = "damaged\n";
  ExpectRefused(Grown(5, 9), 500, kTextType, "restore the witness's state");
  ExpectRefused(Grown(0, 9), 500, kTextType, "restore the witness's state");
  state_.readable = false;
  ExpectRefused(Grown(5, 9), 500, kTextType, "cannot be read");
}

TEST_F(WitnessTest, AHeadThatCouldNotBeSignedCanBeAskedForAgain) {
  const BrokenSigner broken;
  const WitnessAnswer answer = MakeWitness({&signer_, &broken})->Decide(Grown(0, 5), kSeen);
  EXPECT_EQ(answer.code, 500);
  EXPECT_EQ(answer.body, "the token is gone\n") << "no signature is given out";
  ExpectSigned(Grown(5, 5), 5);
}

TEST_F(WitnessTest, EveryKeyOfAWitnessSigns) {
  const KeySigner second(OtherKey("second.example", SignatureType::kCosignature, '2'));
  const WitnessAnswer answer = MakeWitness({&signer_, &second})->Decide(Grown(0, 5), kSeen);
  ASSERT_EQ(answer.code, 200);
  EXPECT_THAT(*ParseSignatures(answer.body), SizeIs(2));
}

TEST_F(WitnessTest, ExtensionLinesOfALogAreSignedAsTheyAre) {
  const std::string text = absl::StrCat(Text(5, leaves_), "extension\n");
  const WitnessAnswer answer = Ask(PrintAddCheckpoint({0, {}, Signed(text)}));
  ASSERT_EQ(answer.code, 200) << answer.why;
  EXPECT_TRUE(Policy::Parse(HeadPolicy())->Accept(absl::StrCat(Signed(text), answer.body)).ok());
}

TEST_F(WitnessTest, LogsDoNotMixTheirHeads) {
  const SecretKey other = OtherKey("other.example", SignatureType::kEd25519, 'o');
  const auto both =
      *Witness::Make({{{std::string(kOrigin), {LogKey().verifier()}}, {"other.example", {other.verifier()}}},
                      {&signer_},
                      &state_,
                      false});
  EXPECT_EQ(both->Decide(Grown(0, 9), kSeen).code, 200);
  const std::string text = absl::StrReplaceAll(Text(5, leaves_), {{kOrigin, "other.example"}});
  EXPECT_EQ(both->Decide(PrintAddCheckpoint({0, {}, Signed(text, other)}), kSeen).code, 200);
  EXPECT_EQ(both->Decide(PrintAddCheckpoint({0, {}, Signed(text)}), kSeen).code, 403)
      << "a log's key is good for its own origin";
  EXPECT_EQ(Kept(), Text(9, leaves_));
}

TEST_F(WitnessTest, WhateverComesTheHeadsThatWereSignedAreOneHistory) {
  std::mt19937_64 random(6);
  uint64_t last = 0;
  // Which history the witness has seen: up to the sixth leaf both are the same.
  bool seen_fork = false;
  int signed_heads = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const uint64_t size = random() % (leaves_.size() + 1),
                   old_size = random() % 2 == 0 ? last : random() % (size + 1);
    const bool fork = random() % 2 == 0;
    const std::vector<Hash>& leaves = fork ? forked_ : leaves_;
    const Path proof = old_size <= size ? Proof(old_size, size, leaves) : Path();
    const WitnessAnswer answer = Ask(PrintAddCheckpoint({old_size, proof, Signed(Text(size, leaves))}));
    const bool one_history = last <= 6 || fork == seen_fork;
    ASSERT_EQ(answer.code == 200, old_size == last && size >= last && one_history)
        << old_size << " to " << size << ": " << answer.why;
    if (answer.code != 200) continue;
    ++signed_heads;
    last = size;
    seen_fork = fork;
    ASSERT_EQ(Kept(), Text(size, leaves));
    if (last > 30) {  // once more from the beginning
      state_.heads.clear();
      last = 0;
    }
  }
  EXPECT_GT(signed_heads, 100);
}

class NotaryTest : public WitnessTest {
 protected:
  NotaryTest() { witness_ = *Witness::Make({{{std::string(kOrigin), {}}}, {&log_signer_}, &state_, true}); }
  std::string Bare(uint64_t old_size, uint64_t size, const std::vector<Hash>& leaves) const {
    return PrintAddCheckpoint({old_size, Proof(old_size, size, leaves), Text(size, leaves)});
  }

  const KeySigner log_signer_{LogKey()};
};

TEST_F(NotaryTest, ItSignsWithTheLogsKeyWhatGrows) {
  const WitnessAnswer answer = Ask(Bare(0, 5, leaves_));
  ASSERT_EQ(answer.code, 200) << answer.why;
  EXPECT_EQ(absl::StrCat(Text(5, leaves_), "\n", answer.body), Signed(Text(5, leaves_)));
  EXPECT_EQ(Ask(Bare(5, 9, leaves_)).code, 200);
  EXPECT_EQ(Ask(Bare(9, 13, forked_)).code, 422);
  EXPECT_EQ(Ask(Bare(5, 13, leaves_)).body, "9\n");
  EXPECT_EQ(Ask(Bare(9, 9, forked_)).code, 409);
  EXPECT_EQ(Kept(), Text(9, leaves_));
}

TEST_F(NotaryTest, ItTakesPlainHeadsOfItsLogAlone) {
  ExpectRefused(
      PrintAddCheckpoint(
          {0, {}, absl::StrReplaceAll(Text(5, leaves_), {{kOrigin, "log.example/0123456789abcdef/2"}})}),
      404, kTextType, "not a log");
  ExpectRefused(PrintAddCheckpoint({0, {}, absl::StrCat(Text(5, leaves_), "extension\n")}), 400, kTextType,
                "extension lines");
  ExpectRefused(PrintAddCheckpoint({0, {}, Signed(Text(5, leaves_))}), 400, kTextType, "not a checkpoint");
  ExpectRefused(PrintAddCheckpoint({0, {}, ""}), 400, kTextType, "");
  ExpectRefused(PrintAddCheckpoint({0, {}, absl::StrCat("\xff", Text(5, leaves_))}), 400, kTextType, "UTF-8");
}

// When a key is replaced the first head of the new one is signed by both.
TEST_F(NotaryTest, AllKeysOfTheLogsNameSignAndNoOthers) {
  const KeySigner next(OtherKey(kOrigin, SignatureType::kEd25519, 'n')),
      other(OtherKey("other.example", SignatureType::kEd25519, 'o'));
  const auto notary = *Witness::Make(
      {{{std::string(kOrigin), {}}, {"other.example", {}}}, {&log_signer_, &next, &other}, &state_, true});
  const std::vector<NoteSignature> signatures =
      *ParseSignatures(notary->Decide(Bare(0, 5, leaves_), kSeen).body);
  ASSERT_THAT(signatures, SizeIs(2));
  EXPECT_EQ(signatures[0].key_id, log_signer_.key().id());
  EXPECT_EQ(signatures[1].key_id, next.key().id());
}

TEST_F(NotaryTest, OptionsThatDoNotFitAreRefused) {
  const Witness::Log log{std::string(kOrigin), {LogKey().verifier()}};
  const auto why = [](Witness::Options options) {
    const absl::Status status = Witness::Make(std::move(options)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_THAT(why({{log}, {&signer_}, nullptr, false}), HasSubstr("has a state"));
  EXPECT_THAT(why({{log}, {}, &state_, false}), HasSubstr("at least one key"));
  EXPECT_THAT(why({{log}, {&log_signer_}, &state_, false}), HasSubstr("it must have 4"));
  EXPECT_THAT(why({{log}, {&signer_}, &state_, true}), HasSubstr("it must have 1"));
  EXPECT_THAT(why({{log, log}, {&signer_}, &state_, false}), HasSubstr("listed twice"));
  EXPECT_THAT(why({{{std::string(kOrigin), {}}}, {&signer_}, &state_, false}), HasSubstr("has no key"));
  EXPECT_THAT(why({{{"other.example", {}}}, {&log_signer_}, &state_, true}), HasSubstr("has no key"));
}

}  // namespace
}  // namespace attain::proofs
