#include "service/verify/chain.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/verify/tile_check.h"
#include "storage/entry_codec.h"

namespace attain::engine {
namespace {

constexpr uint64_t kEntriesPerProgress = 4096;

class Chain {
 public:
  Chain(const storage::Inspection& store, const storage::Head& head, VerifyReport* report)
      : head_(head), report_(report), tiles_(&store, report) {}

  void Take(storage::Revision revision, absl::string_view bytes);
  void End();
  storage::Revision next() const { return next_; }

 private:
  void Tell(storage::Revision revision, scoring::Text text) {
    report_->Tell({VerifyPart::kJournal, revision, "entry", std::move(text)});
  }
  void TellMissing(storage::Revision first, storage::Revision last);
  void TakeInOrder(const storage::EntryView& entry, storage::Revision revision);

  const storage::Head& head_;
  VerifyReport* const report_;
  storage::Sha256 sha_;
  storage::Revision next_ = 1;
  // Of the entry before, as it says itself; nothing when it is missing or cut off.
  std::optional<std::string> hash_ = std::string(storage::kHashBytes, '\0');
  absl::Time time_ = absl::InfinitePast();
  TileCheck tiles_;
};

void Chain::TellMissing(storage::Revision first, storage::Revision last) {
  report_->Count(VerifyPart::kJournal, last - first);
  const std::string upto = first == last ? "" : absl::StrCat(" – ", last);
  Tell(first, {absl::StrCat("记录缺失（", first, upto, "）"),
               absl::StrCat("is missing", first == last ? "" : absl::StrCat(", and all up to ", last))});
  hash_ = std::nullopt;
  tiles_.GiveUp();
}

void Chain::Take(storage::Revision revision, absl::string_view bytes) {
  if (revision > head_.revision) {
    return Tell(revision, {absl::StrCat("位于最新的第 ", head_.revision, " 次记录之后"),
                           absl::StrCat("stands behind the newest revision, ", head_.revision)});
  }
  if (revision > next_) TellMissing(next_, revision - 1);
  next_ = revision + 1;
  storage::EntryView entry;
  if (!storage::DecodeEntry(bytes, &entry)) {
    hash_.reset();
    tiles_.GiveUp();
    return Tell(revision, {"记录不完整", "is cut off"});
  }
  // Whether it follows the entry before is asked apart: what it says of itself may be sound all the same.
  if (absl::Status fits = storage::CheckEntry(bytes, revision, entry.previous_hash, &sha_); !fits.ok()) {
    Tell(revision, {"写入后被改动：与自身的哈希不符",
                    absl::StrCat("was changed after it was written: ", fits.message())});
  }
  TakeInOrder(entry, revision);
}

void Chain::TakeInOrder(const storage::EntryView& entry, storage::Revision revision) {
  if (hash_.has_value() && entry.previous_hash != *hash_) {
    Tell(revision, {absl::StrCat("与第 ", revision - 1, " 次记录不衔接：两者之一被改动"),
                    absl::StrCat("does not follow revision ", revision - 1, ": one of the two was changed")});
  }
  if (entry.time < time_) {
    Tell(revision, {"记录时间早于前一条记录", "was recorded earlier than the entry before it"});
  }
  tiles_.Add(entry);
  hash_ = std::string(entry.hash);
  time_ = entry.time;
}

void Chain::End() {
  if (next_ <= head_.revision) TellMissing(next_, head_.revision);
  tiles_.End();
  const bool fits =
      head_.revision == 0 || !hash_.has_value() || (*hash_ == head_.hash && time_ == head_.time);
  if (fits) return;
  report_->Tell({VerifyPart::kHeads,
                 head_.revision,
                 "record of the head",
                 {"与日志的最后一条记录不符", "is not that of the newest entry of the journal"}});
}

}  // namespace

void CheckChain(const storage::Inspection& store, const storage::Head& head, VerifyReport* report) {
  Chain chain(store, head, report);
  const absl::Status read = store.ForEachEntry(
      1,
      [&](storage::Revision revision, absl::string_view bytes) {
        chain.Take(revision, bytes);
        if (revision % kEntriesPerProgress == 0)
          report->Advance(VerifyPart::kJournal, revision, head.revision);
        return !report->cancelled();
      },
      [&](const storage::Flaw& flaw) { report->Tell(VerifyPart::kJournal, flaw); });
  if (report->cancelled()) return;
  if (!read.ok()) return report->TellUnread(VerifyPart::kJournal, "entry", chain.next(), read);
  chain.End();
  report->Advance(VerifyPart::kJournal, head.revision, head.revision);
}

}  // namespace attain::engine
