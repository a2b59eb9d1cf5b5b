#include "service/history/receipt.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/storage/v1/part.pb.h"
#include "proofs/leaf.h"
#include "proofs/tree.h"
#include "service/api/macros.h"
#include "service/state/keys.h"
#include "service/state/require.h"
#include "storage/entry_codec.h"
#include "storage/entry_parts.h"

namespace attain::engine {
namespace {

constexpr char kFormat[] = "attain-receipt-v1";

struct Part {
  uint8_t kind = 0;
  absl::string_view data;
};

// The parts of an entry and their hashes; the views point into the record.
struct Parts {
  std::vector<Part> parts;
  std::vector<proofs::Hash> hashes;
};

std::string SaltOfPart(const storage::JournalRecord& record, size_t number) {
  return std::string(
      proofs::View(proofs::SaltOfPart(storage::SaltOf(record.payload), static_cast<uint32_t>(number))));
}

absl::StatusOr<Parts> PartsOf(const storage::JournalRecord& record) {
  Parts out;
  const bool sound = storage::ForEachPart(record.payload, [&](uint8_t kind, absl::string_view data) {
    out.hashes.push_back(
        proofs::PartHash(static_cast<proofs::PartKind>(kind), SaltOfPart(record, out.parts.size()), data));
    out.parts.push_back({kind, data});
    return true;
  });
  if (!sound || proofs::RootOf(out.hashes) != record.root) return storage::EntryMalformed(record.revision);
  return out;
}

// What an entry says of one table.
struct Step {
  size_t head = 0;  // part
  uint64_t previous = 0;
  std::vector<int32_t> events;
};

std::optional<Step> StepOf(const Parts& parts, const std::string& table) {
  for (size_t i = 0; i < parts.parts.size(); ++i) {
    if (parts.parts[i].kind != disk::PART_KIND_HEAD) continue;
    disk::HeadPart head;
    const absl::string_view data = parts.parts[i].data;
    if (!head.ParseFromArray(data.data(), static_cast<int>(data.size())) || head.table() != table) continue;
    return Step{
        i, static_cast<uint64_t>(head.previous_revision()), {head.events().begin(), head.events().end()}};
  }
  return std::nullopt;
}

// Which parts are shown, in their order.
std::vector<size_t> Shown(const Step& step, bool with_texts) {
  std::vector<size_t> shown;
  for (const int32_t event : step.events) {
    const size_t facts = 1 + 2 * static_cast<size_t>(event);
    shown.push_back(facts);
    if (with_texts) shown.push_back(facts + 1);
  }
  shown.push_back(step.head);
  return shown;
}

class ThreadWriter {
 public:
  ThreadWriter(const ReceiptSource& source, std::string table, v1::Receipt* receipt)
      : source_(source), table_(std::move(table)), receipt_(receipt) {}

  // Adds the revision and gives the one before; 0 when there is none, or none that can be shown.
  absl::StatusOr<uint64_t> Add(const storage::JournalRecord& record) {
    ASSIGN_OR_RETURN(v1::ReceiptEntry* const entry, AddLeaf(record));
    if (record.form == storage::EntryForm::kWhole) {
      receipt_->set_older_revision(static_cast<int64_t>(record.revision));
      return uint64_t{0};
    }
    ASSIGN_OR_RETURN(const Parts parts, PartsOf(record));
    const std::optional<Step> step = StepOf(parts, table_);
    if (!step.has_value() || step->previous >= record.revision) {
      return absl::DataLossError(absl::StrCat("journal: revision ", record.revision,
                                              " does not say what touched ", table_, " before it"));
    }
    for (const size_t number : Shown(*step, source_.with_texts)) {
      if (number >= parts.parts.size()) return storage::EntryMalformed(record.revision);
      RETURN_IF_ERROR(AddPart(record, parts, number, entry));
    }
    return step->previous;
  }

 private:
  absl::StatusOr<v1::ReceiptEntry*> AddLeaf(const storage::JournalRecord& record) {
    v1::ReceiptEntry* const entry = receipt_->add_entries();
    entry->set_leaf(std::string(proofs::View(proofs::EncodeLeaf(storage::LeafOf(record)))));
    ASSIGN_OR_RETURN(const proofs::Path path, source_.log.Inclusion(record.revision - 1, source_.size));
    for (const proofs::Hash& hash : path) entry->add_path(std::string(proofs::View(hash)));
    return entry;
  }

  absl::Status AddPart(const storage::JournalRecord& record, const Parts& parts, size_t number,
                       v1::ReceiptEntry* entry) {
    v1::ReceiptPart* const part = entry->add_parts();
    part->set_number(static_cast<int32_t>(number));
    part->set_kind(parts.parts[number].kind);
    part->set_salt(SaltOfPart(record, number));
    part->set_data(std::string(parts.parts[number].data));
    ASSIGN_OR_RETURN(const proofs::Path path, proofs::InclusionPath(number, parts.hashes));
    for (const proofs::Hash& hash : path) part->add_path(std::string(proofs::View(hash)));
    if (part->kind() == disk::PART_KIND_FACTS && !judged_) NoteSignature(part->data());
    return absl::OkStatus();
  }

  // The newest act on the evaluation decides: one that was returned is not signed.
  void NoteSignature(const std::string& facts) {
    disk::Event event;
    if (!event.ParseFromString(facts) || !event.has_evaluation_set()) return;
    judged_ = true;
    receipt_->set_score(event.evaluation_set().figures().final_score());
    receipt_->set_grade(event.evaluation_set().figures().final_grade());
  }

  const ReceiptSource& source_;
  const std::string table_;
  v1::Receipt* const receipt_;
  bool judged_ = false;
};

}  // namespace

absl::StatusOr<uint64_t> NewestOfThread(const Snapshot& snapshot, const ResourceName& table) {
  ASSIGN_OR_RETURN(const Found<disk::TableState> found, RequireTable(snapshot.reads(), table));
  ASSIGN_OR_RETURN(uint64_t newest, snapshot.reads().Thread(table));
  newest = std::max(newest, found.revision);
  ASSIGN_OR_RETURN(const auto board, snapshot.reads().Board(table));
  return board.has_value() ? std::max(newest, board->revision) : newest;
}

absl::Status FillThread(const ReceiptSource& source, const ResourceName& table, uint64_t revision,
                        v1::Receipt* receipt) {
  receipt->set_format(kFormat);
  receipt->set_table(table.Table());
  receipt->set_revision(static_cast<int64_t>(revision));
  ThreadWriter writer(source, table.Table(), receipt);
  while (revision > 0) {
    absl::StatusOr<uint64_t> previous = storage::EntryMissing(revision);
    RETURN_IF_ERROR(source.store.ReadJournal(revision, [&](const storage::JournalRecord& record) {
      previous = writer.Add(record);
      return false;
    }));
    RETURN_IF_ERROR(previous.status());
    revision = *previous;
  }
  return absl::OkStatus();
}

}  // namespace attain::engine
