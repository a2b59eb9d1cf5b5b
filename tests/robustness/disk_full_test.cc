// No space left: writes are refused with what to do, reads go on, health says so, and after the disk has room
// again everything acknowledged is there and the refused request can be repeated.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/rocksdb/open.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using Serving = grpc::health::v1::HealthCheckResponse;

v1::BatchRecordActualsRequest Batch(int number) {
  v1::BatchRecordActualsRequest request;
  request.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
  for (int i = 0; i < 50; ++i) {
    v1::NamedReport* report = request.add_reports();
    report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i1"));
    report->mutable_report()->set_value(absl::StrCat((number + i) % 100));
    report->mutable_report()->set_date("2024-06-30");
    report->mutable_report()->set_note(std::string(1900, static_cast<char>('a' + number % 26)));
  }
  request.mutable_write()->set_request_id(absl::StrCat("batch-", number));
  request.mutable_write()->add_accept_findings("VALUE_JUMP");  // the figures only count up
  return request;
}

class DiskFullTest : public ::testing::Test {
 protected:
  void Start(const std::string& directory) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(directory);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
  }

  // Writes batches until one is refused; returns its number.
  int FillUp() {
    for (int number = 0; number < 2000; ++number) {
      v1::BatchRecordActualsResponse response;
      const grpc::Status status = api_->BatchRecordActuals(Batch(number), &response);
      if (!status.ok()) {
        refusal_ = Decode(status);
        return number;
      }
      for (const v1::Actual& actual : response.actuals())
        acknowledged_[actual.name()] = actual.report().value();
      answer_ = response.SerializeAsString();
    }
    ADD_FAILURE() << "2,000 batches fitted";
    return 0;
  }

  void CheckRefusing(int refused) {
    EXPECT_EQ(refusal_.code, grpc::StatusCode::UNAVAILABLE) << refusal_.message;
    EXPECT_EQ(refusal_.reason, "STORE_UNAVAILABLE");
    EXPECT_TRUE(absl::StrContains(refusal_.message, "disk")) << refusal_.message;
    v1::BatchRecordActualsResponse response;
    const Refusal again = Decode(Call(api_->reporting.get(), &v1::ReportingService::Stub::BatchRecordActuals,
                                      Batch(refused), &response, "zh-CN"));
    EXPECT_EQ(again.reason, "STORE_UNAVAILABLE");
    EXPECT_TRUE(absl::StrContains(again.message, "磁盘")) << again.message;
    EXPECT_EQ(api_->Health(), Serving::NOT_SERVING);
    EXPECT_FALSE(api_->GetServerInfo().accepting_writes());
    EXPECT_EQ(api_->ListActuals("units/u/tables/p1/indicators/-").size(), acknowledged_.size() / 5)
        << "reads go on";
  }

  void CheckAfterwards(int refused) {
    std::map<std::string, std::string> stored;
    for (int table = 1; table <= 5; ++table) {
      for (const v1::Actual& actual :
           api_->ListActuals(absl::StrCat("units/u/tables/p", table, "/indicators/i1"))) {
        stored[actual.name()] = actual.report().value();
      }
    }
    for (const auto& [name, value] : acknowledged_) EXPECT_EQ(stored[name], value) << name;
    v1::BatchRecordActualsResponse response;
    if (refused > 0) {
      ASSERT_TRUE(api_->BatchRecordActuals(Batch(refused - 1), &response).ok());
      EXPECT_EQ(response.SerializeAsString(), answer_)
          << "the last acknowledged request gives its first answer";
    }
    const grpc::Status repeated = api_->BatchRecordActuals(Batch(refused), &response);
    EXPECT_TRUE(repeated.ok()) << repeated.error_message();
    EXPECT_EQ(api_->ListActuals("units/u/tables/p1/indicators/-").size(), acknowledged_.size() / 5 + 10);
    EXPECT_EQ(api_->Health(), Serving::SERVING);
  }

  void CheckJournal(const std::string& directory) {
    storage::RocksStoreOptions options;
    options.directory = directory;
    const absl::StatusOr<std::unique_ptr<storage::Store>> store = storage::OpenRocksStore(options);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_TRUE((*store)->VerifyJournal(nullptr).ok());
  }

  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
  std::map<std::string, std::string> acknowledged_;  // name → value
  std::string answer_;                               // to the last acknowledged batch
  Refusal refusal_;
};

TEST_F(DiskFullTest, FilesThatMayNotGrow) {
  ScratchDirectory scratch;
  Start(scratch / "data");
  ASSERT_TRUE(api_->ImportSample().ok());
  server_->LimitFileSize(uint64_t{3} << 20);
  const int refused = FillUp();
  CheckRefusing(refused);
  EXPECT_EQ(server_->Terminate().code, 0);
  Start(scratch / "data");
  CheckAfterwards(refused);
  EXPECT_EQ(server_->Terminate().code, 0);
  CheckJournal(scratch / "data");
}

// Unmounts when the test ends.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    std::filesystem::create_directory(path);
    mounted_ = mount("tmpfs", path.c_str(), "tmpfs", 0, "size=6m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  // Takes what room is left, to the last byte.
  void Fill() const {
    std::ofstream ballast(path_ + "/ballast", std::ios::binary);
    for (const size_t size : {size_t{65536}, size_t{1}}) {
      ballast.clear();
      const std::string bytes(size, 'x');
      while (ballast.write(bytes.data(), static_cast<std::streamsize>(size)).flush()) {
      }
    }
  }
  bool Grow() const { return mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0; }

 private:
  const std::string path_;
  bool mounted_ = false;
};

TEST_F(DiskFullTest, DiskWithoutSpace) {
  ScratchDirectory scratch;
  const SmallDisk disk(scratch / "disk");
  if (!disk.mounted()) {
    GTEST_SKIP() << "a small disk cannot be mounted here (" << std::strerror(errno)
                 << "); the same is tested with files that may not grow";
  }
  const std::string directory = scratch / "disk/data";
  Start(directory);
  ASSERT_TRUE(api_->ImportSample().ok());
  const int refused = FillUp();
  CheckRefusing(refused);
  EXPECT_EQ(server_->Terminate().code, 0);
  disk.Fill();  // a restart compresses its log and so makes room for itself
  const Ended full = RunServer({absl::StrCat("--data-dir=", directory), "--listen=127.0.0.1:0"});
  EXPECT_EQ(full.code, 1) << "still full: says so instead of starting";
  EXPECT_TRUE(absl::StrContains(full.error, "space")) << full.error;
  ASSERT_TRUE(disk.Grow());
  Start(directory);
  CheckAfterwards(refused);
  EXPECT_EQ(server_->Terminate().code, 0);
  CheckJournal(directory);
}

}  // namespace
}  // namespace attain::testing
