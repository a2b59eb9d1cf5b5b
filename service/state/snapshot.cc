#include "service/state/snapshot.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"
#include "service/state/dated_board.h"
#include "service/state/keys.h"
#include "service/state/require.h"
#include "storage/position.h"

namespace attain::engine {
namespace {

// How long a reader of a time that was just over waits for what is being written.
constexpr absl::Duration kLongestWrite = absl::Seconds(10);

absl::Status NoSuchTime(const storage::Store& store, Text text) {
  return Refuse(absl::StatusCode::kOutOfRange, v1::ERROR_REASON_REVISION_OUT_OF_RANGE, std::move(text),
                {{"head", absl::StrCat(store.head().revision)}});
}

// Returns when no entry can come any more that was recorded at or before `time`. Entries that are on their
// way have the time of their decision, which may be before that; they take as long as a write to the disk.
absl::Status AwaitEndOf(absl::Time time, const storage::Store& store, const Clock& clock) {
  if (time >= clock.Now()) {
    return NoSuchTime(store, {"所问时刻尚未过去。要看最新数据，请不要给出时间。",
                              "That time is not over yet. For the newest state give no time."});
  }
  if (store.AwaitEntriesUpTo(time, kLongestWrite)) return absl::OkStatus();
  return NoSuchTime(store, {"那一时刻的记录正在写入，请稍后再问。",
                            "What was recorded at that time is still being written; ask again later."});
}

absl::StatusOr<uint64_t> RevisionAt(absl::Time time, const storage::Store& store, const Clock& clock) {
  RETURN_IF_ERROR(AwaitEndOf(time, store, clock));
  ASSIGN_OR_RETURN(const uint64_t revision, store.RevisionAt(time));
  if (revision > 0) return revision;
  return NoSuchTime(store, {"那时还没有任何记录。", "Nothing had been recorded by that time."});
}

// Whether a head is as new as the token says. One server has all there is: a revision that it does not have
// comes from another one.
absl::Status IsAsNewAs(const std::string& token, const storage::Head& head, const storage::Store& store) {
  const std::optional<storage::Position> asked = storage::DecodePosition(token);
  if (!asked.has_value()) {
    return BadField("read.at_least", v1::ERROR_REASON_INVALID_FIELD,
                    {"at_least 已损坏。请原样带回 read.token 或 commit.token。",
                     "at_least is damaged. Send read.token or commit.token back as it came."});
  }
  if (!storage::IsOf(*asked, store.store_id(), store.epochs())) {
    return Refuse(absl::StatusCode::kAborted, v1::ERROR_REASON_EPOCH_CHANGED,
                  {"at_least 属于另一个数据库，或属于已丢失的历史。请重新读取，不要带回旧的标记。",
                   "at_least is of another store or of a lost part of its history. Read again without it."},
                  {{"epoch", absl::StrCat(store.epoch())}});
  }
  if (asked->revision <= head.revision) return absl::OkStatus();
  return WithRetryDelay(Refuse(absl::StatusCode::kUnavailable, v1::ERROR_REASON_REVISION_NOT_HERE_YET,
                               {absl::StrCat("此服务器读到第 ", head.revision, " 次记录，尚无第 ",
                                             asked->revision, " 次。请稍后重试。"),
                                absl::StrCat("This server has revision ", head.revision, " and not yet ",
                                             asked->revision, ". Retry in a moment.")},
                               {{"applied", absl::StrCat(head.revision)}}),
                        absl::Seconds(1));
}

struct Moment {
  uint64_t revision = 0;
  std::optional<absl::Time> time;  // where it costs nothing
};

absl::StatusOr<Moment> Resolve(const storage::Store& store, const v1::ReadOptions& read, const Clock& clock) {
  if (read.has_read_time()) {
    const absl::Time time =
        absl::FromUnixSeconds(read.read_time().seconds()) + absl::Nanoseconds(read.read_time().nanos());
    ASSIGN_OR_RETURN(const uint64_t revision, RevisionAt(time, store, clock));
    return Moment{revision, std::nullopt};
  }
  const storage::Head head = store.head();
  if (read.has_at_least()) RETURN_IF_ERROR(IsAsNewAs(read.at_least(), head, store));
  if (!read.has_read_revision()) return Moment{head.revision, head.time};
  if (read.read_revision() < 1 || static_cast<uint64_t>(read.read_revision()) > head.revision) {
    return RevisionOutOfRange(read.read_revision(), head.revision);
  }
  const auto revision = static_cast<uint64_t>(read.read_revision());
  if (revision == head.revision) return Moment{revision, head.time};
  return Moment{revision, std::nullopt};
}

v1::TargetBasis BasisOf(const v1::AsOf& as_of) {
  if (as_of.target_basis() != v1::TARGET_BASIS_UNSPECIFIED) return as_of.target_basis();
  return as_of.date().empty() ? v1::TARGET_BASIS_LATEST : v1::TARGET_BASIS_IN_FORCE;
}

}  // namespace

absl::Status RevisionOutOfRange(int64_t asked, uint64_t head) {
  return Refuse(absl::StatusCode::kOutOfRange, v1::ERROR_REASON_REVISION_OUT_OF_RANGE,
                {absl::StrCat("记录号须在 1 至 ", head, " 之间，所问为 ", asked, "。"),
                 absl::StrCat("Revisions run from 1 to ", head, "; you asked for ", asked, ".")},
                {{"head", absl::StrCat(head)}});
}

std::shared_ptr<const scoring::Profile> ModelCache::FindProfile(const std::string& key) {
  storage::MutexLock lock(&mutex_);
  auto it = profiles_.find(key);
  return it == profiles_.end() ? nullptr : it->second;
}

void ModelCache::PutProfile(const std::string& key, std::shared_ptr<const scoring::Profile> profile) {
  storage::MutexLock lock(&mutex_);
  if (profiles_.size() > 10'000) profiles_.clear();
  profiles_[key] = std::move(profile);
}

absl::StatusOr<std::unique_ptr<Snapshot>> Snapshot::Open(const storage::Store& store, ModelCache* cache,
                                                         const v1::ReadOptions& read, const v1::AsOf& as_of,
                                                         const Clock* clock) {
  if (!as_of.date().empty() && !IsDate(as_of.date())) {
    return BadField("as_of.date", v1::ERROR_REASON_INVALID_FIELD,
                    {"日期应写成 YYYY-MM-DD。", "Write the day as YYYY-MM-DD."});
  }
  if (!v1::TargetBasis_IsValid(as_of.target_basis())) {
    return BadField("as_of.target_basis", v1::ERROR_REASON_INVALID_FIELD,
                    {"未知的目标口径。", "Not a target basis that this server knows."});
  }
  ASSIGN_OR_RETURN(const Moment moment, Resolve(store, read, *clock));
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Reader> reader, store.ReadAt(moment.revision));
  return std::unique_ptr<Snapshot>(
      new Snapshot(store, std::move(reader), moment.time, cache, as_of.date(), BasisOf(as_of)));
}

absl::Status Snapshot::FillReadInfo(v1::ReadInfo* info) const {
  std::optional<absl::Time> time = time_;
  if (!time.has_value()) {
    RETURN_IF_ERROR(store_.ReadJournal(revision(), [&](const storage::JournalRecord& record) {
      time = record.time;
      return false;
    }));
  }
  info->set_revision(static_cast<int64_t>(revision()));
  if (time.has_value() && *time != absl::InfinitePast())
    *info->mutable_record_time() = ToTimestamp(absl::ToUnixMicros(*time));
  info->set_token(storage::EncodePosition(store_.store_id(), store_.epochs().Of(revision()), revision()));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const scoring::Profile>> Snapshot::CompiledProfile(const std::string& name,
                                                                                  int64_t version) const {
  const std::string id = name.substr(name.find('/') + 1);
  const std::string key = ProfileVersionKey(id, version);
  if (auto cached = cache_->FindProfile(key)) return cached;
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, RequireProfile(reads_, id, version));
  ASSIGN_OR_RETURN(scoring::Profile compiled, CompileProfile(found.state));
  auto shared = std::make_shared<const scoring::Profile>(std::move(compiled));
  cache_->PutProfile(key, shared);
  return std::shared_ptr<const scoring::Profile>(shared);
}

absl::StatusOr<std::shared_ptr<const TableModel>> Snapshot::Compile(const ResourceName& name,
                                                                    uint64_t revision,
                                                                    absl::string_view bytes) const {
  const std::string key = TableKey(name.unit, name.table);
  if (auto cached = cache_->tables.Find(key, revision)) return cached;
  disk::TableState state;
  if (!state.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Damaged("table");
  ASSIGN_OR_RETURN(auto profile, CompiledProfile(state.profile(), state.profile_version()));
  ASSIGN_OR_RETURN(auto model,
                   CompileTable(name.unit, name.table, std::move(state), revision, std::move(profile)));
  cache_->tables.Put(key, revision, model, model->ApproximateBytes());
  return model;
}

absl::StatusOr<std::shared_ptr<const TableModel>> Snapshot::GetTable(const ResourceName& name) const {
  ASSIGN_OR_RETURN(std::shared_ptr<const TableModel> table, FindTable(name));
  if (table == nullptr) return NotFound("table", name.Table());
  return table;
}

absl::StatusOr<std::shared_ptr<const TableModel>> Snapshot::FindTable(const ResourceName& name) const {
  const std::string key = TableKey(name.unit, name.table);
  if (const std::optional<storage::Revision> known = reader_->KnownRevision(key)) {
    if (auto cached = cache_->tables.Find(key, *known)) return cached;
  }
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(key));
  if (!value.has_value()) return std::shared_ptr<const TableModel>();
  return Compile(name, value->revision, value->value);
}

absl::StatusOr<absl::flat_hash_map<std::string, disk::OutlookState>> Snapshot::GetOutlooks(
    const ResourceName& table) const {
  absl::flat_hash_map<std::string, disk::OutlookState> outlooks;
  std::vector<std::pair<std::string, std::string>> keys;
  const KeyRange range = OutlooksOf(table.unit, table.table);
  absl::Status failed;
  RETURN_IF_ERROR(
      reader_->Scan(range.begin, range.end, [&](absl::string_view key, storage::Revision, absl::string_view) {
        std::string indicator;
        if (!ParseRowKey(key, &indicator)) failed = Damaged("outlook key");
        keys.emplace_back(std::string(key), std::move(indicator));
        return failed.ok();
      }));
  RETURN_IF_ERROR(failed);
  // Outlooks of later days are newer versions of the same key; one day's newest counts.
  for (const auto& [key, indicator] : keys) {
    disk::OutlookState best;
    RETURN_IF_ERROR(reader_->History(key, [&](absl::string_view, storage::Revision, absl::string_view value) {
      disk::OutlookState state;
      if (!state.ParseFromArray(value.data(), static_cast<int>(value.size()))) failed = Damaged("outlook");
      if (failed.ok() && Counts(state.date()) && (best.date().empty() || state.date() > best.date()))
        best = std::move(state);
      return failed.ok();
    }));
    RETURN_IF_ERROR(failed);
    if (!best.date().empty()) outlooks[indicator] = std::move(best);
  }
  return outlooks;
}

absl::Status Snapshot::ForEachTable(
    absl::string_view unit,
    absl::FunctionRef<absl::StatusOr<bool>(const std::shared_ptr<const TableModel>&)> visit) const {
  absl::Status failed;
  const KeyRange range = TablesOf(unit);
  RETURN_IF_ERROR(reader_->Scan(
      range.begin, range.end,
      [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
        ResourceName name;
        if (!ParseTableKey(key, &name.unit, &name.table)) {
          failed = Damaged("table key");
          return false;
        }
        absl::StatusOr<std::shared_ptr<const TableModel>> model = Compile(name, revision, value);
        if (!model.ok()) {
          failed = model.status();
          return false;
        }
        absl::StatusOr<bool> go_on = visit(*std::move(model));
        if (!go_on.ok()) failed = go_on.status();
        return go_on.ok() && *go_on;
      }));
  return failed;
}

absl::StatusOr<Snapshot::UnitView> Snapshot::GetUnitBoard(absl::string_view unit, int32_t fiscal_year) const {
  ASSIGN_OR_RETURN(std::optional<UnitView> view, FindUnitBoard(unit, fiscal_year));
  if (view.has_value()) return *std::move(view);
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
      {absl::StrCat("units/", unit, " 在该年度还没有已批准的项目绩效目标表，因此没有得分。"),
       absl::StrCat("units/", unit, " has no approved project table for that year and therefore no score.")},
      {{"name", absl::StrCat("units/", unit)}});
}

