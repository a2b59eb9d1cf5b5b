// The parts of an upload, one after the other.
#include "service/rpc/upload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "service/api/errors.h"

namespace attain::rpc {
namespace {

using ::testing::HasSubstr;

v1::UploadDocumentRequest Header(int64_t size, const std::string& sha256 = "") {
  v1::UploadDocumentRequest message;
  message.mutable_header()->set_file_name("a.pdf");
  message.mutable_header()->set_size_bytes(size);
  message.mutable_header()->set_sha256(sha256);
  return message;
}
v1::UploadDocumentRequest Chunk(const std::string& bytes) {
  v1::UploadDocumentRequest message;
  message.set_chunk(bytes);
  return message;
}

class UploadTest : public ::testing::Test {
 protected:
  std::string Take(const v1::UploadDocumentRequest& message) {
    return std::string(parts_.Take(message).message());
  }
  std::string Finish() { return std::string(parts_.Finish().status().message()); }

  documents::Uploads uploads_{documents::UploadsOptions()};
  UploadParts parts_{&uploads_};
};

TEST_F(UploadTest, AHeaderAndItsBytesAreAnUpload) {
  EXPECT_EQ(Take(Header(6)), "");
  EXPECT_EQ(Take(Chunk("abc")), "");
  EXPECT_EQ(Take(Chunk("def")), "");
  const absl::StatusOr<v1::UploadDocumentResponse> response = parts_.Finish();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->upload().name(), "uploads/" + documents::HexSha256("abcdef"));
  EXPECT_EQ(response->upload().size_bytes(), 6);
  EXPECT_EQ(response->upload().file_name(), "a.pdf");
  EXPECT_TRUE(uploads_.Find(documents::HexSha256("abcdef")).has_value());
}

TEST_F(UploadTest, TheHeaderComesOnceAndFirst) {
  EXPECT_THAT(Take(Chunk("abc")), HasSubstr("The first message is the header"));
  EXPECT_EQ(Take(Header(0)), "");
  EXPECT_EQ(Take(Chunk("abc")), "");
  EXPECT_THAT(Take(Header(0)), HasSubstr("The header comes once, and first"));
}

TEST_F(UploadTest, WithoutAHeaderItIsNone) {
  EXPECT_THAT(Finish(), HasSubstr("The first message is the header"));
}

TEST_F(UploadTest, SizeAndHashAreKept) {
  EXPECT_EQ(Take(Header(4)), "");
  EXPECT_EQ(Take(Chunk("abc")), "");
  EXPECT_THAT(Finish(), HasSubstr("3 bytes came, the header says 4"));
  UploadParts other(&uploads_);
  EXPECT_TRUE(other.Take(Header(3, std::string(32, 'x'))).ok());
  EXPECT_TRUE(other.Take(Chunk("abc")).ok());
  EXPECT_THAT(std::string(other.Finish().status().message()), HasSubstr("do not have the header's sha256"));
}

TEST_F(UploadTest, WhatIsThereAlreadyNeedsNoBytes) {
  uploads_.Put("abc");
  EXPECT_EQ(Take(Header(3, absl::HexStringToBytes(documents::HexSha256("abc")))), "");
  EXPECT_TRUE(parts_.complete());
  EXPECT_TRUE(parts_.Finish().ok());
  UploadParts other(&uploads_);
  EXPECT_TRUE(other.Take(Header(3, absl::HexStringToBytes(documents::HexSha256("abd")))).ok());
  EXPECT_FALSE(other.complete());
}

TEST_F(UploadTest, AChunkOfExactlyTheLimitIsTaken) {
  EXPECT_EQ(Take(Header(0)), "");
  EXPECT_EQ(Take(Chunk(std::string(256 << 10, 'x'))), "");
  EXPECT_THAT(Take(Chunk(std::string((256 << 10) + 1, 'x'))), HasSubstr("Send smaller chunks"));
}

}  // namespace
}  // namespace attain::rpc
