#include "service/commit/command.h"

#include "absl/strings/str_cat.h"
#include "service/access/duties.h"
#include "service/api/answer_view.h"
#include "service/api/errors.h"
#include "service/api/macros.h"

namespace attain::engine {

absl::Status CarryOut(Command& command, Transaction& txn) {
  RETURN_IF_ERROR(MayCall(*command.rule, command.caller));
  return command.run(txn);
}

absl::Status CheckSize(const Command& command, const Transaction& txn) {
  const size_t answer = command.answer_bytes == nullptr ? 0 : command.answer_bytes();
  RETURN_IF_ERROR(CheckAnswerBytes(answer, kMostWriteAnswer));
  const bool kept = command.keeps_answer && !command.request_id.empty();
  const size_t entry = txn.entry_bytes() + (kept ? answer : 0);
  if (entry <= kMostEntry) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ENTRY_TOO_LARGE,
      {absl::StrCat("一次写入有 ", entry, " 字节，最多 ", kMostEntry,
                    "。没有写入任何内容。请分成几次（导入时用 tables 分批选择表格）。"),
       absl::StrCat("This change has ", entry, " bytes, at most ", kMostEntry,
                    " go into one entry of the journal. Nothing was written. Send it in parts (of an "
                    "import some tables at a time, with tables).")},
      {{"bytes", absl::StrCat(entry)}, {"limit", absl::StrCat(kMostEntry)}});
}

}  // namespace attain::engine
