#include "service/verify/verification.h"

#include <future>
#include <string>
#include <thread>
#include <utility>

#include "service/verify/chain.h"
#include "service/verify/state_check.h"
#include "storage/entry_codec.h"

namespace attain::engine {
namespace {

class Verification {
 public:
  Verification(const storage::Inspection& store, const VerifyOptions& options)
      : store_(store),
        options_(options),
        report_(options.on_progress, options.on_finding, options.most_told, options.cancelled) {}

  absl::StatusOr<VerifyResult> Run();

 private:
  bool has(VerifyPart part) const { return options_.parts.contains(part); }
  // Without its record, what the last entry of the journal says.
  storage::Head FindHead();
  // What a thread of its own does beside the replay.
  void RunBeside(std::promise<absl::StatusOr<StoreSums>> sums);
  void CheckFiles();
  void CheckStrays();

  const storage::Inspection& store_;
  const VerifyOptions& options_;
  const std::string salt_ = RandomSalt();
  VerifyReport report_;
  storage::Head head_;
};

absl::StatusOr<VerifyResult> Verification::Run() {
  head_ = FindHead();
  std::promise<absl::StatusOr<StoreSums>> promise;
  std::future<absl::StatusOr<StoreSums>> sums = promise.get_future();
  std::thread beside([&] { RunBeside(std::move(promise)); });
  if (has(VerifyPart::kState)) {
    CheckState(
        store_, head_.revision, salt_, [&] { return sums.get(); }, &report_);
  }
  beside.join();
  if (report_.cancelled()) return absl::CancelledError("the verification was cancelled");
  VerifyResult result;
  result.head = head_;
  for (int i = 0; i < kVerifyParts; ++i) result.findings[i] = report_.count(static_cast<VerifyPart>(i));
  return result;
}

storage::Head Verification::FindHead() {
  absl::StatusOr<storage::Head> head = store_.ReadHead();
  if (head.ok() && head->revision > 0) return *std::move(head);
  if (!head.ok()) report_.TellUnread(VerifyPart::kHeads, "record of the head", 0, head.status());
  storage::Head newest;
  newest.hash.assign(storage::kHashBytes, '\0');
  // What goes wrong here goes wrong again where it is told.
  store_
      .ForEachEntry(
          1,
          [&](storage::Revision revision, absl::string_view bytes) {
            storage::EntryView entry;
            if (storage::DecodeEntry(bytes, &entry)) newest = {revision, std::string(entry.hash), entry.time};
            return !report_.cancelled();
          },
          [](const storage::Flaw&) {})
      .IgnoreError();
  if (head.ok() && newest.revision > 0) {
    report_.Tell({VerifyPart::kHeads,
                  newest.revision,
                  "record of the head",
                  {"缺失，而日志中有记录", "is missing, and the journal has entries"}});
  }
  return newest;
}

void Verification::RunBeside(std::promise<absl::StatusOr<StoreSums>> sums) {
  if (has(VerifyPart::kJournal) || has(VerifyPart::kHeads)) CheckChain(store_, head_, &report_);
  if (has(VerifyPart::kState)) {
    sums.set_value(SumsOfStore(store_, salt_, &report_));
    CheckStrays();
  }
  if (has(VerifyPart::kFiles)) CheckFiles();
}

void Verification::CheckFiles() {
  const absl::Status listed = store_.CheckFiles(
      [&](uint64_t done, uint64_t total) {
        report_.Advance(VerifyPart::kFiles, done, total);
        return !report_.cancelled();
      },
      [&](const storage::Flaw& flaw) { report_.Tell(VerifyPart::kFiles, flaw); });
  if (!listed.ok()) report_.TellUnread(VerifyPart::kFiles, "list of files", 0, listed);
}

void Verification::CheckStrays() {
  const absl::Status read =
      store_.ForEachStray([&](const storage::Flaw& flaw) { report_.Tell(VerifyPart::kState, flaw); });
  if (!read.ok()) report_.TellUnread(VerifyPart::kState, "values", 0, read);
}

}  // namespace

absl::StatusOr<VerifyResult> VerifyStore(const storage::Inspection& store, const VerifyOptions& options) {
  return Verification(store, options).Run();
}

}  // namespace attain::engine
