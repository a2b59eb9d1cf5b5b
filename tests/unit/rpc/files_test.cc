// FileService over a socket: honest, wrong, slow and hostile clients.
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/file_service.grpc.pb.h"
#include "attain/v1/target_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/documents/documents.h"
#include "service/rpc/reader_source.h"
#include "service/rpc/rpc_server.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::rpc {
namespace {

using ::testing::HasSubstr;

constexpr size_t kChunk = 256 << 10;

// A call that ends at the latest after a minute.
class TimedContext : public grpc::ClientContext {
 public:
  TimedContext() { set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1)); }
};

class FilesTest : public engine::EngineFixture {
 protected:
  void SetUp() override {
    documents::DocumentsOptions options;
    options.extract = absl::StrCat(ATTAIN_BIN_DIR, "/fake_reader");
    documents_ = std::make_unique<documents::Documents>(options);
    source_ = std::make_unique<ReaderSource>(documents_.get(), &uploads_);
    engine_options.documents = source_.get();
    Open();
    Serve({});
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Stop(absl::Seconds(10));
    server_.reset();
    Close();
  }
  void Serve(const FileLimits& limits) {
    if (server_ != nullptr) server_->Stop(absl::Seconds(10));
    RpcServerOptions options;
    options.engine = &engine();
    options.documents = source_.get();
    options.uploads = &uploads_;
    options.files = limits;
    options.listen = "127.0.0.1:0";
    absl::StatusOr<std::unique_ptr<RpcServer>> server = RpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    files_ = v1::FileService::NewStub(channel_);
  }

  // "" for OK, else the reason.
  static std::string Reason(const grpc::Status& status) {
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    if (!details.ParseFromString(status.error_details())) return "no details";
    for (const auto& detail : details.details()) detail.UnpackTo(&info);
    return status.ok() ? "" : info.reason();
  }
  static v1::UploadHeader Header(const std::string& bytes) {
    v1::UploadHeader header;
    header.set_file_name("2025.pdf");
    header.set_size_bytes(static_cast<int64_t>(bytes.size()));
    return header;
  }
  static v1::UploadDocumentRequest Part(const v1::UploadHeader& header) {
    v1::UploadDocumentRequest part;
    *part.mutable_header() = header;
    return part;
  }
  static v1::UploadDocumentRequest Part(const std::string& chunk) {
    v1::UploadDocumentRequest part;
    part.set_chunk(chunk);
    return part;
  }
  // Writes the parts, then half-closes.
  grpc::Status Send(const std::vector<v1::UploadDocumentRequest>& parts,
                    v1::UploadDocumentResponse* response = nullptr) {
    v1::UploadDocumentResponse ignored;
    TimedContext context;
    const auto stream = files_->UploadDocument(&context, response == nullptr ? &ignored : response);
    for (const v1::UploadDocumentRequest& part : parts) {
      if (!stream->Write(part)) return stream->Finish();
    }
    stream->WritesDone();
    return stream->Finish();
  }
  grpc::Status Upload(const std::string& bytes, v1::UploadDocumentResponse* response) {
    std::vector<v1::UploadDocumentRequest> parts = {Part(Header(bytes))};
    for (size_t at = 0; at < bytes.size(); at += kChunk) parts.push_back(Part(bytes.substr(at, kChunk)));
    return Send(parts, response);
  }
  // Lines, and the cells of grids with a tab behind each; the reason when it is refused.
  std::string Extract(const v1::ExtractDocumentRequest& request) {
    TimedContext context;
    const auto stream = files_->ExtractDocument(&context, request);
    std::string text;
    for (v1::ExtractDocumentResponse message; stream->Read(&message);) {
      for (const auto& block : message.blocks()) {
        if (block.has_line()) absl::StrAppend(&text, block.line().text(), "\n");
        for (const auto& cell : block.grid().cells()) absl::StrAppend(&text, cell.text(), "\t");
      }
    }
    const grpc::Status status = stream->Finish();
    return status.ok() ? text : Reason(status);
  }

  documents::Uploads uploads_{documents::UploadsOptions()};
  std::unique_ptr<documents::Documents> documents_;
  std::unique_ptr<ReaderSource> source_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::FileService::Stub> files_;
};

