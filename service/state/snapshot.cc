#include "service/state/snapshot.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

absl::Status Damaged(absl::string_view what) {
  return FromStore(absl::DataLossError(absl::StrCat(what, " does not parse")));
}

absl::Status OutOfRange(int64_t asked, uint64_t head) {
  return Refuse(absl::StatusCode::kOutOfRange, v1::ERROR_REASON_REVISION_OUT_OF_RANGE,
                {absl::StrCat("记录号须在 1 至 ", head, " 之间，所问为 ", asked, "。"),
                 absl::StrCat("Revisions run from 1 to ", head, "; you asked for ", asked, ".")},
                {{"head", absl::StrCat(head)}});
}

absl::Status NoSuchVersion(const disk::ProfileState& newest, int64_t asked) {
  return Refuse(
      absl::StatusCode::kNotFound, v1::ERROR_REASON_PROFILE_NOT_FOUND,
      {absl::StrCat(newest.name(), " 没有第 ", asked, " 版，最新的是第 ", newest.version(), " 版。"),
       absl::StrCat(newest.name(), " has no version ", asked, "; its newest is ", newest.version(), ".")},
      {{"name", newest.name()}, {"version", absl::StrCat(newest.version())}});
}

absl::StatusOr<uint64_t> Resolve(const storage::Store& store, const v1::ReadOptions& read) {
  const uint64_t head = store.head().revision;
  if (read.has_read_time()) {
    const absl::Time time =
        absl::FromUnixSeconds(read.read_time().seconds()) + absl::Nanoseconds(read.read_time().nanos());
    ASSIGN_OR_RETURN(const uint64_t revision, store.RevisionAt(time));
    if (revision > 0) return revision;
    return Refuse(absl::StatusCode::kOutOfRange, v1::ERROR_REASON_REVISION_OUT_OF_RANGE,
                  {"那时还没有任何记录。", "Nothing had been recorded by that time."},
                  {{"head", absl::StrCat(head)}});
  }
  if (!read.has_read_revision()) return head;
  if (read.read_revision() < 1 || static_cast<uint64_t>(read.read_revision()) > head) {
    return OutOfRange(read.read_revision(), head);
  }
  return static_cast<uint64_t>(read.read_revision());
}

v1::TargetBasis BasisOf(const v1::ReadOptions& read) {
  if (read.target_basis() != v1::TARGET_BASIS_UNSPECIFIED) return read.target_basis();
  return read.as_of_date().empty() ? v1::TARGET_BASIS_LATEST : v1::TARGET_BASIS_IN_FORCE;
}

}  // namespace

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
                                                         const v1::ReadOptions& read) {
  if (!read.as_of_date().empty() && !IsDate(read.as_of_date())) {
    return BadField("read.as_of_date", v1::ERROR_REASON_INVALID_FIELD,
                    {"日期应写成 YYYY-MM-DD。", "Write the day as YYYY-MM-DD."});
  }
  if (!v1::TargetBasis_IsValid(read.target_basis())) {
    return BadField("read.target_basis", v1::ERROR_REASON_INVALID_FIELD,
                    {"未知的目标口径。", "Not a target basis that this server knows."});
  }
  ASSIGN_OR_RETURN(const uint64_t revision, Resolve(store, read));
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Reader> reader, store.ReadAt(revision));
  return std::unique_ptr<Snapshot>(new Snapshot(std::move(reader), cache, read.as_of_date(), BasisOf(read)));
}

absl::StatusOr<Found<disk::UnitState>> Snapshot::GetUnit(absl::string_view unit) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(UnitKey(unit)));
  if (!value.has_value()) return NotFound(v1::ERROR_REASON_UNIT_NOT_FOUND, absl::StrCat("units/", unit));
  Found<disk::UnitState> found;
  found.revision = value->revision;
  if (!found.state.ParseFromString(value->value)) return Damaged("unit");
  return found;
}

absl::StatusOr<Found<disk::ProfileState>> Snapshot::GetProfile(absl::string_view profile,
                                                               int64_t version) const {
  const std::string key = version == 0 ? ProfileKey(profile) : ProfileVersionKey(profile, version);
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(key));
  if (!value.has_value()) {
    if (version == 0) return NotFound(v1::ERROR_REASON_PROFILE_NOT_FOUND, absl::StrCat("profiles/", profile));
    ASSIGN_OR_RETURN(const Found<disk::ProfileState> newest, GetProfile(profile, 0));
    return NoSuchVersion(newest.state, version);
  }
  Found<disk::ProfileState> found;
  found.revision = value->revision;
  if (!found.state.ParseFromString(value->value)) return Damaged("profile");
  return found;
}

