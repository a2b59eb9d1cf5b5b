#include "tests/support/watch.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace attain::testing {
namespace {

std::string ScoreKey(const v1::Score& score) {
  return score.name().find("/tables/") == std::string::npos
             ? absl::StrCat(score.name(), "@", score.fiscal_year())
             : score.name();
}

constexpr size_t kMostDifferences = 10;

template <typename Row>
std::string InWords(const std::map<std::string, std::string>& rows, const std::string& name) {
  const auto it = rows.find(name);
  if (it == rows.end()) return "nothing";
  Row row;
  return row.ParseFromString(it->second) ? row.ShortDebugString() : "no message at all";
}

template <typename Row>
void Compare(const std::map<std::string, std::string>& mirror,
             const std::map<std::string, std::string>& fresh, std::vector<std::string>* differences) {
  std::map<std::string, std::string> all = fresh;
  all.insert(mirror.begin(), mirror.end());
  for (const auto& [name, ignored] : all) {
    const auto one = mirror.find(name), other = fresh.find(name);
    const bool same = one != mirror.end() && other != fresh.end() && one->second == other->second;
    if (same || differences->size() > kMostDifferences) continue;
    differences->push_back(differences->size() == kMostDifferences
                               ? "and more"
                               : absl::StrCat(name, ": ", InWords<Row>(mirror, name), "\n  instead of ",
                                              InWords<Row>(fresh, name)));
  }
}

}  // namespace

WatchStream::WatchStream(const std::shared_ptr<grpc::Channel>& channel, const v1::WatchRequest& request,
                         const std::string& actor, const std::string& language)
    : stub_(v1::WatchService::NewStub(channel)) {
  context_.AddMetadata("accept-language", language);
  if (!actor.empty()) context_.AddMetadata("attain-actor", actor);
  reader_ = stub_->Watch(&context_, request);
}

WatchStream::~WatchStream() {
  Cancel();
  if (!finished_) Finish();
}

bool WatchStream::Read(v1::WatchResponse* response) {
  response->Clear();
  return reader_->Read(response);
}

bool WatchStream::ReadUntil(const std::function<bool(const v1::WatchResponse&)>& wanted,
                            std::vector<v1::WatchResponse>* seen) {
  v1::WatchResponse response;
  while (Read(&response)) {
    if (seen != nullptr) seen->push_back(response);
    if (wanted(response)) return true;
  }
  return false;
}

void WatchStream::Cancel() {
  context_.TryCancel();
}

grpc::Status WatchStream::Finish() {
  v1::WatchResponse rest;
  while (Read(&rest)) {
  }
  finished_ = true;
  return reader_->Finish();
}

bool IsChanges(const v1::WatchResponse& response) {
  return response.has_changes();
}
bool IsSnapshotEnd(const v1::WatchResponse& response) {
  return response.has_snapshot_end();
}

v1::WatchRequest WatchOf(const std::vector<std::string>& names) {
  v1::WatchRequest request;
  for (const std::string& name : names) request.add_names(name);
  request.add_kinds(v1::WATCH_KIND_ACTUALS);
  request.add_kinds(v1::WATCH_KIND_SCORES);
  request.add_kinds(v1::WATCH_KIND_TABLES);
  return request;
}

void WatchMirror::Apply(const v1::WatchResponse& response) {
  token = response.resume_token();
  if (token.empty()) faults.emplace_back("a message without a token");
  switch (response.event_case()) {
    case v1::WatchResponse::kCreated:
      revision = response.created().revision();
      break;
    case v1::WatchResponse::kSnapshot:
      for (const v1::Score& score : response.snapshot().scores())
        scores[ScoreKey(score)] = score.SerializeAsString();
      for (const v1::Table& table : response.snapshot().tables())
        tables[table.name()] = table.SerializeAsString();
      for (const v1::Actual& actual : response.snapshot().actuals())
        actuals[actual.name()] = actual.SerializeAsString();
      break;
    case v1::WatchResponse::kSnapshotEnd:
      revision = response.snapshot_end().revision();
      break;
    case v1::WatchResponse::kChanges:
      ApplyChanges(response.changes());
      break;
    case v1::WatchResponse::kProgress:
      if (response.progress().revision() < revision) faults.emplace_back("progress goes back");
      revision = response.progress().revision();
      break;
    case v1::WatchResponse::kReset:
      ++resets;
      scores.clear();
      tables.clear();
      actuals.clear();
      revisions.clear();
      break;
    case v1::WatchResponse::EVENT_NOT_SET:
      faults.emplace_back("a message without content");
  }
}