TEST_F(FilesTest, LargeBytesComeInAndAreNamedByTheirHash) {
  const std::string bytes(20 << 20, 'a');
  v1::UploadDocumentResponse response;
  ASSERT_TRUE(Upload(bytes, &response).ok());
  EXPECT_EQ(response.upload().name(), absl::StrCat("uploads/", documents::HexSha256(bytes)));
  EXPECT_EQ(response.upload().size_bytes(), 20 << 20);
  EXPECT_EQ(response.upload().file_name(), "2025.pdf");
  EXPECT_GT(response.upload().expire_time().seconds(), absl::ToUnixSeconds(absl::Now()) + 3500);
}

TEST_F(FilesTest, KnownBytesAreAnsweredAtOnce) {
  const std::string bytes = "abc";
  v1::UploadDocumentResponse first, second;
  ASSERT_TRUE(Upload(bytes, &first).ok());
  v1::UploadHeader header = Header(bytes);
  header.set_sha256(absl::HexStringToBytes(documents::HexSha256(bytes)));
  TimedContext context;
  const auto stream = files_->UploadDocument(&context, &second);
  stream->Write(Part(header));
  EXPECT_TRUE(stream->Finish().ok()) << "without a chunk and without an end of the stream";
  EXPECT_EQ(second.upload().name(), first.upload().name());
}

TEST_F(FilesTest, WhatDoesNotFitTheHeaderIsRefused) {
  v1::UploadHeader hash = Header("abc");
  hash.set_sha256(std::string(32, 'x'));
  EXPECT_EQ(Reason(Send({Part(hash), Part("abc")})), "INVALID_FIELD");
  hash.set_sha256("short");
  EXPECT_EQ(Reason(Send({Part(hash)})), "INVALID_FIELD");
  EXPECT_EQ(Reason(Send({Part(Header("four")), Part("abc")})), "INVALID_FIELD");
  EXPECT_EQ(Reason(Send({Part("abc")})), "INVALID_FIELD");
  EXPECT_EQ(Reason(Send({})), "INVALID_FIELD");
  EXPECT_EQ(Reason(Send({Part(Header("abc")), Part(Header("abc"))})), "INVALID_FIELD");
  EXPECT_EQ(Reason(Send({v1::UploadDocumentRequest()})), "INVALID_FIELD");
  v1::UploadHeader name = Header("abc");
  name.set_file_name(std::string(256, 'x'));
  EXPECT_EQ(Reason(Send({Part(name), Part("abc")})), "INVALID_FIELD");
  v1::UploadHeader negative = Header("abc");
  negative.set_size_bytes(-1);
  EXPECT_EQ(Reason(Send({Part(negative)})), "INVALID_FIELD");
}

TEST_F(FilesTest, TooMuchIsRefused) {
  v1::UploadHeader large;
  large.set_size_bytes((32 << 20) + 1);
  EXPECT_EQ(Reason(Send({Part(large)})), "REQUEST_TOO_LARGE");
  EXPECT_EQ(Reason(Send({Part(v1::UploadHeader()), Part(std::string(kChunk + 1, 'x'))})),
            "REQUEST_TOO_LARGE");
  std::vector<v1::UploadDocumentRequest> parts = {Part(v1::UploadHeader())};
  for (int i = 0; i < 129; ++i) parts.push_back(Part(std::string(kChunk, 'x')));
  EXPECT_EQ(Reason(Send(parts)), "REQUEST_TOO_LARGE");
}

TEST_F(FilesTest, SilentClientsAreEnded) {
  FileLimits limits;
  limits.silence = absl::Milliseconds(100);
  Serve(limits);
  for (const bool with_header : {true, false}) {
    v1::UploadDocumentResponse response;
    TimedContext context;
    const auto stream = files_->UploadDocument(&context, &response);
    if (with_header) stream->Write(Part(Header("abc")));
    const grpc::Status status = stream->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    EXPECT_EQ(Reason(status), "INVALID_FIELD");
  }
}