absl::StatusOr<std::shared_ptr<const scoring::Profile>> Snapshot::CompiledProfile(const std::string& name,
                                                                                  int64_t version) const {
  const std::string id = name.substr(name.find('/') + 1);
  const std::string key = ProfileVersionKey(id, version);
  if (auto cached = cache_->FindProfile(key)) return cached;
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, GetProfile(id, version));
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
  const std::string key = TableKey(name.unit, name.table);
  if (const std::optional<storage::Revision> known = reader_->KnownRevision(key)) {
    if (auto cached = cache_->tables.Find(key, *known)) return cached;
  }
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(key));
  if (!value.has_value()) return NotFound(v1::ERROR_REASON_TABLE_NOT_FOUND, name.Table());
  return Compile(name, value->revision, value->value);
}

absl::StatusOr<disk::ActualState> Snapshot::GetActual(const ResourceName& name, const ActualId& id) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   reader_->Get(ActualKey(name.unit, name.table, name.indicator, id)));
  if (!value.has_value()) {
    return NotFound(v1::ERROR_REASON_ACTUAL_NOT_FOUND,
                    absl::StrCat(name.Indicator(), "/actuals/", id.ToString()));
  }
  disk::ActualState actual;
  if (!actual.ParseFromString(value->value)) return Damaged("report");
  return actual;
}

absl::StatusOr<std::vector<Found<disk::AmendmentState>>> Snapshot::GetAmendments(
    const ResourceName& table) const {
  std::vector<Found<disk::AmendmentState>> amendments;
  absl::Status failed;
  const KeyRange range = AmendmentsOf(table.unit, table.table);
  RETURN_IF_ERROR(reader_->Scan(
      range.begin, range.end, [&](absl::string_view, storage::Revision revision, absl::string_view value) {
        Found<disk::AmendmentState>& found = amendments.emplace_back();
        found.revision = revision;
        if (!found.state.ParseFromArray(value.data(), static_cast<int>(value.size())))
          failed = Damaged("amendment");
        return failed.ok();
      }));
  RETURN_IF_ERROR(failed);
  return amendments;
}

absl::StatusOr<Found<disk::EvaluationState>> Snapshot::GetEvaluation(const ResourceName& table) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   reader_->Get(EvaluationKey(table.unit, table.table)));
  Found<disk::EvaluationState> found;
  found.state.set_state(v1::EVALUATION_STATE_OPEN);
  if (!value.has_value()) return found;
  found.revision = value->revision;
  if (!found.state.ParseFromString(value->value)) return Damaged("evaluation");
  return found;
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

absl::Status Snapshot::ForEachActual(
    const ResourceName& name,
    absl::FunctionRef<bool(const std::string&, const ActualId&, const disk::ActualState&)> visit) const {
  absl::Status failed;
  const KeyRange range = ActualsOf(name.unit, name.table, name.indicator);
  RETURN_IF_ERROR(reader_->Scan(range.begin, range.end,
                                [&](absl::string_view key, storage::Revision, absl::string_view value) {
                                  std::string indicator;
                                  ActualId id;
                                  disk::ActualState actual;
                                  if (!ParseActualKey(key, &indicator, &id) ||
                                      !actual.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
                                    failed = Damaged("report");
                                    return false;
                                  }
                                  return visit(indicator, id, actual);
                                }));
  return failed;
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
  UnitView view;
  view.fiscal_year = fiscal_year;
  absl::Status failed;
  bool found = false;
  const auto take = [&](int32_t year, storage::Revision revision, absl::string_view value) {
    disk::UnitBoardState header;
    if (!header.ParseFromArray(value.data(), static_cast<int>(value.size()))) failed = Damaged("unit board");
    view.fiscal_year = year;
    view.header = std::move(header);
    view.revision = revision;
    found = true;
  };
  if (fiscal_year != 0) {
    ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                     reader_->Get(UnitBoardKey(unit, fiscal_year)));
    if (value.has_value()) take(fiscal_year, value->revision, value->value);
  } else {
    const KeyRange range = UnitBoardsOf(unit);
    RETURN_IF_ERROR(
        reader_->Scan(range.begin, range.end,
                      [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
                        int32_t year = 0;
                        if (!ParseUnitBoardKey(key, &year)) failed = Damaged("unit board key");
                        take(year, revision, value);
                        return failed.ok();
                      }));
  }
  RETURN_IF_ERROR(failed);
  if (!found) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
                  {absl::StrCat("units/", unit, " 在该年度还没有已批准的项目绩效目标表，因此没有得分。"),
                   absl::StrCat("units/", unit,
                                " has no approved project table for that year and therefore no score.")},
                  {{"name", absl::StrCat("units/", unit)}});
  }
  ASSIGN_OR_RETURN(view.sums, FromDisk(view.header));
  if (!as_of_.empty() || basis_ == v1::TARGET_BASIS_ORIGINAL) {
    RETURN_IF_ERROR(AddUp(unit, &view));
  } else {
    ASSIGN_OR_RETURN(view.profile, CompiledProfile(view.header.profile(), view.header.profile_version()));
  }
  return view;
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

}  // namespace attain::engine
