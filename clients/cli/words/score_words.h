// Scores of indicators, tables and units, and how they came about.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_SCORE_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_SCORE_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kSureToPossible{"最低–最高可得", "Sure–possible"};
inline constexpr Bilingual kLight{"自评预警", "Light"};
inline constexpr Bilingual kIndicatorPoints{"指标得分", "Indicators"};
inline constexpr Bilingual kExecution{"执行得分", "Execution"};
inline constexpr Bilingual kExecutionRate{"执行率 $0%（支出 $1 / 预算 $2 万元）",
                                          "Spent $0% ($1 of $2 万元)"};
inline constexpr Bilingual kSpentShare{"执行率", "Spent"};
inline constexpr Bilingual kReported{"已上报 $0/$1", "reported $0/$1"};
inline constexpr Bilingual kReportedShort{"已上报", "Reported"};
inline constexpr Bilingual kWaiting{"待评分", "to be scored"};
inline constexpr Bilingual kRulesLine{"评分方案 $0 第 $1 版", "profile $0 v$1"};
inline constexpr Bilingual kUnweighted{"无权重，不评分", "no weights, no score"};
inline constexpr Bilingual kNoScore{"尚无得分", "no score yet"};
inline constexpr Bilingual kCompletion{"达标指标", "Targets met"};
inline constexpr Bilingual kTables{"计分表", "tables scored"};
inline constexpr Bilingual kUnweightedTables{"无权重的表", "without weights"};
inline constexpr Bilingual kRemarks{"备注", "Remarks"};
inline constexpr Bilingual kRank{"名次", "Rank"};
inline constexpr Bilingual kRate{"完成率", "Reached"};
inline constexpr Bilingual kRevisionColumn{"记录", "Revision"};
inline constexpr Bilingual kFormula{"公式  $0", "formula  $0"};
inline constexpr Bilingual kWorked{"代入  $0", "worked   $0"};
inline constexpr Bilingual kSourceLabel{"依据  $0", "source   $0"};
inline constexpr Bilingual kReviewPoints{"复核", "Review"};
inline constexpr Bilingual kFinalScore{"最终", "Final"};
inline constexpr Bilingual kAmendmentPoints{"调整带来", "Gained by amendments"};
inline constexpr Bilingual kReviewedCount{"已复核 $0", "reviewed $0"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_SCORE_WORDS_H_
