// Collects what is wrong with the fields of a message that is read as a whole, such as a profile.
#ifndef ATTAIN_SERVICE_API_FIELD_CHECKS_H_
#define ATTAIN_SERVICE_API_FIELD_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/api/errors.h"
#include "service/scoring/decimal.h"

namespace attain::engine {

// A field: its path below the message, and what its texts call it where that is longer.
struct Field {
  Field(const char* of) : path(of), name(of) {}  // NOLINT(google-explicit-constructor)
  Field(absl::string_view of, absl::string_view called) : path(of), name(called) {}
  absl::string_view path, name;
};

enum class Need { kOptional, kRequired };

// Thread-compatible. Each problem is one violation; its texts name the field and say what it may hold.
class FieldChecks {
 public:
  // `at` is the path of the message.
  explicit FieldChecks(absl::string_view at) : at_(at) {}

  void Add(Field field, const Text& text);
  void Add(const std::vector<Violation>& violations);

  // The number, or nothing when the text is empty or was refused.
  std::optional<scoring::Decimal> Number(Field field, const std::string& text, Need need);
  // The same between `low` and `high`, or at least `low`.
  std::optional<scoring::Decimal> Number(Field field, const std::string& text, Need need, int64_t low,
                                         std::optional<int64_t> high);
  // A text of at most `limit` characters, UTF-8 without control characters.
  void Words(Field field, absl::string_view text, Need need, size_t limit);
  // False, with a violation, when there are more than `limit`.
  bool Count(Field field, int size, int limit);
  // An enum value; 0 is "not set".
  void Choice(Field field, int value, bool (*known)(int), Need need);

  bool empty() const { return violations_.empty(); }
  std::vector<Violation> Take() && { return std::move(violations_); }

 private:
  void Required(Field field);

  const std::string at_;
  std::vector<Violation> violations_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FIELD_CHECKS_H_
