#include "proofs/leaf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;

constexpr auto kRefused = absl::StatusCode::kPermissionDenied;
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

struct Part {
  PartKind kind;
  std::string data, salt, hash;  // hex
};

// 00 01 … 1f
std::string PublishedSalt() {
  std::string salt;
  for (char byte = 0; byte < static_cast<char>(kEntrySaltBytes); ++byte) salt.push_back(byte);
  return salt;
}

absl::Time PublishedTime(uint64_t revision) {
  return absl::FromUnixMicros(1735689600000000 + static_cast<int64_t>(revision));
}

// Checks the salt and hash of each part, and gives the hashes.
std::vector<Hash> Hashes(const std::string& entry_salt, const std::vector<Part>& parts) {
  std::vector<Hash> hashes;
  for (const Part& part : parts) {
    const PartSalt salt = SaltOfPart(entry_salt, static_cast<uint32_t>(hashes.size()));
    hashes.push_back(PartHash(part.kind, View(salt), absl::HexStringToBytes(part.data)));
    if (!part.salt.empty()) {
      EXPECT_EQ(absl::BytesToHexString(View(salt)), part.salt);
      EXPECT_EQ(Hex(hashes.back()), part.hash);
    }
  }
  return hashes;
}

std::vector<Part> PublishedParts() {
  return {
      {PartKind::kWho, "12046c656164", "70f4003d52b6eb03da852e93256b5986",
       "b3234ac1e7c97a70a450cfe4174be4c618d7bc7d8a78315cf2daa8dc9aea3cc8"},
      {PartKind::kFacts, "6661637473", "04a6950a06d3e3308ad7d3606ef810eb",
       "687c6b399d1322c4ff9da8a287e0ae57a6fabe840bd86bd2011a9cbdf32b8c28"},
      {PartKind::kTexts, "e58e9fe59ba0", "0f8d842ac9cb62349779a7537a78327d",
       "a51fa1a43307d9a789cd4f52eac44bea05020f7220d67621e398ca49c76c3386"},
      {PartKind::kHead, "0a0c5265636f726441637475616c1210756e6974732f612f7461626c65732f6218012000",
       "627e9db8ad47bfe76dbe653d03d2c0a3",
       "3107e23fd981cb8da0d6f44445fd381877ce0520bf095748150e563f96be6c43"},
  };
}

TEST(LeafTest, PublishedLeafComesOut) {
  const Leaf leaf = MakeLeaf(2, PublishedTime(2), Hashes(PublishedSalt(), PublishedParts()));
  const LeafBytes bytes = EncodeLeaf(leaf);
  EXPECT_EQ(absl::BytesToHexString(View(bytes)),
            "41545441494e4c31000000000000000200062a99ba0c600200000004e9c05f8bbf9fc23b71df680c1a2f995ec7d5bbb7"
            "ef055bd8354c9a3b3cef7025");
  EXPECT_EQ(Hex(LeafHash(View(bytes))), "1ef891721427cb8365ce1e2ad745dd890d90a6ea82eab1e99e5af239c38ce949");
}

TEST(LeafTest, PublishedLogOfThreeComesOut) {
  const std::string salt = PublishedSalt();
  const std::vector<std::vector<Part>> entries = {
      {{PartKind::kWho, "", "", ""}, {PartKind::kFacts, "0a026869", "", ""}, {PartKind::kTexts, "", "", ""}},
      PublishedParts(),
      {{PartKind::kWho, "1203657661", "", ""}}};
  std::vector<Hash> leaves;
  for (const std::vector<Part>& parts : entries) {
    const uint64_t revision = leaves.size() + 1;
    leaves.push_back(
        LeafHash(View(EncodeLeaf(MakeLeaf(revision, PublishedTime(revision), Hashes(salt, parts))))));
  }
  EXPECT_EQ(Hex(leaves[0]), "516f3af53a096cfebde8e6d0dbb97ac9b00242860a333bf05446a6d23e4f852d");
  EXPECT_EQ(Hex(leaves[2]), "d2a7b9b4bd498ae125683d25a13b63e9631d514f50b33ace5f003f40888e5bcc");
  EXPECT_EQ(Hex(RootOf(leaves)), kRootOf3Hex);
}

