#include "service/watch/roster.h"

#include <algorithm>
#include <utility>

namespace attain::watch {
namespace {

void EraseValue(std::vector<Member*>* from, const Member* value) {
  from->erase(std::remove(from->begin(), from->end(), value), from->end());
}

}  // namespace

size_t Roster::CountOf(const std::string& caller) const {
  const auto it = per_caller_.find(caller);
  return it == per_caller_.end() ? 0 : it->second;
}

void Roster::Add(std::unique_ptr<Member> member) {
  Member* const one = member.get();
  members_[one->subscription.get()] = std::move(member);
  ++per_caller_[one->caller];
  if (one->selection->units().empty()) of_any_unit_.push_back(one);
  for (const std::string& unit : one->selection->units()) by_unit_[unit].push_back(one);
}

Member* Roster::Find(const Subscription* subscription) const {
  const auto it = members_.find(subscription);
  return it == members_.end() ? nullptr : it->second.get();
}

std::unique_ptr<Member> Roster::Remove(const Subscription* subscription) {
  const auto it = members_.find(subscription);
  if (it == members_.end()) return nullptr;
  std::unique_ptr<Member> member = std::move(it->second);
  members_.erase(it);
  if (member->selection->units().empty()) EraseValue(&of_any_unit_, member.get());
  for (const std::string& unit : member->selection->units()) {
    const auto list = by_unit_.find(unit);
    EraseValue(&list->second, member.get());
    if (list->second.empty()) by_unit_.erase(list);
  }
  if (--per_caller_[member->caller] == 0) per_caller_.erase(member->caller);
  return member;
}

void Roster::ForEach(absl::FunctionRef<void(Member*)> visit) const {
  for (const auto& [subscription, member] : members_) visit(member.get());
}

void Roster::ForEachFollowing(const Entry& entry, absl::FunctionRef<void(Member*)> visit) const {
  if (entry.events.empty()) return;
  for (const std::string& unit : entry.units) {
    const auto members = by_unit_.find(unit);
    if (members == by_unit_.end()) continue;
    for (Member* member : members->second) visit(member);
  }
  for (Member* member : of_any_unit_) visit(member);
}

SelectionPtr SelectionPool::Intern(SelectionPtr selection) {
  std::weak_ptr<const Selection>& known = known_[selection->text()];
  if (SelectionPtr same = known.lock()) return same;
  known = selection;
  if (known_.size() >= sweep_at_) {
    absl::erase_if(known_, [](const auto& one) { return one.second.expired(); });
    sweep_at_ = std::max<size_t>(64, 2 * known_.size());
  }
  return selection;
}

}  // namespace attain::watch
