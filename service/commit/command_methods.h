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
#include "service/api/answer_view.h"
#include "service/commit/command.h"
#include "service/commit/transaction.h"
#include "storage/position.h"
#include "storage/store.h"

namespace attain::engine {

// Filled once, then thread-safe.
class CommandMethods {
 public:
  template <typename Request, typename Response>
  using Run = absl::Status (*)(const Request&, Transaction&, Response*);

  // The store is not owned; it must outlive this and the commands.
  explicit CommandMethods(const storage::Store* store) : store_(store) {}

  template <typename Request, typename Response>
  void Add(Run<Request, Response> run);
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
  std::unique_ptr<Command> NewCommand(const Request& request, Response* response) const;

  const storage::Store* const store_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, Maker> makers_;
};

template <typename Request, typename Response>
std::unique_ptr<Command> CommandMethods::NewCommand(const Request& request, Response* response) const {
  static const google::protobuf::MethodDescriptor* const method = schema::MethodOf(Request::descriptor());
  auto command = std::make_unique<Command>();
  command->method = method->name();
  command->rule = &schema::RuleOf(*method);
  command->write = &request.write();
  command->bytes = request.ByteSizeLong();
  command->bulk = command->bytes > kBulkBytes || method->client_streaming();
  command->validate_only = request.write().validate_only();
  if (!command->validate_only) command->request_id = request.write().request_id();
  command->stamp = [response, store = store_,
                    basic = WantsBasic(request.write(), *command->rule)](const Transaction* txn) {
    v1::Commit* const commit = response->mutable_commit();
    if (txn != nullptr) {
      txn->FillCommit(commit);
      commit->set_token(
          storage::EncodePosition(store->store_id(), store->epochs().Of(txn->revision()), txn->revision()));
    }
    if (basic) LeaveBasics(response);
  };
  command->answer_bytes = [response] { return response->ByteSizeLong(); };
  command->serialize = [response] { return response->SerializeAsString(); };
  command->restore = [response](const std::string& bytes) { return response->ParseFromString(bytes); };
  return command;
}

template <typename Request, typename Response>
void CommandMethods::Add(Run<Request, Response> run) {
  makers_[Request::descriptor()] = [this, run](const google::protobuf::Message& generic,
                                               google::protobuf::Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* const response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    command->run = [&request, response, run](Transaction& txn) { return run(request, txn, response); };
    return command;
  };
}

template <typename Request, typename Prepared, typename Response>
void CommandMethods::Add(std::function<absl::StatusOr<Prepared>(const Request&)> prepare,
                         absl::Status (*run)(const Request&, Prepared&, Transaction&, Response*)) {
  makers_[Request::descriptor()] = [this, prepare = std::move(prepare), run](
                                       const google::protobuf::Message& generic,
                                       google::protobuf::Message* generic_response) {
    const auto& request = static_cast<const Request&>(generic);
    auto* const response = static_cast<Response*>(generic_response);
    auto command = NewCommand(request, response);
    const auto prepared = std::make_shared<absl::StatusOr<Prepared>>(absl::UnknownError("not prepared"));
    command->bulk = command->keeps_answer = true;
    command->prepare = [&request, prepare, prepared] { *prepared = prepare(request); };
    command->run = [&request, response, prepared, run](Transaction& txn) {
      return prepared->ok() ? run(request, **prepared, txn, response) : prepared->status();
    };
    return command;
  };
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_COMMAND_METHODS_H_
