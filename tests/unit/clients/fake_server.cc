#include "tests/unit/clients/fake_server.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/admin_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attain::client {
namespace {

using Lock = std::lock_guard<std::mutex>;

// Notes the metadata; the refusal if one is due.
grpc::Status Enter(FakeState* state, const grpc::ServerContext& context) {
  state->metadata.clear();
  for (const auto& [key, value] : context.client_metadata()) {
    state->metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
  }
  if (state->refuse_next == 0) return grpc::Status::OK;
  --state->refuse_next;
  return state->refusal;
}

google::rpc::Status Refusal(grpc::StatusCode code, const char* reason,
                            const std::map<std::string, std::string>& metadata = {}) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("attain");
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(reason);
  status.add_details()->PackFrom(info);
  return status;
}

template <typename Row, typename Rows>
std::string TakePage(const std::vector<Row>& rows, const std::string& token, size_t page, Rows* out) {
  size_t at = 0;
  if (!token.empty() && !absl::SimpleAtoi(token, &at)) return "";
  for (size_t i = at; i < rows.size() && i < at + page; ++i) *out->Add() = rows[i];
  return at + page < rows.size() ? absl::StrCat(at + page) : "";
}

class FakeTargets final : public v1::TargetService::Service {
 public:
  explicit FakeTargets(FakeState* state) : state_(state) {}

  grpc::Status ListUnits(grpc::ServerContext* context, const v1::ListUnitsRequest* request,
                         v1::ListUnitsResponse* response) override {
    const Lock lock(state_->mutex);
    state_->filters.push_back(request->filter());
    state_->reads.push_back(request->read());
    *response->mutable_read() = state_->read;
    response->set_next_page_token(
        TakePage(state_->units, request->page_token(), state_->page, response->mutable_units()));
    return Enter(state_, *context);
  }

  grpc::Status ListTables(grpc::ServerContext* context, const v1::ListTablesRequest* request,
                          v1::ListTablesResponse* response) override {
    const Lock lock(state_->mutex);
    state_->filters.push_back(request->filter());
    std::vector<v1::Table> tables;
    for (const v1::Table& table : state_->tables) {
      if (request->parent() == "units/-" || absl::StartsWith(table.name(), request->parent() + "/"))
        tables.push_back(table);
    }
    response->set_next_page_token(
        TakePage(tables, request->page_token(), state_->page, response->mutable_tables()));
    return Enter(state_, *context);
  }

  grpc::Status GetTable(grpc::ServerContext* context, const v1::GetTableRequest* request,
                        v1::GetTableResponse* response) override {
    const Lock lock(state_->mutex);
    ++state_->tables_read;
    state_->reads.push_back(request->read());
    *response->mutable_read() = state_->read;
    for (const v1::Table& table : state_->tables) {
      if (table.name() == request->name()) *response->mutable_table() = table;
    }
    if (!response->has_table()) return {grpc::StatusCode::NOT_FOUND, request->name()};
    return Enter(state_, *context);
  }

  grpc::Status SubmitTable(grpc::ServerContext* context, const v1::SubmitTableRequest* request,
                           v1::SubmitTableResponse* response) override {
    const Lock lock(state_->mutex);
    state_->request_ids.push_back(request->write().request_id());
    response->mutable_table()->set_name(request->name());
    response->mutable_table()->set_etag(request->etag());
    response->mutable_table()->set_state(v1::TABLE_STATE_SUBMITTED);
    response->mutable_commit()->set_revision(request->write().validate_only() ? 0 : 7);
    return Enter(state_, *context);
  }

  grpc::Status UpdateTable(grpc::ServerContext* context, const v1::UpdateTableRequest* request,
                           v1::UpdateTableResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_update = *request;
    *response->mutable_table() = request->table();
    response->mutable_commit()->set_revision(8);
    return Enter(state_, *context);
  }

  grpc::Status ProposeAmendment(grpc::ServerContext* context, const v1::ProposeAmendmentRequest* request,
                                v1::ProposeAmendmentResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_proposal = *request;
    *response->mutable_amendment() = request->amendment();
    return Enter(state_, *context);
  }

