// What an event touches, said once.
//
// The board writer, the boards that watches carry on, what watches are told and what an abandoned command
// forgets all follow from this. A new kind of event needs two edits: here and in Applier::Apply. Neither has
// a default case, and both are compiled so that a missing one is an error.
#ifndef ATTAIN_SERVICE_STATE_FOOTPRINT_H_
#define ATTAIN_SERVICE_STATE_FOOTPRINT_H_

#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/event.pb.h"
#include "service/api/names.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// Ids are last parts of names ("p1", "i1", "123-2"). What is empty is not touched.
struct Footprint {
  struct Report {
    std::string id;
    bool is_new = false;  // else it was there and stands otherwise now
  };

  std::string unit;     // whose own value is set: its name is another, its sums are not
  std::string profile;  // which has a new version; moves no score, a table names the version it is scored by

  std::optional<ResourceName> table;  // of which something below holds; names the table, never a row
  bool sets_table = false;            // its declaration or state has a new value
  bool moves_board = false;           // its board has to be written, and the sums of its unit with it
  bool shows_all_rows = false;        // the score of every row may read otherwise
  std::string row;                    // the indicator whose score may read otherwise

  absl::InlinedVector<Report, 1> reports;  // of `row`, in the order in which they are told

  // A report was added and nothing that was there has changed: whoever has the board can carry it on.
  bool only_adds_report() const { return reports.size() == 1 && reports[0].is_new; }
};

// DATA_LOSS for a kind that this version does not know, INVALID_ARGUMENT for a name that is none: neither is
// in a journal that this program wrote.
absl::StatusOr<Footprint> FootprintOf(const disk::Event& event);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_FOOTPRINT_H_