absl::StatusOr<std::optional<Snapshot::UnitView>> Snapshot::FindUnitBoard(absl::string_view unit,
                                                                          int32_t fiscal_year) const {
  UnitView view;
  view.fiscal_year = fiscal_year;
  bool found = false;
  const auto take = [&](int32_t year, Found<disk::UnitBoardState>& board) {
    view.fiscal_year = year;
    view.header = std::move(board.state);
    view.revision = board.revision;
    return found = true;
  };
  if (fiscal_year != 0) {
    ASSIGN_OR_RETURN(std::optional<Found<disk::UnitBoardState>> board, reads_.UnitBoard(unit, fiscal_year));
    if (board.has_value()) take(fiscal_year, *board);
  } else {
    RETURN_IF_ERROR(reads_.ForEachUnitBoard(unit, take));
  }
  if (!found) return std::optional<UnitView>();
  ASSIGN_OR_RETURN(view.sums, FromDisk(view.header));
  if (!as_of_.empty() || basis_ == v1::TARGET_BASIS_ORIGINAL) {
    RETURN_IF_ERROR(AddUp(unit, &view));
  } else {
    ASSIGN_OR_RETURN(view.profile, CompiledProfile(view.header.profile(), view.header.profile_version()));
  }
  return std::optional<UnitView>(std::move(view));
}

