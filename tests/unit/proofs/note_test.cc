#include "proofs/note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "proofs/encoding.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kRefused = absl::StatusCode::kPermissionDenied;
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

std::vector<VerifierKey> BothKeys() {
  return {LogKey().verifier(), WitnessKey().verifier()};
}

// What the keys say of a note's bytes.
absl::StatusOr<std::vector<Verified>> Verify(absl::string_view bytes, const std::vector<VerifierKey>& keys) {
  const absl::StatusOr<Note> note = ParseNote(bytes);
  if (!note.ok()) return note.status();
  return VerifyNote(*note, keys);
}

TEST(NoteTest, PublishedSignaturesComeOutAndAreVerified) {
  const KeySigner log(LogKey()), witness(WitnessKey());
  EXPECT_EQ(PrintSignature(*log.Sign(kHeadText, absl::InfinitePast())), kLogLine);
  EXPECT_EQ(PrintSignature(*witness.Sign(kHeadText, kSeen + absl::Milliseconds(999))), kWitnessLine);
  EXPECT_EQ(witness.key().Text(), WitnessKey().verifier().Text());
  const absl::StatusOr<std::vector<Verified>> verified = Verify(HeadNote(), BothKeys());
  ASSERT_TRUE(verified.ok()) << verified.status();
  ASSERT_THAT(*verified, SizeIs(2));
  EXPECT_EQ((*verified)[0].key, 0u);
  EXPECT_EQ((*verified)[0].time, absl::InfinitePast());
  EXPECT_EQ((*verified)[1].key, 1u);
  EXPECT_EQ((*verified)[1].time, kSeen);
}

TEST(NoteTest, ANoteOfTheGoPackageIsVerified) {
  const std::vector<VerifierKey> keys = {
      *VerifierKey::Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")};
  const absl::string_view note =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n"
      "\n"
      "\u2014 PeterNeumann "
      "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  EXPECT_TRUE(Verify(note, keys).ok()) << Verify(note, keys).status();
}

TEST(NoteTest, ParsedAndPrintedItIsTheSame) {
  const absl::StatusOr<Note> note = ParseNote(HeadNote());
  ASSERT_TRUE(note.ok());
  EXPECT_EQ(note->text, kHeadText);
  EXPECT_EQ(PrintNote(*note), HeadNote());
  EXPECT_EQ(note->signatures[0].name, kOrigin);
  EXPECT_EQ(note->signatures[0].key_id, 0x30debdbcu);
  EXPECT_THAT(note->signatures[1].bytes, SizeIs(72));
  EXPECT_TRUE(*ParseSignatures(absl::StrCat(kLogLine, kWitnessLine)) == note->signatures);
}

TEST(NoteTest, EveryFlippedBitIsRefused) {
  const std::string note = HeadNote();
  for (size_t bit = 0; bit < note.size() * 8; ++bit) {
    const absl::StatusOr<std::vector<Verified>> verified = Verify(Flipped(note, bit), BothKeys());
    // A changed name or id is that of a key that nobody knows: its line says nothing.
    ASSERT_TRUE(!verified.ok() || verified->size() < 2) << Flipped(note, bit);
  }
}

TEST(NoteTest, LinesOfOtherKeysSayNothing) {
  const std::string other = PrintSignature(
      *KeySigner(OtherKey("other.example", SignatureType::kEd25519, 'o')).Sign("other\n", kSeen));
  const std::string note = absl::StrCat(HeadNote(), other);
  ASSERT_TRUE(Verify(note, BothKeys()).ok());
  EXPECT_THAT(*Verify(note, BothKeys()), SizeIs(2));
  EXPECT_THAT(*Verify(note, {WitnessKey().verifier()}), SizeIs(1));
  // The same name with another key, and the same key with another name, are other keys.
  EXPECT_EQ(Verify(note, {OtherKey(kOrigin, SignatureType::kEd25519, 'x').verifier()}).status().code(),
            kRefused);
  EXPECT_EQ(Verify(note, {*VerifierKey::Make("log.example/other", SignatureType::kEd25519,
                                             LogKey().verifier().public_key())})
                .status()
                .code(),
            kRefused);
  EXPECT_EQ(Verify(note, {}).status().code(), kRefused);
}

// Go and C2SP: one wrong signature of a known key refuses the whole note.
TEST(NoteTest, AWrongLineOfAKnownKeyRefusesAllOfIt) {
  NoteSignature forged = *KeySigner(LogKey()).Sign("another text\n", kSeen);
  const std::string note = absl::StrCat(HeadNote(), PrintSignature(forged));
  const absl::Status status = Verify(note, BothKeys()).status();
  EXPECT_EQ(status.code(), kRefused);
  EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(kOrigin)));
  EXPECT_THAT(*Verify(note, {WitnessKey().verifier()}), SizeIs(1))
      << "who does not know the log does not mind";
  forged = *KeySigner(LogKey()).Sign(kHeadText, kSeen);
  forged.bytes += "x";
  EXPECT_EQ(Verify(absl::StrCat(HeadNote(), PrintSignature(forged)), BothKeys()).status().code(), kRefused);
}

