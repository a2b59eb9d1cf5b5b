// Several listeners of groups as one.
#ifndef ATTAIN_SERVICE_STATE_GROUP_LISTENERS_H_
#define ATTAIN_SERVICE_STATE_GROUP_LISTENERS_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "service/state/group_listener.h"
#include "storage/mutex.h"

namespace attain::engine {

// Tells each of them what it asked for, in their order. Thread-safe as far as GroupListener is.
class GroupListeners final : public GroupListener {
 public:
  // They are not owned and must outlive this; there may be none.
  explicit GroupListeners(std::vector<GroupListener*> listeners) : listeners_(std::move(listeners)) {}

  bool BeginGroup() override ATTAIN_EXCLUDES(mutex_);
  void EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) override
      ATTAIN_EXCLUDES(mutex_);
  void GroupAnswered() override;

 private:
  const std::vector<GroupListener*> listeners_;
  storage::Mutex mutex_;
  std::deque<std::vector<bool>> wanted_ ATTAIN_GUARDED_BY(mutex_);  // by whom, of the groups that began
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_GROUP_LISTENERS_H_
