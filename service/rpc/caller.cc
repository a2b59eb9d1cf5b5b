#include "service/rpc/caller.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace attain::rpc {
namespace {

absl::string_view Find(const grpc::CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(key);
  return it == metadata.end() ? absl::string_view() : absl::string_view(it->second.data(), it->second.size());
}

int Hex(char c) { return absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10; }

std::string PercentDecode(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) && absl::ascii_isxdigit(text[i + 2])) {
      decoded.push_back(static_cast<char>(Hex(text[i + 1]) * 16 + Hex(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

}  // namespace

engine::Caller CallerOf(const grpc::CallbackServerContext& context) {
  engine::Caller caller;
  caller.actor = PercentDecode(Find(context, "attain-actor"));
  caller.locale = absl::StartsWith(Find(context, "accept-language"), "zh") ? "zh-CN" : "en";
  return caller;
}

}  // namespace attain::rpc
