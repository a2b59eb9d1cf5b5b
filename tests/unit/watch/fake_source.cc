#include "tests/unit/watch/fake_source.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace attain::watch {
namespace {

std::string HashOf(Revision revision) {
  // A token has room for the first eight bytes.
  return absl::StrCat(absl::Dec(revision, absl::kZeroPad8), "hash");
}

class Reader : public EntryReader {
 public:
  explicit Reader(const FakeSource* source) : source_(source) {}
  absl::Status Read(Revision from, Revision to, const Portion& portion,
                    std::vector<EntryPtr>* entries) override {
    if (source_->damaged()) return absl::DataLossError("damaged");
    if (source_->hidden()) return absl::OkStatus();
    for (; from <= to && entries->size() < portion.entries; ++from) entries->push_back(source_->At(from));
    return absl::OkStatus();
  }

 private:
  const FakeSource* const source_;
};

// Two pieces of one row each.
class Walk : public SnapshotWalk {
 public:
  explicit Walk(Revision revision) : revision_(revision) {}
  absl::StatusOr<bool> Next(size_t, v1::WatchSnapshot* piece) override {
    piece->add_scores()->set_score(absl::StrCat(revision_));
    return ++pieces_ < 2;
  }

 private:
  const Revision revision_;
  int pieces_ = 0;
};

}  // namespace

RowPtr ScoreRow(const std::string& name, Revision revision) {
  v1::Score score;
  score.set_name(name);
  score.set_score(absl::StrCat(revision));
  return std::make_shared<const Row>(score);
}

std::shared_ptr<Entry> MakeEntry(Revision revision, const std::string& unit, Revision step) {
  auto entry = std::make_shared<Entry>();
  const std::string name = absl::StrCat("units/", unit, "/tables/t");
  entry->revision = revision;
  entry->time_us = static_cast<int64_t>(revision) * 1000;
  entry->hash = HashOf(revision);
  entry->previous_hash = HashOf(revision - 1);
  entry->units = {unit};
  entry->events.push_back({v1::WATCH_KIND_SCORES, name, name,
                           ScoreRow(name, revision - std::min(step, revision)), ScoreRow(name, revision),
                           "Test", "me"});
  entry->Weigh();
  return entry;
}

SelectionPtr Select(const std::vector<std::string>& names, RowFilter filter) {
  std::string text;
  std::vector<NamePattern> patterns;
  for (const std::string& name : names) {
    absl::StrAppend(&text, name, "\n");
    patterns.push_back(*NamePattern::Parse(name));
  }
  return std::make_shared<const Selection>(std::move(text), std::string(32, 'a'), 1, std::move(patterns),
                                           Kinds{{v1::WATCH_KIND_SCORES, std::move(filter)}});
}

void FakeSource::Append(int entries) {
  storage::MutexLock lock(&mutex_);
  head_ += static_cast<Revision>(entries);
}

void FakeSource::Damage(bool damaged) {
  storage::MutexLock lock(&mutex_);
  damaged_ = damaged;
}

bool FakeSource::damaged() const {
  storage::MutexLock lock(&mutex_);
  return damaged_;
}

void FakeSource::Hide() {
  storage::MutexLock lock(&mutex_);
  hidden_ = true;
}

bool FakeSource::hidden() const {
  storage::MutexLock lock(&mutex_);
  return hidden_;
}

storage::Head FakeSource::head() const {
  storage::MutexLock lock(&mutex_);
  return {head_, HashOf(head_), absl::UnixEpoch()};
}

EntryPtr FakeSource::At(Revision revision) const {
  return MakeEntry(revision, absl::StrCat("u", revision % static_cast<Revision>(units_)),
                   static_cast<Revision>(units_));
}

std::unique_ptr<EntryReader> FakeSource::MakeReader() const {
  return std::make_unique<Reader>(this);
}

absl::StatusOr<std::unique_ptr<SnapshotWalk>> FakeSource::OpenSnapshot(SelectionPtr,
                                                                       Revision revision) const {
  return std::unique_ptr<SnapshotWalk>(std::make_unique<Walk>(revision));
}

}  // namespace attain::watch
