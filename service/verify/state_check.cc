#include "service/verify/state_check.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/verify/key_words.h"
#include "service/verify/replay.h"

namespace attain::engine {
namespace {

// Each replay doubts more than the one before. That ends after two or three; a store that was forged step by
// step, each step hidden by the next, may take as many as there are steps.
constexpr int kMostReplays = 12;
constexpr uint64_t kRecordsPerLook = 4096;  // at whether to go on

class StateCheck {
 public:
  StateCheck(const storage::Inspection& store, storage::Revision end, const std::string& salt,
             VerifyReport* report)
      : store_(store), end_(end), salt_(salt), report_(report) {}

  void Run(const std::function<absl::StatusOr<StoreSums>()>& stored);

 private:
  // Whether the replay is the last one: nothing differs that was not doubted.
  absl::StatusOr<bool> Settles(const CheckedReplay& replay, const StoreSums& stored);
  void Tell(const CheckedReplay& replay);
  // Records of doubted keys that no entry explains.
  void TellExtra(const CheckedReplay& replay);
  void TellStopped(const CheckedReplay& replay);
  bool all(const CheckedReplay& replay) const { return replay.stopped().ok(); }

  const storage::Inspection& store_;
  const storage::Revision end_;
  const std::string& salt_;
  VerifyReport* const report_;
  Doubts doubts_;
};

void StateCheck::Run(const std::function<absl::StatusOr<StoreSums>()>& stored) {
  absl::StatusOr<StoreSums> sums = absl::UnknownError("not made yet");
  for (int i = 0; i < kMostReplays; ++i) {
    CheckedReplay replay(store_, end_, doubts_, salt_, report_);
    const absl::Status run = replay.Run();
    if (i == 0) sums = stored();
    if (report_->cancelled()) return;
    if (!run.ok()) return report_->TellUnread(VerifyPart::kState, "values", replay.applied() + 1, run);
    if (!sums.ok()) return report_->TellUnread(VerifyPart::kState, "values", 0, sums.status());
    const absl::StatusOr<bool> settles = Settles(replay, *sums);
    if (report_->cancelled()) return;
    if (!settles.ok()) return report_->TellUnread(VerifyPart::kState, "values", 0, settles.status());
    if (*settles || i + 1 == kMostReplays) return Tell(replay);
  }
}

absl::StatusOr<bool> StateCheck::Settles(const CheckedReplay& replay, const StoreSums& stored) {
  if (all(replay)) {
    const bool versions = doubts_.Add(replay.sums().versions.Differing(stored.versions));
    const bool once = doubts_.Add(replay.sums().once.Differing(stored.once));
    return !versions && !once;
  }
  // Values without versions do not say of which revision they are: they are left out.
  RecordSums part(salt_);
  RETURN_IF_ERROR(store_.ForEachVersion(
      [&](const storage::StoredVersion& version) {
        if (version.revision <= replay.applied()) part.AddVersion(version);
        return !report_->cancelled();
      },
      [](const storage::Flaw&) {}));
  return !doubts_.Add(replay.sums().versions.Differing(part));
}

void StateCheck::Tell(const CheckedReplay& replay) {
  for (const VerifyFinding& finding : replay.held().findings) report_->Tell(finding);
  report_->Count(VerifyPart::kState, replay.held().count - replay.held().findings.size());
  if (!all(replay)) TellStopped(replay);
  if (doubts_.any()) TellExtra(replay);
}

void StateCheck::TellStopped(const CheckedReplay& replay) {
  const std::string why(replay.stopped().message());
  report_->Tell({VerifyPart::kState,
                 replay.applied() + 1,
                 "entry",
                 {absl::StrCat("无法执行，自此记录起的数据未核对：", why),
                  absl::StrCat("cannot be applied, and values from here on were not verified: ", why)}});
}

void StateCheck::TellExtra(const CheckedReplay& replay) {
  const scoring::Text text{"日志中没有产生它的记录", "no entry of the journal made it"};
  absl::Status read = store_.ForEachVersion(
      [&](const storage::StoredVersion& version) {
        const bool beyond = !all(replay) && version.revision > replay.applied();
        if (!beyond && doubts_.Has(version.key) && !replay.Explains(version)) {
          report_->Tell({VerifyPart::kState, version.revision, DescribeKey(version.key), text});
        }
        return !report_->cancelled();
      },
      [](const storage::Flaw&) {});
  if (read.ok() && all(replay)) {
    read = store_.ForEachOnce([&](absl::string_view key, absl::string_view) {
      if (doubts_.Has(key) && !replay.ExplainsOnce(key)) {
        report_->Tell({VerifyPart::kState, 0, DescribeKey(key), text});
      }
      return !report_->cancelled();
    });
  }
  if (!read.ok()) report_->TellUnread(VerifyPart::kState, "values", 0, read);
}

}  // namespace

absl::StatusOr<StoreSums> SumsOfStore(const storage::Inspection& store, const std::string& salt,
                                      VerifyReport* report) {
  StoreSums sums(salt);
  uint64_t seen = 0;
  bool go_on = true;
  const auto look = [&] {
    if (++seen % kRecordsPerLook == 0 && report != nullptr) go_on = !report->cancelled();
    return go_on;
  };
  RETURN_IF_ERROR(store.ForEachVersion(
      [&](const storage::StoredVersion& version) {
        sums.versions.AddVersion(version);
        return look();
      },
      [&](const storage::Flaw& flaw) {
        if (report != nullptr) report->Tell(VerifyPart::kState, flaw);
      }));
  RETURN_IF_ERROR(store.ForEachOnce([&](absl::string_view key, absl::string_view value) {
    sums.once.AddOnce(key, value);
    return look();
  }));
  if (!go_on) return absl::CancelledError("the verification was cancelled");
  return sums;
}

void CheckState(const storage::Inspection& store, storage::Revision end, const std::string& salt,
                const std::function<absl::StatusOr<StoreSums>()>& stored, VerifyReport* report) {
  StateCheck(store, end, salt, report).Run(stored);
}

}  // namespace attain::engine