absl::Status Snapshot::AddUp(absl::string_view unit, UnitView* view) const {
  int64_t version = 0;
  scoring::RollupSums by_budget, plain;
  RETURN_IF_ERROR(
      ForEachTable(unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        if (!TakesPart(*model) || model->state.fiscal_year() != view->fiscal_year) return true;
        ASSIGN_OR_RETURN(const TableView table, ViewOf(model));
        if (table.model->state.profile() == view->header.profile())
          version = std::max(version, table.model->profile->version);
        by_budget += SumsOf(scoring::RollupMode::kByAdjustedBudget, *table.board);
        plain += SumsOf(scoring::RollupMode::kPlainMean, *table.board);
        return true;
      }));
  if (version != 0) view->header.set_profile_version(version);
  ASSIGN_OR_RETURN(view->profile, CompiledProfile(view->header.profile(), view->header.profile_version()));
  view->sums =
      view->profile->rollup == scoring::RollupMode::kPlainMean ? std::move(plain) : std::move(by_budget);
  return absl::OkStatus();
}

absl::StatusOr<TableView> Snapshot::GetBoard(const ResourceName& name) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const TableModel> model, GetTable(name));
  if (model->in_force()) return ViewOf(model);
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
      {absl::StrCat(name.Table(), " 尚未批准生效，还没有得分。请先提交并批准。"),
       absl::StrCat(name.Table(), " is not in force and has no score yet: submit and approve it first.")},
      {{"name", name.Table()}, {"needed", "APPROVED"}});
}

