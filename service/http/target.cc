#include "service/http/target.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::http {
namespace {

absl::Status BadPath(const scoring::Text& text) {
  return engine::BadField("path", v1::ERROR_REASON_INVALID_FIELD, text);
}

// http://host/path is to be taken for /path (RFC 9112, 3.2.2).
absl::string_view WithoutOrigin(absl::string_view text) {
  for (const absl::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(text, scheme)) continue;
    const size_t path = text.find_first_of("/?", scheme.size());
    return path == absl::string_view::npos ? "/" : text.substr(path);
  }
  return text;
}

bool IsEscape(absl::string_view text) {
  return text.size() >= 3 && absl::ascii_isxdigit(static_cast<unsigned char>(text[1])) &&
         absl::ascii_isxdigit(static_cast<unsigned char>(text[2]));
}

absl::StatusOr<std::string> Decode(absl::string_view segment) {
  std::string decoded;
  while (!segment.empty()) {
    if (segment[0] != '%') {
      decoded.push_back(segment[0]);
      segment.remove_prefix(1);
      continue;
    }
    if (!IsEscape(segment)) {
      return BadPath({"路径中的 % 后面应是两位十六进制数；% 本身写作 %25。",
                      "In a path, % is followed by two hexadecimal digits; write %25 for the sign itself."});
    }
    decoded += absl::HexStringToBytes(segment.substr(1, 2));
    segment.remove_prefix(3);
  }
  return decoded;
}

absl::Status CheckSegment(absl::string_view segment) {
  if (segment == "." || segment == "..") {
    return BadPath(
        {"路径中不能有 . 和 ..，请写出完整的路径。", "A path has no . and .. in it: write it in full."});
  }
  const bool odd = std::any_of(segment.begin(), segment.end(), [](char c) {
    return c == '/' || c == '\\' || absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
  if (odd) {
    return BadPath({"路径中不能有控制字符、反斜杠和转义的斜杠。",
                    "A path has no control characters, backslashes or escaped slashes in it."});
  }
  if (engine::IsUtf8(segment)) return absl::OkStatus();
  return engine::BadField("path", v1::ERROR_REASON_INVALID_ENCODING,
                          {"路径解码后应是 UTF-8。", "A path is UTF-8 when it is decoded."});
}

}  // namespace

absl::StatusOr<Target> ParseTarget(absl::string_view text) {
  text = WithoutOrigin(text);
  Target target;
  const size_t question = text.find('?');
  if (question != absl::string_view::npos) target.query = std::string(text.substr(question + 1));
  absl::string_view path = text.substr(0, question);
  if (path.empty() && question == 0) path = "/";
  if (path.empty() || path[0] != '/' || absl::StrContains(text, '#')) {
    return BadPath({"请求的路径应以 / 开头，不带 #。", "The path of a request begins with / and has no #."});
  }
  if (path == "/") {
    target.path = "/";
    return target;
  }
  for (const absl::string_view part : absl::StrSplit(path.substr(1), '/')) {
    absl::StatusOr<std::string> segment = Decode(part);
    if (!segment.ok()) return segment.status();
    if (absl::Status fine = CheckSegment(*segment); !fine.ok()) return fine;
    target.path += "/" + *segment;
    target.segments.push_back(*std::move(segment));
  }
  return target;
}

}  // namespace attain::http
