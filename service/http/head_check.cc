#include "service/http/head_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "service/calls/accept_language.h"

namespace attain::http {
namespace {

auto Count(const Headers& headers, absl::string_view name) {
  return std::count_if(headers.begin(), headers.end(),
                       [&](const auto& header) { return absl::EqualsIgnoreCase(header.first, name); });
}

// What could be read in two ways by a proxy before this server and by this server.
bool IsFramedInTwoWays(const RequestHead& head) {
  const auto codings = Count(head.headers, "Transfer-Encoding");
  return codings > 1 || (codings == 1 && !head.is_1_1);
}

}  // namespace

std::variant<Admitted, Problem> CheckHead(const RequestHead& head, const Router& router, size_t most_target) {
  if (head.target.size() > most_target) return TargetTooLong(most_target);
  if (Count(head.headers, "Host") > 1 || (head.is_1_1 && Count(head.headers, "Host") == 0)) return NoHost();
  if (IsFramedInTwoWays(head)) return Malformed();
  const absl::string_view coding = FindHeader(head.headers, "Transfer-Encoding");
  if (!coding.empty() && !absl::EqualsIgnoreCase(coding, "chunked")) return CodingNotKnown();
  const absl::StatusOr<Target> target = ParseTarget(head.target);
  if (!target.ok()) return ProblemOf(target.status());
  Router::Match match = router.Find(head.method, *target);
  if (match.route == nullptr) return match.allowed.empty() ? NoSuchPath() : MethodNotAllowed(match.allowed);
  const absl::string_view expects = FindHeader(head.headers, "Expect");
  if (head.is_1_1 && !expects.empty() && !absl::EqualsIgnoreCase(expects, "100-continue"))
    return ExpectationFailed();
  if (head.content_length > match.route->most_body || (head.chunked && match.route->most_body == 0))
    return BodyTooLarge(match.route->most_body);
  Admitted admitted;
  admitted.route = match.route;
  admitted.expects_continue = head.is_1_1 && !expects.empty() && (head.chunked || head.content_length > 0);
  admitted.request.method = head.method == "HEAD" ? "GET" : head.method;
  admitted.request.path = target->path;
  admitted.request.query = target->query;
  admitted.request.captured = std::move(match.captured);
  admitted.request.headers = head.headers;
  admitted.request.locale = calls::LocaleOf(FindHeader(head.headers, "Accept-Language"));
  return admitted;
}

}  // namespace attain::http
