#include "storage/entry_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace attain::storage {
namespace {

using ::testing::HasSubstr;

const std::string kNoHash(kHashBytes, '\0');

std::string Entry(Revision revision, absl::string_view previous, absl::string_view payload, Hash* hash) {
  Sha256 sha;
  std::string bytes;
  *hash =
      *EncodeEntry({EntryForm::kWhole, revision, absl::FromUnixMicros(-1), previous, payload}, &sha, &bytes);
  return bytes;
}

// The digest was computed apart, with Python's hashlib over the same 51 bytes.
TEST(EntryCodecTest, BytesAreThoseOfTheDocument) {
  Hash hash;
  const std::string bytes = Entry(1, kNoHash, "pay", &hash);
  EXPECT_EQ(bytes.substr(0, 16), std::string("\0\0\0\0\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xff", 16));
  EXPECT_EQ(bytes.substr(16, 32), kNoHash);
  EXPECT_EQ(bytes.substr(48, 32), View(hash));
  EXPECT_EQ(bytes.substr(80), "pay");
  EXPECT_EQ(absl::BytesToHexString(View(hash)),
            "c297c4f7e85a81284fa35621f1cc3b30d6b837d21e4c00c2dee4ca3dc4a741dd");
}

TEST(EntryCodecTest, EntryComesApart) {
  Hash hash;
  const std::string bytes = Entry(7, std::string(32, 'h'), "payload", &hash);
  EntryView entry;
  ASSERT_TRUE(DecodeEntry(bytes, &entry));
  EXPECT_EQ(entry.revision, 7u);
  EXPECT_EQ(entry.time, absl::FromUnixMicros(-1));
  EXPECT_EQ(entry.previous_hash, std::string(32, 'h'));
  EXPECT_EQ(entry.hash, View(hash));
  EXPECT_EQ(entry.payload, "payload");
  for (size_t size = 0; size < kEntryHeaderBytes; ++size) {
    EXPECT_FALSE(DecodeEntry(absl::string_view(bytes).substr(0, size), &entry));
  }
}

TEST(EntryCodecTest, EveryFlippedBitIsFoundAndNamed) {
  Hash hash;
  const std::string bytes = Entry(7, std::string(32, 'h'), "payload", &hash);
  Sha256 sha;
  EXPECT_TRUE(CheckEntry(bytes, 7, std::string(32, 'h'), &sha).ok());
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const absl::Status status = CheckEntry(flipped, 7, std::string(32, 'h'), &sha);
    ASSERT_EQ(status.code(), absl::StatusCode::kDataLoss) << "bit " << bit;
    ASSERT_THAT(std::string(status.message()), HasSubstr("revision 7")) << "bit " << bit;
  }
  EXPECT_EQ(CheckEntry(bytes.substr(0, 79), 7, std::string(32, 'h'), &sha).code(),
            absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(CheckEntry(bytes, 8, std::string(32, 'h'), &sha).message()),
              HasSubstr("revision 8"));
  EXPECT_THAT(std::string(CheckEntry(bytes, 7, kNoHash, &sha).message()), HasSubstr("does not follow"));
}

TEST(EntryCodecTest, HeadComesBack) {
  Head head{9, std::string(32, 'x'), absl::FromUnixMicros(123)}, back;
  const std::string bytes = EncodeHead(head);
  ASSERT_EQ(bytes.size(), 48u);
  ASSERT_TRUE(DecodeHead(bytes, &back));
  EXPECT_EQ(back.revision, 9u);
  EXPECT_EQ(back.hash, head.hash);
  EXPECT_EQ(back.time, head.time);
  for (const std::string& wrong : {bytes.substr(1), bytes.substr(0, 47), bytes + "x", std::string()})
    EXPECT_FALSE(DecodeHead(wrong, &back)) << wrong.size();
}

TEST(EntryCodecTest, ABufferIsWrittenAnewAndAnEntryMayBeEmpty) {
  Sha256 sha;
  std::string bytes = "what was there before";
  ASSERT_TRUE(EncodeEntry({EntryForm::kWhole, 7, absl::UnixEpoch(), kNoHash, ""}, &sha, &bytes).has_value());
  ASSERT_EQ(bytes.size(), kEntryHeaderBytes);
  EntryView entry;
  ASSERT_TRUE(DecodeEntry(bytes, &entry));
  EXPECT_EQ(entry.revision, 7u);
  EXPECT_EQ(entry.payload, "");
  EXPECT_TRUE(CheckEntry(bytes, 7, kNoHash, &sha).ok());
}

TEST(EntryCodecTest, WhatIsWrongNamesItsRevision) {
  EXPECT_EQ(EntryMissing(7), absl::DataLossError("journal: revision 7 is missing"));
  EXPECT_EQ(EntryMalformed(7), absl::DataLossError("journal: revision 7 is cut off"));
}

}  // namespace
}  // namespace attain::storage
