#include "service/documents/uploads.h"

#include "gmock/gmock.h"

namespace attain::documents {
namespace {

class UploadsTest : public ::testing::Test {
 protected:
  UploadsTest() {
    options_.now = [this] { return now_; };
    options_.total_bytes = 100;
  }

  absl::Time now_ = absl::UnixEpoch();
  UploadsOptions options_;
};

TEST_F(UploadsTest, AreFoundByTheirHash) {
  Uploads uploads(options_);
  const Upload put = uploads.Put("abc");
  EXPECT_EQ(put.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(put.expire_time, now_ + absl::Hours(1));
  const auto found = uploads.Find(put.sha256);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found->bytes, "abc");
  EXPECT_FALSE(uploads.Find(HexSha256("abd")).has_value());
}

TEST_F(UploadsTest, GoAnHourAfterTheirLastUse) {
  Uploads uploads(options_);
  const std::string name = uploads.Put("abc").sha256;
  now_ += absl::Minutes(59);
  EXPECT_EQ(uploads.Find(name)->expire_time, now_ + absl::Hours(1));
  now_ += absl::Minutes(59);
  EXPECT_TRUE(uploads.Find(name).has_value());
  now_ += absl::Hours(1);
  EXPECT_FALSE(uploads.Find(name).has_value());
}

TEST_F(UploadsTest, TheOldestGoWhenThereIsTooMuch) {
  Uploads uploads(options_);
  const std::string a = uploads.Put(std::string(40, 'a')).sha256,
                    b = uploads.Put(std::string(40, 'b')).sha256;
  uploads.Find(a);
  const auto held = uploads.Find(b);
  uploads.Find(a);
  const std::string c = uploads.Put(std::string(40, 'c')).sha256;
  EXPECT_FALSE(uploads.Find(b).has_value());
  EXPECT_TRUE(uploads.Find(a).has_value());
  EXPECT_TRUE(uploads.Find(c).has_value());
  EXPECT_EQ(held->bytes->size(), 40u) << "who has it keeps it";
}

TEST_F(UploadsTest, TheSameBytesAreOneUpload) {
  Uploads uploads(options_);
  for (int i = 0; i < 10; ++i) uploads.Put(std::string(60, 'a'));
  const std::string other = uploads.Put(std::string(40, 'b')).sha256;
  EXPECT_TRUE(uploads.Find(other).has_value());
  EXPECT_TRUE(uploads.Find(HexSha256(std::string(60, 'a'))).has_value());
}

TEST_F(UploadsTest, ExactlyTheLimitIsKept) {
  Uploads uploads(options_);
  const std::string a = uploads.Put(std::string(60, 'a')).sha256;
  const std::string b = uploads.Put(std::string(40, 'b')).sha256;
  EXPECT_TRUE(uploads.Find(a).has_value());
  EXPECT_TRUE(uploads.Find(b).has_value());
  uploads.Put("c");
  EXPECT_FALSE(uploads.Find(a).has_value()) << "one byte too much";
}

TEST_F(UploadsTest, WhatIsGoneTakesNoPlace) {
  Uploads uploads(options_);
  for (int i = 0; i < 10; ++i) uploads.Put(std::string(50, static_cast<char>('a' + i)));
  EXPECT_TRUE(uploads.Find(HexSha256(std::string(50, 'i'))).has_value());
  EXPECT_TRUE(uploads.Find(HexSha256(std::string(50, 'j'))).has_value());
}

TEST_F(UploadsTest, OneAboveTheLimitIsKeptAlone) {
  Uploads uploads(options_);
  const std::string small = uploads.Put("small").sha256;
  const std::string large = uploads.Put(std::string(200, 'x')).sha256;
  EXPECT_FALSE(uploads.Find(small).has_value());
  EXPECT_TRUE(uploads.Find(large).has_value());
}

}  // namespace
}  // namespace attain::documents
