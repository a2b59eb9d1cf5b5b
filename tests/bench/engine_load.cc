#include "tests/bench/engine_load.h"

#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "attain/v1/profile_service.grpc.pb.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/scoring_service.grpc.pb.h"
#include "attain/v1/target_service.grpc.pb.h"

namespace attain::bench {
namespace {

constexpr int kTablesOfUnit = 10, kIndicators = 10, kBatch = 100, kLargeBatch = 1000;
constexpr size_t kStreamWindow = 8;

std::string UnitName(int table) {
  return absl::StrCat("units/bench-", table / kTablesOfUnit);
}
// Multiplication by a prime walks over all of them without a pattern.
int Scattered(int64_t n, int count) {
  return static_cast<int>(static_cast<uint64_t>(n) * 7'368'787u % static_cast<uint64_t>(count));
}

void FillReport(int64_t n, v1::ActualReport* report) {
  report->set_value(absl::StrCat(n % 50));
  report->set_date("2024-06-30");
}

// The figures only count up: some of them are ten times the one before.
template <typename Request>
void AcceptFigures(Request* request) {
  request->mutable_write()->clear_accept_findings();
  request->mutable_write()->add_accept_findings("VALUE_JUMP");
}

std::string IndicatorName(int64_t n, int tables) {
  const int place = Scattered(n, tables * kIndicators);
  return absl::StrCat(TableName(place / kIndicators), "/indicators/i", place % kIndicators);
}

v1::Table SampleTable(const std::string& name, int number) {
  v1::Table table;
  table.set_kind(v1::TABLE_KIND_PROJECT);
  table.set_display_name(absl::StrCat("项目 ", number));
  table.set_fiscal_year(2024);
  table.set_profile("profiles/national");
  table.mutable_budget()->set_total("35.33");
  for (int i = 0; i < kIndicators; ++i) {
    v1::Indicator* indicator = table.add_indicators();
    indicator->set_name(absl::StrCat(name, "/indicators/i", i));
    indicator->set_level1(i < 6 ? "产出" : "效益");
    indicator->set_level2(i < 6 ? "数量" : "社会效益");
    indicator->set_display_name(absl::StrCat("指标 ", i));
    indicator->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
    indicator->mutable_target()->set_value("30");
    indicator->mutable_target()->set_unit("个");
    indicator->set_weight("9");
    indicator->mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
  }
  return table;
}

// One unary call with what it needs to stay alive.
template <typename Request, typename Response>
struct Call {
  grpc::ClientContext context;
  Request request;
  Response response;
};

using Done = std::function<void(const grpc::Status&)>;

// Blocking calls from a few threads: the server's committer groups what they send.
constexpr int kSeeders = 32;

template <typename Stub, typename Request, typename Response>
Response Must(Stub* stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Request& request) {
  grpc::ClientContext context;
  Response response;
  if (grpc::Status status = (stub->*method)(&context, request, &response); !status.ok())
    Fail(Request::descriptor()->name(), status);
  return response;
}

void SeedTable(v1::TargetService::Stub* stub, const std::string& unit, const std::string& id, int number) {
  using Stub = v1::TargetService::Stub;
  v1::CreateTableRequest create;
  const std::string name = absl::StrCat(unit, "/tables/", id);
  create.set_parent(unit);
  create.set_table_id(id);
  *create.mutable_table() = SampleTable(name, number);
  const std::string created = Must(stub, &Stub::CreateTable, create).table().etag();
  v1::SubmitTableRequest submit;
  submit.set_name(name);
  submit.set_etag(created);
  v1::ApproveTableRequest approve;
  approve.set_name(name);
  approve.set_etag(Must(stub, &Stub::SubmitTable, submit).table().etag());
  Must(stub, &Stub::ApproveTable, approve);
}

void CreateUnit(v1::TargetService::Stub* stub, const std::string& name, int number) {
  v1::CreateUnitRequest create;
  create.set_unit_id(name.substr(6));
  create.mutable_unit()->set_display_name(absl::StrCat("单位 ", number));
  Must(stub, &v1::TargetService::Stub::CreateUnit, create);
}

void SeedUnit(v1::TargetService::Stub* stub, int first_table) {
  const std::string unit = UnitName(first_table);
  CreateUnit(stub, unit, first_table / kTablesOfUnit);
  for (int i = 0; i < kTablesOfUnit; ++i) SeedTable(stub, unit, absl::StrCat("t", i), first_table + i);
}

std::string WideName(int tables) {
  return absl::StrCat("units/wide-", tables);
}

// Calls that ask the same again and again.
template <typename Request, typename Response, typename Service>
Figures RunSame(const Load& load, const Request& request,
                void (Service::StubInterface::async_interface::*method)(grpc::ClientContext*, const Request*,
                                                                        Response*,
                                                                        std::function<void(grpc::Status)>)) {
  const auto& channels = Connect(load.address, load.channels);
  const auto& stubs = Stubs<Service>(channels);
  return RunClosedLoop(load.outstanding, load.time, 0, [&](int slot, int64_t, Done done) {
    auto call = std::make_shared<Call<Request, Response>>();
    call->request = request;
    (stubs[slot % stubs.size()]->async()->*method)(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) { done(status); });
  });
}

// Sends messages of one stream, keeps `kStreamWindow` without an answer.
class Stream : public grpc::ClientBidiReactor<v1::StreamActualsRequest, v1::StreamActualsResponse> {
 public:
  Stream(v1::ReportingService::Stub* stub, int tables, std::atomic<int64_t>* next, absl::Time end)
      : tables_(tables), next_(next), end_(end) {
    stub->async()->StreamActuals(&context_, this);
    absl::MutexLock lock(&mutex_);
    StartRead(&response_);
    AddHold();
    Send();
    StartCall();
  }
  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) return Release();
    sent_++;
    MaybeSend();
  }
  void OnReadDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    if (!ok) return;
    acknowledged_++;
    StartRead(&response_);
    MaybeSend();
  }
  void OnDone(const grpc::Status& status) override {
    if (!status.ok()) Fail("StreamActuals", status);
    done_.Notify();
  }
  int64_t Wait() {
    done_.WaitForNotification();
    return acknowledged_ * kBatch;
  }

 private:
  void MaybeSend() {
    if (writing_ || released_ || sent_ - acknowledged_ >= static_cast<int64_t>(kStreamWindow)) return;
    if (absl::Now() < end_) return Send();
    StartWritesDone();
    Release();
  }
  void Release() {
    if (!released_) RemoveHold();
    released_ = true;
  }
  void Send() {
    request_.clear_reports();
    AcceptFigures(&request_);
    for (int i = 0; i < kBatch; ++i) {
      const int64_t n = next_->fetch_add(1);
      v1::NamedReport* report = request_.add_reports();
      report->set_indicator(IndicatorName(n, tables_));
      FillReport(n, report->mutable_report());
    }
    request_.mutable_write()->set_request_id(absl::StrCat(absl::Uniform<uint64_t>(random_)));
    writing_ = true;
    StartWrite(&request_);
  }

  const int tables_;
  std::atomic<int64_t>* const next_;
  const absl::Time end_;
  absl::BitGen random_;
  grpc::ClientContext context_;
  v1::StreamActualsRequest request_;
  v1::StreamActualsResponse response_;
  absl::Mutex mutex_;
  int64_t sent_ = 0, acknowledged_ = 0;
  bool writing_ = false, released_ = false;
  absl::Notification done_;
};

}  // namespace

