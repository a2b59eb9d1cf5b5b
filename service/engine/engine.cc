#include "service/engine/engine.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/watch_service.pb.h"
#include "common/schema/methods.h"
#include "service/api/answer_view.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/changes/hub_listener.h"
#include "service/changes/watch_opening.h"
#include "service/changes/watch_source.h"
#include "service/commit/command_methods.h"
#include "service/commit/committer.h"
#include "service/commit/preparer.h"
#include "service/domain/evaluations/methods.h"
#include "service/domain/forms/methods.h"
#include "service/domain/import/methods.h"
#include "service/domain/monitoring/methods.h"
#include "service/domain/profiles/methods.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/domain/questions/methods.h"
#include "service/domain/reports/methods.h"
#include "service/domain/scores/methods.h"
#include "service/domain/tables/methods.h"
#include "service/domain/units/methods.h"
#include "service/history/methods.h"
#include "service/model/mirror.h"
#include "service/state/group_listeners.h"
#include "service/state/keys.h"
#include "service/state/query_methods.h"
#include "storage/mutex.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

constexpr size_t kMaxRequestId = 128;

// What a request id stands for.
std::string Fingerprint(absl::string_view method, const Message& request) {
  thread_local storage::Sha256 sha;
  sha.Add(method);
  sha.Add("\n");
  sha.Add(request.SerializeAsString());
  return std::string(storage::View(sha.Finish()));
}

// "RecordActual"; for a message that is no request of the API its own name.
// As so many bytes of bulk counts what was prepared; more than one turn of the committer.
constexpr size_t kPreparedBytes = size_t{1} << 20;

std::string NameOf(const Message& request) {
  const google::protobuf::MethodDescriptor* const method = schema::MethodOf(request.GetDescriptor());
  return method == nullptr ? request.GetDescriptor()->name() : method->name();
}

// A defect: the descriptor names a method that no room carries out, or a question was sent as a command.
absl::Status NoRoom(const Message& request) {
  return absl::InternalError(absl::StrCat("no room carries out ", NameOf(request)));
}

absl::Status CheckWrite(const Command& command) {
  RETURN_IF_ERROR(CheckLength("write.request_id", command.write->request_id(), kMaxRequestId));
  if (!v1::AnswerView_IsValid(command.write->view())) {
    return BadField("write.view", v1::ERROR_REASON_INVALID_FIELD,
                    {"应为 BASIC 或 FULL。", "Write BASIC or FULL."});
  }
  const auto& errors = command.rule->errors();
  const bool asks =
      std::find(errors.begin(), errors.end(), v1::ERROR_REASON_CONFIRMATION_REQUIRED) != errors.end();
  if (asks || command.write->accept_findings().empty()) return absl::OkStatus();
  return BadField("write.accept_findings", v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat(command.method, " 没有须确认的提示，请不要填 accept_findings。"),
                   absl::StrCat(command.method, " has no findings to accept: leave accept_findings empty.")});
}

CommitterOptions ForCommitter(const EngineOptions& options) {
  CommitterOptions part;
  part.store = options.store;
  part.clock = options.clock;
  part.workspace_bytes = options.cache_bytes / 2;
  part.max_waiting = options.max_waiting;
  part.large_group = options.large_group;
  part.bystanders = options.bystanders;
  part.commit_failed = options.commit_failed;
  return part;
}

PreparerOptions ForPreparer(const EngineOptions& options) {
  PreparerOptions part;
  part.store = options.store;
  part.clock = options.clock;
  part.workspace_bytes = options.cache_bytes / 8;
  part.threads = options.preparers;
  part.max_waiting = options.max_preparing;
  return part;
}

class EngineImpl : public Engine {
 public:
  explicit EngineImpl(const EngineOptions& options)
      : options_(options),
        start_time_(options.clock->Now()),
        models_(options.cache_bytes / 2),
        ranks_(options.rank),
        source_(options.store, &models_),
        hub_(&source_, options.watch),
        hub_listener_(&hub_),
        log_(options.store, options.tree_failed),
        heads_(&log_, options.heads),
        listeners_({&ranks_, &hub_listener_, &log_}),
        committer_(ForCommitter(options), &listeners_),
        preparer_(ForPreparer(options), &committer_),
        commands_(options.store) {
    AddMethods();
  }
  ~EngineImpl() override { Shutdown(); }

  bool Has(const Descriptor* request) const override {
    return commands_.Has(request) || queries_.Find(request) != nullptr;
  }

  void Mutate(const Message& request, Message* response, const Caller& caller, Done done) override;
  absl::Status Read(const Message& request, Message* response, const Caller& caller) const override;
  void Lend() override { committer_.Lend(); }
  GroupListener* group_listener() override { return &listeners_; }
  HistoryParts history() override { return {&log_, &heads_}; }
  bool healthy() const override { return options_.store->healthy(); }
  absl::StatusOr<std::shared_ptr<watch::Subscription>> Watch(
      const v1::WatchRequest& request, const Caller& caller,
      std::weak_ptr<watch::Listener> listener) override;
  void Shutdown() override {
    preparer_.Shutdown();
    committer_.Shutdown();
    hub_.Shutdown();
    heads_.Shutdown();
    log_.Shutdown();
  }
  absl::Status RegisterBuiltIns();

 private:
  void AddMethods();
  absl::Status GetServerInfo(const QueryContext& context, v1::GetServerInfoResponse* response) const;

  const EngineOptions options_;
  const absl::Time start_time_;
  mutable ModelCache models_;
  mutable RankIndex ranks_;
  const WatchSource source_;
  watch::Hub hub_;
  HubListener hub_listener_;
  TreeLog log_;
  Heads heads_;
  GroupListeners listeners_;
  Committer committer_;
  Preparer preparer_;  // hands on to the committer
  QueryMethods queries_;
  CommandMethods commands_;
};

