#include "service/verify/tile_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"

namespace attain::engine {
namespace {

// Without going through the parts again: their root stands in the entry.
proofs::Hash LeafHashOf(const storage::EntryView& entry) {
  storage::JournalRecord record;
  record.revision = entry.revision;
  record.time = entry.time;
  record.form = entry.form;
  record.parts = entry.parts;
  if (entry.form == storage::EntryForm::kWhole) {
    record.payload = std::string(entry.payload);
  } else {
    std::copy(entry.root.begin(), entry.root.end(), record.root.begin());
  }
  return proofs::LeafHash(proofs::View(proofs::EncodeLeaf(storage::LeafOf(record))));
}

}  // namespace

void TileCheck::Add(const storage::EntryView& entry) {
  if (given_up_) return;
  writer_.Append(LeafHashOf(entry), &full_);
  for (const proofs::TileContent& tile : full_) Compare(tile);
  full_.clear();
}

void TileCheck::Compare(const proofs::TileContent& tile) {
  const auto stored = store_->GetTile(tile.tile.level, tile.tile.number);
  if (!stored.ok()) {
    GiveUp();
    return report_->TellUnread(VerifyPart::kHeads, proofs::TilePath(tile.tile), 0, stored.status());
  }
  if (!stored->has_value()) {
    if (!missing_.has_value()) missing_ = tile.tile;
    return;
  }
  if (missing_.has_value()) {
    Tell(*missing_, {"缺失，而其后的树块存在", "is missing, and tiles behind it are there"});
    missing_.reset();
  }
  if (**stored != tile.bytes) {
    Tell(tile.tile, {"与日志不符：其中某条记录或此树块被改动",
                     "does not follow from the journal: it or an entry in it was changed"});
  }
}

void TileCheck::Tell(const proofs::Tile& tile, scoring::Text text) {
  report_->Tell({VerifyPart::kHeads, 0, proofs::TilePath(tile), std::move(text)});
}

void TileCheck::End() {
  const absl::Status read = store_->ForEachTile(
      [&](int level, uint64_t number) {
        const bool known = level < proofs::kTileLevels && number < proofs::FullTiles(level, writer_.size());
        if (!known && !given_up_) {
          report_->Tell({VerifyPart::kHeads,
                         0,
                         absl::StrCat("tile ", number, " of level ", level),
                         {"日志中没有产生它的记录", "no entries of the journal fill it"}});
        }
        return !report_->cancelled();
      },
      [&](const storage::Flaw& flaw) { report_->Tell(VerifyPart::kHeads, flaw); });
  if (!read.ok()) report_->TellUnread(VerifyPart::kHeads, "tiles", 0, read);
}

}  // namespace attain::engine
