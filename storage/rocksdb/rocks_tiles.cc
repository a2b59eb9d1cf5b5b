// Tiles of the tree: written when they are full, beside the log.
#include "absl/strings/str_cat.h"
#include "rocksdb/write_batch.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_store.h"

namespace attain::storage {
namespace {

// Written out after so many, so that a crash costs the hashing of few leaves.
constexpr int kTilesInMemory = 64;

}  // namespace

// Not through the log: what is not synced there could be torn apart from the groups behind it, and a torn
// record in front of a whole one would look like damage.
absl::Status RocksStore::PutTiles(const std::vector<proofs::TileContent>& tiles) {
  if (tiles.empty()) return absl::OkStatus();
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (const proofs::TileContent& tile : tiles) {
    if (!status.ok()) break;
    status = batch.Put(database_->family(kTree), TileKey(tile.tile.level, tile.tile.number), tile.bytes);
  }
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  if (status.ok()) status = database_->db()->Write(options, &batch);
  if (!status.ok()) return FromRocks("write a tile of the tree", status);
  tiles_in_memory_ += static_cast<int>(tiles.size());
  if (tiles_in_memory_ < kTilesInMemory) return absl::OkStatus();
  tiles_in_memory_ = 0;
  rocksdb::FlushOptions flush;
  flush.wait = false;
  return FromRocks("write out tiles of the tree", database_->db()->Flush(flush, database_->family(kTree)));
}

absl::StatusOr<std::optional<std::string>> RocksStore::GetTile(int level, uint64_t number) const {
  std::string bytes;
  const rocksdb::Status status =
      database_->db()->Get(rocksdb::ReadOptions(), database_->family(kTree), TileKey(level, number), &bytes);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocks(absl::StrCat("tile ", number, " of level ", level), status);
  return std::optional<std::string>(std::move(bytes));
}

// They were written in order, and what a crash took is at the end.
absl::StatusOr<uint64_t> RocksStore::CountTiles() const {
  std::unique_ptr<rocksdb::Iterator> it(
      database_->db()->NewIterator(rocksdb::ReadOptions(), database_->family(kTree)));
  it->SeekForPrev(TileKey(0, ~uint64_t{0}));
  if (!it->Valid()) {
    if (absl::Status status = FromRocks("count tiles of the tree", it->status()); !status.ok()) return status;
    return uint64_t{0};
  }
  if (it->key().size() != 9 || it->key()[0] != 0)
    return absl::DataLossError("a tile of the tree has no such key");
  return DecodeBigEndian(ToView(it->key()).substr(1)) + 1;
}

}  // namespace attain::storage