void EngineImpl::AddMethods() {
  AddUnitMethods(&queries_, &commands_);
  AddProfileMethods(&queries_, &commands_);
  AddTableMethods(&queries_, &commands_);
  AddImportMethods({*options_.store, &models_, options_.documents}, &commands_);
  AddReportMethods(&queries_, &commands_);
  AddEvaluationMethods(&queries_, &commands_);
  AddMonitoringMethods(&queries_, &commands_);
  AddScoreMethods(&queries_, &ranks_);
  AddQuestionMethods(&queries_);
  AddFormMethods(&queries_);
  AddHistoryMethods({&log_, &heads_}, &queries_);
  queries_.Add<v1::GetServerInfoRequest, v1::GetServerInfoResponse>(
      [this](const v1::GetServerInfoRequest&, const QueryContext& context,
             v1::GetServerInfoResponse* response) { return GetServerInfo(context, response); });
}

absl::Status EngineImpl::GetServerInfo(const QueryContext& context,
                                       v1::GetServerInfoResponse* response) const {
  const storage::Head head = context.store.head();
  response->set_version(options_.version);
  response->set_store_id(context.store.store_id());
  response->set_revision(static_cast<int64_t>(head.revision));
  response->set_head_hash(absl::BytesToHexString(head.hash));
  if (head.revision > 0) *response->mutable_record_time() = ToTimestamp(absl::ToUnixMicros(head.time));
  *response->mutable_start_time() = ToTimestamp(absl::ToUnixMicros(start_time_));
  response->set_schema_version(static_cast<int64_t>(options_.schema_version));
  response->set_accepting_writes(healthy());
  *response->mutable_watch() = hub_.Load();
  return absl::OkStatus();
}

void EngineImpl::Mutate(const Message& request, Message* response, const Caller& caller, Done done) {
  std::unique_ptr<Command> command = commands_.Make(request, response);
  if (command == nullptr) return done(NoRoom(request));
  absl::Status checked = CheckWrite(*command);
  if (!checked.ok()) return done(std::move(checked));
  command->caller = caller;
  command->done = std::move(done);
  if (!command->request_id.empty()) {
    command->request_key = RequestKey(caller.actor, command->request_id);
    if (!caller.actor.empty()) command->shared_key = RequestKey("", command->request_id);
  }
  const auto sign = [&request, waiting = command.get()] {
    if (!waiting->request_id.empty()) waiting->fingerprint = Fingerprint(waiting->method, request);
  };
  if (command->prepare == nullptr) {
    sign();
    return committer_.Submit(std::move(command));
  }
  // The request of an upload is small whatever its document holds: each takes a turn of its own.
  command->bytes = std::max(command->bytes, kPreparedBytes);
  // What has to be prepared is large: its digest is made there, too.
  command->prepare = [sign, prepare = std::move(command->prepare)] {
    sign();
    prepare();
  };
  preparer_.Submit(std::move(command));
}

absl::Status EngineImpl::Read(const Message& request, Message* response, const Caller& caller) const {
  const QueryMethods::Query* const query = queries_.Find(request.GetDescriptor());
  if (query == nullptr) return NoRoom(request);
  RETURN_IF_ERROR(
      FromStore((*query)(request, {*options_.store, &models_, caller, options_.clock}, response)));
  return CheckAnswerBytes(response->ByteSizeLong(), kMostReadAnswer);
}

absl::StatusOr<std::shared_ptr<watch::Subscription>> EngineImpl::Watch(
    const v1::WatchRequest& request, const Caller& caller, std::weak_ptr<watch::Listener> listener) {
  absl::StatusOr<watch::Opening> opening =
      OpenWatch(request, {*options_.store, &models_, caller}, source_, &hub_);
  if (!opening.ok()) return FromStore(opening.status());
  const std::string whom =
      caller.actor.empty() ? absl::StrCat("peer ", caller.peer) : absl::StrCat("actor ", caller.actor);
  auto subscription = hub_.Open(*std::move(opening), whom, std::move(listener));
  if (absl::IsResourceExhausted(subscription.status()))
    return TooManyWatches(std::string(subscription.status().message()));
  if (!subscription.ok()) return FromStore(subscription.status());
  return subscription;
}

// The first revision of a new store, so that the rules a score came from are in the journal and no later
// version of the program can change them.
absl::Status EngineImpl::RegisterBuiltIns() {
  const std::vector<v1::Profile> profiles = BuiltInProfiles();
  absl::Status outcome;
  storage::Mutex mutex;
  storage::CondVar ready;
  bool finished = false;
  auto command = std::make_unique<Command>();
  command->method = "RegisterBuiltInProfiles";
  command->run = [&](Transaction& txn) {
    for (const v1::Profile& profile : profiles) RETURN_IF_ERROR(RegisterBuiltInProfile(profile, txn));
    return absl::OkStatus();
  };
  command->stamp = [](const Transaction*) {};
  command->done = [&](absl::Status status) {
    storage::MutexLock lock(&mutex);
    outcome = std::move(status);
    finished = true;
    ready.NotifyOne();
  };
  committer_.Submit(std::move(command));
  storage::MutexLock lock(&mutex);
  while (!finished) ready.Wait(&mutex);
  return outcome;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(const EngineOptions& options) {
  if (options.store == nullptr || options.clock == nullptr)
    return absl::InvalidArgumentError("store and clock are required");
  auto engine = std::make_unique<EngineImpl>(options);
  if (options.store->head().revision == 0) RETURN_IF_ERROR(engine->RegisterBuiltIns());
  return std::unique_ptr<Engine>(std::move(engine));
}

}  // namespace attain::engine
