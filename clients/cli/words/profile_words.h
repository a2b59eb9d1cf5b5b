// Scoring profiles, and scoring under other rules.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_PROFILE_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_PROFILE_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kBadJsonFile{"$0 不是评分方案的 JSON：$1", "$0 is no profile in JSON: $1"};
inline constexpr Bilingual kProfileSaved{"评分方案 $0 第 $1 版", "profile $0 version $1"};
inline constexpr Bilingual kReplaying{"正在按另一评分方案重新计分",
                                      "Scoring everything under the other rules"};
inline constexpr Bilingual kReplayed{"重新计分 $0 张表、$1 行指标，按第 $2 次记录。",
                                     "Scored $0 with $1 again, at revision $2."};
inline constexpr Bilingual kReplayDifferences{"得分不同的表 $0 张；等级上升 $1 张，下降 $2 张。",
                                              "$0 differently; $1 a grade, $2 one."};
inline constexpr Bilingual kRowsDiffer{"不同的行", "Rows that differ"};
inline constexpr Bilingual kVersion{"版本", "Version"};
inline constexpr Bilingual kSource{"来源", "Source"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_PROFILE_WORDS_H_
