#include "clients/cpp/connection.h"

#include <grpcpp/impl/codegen/client_unary_call.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/cpp/backoff.h"
#include "clients/cpp/error.h"
#include "google/protobuf/wrappers.pb.h"

namespace attain::client {
namespace {

constexpr int kMaxAnswerBytes = 64 << 20;
constexpr int kKeepaliveMs = 30'000, kKeepaliveTimeoutMs = 10'000, kLongestReconnectMs = 2'000;
constexpr int kConnectMs = 5'000;

bool IsThisMachine(const std::string& server) {
  for (const char* prefix : {"127.", "localhost", "[::1]", "unix:"}) {
    if (absl::StartsWith(server, prefix)) return true;
  }
  return false;
}

// Metadata is ASCII; names are Chinese.
std::string PercentEncode(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    if (c > 0x20 && c < 0x7f && c != '%') {
      encoded.push_back(c);
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::shared_ptr<grpc::Channel> MakeChannel(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  // Despite its name the time that one attempt to connect may take: a busy server is slow to greet, and
  // hanging up on it too early every time would never get through.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMs);
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  // gRPC would send calls for this machine through http_proxy too.
  if (IsThisMachine(options.server)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (!options.tls_ca.empty()) {
    grpc::SslCredentialsOptions ssl;
    ssl.pem_root_certs = options.tls_ca;
    credentials = grpc::SslCredentials(ssl);
  }
  return grpc::CreateCustomChannel(options.server, credentials, arguments);
}

// STORE_UNAVAILABLE stays until the operator restarts the server: waiting would only hide it.
bool MaySucceedLater(const absl::Status& status, const ErrorDetails& details) {
  if (absl::IsUnavailable(status)) {
    return details.reason.empty() || details.reason == "SHUTTING_DOWN" ||
           details.reason == "REVISION_NOT_HERE_YET";
  }
  return absl::IsResourceExhausted(status) && details.reason == "OVERLOADED";
}

}  // namespace

absl::Status ToStatus(const grpc::Status& status) {
  return MakeStatus(static_cast<int>(status.error_code()), status.error_message(), status.error_details());
}

Connection::Connection(ClientOptions options)
    : options_(std::move(options)),
      channel_(MakeChannel(options_)),
      targets_(v1::TargetService::NewStub(channel_)),
      reporting_(v1::ReportingService::NewStub(channel_)),
      scoring_(v1::ScoringService::NewStub(channel_)),
      profiles_(v1::ProfileService::NewStub(channel_)),
      admin_(v1::AdminService::NewStub(channel_)),
      history_(v1::HistoryService::NewStub(channel_)),
      watch_(v1::WatchService::NewStub(channel_)),
      files_(v1::FileService::NewStub(channel_)) {}

void Connection::Prepare(grpc::ClientContext* context) const {
  context->AddMetadata("accept-language", options_.language);
  if (!options_.actor.empty()) context->AddMetadata("attain-actor", PercentEncode(options_.actor));
  if (!options_.token.empty()) context->AddMetadata("authorization", absl::StrCat("Bearer ", options_.token));
}

absl::Status Connection::Repeat(const std::function<grpc::Status(grpc::ClientContext*)>& call,
                                absl::Duration timeout) const {
  const absl::Time start = absl::Now(), deadline = start + timeout;
  Backoff backoff;
  while (true) {
    grpc::ClientContext context;
    Prepare(&context);
    context.set_deadline(absl::ToChronoTime(deadline));
    absl::Status status = ToStatus(call(&context));
    if (status.ok()) return status;
    const ErrorDetails details = DetailsOf(status);
    if (!MaySucceedLater(status, details)) return status;
    const absl::Time end = details.reason.empty() ? std::min(deadline, start + options_.patience) : deadline;
    const absl::Duration wait = backoff.Next(details.retry_delay);
    if (absl::Now() + wait >= end) return status;
    absl::SleepFor(wait);
  }
}

absl::StatusOr<bool> Connection::IsServing() const {
  // On the wire these wrappers are HealthCheckRequest{string service = 1} and HealthCheckResponse{enum status
  // = 1}.
  constexpr int kServing = 1;
  grpc::internal::RpcMethod method("/grpc.health.v1.Health/Check", grpc::internal::RpcMethod::NORMAL_RPC,
                                   channel_);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + std::min(options_.timeout, absl::Seconds(5))));
  google::protobuf::Int32Value answer;
  const absl::Status status = ToStatus(grpc::internal::BlockingUnaryCall(
      channel_.get(), method, &context, google::protobuf::StringValue(), &answer));
  if (!status.ok()) return status;
  return answer.value() == kServing;
}

}  // namespace attain::client