  grpc::Status ImportDocument(grpc::ServerContext* context, const v1::ImportDocumentRequest* request,
                              v1::ImportDocumentResponse* response) override {
    const Lock lock(state_->mutex);
    state_->imports.push_back(*request);
    *response = state_->imported;
    if (state_->decide_import != nullptr) {
      const grpc::Status decided = state_->decide_import(*request, response);
      if (!decided.ok()) return decided;
    }
    return Enter(state_, *context);
  }

  grpc::Status ListAmendments(grpc::ServerContext* context, const v1::ListAmendmentsRequest*,
                              v1::ListAmendmentsResponse* response) override {
    const Lock lock(state_->mutex);
    for (const v1::Amendment& amendment : state_->amendments) *response->add_amendments() = amendment;
    return Enter(state_, *context);
  }

  grpc::Status ApproveAmendment(grpc::ServerContext* context, const v1::ApproveAmendmentRequest*,
                                v1::ApproveAmendmentResponse*) override {
    const Lock lock(state_->mutex);
    ++state_->decisions;
    return Enter(state_, *context);
  }

  grpc::Status RejectAmendment(grpc::ServerContext* context, const v1::RejectAmendmentRequest*,
                               v1::RejectAmendmentResponse*) override {
    const Lock lock(state_->mutex);
    ++state_->decisions;
    return Enter(state_, *context);
  }

 private:
  FakeState* const state_;
};

class FakeFiles final : public v1::FileService::Service {
 public:
  explicit FakeFiles(FakeState* state) : state_(state) {}

  grpc::Status UploadDocument(grpc::ServerContext* context,
                              grpc::ServerReader<v1::UploadDocumentRequest>* stream,
                              v1::UploadDocumentResponse* response) override {
    std::string bytes;
    v1::UploadHeader header;
    for (v1::UploadDocumentRequest part; stream->Read(&part);) {
      if (part.has_header()) header = part.header();
      bytes += part.chunk();
    }
    const Lock lock(state_->mutex);
    state_->uploaded.push_back(bytes);
    state_->upload_headers.push_back(header);
    response->mutable_upload()->set_name(absl::StrCat("uploads/", state_->uploaded.size()));
    return Enter(state_, *context);
  }

  grpc::Status ExtractDocument(grpc::ServerContext* context, const v1::ExtractDocumentRequest*,
                               grpc::ServerWriter<v1::ExtractDocumentResponse>* stream) override {
    const Lock lock(state_->mutex);
    v1::ExtractDocumentResponse message;
    *message.mutable_document() = state_->extracted;
    message.mutable_document()->clear_blocks();
    stream->Write(message);
    for (const document::v1::Block& block : state_->extracted.blocks()) {
      message.Clear();
      *message.add_blocks() = block;
      stream->Write(message);
    }
    return Enter(state_, *context);
  }

 private:
  FakeState* const state_;
};

class FakeProfiles final : public v1::ProfileService::Service {
 public:
  explicit FakeProfiles(FakeState* state) : state_(state) {}
  grpc::Status ReplayProfile(grpc::ServerContext*, const v1::ReplayProfileRequest* request,
                             v1::ReplayProfileResponse* response) override {
    std::lock_guard<std::mutex> lock(state_->mutex);
    state_->last_replay = *request;
    *response = state_->replay;
    return grpc::Status::OK;
  }

  grpc::Status GetProfile(grpc::ServerContext* context, const v1::GetProfileRequest* request,
                          v1::GetProfileResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_profile_request = *request;
    *response->mutable_profile() = state_->profile;
    return Enter(state_, *context);
  }

 private:
  FakeState* const state_;
};

class FakeReporting final : public v1::ReportingService::Service {
 public:
  explicit FakeReporting(FakeState* state) : state_(state) {}

  grpc::Status RecordActual(grpc::ServerContext* context, const v1::RecordActualRequest* request,
                            v1::RecordActualResponse* response) override {
    const Lock lock(state_->mutex);
    state_->request_ids.push_back(request->write().request_id());
    state_->last_report = request->report();
    state_->accepted = {request->write().accept_findings().begin(), request->write().accept_findings().end()};
    *response->mutable_actual() = state_->actual;
    *response->mutable_indicator_score() = state_->counted;
    response->mutable_indicator_score()->set_name(request->indicator());
    response->mutable_commit()->set_revision(9);
    response->mutable_commit()->set_token(state_->commit_token);
    return Enter(state_, *context);
  }

