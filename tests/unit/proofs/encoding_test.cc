#include "proofs/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

TEST(EncodingTest, NumbersStandWithTheHighestByteFirst) {
  std::string bytes;
  AppendBigEndian(0x0102030405060708, 8, &bytes);
  AppendBigEndian(0x11223344aabbccdd, 4, &bytes);
  EXPECT_EQ(bytes, "\x01\x02\x03\x04\x05\x06\x07\x08\xaa\xbb\xcc\xdd");
  EXPECT_EQ(ReadBigEndian("\xff\x02"), 0xff02u);
  EXPECT_EQ(ReadBigEndian(std::string(8, '\xff')), ~uint64_t{0});
}

TEST(EncodingTest, ANumberHasOneSpelling) {
  EXPECT_EQ(ParseDecimal("0"), 0u);
  EXPECT_EQ(ParseDecimal("70000"), 70000u);
  EXPECT_EQ(ParseDecimal("9223372036854775807"), kMaxNumber);
  for (const absl::string_view text :
       {"", "00", "01", "+1", "-1", " 1", "1 ", "1\n", "1.0", "0x1", "1e3", "\uff11", "9223372036854775808",
        "18446744073709551616", "99999999999999999999"}) {
    EXPECT_FALSE(ParseDecimal(text).has_value()) << text;
  }
}

TEST(EncodingTest, BytesHaveOneSpelling) {
  EXPECT_EQ(ParseBase64("AA=="), std::string(1, '\0'));
  EXPECT_EQ(ParseBase64("+/8="), "\xfb\xff");
  // Padding with bits, none, too much, blanks, the alphabet of addresses.
  for (const absl::string_view text :
       {"", "AB==", "AA", "AA=", "AA===", "AA==AA==", "A A==", "AA==\n", "-_8=", "+/9=", "A"}) {
    EXPECT_FALSE(ParseBase64(text).has_value()) << text;
  }
}

TEST(EncodingTest, AHashHas44Characters) {
  const Hash hash = FromHex(kRootOf3Hex);
  const std::string text = PrintHash(hash);
  EXPECT_EQ(text, "cAVEWSnPtgpt7ibgNVZeIeowXXnpdfSZLY7dMX8RRoA=");
  EXPECT_EQ(ParseHash(text), hash);
  EXPECT_FALSE(ParseHash(text.substr(1)).has_value());
  EXPECT_FALSE(ParseHash(text.substr(0, 40)).has_value());
  EXPECT_FALSE(ParseHash(text + "AAAA").has_value());
  EXPECT_FALSE(ParseHash(std::string(44, 'A')).has_value()) << "33 bytes";
}

TEST(EncodingTest, ProofsEndWithAnEmptyLine) {
  const std::vector<Hash> hashes = Leaves(kMaxProofHashes);
  const std::string text = PrintHashes(hashes);
  const std::string with_more = absl::StrCat(text, "more");
  absl::string_view rest = with_more;
  std::vector<Hash> back;
  ASSERT_TRUE(TakeHashes(&rest, &back).ok());
  EXPECT_EQ(back, hashes);
  EXPECT_EQ(rest, "more");
  for (const std::string& wrong :
       {text.substr(0, text.size() - 1), absl::StrCat(PrintHash(hashes[0]), "\n", text), std::string(" \n\n"),
        std::string("\r\n"), std::string()}) {
    absl::string_view bad = wrong;
    std::vector<Hash> taken;
    EXPECT_EQ(TakeHashes(&bad, &taken).code(), absl::StatusCode::kInvalidArgument) << wrong;
  }
}

TEST(EncodingTest, LinesAreTakenWithTheirEnds) {
  absl::string_view rest = "a\n\nlast", line;
  EXPECT_TRUE(TakeLine(&rest, &line));
  EXPECT_EQ(line, "a");
  EXPECT_TRUE(TakeLine(&rest, &line));
  EXPECT_EQ(line, "");
  EXPECT_FALSE(TakeLine(&rest, &line));
  EXPECT_EQ(rest, "last");
}

TEST(EncodingTest, CodePointsAreThoseOfUtf8) {
  const auto take = [](absl::string_view text) { return TakeCodePoint(&text); };
  EXPECT_EQ(take("a"), U'a');
  EXPECT_EQ(take("\x7f"), char32_t{0x7f});
  EXPECT_EQ(take("\xc2\x80"), char32_t{0x80});
  EXPECT_EQ(take("\u2014"), char32_t{0x2014});
  EXPECT_EQ(take("\u539f"), char32_t{0x539f});
  EXPECT_EQ(take("\xed\x9f\xbf"), char32_t{0xd7ff});
  EXPECT_EQ(take("\xf0\x90\x80\x80"), char32_t{0x10000});
  EXPECT_EQ(take("\xf4\x8f\xbf\xbf"), char32_t{0x10ffff});
  for (const absl::string_view text : {"\x80",                               // goes on from nothing
                                       "\xc3", "\xe2\x80", "\xf0\x90\x80",   // cut off
                                       "\xc3(", "\xe2\x28\xa1", "\xc3\xc3",  // does not go on
                                       "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",  // overlong
                                       "\xed\xa0\x80", "\xed\xbf\xbf",                  // surrogates
                                       "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(take(text).has_value()) << testing::PrintToString(std::string(text));
  }
  absl::string_view two = "\u2014x";
  EXPECT_TRUE(TakeCodePoint(&two).has_value());
  EXPECT_EQ(two, "x");
}

TEST(EncodingTest, SpacesAreThoseOfUnicode) {
  for (const char32_t point :
       {0x09, 0x0a, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000}) {
    EXPECT_TRUE(IsUnicodeSpace(point)) << static_cast<uint32_t>(point);
  }
  for (const char32_t point : {0x08, 0x0e, 0x21, 0x84, 0x1fff, 0x200b, 0x3001, 0x539f}) {
    EXPECT_FALSE(IsUnicodeSpace(point)) << static_cast<uint32_t>(point);
  }
}

}  // namespace
}  // namespace attain::proofs
