#include "service/history/history_queries.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/history/receipt.h"
#include "storage/entry_codec.h"

namespace attain::engine {
namespace {

constexpr absl::Duration kUsualWait = absl::Seconds(2), kLongestWait = absl::Seconds(10);
// The tree is a tenth of a second behind, unless it was just opened on a long journal.
constexpr absl::Duration kTreeWait = absl::Seconds(10);

std::string Bytes(const proofs::Hash& hash) {
  return std::string(proofs::View(hash));
}

template <typename Repeated>
void AddHashes(const proofs::Path& path, Repeated* out) {
  for (const proofs::Hash& hash : path) *out->Add() = Bytes(hash);
}

// A size or revision that is asked for; 0 is the newest.
absl::StatusOr<uint64_t> ReadSize(int64_t asked, const QueryContext& context) {
  const uint64_t head = context.store.head().revision;
  if (asked < 0 || static_cast<uint64_t>(asked) > head) return RevisionOutOfRange(asked, head);
  return asked == 0 ? head : static_cast<uint64_t>(asked);
}

absl::Status NotSigned(const absl::Status& why, uint64_t size) {
  return Refuse(
      absl::StatusCode::kUnavailable, v1::ERROR_REASON_HEAD_NOT_SIGNED,
      {absl::StrCat("没有覆盖第 ", size,
                    " 次记录的已签署日志头。请稍后再试；如一直如此，请管理员查看服务器日志"
                    "中关于 notary 的内容。"),
       absl::StrCat(
           "No signed head covers revision ", size,
           ". Try again later; if it stays so, ask the operator what the server's log says of the notary.")},
      {{"size", absl::StrCat(size)}, {"why", std::string(why.message())}});
}

absl::StatusOr<SignedHead> HeadCovering(const HistoryParts& parts, uint64_t size, absl::Duration wait) {
  absl::StatusOr<SignedHead> head = parts.heads->Covering(size, wait);
  if (!head.ok()) return NotSigned(head.status(), size);
  return head;
}

absl::StatusOr<storage::JournalRecord> RecordAt(storage::Revision revision, const storage::Store& store) {
  std::optional<storage::JournalRecord> found;
  RETURN_IF_ERROR(store.ReadJournal(revision, [&](const storage::JournalRecord& record) {
    found = record;
    return false;
  }));
  if (found.has_value()) return *std::move(found);
  return storage::EntryMissing(revision);
}

absl::StatusOr<absl::Duration> ReadWait(const v1::GetHeadRequest& request) {
  if (!request.has_wait()) return kUsualWait;
  const absl::Duration wait =
      absl::Seconds(request.wait().seconds()) + absl::Nanoseconds(request.wait().nanos());
  if (wait >= absl::ZeroDuration() && wait <= kLongestWait) return wait;
  return BadField("wait", v1::ERROR_REASON_INVALID_FIELD,
                  {"应在 0 至 10 秒之间。", "Write 0 to 10 seconds."});
}

}  // namespace

absl::Status GetHead(const HistoryParts& parts, const v1::GetHeadRequest& request,
                     const QueryContext& context, v1::GetHeadResponse* response) {
  ASSIGN_OR_RETURN(const absl::Duration wait, ReadWait(request));
  RETURN_IF_ERROR(ReadSize(request.min_revision(), context).status());
  ASSIGN_OR_RETURN(const SignedHead head,
                   HeadCovering(parts, static_cast<uint64_t>(request.min_revision()), wait));
  v1::Head* const out = response->mutable_head();
  out->set_checkpoint(head.checkpoint);
  out->set_origin(parts.heads->options().origin);
  out->set_size(static_cast<int64_t>(head.size));
  out->set_root(Bytes(head.root));
  response->set_verifier_key(parts.heads->options().notary->verifier_key());
  return absl::OkStatus();
}

absl::Status GetInclusionProof(const HistoryParts& parts, const v1::GetInclusionProofRequest& request,
                               const QueryContext& context, v1::GetInclusionProofResponse* response) {
  ASSIGN_OR_RETURN(const uint64_t size, ReadSize(request.tree_size(), context));
  const int64_t revision = request.revision();
  if (revision < 1 || static_cast<uint64_t>(revision) > size) return RevisionOutOfRange(revision, size);
  RETURN_IF_ERROR(parts.log->Await(size, kTreeWait));
  ASSIGN_OR_RETURN(const storage::JournalRecord record,
                   RecordAt(static_cast<storage::Revision>(revision), context.store));
  ASSIGN_OR_RETURN(const proofs::Path path, parts.log->Inclusion(record.revision - 1, size));
  ASSIGN_OR_RETURN(const proofs::Hash root, parts.log->Root(size));
  response->set_leaf(std::string(proofs::View(proofs::EncodeLeaf(storage::LeafOf(record)))));
  AddHashes(path, response->mutable_hashes());
  response->set_tree_size(static_cast<int64_t>(size));
  response->set_root(Bytes(root));
  return absl::OkStatus();
}

absl::Status GetConsistencyProof(const HistoryParts& parts, const v1::GetConsistencyProofRequest& request,
                                 const QueryContext& context, v1::GetConsistencyProofResponse* response) {
  ASSIGN_OR_RETURN(const uint64_t to, ReadSize(request.to_size(), context));
  const int64_t from = request.from_size();
  if (from < 1 || static_cast<uint64_t>(from) > to) return RevisionOutOfRange(from, to);
  RETURN_IF_ERROR(parts.log->Await(to, kTreeWait));
  ASSIGN_OR_RETURN(const proofs::Path path, parts.log->Consistency(static_cast<uint64_t>(from), to));
  ASSIGN_OR_RETURN(const proofs::Hash from_root, parts.log->Root(static_cast<uint64_t>(from)));
  ASSIGN_OR_RETURN(const proofs::Hash to_root, parts.log->Root(to));
  AddHashes(path, response->mutable_hashes());
  response->set_to_size(static_cast<int64_t>(to));
  response->set_from_root(Bytes(from_root));
  response->set_to_root(Bytes(to_root));
  return absl::OkStatus();
}

absl::Status GetReceipt(const HistoryParts& parts, const v1::GetReceiptRequest& request,
                        const QueryContext& context, v1::GetReceiptResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, request.read()));
  ASSIGN_OR_RETURN(const uint64_t newest, NewestOfThread(*snapshot, name));
  ASSIGN_OR_RETURN(const SignedHead head, HeadCovering(parts, newest, kUsualWait));
  const int64_t known = request.known_size();
  if (known < 0 || static_cast<uint64_t>(known) > head.size) return RevisionOutOfRange(known, head.size);
  v1::Receipt* const receipt = response->mutable_receipt();
  receipt->set_checkpoint(head.checkpoint);
  if (known > 0) {
    ASSIGN_OR_RETURN(const proofs::Path path,
                     parts.log->Consistency(static_cast<uint64_t>(known), head.size));
    AddHashes(path, receipt->mutable_consistency());
  }
  RETURN_IF_ERROR(
      FillThread({*parts.log, context.store, head.size, request.with_texts()}, name, newest, receipt));
  return snapshot->FillReadInfo(response->mutable_read());
}

}  // namespace attain::engine
