#include "service/http/answer_head.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/http/problem.h"

namespace attain::http {
namespace {

// Nothing here is shown inside another site's page, run as a script or kept, unless a handler says so.
constexpr std::pair<absl::string_view, absl::string_view> kUsual[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
};

absl::string_view CacheControl(Caching caching) {
  return caching == Caching::kImmutable ? "public, max-age=31536000, immutable" : "no-store";
}

bool IsFraming(absl::string_view name) {
  return absl::EqualsIgnoreCase(name, "Content-Length") ||
         absl::EqualsIgnoreCase(name, "Transfer-Encoding") || absl::EqualsIgnoreCase(name, "Connection");
}

std::string OneLine(absl::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); },
      ' ');
  return line;
}

void AddLine(absl::string_view name, absl::string_view value, std::string* head) {
  absl::StrAppend(head, name, ": ", value, "\r\n");
}

}  // namespace

std::string AnswerHead(const Response& response, bool keep_alive, absl::Time now) {
  std::string head = absl::StrCat("HTTP/1.1 ", response.status, " ", PhraseOf(response.status), "\r\n");
  AddLine("Date", absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now, absl::UTCTimeZone()), &head);
  AddLine("Connection", keep_alive ? "keep-alive" : "close", &head);
  if (response.status != 204 && response.status != 304) {
    AddLine("Content-Type", OneLine(response.content_type), &head);
    AddLine("Content-Length", absl::StrCat(response.body.size()), &head);
  }
  const auto add_unless_given = [&](absl::string_view name, absl::string_view value) {
    if (FindHeader(response.headers, name).empty()) AddLine(name, value, &head);
  };
  add_unless_given("Cache-Control", CacheControl(response.caching));
  for (const auto& [name, value] : kUsual) add_unless_given(name, value);
  for (const auto& [name, value] : response.headers) {
    if (!IsFraming(name)) AddLine(OneLine(name), OneLine(value), &head);
  }
  head += "\r\n";
  return head;
}

}  // namespace attain::http