  grpc::Status RecordOutlook(grpc::ServerContext* context, const v1::RecordOutlookRequest* request,
                             v1::RecordOutlookResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_outlook = *request;
    *response->mutable_outlook() = request->outlook();
    response->mutable_commit()->set_revision(9);
    return Enter(state_, *context);
  }

  grpc::Status GetMonitoring(grpc::ServerContext* context, const v1::GetMonitoringRequest*,
                             v1::GetMonitoringResponse* response) override {
    const Lock lock(state_->mutex);
    *response->mutable_report() = state_->monitoring;
    return Enter(state_, *context);
  }

  grpc::Status ListDue(grpc::ServerContext* context, const v1::ListDueRequest* request,
                       v1::ListDueResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_due = *request;
    v1::DueItem* item = response->add_items();
    item->set_name("units/u/tables/p1/indicators/i1");
    item->set_display_name("参展次数");
    item->set_kind(v1::DUE_KIND_LATE);
    item->set_days_late(5);
    item->set_due_date("2024-06-30");
    item->set_action("report again");
    response->set_total_size(1);
    return Enter(state_, *context);
  }

  // Refused as a whole when a value is "bad".
  grpc::Status BatchRecordActuals(grpc::ServerContext*, const v1::BatchRecordActualsRequest* request,
                                  v1::BatchRecordActualsResponse* response) override {
    const Lock lock(state_->mutex);
    state_->accepted = {request->write().accept_findings().begin(), request->write().accept_findings().end()};
    for (int i = 0; i < request->reports_size(); ++i) {
      const v1::NamedReport& report = request->reports(i);
      if (report.report().value() == "bad") return {grpc::StatusCode::INVALID_ARGUMENT, "bad"};
      if (report.report().value() != "odd") continue;
      v1::Finding* finding = response->add_findings();
      finding->set_line(i + 1);
      finding->set_code("VALUE_JUMP");
      finding->set_message("ten times more");
      finding->set_severity(request->write().accept_findings_size() > 0 ? v1::SEVERITY_WARNING
                                                                        : v1::SEVERITY_ERROR);
    }
    if (request->write().validate_only()) return grpc::Status::OK;
    state_->request_ids.push_back(request->write().request_id());
    if (state_->recorded.emplace(request->write().request_id(), request->reports_size()).second)
      ++state_->revision;
    response->mutable_commit()->set_revision(state_->revision);
    return grpc::Status::OK;
  }

  // A value "bad" is refused, with its message when that is all or nothing; "odd" is told.
  grpc::Status StreamActuals(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::StreamActualsResponse, v1::StreamActualsRequest>* stream) override {
    const bool all_or_nothing = context->client_metadata().count("attain-all-or-nothing") > 0;
    v1::StreamActualsRequest request;
    int answered = 0;
    while (stream->Read(&request)) {
      v1::StreamActualsResponse response;
      {
        const Lock lock(state_->mutex);
        state_->accepted = {request.write().accept_findings().begin(),
                            request.write().accept_findings().end()};
        if (all_or_nothing) state_->whole_messages.push_back(request.reports_size());
        response.set_sequence(request.sequence());
        for (const v1::NamedReport& report : request.reports()) {
          if (!all_or_nothing || report.report().value() != "bad") continue;
          *response.mutable_batch_error() = Refusal(grpc::StatusCode::INVALID_ARGUMENT, "NOT_A_NUMBER");
          stream->Write(response);
          return {grpc::StatusCode::INVALID_ARGUMENT, "bad"};
        }
        state_->request_ids.push_back(request.write().request_id());
        for (int i = 0; i < request.reports_size(); ++i) {
          if (request.reports(i).report().value() == "odd") {
            v1::Finding* finding = response.add_findings();
            finding->set_line(i + 1);
            finding->set_code("VALUE_JUMP");
            finding->set_severity(v1::SEVERITY_WARNING);
          }
          if (request.reports(i).report().value() != "bad") continue;
          v1::ItemError* const error = response.add_errors();
          error->set_index(i);
          *error->mutable_status() = Refusal(grpc::StatusCode::INVALID_ARGUMENT, "NOT_A_NUMBER");
        }
        response.set_accepted(request.reports_size() - response.errors_size());
        if (state_->recorded.emplace(request.write().request_id(), response.accepted()).second)
          ++state_->revision;
        response.mutable_commit()->set_revision(state_->revision);
        // Recorded but not answered: what a connection that breaks looks like.
        if (state_->break_after > 0 && answered == state_->break_after) {
          state_->break_after = 0;
          return {grpc::StatusCode::UNAVAILABLE, "broken"};
        }
      }
      stream->Write(response);
      ++answered;
    }
    return grpc::Status::OK;
  }

