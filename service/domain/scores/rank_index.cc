#include "service/domain/scores/rank_index.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "attain/storage/v1/state.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

namespace disk = ::attain::storage::v1;

// A board's total, without decoding its cells. False when the bytes are no board.
bool ReadTotal(absl::string_view board, std::string* total) {
  using google::protobuf::internal::WireFormatLite;
  constexpr uint32_t kTotal =
      WireFormatLite::MakeTag(disk::BoardState::kTotalFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(board.data()),
                                            static_cast<int>(board.size()));
  total->clear();
  while (const uint32_t tag = in.ReadTag()) {
    if (tag == kTotal ? !WireFormatLite::ReadBytes(&in, total) : !WireFormatLite::SkipField(&in, tag))
      return false;
  }
  return in.ConsumedEntireMessage();
}

absl::StatusOr<RankPlace> PlaceOf(absl::string_view board) {
  std::string text;
  if (!ReadTotal(board, &text)) return FromStore(absl::DataLossError("board does not parse"));
  if (text.empty()) return RankPlace::Of(std::nullopt);
  ASSIGN_OR_RETURN(const scoring::Decimal total, scoring::Decimal::ParseStored(text));
  return RankPlace::Of(total);
}

}  // namespace

bool RankIndex::BeginGroup() {
  storage::MutexLock lock(&waiting_mutex_);
  ++open_groups_;
  if (!recording_) ++unrecorded_groups_;
  return recording_;
}

void RankIndex::EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) {
  std::vector<Change> changes;
  for (size_t i = 0; moved.has_value() && i < moved->size(); ++i) {
    MovedTable& table = (*moved)[i];
    const RankPlace place = table.in_force ? RankPlace::Of(table.total) : RankPlace();
    changes.push_back({table.revision, std::move(table.table), place});
  }
  {
    storage::MutexLock lock(&waiting_mutex_);
    --open_groups_;
    if (!moved.has_value()) --unrecorded_groups_;
    ended_.NotifyAll();
    if (!moved.has_value() || !recording_ || revision == 0) return;
    recorded_ = revision;
    if (waiting_.size() + changes.size() > limits_.waiting) {
      recording_ = false;
      std::vector<Change>().swap(waiting_);
      return;
    }
    std::move(changes.begin(), changes.end(), std::back_inserter(waiting_));
  }
  if (!mutex_.TryLock()) return;
  if (built_) CatchUp(0);
  mutex_.Unlock();
}

bool RankIndex::StartBuilding() {
  {
    storage::MutexLock lock(&mutex_);
    if (unfit_ || (built_ && CatchUp(0))) return false;
    storage::MutexLock waiting_lock(&waiting_mutex_);
    if (building_) return false;
    building_ = true;
    recording_ = true;
    waiting_.clear();
    Clear();
  }
  storage::MutexLock lock(&waiting_mutex_);
  while (unrecorded_groups_ > 0) ended_.Wait(&waiting_mutex_);
  return true;
}

absl::Status RankIndex::Scan(const storage::Store& store, uint64_t* revision, Tables* tables,
                             bool* fits) const {
  *revision = store.head().revision;
  ASSIGN_OR_RETURN(const auto reader, store.ReadAt(*revision));
  absl::Status failed;
  const KeyRange range = BoardsOf("-");
  RETURN_IF_ERROR(reader->Scan(
      range.begin, range.end, [&](absl::string_view key, storage::Revision, absl::string_view value) {
        std::string unit, table;
        absl::StatusOr<RankPlace> place = PlaceOf(value);
        if (!place.ok() || !ParseBoardKey(key, &unit, &table)) {
          failed = place.ok() ? FromStore(absl::DataLossError("board key does not parse")) : place.status();
          return false;
        }
        // In key order: the hint makes each insertion constant.
        tables->emplace_hint(tables->end(), TableKey(unit, table), *place);
        *fits = place->kind != RankPlace::kUnfit && tables->size() <= limits_.tables;
        return *fits;
      }));
  return failed;
}

absl::Status RankIndex::EnsureBuilt(const storage::Store& store) {
  if (!StartBuilding()) return absl::OkStatus();
  uint64_t revision = 0;
  Tables tables;
  bool fits = true;
  absl::Status scanned = Scan(store, &revision, &tables, &fits);
  storage::MutexLock lock(&mutex_);
  storage::MutexLock waiting_lock(&waiting_mutex_);
  building_ = false;
  unfit_ = unfit_ || !fits;
  if (!scanned.ok() || unfit_) {
    recording_ = false;
    waiting_.clear();
    return scanned;
  }
  tables_ = std::move(tables);
  for (const auto& [table, place] : tables_) all_.Add(place, &table);
  applied_ = oldest_ = revision;
  recorded_ = std::max(recorded_, revision);
  built_ = true;
  return absl::OkStatus();
}

