// Tables in order of score: what a ranked list walks along.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_RANKING_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_RANKING_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "service/scoring/decimal.h"

namespace attain::engine {

// Where a table stands.
struct RankPlace {
  enum Kind : uint8_t {
    kAbsent = 0,  // not in force
    kUnscored,    // behind all scores, in either direction
    kScored,
    kUnfit,  // a total with more than two decimals or beyond a machine word: cannot be ranked here
  };
  Kind kind = kAbsent;
  int64_t hundredths = 0;  // of a point; kScored only

  bool ranked() const { return kind == kUnscored || kind == kScored; }
  bool operator==(const RankPlace&) const = default;
  // Of a table in force; unset = without weights.
  static RankPlace Of(const std::optional<scoring::Decimal>& total);
};

// A table at its place.
struct Ranked {
  RankPlace place;
  std::string table;  // TableKey

  // For page tokens: "7550:u/p1", ":u/p1" without a score. Unset for anything else.
  std::string ToText() const;
  static std::optional<Ranked> FromText(absl::string_view text);
};

// Whether (place, table) comes first: by score in the direction, without a score last, ties by key as a scan
// meets them.
bool Precedes(bool descending, const RankPlace& a, const std::string& table_a, const RankPlace& b,
              const std::string& table_b);

// Thread-compatible. Keeps pointers to the keys; they must stay.
class Ranking {
 public:
  void Add(const RankPlace& place, const std::string* table);
  void Remove(const RankPlace& place, const std::string* table);
  size_t size() const { return size_; }

  // Calls for every table behind `after` (null: for all) in order, until false.
  using Visitor = absl::FunctionRef<bool(const RankPlace& place, const std::string* table)>;
  void Walk(bool descending, const Ranked* after, Visitor visit) const;

 private:
  struct ByText {
    bool operator()(const std::string* a, const std::string* b) const { return *a < *b; }
  };
  using Tied = absl::btree_set<const std::string*, ByText>;
  static bool WalkTied(const RankPlace& place, const Tied& tied, const Ranked* after, Visitor visit);

  std::map<int64_t, Tied> scored_;  // by hundredths
  Tied unscored_;
  size_t size_ = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_RANKING_H_
