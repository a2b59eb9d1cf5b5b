// Findings on tables and documents.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_FINDING_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_FINDING_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kFindings{"发现 $0 条：错误 $1，警告 $2，提示 $3", "$0: $1, $2, $3"};
inline constexpr Bilingual kNoFindings{"没有发现问题。", "Nothing was found."};
inline constexpr Bilingual kFindingRaw{"原文 “$0”", "raw \"$0\""};
inline constexpr Bilingual kFindingUnderstood{"理解为 “$0”", "understood \"$0\""};
inline constexpr Bilingual kFindingPoints{"$0 分", "$0 points"};
inline constexpr Bilingual kFindingTable{"表 $0", "table $0"};
inline constexpr Bilingual kFindingRow{"第 $0 行 $1", "row $0 $1"};
inline constexpr Bilingual kFindingLine{"文件第 $0 行", "line $0"};
inline constexpr Bilingual kFindingPage{"第 $0 页", "page $0"};
inline constexpr Bilingual kFindingMore{"……还有 $0 处", "… and $0 more"};
inline constexpr Bilingual kFindingsUntold{"……还有 $0 条发现；用 --dry-run 可查看全部",
                                           "… and $0 more findings; --dry-run may show them all"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_FINDING_WORDS_H_
