// The tiles of the tree over the journal, against the journal.
#ifndef ATTAIN_SERVICE_VERIFY_TILE_CHECK_H_
#define ATTAIN_SERVICE_VERIFY_TILE_CHECK_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "proofs/tiles.h"
#include "service/verify/report.h"
#include "storage/entry_codec.h"
#include "storage/inspection.h"

namespace attain::engine {

// Takes the entries in their order and compares each tile that they fill with the store's. The newest tiles
// may be missing: they are not made durable with the entries, and are made anew. Thread-compatible.
class TileCheck {
 public:
  // Neither is owned.
  TileCheck(const storage::Inspection* store, VerifyReport* report) : store_(store), report_(report) {}

  // The next entry. What it says of itself is believed.
  void Add(const storage::EntryView& entry);
  // An entry is missing or no entry: what the tree holds from here on cannot be told.
  void GiveUp() { given_up_ = true; }
  // After the last entry: tells of tiles that no entry fills.
  void End();

 private:
  void Compare(const proofs::TileContent& tile);
  void Tell(const proofs::Tile& tile, scoring::Text text);

  const storage::Inspection* const store_;
  VerifyReport* const report_;
  proofs::TileWriter writer_;
  std::vector<proofs::TileContent> full_;
  std::optional<proofs::Tile> missing_;  // the first that is
  bool given_up_ = false;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_TILE_CHECK_H_
