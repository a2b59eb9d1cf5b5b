// What operators read in the log of a real server: a failed write, a damaged value, refused calls, and not
// ten thousand lines of them.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "attain/v1/file_service.grpc.pb.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "service/state/keys.h"
#include "storage/key_codec.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kSecret[] = "units/nobody-may-read-this";

std::string StringOf(const google::protobuf::Struct& line, const std::string& key) {
  const auto it = line.fields().find(key);
  return it == line.fields().end() ? "" : it->second.string_value();
}

double NumberOf(const google::protobuf::Struct& line, const std::string& key) {
  const auto it = line.fields().find(key);
  return it == line.fields().end() ? 0 : it->second.number_value();
}

class LogTest : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& options = {}) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / "data", options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
  }

  // Ends the server. The lines after the one that says it is ready; the last says that it stopped.
  std::vector<std::string> Lines() {
    const Ended ended = server_->Terminate();
    EXPECT_EQ(ended.code, 0);
    std::vector<std::string> lines = absl::StrSplit(ended.error, '\n', absl::SkipEmpty());
    EXPECT_FALSE(lines.empty());
    if (lines.empty()) return lines;
    EXPECT_THAT(lines.back(), HasSubstr("attaind stopped at revision "));
    lines.pop_back();
    return lines;
  }
  std::vector<google::protobuf::Struct> JsonLines() {
    std::vector<google::protobuf::Struct> parsed;
    for (const std::string& line : Lines()) {
      EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &parsed.emplace_back()).ok()) << line;
      EXPECT_TRUE(std::regex_match(StringOf(parsed.back(), "time"),
                                   std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d)")))
          << line;
    }
    return parsed;
  }

  // Overwrites what is stored under the key, behind the store's back. The server must be down.
  void Damage(const std::string& key) const {
    storage::RocksStoreOptions options;
    options.directory = scratch_ / "data";
    const auto raw = storage::OpenRaw(options);
    ASSERT_TRUE(raw.ok()) << raw.status();
    rocksdb::ColumnFamilyHandle* const state = (*raw)->family(storage::kState);
    std::vector<std::string> versions;
    {
      rocksdb::ReadOptions all;
      all.total_order_seek = true;  // the key without a revision is no prefix that filters know
      const std::unique_ptr<rocksdb::Iterator> it((*raw)->db()->NewIterator(all, state));
      for (it->Seek(key); it->Valid() && it->key().starts_with(key); it->Next()) {
        if (it->key().size() == key.size() + storage::kRevisionSuffixBytes)
          versions.push_back(it->key().ToString());
      }
    }
    ASSERT_FALSE(versions.empty());
    rocksdb::WriteOptions synced;
    synced.sync = true;
    for (const std::string& version : versions)
      ASSERT_TRUE(
          (*raw)->db()->Put(synced, state, version, std::string(1, storage::kLive) + "\xFF\xFF").ok());
  }

  grpc::Status GetUnit(const std::string& name) {
    v1::GetUnitRequest request;
    request.set_name(name);
    v1::GetUnitResponse response;
    return Call(api_->targets.get(), &v1::TargetService::Stub::GetUnit, request, &response);
  }
  grpc::Status GetScore(const std::string& name) {
    v1::GetScoreRequest request;
    request.set_name(name);
    v1::GetScoreResponse response;
    return Call(api_->scoring.get(), &v1::ScoringService::Stub::GetScore, request, &response);
  }
  grpc::Status Report(const std::string& note) {
    v1::BatchRecordActualsRequest request;
    for (int i = 0; i < 50; ++i) {
      v1::NamedReport* const report = request.add_reports();
      report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i1"));
      report->mutable_report()->set_value("1");
      report->mutable_report()->set_date("2024-06-30");
      report->mutable_report()->set_note(note);
    }
    request.mutable_write()->add_accept_findings("VALUE_JUMP");
    v1::BatchRecordActualsResponse response;
    return api_->BatchRecordActuals(request, &response);
  }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
};

