// The hub of watches as a listener of groups.
#ifndef ATTAIN_SERVICE_CHANGES_HUB_LISTENER_H_
#define ATTAIN_SERVICE_CHANGES_HUB_LISTENER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "service/state/group_listener.h"
#include "service/watch/hub.h"

namespace attain::engine {

// Wakes the hub, which reads for itself what a group changed. Thread-safe.
class HubListener final : public GroupListener {
 public:
  // The hub is not owned and must outlive this.
  explicit HubListener(watch::Hub* hub) : hub_(hub) {}

  bool BeginGroup() override { return false; }
  void EndGroup(uint64_t, std::optional<std::vector<MovedTable>>) override {}
  // Answers go first: a watch has no caller that waits.
  void GroupAnswered() override { hub_->Notify(); }

 private:
  watch::Hub* const hub_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_HUB_LISTENER_H_