std::string TableName(int table) {
  return absl::StrCat(UnitName(table), "/tables/t", table % kTablesOfUnit);
}

void Seed(const std::string& address, int first, int tables) {
  const auto& channels = Connect(address, 4);
  std::atomic<int> next{first / kTablesOfUnit};
  std::vector<std::thread> seeders;
  for (int i = 0; i < kSeeders; ++i) {
    seeders.emplace_back([&, i] {
      const auto stub = v1::TargetService::NewStub(channels[i % channels.size()]);
      for (int unit = next++; unit < (first + tables) / kTablesOfUnit; unit = next++)
        SeedUnit(stub.get(), unit * kTablesOfUnit);
    });
  }
  for (std::thread& seeder : seeders) seeder.join();
}

void SeedWide(const std::string& address, int tables) {
  const auto& channels = Connect(address, 4);
  const std::string unit = WideName(tables);
  CreateUnit(v1::TargetService::NewStub(channels[0]).get(), unit, tables);
  std::atomic<int> next{0};
  std::vector<std::thread> seeders;
  for (int i = 0; i < kSeeders; ++i) {
    seeders.emplace_back([&, i] {
      const auto stub = v1::TargetService::NewStub(channels[i % channels.size()]);
      for (int table = next++; table < tables; table = next++)
        SeedTable(stub.get(), unit, absl::StrCat("t", table), table);
    });
  }
  for (std::thread& seeder : seeders) seeder.join();
}

Figures RunRecord(const Load& load) {
  const auto& channels = Connect(load.address, load.channels);
  const auto& stubs = Stubs<v1::ReportingService>(channels);
  absl::BitGen random;
  const int64_t start = absl::Uniform<int64_t>(random, 0, 1'000'000'000);
  return RunClosedLoop(load.outstanding, load.time, 0, [&](int slot, int64_t n, Done done) {
    auto call = std::make_shared<Call<v1::RecordActualRequest, v1::RecordActualResponse>>();
    call->request.set_indicator(IndicatorName(start + n, load.tables));
    FillReport(n, call->request.mutable_report());
    AcceptFigures(&call->request);
    call->request.mutable_write()->set_request_id(absl::StrCat("bench-", start + n));
    stubs[slot % stubs.size()]->async()->RecordActual(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) { done(status); });
  });
}