TEST_F(LogTest, FailedWriteIsToldOnceInTheStoresWordsAndEveryAnswerAfterIt) {
  Start();
  ASSERT_TRUE(api_->ImportSample().ok());
  server_->LimitFileSize(uint64_t{1} << 20);
  const std::string note = std::string("not for the log ") + std::string(1900, 'n');
  grpc::Status status;
  for (int i = 0; i < 100 && status.ok(); ++i) status = Report(note);
  ASSERT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
  EXPECT_THAT(status.error_message(), Not(HasSubstr("File too large"))) << "clients are not shown it";
  EXPECT_FALSE(Report(note).ok());
  const std::vector<std::string> lines = Lines();
  ASSERT_EQ(lines.size(), 3u) << absl::StrCat(lines.size());
  const std::regex stamp(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d error .*)");
  for (const std::string& line : lines) EXPECT_TRUE(std::regex_match(line, stamp)) << line;
  EXPECT_THAT(lines[0], AllOf(HasSubstr("commit failed: the server takes no more writes"),
                              HasSubstr("revision="), HasSubstr("File too large")));
  for (size_t i : {1, 2}) {
    EXPECT_THAT(lines[i], AllOf(HasSubstr("call failed method=BatchRecordActuals code=UNAVAILABLE "
                                          "reason=STORE_UNAVAILABLE revision="),
                                HasSubstr("File too large")));
  }
  EXPECT_THAT(lines, Each(Not(HasSubstr("not for the log"))));
}

TEST_F(LogTest, DamagedValueIsToldWithWhatClientsAreNotShown) {
  Start();
  ASSERT_TRUE(api_->ImportSample().ok());
  EXPECT_THAT(Lines(), IsEmpty());
  Damage(engine::TableKey("u", "p1"));
  Start({"--log-format=json"});
  const Refusal refusal = Decode(GetScore("units/u/tables/p1"));
  EXPECT_EQ(refusal.code, grpc::StatusCode::DATA_LOSS) << refusal.message;
  EXPECT_THAT(refusal.message, Not(HasSubstr("parse")));
  EXPECT_TRUE(GetScore("units/u/tables/p2").ok());
  const auto revision = static_cast<double>(api_->GetServerInfo().revision());
  const std::vector<google::protobuf::Struct> lines = JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(StringOf(lines[0], "level"), "error");
  EXPECT_EQ(StringOf(lines[0], "method"), "GetScore");
  EXPECT_EQ(StringOf(lines[0], "code"), "DATA_LOSS");
  EXPECT_EQ(StringOf(lines[0], "reason"), "CORRUPTION");
  EXPECT_EQ(NumberOf(lines[0], "revision"), revision);
  EXPECT_THAT(StringOf(lines[0], "cause"), HasSubstr("does not parse"));
}

TEST_F(LogTest, RefusedCallsAreToldAtDebugWithoutAWordOfTheUser) {
  for (const char* level : {"error", "warning", "info", "debug"}) {
    Start({absl::StrCat("--log-level=", level)});
    EXPECT_EQ(GetUnit(kSecret).error_code(), grpc::StatusCode::NOT_FOUND);
    const std::vector<std::string> lines = Lines();
    EXPECT_THAT(lines, Each(Not(HasSubstr("nobody"))));
    if (std::string(level) != "debug") {
      EXPECT_THAT(lines, IsEmpty()) << level;
    } else {
      EXPECT_THAT(lines, Contains(HasSubstr(" debug call refused method=GetUnit code=NOT_FOUND "
                                            "reason=RESOURCE_NOT_FOUND revision=")));
    }
  }
}

TEST_F(LogTest, RefusedStreamsAreTold) {
  Start({"--log-level=debug"});
  TimedContext watching, uploading, extracting;
  {
    v1::WatchRequest request;
    request.add_names("no name at all");
    v1::WatchResponse ignored;
    const auto stream = v1::WatchService::NewStub(api_->channel)->Watch(&watching, request);
    while (stream->Read(&ignored)) continue;
    EXPECT_FALSE(stream->Finish().ok());
  }
  const auto files = v1::FileService::NewStub(api_->channel);
  {
    v1::UploadDocumentResponse ignored;
    const auto stream = files->UploadDocument(&uploading, &ignored);
    stream->Write(v1::UploadDocumentRequest());
    EXPECT_FALSE(stream->Finish().ok());
  }
  {
    v1::ExtractDocumentResponse ignored;
    const auto stream = files->ExtractDocument(&extracting, v1::ExtractDocumentRequest());
    while (stream->Read(&ignored)) continue;
    EXPECT_FALSE(stream->Finish().ok());
  }
  const std::vector<std::string> lines = Lines();
  for (const char* method : {"Watch", "UploadDocument", "ExtractDocument"}) {
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [&](const std::string& line) {
                              return absl::StrContains(line, absl::StrCat(" debug call refused method=",
                                                                          method, " code=INVALID_ARGUMENT "));
                            }),
              1)
        << method << "\n"
        << absl::StrJoin(lines, "\n");
  }
}

