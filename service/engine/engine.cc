#include "service/engine/engine.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attain/v1/watch_service.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/changes/hub_listener.h"
#include "service/changes/watch_opening.h"
#include "service/changes/watch_source.h"
#include "service/commit/committer.h"
#include "service/commit/preparer.h"
#include "service/domain/evaluations/evaluation_commands.h"
#include "service/domain/evaluations/evaluation_queries.h"
#include "service/domain/forms/form_queries.h"
#include "service/domain/import/import_commands.h"
#include "service/domain/import/import_prepare.h"
#include "service/domain/monitoring/due_queries.h"
#include "service/domain/monitoring/monitoring_queries.h"
#include "service/domain/monitoring/outlook_commands.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/domain/profiles/profile_queries.h"
#include "service/domain/questions/diff_queries.h"
#include "service/domain/questions/replay_queries.h"
#include "service/domain/questions/simulate_queries.h"
#include "service/domain/questions/solve_queries.h"
#include "service/domain/reports/report_commands.h"
#include "service/domain/reports/report_queries.h"
#include "service/domain/scores/explain_query.h"
#include "service/domain/scores/history_query.h"
#include "service/domain/scores/score_queries.h"
#include "service/domain/tables/amendment_commands.h"
#include "service/domain/tables/amendment_queries.h"
#include "service/domain/tables/table_commands.h"
#include "service/domain/tables/table_queries.h"
#include "service/domain/units/unit_commands.h"
#include "service/domain/units/unit_queries.h"
#include "service/model/mirror.h"
#include "service/state/group_listeners.h"
#include "service/state/keys.h"
#include "service/state/query_context.h"
#include "storage/mutex.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

constexpr size_t kMaxRequestId = 128, kMaxActor = 256;

// What a request id stands for.
std::string Fingerprint(absl::string_view method, const Message& request) {
  thread_local storage::Sha256 sha;
  sha.Add(method);
  sha.Add("\n");
  sha.Add(request.SerializeAsString());
  return std::string(storage::View(sha.Finish()));
}

using MutationHandler = std::function<std::unique_ptr<Command>(const Message& request, Message* response)>;
using QueryHandler =
    std::function<absl::Status(const Message& request, const QueryContext& context, Message* response)>;

struct Handler {
  Engine::Handling handling = Engine::Handling::kNotImplemented;
  MutationHandler mutation;
  QueryHandler query;
};

// "RecordActualRequest" → "RecordActual"
std::string MethodOf(const Descriptor& request) {
  return std::string(absl::StripSuffix(request.name(), "Request"));
}

// What the commands of all methods have in common.
template <typename Request, typename Response>
std::unique_ptr<Command> NewCommand(const Request& request, Response* response) {
  auto command = std::make_unique<Command>();
  command->request_id = request.request_id();
  if constexpr (requires { request.validate_only(); }) command->validate_only = request.validate_only();
  command->stamp = [response](const Transaction* txn) {
    if (txn != nullptr) {
      txn->FillCommit(response->mutable_commit());
    } else {
      response->mutable_commit();
    }
  };
  command->keep_answer = [response] {
    if constexpr (requires { response->findings_size(); }) return response->findings_size() > 0;
    return false;
  };
  command->serialize = [response] { return response->SerializeAsString(); };
  command->restore = [response](const std::string& bytes) { return response->ParseFromString(bytes); };
  return command;
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
        listeners_({&ranks_, &hub_listener_}),
        committer_(ForCommitter(options), &listeners_),
        preparer_(ForPreparer(options), &committer_) {
    RegisterMutations();
    RegisterQueries();
  }
  ~EngineImpl() override { Shutdown(); }

  Handling HandlingOf(const Descriptor* request) const override {
    const auto it = handlers_.find(request);
    return it == handlers_.end() ? Handling::kNotImplemented : it->second.handling;
  }

  void Mutate(const Message& request, Message* response, const Caller& caller, Done done) override;
  absl::Status Read(const Message& request, Message* response, const Caller& caller) const override;
  void Lend() override { committer_.Lend(); }
  GroupListener* group_listener() override { return &listeners_; }
  bool healthy() const override { return options_.store->healthy(); }
  absl::StatusOr<std::shared_ptr<watch::Subscription>> Watch(
      const v1::WatchRequest& request, const Caller& caller,
      std::weak_ptr<watch::Listener> listener) override;
  void Shutdown() override {
    preparer_.Shutdown();
    committer_.Shutdown();
    hub_.Shutdown();
  }
  absl::Status RegisterBuiltIns();

 private:
  // `again` gives the answer of an earlier revision once more, for methods whose answer follows from what
  // that left behind: all of it but findings.
  template <typename Request, typename Response>
  void Mutation(absl::Status (*run)(const Request&, Transaction&, Response*),
                absl::Status (*again)(const Request&, const Snapshot&, Response*) = nullptr);
  // `prepare` runs before, on a thread of the preparer.
  template <typename Request, typename Prepared, typename Response>
  void Mutation(absl::StatusOr<Prepared> (*prepare)(const Request&, const PrepareContext&),
                absl::Status (*run)(const Request&, Prepared&, Transaction&, Response*));
  template <typename Request, typename Response>
  void Query(Handling handling, absl::Status (*run)(const Request&, const QueryContext&, Response*));
  void RegisterMutations();
  void RegisterQueries();
  absl::Status GetServerInfo(const QueryContext& context, v1::GetServerInfoResponse* response) const;

  const EngineOptions options_;
  const absl::Time start_time_;
  mutable ModelCache models_;
  absl::flat_hash_map<const Descriptor*, Handler> handlers_;
  mutable RankIndex ranks_;
  const WatchSource source_;
  watch::Hub hub_;
  HubListener hub_listener_;
  GroupListeners listeners_;
  Committer committer_;
  Preparer preparer_;  // hands on to the committer
};

