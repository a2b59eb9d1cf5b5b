#include "tests/bench/stream_load.h"

#include <grpcpp/generic/generic_stub.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>

#include "absl/strings/str_format.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "attain/v1/admin_service.grpc.pb.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "tests/bench/closed_loop.h"

namespace attain::bench {
namespace {

using grpc::ByteBuffer;

// What all streams of a measurement share.
struct Run {
  explicit Run(const StreamLoad& stream_load) : load(stream_load), opened(stream_load.streams) {}

  const StreamLoad& load;
  absl::BlockingCounter opened;
  std::atomic<bool> counting{false}, over{false};
  std::atomic<int64_t> messages{0}, bytes{0};
  absl::Mutex mutex;
  std::vector<absl::Duration> latencies ABSL_GUARDED_BY(mutex);
};

void Measure(const ByteBuffer& bytes, Run* run) {
  ByteBuffer copy(bytes);
  v1::WatchResponse response;
  if (!grpc::SerializationTraits<v1::WatchResponse>::Deserialize(&copy, &response).ok() ||
      !response.has_changes())
    return;
  const google::protobuf::Timestamp& time = response.changes().record_time();
  const absl::Duration latency =
      absl::Now() - absl::FromUnixSeconds(time.seconds()) - absl::Nanoseconds(time.nanos());
  absl::MutexLock lock(&run->mutex);
  run->latencies.push_back(latency);
}

// One stream after the other in one place; never freed: gRPC may be busy with it when the measurement is
// over.
class Place {
 public:
  Place(int number, grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>* stub, Run* run)
      : number_(number), stub_(stub), run_(run) {}
  void Open() { new Stream(this); }

 private:
  class Stream : public grpc::ClientBidiReactor<ByteBuffer, ByteBuffer> {
   public:
    explicit Stream(Place* place) : place_(place), run_(place->run_) {
      const std::vector<std::string>& requests = run_->load.requests;
      const grpc::Slice slice(requests[static_cast<size_t>(place->number_) % requests.size()]);
      request_ = ByteBuffer(&slice, 1);
      context_.AddMetadata("attain-actor", absl::StrFormat("bench-%d", place->number_ % 20));
      place->stub_->PrepareBidiStreamingCall(&context_, run_->load.method, {}, this);
      StartWriteLast(&request_, grpc::WriteOptions());
      StartRead(&incoming_);
      StartCall();
    }
    void OnReadDone(bool ok) override {
      if (!ok) return;
      if (run_->over) {
        context_.TryCancel();
        return;
      }
      if (++read_ == 1) {
        place_->OpenedOnce();
      } else if (run_->counting.load(std::memory_order_relaxed)) {
        run_->messages.fetch_add(1, std::memory_order_relaxed);
        run_->bytes.fetch_add(static_cast<int64_t>(incoming_.Length()), std::memory_order_relaxed);
        if (run_->load.latencies) Measure(incoming_, run_);
      }
      if (run_->load.messages_per_stream > 0 && read_ > run_->load.messages_per_stream) {
        context_.TryCancel();
      } else {
        StartRead(&incoming_);
      }
    }
    void OnDone(const grpc::Status& status) override {
      const bool cancelled = status.error_code() == grpc::StatusCode::CANCELLED;
      if (!cancelled) Fail("stream", status);
      Place* const place = place_;
      delete this;
      if (!place->run_->over) place->Open();
    }

   private:
    Place* const place_;
    Run* const run_;
    grpc::ClientContext context_;
    ByteBuffer request_, incoming_;
    int64_t read_ = 0;
  };

  void OpenedOnce() {
    if (!opened_) run_->opened.DecrementCount();
    opened_ = true;
  }

  const int number_;
  grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>* const stub_;
  Run* const run_;
  bool opened_ = false;
};

Run* OpenAll(const StreamLoad& load) {
  auto* const run = new Run(load);
  std::vector<grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>*> stubs;
  for (const auto& channel : Connect(load.address, load.channels)) {
    stubs.push_back(new grpc::TemplatedGenericStub<ByteBuffer, ByteBuffer>(channel));
  }
  for (int i = 0; i < load.streams; ++i)
    (new Place(i, stubs[static_cast<size_t>(i) % stubs.size()], run))->Open();
  run->opened.Wait();
  return run;
}

double Percentile(const std::vector<absl::Duration>& sorted, double part) {
  if (sorted.empty()) return 0;
  return absl::ToDoubleMicroseconds(
      sorted[std::min(sorted.size() - 1, static_cast<size_t>(part * static_cast<double>(sorted.size())))]);
}

}  // namespace

std::string StreamFigures::ToJson() {
  std::sort(latencies.begin(), latencies.end());
  return absl::StrFormat(
      "{\"per_second\": %.1f, \"messages\": %d, \"bytes\": %d, \"p50_us\": %.1f, \"p99_us\": %.1f}",
      static_cast<double>(messages) / absl::ToDoubleSeconds(time), messages,
      messages == 0 ? 0 : bytes / messages, Percentile(latencies, 0.5), Percentile(latencies, 0.99));
}

StreamFigures RunStreams(const StreamLoad& load) {
  Run* const run = OpenAll(load);
  std::cout << "open" << std::endl;
  const absl::Time begin = absl::Now();
  run->counting = true;
  absl::SleepFor(load.time);
  run->counting = false;
  StreamFigures figures;
  figures.time = absl::Now() - begin;
  figures.messages = run->messages;
  figures.bytes = run->bytes;
  absl::MutexLock lock(&run->mutex);
  figures.latencies = run->latencies;
  return figures;
}

void HoldStreams(const StreamLoad& load) {
  OpenAll(load);
  std::cout << "open" << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}

std::string WatchRequestFor(const std::vector<std::string>& names, const std::string& token,
                            int interval_ms) {
  v1::WatchRequest request;
  for (const std::string& name : names) request.add_names(name);
  request.set_resume_token(token);
  if (interval_ms > 0) request.set_mode(v1::WATCH_MODE_LATEST_STATE);
  request.set_interval_ms(interval_ms);
  return request.SerializeAsString();
}

int64_t MessagesSent(const std::string& address) {
  const auto stub = v1::AdminService::NewStub(Connect(address, 1)[0]);
  grpc::ClientContext context;
  v1::GetServerInfoResponse info;
  if (grpc::Status status = stub->GetServerInfo(&context, v1::GetServerInfoRequest(), &info); !status.ok())
    Fail("GetServerInfo", status);
  return info.watch().messages();
}

std::string HeadToken(const std::string& address, const std::vector<std::string>& names) {
  const auto stub = v1::WatchService::NewStub(Connect(address, 1)[0]);
  grpc::ClientContext context;
  v1::WatchRequest request;
  request.ParseFromString(WatchRequestFor(names, "", 0));
  const auto reader = stub->Watch(&context, request);
  v1::WatchResponse created;
  if (!reader->Read(&created)) Fail("Watch", reader->Finish());
  context.TryCancel();
  return created.resume_token();
}

}  // namespace attain::bench
