#include "service/api/paging.h"

#include <openssl/sha.h>

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

constexpr int32_t kMaxPageSize = 1000;

// Ties a token to its question and catches damage; it is no secret.
std::string Seal(absl::string_view body, const std::string& question) {
  const std::string all = absl::StrCat(body, "\n", question);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), 8));
}

absl::Status BadToken() {
  return BadField(
      "page_token", v1::ERROR_REASON_INVALID_PAGE_TOKEN,
      {"分页标记已损坏，或不属于这个查询。请从第一页重新开始。",
       "The page token is damaged or belongs to another question. Start again from the first page."});
}

}  // namespace

absl::StatusOr<Page> OpenPage(int32_t page_size, const std::string& page_token, const v1::ReadOptions& read,
                              const std::string& question) {
  if (page_size < 0) {
    return BadField("page_size", v1::ERROR_REASON_INVALID_FIELD,
                    {"每页行数不得为负。", "The page size must not be negative."});
  }
  Page page;
  page.read = read;
  if (page_size > 0) page.size = static_cast<size_t>(std::min(page_size, kMaxPageSize));
  if (page_token.empty()) return page;
  std::string decoded;
  if (!absl::WebSafeBase64Unescape(page_token, &decoded)) return BadToken();
  const std::vector<std::string> parts = absl::StrSplit(decoded, absl::MaxSplits('.', 3));
  int64_t revision = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &revision) ||
      !absl::SimpleAtoi(parts[1], &page.offset) ||
      parts[2] != Seal(absl::StrCat(parts[0], ".", parts[1], ".", parts[3]), question)) {
    return BadToken();
  }
  page.cursor = parts[3];
  page.read.set_read_revision(revision);
  return page;
}

std::string NextPageToken(uint64_t revision, size_t offset, const std::string& question,
                          absl::string_view cursor) {
  const std::string body = absl::StrCat(revision, ".", offset);
  return absl::WebSafeBase64Escape(
      absl::StrCat(body, ".", Seal(absl::StrCat(body, ".", cursor), question), ".", cursor));
}

}  // namespace attain::engine
