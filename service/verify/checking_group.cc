#include "service/verify/checking_group.h"

#include "service/api/macros.h"

namespace attain::engine {
namespace {

constexpr size_t kMostReadBytes = size_t{32} << 20;

}  // namespace

std::optional<storage::Versioned> CheckingGroup::Found(const Value& value) {
  if (!value.live) return std::nullopt;
  return storage::Versioned{value.revision, value.bytes};
}

absl::StatusOr<std::optional<storage::Versioned>> CheckingGroup::Get(absl::string_view key) {
  if (const auto open = open_.find(key); open != open_.end()) return Found(open->second);
  const bool doubted = doubts_->Has(key);
  if (doubted) {
    const auto kept = kept_.find(key);
    return kept == kept_.end() ? std::nullopt : Found(kept->second);
  }
  if (const auto read = read_.find(key); read != read_.end()) return read->second;
  ASSIGN_OR_RETURN(std::optional<storage::Versioned> found, reads_->Get(key, revision_ - 1));
  if (read_bytes_ > kMostReadBytes) {
    read_.clear();
    read_bytes_ = 0;
  }
  read_bytes_ += key.size() + (found.has_value() ? found->value.size() : 0);
  read_.emplace(std::string(key), found);
  return found;
}

absl::Status CheckingGroup::Scan(absl::string_view begin, absl::string_view end,
                                 const storage::ScanVisitor& visitor) {
  if (!end.empty() && end <= begin) return absl::OkStatus();
  Values own;
  for (const Values* values : {&kept_, &open_}) {
    const auto stop = end.empty() ? values->end() : values->lower_bound(end);
    for (auto it = values->lower_bound(begin); it != stop; ++it) own[it->first] = it->second;
  }
  auto next = own.begin();
  bool go_on = true;
  const auto visit_own = [&] {
    if (next->second.live) go_on = visitor(next->first, next->second.revision, next->second.bytes);
    ++next;
  };
  RETURN_IF_ERROR(
      reads_->Scan(begin, end, revision_ - 1,
                   [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
                     while (go_on && next != own.end() && next->first < key) visit_own();
                     if (!go_on) return false;
                     if (next != own.end() && next->first == key) {
                       visit_own();
                     } else if (!doubts_->Has(key)) {
                       go_on = visitor(key, revision, value);
                     }
                     return go_on;
                   }));
  while (go_on && next != own.end()) visit_own();
  return absl::OkStatus();
}

void CheckingGroup::Write(absl::string_view key, bool live, absl::string_view value) {
  open_[std::string(key)] = {revision_, live, std::string(value)};
}

absl::StatusOr<std::optional<std::string>> CheckingGroup::GetOnce(absl::string_view) {
  return absl::UnimplementedError("the effect of an entry depends on no request id");
}

void CheckingGroup::Keep(const std::string& key, const Value& value) {
  if (const auto read = read_.find(key); read != read_.end()) read->second = Found(value);
  const bool doubted = doubts_->Has(key);
  if (!doubted) return;
  const auto [kept, fresh] = kept_.try_emplace(key);
  kept_bytes_ += value.bytes.size() + (fresh ? key.size() : 0) - kept->second.bytes.size();
  kept->second = value;
}

absl::Time CheckingGroup::FinishEntry(absl::string_view, absl::Time time, storage::EntryForm) {
  for (const auto& [key, value] : open_) {
    Keep(key, value);
    listener_->Wrote({key, value.revision, value.live, value.bytes});
  }
  for (const auto& [key, value] : once_) listener_->WroteOnce(key, value);
  open_.clear();
  once_.clear();
  ++entries_;
  return time;
}

void CheckingGroup::CancelEntry() {
  open_.clear();
  once_.clear();
}

}  // namespace attain::engine
