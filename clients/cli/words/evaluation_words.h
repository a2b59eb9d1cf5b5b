// Self-evaluation, review and confirmation.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_EVALUATION_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_EVALUATION_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kOneStep{"--submit、--confirm、--return 一次只能用一个。",
                                    "only one of --submit, --confirm and --return at a time."};
inline constexpr Bilingual kEvaluation{"评价  $0", "Evaluation  $0"};
inline constexpr Bilingual kHandedInBy{"$0 提交 @$1", "handed in by $0 @$1"};
inline constexpr Bilingual kConfirmedBy{"$0 确认 @$1", "confirmed by $0 @$1"};
inline constexpr Bilingual kResult{"实际完成情况", "Actual result"};
inline constexpr Bilingual kOpinion{"评审意见", "Opinion"};
inline constexpr Bilingual kReturnReason{"退回原因", "Returned because"};
inline constexpr Bilingual kMissingForEvaluation{"提交自评前还缺 $0 项：",
                                                 "$0 missing before the self-evaluation can be handed in:"};
inline constexpr Bilingual kNoDrift{"自第 $0 次记录签署以来没有变化。",
                                    "Nothing changed since it was signed at revision $0."};
inline constexpr Bilingual kDrift{"自第 $0 次记录签署以来变动 $1 处，最终得分 $2 → $3（$4）：",
                                  "$1 changed since it was signed at revision $0, final score $2 → $3 ($4):"};
inline constexpr Bilingual kSignatures{"签署", "Signatures"};
inline constexpr Bilingual kBefore{"原来", "before"};
inline constexpr Bilingual kAfter{"现在", "after"};
inline constexpr Bilingual kWho{"谁", "who"};
inline constexpr Bilingual kWhen{"何时", "when"};
inline constexpr Bilingual kReviewed{"复核得分已记录", "Review recorded"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_EVALUATION_WORDS_H_
