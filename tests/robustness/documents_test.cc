// Real documents through the real server and the real reader, honest and hostile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/file_service.grpc.pb.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Fixture(const std::string& name) {
  return ReadFileOrDie(absl::StrCat(ATTAIN_SOURCE_DIR, "/tests/data/documents/", name));
}

class DocumentsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new ScratchDirectory;
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(*scratch_ / "data");
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = server->release();
    ASSERT_TRUE(Api(Connect(server_->address())).ImportSample().ok());
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(server_->Terminate().code, 0);
    delete server_;
    delete scratch_;
  }
  DocumentsTest() : api_(Connect(server_->address())), files_(v1::FileService::NewStub(api_.channel)) {}
  void TearDown() override { EXPECT_EQ(api_.Health(), grpc::health::v1::HealthCheckResponse::SERVING); }

  grpc::Status Import(const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse* response) {
    return Call(api_.targets.get(), &v1::TargetService::Stub::ImportDocument, request, response);
  }
  static v1::ImportDocumentRequest DryRun(const std::string& bytes) {
    v1::ImportDocumentRequest request;
    request.set_content(bytes);
    request.set_profile("profiles/xinjiang");
    request.mutable_write()->set_validate_only(true);
    return request;
  }
  std::string Upload(const std::string& bytes) {
    TimedContext context;
    v1::UploadDocumentResponse response;
    const auto stream = files_->UploadDocument(&context, &response);
    v1::UploadDocumentRequest part;
    part.mutable_header()->set_file_name("published.pdf");
    bool wanted = stream->Write(part);
    for (size_t at = 0; wanted && at < bytes.size(); at += 65536) {
      part.set_chunk(bytes.substr(at, 65536));
      wanted = stream->Write(part);
    }
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
    return response.upload().name();
  }

  static ScratchDirectory* scratch_;
  static ServerProcess* server_;
  Api api_;
  std::unique_ptr<v1::FileService::Stub> files_;
};

ScratchDirectory* DocumentsTest::scratch_ = nullptr;
ServerProcess* DocumentsTest::server_ = nullptr;

TEST_F(DocumentsTest, APublishedPdfIsUploadedPreviewedAndImported) {
  const std::string upload = Upload(Fixture("published/published-portrait.pdf"));
  v1::ImportDocumentRequest request = DryRun("");
  request.set_upload(upload);
  request.set_file_name("published.pdf");
  request.set_unit("units/pdf");  // the sample has the same tables in another unit
  v1::ImportDocumentResponse preview, imported;
  const grpc::Status previewed = Import(request, &preview);
  ASSERT_TRUE(previewed.ok()) << previewed.error_message();
  EXPECT_EQ(preview.source().format(), "PDF");
  EXPECT_THAT(preview.source().reader(), HasSubstr("attain-extract"));
  EXPECT_GT(preview.source().pages(), 0);
  EXPECT_EQ(preview.row_count(), 38);
  for (const v1::Finding& finding : preview.findings()) {
    EXPECT_TRUE(finding.page() > 0 || !finding.address().empty() || finding.row() > 0 || finding.table() > 0)
        << finding.ShortDebugString();
  }
  request.mutable_write()->set_validate_only(false);
  request.set_preview(preview.preview());
  const grpc::Status written = Import(request, &imported);
  ASSERT_TRUE(written.ok()) << written.error_message();
  EXPECT_EQ(imported.row_count(), 38);
  EXPECT_EQ(imported.source().sha256(), preview.source().sha256());
}

TEST_F(DocumentsTest, WhatCannotBeReadIsRefusedWithItsOwnSentence) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"traps/encrypted.pdf", "ENCRYPTED"},
      {"traps/scan.pdf", "SCANNED_PAGE"},
      {"hostile/formtree.pdf", "DOCUMENT_TOO_COSTLY"}};
  for (const auto& [file, code] : cases) {
    v1::ImportDocumentResponse response;
    const Refusal refusal = Decode(Import(DryRun(Fixture(file)), &response));
    EXPECT_EQ(refusal.reason, "UNREADABLE_DOCUMENT") << file;
    EXPECT_EQ(refusal.metadata.at("code"), code) << file;
    EXPECT_GT(refusal.message.size(), 40u) << "what happened and what to do";
  }
}

TEST_F(DocumentsTest, OthersDoNotWaitForDocumentsThatTakeLong) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([this, i] {
      v1::ImportDocumentResponse response;
      // Different bytes each, so that none is known.
      const Refusal refusal =
          Decode(Import(DryRun(absl::StrCat(Fixture("hostile/formtree.pdf"), "\n%", i)), &response));
      EXPECT_THAT(refusal.reason, AnyOf("UNREADABLE_DOCUMENT", "OVERLOADED"));
    });
  }
  for (int i = 0; i < 100; ++i) {
    v1::RecordActualRequest report;
    report.set_indicator("units/u/tables/p1/indicators/i1");
    report.mutable_report()->set_value(absl::StrCat(i % 4));
    report.mutable_report()->set_date("2024-06-30");
    v1::RecordActualResponse recorded;
    EXPECT_TRUE(api_.RecordActual(report, &recorded).ok());
    api_.GetScore("units/u/tables/p1");
  }
  for (std::thread& caller : callers) caller.join();
}

TEST_F(DocumentsTest, DamagedDocumentsNeverEndTheServer) {
  std::string bytes = Fixture("published/published-landscape.pdf");
  uint64_t state = 1;
  for (int i = 0; i < 30; ++i) {
    std::string damaged = bytes;
    for (int j = 0; j < 40; ++j) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      damaged[(state >> 33) % damaged.size()] = static_cast<char>(state >> 20);
    }
    v1::ImportDocumentRequest request = DryRun(damaged);
    request.mutable_write()->set_validate_only(false);
    request.set_unit(absl::StrCat("units/d", i));
    v1::ImportDocumentResponse response;
    const grpc::Status status = Import(request, &response);
    if (status.ok()) {
      EXPECT_EQ(response.row_count(), 38) << "read short without a word";
    } else {
      EXPECT_THAT(Decode(status).reason,
                  AnyOf("UNREADABLE_DOCUMENT", "CONFIRMATION_REQUIRED", "VALIDATION_FAILED"));
    }
  }
}

}  // namespace
}  // namespace attain::testing
