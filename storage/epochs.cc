#include "storage/epochs.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace attain::storage {

uint32_t Epochs::Of(uint64_t revision) const {
  uint32_t epoch = starts_.front().epoch;
  for (const Start& start : starts_) {
    if (start.revision <= revision) epoch = start.epoch;
  }
  return epoch;
}

bool Epochs::Holds(uint32_t epoch, uint64_t revision) const {
  for (size_t i = 0; i < starts_.size(); ++i) {
    if (starts_[i].epoch != epoch) continue;
    return i + 1 == starts_.size() || revision < starts_[i + 1].revision;
  }
  return false;
}

void Epochs::Begin(uint32_t epoch, uint64_t first) {
  while (!starts_.empty() && starts_.back().revision >= first) starts_.pop_back();
  starts_.push_back({epoch, first});
}

std::string Epochs::Text() const {
  std::string text;
  for (const Start& start : starts_) {
    if (start.epoch == kFirstEpoch) continue;
    absl::StrAppend(&text, text.empty() ? "" : ",", start.epoch, " ", start.revision);
  }
  return text;
}

std::optional<Epochs> Epochs::Parse(absl::string_view text) {
  Epochs epochs;
  if (text.empty()) return epochs;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::pair<absl::string_view, absl::string_view> words =
        absl::StrSplit(part, absl::MaxSplits(' ', 1));
    Start start;
    if (!absl::SimpleAtoi(words.first, &start.epoch) || !absl::SimpleAtoi(words.second, &start.revision) ||
        start.revision == 0 || start.epoch <= epochs.current())
      return std::nullopt;
    epochs.Begin(start.epoch, start.revision);
  }
  if (epochs.Text() != text) return std::nullopt;
  return epochs;
}

}  // namespace attain::storage
