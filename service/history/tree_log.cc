#include "service/history/tree_log.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"
#include "service/api/macros.h"
#include "storage/entry_codec.h"

namespace attain::engine {
namespace {

// Leaves that are hashed before those who read the tree are let in.
constexpr size_t kPortion = 256;
// How long the thread lets groups gather.
constexpr std::chrono::milliseconds kPause(100);

// Full tiles, as they lie on disk.
class StoredTiles final : public proofs::TileStore {
 public:
  explicit StoredTiles(const storage::Store* store) : store_(store) {}
  absl::StatusOr<std::string> Read(const proofs::Tile& tile) const override {
    ASSIGN_OR_RETURN(std::optional<std::string> bytes, store_->GetTile(tile.level, tile.number));
    if (bytes.has_value()) return *std::move(bytes);
    return absl::NotFoundError(absl::StrCat("there is no ", proofs::TilePath(tile)));
  }

 private:
  const storage::Store* const store_;
};

// Whether the tree of `size` leaves has so much of the tile.
bool Reaches(const proofs::Tile& tile, uint64_t size) {
  const uint64_t full = proofs::FullTiles(tile.level, size);
  return tile.number < full || (tile.number == full && tile.width <= proofs::PartialWidth(tile.level, size));
}

}  // namespace

TreeLog::TreeLog(storage::Store* store, std::function<void(const absl::Status&)> failed)
    : store_(store), failed_(std::move(failed)), tree_(this) {
  thread_ = std::thread([this] { Follow(); });
}

TreeLog::~TreeLog() {
  Shutdown();
}

void TreeLog::Shutdown() {
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    wake_.NotifyAll();
    grown_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
}

void TreeLog::GroupAnswered() {
  if (told_.exchange(true)) return;
  storage::MutexLock lock(&mutex_);
  wake_.NotifyOne();
}

void TreeLog::Follow() {
  absl::Status status = Resume();
  while (status.ok() && WaitForWork()) status = CatchUp();
  if (!status.ok()) Fail(status);
}

absl::Status TreeLog::Resume() {
  ASSIGN_OR_RETURN(uint64_t tiles, store_->CountTiles());
  tiles = std::min<uint64_t>(tiles, store_->head().revision / proofs::kTileWidth);
  ASSIGN_OR_RETURN(proofs::TileWriter writer, proofs::TileWriter::Resume(StoredTiles(store_), tiles));
  storage::MutexLock lock(&mutex_);
  writer_ = std::move(writer);
  size_ = writer_.size();
  return absl::OkStatus();
}

bool TreeLog::WaitForWork() {
  storage::MutexLock lock(&mutex_);
  while (!stopping_ && !told_ && wanted_ <= size_) wake_.Wait(&mutex_);
  const auto deadline = std::chrono::steady_clock::now() + kPause;
  while (!stopping_ && wanted_ <= size_ && std::chrono::steady_clock::now() < deadline)
    wake_.WaitUntil(&mutex_, deadline);
  told_ = false;
  return !stopping_;
}

absl::Status TreeLog::CatchUp() {
  const storage::Revision head = store_->head().revision;
  if (head < size_)
    return absl::DataLossError(absl::StrCat("the tree has ", size_.load(), " revisions, the journal ", head));
  std::vector<proofs::Hash> leaves;
  absl::Status appended;
  const absl::Status read =
      size_ == head
          ? absl::OkStatus()
          : store_->ReadJournal(size_ + 1, [&](const storage::JournalRecord& record) {
              leaves.push_back(proofs::LeafHash(proofs::View(proofs::EncodeLeaf(storage::LeafOf(record)))));
              if (leaves.size() < kPortion) return true;
              appended = Append(std::exchange(leaves, {}));
              storage::MutexLock lock(&mutex_);
              return appended.ok() && !stopping_;
            });
  RETURN_IF_ERROR(read);
  RETURN_IF_ERROR(appended);
  return Append(leaves);
}

absl::Status TreeLog::Append(const std::vector<proofs::Hash>& leaves) {
  storage::MutexLock lock(&mutex_);
  std::vector<proofs::TileContent> full;
  for (const proofs::Hash& leaf : leaves) writer_.Append(leaf, &full);
  RETURN_IF_ERROR(store_->PutTiles(full));
  size_ = writer_.size();
  grown_.NotifyAll();
  return absl::OkStatus();
}

void TreeLog::Fail(const absl::Status& status) {
  {
    storage::MutexLock lock(&mutex_);
    status_ = status;
    grown_.NotifyAll();
  }
  if (failed_) failed_(status);
}

absl::Status TreeLog::Await(uint64_t size, absl::Duration limit) const {
  const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(limit);
  storage::MutexLock lock(&mutex_);
  wanted_ = std::max(wanted_, size);
  wake_.NotifyOne();
  while (size_ < size && status_.ok() && !stopping_ && std::chrono::steady_clock::now() < deadline)
    grown_.WaitUntil(&mutex_, deadline);
  if (size_ >= size) return absl::OkStatus();
  if (!status_.ok()) return status_;
  return absl::DeadlineExceededError(
      absl::StrCat("the tree has ", size_.load(), " of ", size, " revisions so far"));
}

absl::Status TreeLog::CheckSize(uint64_t size) const {
  if (size <= size_) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the tree has ", size_.load(), " revisions, not ", size));
}

absl::StatusOr<proofs::Hash> TreeLog::Root(uint64_t size) const {
  RETURN_IF_ERROR(CheckSize(size));
  return tree_.Root(size);
}

absl::StatusOr<proofs::Path> TreeLog::Inclusion(uint64_t index, uint64_t size) const {
  RETURN_IF_ERROR(CheckSize(size));
  return tree_.Inclusion(index, size);
}

absl::StatusOr<proofs::Path> TreeLog::Consistency(uint64_t old_size, uint64_t new_size) const {
  RETURN_IF_ERROR(CheckSize(new_size));
  return tree_.Consistency(old_size, new_size);
}

absl::StatusOr<std::string> TreeLog::Read(const proofs::Tile& tile) const {
  if (!Reaches(tile, size_))
    return absl::NotFoundError(absl::StrCat("there is no ", proofs::TilePath(tile), " yet"));
  {
    storage::MutexLock lock(&mutex_);
    for (proofs::TileContent& partial : writer_.Partial()) {
      const bool same = partial.tile.level == tile.level && partial.tile.number == tile.number;
      if (same && partial.tile.width >= tile.width) return std::move(partial.bytes);
    }
  }
  return StoredTiles(store_).Read(tile);
}

}  // namespace attain::engine
