// Commands by the message that asks for them: each room adds its own, the engine hands them to the committer.
#ifndef ATTAIN_SERVICE_COMMIT_COMMAND_METHODS_H_
#define ATTAIN_SERVICE_COMMIT_COMMAND_METHODS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/schema/methods.h"
#include "google/protobuf/message.h"
#include "service/api/macros.h"
#include "service/commit/command.h"
#include "service/commit/transaction.h"
#include "service/state/snapshot.h"
#include "storage/store.h"

namespace attain::engine {

// Filled once, then thread-safe.
class CommandMethods {
 public:
  template <typename Request, typename Response>
  using Run = absl::Status (*)(const Request&, Transaction&, Response*);
  // Gives the answer of an earlier revision once more.
  template <typename Request, typename Response>
  using Again = absl::Status (*)(const Request&, const Snapshot&, Response*);

  // Neither is owned; both must outlive this and the commands.
  CommandMethods(const storage::Store* store, ModelCache* models) : store_(store), models_(models) {}

  // `again` is for methods whose answer follows from what its revision left behind: all of it but findings.
  // Without it the answer itself is kept.
  template <typename Request, typename Response>
  void Add(Run<Request, Response> run, Again<Request, Response> again = nullptr);
  // `prepare` runs before, on a thread of the preparer; its error is the command's.
  template <typename Request, typename Prepared, typename Response>
  void Add(std::function<absl::StatusOr<Prepared>(const Request&)> prepare,
           absl::Status (*run)(const Request&, Prepared&, Transaction&, Response*));

  bool Has(const google::protobuf::Descriptor* request) const { return makers_.contains(request); }
  // The command that carries `request` out and fills `response`; both must outlive it. Null for a message
  // that no room carries out. Caller and `done` are left to whoever asks.
  std::unique_ptr<Command> Make(const google::protobuf::Message& request,
                                google::protobuf::Message* response) const {
    const auto it = makers_.find(request.GetDescriptor());
    return it == makers_.end() ? nullptr : it->second(request, response);
  }

 private:
  using Maker = std::function<std::unique_ptr<Command>(const google::protobuf::Message& request,
                                                       google::protobuf::Message* response)>;
  // A request that is larger takes longer to decide than others should wait.
  static constexpr size_t kBulkBytes = 4096;
  // What the commands of all methods have in common.
  template <typename Request, typename Response>
  static std::unique_ptr<Command> NewCommand(const Request& request, Response* response);

  const storage::Store* const store_;
  ModelCache* const models_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, Maker> makers_;
};

template <typename Request, typename Response>
std::unique_ptr<Command> CommandMethods::NewCommand(const Request& request, Response* response) {
  static const google::protobuf::MethodDescriptor* const method = schema::MethodOf(Request::descriptor());
  auto command = std::make_unique<Command>();
  command->method = method->name();
  command->rule = &schema::RuleOf(*method);
  command->request_id = request.request_id();
  command->bytes = request.ByteSizeLong();
  command->bulk = command->bytes > kBulkBytes || method->client_streaming();
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

template <typename Request, typename Response>
void CommandMethods::Add(Run<Request, Response> run, Again<Request, Response> again) {
  makers_[Request::descriptor()] = [this, run, again](const google::protobuf::Message& generic,
                                                      google::protobuf::Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* const response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    command->run = [&request, response, run](Transaction& txn) { return run(request, txn, response); };
    if (again != nullptr) {
      command->again = [this, &request, response, again](storage::Revision revision) -> absl::Status {
        v1::ReadOptions read;
        read.set_read_revision(static_cast<int64_t>(revision));
        ASSIGN_OR_RETURN(const auto then, Snapshot::Open(*store_, models_, read));
        return again(request, *then, response);
      };
    }
    return command;
  };
}

template <typename Request, typename Prepared, typename Response>
void CommandMethods::Add(std::function<absl::StatusOr<Prepared>(const Request&)> prepare,
                         absl::Status (*run)(const Request&, Prepared&, Transaction&, Response*)) {
  makers_[Request::descriptor()] = [prepare = std::move(prepare), run](
                                       const google::protobuf::Message& generic,
                                       google::protobuf::Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* const response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    const auto prepared = std::make_shared<absl::StatusOr<Prepared>>(absl::UnknownError("not prepared"));
    command->bulk = true;
    command->prepare = [&request, prepare, prepared] { *prepared = prepare(request); };
    command->run = [&request, response, prepared, run](Transaction& txn) {
      return prepared->ok() ? run(request, **prepared, txn, response) : prepared->status();
    };
    return command;
  };
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_COMMAND_METHODS_H_