// An entry and a log that another implementation made.
TEST(LeafTest, LeafOfARealReportComesOut) {
  const std::string salt =
      absl::HexStringToBytes("ccc935f6cd1f61226ae15338ae1a34004d33ba0d246ac04c81b1baf23e3bf9ee");
  const std::vector<Part> parts = {
      {PartKind(1),
       "12046c6561642a2409026263323764396664333062363866323838663233393965633764373034616639000132240a206c722"
       "d1a1ce43c24bb482dbc7b246e9dfe43e0a43fb7b1f96f26dad6d1b2b7a31005",
       "6ed166a1b07570ce63ca1e3f7c114191",
       "5f8ec416fa3f4467e563ba5c2251f080aef7d3358a5540c426c67a18c7b133f8"},
      {PartKind(2),
       "22520a1a756e6974732f7572756d71692d6974632f7461626c65732f7031120269331a0135222d0a0f0a0133120a323032342"
       "d31312d33301201332a0a323032342d31312d333038f1e984d6c5a9980340054801",
       "ef83cf86f999a6a32004d55aaf68c31c",
       "6ac594d9d8ce3022d7a5b77ddfdbc71a4961c17f3a627dfe61bca78a501c9f01"},
      {PartKind(3), "221922170a0f420d6f6e652063697479206c65737332046c656164",
       "1f47149c24224646b79c97a12b03b246",
       "2304d16eea302440c67510525cca80d8150a1aaa4d6059b2802324136603af34"},
      {PartKind(4),
       "0a0c5265636f726441637475616c121a756e6974732f7572756d71692d6974632f7461626c65732f703118042000",
       "5be8912becee85699a783f10d403245f",
       "bbea395cde666a356b0c3789e1957dc1d95c721885074ae2dfe7757fd6b77368"}};
  const LeafBytes leaf = EncodeLeaf(MakeLeaf(5, absl::FromUnixMicros(1795830428284145), Hashes(salt, parts)));
  EXPECT_EQ(absl::BytesToHexString(View(leaf)),
            "41545441494e4c3100000000000000050006614c5ac134f100000004480319c59436314a53ae465f3eb4014b1eaf0f4c"
            "8a745283f25a3553a84e4b3f");
  const std::vector<std::string> log = {"a5ba214c773fa54c35e9ac543fc91b847ebfa22c2e3e4469c254f630ea72e8d0",
                                        "fd49e30f96410e78f1bf74facfee4e8901127b397679255498db899eef615ec8",
                                        "9d62bc7f1b89bc3165735efd8e4fa433646944cb6160d7b52c0c2defb319f03f",
                                        "58e2834b87eeafb89771171a699b8d075cbfee11d435c92b91714392231e798f",
                                        "aa80b6ec3ae7a73e4814189bb08d3b51a34791582ac7d4fed200b357fc7aa18c",
                                        "c8569dff92b205465615720fee19aff5b39c2ec886c771f87cd920746e9cf68f",
                                        "f6cb66fe38adea5d4067085e1759ce553bfeeb3e68d6c17e78bfd4a2f641160f",
                                        "cfd03b0c9ee494bd97bbccf3c2fa14cf9a126349e33df3a63905b8c9f4a842ce",
                                        "932d74a818e01fb7c055ab9b820733a587306739fd2762edb3461dcb97b2528e",
                                        "ff7f7d7f656d9a706fcc8155551fa050cfee61866ebc4537526d6de0f745237d",
                                        "c686c069f3cddbc2394dbb2423677a34555390f2a21818a24fbd63691c59800e",
                                        "e074b8afe247b62fd58c97bdc9ea7e37538abb2e368dd9ffb68e0596c1693ef9",
                                        "077aae962e562410c8628abd58537ca1ad12ca8719e665bea9e0f1d4a733654b"};
  std::vector<Hash> leaves;
  for (const std::string& each : log) leaves.push_back(FromHex(each));
  EXPECT_EQ(LeafHash(View(leaf)), leaves[4]);
  EXPECT_EQ(Hex(RootOf(leaves)), "f38db335f2662013393142c125da633fefb775189e54f0077b3d17090dc1021d");
}

TEST(LeafTest, LeafComesApart) {
  Leaf leaf{7, absl::FromUnixMicros(-1), 3, FromHex(kRootOf3Hex)};
  const absl::StatusOr<Leaf> back = DecodeLeaf(View(EncodeLeaf(leaf)));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->revision, 7u);
  EXPECT_EQ(back->time, absl::FromUnixMicros(-1));
  EXPECT_EQ(back->parts, 3u);
  EXPECT_EQ(back->root, leaf.root);
}

