// Reads a list to its end.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_PAGES_H_
#define ATTAIN_CLIENTS_CLI_INPUT_PAGES_H_

#include <algorithm>
#include <cstddef>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "google/protobuf/repeated_field.h"

namespace attain::cli {

inline constexpr int kPageSize = 1000;

// All pages of `method` as one answer, at most `limit` rows; 0 means all. Every page shows the snapshot of
// the first. A page token is left only where rows were left.
template <typename Request, typename Response, typename Row>
absl::StatusOr<Response> AllPages(const client::Client& client,
                                  absl::StatusOr<Response> (client::Client::*method)(Request) const,
                                  Request request,
                                  google::protobuf::RepeatedPtrField<Row>* (Response::*rows)(),
                                  int limit = 0) {
  request.set_page_size(limit > 0 ? std::min(limit, kPageSize) : kPageSize);
  absl::StatusOr<Response> all = (client.*method)(request);
  while (all.ok() && !all->next_page_token().empty()) {
    auto* kept = ((*all).*rows)();
    if (limit > 0 && kept->size() >= limit) break;
    if (limit > 0) request.set_page_size(std::min(limit - kept->size(), kPageSize));
    request.set_page_token(all->next_page_token());
    absl::StatusOr<Response> page = (client.*method)(request);
    if (!page.ok()) return page.status();
    for (Row& row : *((*page).*rows)()) *kept->Add() = std::move(row);
    all->set_next_page_token(page->next_page_token());
  }
  return all;
}

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_PAGES_H_