template <typename Request, typename Response>
void EngineImpl::Mutation(absl::Status (*run)(const Request&, Transaction&, Response*),
                          absl::Status (*again)(const Request&, const Snapshot&, Response*)) {
  Handler& handler = handlers_[Request::descriptor()];
  handler.handling = Handling::kMutation;
  handler.mutation = [this, run, again](const Message& generic, Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    command->run = [&request, response, run](Transaction& txn) { return run(request, txn, response); };
    if (again != nullptr) {
      command->again = [this, &request, response, again](storage::Revision revision) -> absl::Status {
        v1::ReadOptions read;
        read.set_read_revision(static_cast<int64_t>(revision));
        ASSIGN_OR_RETURN(const auto then, Snapshot::Open(*options_.store, &models_, read));
        return again(request, *then, response);
      };
    }
    return command;
  };
}

template <typename Request, typename Prepared, typename Response>
void EngineImpl::Mutation(absl::StatusOr<Prepared> (*prepare)(const Request&, const PrepareContext&),
                          absl::Status (*run)(const Request&, Prepared&, Transaction&, Response*)) {
  Handler& handler = handlers_[Request::descriptor()];
  handler.handling = Handling::kMutation;
  handler.mutation = [this, prepare, run](const Message& generic, Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    const auto prepared = std::make_shared<absl::StatusOr<Prepared>>(absl::UnknownError("not prepared"));
    command->prepare = [this, &request, prepare, prepared] {
      *prepared = prepare(request, {*options_.store, &models_, options_.documents});
    };
    command->run = [&request, response, prepared, run](Transaction& txn) {
      return prepared->ok() ? run(request, **prepared, txn, response) : prepared->status();
    };
    return command;
  };
}

template <typename Request, typename Response>
void EngineImpl::Query(Handling handling,
                       absl::Status (*run)(const Request&, const QueryContext&, Response*)) {
  Handler& handler = handlers_[Request::descriptor()];
  handler.handling = handling;
  handler.query = [run](const Message& request, const QueryContext& context, Message* response) {
    const auto& typed = static_cast<const Request&>(request);
    auto* answer = static_cast<Response*>(response);
    return DaysArePlain(typed) ? run(typed, context, answer) : run(WithPlainDays(typed), context, answer);
  };
}

void EngineImpl::RegisterMutations() {
  Mutation(&CreateUnit);
  Mutation(&UpdateUnit);
  Mutation(&CreateTable);
  Mutation(&UpdateTable);
  Mutation(&SubmitTable);
  Mutation(&ApproveTable);
  Mutation(&ReturnTable);
  Mutation(&WithdrawTable);
  Mutation(&CloseTable);
  Mutation(&PrepareImport, &ImportDocument);
  Mutation(&ProposeAmendment);
  Mutation(&ApproveAmendment);
  Mutation(&RejectAmendment);
  Mutation(&RecordActual, &RecordActualAgain);
  Mutation(&BatchRecordActuals);
  Mutation(&StreamActuals);
  Mutation(&CorrectActual);
  Mutation(&RetractActual);
  Mutation(&RecordSpending);
  Mutation(&RecordOutlook);
  Mutation(&RateIndicator);
  Mutation(&SubmitEvaluation);
  Mutation(&ReviewIndicator);
  Mutation(&ConfirmEvaluation);
  Mutation(&ReturnEvaluation);
  Mutation(&CreateProfile);
  Mutation(&UpdateProfile);
}

