// Which keys the engine uses. The bytes are built by storage/key_codec; this file says what goes into them.
// Space numbers are on disk for ever: never reuse one.
#ifndef ATTAIN_SERVICE_STATE_KEYS_H_
#define ATTAIN_SERVICE_STATE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/api/names.h"

namespace attain::engine {

// A half-open range of keys.
struct KeyRange {
  std::string begin, end;
};

std::string UnitKey(absl::string_view unit);                                // UnitState
std::string TableKey(absl::string_view unit, absl::string_view table);      // TableState
std::string BoardKey(absl::string_view unit, absl::string_view table);      // BoardState
std::string UnitBoardKey(absl::string_view unit, int32_t fiscal_year);      // UnitBoardState
std::string ProfileKey(absl::string_view profile);                          // ProfileState, newest version
std::string ProfileVersionKey(absl::string_view profile, int64_t version);  // ProfileState of one version
std::string ActualKey(absl::string_view unit, absl::string_view table, absl::string_view indicator,
                      const ActualId& id);                                                    // ActualState
std::string SpendingKey(absl::string_view unit, absl::string_view table, uint64_t revision);  // SpendingState
// RequestState, kept once. `actor` may be empty.
std::string RequestKey(absl::string_view actor, absl::string_view request_id);
std::string AmendmentKey(absl::string_view unit, absl::string_view table, int32_t number);  // AmendmentState
std::string EvaluationKey(absl::string_view unit, absl::string_view table);                 // EvaluationState
std::string ReviewKey(absl::string_view unit, absl::string_view table,
                      absl::string_view indicator);  // ReviewState
std::string OutlookKey(absl::string_view unit, absl::string_view table,
                       absl::string_view indicator);  // OutlookState
// Nothing; its newest revision is what counts: the newest that touched the table without setting it or moving
// its board.
std::string ThreadKey(absl::string_view unit, absl::string_view table);

KeyRange AllUnits();
KeyRange TablesOf(absl::string_view unit);  // "-" = of all units
KeyRange BoardsOf(absl::string_view unit);  // "-" = of all units
KeyRange UnitBoardsOf(absl::string_view unit);
KeyRange AllProfiles();
KeyRange ActualsOf(absl::string_view unit, absl::string_view table,
                   absl::string_view indicator);  // "-" = the table's
KeyRange SpendingsOf(absl::string_view unit, absl::string_view table);
KeyRange AmendmentsOf(absl::string_view unit, absl::string_view table);  // in order of numbers
KeyRange ReviewsOf(absl::string_view unit, absl::string_view table);
KeyRange OutlooksOf(absl::string_view unit, absl::string_view table);

// The parts of a key that a scan met. A key that does not parse gives false: the store is damaged.
bool ParseUnitKey(absl::string_view key, std::string* unit);
bool ParseTableKey(absl::string_view key, std::string* unit, std::string* table);
bool ParseBoardKey(absl::string_view key, std::string* unit, std::string* table);
bool ParseUnitBoardKey(absl::string_view key, int32_t* fiscal_year);
bool ParseActualKey(absl::string_view key, std::string* indicator, ActualId* id);
bool ParseRowKey(absl::string_view key, std::string* indicator);  // of a review or an outlook

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_KEYS_H_
