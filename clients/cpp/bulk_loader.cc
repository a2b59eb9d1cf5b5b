#include "clients/cpp/bulk_loader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cpp/backoff.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/error.h"

namespace attain::client {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 20;  // of a message: the server takes four times that

using Stream = grpc::ClientReaderWriter<v1::StreamActualsRequest, v1::StreamActualsResponse>;

// The error of a batch or of an item as that of a call.
absl::Status StatusOf(const google::rpc::Status& status) {
  return MakeStatus(status.code(), status.message(), status.SerializeAsString());
}

class Loader {
 public:
  Loader(const Client& client, absl::Span<const v1::NamedReport> reports, const BulkOptions& options)
      : client_(client),
        reports_(reports),
        options_(options),
        window_(static_cast<size_t>(std::max(options.window, 1))),
        request_id_(options.request_id.empty() ? NewRequestId() : options.request_id) {
    for (size_t first = 0; first < reports.size();
         first += MessageSize(reports.subspan(first), options.batch)) {
      firsts_.push_back(first);
    }
    messages_ = firsts_.size();
    firsts_.push_back(reports.size());
  }

  BulkResult Run() {
    Backoff backoff;
    absl::Time last_progress = absl::Now();
    while (acknowledged_ < messages_) {
      const size_t before = acknowledged_;
      RunStream();
      if (acknowledged_ == messages_ || !MayGoOn(result_.status)) break;
      if (acknowledged_ > before) {
        backoff.Reset();
        last_progress = absl::Now();
      }
      const absl::Duration wait = backoff.Next();
      const absl::Duration patience =
          acknowledged_ > 0 ? options_.resume_patience : client_.options().patience;
      if (absl::Now() + wait > last_progress + patience) break;
      absl::SleepFor(wait);
    }
    return std::move(result_);
  }

 private:
  static bool MayGoOn(const absl::Status& status) {
    const std::string reason = DetailsOf(status).reason;
    return (absl::IsUnavailable(status) && reason != "STORE_UNAVAILABLE") || absl::IsCancelled(status) ||
           reason == "OVERLOADED";
  }

  v1::StreamActualsRequest Message(size_t number) const {
    v1::StreamActualsRequest message;
    for (const std::string& code : options_.accept_findings)
      message.mutable_write()->add_accept_findings(code);
    for (size_t i = firsts_[number]; i < firsts_[number + 1]; ++i) *message.add_reports() = reports_[i];
    message.mutable_write()->set_request_id(options_.id_of ? options_.id_of(firsts_[number], message)
                                                           : absl::StrCat(request_id_, "-", number));
    message.set_sequence(static_cast<int32_t>(number));
    return message;
  }

  // One connection: goes on behind the last acknowledged message.
  void RunStream() {
    grpc::ClientContext context;
    client_.connection().Prepare(&context);
    if (options_.all_or_nothing) context.AddMetadata("attain-all-or-nothing", "true");
    const std::unique_ptr<Stream> stream = client_.connection().reporting().StreamActuals(&context);
    size_t sent = acknowledged_;
    v1::StreamActualsResponse answer;
    absl::Status refused;
    bool alive = true;
    while (acknowledged_ < messages_) {
      while (alive && sent < messages_ && sent - acknowledged_ < window_) {
        alive = stream->Write(Message(sent));
        if (alive && ++sent == messages_) stream->WritesDone();
      }
      if (!stream->Read(&answer)) break;
      if (answer.has_batch_error()) refused = StatusOf(answer.batch_error());
      if (!refused.ok() || !Take(answer)) {
        context.TryCancel();
        break;
      }
    }
    const absl::Status status = ToStatus(stream->Finish());
    if (acknowledged_ == messages_) {
      result_.status = absl::OkStatus();
    } else if (!refused.ok()) {
      result_.status = refused;
    } else if (result_.status = status; status.ok()) {
      result_.status = absl::CancelledError("the server ended the stream early");
    }
  }

  bool Take(const v1::StreamActualsResponse& answer) {
    if (answer.sequence() != static_cast<int32_t>(acknowledged_)) return false;  // not our protocol
    const size_t first = firsts_[acknowledged_];
    result_.accepted += static_cast<size_t>(answer.accepted());
    result_.last_revision = std::max<int64_t>(result_.last_revision, answer.commit().revision());
    for (const v1::ItemError& error : answer.errors()) {
      const absl::Status refused = StatusOf(error.status());
      result_.refusals.push_back({first + static_cast<size_t>(error.index()), DetailsOf(refused).reason,
                                  std::string(refused.message())});
    }
    for (const v1::Finding& finding : answer.findings()) {
      result_.findings.push_back({first + static_cast<size_t>(std::max(finding.line(), 1)) - 1, finding});
    }
    ++acknowledged_;
    result_.answered = firsts_[acknowledged_];
    if (options_.answered) options_.answered(first, result_.answered - first, answer);
    if (options_.progress) options_.progress(result_.answered, reports_.size());
    return true;
  }

  const Client& client_;
  const absl::Span<const v1::NamedReport> reports_;
  const BulkOptions& options_;
  const size_t window_;
  const std::string request_id_;
  std::vector<size_t> firsts_;  // index of the first report of each message, and of the end
  size_t messages_ = 0;
  size_t acknowledged_ = 0;  // messages
  BulkResult result_;
};

}  // namespace

BulkResult LoadActuals(const Client& client, absl::Span<const v1::NamedReport> reports,
                       const BulkOptions& options) {
  return Loader(client, reports, options).Run();
}

size_t MessageSize(absl::Span<const v1::NamedReport> reports, int batch) {
  const size_t most = std::min(reports.size(), static_cast<size_t>(std::clamp(batch, 1, 1000)));
  size_t count = 0;
  for (size_t bytes = 0; count < most && bytes < kMaxBytes; ++count) bytes += reports[count].ByteSizeLong();
  return count;
}

}  // namespace attain::client
