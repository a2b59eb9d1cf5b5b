#include "service/server/log_source.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"
#include "proofs/tiles.h"
#include "service/api/errors.h"
#include "storage/entry_codec.h"

namespace attain::server {
namespace {

class TreeSource final : public http::LogSource {
 public:
  TreeSource(const engine::HistoryParts& parts, const storage::Store* store) : parts_(parts), store_(store) {}

  absl::StatusOr<std::string> Checkpoint() override {
    const absl::StatusOr<engine::SignedHead> head = parts_.heads->Covering(0, absl::Seconds(2));
    if (head.ok()) return head->checkpoint;
    if (absl::IsFailedPrecondition(head.status())) return absl::NotFoundError("nothing signs heads");
    return engine::FromStore(head.status());
  }

  absl::StatusOr<std::string> Tile(const http::TileName& tile) override {
    if (tile.level >= proofs::kTileLevels) return absl::NotFoundError("no tree is so high");
    absl::StatusOr<std::string> bytes = parts_.log->Read({tile.level, tile.number, tile.width});
    if (absl::IsNotFound(bytes.status())) return bytes.status();
    if (!bytes.ok()) return engine::FromStore(bytes.status());
    bytes->resize(tile.width * proofs::kHashBytes);  // it may have grown
    return bytes;
  }

  absl::StatusOr<std::string> Entries(const http::TileName& bundle) override {
    const uint64_t first = bundle.number * proofs::kTileWidth + 1, last = first + bundle.width - 1;
    if (last > parts_.log->size()) return absl::NotFoundError("there are not so many entries yet");
    std::string bytes;
    const absl::Status read = store_->ReadJournal(first, [&](const storage::JournalRecord& record) {
      bytes.push_back('\0');
      bytes.push_back(static_cast<char>(proofs::kLeafBytes));
      absl::StrAppend(&bytes, proofs::View(proofs::EncodeLeaf(storage::LeafOf(record))));
      return record.revision < last;
    });
    if (!read.ok()) return engine::FromStore(read);
    return bytes;
  }

 private:
  const engine::HistoryParts parts_;
  const storage::Store* const store_;
};

}  // namespace

std::unique_ptr<http::LogSource> MakeLogSource(const engine::HistoryParts& parts,
                                               const storage::Store* store) {
  return std::make_unique<TreeSource>(parts, store);
}

}  // namespace attain::server
