// Who calls and in which language, from a call's metadata.
#ifndef ATTAIN_SERVICE_RPC_CALLER_H_
#define ATTAIN_SERVICE_RPC_CALLER_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/caller.h"

namespace attain::rpc {

// Undoes percent-encoding; what is not a valid escape stays as it is.
std::string PercentDecode(absl::string_view text);

// By accept-language. Never fails: for answers that must be given in the caller's language whatever else is
// wrong.
std::string LocaleOf(const grpc::CallbackServerContext& context);

// "attain-actor" (what the caller says of itself: UTF-8, percent-encoded where it is not ASCII, at most 128
// bytes when decoded) and "accept-language". INVALID_ARGUMENT (INVALID_FIELD, INVALID_ENCODING) names
// attain-actor when it is too long or no text.
absl::StatusOr<engine::Caller> CallerOf(const grpc::CallbackServerContext& context);

// "attain-all-or-nothing: true", of StreamActuals.
bool IsAllOrNothing(const grpc::CallbackServerContext& context);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_CALLER_H_