 private:
  FakeState* const state_;
};

class FakeScoring final : public v1::ScoringService::Service {
 public:
  explicit FakeScoring(FakeState* state) : state_(state) {}

  grpc::Status ListScores(grpc::ServerContext* context, const v1::ListScoresRequest* request,
                          v1::ListScoresResponse*) override {
    const Lock lock(state_->mutex);
    state_->last_ranking = *request;
    return Enter(state_, *context);
  }

  grpc::Status GetForm(grpc::ServerContext* context, const v1::GetFormRequest* request,
                       v1::GetFormResponse* response) override {
    const Lock lock(state_->mutex);
    state_->last_form = *request;
    *response->mutable_form() = state_->form;
    return Enter(state_, *context);
  }

 private:
  FakeState* const state_;
};

class FakeAdmin final : public v1::AdminService::Service {
 public:
  explicit FakeAdmin(FakeState* state) : state_(state) {}
  grpc::Status GetServerInfo(grpc::ServerContext*, const v1::GetServerInfoRequest*,
                             v1::GetServerInfoResponse* response) override {
    const Lock lock(state_->mutex);
    response->set_revision(state_->revision);
    return grpc::Status::OK;
  }

 private:
  FakeState* const state_;
};

}  // namespace

FakeServer::FakeServer() {
  services_.push_back(std::make_unique<FakeAdmin>(&state_));
  services_.push_back(std::make_unique<FakeTargets>(&state_));
  services_.push_back(std::make_unique<FakeReporting>(&state_));
  services_.push_back(std::make_unique<FakeScoring>(&state_));
  services_.push_back(std::make_unique<FakeProfiles>(&state_));
  services_.push_back(std::make_unique<FakeFiles>(&state_));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  for (const auto& service : services_) builder.RegisterService(service.get());
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() {
  server_->Shutdown();
}

grpc::Status WithReason(grpc::StatusCode code, const char* reason,
                        const std::map<std::string, std::string>& metadata) {
  return {code, reason, Refusal(code, reason, metadata).SerializeAsString()};
}

grpc::Status DetailedRefusal() {
  google::rpc::ErrorInfo info;
  info.set_reason("NEGATIVE_VALUE");
  info.set_domain("attain");
  (*info.mutable_metadata())["violations"] = "3";
  google::rpc::BadRequest bad;
  for (const char* field : {"report.value", "report.date"}) {
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description(absl::StrCat(field, " 不对"));
  }
  google::rpc::LocalizedMessage message;
  message.set_locale("zh-CN");
  message.set_message("数值不得为负。");
  google::rpc::Status details;
  details.set_code(3);
  details.add_details()->PackFrom(info);
  details.add_details()->PackFrom(bad);
  details.add_details()->PackFrom(message);
  return {grpc::StatusCode::INVALID_ARGUMENT, "NEGATIVE_VALUE: negative", details.SerializeAsString()};
}

grpc::Status RefusalWith(const v1::FindingList& findings) {
  google::rpc::ErrorInfo info;
  info.set_reason("UNREADABLE_DOCUMENT");
  info.set_domain("attain");
  google::rpc::Status details;
  details.set_code(3);
  details.add_details()->PackFrom(info);
  details.add_details()->PackFrom(findings);
  return {grpc::StatusCode::INVALID_ARGUMENT, "cannot be read", details.SerializeAsString()};
}

grpc::Status OneFieldRefusal(const std::string& message, const std::string& description) {
  google::rpc::ErrorInfo info;
  info.set_reason("INVALID_FILTER");
  info.set_domain("attain");
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("filter");
  bad.mutable_field_violations(0)->set_description(description);
  google::rpc::LocalizedMessage localized;
  localized.set_locale("zh-CN");
  localized.set_message(message);
  google::rpc::Status details;
  details.set_code(3);
  details.add_details()->PackFrom(info);
  details.add_details()->PackFrom(bad);
  details.add_details()->PackFrom(localized);
  return {grpc::StatusCode::INVALID_ARGUMENT, message, details.SerializeAsString()};
}

}  // namespace attain::client
