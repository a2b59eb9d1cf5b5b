// The open streams: whom each counts for, and which entries concern it.
#ifndef ATTAIN_SERVICE_WATCH_ROSTER_H_
#define ATTAIN_SERVICE_WATCH_ROSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "service/watch/entry.h"
#include "service/watch/selection.h"

namespace attain::watch {

class Subscription;

struct Member {
  std::shared_ptr<Subscription> subscription;
  std::string caller;
  SelectionPtr selection;
  bool waiting = false;  // the hub runs the subscription: wake it when something is for it
  bool cut = false;      // its stream was told to end because the client does not read
};

// Thread-compatible.
class Roster {
 public:
  size_t size() const { return members_.size(); }
  bool empty() const { return members_.empty(); }
  size_t CountOf(const std::string& caller) const;

  void Add(std::unique_ptr<Member> member);
  // Null when it is not there.
  Member* Find(const Subscription* subscription) const;
  std::unique_ptr<Member> Remove(const Subscription* subscription);

  void ForEach(absl::FunctionRef<void(Member*)> visit) const;
  // Members that follow a unit that the entry touches; one that follows several may be visited several times.
  void ForEachFollowing(const Entry& entry, absl::FunctionRef<void(Member*)> visit) const;

 private:
  absl::flat_hash_map<const Subscription*, std::unique_ptr<Member>> members_;
  absl::flat_hash_map<std::string, std::vector<Member*>> by_unit_;
  std::vector<Member*> of_any_unit_;
  absl::flat_hash_map<std::string, size_t> per_caller_;
};

// Lets streams that select the same share one Selection, and with it the bytes of their messages.
// Thread-compatible.
class SelectionPool {
 public:
  // The selection in use with the same text, or this one.
  SelectionPtr Intern(SelectionPtr selection);
  // Selections known, in use or not yet forgotten.
  size_t size() const { return known_.size(); }

 private:
  absl::flat_hash_map<std::string, std::weak_ptr<const Selection>> known_;
  size_t sweep_at_ =
      64;  // forgets those that are gone when there are so many, so it holds at most twice what is in use
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_ROSTER_H_
