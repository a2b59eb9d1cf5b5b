// Who hears what each group of revisions moved: the ranking, the hub of watches. Whoever writes groups tells
// them, the committer and the replayer alike, so that they also live where nothing is decided.
#ifndef ATTAIN_SERVICE_STATE_GROUP_LISTENER_H_
#define ATTAIN_SERVICE_STATE_GROUP_LISTENER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/scoring/decimal.h"

namespace attain::engine {

// Where one revision left a table that it touched.
struct MovedTable {
  uint64_t revision = 0;
  std::string table;  // TableKey
  bool in_force = false;
  std::optional<scoring::Decimal> total;  // of a table in force, in points; unset without weights
};

// Called by the one thread that decides and the one that writes. Must not block for long: a commit waits for
// it. Groups that fail and groups that write nothing begin and end as well.
class GroupListener {
 public:
  // Before the first command of a group is decided. The next group may begin before this one ends; they end
  // in order. Tells whether the listener wants to hear what the group moves.
  virtual bool BeginGroup() = 0;
  // After the group is durable and before its answers are given. `revision` is the group's last one, 0 when
  // nothing was written; `moved` is in order of revision, nullopt when it was not wanted.
  virtual void EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) = 0;
  // After the answers to a group that wrote something were given: for what no caller waits for.
  virtual void GroupAnswered() = 0;

 protected:
  ~GroupListener() = default;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_GROUP_LISTENER_H_