void RankIndex::Clear() {
  built_ = false;
  all_ = {};
  units_.clear();
  log_.clear();
  tables_.clear();
}

bool RankIndex::CatchUp(uint64_t revision) {
  std::vector<Change> changes;
  uint64_t recorded = 0;
  bool lost = false;
  {
    storage::MutexLock lock(&waiting_mutex_);
    while (recording_ && open_groups_ > 0 && recorded_ < revision) ended_.Wait(&waiting_mutex_);
    lost = !recording_;
    changes.swap(waiting_);
    recorded = recorded_;
  }
  if (!lost) {
    for (const Change& change : changes) Apply(change);
    applied_ = std::max(applied_, recorded);
  }
  if (!lost && !unfit_) return applied_ >= revision;
  Clear();
  storage::MutexLock lock(&waiting_mutex_);
  recording_ = recording_ && building_;
  return false;
}

void RankIndex::Apply(const Change& change) {
  if (change.revision <= applied_) return;  // the scan saw it
  const auto table = tables_.try_emplace(change.table).first;
  RankPlace& place = table->second;
  if (change.place == place) return;
  unfit_ = unfit_ || change.place.kind == RankPlace::kUnfit || tables_.size() > limits_.tables;
  log_.push_back({change.revision, &table->first, place});
  if (log_.size() > limits_.log) {
    oldest_ = log_.front().revision;
    log_.pop_front();
  }
  const auto move = [&](Ranking* ranking) {
    ranking->Remove(place, &table->first);
    ranking->Add(change.place, &table->first);
  };
  move(&all_);
  std::string unit, name;
  if (!units_.empty() && ParseTableKey(change.table, &unit, &name)) {
    if (const auto own = units_.find(unit); own != units_.end()) move(&own->second);
  }
  place = change.place;
}

const Ranking* RankIndex::RankingOf(const std::string& unit) {
  if (unit == "-") return &all_;
  if (const auto own = units_.find(unit); own != units_.end()) return &own->second;
  const KeyRange range = TablesOf(unit);
  const auto begin = tables_.lower_bound(range.begin), end = tables_.lower_bound(range.end);
  size_t count = 0;
  for (auto it = begin; it != end && count <= limits_.few_tables; ++it) ++count;
  if (count <= limits_.few_tables) return nullptr;
  Ranking& ranking = units_[unit];
  for (auto it = begin; it != end; ++it) ranking.Add(it->second, &it->first);
  return &ranking;
}

RankIndex::Moved RankIndex::MovedSince(uint64_t revision, const std::string& unit) const {
  Moved moved;
  const std::string prefix = TablesOf(unit).begin;
  for (auto it = log_.rbegin(); it != log_.rend() && it->revision > revision; ++it) {
    if (absl::StartsWith(*it->table, prefix)) moved[it->table] = it->before;
  }
  return moved;
}

std::optional<RankSlice> RankIndex::After(const RankQuestion& question) {
  storage::MutexLock lock(&mutex_);
  if (!built_ || !CatchUp(question.revision) || question.revision < oldest_) return std::nullopt;
  const Ranking* ranking = RankingOf(question.unit);
  if (ranking == nullptr) return std::nullopt;
  const Moved moved = MovedSince(question.revision, question.unit);
  const Ranked* after = question.after.has_value() ? &*question.after : nullptr;
  RankSlice slice;
  slice.size = static_cast<int64_t>(ranking->size());
  std::vector<std::pair<RankPlace, const std::string*>> back;  // where they stood then, those behind `after`
  for (const auto& [table, place] : moved) {
    slice.size += (place.ranked() ? 1 : 0) - (tables_.at(*table).ranked() ? 1 : 0);
    if (!place.ranked()) continue;
    if (after == nullptr || Precedes(question.descending, after->place, after->table, place, *table))
      back.push_back({place, table});
  }
  std::sort(back.begin(), back.end(), [&](const auto& a, const auto& b) {
    return Precedes(question.descending, a.first, *a.second, b.first, *b.second);
  });
  auto next = back.begin();
  const auto take = [&](const RankPlace& place, const std::string* table) {
    if (slice.tables.size() == question.limit) return false;
    slice.tables.push_back({place, *table});
    return true;
  };
  slice.end = true;
  ranking->Walk(question.descending, after, [&](const RankPlace& place, const std::string* table) {
    while (slice.end && next != back.end() &&
           Precedes(question.descending, next->first, *next->second, place, *table)) {
      slice.end = take(next->first, next->second);
      if (slice.end) ++next;
    }
    if (slice.end && !moved.contains(table)) slice.end = take(place, table);
    return slice.end;
  });
  for (; slice.end && next != back.end(); ++next) slice.end = take(next->first, next->second);
  return slice;
}

}  // namespace attain::engine
