#include "tests/contract/store_model.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

using Rows = std::vector<ModelRow>;

template <typename Source>  // Reader or Group
Rows ScanOf(Source& source, const std::string& begin, const std::string& end) {
  Rows rows;
  const absl::Status status =
      source.Scan(begin, end, [&](absl::string_view key, Revision revision, absl::string_view value) {
        rows.push_back({std::string(key), {revision, std::string(value)}});
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

template <typename Source>
std::optional<Versioned> GetOf(Source& source, const std::string& key) {
  const absl::StatusOr<std::optional<Versioned>> found = source.Get(key);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() ? *found : std::nullopt;
}

void ExpectSame(const std::optional<Versioned>& got, const std::optional<Versioned>& want,
                const std::string& what) {
  ASSERT_EQ(got.has_value(), want.has_value()) << what;
  if (!want.has_value()) return;
  EXPECT_EQ(got->revision, want->revision) << what;
  EXPECT_EQ(got->value, want->value) << what;
}

void ExpectSame(const Rows& got, const Rows& want, const std::string& what) {
  ASSERT_EQ(got.size(), want.size()) << what;
  for (size_t i = 0; i < want.size(); ++i) {
    ASSERT_EQ(got[i].first, want[i].first) << what;
    ExpectSame(got[i].second, want[i].second, what);
  }
}

std::string RandomValue(Random& random, size_t max_bytes) {
  std::string value(Below(random, max_bytes + 1), static_cast<char>(random()));
  for (size_t i = 0; i < std::min(value.size(), size_t{16}); ++i) value[i] = static_cast<char>(random());
  return value;
}

std::pair<std::string, std::string> RandomRange(Random& random) {
  if (Below(random, 4) == 0) return {RandomKey(random), ""};
  std::string begin = RandomKey(random), end = RandomKey(random);
  if (Below(random, 4) == 0) return {begin, PrefixEnd(begin)};
  return {std::min(begin, end), std::max(begin, end)};
}

void WriteRandomEntry(Group* group, size_t max_value_bytes, Random& random, StoreModel* model) {
  for (uint64_t write = Below(random, 6); write > 0; --write) {
    const std::string key = RandomKey(random);
    if (Below(random, 5) == 0) {
      group->Erase(key);
      model->Put(key, std::nullopt);
    } else {
      const std::string value = RandomValue(random, max_value_bytes);
      group->Put(key, value);
      model->Put(key, value);
    }
    ExpectSame(GetOf(*group, key), model->Get(key, model->head() + 1), "own write");
  }
  const auto [begin, end] = RandomRange(random);
  ExpectSame(ScanOf(*group, begin, end), model->Scan(begin, end, model->head() + 1), "scan of the group");
  const std::string id = KeyBuilder(9).U64(random()).Build();
  group->PutOnce(id, "answer");
  model->PutOnce(id, "answer");
  EXPECT_EQ(group->GetOnce(id).value(), "answer");
}

void ExpectHoldsAt(const Store& store, const StoreModel& model, Revision revision, Random& random) {
  const absl::StatusOr<std::unique_ptr<Reader>> reader = store.ReadAt(revision);
  ASSERT_TRUE(reader.ok()) << reader.status();
  const std::string what = absl::StrCat("at revision ", revision);
  ExpectSame(ScanOf(**reader, "", ""), model.Scan("", "", revision), what);
  const auto [begin, end] = RandomRange(random);
  ExpectSame(ScanOf(**reader, begin, end), model.Scan(begin, end, revision), what);
  for (int i = 0; i < 20; ++i) {
    const std::string key = RandomKey(random);
    ExpectSame(GetOf(**reader, key), model.Get(key, revision), what);
    std::vector<Versioned> history;
    ASSERT_TRUE((*reader)
                    ->History(key,
                              [&](absl::string_view, Revision written, absl::string_view value) {
                                history.push_back({written, std::string(value)});
                                return true;
                              })
                    .ok());
    const std::vector<Versioned> want = model.History(key, revision);
    ASSERT_EQ(history.size(), want.size()) << what;
    for (size_t n = 0; n < want.size(); ++n) ExpectSame(history[n], want[n], what);
  }
}

void ExpectJournalHolds(const Store& store, const StoreModel& model) {
  Revision expected = 1;
  const absl::Status read = store.ReadJournal(1, [&](const JournalRecord& record) {
    EXPECT_EQ(record.revision, expected);
    EXPECT_EQ(record.payload, model.entries()[expected - 1].payload);
    EXPECT_EQ(record.time, model.entries()[expected - 1].time);
    ++expected;
    return true;
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_EQ(expected, model.head() + 1);
  const absl::Status verified = store.VerifyJournal(nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

}  // namespace

std::optional<Versioned> StoreModel::Get(const std::string& key, Revision at) const {
  const auto versions = values_.find(key);
  if (versions == values_.end()) return std::nullopt;
  auto newer = versions->second.upper_bound(at);
  if (newer == versions->second.begin()) return std::nullopt;
  const auto& [revision, value] = *--newer;
  if (!value.has_value()) return std::nullopt;
  return Versioned{revision, *value};
}

std::vector<ModelRow> StoreModel::Scan(const std::string& begin, const std::string& end, Revision at) const {
  Rows rows;
  for (auto it = values_.lower_bound(begin); it != values_.end() && (end.empty() || it->first < end); ++it) {
    if (std::optional<Versioned> found = Get(it->first, at)) rows.push_back({it->first, *std::move(found)});
  }
  return rows;
}

std::vector<Versioned> StoreModel::History(const std::string& key, Revision at) const {
  std::vector<Versioned> versions;
  const auto all = values_.find(key);
  if (all == values_.end()) return versions;
  for (auto it = all->second.rbegin(); it != all->second.rend(); ++it) {
    if (it->first <= at && it->second.has_value()) versions.push_back({it->first, *it->second});
  }
  return versions;
}

std::string RandomKey(Random& random) {
  static const std::string* const texts = new std::string[4]{"", std::string("\0", 1), "\xff\xff", "a"};
  KeyBuilder key(static_cast<uint8_t>(1 + Below(random, 2)));
  for (uint64_t components = Below(random, 4); components > 0; --components) {
    if (Below(random, 2) == 0) {
      key.Text(texts[Below(random, 4)]);
    } else {
      key.U64(Below(random, 2) == 0 ? Below(random, 3) : ~uint64_t{0} - Below(random, 3));
    }
  }
  return key.Build();
}

absl::StatusOr<std::unique_ptr<Group>> FillRandomGroup(Store* store, size_t max_entries,
                                                       size_t max_value_bytes, Random& random,
                                                       StoreModel* model) {
  absl::StatusOr<std::unique_ptr<Group>> group = store->Begin();
  if (!group.ok()) return group.status();
  size_t finished = 0;
  for (uint64_t entries = 1 + Below(random, max_entries); entries > 0; --entries) {
    EXPECT_EQ((*group)->StartEntry(), model->head() + 1);
    WriteRandomEntry(group->get(), max_value_bytes, random, model);
    if (Below(random, 4) == 0) {
      (*group)->CancelEntry();
      model->Cancel();
      continue;
    }
    std::string payload = RandomValue(random, 40);
    const absl::Time time =
        absl::FromUnixMicros(static_cast<int64_t>(model->head() * 10 + Below(random, 20)));
    model->Finish(payload, (*group)->FinishEntry(payload, time));
    ++finished;
  }
  EXPECT_EQ((*group)->size(), finished);
  return group;
}

absl::Status CommitRandomGroup(Store* store, size_t max_entries, size_t max_value_bytes, Random& random,
                               StoreModel* model) {
  const absl::StatusOr<std::unique_ptr<Group>> group =
      FillRandomGroup(store, max_entries, max_value_bytes, random, model);
  return group.ok() ? (*group)->Commit() : group.status();
}

void ExpectHolds(const Store& store, const StoreModel& model, size_t samples, Random& random) {
  ASSERT_EQ(store.head().revision, model.head());
  EXPECT_EQ(store.ReadAt(model.head() + 1).status().code(), absl::StatusCode::kOutOfRange);
  ExpectHoldsAt(store, model, model.head(), random);
  for (size_t i = 0; i < samples; ++i) {
    const Revision revision = Below(random, model.head() + 1);
    ExpectHoldsAt(store, model, revision, random);
    if (revision == 0) continue;
    const absl::Time time = model.entries()[revision - 1].time;
    Revision newest = revision;
    while (newest < model.head() && model.entries()[newest].time <= time) ++newest;
    EXPECT_EQ(store.RevisionAt(time).value(), newest);
  }
  ExpectJournalHolds(store, model);
  for (const auto& [key, value] : model.once()) EXPECT_EQ(store.GetOnce(key).value(), value);
}

}  // namespace attain::storage