void EngineImpl::RegisterQueries() {
  Query(Handling::kRead, &engine::GetUnit);
  Query(Handling::kHeavyRead, &engine::ListUnits);
  Query(Handling::kRead, &engine::GetTable);
  Query(Handling::kHeavyRead, &engine::ListTables);
  Query(Handling::kRead, &engine::LintTable);
  Query(Handling::kHeavyRead, &engine::ListAmendments);
  Query(Handling::kHeavyRead, &engine::GetEvaluation);
  Query(Handling::kHeavyRead, &engine::ListActuals);
  Query(Handling::kRead, &engine::GetProfile);
  Query(Handling::kHeavyRead, &engine::ListProfiles);
  Query(Handling::kHeavyRead, &engine::ReplayProfile);
  Query(Handling::kRead, &engine::GetScore);
  Query(Handling::kHeavyRead, &engine::BatchGetScores);
  Query(Handling::kHeavyRead, &engine::ListScoreHistory);
  Query(Handling::kHeavyRead, &engine::ExplainScore);
  Query(Handling::kHeavyRead, &engine::DiffScores);
  Query(Handling::kHeavyRead, &engine::SimulateScore);
  Query(Handling::kHeavyRead, &engine::SolveForScore);
  Query(Handling::kHeavyRead, &engine::GetMonitoring);
  Query(Handling::kHeavyRead, &engine::ListDue);
  Query(Handling::kHeavyRead, &engine::GetForm);
  Handler& scores = handlers_[v1::ListScoresRequest::descriptor()];
  scores.handling = Handling::kHeavyRead;
  scores.query = [this](const Message& request, const QueryContext& context, Message* response) {
    return ListScores(WithPlainDays(static_cast<const v1::ListScoresRequest&>(request)), context, ranks_,
                      static_cast<v1::ListScoresResponse*>(response));
  };
  Handler& info = handlers_[v1::GetServerInfoRequest::descriptor()];
  info.handling = Handling::kRead;
  info.query = [this](const Message&, const QueryContext& context, Message* response) {
    return GetServerInfo(context, static_cast<v1::GetServerInfoResponse*>(response));
  };
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
  const auto it = handlers_.find(request.GetDescriptor());
  if (it == handlers_.end() || it->second.mutation == nullptr) {
    done(NotImplemented(MethodOf(*request.GetDescriptor())));
    return;
  }
  if (caller.actor.size() > kMaxActor) {
    done(CheckLength("actor", caller.actor, kMaxActor));
    return;
  }
  std::unique_ptr<Command> command = it->second.mutation(request, response);
  if (absl::Status checked = CheckLength("request_id", command->request_id, kMaxRequestId); !checked.ok()) {
    done(std::move(checked));
    return;
  }
  command->method = MethodOf(*request.GetDescriptor());
  command->caller = caller;
  command->done = std::move(done);
  if (!command->request_id.empty()) command->request_key = RequestKey(command->request_id);
  const auto sign = [&request, waiting = command.get()] {
    if (!waiting->request_id.empty()) waiting->fingerprint = Fingerprint(waiting->method, request);
  };
  if (command->prepare == nullptr) {
    sign();
    return committer_.Submit(std::move(command));
  }
  // What has to be prepared is large: its digest is made there, too.
  command->prepare = [sign, prepare = std::move(command->prepare)] {
    sign();
    prepare();
  };
  preparer_.Submit(std::move(command));
}

absl::Status EngineImpl::Read(const Message& request, Message* response, const Caller& caller) const {
  const auto it = handlers_.find(request.GetDescriptor());
  if (it == handlers_.end() || it->second.query == nullptr)
    return NotImplemented(MethodOf(*request.GetDescriptor()));
  return FromStore(it->second.query(request, {*options_.store, &models_, caller, options_.clock}, response));
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
