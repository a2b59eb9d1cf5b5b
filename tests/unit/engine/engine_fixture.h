// An engine on a real store in a scratch directory, for tests of commands and queries.
#ifndef ATTAIN_TESTS_UNIT_ENGINE_ENGINE_FIXTURE_H_
#define ATTAIN_TESTS_UNIT_ENGINE_ENGINE_FIXTURE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/api/clock.h"
#include "service/api/errors.h"
#include "service/engine/engine.h"
#include "storage/store.h"

namespace attain::engine {

// A clock that a test sets: noon of 15 June 2024 in China at first, and a microsecond later at each look.
class SetClock : public Clock {
 public:
  absl::Time Now() const override { return now += absl::Microseconds(1); }
  mutable absl::Time now = absl::FromCivil(absl::CivilHour(2024, 6, 15, 4), absl::UTCTimeZone());
};

// Which past is asked for, from either of its two.
struct Past {
  Past() = default;
  Past(v1::ReadOptions options) : read(std::move(options)) {}  // NOLINT: as a question has it
  Past(v1::AsOf day) : as_of(std::move(day)) {}                // NOLINT
  v1::ReadOptions read;
  v1::AsOf as_of;
};

class EngineFixture : public ::testing::Test {
 protected:
  EngineFixture();
  ~EngineFixture() override;

  // Opens the store `name` (made when it is not there) with an engine on it; closes what was open before.
  void Open(const std::string& name = "live");
  virtual std::unique_ptr<storage::Store> OpenStore(const std::string& name);
  std::string DirectoryOf(const std::string& store) const;
  void Close();
  Engine& engine() { return *engine_; }
  storage::Store& store() { return *store_; }
  SetClock clock_;               // for engine_options.clock, where a test says which day it is
  EngineOptions engine_options;  // of engines opened from now on; the store comes with Open

  // A mutation to its end.
  absl::Status Try(const google::protobuf::Message& request, google::protobuf::Message* response,
                   const std::string& actor = "tester");
  template <typename Response, typename Request>
  Response Do(const Request& request, const std::string& actor = "tester") {
    Response response;
    const absl::Status status = Try(request, &response, actor);
    EXPECT_TRUE(status.ok()) << status << "\n" << request.ShortDebugString();
    return response;
  }
  // A query.
  template <typename Response, typename Request>
  Response Ask(const Request& request) {
    Response response;
    const absl::Status status = engine_->Read(request, &response, {"reader", "en", ""});
    EXPECT_TRUE(status.ok()) << status << "\n" << request.ShortDebugString();
    return response;
  }
  // Fails for a refusal that the row of its method does not list, or with another code than its reason has.
  static void CheckListed(const google::protobuf::Message& request, const absl::Status& status);
  // The reason a mutation is refused for; fails when it is not.
  template <typename Response, typename Request>
  v1::ErrorReason ReasonFor(const Request& request, const std::string& actor = "tester") {
    Response response;
    const absl::Status status = Try(request, &response, actor);
    EXPECT_FALSE(status.ok()) << request.ShortDebugString();
    return ReasonOf(status);
  }

  // The reason a query is refused for; UNSPECIFIED when it is not.
  template <typename Response, typename Request>
  v1::ErrorReason WhyNotRead(const Request& request) {
    Response response;
    const absl::Status status = engine_->Read(request, &response, {"reader", "en", ""});
    CheckListed(request, status);
    return ReasonOf(status);
  }

  // The sample: units/u with the tables unit, p1 … p5 in force.
  void ImportSample();
  // units/{unit} and a project table in force with `rows` indicators i1 … of 90 / rows points, "≥ 30 个", of
  // this accumulation.
  void MakeTable(const std::string& unit, const std::string& table, int rows,
                 v1::Accumulation accumulation = v1::ACCUMULATION_LATEST, bool approve = true);
  // The same, as `change` leaves it before it is put in force.
  void MakeTableWith(const std::string& unit, const std::string& table, int rows,
                     const std::function<void(v1::Table*)>& change);
  // Whatever the figure looks like; the same increment of the same day again is not accepted.
  v1::RecordActualResponse Report(const std::string& indicator, const std::string& value,
                                  const std::string& date = "2024-06-30");
  v1::Table TableOf(const std::string& name);
  v1::GetEvaluationResponse EvaluationOf(const std::string& name, const Past& past = {});
  v1::Score ScoreOf(const std::string& name, const Past& past = {});

  // Submits and approves a draft.
  void PutInForce(const std::string& table);

 private:
  std::string directory_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Engine> engine_;
};

v1::RecordActualRequest ReportRequest(const std::string& indicator, const std::string& value,
                                      const std::string& date = "2024-06-30");

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_ENGINE_ENGINE_FIXTURE_H_
