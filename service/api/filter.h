// The filter and order_by grammar of every list: a subset of AIP-160 and AIP-132.
//
//   filter   = and-part { "OR" and-part };  and-part = term { ["AND"] term };  term = ["NOT"|"-"] (
//   comparison | "(" filter ")" ) comparison = field ("=" | "!=" | "<" | "<=" | ">" | ">=" | ":") value;
//   value = word | "quoted \"string\""
// ":" is "contains". Numbers compare as exact decimals, everything else as text; enum values by their short
// name in either case (state = APPROVED); a value that the enum or a true/false field does not have is
// refused. A missing value (no score yet) fits no comparison but "!=".
#ifndef ATTAIN_SERVICE_API_FILTER_H_
#define ATTAIN_SERVICE_API_FILTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace attain::engine {

class Filter {
 public:
  // For rows of type `row`: INVALID_FILTER names the place and lists the fields there are. At most 2,000
  // bytes, 50 terms, 10 levels.
  static absl::StatusOr<Filter> Parse(absl::string_view text, const google::protobuf::Descriptor& row);
  bool Matches(const google::protobuf::Message& row) const;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;  // null: everything matches
};

// "score desc, name": stable order by fields; empty values last.
class Order {
 public:
  static absl::StatusOr<Order> Parse(absl::string_view text, const google::protobuf::Descriptor& row);
  // Negative, zero or positive.
  int Compare(const google::protobuf::Message& a, const google::protobuf::Message& b) const;
  bool empty() const { return keys_.empty(); }

 private:
  struct Key {
    const google::protobuf::FieldDescriptor* field;
    bool descending;
  };
  std::vector<Key> keys_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FILTER_H_
