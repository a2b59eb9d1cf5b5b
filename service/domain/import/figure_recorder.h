// Records figures that a document brought, one by one, in the way of RecordActual and RecordSpending, and
// turns what they refuse into findings with their places.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_FIGURE_RECORDER_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_FIGURE_RECORDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/reports/report_judge.h"
#include "service/domain/reports/report_target.h"

namespace attain::engine {

// Where a figure stands in its document, for findings.
struct FigureOrigin {
  importing::Place place;  // with the numbers of its table and row
  std::string table_name, indicator_name, raw;
};

// A finding on a figure; message and repair are for the caller to fill in.
importing::Finding& TellOf(const FigureOrigin& origin, importing::Severity severity, absl::string_view code,
                           std::vector<importing::Finding>* findings);

// Belongs to one command. What it finds are errors (kError) where a figure was left out; the caller decides
// whether that is accepted.
class FigureRecorder {
 public:
  // All must outlive it.
  FigureRecorder(const v1::ImportDocumentRequest& request, Transaction& txn,
                 v1::ImportDocumentResponse* response, std::vector<importing::Finding>* findings)
      : request_(request), txn_(txn), response_(*response), findings_(*findings) {}

  // One value of one row. Tells ACTUAL_REFUSED with the words of what refused it, ALREADY_RECORDED, and what
  // the judge of reports found. The answer
  // gets an ImportedActual unless it was refused; its index there, −1 without. Errors are the store's.
  absl::StatusOr<int> Record(const ResourceName& indicator, const v1::ActualReport& report,
                             const FigureOrigin& origin);
  // The same of money: SPENDING_REFUSED.
  absl::Status RecordSpending(const ResourceName& table, const v1::Spending& spending,
                              const FigureOrigin& origin);

 private:
  absl::Status Refused(const absl::Status& status, absl::string_view code, const FigureOrigin& origin);
  absl::StatusOr<bool> IsThere(const ReportTarget& target, const disk::ActualState& actual);
  void TellThere(const FigureOrigin& origin, const std::string& date);
  void TakeFindings(Judgement judgement, const FigureOrigin& origin);
  Judgement NewJudgement() const;

  const v1::ImportDocumentRequest& request_;
  Transaction& txn_;
  v1::ImportDocumentResponse& response_;
  std::vector<importing::Finding>& findings_;
  // What was recorded before this command, by indicator.
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> before_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_FIGURE_RECORDER_H_
