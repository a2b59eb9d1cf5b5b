// What nearly every file of this room includes, parsed once (see CMakeLists.txt). Not to be included by hand.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/history_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "attain/v1/watch_service.pb.h"
