// Gathers the rows of a list: filter, order, page.
#ifndef ATTAIN_SERVICE_API_ROWS_H_
#define ATTAIN_SERVICE_API_ROWS_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/api/filter.h"
#include "service/api/macros.h"
#include "service/api/paging.h"

namespace attain::engine {

// Row is a message of attain.v1. Thread-compatible.
template <typename Row>
class Rows {
 public:
  // `grades`: as for Filter::Parse.
  static absl::StatusOr<Rows> Make(const std::string& filter, const std::string& order_by,
                                   const GradeOrder& grades = {}) {
    Rows rows;
    ASSIGN_OR_RETURN(rows.filter_, Filter::Parse(filter, *Row::descriptor(), grades));
    ASSIGN_OR_RETURN(rows.order_, Order::Parse(order_by, *Row::descriptor(), grades));
    return rows;
  }

  void Offer(Row row) {
    if (filter_.Matches(row)) rows_.push_back(std::move(row));
  }

  // Moves one page into `out` and returns the token of the next, empty at the end.
  std::string Take(const Page& page, uint64_t revision, const std::string& question,
                   google::protobuf::RepeatedPtrField<Row>* out) {
    if (!order_.empty()) {
      std::stable_sort(rows_.begin(), rows_.end(),
                       [this](const Row& a, const Row& b) { return order_.Compare(a, b) < 0; });
    }
    size_t bytes = 0, i = page.offset;
    for (; i < rows_.size() && i - page.offset < page.size && (bytes == 0 || bytes < kMaxPageBytes); ++i) {
      bytes += rows_[i].ByteSizeLong();
      *out->Add() = std::move(rows_[i]);
    }
    return i < rows_.size() ? NextPageToken(revision, i, question) : "";
  }

  size_t size() const { return rows_.size(); }

 private:
  Filter filter_;
  Order order_;
  std::vector<Row> rows_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_ROWS_H_
