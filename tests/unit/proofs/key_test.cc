#include "proofs/key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// Of golang.org/x/mod/sumdb/note.
constexpr absl::string_view kGoVerifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr absl::string_view kGoSigner =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

// RFC 8032 section 7.1, tests 1 to 3.
TEST(Ed25519Test, SignaturesAreThoseOfTheRfc) {
  const struct {
    absl::string_view seed, key, message, signature;
  } kCases[] = {{kSeedHex, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
                 "9b46bd25bf5f0595bbe24655141438e7a100b"},
                {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
                 "11d8c387b2eaeb4302aeeb00d291612bb0c00"},
                {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                 "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
                 "dc6594a7c15e9716ed28dc027beceea1ec40a"}};
  for (const auto& each : kCases) {
    const auto key = Ed25519PrivateKey::FromSeed(absl::HexStringToBytes(each.seed));
    ASSERT_TRUE(key.has_value());
    const std::string message = absl::HexStringToBytes(each.message), signature = key->Sign(message);
    EXPECT_EQ(absl::BytesToHexString(signature), each.signature);
    EXPECT_EQ(absl::BytesToHexString(key->public_key().bytes()), each.key);
    EXPECT_EQ(absl::BytesToHexString(key->Seed()), each.seed);
    EXPECT_TRUE(key->public_key().Verifies(message, signature));
    EXPECT_FALSE(key->public_key().Verifies(message + "x", signature));
    EXPECT_FALSE(key->public_key().Verifies(message, signature.substr(1)));
    EXPECT_FALSE(key->public_key().Verifies(message, signature + "x"));
  }
}

TEST(Ed25519Test, ASignatureHasOneSpelling) {
  const auto key = Ed25519PrivateKey::FromSeed(std::string(kEd25519KeyBytes, 's'));
  const std::string signature = key->Sign("message");
  for (size_t bit = 0; bit < signature.size() * 8; ++bit) {
    ASSERT_FALSE(key->public_key().Verifies("message", Flipped(signature, bit))) << bit;
  }
  // S + L verifies where S is not compared with the order of the group.
  const std::string order =
      absl::HexStringToBytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  std::string larger = signature;
  int carry = 0;
  for (size_t at = 0; at < 32; ++at) {
    carry += static_cast<unsigned char>(signature[32 + at]) + static_cast<unsigned char>(order[at]);
    larger[32 + at] = static_cast<char>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(key->public_key().Verifies("message", larger));
}

TEST(Ed25519Test, KeysHave32Bytes) {
  EXPECT_FALSE(Ed25519PublicKey::FromBytes(std::string(31, 'k')).has_value());
  EXPECT_FALSE(Ed25519PrivateKey::FromSeed(std::string(33, 'k')).has_value());
  EXPECT_NE(Ed25519PrivateKey::Generate().Seed(), Ed25519PrivateKey::Generate().Seed());
  std::string secret = "secret";
  Wipe(&secret);
  EXPECT_EQ(secret, "");
}

TEST(KeyTest, PublishedKeysComeOut) {
  EXPECT_EQ(LogKey().verifier().Text(), kLogKey);
  EXPECT_EQ(LogKey().verifier().id(), 0x30debdbcu);
  const absl::StatusOr<VerifierKey> key = VerifierKey::Parse(kLogKey);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->name(), kOrigin);
  EXPECT_EQ(key->type(), SignatureType::kEd25519);
  EXPECT_EQ(key->Text(), kLogKey);
  EXPECT_NE(WitnessKey().verifier().id(), LogKey().verifier().id());
}

TEST(KeyTest, KeysOfTheGoPackageAreRead) {
  const absl::StatusOr<SecretKey> secret = SecretKey::Parse(kGoSigner);
  ASSERT_TRUE(secret.ok()) << secret.status();
  EXPECT_EQ(secret->verifier().Text(), kGoVerifier);
  EXPECT_EQ(secret->Text(), kGoSigner);
}