TEST_F(FilesTest, UploadsUnderWayAreBounded) {
  FileLimits limits;
  limits.uploads = 1;
  Serve(limits);
  v1::UploadDocumentResponse response;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  {
    TimedContext context;
    const auto stream = files_->UploadDocument(&context, &response);
    stream->Write(Part(Header("abc")));
    // Answered only behind the first message, so that one has its place.
    std::string reason;
    while (reason.empty() && std::chrono::steady_clock::now() < end) {
      v1::UploadDocumentResponse other;
      reason = Reason(Upload("xyz", &other));
    }
    EXPECT_EQ(reason, "OVERLOADED");
    stream->Write(Part("abc"));
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
  }
  grpc::Status status;
  do {
    status = Upload("xyz", &response);
  } while (Reason(status) == "OVERLOADED" && std::chrono::steady_clock::now() < end);
  EXPECT_TRUE(status.ok());
}

TEST_F(FilesTest, AnUploadIsExtractedAndImportedByItsName) {
  const std::string bytes =
      "项目支出绩效目标表\n(2025 "
      "年)\n预算单位\t甲局\n项目名称\t甲项目\n年度资金总额\t10\n一级指标\t二级指标\t三级指标\t"
      "指标值\t分值\n产出\t数量\t人次\t≥300 人次\t90\n";
  v1::UploadDocumentResponse response;
  ASSERT_TRUE(Upload(bytes, &response).ok());
  v1::ExtractDocumentRequest request;
  request.set_upload("uploads/none");
  EXPECT_EQ(Extract(request), "RESOURCE_NOT_FOUND");
  request.set_upload(response.upload().name());
  EXPECT_THAT(Extract(request), HasSubstr("人次\t≥300 人次\t90"));
  v1::ImportDocumentRequest import;
  import.set_upload(response.upload().name());
  v1::ImportDocumentResponse imported;
  TimedContext context;
  ASSERT_TRUE(v1::TargetService::NewStub(channel_)->ImportDocument(&context, import, &imported).ok());
  EXPECT_EQ(imported.table_count(), 1);
  EXPECT_EQ(imported.source().sha256(), documents::HexSha256(bytes));
}

TEST_F(FilesTest, ExtractTellsWhyNothingCouldBeRead) {
  v1::ExtractDocumentRequest request;
  EXPECT_EQ(Extract(request), "UNREADABLE_DOCUMENT");
  const std::string zero(1, '\0');  // sends it to the reader
  request.set_content(absl::StrCat("REFUSE ENCRYPTED ", zero));
  EXPECT_EQ(Extract(request), "UNREADABLE_DOCUMENT");
  request.set_content(absl::StrCat("SIGNAL 11 ", zero));
  EXPECT_EQ(Extract(request), "UNREADABLE_DOCUMENT");
  request.set_content(std::string((16 << 20) + 1, 'x'));
  EXPECT_EQ(Extract(request), "REQUEST_TOO_LARGE");
}

TEST_F(FilesTest, ARefusalCarriesAsManyFindingsAsATrailerHolds) {
  std::string text =
      "项目支出绩效目标表\n预算单位\t甲局\n项目名称\t甲项目\n年度资金总额\t10\n一级指标\t二级指标\t三级指标\t"
      "指标值\t分值\t赋分规则\n";
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "产出\t数量\t人次", i, "\t≥300 人次\t1\t看情况赋分\n");
  v1::ImportDocumentRequest import;
  import.set_content(text);
  v1::ImportDocumentResponse imported;
  TimedContext context;
  context.AddMetadata("accept-language", "zh-CN");
  const grpc::Status status =
      v1::TargetService::NewStub(channel_)->ImportDocument(&context, import, &imported);
  EXPECT_EQ(Reason(status), "VALIDATION_FAILED") << "the year is missing";
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  v1::FindingList findings;
  for (const auto& detail : details.details()) detail.UnpackTo(&findings);
  EXPECT_GT(findings.findings_size(), 2);
  EXPECT_GT(findings.total(), 60);
  EXPECT_EQ(findings.findings(0).severity(), v1::SEVERITY_ERROR);
  EXPECT_LT(status.error_details().size(), 5000u);
}

TEST_F(FilesTest, AServerThatStopsEndsUploads) {
  v1::UploadDocumentResponse response;
  TimedContext context;
  const auto stream = files_->UploadDocument(&context, &response);
  stream->Write(Part(Header("abc")));
  server_->Stop(absl::Seconds(5));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  server_.reset();
}

}  // namespace
}  // namespace attain::rpc
