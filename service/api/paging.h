// Pages of a list (AIP-158): the token pins the revision and the question, so pages show one snapshot.
#ifndef ATTAIN_SERVICE_API_PAGING_H_
#define ATTAIN_SERVICE_API_PAGING_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "attain/v1/common.pb.h"
#include "google/protobuf/message.h"
#include "service/api/same_bytes.h"

namespace attain::engine {

struct Page {
  size_t size = 50;      // rows
  size_t offset = 0;     // rows to skip
  std::string cursor;    // where the page before ended, in the list's own words; empty on the first page and
                         // when it gave none
  v1::ReadOptions read;  // pinned to the first page's revision from the second page on
};

// Bytes of rows after which a page ends early.
inline constexpr size_t kMaxPageBytes = 1 << 20;

// `question` is everything that must stay the same between pages. INVALID_FIELD for a bad size,
// INVALID_PAGE_TOKEN for a damaged or foreign token.
absl::StatusOr<Page> OpenPage(int32_t page_size, const std::string& page_token, const v1::ReadOptions& read,
                              const std::string& question);

// Everything of a list's request that must stay the same between pages. How fresh the first page had to be is
// not of it: the token pins the revision, and clients that ask for what they have seen have seen the first
// page when they ask for the second.
template <typename Request>
std::string Question(Request request) {
  request.clear_page_token();
  request.clear_page_size();
  if constexpr (requires { request.mutable_read()->clear_at_least(); }) {
    request.mutable_read()->clear_at_least();
    if (request.read().ByteSizeLong() == 0) request.clear_read();
  }
  return absl::StrCat(Request::descriptor()->name(), ":", SameBytes(request));
}

std::string NextPageToken(uint64_t revision, size_t offset, const std::string& question,
                          absl::string_view cursor = "");

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_PAGING_H_