void WatchMirror::ApplyChanges(const v1::WatchChanges& changes) {
  if (changes.revision() <= revision)
    faults.push_back(absl::StrCat("revision ", changes.revision(), " after ", revision));
  if (changes.events().empty()) faults.push_back(absl::StrCat("nothing in revision ", changes.revision()));
  for (const v1::WatchEvent& event : changes.events()) {
    if (event.has_actual()) {
      actuals[event.name()] = event.actual().SerializeAsString();
    } else if (event.has_table()) {
      tables[event.name()] = event.table().SerializeAsString();
    } else {
      const std::string key = ScoreKey(event.has_score_after() ? event.score_after() : event.score_before());
      if (++in_revision_[key] > 1)
        faults.push_back(absl::StrCat(key, " twice in revision ", changes.revision()));
      const auto known = scores.find(key);
      const std::string before = known == scores.end() ? "" : known->second;
      if (event.score_before().SerializeAsString() != before) {
        faults.push_back(absl::StrCat(key, " was not as revision ", changes.revision(), " says"));
      }
      scores[key] = event.score_after().SerializeAsString();
    }
  }
  if (changes.more()) return;
  revision = changes.revision();
  revisions.push_back(revision);
  in_revision_.clear();
}

std::vector<std::string> Differences(const WatchMirror& mirror, const WatchMirror& fresh) {
  std::vector<std::string> differences;
  Compare<v1::Score>(mirror.scores, fresh.scores, &differences);
  Compare<v1::Table>(mirror.tables, fresh.tables, &differences);
  Compare<v1::Actual>(mirror.actuals, fresh.actuals, &differences);
  return differences;
}

WatchMirror FreshRead(const Api& api, int64_t revision) {
  WatchMirror fresh;
  const auto score_of = [&](const std::string& name) {
    v1::GetScoreRequest request;
    request.set_name(name);
    request.mutable_read()->set_read_revision(revision);
    v1::GetScoreResponse response;
    if (Call(api.scoring.get(), &v1::ScoringService::Stub::GetScore, request, &response).ok()) {
      if (name.find("/indicators/") == std::string::npos) response.mutable_score()->clear_indicators();
      fresh.scores[ScoreKey(response.score())] = response.score().SerializeAsString();
    }
  };
  v1::ListTablesRequest list;
  list.set_parent("units/u");
  list.set_page_size(1000);
  list.mutable_read()->set_read_revision(revision);
  v1::ListTablesResponse listed;
  if (!Call(api.targets.get(), &v1::TargetService::Stub::ListTables, list, &listed).ok()) std::abort();
  score_of("units/u");
  for (const v1::Table& row : listed.tables()) {
    v1::GetTableRequest request;
    request.set_name(row.name());
    request.mutable_read()->set_read_revision(revision);
    v1::GetTableResponse response;
    if (!Call(api.targets.get(), &v1::TargetService::Stub::GetTable, request, &response).ok()) std::abort();
    fresh.tables[row.name()] = response.table().SerializeAsString();
    score_of(row.name());
    for (const v1::Indicator& indicator : response.table().indicators()) score_of(indicator.name());
    v1::ListActualsRequest actuals;
    actuals.set_parent(absl::StrCat(row.name(), "/indicators/-"));
    actuals.set_page_size(1000);
    actuals.mutable_read()->set_read_revision(revision);
    do {
      v1::ListActualsResponse page;
      if (!Call(api.reporting.get(), &v1::ReportingService::Stub::ListActuals, actuals, &page).ok()) break;
      for (const v1::Actual& actual : page.actuals())
        fresh.actuals[actual.name()] = actual.SerializeAsString();
      actuals.set_page_token(page.next_page_token());
    } while (!actuals.page_token().empty());
  }
  fresh.revision = revision;
  return fresh;
}

}  // namespace attain::testing
