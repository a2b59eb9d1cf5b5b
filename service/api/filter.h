// The filter and order_by grammar of every list: a subset of AIP-160 and AIP-132.
//
//   filter     = term { ["AND"] term } | term { "OR" term }
//   term       = ["NOT" | "-"] ( comparison | "(" filter ")" )
//   comparison = field ("=" | "!=" | "<" | "<=" | ">" | ">=" | ":") value
//   value      = word | "quoted \"string\""
// AND beside OR needs brackets: AIP-160 reads "a OR b AND c" as "(a OR b) AND c", most people and databases
// as "a OR (b AND c)", so neither is guessed. ≥ ≤ ≠ and the full-width signs are the same as their ASCII
// ones.
// ":" is "contains". Numbers compare as exact decimals; enum values by their order, written as their short
// name in either case or as their word (state = APPROVED, state = 已批准); grades as the profiles rank them,
// best is highest; everything else as text. A value that the enum or a true/false field does not have is
// refused, and so is a grade that no profile has, where order is asked for. A missing value (no score yet)
// fits no comparison but "!=".
#ifndef ATTAIN_SERVICE_API_FILTER_H_
#define ATTAIN_SERVICE_API_FILTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "service/api/grade_order.h"

namespace attain::engine {

class Filter {
 public:
  // For rows of type `row`: INVALID_FILTER names the place and lists the fields there are. At most 2,000
  // bytes, 50 terms, 10 levels. `grades` only where the text asks for the order of grades (AsksForGrades).
  static absl::StatusOr<Filter> Parse(absl::string_view text, const google::protobuf::Descriptor& row,
                                      const GradeOrder& grades = {});
  bool Matches(const google::protobuf::Message& row) const;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;  // null: everything matches
};

// Whether a filter or order_by may name a grade, so that those of the profiles have to be known.
bool AsksForGrades(absl::string_view text);

// "score desc, name": stable order by fields, values in the order that filters have; empty values last.
class Order {
 public:
  static absl::StatusOr<Order> Parse(absl::string_view text, const google::protobuf::Descriptor& row,
                                     const GradeOrder& grades = {});
  // Negative, zero or positive.
  int Compare(const google::protobuf::Message& a, const google::protobuf::Message& b) const;
  bool empty() const { return keys_.empty(); }

 private:
  struct Key {
    const google::protobuf::FieldDescriptor* field;
    bool descending;
  };
  std::vector<Key> keys_;
  GradeOrder grades_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FILTER_H_