absl::StatusOr<std::optional<TableView>> Snapshot::FindBoard(const ResourceName& name) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const TableModel> model, FindTable(name));
  if (model == nullptr || !model->in_force()) return std::optional<TableView>();
  ASSIGN_OR_RETURN(TableView view, ViewOf(model));
  return std::optional<TableView>(std::move(view));
}

absl::StatusOr<TableView> Snapshot::ViewOf(const std::shared_ptr<const TableModel>& model) const {
  const ResourceName name{ResourceName::kTable, model->unit, model->table, "", "", ""};
  TableView view;
  ASSIGN_OR_RETURN(view.model, OnBasis(model));
  if (as_of_.empty() && view.model == model) {
    ASSIGN_OR_RETURN(view.board, ReadBoard(name, *model));
  } else {
    ASSIGN_OR_RETURN(Board board, BoardByDay(reads_, name, *model, *view.model, as_of_));
    view.board = std::make_shared<const Board>(std::move(board));
  }
  return view;
}

// Every amendment is a version of the table, and effective dates never go backwards from one to the next.
absl::StatusOr<std::shared_ptr<const TableModel>> Snapshot::OnBasis(
    const std::shared_ptr<const TableModel>& newest) const {
  if (basis_ == v1::TARGET_BASIS_LATEST || newest->state.amendment_count() == 0) return newest;
  const auto fits = [this](const disk::TableState& state) {
    if (state.amendment_count() == 0) return true;
    return basis_ == v1::TARGET_BASIS_IN_FORCE && (as_of_.empty() || state.amend_date() <= as_of_);
  };
  if (fits(newest->state)) return newest;
  const ResourceName name{ResourceName::kTable, newest->unit, newest->table, "", "", ""};
  absl::StatusOr<std::shared_ptr<const TableModel>> found = Damaged("table: its original version");
  RETURN_IF_ERROR(
      reader_->History(TableKey(name.unit, name.table),
                       [&](absl::string_view, storage::Revision revision, absl::string_view value) {
                         disk::TableState state;
                         if (!state.ParseFromArray(value.data(), static_cast<int>(value.size())))
                           return false;
                         if (!fits(state)) return true;
                         found = Compile(name, revision, value);
                         return false;
                       }));
  return found;
}

// A board is scored by its table's version, and every new version of a table in force writes its board anew:
// the revision of the board alone says what it is.
absl::StatusOr<std::shared_ptr<const Board>> Snapshot::ReadBoard(const ResourceName& name,
                                                                 const TableModel& model) const {
  const std::string key = BoardKey(name.unit, name.table);
  if (const std::optional<storage::Revision> known = reader_->KnownRevision(key)) {
    if (auto cached = cache_->boards.Find(key, *known)) return cached;
  }
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(key));
  // Behind the head the store does not know the revision; watches go through every one of them.
  if (value.has_value()) {
    if (auto cached = cache_->boards.Find(key, value->revision)) return cached;
  }
  disk::BoardState state;
  if (!value.has_value() || !state.ParseFromString(value->value)) return Damaged("board");
  ASSIGN_OR_RETURN(Board board, FromDisk(model, state));
  auto shared = std::make_shared<const Board>(std::move(board));
  cache_->boards.Put(key, value->revision, shared, shared->ApproximateBytes());
  return std::shared_ptr<const Board>(shared);
}

}  // namespace attain::engine
