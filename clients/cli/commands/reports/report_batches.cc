#include "clients/cli/commands/reports/report_batches.h"

#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/names.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/report_words.h"
#include "clients/cpp/bulk_loader.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

// Reports of a batch, which is one revision: other writers wait while it is decided and written. 400 took a
// tenth less time for the whole list, and others waited three times as long.
constexpr int kBatch = 100;

class Sender {
 public:
  Sender(Context& context, const ReportLines& found, BulkSummary* summary)
      : context_(context), found_(found), summary_(*summary) {
    FillAccepted(context, &accepted_);
  }

  absl::Status Run() {
    // Answers up to here are those of an earlier run.
    const absl::StatusOr<v1::GetServerInfoResponse> info = context_.client().GetServerInfo({});
    if (client::IsUnreachable(info.status())) return info.status();
    head_ = info.ok() ? info->revision() : 0;
    ProgressBar bar(&context_.err(), context_.err_is_terminal(), absl::Now());
    while (next_ < found_.reports.size()) {
      RETURN_IF_ERROR(context_.validate_only() ? CheckBatch() : SendBatches(&bar));
      bar.Update(next_, found_.reports.size(), absl::Now());
    }
    return absl::OkStatus();
  }

  size_t answered() const { return next_; }

 private:
  absl::Span<const v1::NamedReport> Rest() const {
    return absl::MakeConstSpan(found_.reports).subspan(next_);
  }

  // A batch that the file holds twice is sent twice, and not taken for one that is sent again.
  std::string ContentId(const v1::StreamActualsRequest& batch) {
    const std::string id = BatchId(batch, absl::Now());
    const int before = sent_[id]++;
    return before == 0 ? id : absl::StrCat(id, "-", before);
  }

  // The same for a batch that is sent again; `first` is the index of its first report.
  std::string IdOf(size_t first, const v1::StreamActualsRequest& batch) {
    std::string& id = ids_[first];
    const std::string given = context_.args().Get("request-id");
    if (id.empty() && !given.empty()) id = absl::StrCat(given, "-", ids_.size() - 1);
    if (id.empty()) id = ContentId(batch);
    return id;
  }

  // Batches that are all or nothing, several on their way: the server records them in their order, and none
  // behind one that it refuses. Of that one, what is right goes before the rest.
  absl::Status SendBatches(ProgressBar* bar) {
    const size_t start = next_;
    client::BulkOptions options;
    options.batch = kBatch;
    options.all_or_nothing = true;
    options.accept_findings.assign(accepted_.begin(), accepted_.end());
    options.id_of = [&](size_t first, const v1::StreamActualsRequest& batch) {
      return IdOf(start + first, batch);
    };
    options.answered = [&](size_t first, size_t count, const v1::StreamActualsResponse& answer) {
      Take(start + first, count, answer.commit().revision(), answer.findings());
      next_ = start + first + count;
      bar->Update(next_, found_.reports.size(), absl::Now());
    };
    const client::BulkResult result = client::LoadActuals(context_.client(), Rest(), options);
    if (result.status.ok()) return absl::OkStatus();
    if (client::IsUnreachable(result.status) || absl::IsCancelled(result.status)) return result.status;
    return SendRows();
  }

  void Take(size_t first, size_t count, int64_t revision,
            const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
    summary_.last_revision = std::max(summary_.last_revision, revision);
    if (revision > 0 && revision <= head_) {
      summary_.before += count;
      summary_.before_revision = std::max(summary_.before_revision, revision);
      summary_.accepted += count;
      return;
    }
    std::vector<bool> risky(count, false);
    for (const v1::Finding& finding : findings) {
      const auto at = static_cast<size_t>(finding.line()) - 1;
      if (at < count && Keep(first + at, finding)) risky[at] = true;
    }
    summary_.accepted += count - static_cast<size_t>(std::count(risky.begin(), risky.end(), true));
  }

  bool Keep(size_t index, const v1::Finding& finding) {
    google::protobuf::RepeatedPtrField<v1::Finding> one;
    *one.Add() = finding;
    return Notice(found_.lines[index], ShortName(found_.reports[index].indicator()), one, &summary_);
  }

  void Refuse(size_t index, absl::string_view message) {
    summary_.refused.push_back(
        {found_.lines[index], ShortName(found_.reports[index].indicator()), std::string(message)});
  }

