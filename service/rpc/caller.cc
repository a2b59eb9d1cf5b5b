#include "service/rpc/caller.h"

#include <string>

#include "absl/strings/ascii.h"
#include "service/api/text_limits.h"
#include "service/calls/accept_language.h"

namespace attain::rpc {
namespace {

constexpr char kActor[] = "attain-actor", kAllOrNothing[] = "attain-all-or-nothing";

absl::string_view Find(const grpc::CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(key);
  return it == metadata.end() ? absl::string_view() : absl::string_view(it->second.data(), it->second.size());
}

int Hex(char c) {
  return absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
}

}  // namespace

std::string PercentDecode(absl::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
                        absl::ascii_isxdigit(text[i + 2]);
    if (!escape) {
      decoded.push_back(text[i]);
      continue;
    }
    decoded.push_back(static_cast<char>(Hex(text[i + 1]) * 16 + Hex(text[i + 2])));
    i += 2;
  }
  return decoded;
}

std::string LocaleOf(const grpc::CallbackServerContext& context) {
  return calls::LocaleOf(Find(context, "accept-language"));
}

bool IsAllOrNothing(const grpc::CallbackServerContext& context) {
  return Find(context, kAllOrNothing) == "true";
}

absl::StatusOr<engine::Caller> CallerOf(const grpc::CallbackServerContext& context) {
  engine::Caller caller;
  caller.locale = LocaleOf(context);
  if (const absl::string_view actor = Find(context, kActor); !actor.empty()) {
    caller.actor = PercentDecode(actor);
    if (absl::Status fine = engine::CheckLength(kActor, caller.actor, engine::kMaxActor); !fine.ok())
      return fine;
  }
  return caller;
}

}  // namespace attain::rpc