TEST(LeafTest, WhatIsNoLeafIsRefused) {
  const LeafBytes bytes = EncodeLeaf({7, absl::FromUnixMicros(5), 3, FromHex(kRootOf3Hex)});
  const std::string leaf(View(bytes));
  const auto refusal = [](const std::string& text) {
    const absl::Status status = DecodeLeaf(text).status();
    EXPECT_EQ(status.code(), kInvalid);
    return std::string(status.message());
  };
  EXPECT_THAT(refusal(""), HasSubstr("60 bytes"));
  EXPECT_THAT(refusal(leaf.substr(0, 59)), HasSubstr("60 bytes"));
  EXPECT_THAT(refusal(leaf + "x"), HasSubstr("60 bytes"));
  for (size_t bit = 0; bit < 64; ++bit) EXPECT_THAT(refusal(Flipped(leaf, bit)), HasSubstr("ATTAINL1"));
  EXPECT_THAT(refusal(std::string(View(EncodeLeaf({0, absl::FromUnixMicros(5), 3, {}})))),
              HasSubstr("count from 1"));
  EXPECT_THAT(refusal(std::string(View(EncodeLeaf({7, absl::FromUnixMicros(5), 0, {}})))),
              HasSubstr("count from 1"));
}

TEST(LeafTest, EveryByteOfALeafIsHashed) {
  const std::string leaf(View(EncodeLeaf({7, absl::FromUnixMicros(5), 3, FromHex(kRootOf3Hex)})));
  for (size_t bit = 0; bit < leaf.size() * 8; ++bit) ASSERT_NE(LeafHash(Flipped(leaf, bit)), LeafHash(leaf));
}

TEST(LeafTest, PartsAreInTheirLeafAndNothingElseIs) {
  const std::string entry_salt = PublishedSalt();
  const std::vector<Part> parts = PublishedParts();
  const std::vector<Hash> hashes = Hashes(entry_salt, parts);
  const Leaf leaf = MakeLeaf(2, PublishedTime(2), hashes);
  for (uint32_t number = 0; number < parts.size(); ++number) {
    const Path path = *InclusionPath(number, hashes);
    const std::string salt(View(SaltOfPart(entry_salt, number))),
        data = absl::HexStringToBytes(parts[number].data);
    const PartKind kind = parts[number].kind;
    EXPECT_TRUE(CheckPart(leaf, number, kind, salt, data, path).ok()) << number;
    const PartKind other = kind == PartKind::kTexts ? PartKind::kFacts : PartKind::kTexts;
    EXPECT_EQ(CheckPart(leaf, number, other, salt, data, path).code(), kRefused);
    EXPECT_EQ(CheckPart(leaf, number ^ 1, kind, salt, data, path).code(), kRefused);
    EXPECT_EQ(CheckPart(leaf, 4, kind, salt, data, path).code(), kInvalid);
    EXPECT_EQ(CheckPart(leaf, number, kind, salt.substr(1), data, path).code(), kInvalid);
    // A byte that moves from the salt to the data would be the same bytes hashed.
    EXPECT_EQ(CheckPart(leaf, number, kind, salt.substr(0, 15), salt.substr(15) + data, path).code(),
              kInvalid);
    for (size_t bit = 0; bit < salt.size() * 8; ++bit) {
      ASSERT_EQ(CheckPart(leaf, number, kind, Flipped(salt, bit), data, path).code(), kRefused);
    }
    for (size_t bit = 0; bit < data.size() * 8; ++bit) {
      ASSERT_EQ(CheckPart(leaf, number, kind, salt, Flipped(data, bit), path).code(), kRefused);
    }
    const absl::Status named = CheckPart(leaf, number, kind, salt, data + "x", path);
    EXPECT_THAT(std::string(named.message()), HasSubstr(absl::StrCat("part ", number, " of revision 2")));
  }
}

TEST(LeafTest, EveryPartHasASaltOfItsOwn) {
  EXPECT_NE(SaltOfPart(PublishedSalt(), 0), SaltOfPart(PublishedSalt(), 1));
  EXPECT_NE(SaltOfPart(PublishedSalt(), 1), SaltOfPart(PublishedSalt(), 256));
  EXPECT_NE(SaltOfPart(PublishedSalt(), 1), SaltOfPart(std::string(kEntrySaltBytes, 'x'), 1));
}

TEST(LeafTest, AnOldEntryIsOnePartWithoutASalt) {
  const Leaf leaf = MakeWholeLeaf(9, PublishedTime(9), "payload");
  EXPECT_EQ(leaf.revision, 9u);
  EXPECT_EQ(leaf.time, PublishedTime(9));
  EXPECT_EQ(leaf.parts, 1u);
  EXPECT_EQ(leaf.root, LeafHash(absl::StrCat(std::string(17, '\0'), "payload")));
  EXPECT_TRUE(CheckPart(leaf, 0, PartKind::kWhole, std::string(kPartSaltBytes, '\0'), "payload", {}).ok());
}

}  // namespace
}  // namespace attain::proofs
