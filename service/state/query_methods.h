// Questions by the message that asks them: each room adds its own, the engine answers them.
#ifndef ATTAIN_SERVICE_STATE_QUERY_METHODS_H_
#define ATTAIN_SERVICE_STATE_QUERY_METHODS_H_

#include <functional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "service/api/dates.h"
#include "service/api/language.h"
#include "service/api/macros.h"
#include "service/state/query_context.h"

namespace attain::engine {

// Filled once, then thread-safe.
class QueryMethods {
 public:
  using Query = std::function<absl::Status(const google::protobuf::Message& request,
                                           const QueryContext& context, google::protobuf::Message* response)>;

  template <typename Request, typename Response>
  void Add(absl::Status (*run)(const Request&, const QueryContext&, Response*)) {
    Add<Request, Response>(std::function<absl::Status(const Request&, const QueryContext&, Response*)>(run));
  }

  // For questions that need more than the state. The days of the request are YYYY-MM-DD when it runs.
  template <typename Request, typename Response>
  void Add(std::function<absl::Status(const Request&, const QueryContext&, Response*)> run) {
    queries_[Request::descriptor()] = [run = std::move(run)](const google::protobuf::Message& request,
                                                             const QueryContext& context,
                                                             google::protobuf::Message* response) {
      const auto& typed = static_cast<const Request&>(request);
      auto* const answer = static_cast<Response*>(response);
      const auto ask = [&](const QueryContext& how) {
        return DaysArePlain(typed) ? run(typed, how, answer) : run(WithPlainDays(typed), how, answer);
      };
      if constexpr (requires { typed.read().language_code(); }) {
        if (!typed.read().language_code().empty()) {
          ASSIGN_OR_RETURN(const Caller caller, SpokenTo(context.caller, typed.read().language_code()));
          return ask({context.store, context.cache, caller, context.clock});
        }
      }
      return ask(context);
    };
  }

  // Null for a message that no room answers.
  const Query* Find(const google::protobuf::Descriptor* request) const {
    const auto it = queries_.find(request);
    return it == queries_.end() ? nullptr : &it->second;
  }

 private:
  absl::flat_hash_map<const google::protobuf::Descriptor*, Query> queries_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_QUERY_METHODS_H_