// A cosignature is no log's signature and the other way round, whatever its key.
TEST(NoteTest, TypesAreNotTakenForEachOther) {
  const KeySigner log(LogKey()), witness(WitnessKey());
  NoteSignature as_witness = *log.Sign(kHeadText, kSeen);
  as_witness.name = std::string(kWitnessName);
  as_witness.key_id = witness.key().id();
  const auto verify = [](const NoteSignature& signature) {
    return VerifyNote({std::string(kHeadText), {signature}}, BothKeys()).status().code();
  };
  EXPECT_EQ(verify(as_witness), kRefused);
  as_witness.bytes = std::string(8, '\0') + as_witness.bytes;
  EXPECT_EQ(verify(as_witness), kRefused);
  NoteSignature as_log = *witness.Sign(kHeadText, kSeen);
  as_log.name = std::string(kOrigin);
  as_log.key_id = log.key().id();
  EXPECT_EQ(verify(as_log), kRefused);
  as_log.bytes = as_log.bytes.substr(8);
  EXPECT_EQ(verify(as_log), kRefused);
}

TEST(NoteTest, TimesOfCosignaturesAreBelow2To63) {
  const VerifierKey key = WitnessKey().verifier();
  for (const uint64_t seconds : {uint64_t{0}, kMaxNumber, kMaxNumber + 1}) {
    NoteSignature signature{key.name(), key.id(), ""};
    AppendBigEndian(seconds, 8, &signature.bytes);
    signature.bytes +=
        WitnessKey().private_key().Sign(absl::StrCat("cosignature/v1\ntime ", seconds, "\n", kHeadText));
    EXPECT_EQ(VerifyNote({std::string(kHeadText), {signature}}, {key}).ok(), seconds <= kMaxNumber)
        << seconds;
  }
  EXPECT_EQ(KeySigner(WitnessKey()).Sign(kHeadText, absl::FromUnixSeconds(-1)).status().code(), kInvalid);
  EXPECT_TRUE(KeySigner(WitnessKey()).Sign(kHeadText, absl::UnixEpoch()).ok());
}

TEST(NoteTest, TextsThatCannotBeSignedAreRefused) {
  const KeySigner log(LogKey());
  EXPECT_TRUE(log.Sign("\u539f\u56e0\n\nmore\n", kSeen).ok());
  EXPECT_TRUE(log.Sign("\x7f\n", kSeen).ok());
  for (const absl::string_view text :
       {absl::string_view(""), absl::string_view("no end"), absl::string_view("tab\t\n"),
        absl::string_view("\r\n"), absl::string_view("\xff\n"), absl::string_view("\0\n", 2)}) {
    EXPECT_EQ(log.Sign(text, kSeen).status().code(), kInvalid) << text;
    EXPECT_EQ(ParseNote(absl::StrCat(text, "\n", kLogLine)).status().code(), kInvalid) << text;
  }
}

