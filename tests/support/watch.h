// A watch over plain gRPC, and what a client makes of it.
#ifndef ATTAIN_TESTS_SUPPORT_WATCH_H_
#define ATTAIN_TESTS_SUPPORT_WATCH_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "attain/v1/watch_service.grpc.pb.h"
#include "tests/support/api.h"

namespace attain::testing {

// One stream. Compatible with one reading thread; Cancel may come from any.
class WatchStream {
 public:
  WatchStream(const std::shared_ptr<grpc::Channel>& channel, const v1::WatchRequest& request,
              const std::string& actor = "", const std::string& language = "en");
  ~WatchStream();

  // Blocks; false when the stream has ended.
  bool Read(v1::WatchResponse* response);
  // Reads up to the first message that `wanted` says yes to; false when the stream ended before. All go to
  // `seen`, if given.
  bool ReadUntil(const std::function<bool(const v1::WatchResponse&)>& wanted,
                 std::vector<v1::WatchResponse>* seen = nullptr);
  void Cancel();
  // After Read gave false, or after Cancel.
  grpc::Status Finish();

 private:
  TimedContext context_{std::chrono::minutes(4)};
  std::unique_ptr<v1::WatchService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  bool finished_ = false;
};

bool IsChanges(const v1::WatchResponse& response);
bool IsSnapshotEnd(const v1::WatchResponse& response);

// A request for these names, all kinds.
v1::WatchRequest WatchOf(const std::vector<std::string>& names);

// What a client knows from its messages, and what was wrong with them: revisions that do not grow, a resource
// twice in one message, a score before that is not the score known. Thread-compatible.
class WatchMirror {
 public:
  void Apply(const v1::WatchResponse& response);

  // By name (a unit's score by name and year): serialised rows.
  std::map<std::string, std::string> scores, tables, actuals;
  std::vector<int64_t> revisions;  // of CHANGES
  std::vector<std::string> faults;
  int64_t revision = 0;  // the newest heard of
  std::string token;
  int resets = 0;

 private:
  void ApplyChanges(const v1::WatchChanges& changes);
  std::map<std::string, int> in_revision_;  // names of the revision that is coming in parts
};

// What one knows otherwise than the other, a line for each resource, in words and not too many; empty:
// nothing.
std::vector<std::string> Differences(const WatchMirror& mirror, const WatchMirror& fresh);

// The same, read from the server at one revision by other calls: GetScore, GetTable and ListActuals of
// everything in `units/u`.
WatchMirror FreshRead(const Api& api, int64_t revision);

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_WATCH_H_
