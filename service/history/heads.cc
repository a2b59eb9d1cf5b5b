#include "service/history/heads.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "proofs/checkpoint.h"
#include "proofs/note.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

// Codes of the witness protocol.
constexpr int kSigned = 200, kOtherSize = 409;

// What the notary refuses.
absl::Status Refused(const proofs::WitnessAnswer& answer) {
  return absl::DataLossError(absl::StrCat("the notary does not sign (", answer.code,
                                          "): ", answer.why.empty() ? answer.body : answer.why));
}

}  // namespace

Heads::Heads(TreeLog* log, HeadOptions options) : log_(log), options_(std::move(options)) {
  if (options_.notary != nullptr) thread_ = std::thread([this] { SignAll(); });
}

Heads::~Heads() {
  Shutdown();
}

void Heads::Shutdown() {
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    wake_.NotifyAll();
    signed_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
}

bool Heads::WaitForTurn() {
  storage::MutexLock lock(&mutex_);
  const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(options_.interval);
  while (!stopping_ && wanted_ <= SizeOfNewest() && std::chrono::steady_clock::now() < deadline)
    wake_.WaitUntil(&mutex_, deadline);
  // Who waits gets one answer a try; a notary that is away is not asked without a pause.
  if (!stopping_ && !status_.ok())
    wake_.WaitUntil(&mutex_,
                    std::min(deadline, std::chrono::steady_clock::now() + std::chrono::milliseconds(100)));
  return !stopping_;
}

void Heads::SignAll() {
  absl::Status told;
  while (WaitForTurn()) {
    uint64_t wanted = 0;
    {
      storage::MutexLock lock(&mutex_);
      wanted = wanted_;
      if (log_->size() == SizeOfNewest() && wanted <= SizeOfNewest()) continue;
    }
    absl::Status status = wanted > log_->size() ? log_->Await(wanted, options_.interval) : absl::OkStatus();
    absl::StatusOr<SignedHead> head = status.ok() ? SignNewest() : status;
    status = head.status();
    if (!status.ok() && status != told && options_.refused) options_.refused(status);
    told = status;
    storage::MutexLock lock(&mutex_);
    ++tries_;
    status_ = status;
    if (head.ok()) newest_ = *std::move(head);
    wanted_ = 0;  // those who go on waiting say so again
    signed_.NotifyAll();
  }
}

absl::StatusOr<SignedHead> Heads::SignNewest() {
  SignedHead head;
  head.size = log_->size();
  ASSIGN_OR_RETURN(head.root, log_->Root(head.size));
  const std::string text = proofs::CheckpointText({options_.origin, head.size, head.root, {}});
  uint64_t old_size = 0;
  {
    storage::MutexLock lock(&mutex_);
    old_size = SizeOfNewest();
  }
  // The second try is for what the notary signed before this server started.
  for (int attempt = 0; attempt < 2; ++attempt) {
    proofs::AddCheckpoint request{old_size, {}, text};
    if (old_size > 0) {
      ASSIGN_OR_RETURN(request.proof, log_->Consistency(old_size, head.size));
    }
    ASSIGN_OR_RETURN(const proofs::WitnessAnswer answer,
                     options_.notary->Ask(proofs::PrintAddCheckpoint(request)));
    if (answer.code == kSigned) {
      ASSIGN_OR_RETURN(std::vector<proofs::NoteSignature> signatures, proofs::ParseSignatures(answer.body));
      head.checkpoint = proofs::PrintNote({text, std::move(signatures)});
      return head;
    }
    uint64_t known = 0;
    const bool other_size = answer.code == kOtherSize &&
                            absl::SimpleAtoi(absl::StripSuffix(answer.body, "\n"), &known) &&
                            known != old_size;
    if (!other_size) return Refused(answer);
    if (known > head.size) {
      return absl::DataLossError(absl::StrCat("the notary has signed a head of ", known,
                                              " revisions, the journal has ", head.size,
                                              ": this is an older copy, or the end of the journal is lost"));
    }
    old_size = known;
  }
  return absl::UnavailableError("the notary names another size each time it is asked");
}

absl::StatusOr<SignedHead> Heads::Covering(uint64_t size, absl::Duration limit) {
  if (options_.notary == nullptr) return absl::FailedPreconditionError("nothing signs heads of this log");
  const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(limit);
  storage::MutexLock lock(&mutex_);
  const uint64_t before = tries_;
  while (!stopping_ && (!newest_.has_value() || newest_->size < size)) {
    if (tries_ > before && !status_.ok()) return status_;
    if (std::chrono::steady_clock::now() >= deadline) {
      if (!status_.ok()) return status_;
      return absl::DeadlineExceededError(
          absl::StrCat("the newest signed head has ", SizeOfNewest(), " revisions"));
    }
    wanted_ = std::max(wanted_, std::max<uint64_t>(size, 1));
    wake_.NotifyOne();
    signed_.WaitUntil(&mutex_, deadline);
  }
  if (newest_.has_value() && newest_->size >= size) return *newest_;
  return absl::UnavailableError("the server stops");
}

}  // namespace attain::engine