  // The next batch row by row over one stream: those that are right are recorded.
  absl::Status SendRows() {
    const size_t first = next_, count = client::MessageSize(Rest(), kBatch);
    client::BulkOptions options;
    if (context_.args().Has("request-id")) options.request_id = absl::StrCat(ids_[first], "-rows");
    options.accept_findings.assign(accepted_.begin(), accepted_.end());
    const client::BulkResult result =
        client::LoadActuals(context_.client(), Rest().subspan(0, count), options);
    summary_.accepted += result.accepted;
    summary_.last_revision = std::max(summary_.last_revision, result.last_revision);
    for (const client::BulkRefusal& refusal : result.refusals) Refuse(first + refusal.index, refusal.message);
    for (const client::BulkFinding& noticed : result.findings) Keep(first + noticed.index, noticed.finding);
    RETURN_IF_ERROR(result.status);
    next_ += count;
    return absl::OkStatus();
  }

  // Asks what would become of the next batch.
  absl::Status CheckBatch() {
    const size_t first = next_;
    v1::BatchRecordActualsRequest batch;
    *batch.mutable_write()->mutable_accept_findings() = accepted_;
    batch.mutable_write()->set_validate_only(true);
    for (const v1::NamedReport& report : Rest().subspan(0, client::MessageSize(Rest(), kBatch)))
      *batch.add_reports() = report;
    const absl::StatusOr<v1::BatchRecordActualsResponse> response =
        context_.client().BatchRecordActuals(batch);
    if (client::IsUnreachable(response.status())) return response.status();
    next_ += static_cast<size_t>(batch.reports_size());
    if (!response.ok()) return CheckRows(first);
    Take(first, next_ - first, 0, response->findings());
    return absl::OkStatus();
  }

  // Nothing is recorded: every report is asked for by itself, because a batch that is refused names at most
  // twenty of its faults.
  absl::Status CheckRows(size_t first) {
    for (size_t i = first; i < next_; ++i) {
      v1::RecordActualRequest request;
      request.set_indicator(found_.reports[i].indicator());
      *request.mutable_report() = found_.reports[i].report();
      *request.mutable_write()->mutable_accept_findings() = accepted_;
      request.mutable_write()->set_validate_only(true);
      const absl::StatusOr<v1::RecordActualResponse> response =
          context_.client().RecordActual(std::move(request));
      if (client::IsUnreachable(response.status())) return response.status();
      if (!response.ok()) {
        Refuse(i, response.status().message());
      } else if (!Notice(found_.lines[i], ShortName(found_.reports[i].indicator()), response->findings(),
                         &summary_)) {
        ++summary_.accepted;
      }
    }
    return absl::OkStatus();
  }

  Context& context_;
  const ReportLines& found_;
  BulkSummary& summary_;
  google::protobuf::RepeatedPtrField<std::string> accepted_;
  size_t next_ = 0;  // reports before it were answered
  int64_t head_ = 0;
  std::map<size_t, std::string> ids_;  // of batches, by their first report
  std::map<std::string, int> sent_;    // ids made of content, and how often
};

}  // namespace

std::string BatchId(const v1::StreamActualsRequest& batch, absl::Time now) {
  std::string content = batch.SerializeAsString();
  const bool dated =
      std::all_of(batch.reports().begin(), batch.reports().end(),
                  [](const v1::NamedReport& report) { return !report.report().date().empty(); });
  if (!dated) absl::StrAppend(&content, absl::FormatTime("%Y-%m-%d", now, absl::FixedTimeZone(8 * 3600)));
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest);
  return absl::StrCat("csv-", absl::BytesToHexString(
                                  absl::string_view(reinterpret_cast<const char*>(digest), sizeof(digest))));
}

absl::Status SendReports(Context& context, const ReportLines& found, BulkSummary* summary) {
  Sender sender(context, found, summary);
  absl::Status status = sender.Run();
  if (!status.ok()) {
    context.err() << context.Say(
                         words::kBulkStopped, sender.answered(),
                         context.Count(static_cast<int64_t>(found.reports.size()), "row was", "rows were"),
                         summary->accepted)
                  << '\n';
  }
  return status;
}

}  // namespace attain::cli
