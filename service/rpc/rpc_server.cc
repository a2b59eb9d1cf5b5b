#include "service/rpc/rpc_server.h"

#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <grpcpp/alarm.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/schema/methods.h"
#include "service/calls/key_pair.h"
#include "service/calls/listen_address.h"
#include "service/rpc/health.h"
#include "service/rpc/services.h"

namespace attain::rpc {
namespace {

absl::flat_hash_set<std::string> NamesOfApi() {
  absl::flat_hash_set<std::string> names;
  for (const google::protobuf::ServiceDescriptor* service : schema::ServicesOfApi())
    names.insert(service->full_name());
  return names;
}

std::atomic<void (*)(const char*)> transport_log{nullptr};

void PassOn(gpr_log_func_args* line) {
  if (auto* const log = transport_log.load(); log != nullptr) log(line->message);
}

// What a stream may have waiting that need not be hurried.
constexpr int kWriteBufferBytes = 16 << 10;
constexpr std::chrono::milliseconds kArrival{100};
constexpr absl::Duration kPatience = absl::Seconds(2);  // with watches whose client does not read
constexpr absl::Duration kFarewell = absl::Seconds(1);  // for answers that are being sent

class RpcServerImpl : public RpcServer {
 public:
  explicit RpcServerImpl(const RpcServerOptions& options)
      : workers_(options.workers, options.max_waiting_queries),
        files_(options.documents, options.uploads, options.files),
        calls_(options.engine, &workers_, &stop_, options.log != nullptr ? options.log : &silent_),
        dispatch_(&calls_, &files_),
        services_(MakeServices(&dispatch_)),
        health_(options.engine, NamesOfApi()) {}

  absl::Status Listen(const RpcServerOptions& options) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(options.listen, Credentials(options), &port);
    for (const std::unique_ptr<grpc::Service>& service : services_) builder.RegisterService(service.get());
    builder.RegisterService(&health_);
    builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
    // A client may ping every 5 seconds, also without calls.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 5'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                               static_cast<int>(absl::ToInt64Milliseconds(options.keepalive)));
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // as many as it takes
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    // Two servers on one port would split the calls between them without a word.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_WRITE_BUFFER_SIZE, kWriteBufferBytes);
    // Counts for a tool that nobody connects here, at every call and message.
    builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
    server_ = builder.BuildAndStart();
    const bool is_unix = absl::StartsWith(options.listen, "unix:");
    if (server_ == nullptr || (port == 0 && !is_unix)) {
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", options.listen,
                       ": the address is in use or not this machine's, or the port is not allowed"));
    }
    address_ = is_unix ? options.listen
                       : absl::StrCat(options.listen.substr(0, options.listen.rfind(':')), ":", port);
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }

  void Stop(absl::Duration grace) override {
    const absl::Time start = absl::Now(), end = start + grace;
    health_.GoDown();
    stop_.Raise();
    // gRPC cancels calls that reach it after Shutdown: those on their way now are told to come again instead.
    bool insisted = false;
    do {
      Pause(kArrival);
      if (!insisted && absl::Now() > start + kPatience) {
        stop_.Insist();
        insisted = true;
      }
    } while (dispatch_.under_way() > 0 && absl::Now() < end);
    // An idle client need not notice that the server asks it to leave: it is not waited for.
    server_->Shutdown(absl::ToChronoTime(absl::Now() + kFarewell));
    server_->Wait();
  }

 private:
  static void Pause(std::chrono::milliseconds time) {
    std::promise<void> over;
    grpc::Alarm alarm;
    alarm.Set(std::chrono::system_clock::now() + time, [&over](bool) { over.set_value(); });
    over.get_future().wait();
  }

  static std::shared_ptr<grpc::ServerCredentials> Credentials(const RpcServerOptions& options) {
    if (options.tls_certificate.empty()) return grpc::InsecureServerCredentials();
    grpc::SslServerCredentialsOptions ssl;
    ssl.pem_key_cert_pairs.push_back({options.tls_key, options.tls_certificate});
    return grpc::SslServerCredentials(ssl);
  }

  calls::StopSignal stop_;
  calls::WorkerPool workers_;
  FileCalls files_;
  const calls::CallLog silent_{nullptr, nullptr};
  const calls::Calls calls_;
  Dispatch dispatch_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  Health health_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(const RpcServerOptions& options) {
  if (const auto address = calls::ParseListenAddress(options.listen); !address.ok()) return address.status();
  if (!options.tls_certificate.empty() || !options.tls_key.empty()) {
    if (absl::Status pair = calls::CheckKeyPair(options.tls_certificate, options.tls_key); !pair.ok())
      return pair;
  }
  transport_log.store(options.transport_log);
  gpr_set_log_function(&PassOn);
  // Holds gRPC until the process ends: taking it down can wait ten seconds for a poller of its own.
  [[maybe_unused]] static const bool held = (grpc_init(), true);
  grpc::EnableDefaultHealthCheckService(false);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  auto server = std::make_unique<RpcServerImpl>(options);
  if (absl::Status listening = server->Listen(options); !listening.ok()) return listening;
  return std::unique_ptr<RpcServer>(std::move(server));
}

}  // namespace attain::rpc
