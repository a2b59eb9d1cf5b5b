#include "service/state/keys.h"

#include "service/state/spaces.h"
#include "storage/key_codec.h"

namespace attain::engine {
namespace {

using storage::KeyBuilder;
using storage::KeyReader;

KeyRange Under(std::string prefix) {
  std::string end = storage::PrefixEnd(prefix);
  return {std::move(prefix), std::move(end)};
}

}  // namespace

std::string UnitKey(absl::string_view unit) {
  return KeyBuilder(kUnits).Text(unit).Build();
}
std::string TableKey(absl::string_view unit, absl::string_view table) {
  return KeyBuilder(kTables).Text(unit).Text(table).Build();
}
std::string BoardKey(absl::string_view unit, absl::string_view table) {
  return KeyBuilder(kBoards).Text(unit).Text(table).Build();
}
std::string UnitBoardKey(absl::string_view unit, int32_t fiscal_year) {
  return KeyBuilder(kUnitBoards).Text(unit).U64(static_cast<uint64_t>(fiscal_year)).Build();
}
std::string ProfileKey(absl::string_view profile) {
  return KeyBuilder(kProfiles).Text(profile).Build();
}
std::string ProfileVersionKey(absl::string_view profile, int64_t version) {
  return KeyBuilder(kProfileVersions).Text(profile).U64(static_cast<uint64_t>(version)).Build();
}
std::string ActualKey(absl::string_view unit, absl::string_view table, absl::string_view indicator,
                      const ActualId& id) {
  return KeyBuilder(kActuals).Text(unit).Text(table).Text(indicator).U64(id.revision).U64(id.number).Build();
}
std::string SpendingKey(absl::string_view unit, absl::string_view table, uint64_t revision) {
  return KeyBuilder(kSpendings).Text(unit).Text(table).U64(revision).Build();
}
std::string RequestKey(absl::string_view actor, absl::string_view request_id) {
  KeyBuilder key(kRequests);
  key.Text(request_id);
  if (!actor.empty()) key.Text(actor);
  return key.Build();
}
std::string AmendmentKey(absl::string_view unit, absl::string_view table, int32_t number) {
  return KeyBuilder(kAmendments).Text(unit).Text(table).U64(static_cast<uint64_t>(number)).Build();
}
std::string EvaluationKey(absl::string_view unit, absl::string_view table) {
  return KeyBuilder(kEvaluations).Text(unit).Text(table).Build();
}
std::string ReviewKey(absl::string_view unit, absl::string_view table, absl::string_view indicator) {
  return KeyBuilder(kReviews).Text(unit).Text(table).Text(indicator).Build();
}
std::string OutlookKey(absl::string_view unit, absl::string_view table, absl::string_view indicator) {
  return KeyBuilder(kOutlooks).Text(unit).Text(table).Text(indicator).Build();
}
std::string ThreadKey(absl::string_view unit, absl::string_view table) {
  return KeyBuilder(kThreads).Text(unit).Text(table).Build();
}

KeyRange AllUnits() {
  return Under(KeyBuilder(kUnits).Build());
}
KeyRange TablesOf(absl::string_view unit) {
  if (unit == "-") return Under(KeyBuilder(kTables).Build());
  return Under(KeyBuilder(kTables).Text(unit).Build());
}
KeyRange BoardsOf(absl::string_view unit) {
  if (unit == "-") return Under(KeyBuilder(kBoards).Build());
  return Under(KeyBuilder(kBoards).Text(unit).Build());
}
KeyRange UnitBoardsOf(absl::string_view unit) {
  return Under(KeyBuilder(kUnitBoards).Text(unit).Build());
}
KeyRange AllProfiles() {
  return Under(KeyBuilder(kProfiles).Build());
}
KeyRange ActualsOf(absl::string_view unit, absl::string_view table, absl::string_view indicator) {
  if (indicator == "-") return Under(KeyBuilder(kActuals).Text(unit).Text(table).Build());
  return Under(KeyBuilder(kActuals).Text(unit).Text(table).Text(indicator).Build());
}
KeyRange SpendingsOf(absl::string_view unit, absl::string_view table) {
  return Under(KeyBuilder(kSpendings).Text(unit).Text(table).Build());
}
KeyRange AmendmentsOf(absl::string_view unit, absl::string_view table) {
  return Under(KeyBuilder(kAmendments).Text(unit).Text(table).Build());
}
KeyRange ReviewsOf(absl::string_view unit, absl::string_view table) {
  return Under(KeyBuilder(kReviews).Text(unit).Text(table).Build());
}
KeyRange OutlooksOf(absl::string_view unit, absl::string_view table) {
  return Under(KeyBuilder(kOutlooks).Text(unit).Text(table).Build());
}

bool ParseUnitKey(absl::string_view key, std::string* unit) {
  KeyReader reader(key);
  return reader.Space() == kUnits && reader.Text(unit).ok() && reader.Finish().ok();
}
bool ParseTableKey(absl::string_view key, std::string* unit, std::string* table) {
  KeyReader reader(key);
  return reader.Space() == kTables && reader.Text(unit).ok() && reader.Text(table).ok() &&
         reader.Finish().ok();
}
bool ParseBoardKey(absl::string_view key, std::string* unit, std::string* table) {
  KeyReader reader(key);
  return reader.Space() == kBoards && reader.Text(unit).ok() && reader.Text(table).ok() &&
         reader.Finish().ok();
}
bool ParseUnitBoardKey(absl::string_view key, int32_t* fiscal_year) {
  KeyReader reader(key);
  std::string unit;
  uint64_t year = 0;
  if (reader.Space() != kUnitBoards || !reader.Text(&unit).ok() || !reader.U64(&year).ok()) return false;
  *fiscal_year = static_cast<int32_t>(year);
  return reader.Finish().ok();
}
bool ParseActualKey(absl::string_view key, std::string* indicator, ActualId* id) {
  KeyReader reader(key);
  std::string unit, table;
  uint64_t number = 0;
  if (reader.Space() != kActuals || !reader.Text(&unit).ok() || !reader.Text(&table).ok() ||
      !reader.Text(indicator).ok() || !reader.U64(&id->revision).ok() || !reader.U64(&number).ok()) {
    return false;
  }
  id->number = static_cast<uint32_t>(number);
  return reader.Finish().ok();
}
bool ParseRowKey(absl::string_view key, std::string* indicator) {
  KeyReader reader(key);
  const uint8_t space = reader.Space();
  std::string unit, table;
  return (space == kReviews || space == kOutlooks) && reader.Text(&unit).ok() && reader.Text(&table).ok() &&
         reader.Text(indicator).ok() && reader.Finish().ok();
}

}  // namespace attain::engine