Figures RunPaced(const Load& load) {
  const auto stub = v1::ReportingService::NewStub(Connect(load.address, 1)[0]);
  const absl::Time begin = absl::Now();
  Figures figures;
  for (int64_t n = 0; absl::Now() < begin + load.time; ++n) {
    absl::SleepFor(begin + n * absl::Seconds(1) / load.outstanding - absl::Now());
    const absl::Time start = absl::Now();
    Call<v1::RecordActualRequest, v1::RecordActualResponse> call;
    call.request.set_indicator(IndicatorName(n, load.tables));
    FillReport(n, call.request.mutable_report());
    AcceptFigures(&call.request);
    if (grpc::Status status = stub->RecordActual(&call.context, call.request, &call.response); !status.ok())
      Fail("RecordActual", status);
    figures.latencies.push_back(absl::Now() - start);
  }
  figures.calls = figures.items = static_cast<int64_t>(figures.latencies.size());
  figures.time = absl::Now() - begin;
  return figures;
}

Figures RunScore(const Load& load) {
  const auto& channels = Connect(load.address, load.channels);
  const auto& stubs = Stubs<v1::ScoringService>(channels);
  return RunClosedLoop(load.outstanding, load.time, 0, [&](int slot, int64_t n, Done done) {
    auto call = std::make_shared<Call<v1::GetScoreRequest, v1::GetScoreResponse>>();
    call->request.set_name(TableName(Scattered(n, load.tables)));
    stubs[slot % stubs.size()]->async()->GetScore(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) { done(status); });
  });
}

Figures RunWide(const Load& load) {
  v1::GetScoreRequest request;
  request.set_name(WideName(load.tables));
  using Async = v1::ScoringService::StubInterface::async_interface;
  return RunSame<v1::GetScoreRequest, v1::GetScoreResponse, v1::ScoringService>(load, request,
                                                                                &Async::GetScore);
}

Figures RunRank(const Load& load) {
  v1::ListScoresRequest request;
  request.set_parent("units/-");
  request.set_order_by("score desc");
  request.set_page_size(50);
  using Async = v1::ScoringService::StubInterface::async_interface;
  return RunSame<v1::ListScoresRequest, v1::ListScoresResponse, v1::ScoringService>(load, request,
                                                                                    &Async::ListScores);
}

Figures RunReplay(const Load& load) {
  const auto stub = v1::ProfileService::NewStub(Connect(load.address, 1)[0]);
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::ReplayProfileRequest request;
  *request.mutable_profile() = Must(stub.get(), &v1::ProfileService::Stub::GetProfile, get).profile();
  request.mutable_profile()->mutable_defaults()->set_pass_gate("0.8");
  const absl::Time begin = absl::Now();
  Figures figures;
  figures.items = Must(stub.get(), &v1::ProfileService::Stub::ReplayProfile, request).indicator_count();
  figures.calls = 1;
  figures.time = absl::Now() - begin;
  return figures;
}

Figures RunStream(const Load& load) {
  const auto& channels = Connect(load.address, load.channels);
  const auto& stubs = Stubs<v1::ReportingService>(channels);
  std::atomic<int64_t> next{0};
  const absl::Time begin = absl::Now();
  std::vector<std::unique_ptr<Stream>> streams;
  for (const auto& stub : stubs)
    streams.push_back(std::make_unique<Stream>(stub.get(), load.tables, &next, begin + load.time));
  Figures figures;
  for (const auto& stream : streams) figures.items += stream->Wait();
  figures.calls = figures.items / kBatch;
  figures.time = absl::Now() - begin;
  return figures;
}

Figures RunBatches(const Load& load) {
  const auto stub = v1::ReportingService::NewStub(Connect(load.address, 1)[0]);
  const absl::Time begin = absl::Now();
  Figures figures;
  while (absl::Now() < begin + load.time) {
    v1::BatchRecordActualsRequest request;
    AcceptFigures(&request);
    for (int i = 0; i < kLargeBatch; ++i) {
      request.add_reports()->set_indicator(IndicatorName(figures.items, load.tables));
      FillReport(figures.items++, request.mutable_reports(i)->mutable_report());
    }
    Must(stub.get(), &v1::ReportingService::Stub::BatchRecordActuals, request);
  }
  figures.calls = figures.items / kLargeBatch;
  figures.time = absl::Now() - begin;
  return figures;
}

}  // namespace attain::bench
