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
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/names.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cpp/bulk_loader.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

// One revision each. More would hold up other writers while it is decided; the server takes 10,000.
constexpr size_t kMaxBatch = 1000, kMaxBatchBytes = size_t{1} << 20;

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
    for (int number = 0; next_ < found_.reports.size(); ++number) {
      const size_t first = next_;
      RETURN_IF_ERROR(SendBatch(number, NextBatch()));
      bar.Update(next_, found_.reports.size(), absl::Now());
      answered_ += next_ - first;
    }
    return absl::OkStatus();
  }

  size_t answered() const { return answered_; }

 private:
  v1::BatchRecordActualsRequest NextBatch() {
    v1::BatchRecordActualsRequest batch;
    *batch.mutable_accept_findings() = accepted_;
    size_t bytes = 0;
    while (next_ < found_.reports.size() && static_cast<size_t>(batch.reports_size()) < kMaxBatch &&
           bytes < kMaxBatchBytes) {
      bytes += found_.reports[next_].ByteSizeLong();
      *batch.add_reports() = found_.reports[next_++];
    }
    return batch;
  }

  // A report without a day is of today, so the same file tomorrow is another one. A batch that the file holds
  // twice is sent twice, and not taken for one that is sent again.
  std::string ContentId(const v1::BatchRecordActualsRequest& batch) {
    std::string content = batch.SerializeAsString();
    const bool dated =
        std::all_of(batch.reports().begin(), batch.reports().end(),
                    [](const v1::NamedReport& report) { return !report.report().date().empty(); });
    if (!dated)
      absl::StrAppend(&content, absl::FormatTime("%Y-%m-%d", absl::Now(), absl::FixedTimeZone(8 * 3600)));
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest);
    const std::string id = absl::StrCat("csv-", absl::BytesToHexString(absl::string_view(
                                                    reinterpret_cast<const char*>(digest), sizeof(digest))));
    const int before = sent_[id]++;
    return before == 0 ? id : absl::StrCat(id, "-", before);
  }

  absl::Status SendBatch(int number, v1::BatchRecordActualsRequest batch) {
    const std::string given = context_.args().Get("request-id");
    const size_t first = next_ - static_cast<size_t>(batch.reports_size());
    batch.set_validate_only(context_.validate_only());
    if (!context_.validate_only())
      batch.set_request_id(given.empty() ? ContentId(batch) : absl::StrCat(given, "-", number));
    const absl::StatusOr<v1::BatchRecordActualsResponse> response =
        context_.client().BatchRecordActuals(batch);
    if (client::IsUnreachable(response.status())) return response.status();
    if (!response.ok()) return context_.validate_only() ? CheckRows(first) : SendRows(first, given, number);
    Take(first, *response);
    return absl::OkStatus();
  }

  void Take(size_t first, const v1::BatchRecordActualsResponse& response) {
    const size_t count = next_ - first;
    const int64_t revision = response.commit().revision();
    summary_.last_revision = std::max(summary_.last_revision, revision);
    if (revision > 0 && revision <= head_) {
      summary_.before += count;
      summary_.before_revision = std::max(summary_.before_revision, revision);
      summary_.accepted += count;
      return;
    }
    std::vector<bool> risky(count, false);
    for (const v1::Finding& finding : response.findings()) {
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

  // Row by row over one stream: those that are right are recorded.
  absl::Status SendRows(size_t first, const std::string& given, int number) {
    client::BulkOptions options;
    if (!given.empty()) options.request_id = absl::StrCat(given, "-", number, "-rows");
    options.accept_findings.assign(accepted_.begin(), accepted_.end());
    const std::vector<v1::NamedReport> rows(found_.reports.begin() + static_cast<ptrdiff_t>(first),
                                            found_.reports.begin() + static_cast<ptrdiff_t>(next_));
    const client::BulkResult result = client::LoadActuals(context_.client(), rows, options);
    summary_.accepted += result.accepted;
    summary_.last_revision = std::max(summary_.last_revision, result.last_revision);
    for (const client::BulkRefusal& refusal : result.refusals) Refuse(first + refusal.index, refusal.message);
    for (const client::BulkFinding& noticed : result.findings) Keep(first + noticed.index, noticed.finding);
    return result.status;
  }

  // Nothing is recorded: every report is asked for by itself, because a batch that is refused names at most
  // twenty of its faults.
  absl::Status CheckRows(size_t first) {
    for (size_t i = first; i < next_; ++i) {
      v1::RecordActualRequest request;
      request.set_indicator(found_.reports[i].indicator());
      *request.mutable_report() = found_.reports[i].report();
      *request.mutable_accept_findings() = accepted_;
      request.set_validate_only(true);
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
  size_t next_ = 0, answered_ = 0;
  int64_t head_ = 0;
  std::map<std::string, int> sent_;  // ids made of content, and how often
};

}  // namespace

absl::Status SendReports(Context& context, const ReportLines& found, BulkSummary* summary) {
  Sender sender(context, found, summary);
  absl::Status status = sender.Run();
  if (!status.ok()) {
    context.err() << context.Say(
                         Msg::kBulkStopped, sender.answered(),
                         context.Count(static_cast<int64_t>(found.reports.size()), "row was", "rows were"),
                         summary->accepted)
                  << '\n';
  }
  return status;
}

}  // namespace attain::cli