TEST(KeyTest, SecretKeysComeBack) {
  for (const SecretKey& key :
       {LogKey(), WitnessKey(),
        *SecretKey::Make("new.example", SignatureType::kCosignature, Ed25519PrivateKey::Generate())}) {
    const absl::StatusOr<SecretKey> back = SecretKey::Parse(key.Text());
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(back->verifier().Text(), key.verifier().Text());
    EXPECT_EQ(back->private_key().Sign("x"), key.private_key().Sign("x"));
  }
}

TEST(KeyTest, EveryFlippedBitOfAKeyIsRefusedOrAnotherName) {
  const std::string vkey(kLogKey), skey = LogKey().Text();
  for (size_t bit = 0; bit < vkey.size() * 8; ++bit) {
    ASSERT_EQ(VerifierKey::Parse(Flipped(vkey, bit)).status().code(), kInvalid) << Flipped(vkey, bit);
  }
  for (size_t bit = 0; bit < skey.size() * 8; ++bit) {
    const absl::Status status = SecretKey::Parse(Flipped(skey, bit)).status();
    ASSERT_EQ(status.code(), kInvalid) << Flipped(skey, bit);
    ASSERT_THAT(std::string(status.message()), Not(HasSubstr(skey.substr(skey.size() - 20, 8))));
  }
}

TEST(KeyTest, WhatIsNoKeyIsRefusedWithTheReason) {
  const auto why = [](absl::string_view text) {
    return std::string(VerifierKey::Parse(text).status().message());
  };
  const std::string key = absl::Base64Escape(absl::StrCat("\1", std::string(32, 'k')));
  EXPECT_THAT(why(""), HasSubstr("NAME+ID+BASE64"));
  EXPECT_THAT(why("log.example"), HasSubstr("NAME+ID+BASE64"));
  EXPECT_THAT(why("log.example+30debdbc"), HasSubstr("NAME+ID+BASE64"));
  EXPECT_THAT(why("log.example+30debdbc+"), HasSubstr("base64"));
  EXPECT_THAT(why("log.example+30debdbc+AQ=="), HasSubstr("32 bytes"));
  EXPECT_THAT(why(absl::StrCat("log.example+30debdbc+",
                               absl::Base64Escape(absl::StrCat("\1", std::string(33, 'k'))))),
              HasSubstr("32 bytes"));
  EXPECT_THAT(why(absl::StrCat("log.example+30debdbc+",
                               absl::Base64Escape(absl::StrCat("\6", std::string(32, 'k'))))),
              HasSubstr("not 6"));
  EXPECT_THAT(why(absl::StrCat("log.example+30debdbc+", key)), HasSubstr("the id of log.example is"));
  EXPECT_THAT(why(absl::StrCat("log.example+30DEBDBC+", key)), HasSubstr("the id of log.example is"));
  EXPECT_THAT(why(absl::StrCat("log example+30debdbc+", key)), HasSubstr("choose a name"));
  EXPECT_THAT(why(absl::StrCat("+30debdbc+", key)), HasSubstr("choose a name"));
  EXPECT_EQ(SecretKey::Parse(kLogKey).status().code(), kInvalid);
}

TEST(KeyTest, NamesHaveNoBlanksAndNoPlus) {
  for (const absl::string_view name : {"a", "log.example/1", "\u5ba1\u8ba1.example", "a-b_c:d"})
    EXPECT_TRUE(IsKeyName(name)) << name;
  for (const absl::string_view name :
       {"", " ", "a b", "a+b", "a\tb", "a\nb", "a\x01", "a\u00a0b", "a\u3000", "\xff", "a\xe2\x80"}) {
    EXPECT_FALSE(IsKeyName(name)) << name;
  }
  EXPECT_TRUE(IsKeyName(std::string(255, 'a')));
  EXPECT_FALSE(IsKeyName(std::string(256, 'a')));
}

}  // namespace
}  // namespace attain::proofs
