// What a server writes on stderr, by level and format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attain/v1/file_service.grpc.pb.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServerLogTest : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& options) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / "data", options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
  }
  void AskForNobody(int times) {
    v1::GetUnitRequest request;
    request.set_name("units/nobody");
    v1::GetUnitResponse response;
    for (int i = 0; i < times; ++i)
      EXPECT_EQ(
          Decode(Call(api_->targets.get(), &v1::TargetService::Stub::GetUnit, request, &response)).reason,
          "RESOURCE_NOT_FOUND");
  }
  // The lines after the one that says it is ready.
  std::vector<std::string> Lines() {
    const Ended ended = server_->Terminate();
    EXPECT_EQ(ended.code, 0);
    return absl::StrSplit(ended.error, '\n', absl::SkipEmpty());
  }
  // Those of refused calls.
  std::vector<std::string> Refused() {
    std::vector<std::string> refused;
    for (const std::string& line : Lines()) {
      if (line.find("call refused") != std::string::npos) refused.push_back(line);
    }
    return refused;
  }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
};

TEST_F(ServerLogTest, RefusedCallsAreForThoseWhoAskForThem) {
  for (const char* level : {"error", "warning", "info"}) {
    Start({absl::StrCat("--log-level=", level)});
    AskForNobody(1);
    EXPECT_THAT(Lines(), ElementsAre(HasSubstr(" notice attaind stopped at revision 1"))) << level;
  }
  Start({"--log-level=debug"});
  AskForNobody(1);
  EXPECT_THAT(Refused(), ElementsAre(AllOf(HasSubstr(" debug call refused method=GetUnit"),
                                           HasSubstr("reason=RESOURCE_NOT_FOUND revision=1"))));
}

TEST_F(ServerLogTest, WhatWasLeftOutIsToldAtTheEnd) {
  Start({"--log-level=debug"});
  AskForNobody(20);
  const std::vector<std::string> lines = Lines();
  int left_out = 0;
  for (const std::string& line : lines) {
    const size_t at = line.find("GetUnit") == std::string::npos ? std::string::npos : line.find("left_out=");
    if (at != std::string::npos) left_out += std::stoi(line.substr(at + 9));
  }
  EXPECT_EQ(left_out, 15) << "five of twenty are written at once";
}

TEST_F(ServerLogTest, EveryLineIsAnObjectWhenThatIsAskedFor) {
  Start({"--log-format=json", "--log-level=debug"});
  EXPECT_THAT(server_->ready_line(), StartsWith("{\"time\":"));
  AskForNobody(1);
  const std::vector<std::string> lines = Lines();
  EXPECT_GE(lines.size(), 2u);
  EXPECT_THAT(lines, Each(StartsWith("{\"time\":")));
}

// Readers are started in the root directory, whatever the path says.
TEST_F(ServerLogTest, AReaderThatFailsIsToldWithItsWholePath) {
  WriteFileOrDie(scratch_ / "reader", "#!/bin/sh\nexit 3\n");
  chmod((scratch_ / "reader").c_str(), 0755);
  const std::filesystem::path here = std::filesystem::current_path();
  std::filesystem::current_path(scratch_.path());
  Start({"--extract=./reader", "--log-level=warning"});
  std::filesystem::current_path(here);
  const auto files = v1::FileService::NewStub(api_->channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  v1::ExtractDocumentRequest request;
  request.set_content("%PDF-1.4");
  const auto stream = files->ExtractDocument(&context, request);
  v1::ExtractDocumentResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(Decode(stream->Finish()).reason, "UNREADABLE_DOCUMENT");
  EXPECT_THAT(Lines(), Contains(AllOf(HasSubstr(" warning a reader of documents failed cause="),
                                      HasSubstr(scratch_.path()), HasSubstr("exit code 3"))));
}

}  // namespace
}  // namespace attain::testing
