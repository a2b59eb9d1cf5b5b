// A gRPC server in the test's own process with a few canned resources and faults on demand.
#ifndef ATTAIN_TESTS_UNIT_CLIENTS_FAKE_SERVER_H_
#define ATTAIN_TESTS_UNIT_CLIENTS_FAKE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "attain/v1/file_service.grpc.pb.h"
#include "attain/v1/profile_service.grpc.pb.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/scoring_service.grpc.pb.h"
#include "attain/v1/target_service.grpc.pb.h"

namespace attain::client {

// What the service saw and how it is to misbehave. Thread-safe through `mutex`.
struct FakeState {
  std::mutex mutex;
  std::vector<v1::Unit> units;    // for ListUnits, in pages of `page` rows
  std::vector<v1::Table> tables;  // for ListTables and GetTable
  size_t page = 2;
  int refuse_next = 0;   // that many unary calls end with `refusal`
  grpc::Status refusal;  // such as UNAVAILABLE
  std::vector<std::string>
      request_ids;  // of SubmitTable, RecordActual, BatchRecordActuals and StreamActuals, in order of arrival
  std::map<std::string, std::string> metadata;  // of the last call
  std::vector<std::string> filters;             // of ListUnits and ListTables
  std::vector<v1::ReadOptions> reads;           // of ListUnits and GetTable, in order of arrival
  v1::ReadInfo read;                            // in the answers to them
  int tables_read = 0;                          // GetTable
  v1::UpdateTableRequest last_update;
  v1::ProposeAmendmentRequest last_proposal;
  std::vector<v1::Amendment> amendments;  // for ListAmendments
  int decisions = 0;                      // calls of ApproveAmendment and RejectAmendment
  v1::Profile profile;                    // for GetProfile
  v1::GetProfileRequest last_profile_request;
  v1::ActualReport last_report;
  std::vector<std::string> accepted;  // codes that came with the last reports
  v1::Actual actual;                  // in the answer to RecordActual
  std::string commit_token;           // in the answer to RecordActual, of revision 9
  v1::IndicatorScore counted;         // in the answer to RecordActual, under the name that was asked for
  v1::ListScoresRequest last_ranking;
  v1::RecordOutlookRequest last_outlook;
  v1::ListDueRequest last_due;
  v1::GetFormRequest last_form;
  v1::MonitoringReport monitoring;  // for GetMonitoring
  v1::Form form;                    // for GetForm
  v1::ReplayProfileRequest last_replay;
  v1::ReplayProfileResponse replay;  // the answer to ReplayProfile

  std::vector<v1::ImportDocumentRequest> imports;  // in order of arrival
  v1::ImportDocumentResponse imported;             // the answer to ImportDocument
  // Where it is set it refuses an import, or changes the answer, which is `imported` before. Called under
  // `mutex`.
  std::function<grpc::Status(const v1::ImportDocumentRequest&, v1::ImportDocumentResponse*)> decide_import;
  std::vector<std::string> uploaded;  // bytes; under uploads/{their number}
  std::vector<v1::UploadHeader> upload_headers;
  document::v1::Document extracted;  // for ExtractDocument: each block is a message

  std::vector<int> whole_messages;  // reports of messages of StreamActuals that are all or nothing
  // StreamActuals: the stream breaks after this many answers, once; 0 = never.
  int break_after = 0;
  std::map<std::string, int64_t> recorded;  // request id → number of reports, once each
  int64_t revision = 0;
};

// Stops when it is destroyed.
class FakeServer {
 public:
  FakeServer();
  ~FakeServer();

  const std::string& address() const { return address_; }
  FakeState& state() { return state_; }

 private:
  FakeState state_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

// A refusal with this reason, such as "ENTRY_TOO_LARGE", and ErrorInfo.metadata.
grpc::Status WithReason(grpc::StatusCode code, const char* reason,
                        const std::map<std::string, std::string>& metadata = {});

// An INVALID_ARGUMENT with ErrorInfo, two field violations and a localized message.
grpc::Status DetailedRefusal();

// An INVALID_ARGUMENT that carries these findings.
grpc::Status RefusalWith(const v1::FindingList& findings);

// An INVALID_ARGUMENT with this localized message and one violation, of "filter".
grpc::Status OneFieldRefusal(const std::string& message, const std::string& description);

}  // namespace attain::client

#endif  // ATTAIN_TESTS_UNIT_CLIENTS_FAKE_SERVER_H_