TEST(NoteTest, TheLastEmptyLineEndsTheText) {
  const std::string text = "one\n\ntwo\n\n\nthree\n";
  const std::string note = absl::StrCat(text, "\n", PrintSignature(*KeySigner(LogKey()).Sign(text, kSeen)));
  ASSERT_TRUE(ParseNote(note).ok());
  EXPECT_EQ(ParseNote(note)->text, text);
  EXPECT_TRUE(Verify(note, BothKeys()).ok());
}

TEST(NoteTest, WhatIsNoNoteIsRefused) {
  const std::string text(kHeadText), line(kLogLine);
  const std::string bytes(4, 'i');
  for (const std::string& note :
       std::vector<std::string>{"",
                                "\n",
                                "\n\n",
                                text,
                                text + "\n",
                                text + line,
                                line,
                                "\n" + line,
                                text + "\n" + line.substr(0, line.size() - 1),
                                text + "\n" + line + "x",
                                text + "\n" + line + "\n",
                                text + "\n" + line + "\n" + line + "x",
                                text + "\n" + "x" + line,
                                text + "\n" + absl::StrReplaceAll(line, {{"\u2014 ", "- "}}),
                                text + "\n" + absl::StrReplaceAll(line, {{"\u2014 ", "\u2014"}}),
                                text + "\n" + absl::StrReplaceAll(line, {{"\u2014 ", "\u2014  "}}),
                                text + "\n" + absl::StrReplaceAll(line, {{" MN", "  MN"}}),
                                text + "\n" + absl::StrReplaceAll(line, {{"\n", " \n"}}),
                                text + "\n" + absl::StrReplaceAll(line, {{"\n", "\r\n"}}),
                                text + "\n" + absl::StrReplaceAll(line, {{"log.", "log+"}}),
                                text + "\n\u2014 name\n",
                                text + "\n\u2014 name \n",
                                text + "\n\u2014 name " + absl::Base64Escape(bytes) + "\n",
                                text + "\n\u2014 " + absl::Base64Escape(bytes + "s") + "\n",
                                text + "\n\u2014 name " + absl::Base64Escape(bytes + "s") + " more\n",
                                text + "\n\u2014 na\u00a0me " + absl::Base64Escape(bytes + "s") + "\n"}) {
    EXPECT_EQ(ParseNote(note).status().code(), kInvalid) << absl::CHexEscape(note);
  }
  EXPECT_TRUE(ParseNote(text + "\n\u2014 name " + absl::Base64Escape(bytes + "s") + "\n").ok());
  EXPECT_EQ(ParseSignatures("").status().code(), kInvalid);
}

TEST(NoteTest, LimitsHold) {
  const auto note_with = [](size_t signatures) {
    std::string note = absl::StrCat(kHeadText, "\n");
    for (size_t at = 0; at < signatures; ++at) absl::StrAppend(&note, kLogLine);
    return note;
  };
  ASSERT_TRUE(ParseNote(note_with(kMaxNoteSignatures)).ok());
  EXPECT_THAT(*Verify(note_with(16), BothKeys()), SizeIs(16));
  EXPECT_EQ(ParseNote(note_with(kMaxNoteSignatures + 1)).status().code(), kInvalid);
  const std::string rest = absl::StrCat("\n\n", kLogLine);
  EXPECT_TRUE(ParseNote(absl::StrCat(std::string(kMaxNoteBytes - rest.size(), 'x'), rest)).ok());
  EXPECT_EQ(ParseNote(absl::StrCat(std::string(kMaxNoteBytes - rest.size() + 1, 'x'), rest)).status().code(),
            kInvalid);
  EXPECT_EQ(ParseSignatures(std::string(kMaxNoteBytes + 1, '\n')).status().code(), kInvalid);
}

}  // namespace
}  // namespace attain::proofs