// A stream whose messages stand for themselves goes on behind a refused one, which only its answer tells;
// one whose messages are all or nothing ends with it.
TEST_F(LogTest, ARefusedMessageOfAStreamIsToldOnce) {
  for (const bool all_or_nothing : {false, true}) {
    Start({"--log-level=debug"});
    {
      TimedContext context;
      if (all_or_nothing) context.AddMetadata("attain-all-or-nothing", "true");
      const auto stream = api_->reporting->StreamActuals(&context);
      v1::StreamActualsRequest refused;
      refused.mutable_write()->add_accept_findings(absl::StrCat(kSecret, std::string(64, 'x')));
      v1::StreamActualsResponse response;
      ASSERT_TRUE(stream->Write(refused));
      ASSERT_TRUE(stream->Read(&response));
      EXPECT_EQ(response.batch_error().code(), grpc::StatusCode::INVALID_ARGUMENT);
      if (!all_or_nothing) {
        ASSERT_TRUE(stream->Write(v1::StreamActualsRequest()));
        ASSERT_TRUE(stream->Read(&response));
        EXPECT_FALSE(response.has_batch_error());
        stream->WritesDone();
      }
      EXPECT_FALSE(stream->Read(&response));
      EXPECT_EQ(stream->Finish().ok(), !all_or_nothing);
    }
    const std::vector<std::string> lines = Lines();
    EXPECT_THAT(lines, Each(Not(HasSubstr("nobody"))));
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) {
                              return absl::StrContains(
                                  line,
                                  " debug call refused method=StreamActuals code=INVALID_ARGUMENT "
                                  "reason=INVALID_FIELD revision=");
                            }),
              1)
        << absl::StrJoin(lines, "\n");
  }
}

TEST_F(LogTest, TenThousandRefusedCallsDoNotFloodAndEachIsCounted) {
  Start({"--log-level=debug", "--log-format=json"});
  constexpr int kCalls = 10'000;
  const absl::Time start = absl::Now();
  for (int i = 0; i < kCalls; ++i) ASSERT_FALSE(GetUnit(absl::StrCat(kSecret, i)).ok());
  const int64_t periods = (absl::Now() - start) / absl::Seconds(10);
  double lines = 0, seen = 0;
  for (const google::protobuf::Struct& line : JsonLines()) {
    EXPECT_THAT(line.ShortDebugString(), Not(HasSubstr("nobody")));
    const bool about = StringOf(line, "method") == "GetUnit";
    if (!about && StringOf(line, "kind") != "GetUnit NOT_FOUND RESOURCE_NOT_FOUND") continue;
    ++lines;
    seen += NumberOf(line, "left_out") + (about ? 1 : 0);
  }
  EXPECT_EQ(seen, kCalls);
  EXPECT_LE(lines, 5 + periods + 2);
}

TEST_F(LogTest, TenThousandFailingCallsDoNotFloodAndEachIsCounted) {
  Start();
  ASSERT_TRUE(api_->ImportSample().ok());
  Lines();
  Damage(engine::TableKey("u", "p1"));
  Start({"--log-format=json"});
  constexpr int kCalls = 10'000;
  const absl::Time start = absl::Now();
  for (int i = 0; i < kCalls; ++i)
    ASSERT_EQ(GetScore("units/u/tables/p1").error_code(), grpc::StatusCode::DATA_LOSS);
  const int64_t periods = (absl::Now() - start) / absl::Seconds(10);
  double lines = 0, seen = 0;
  for (const google::protobuf::Struct& line : JsonLines()) {
    ++lines;
    seen += NumberOf(line, "left_out") + (StringOf(line, "method") == "GetScore" ? 1 : 0);
  }
  EXPECT_EQ(seen, kCalls);
  EXPECT_LE(lines, 5 + periods + 2);
}

TEST_F(LogTest, EveryLineIsJsonFromTheFirstToTheLast) {
  Start({"--log-format=json", "--log-level=error"});
  google::protobuf::Struct ready, stopped;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(server_->ready_line(), &ready).ok())
      << server_->ready_line();
  EXPECT_THAT(StringOf(ready, "message"), HasSubstr("ready: listening on 127.0.0.1:"));
  EXPECT_EQ(StringOf(ready, "level"), "notice");
  const Ended ended = server_->Terminate();
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ended.error, &stopped).ok()) << ended.error;
  EXPECT_THAT(StringOf(stopped, "message"), HasSubstr("attaind stopped at revision "));
}

TEST_F(LogTest, WhyItCannotStartIsALineOfTheLog) {
  Start();
  const Ended second = RunServer(
      {absl::StrCat("--data-dir=", scratch_ / "data"), "--listen=127.0.0.1:0", "--log-format=json"});
  EXPECT_EQ(second.code, 1);
  google::protobuf::Struct line;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(second.error, &line).ok()) << second.error;
  EXPECT_EQ(StringOf(line, "level"), "error");
  EXPECT_THAT(StringOf(line, "message"), HasSubstr("in use by another attaind"));
}

}  // namespace
}  // namespace attain::testing
