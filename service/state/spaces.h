// The numbers of the spaces that keys lie in: the first byte of each (storage/key_codec.h). Who reads or
// writes values uses keys.h; the numbers alone are for who meets keys of all spaces and tells them apart.
#ifndef ATTAIN_SERVICE_STATE_SPACES_H_
#define ATTAIN_SERVICE_STATE_SPACES_H_

#include <cstdint>

namespace attain::engine {

// On disk for ever.
enum Space : uint8_t {
  kUnits = 1,
  kTables = 2,
  kBoards = 3,
  kUnitBoards = 4,
  kProfiles = 5,
  kProfileVersions = 6,
  kActuals = 7,
  kSpendings = 8,
  kRequests = 9,
  kAmendments = 10,
  kEvaluations = 11,
  kReviews = 12,
  kOutlooks = 13,
  kThreads = 14,
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_SPACES_H_
