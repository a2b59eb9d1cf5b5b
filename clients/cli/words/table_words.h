// Target tables and their life.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_TABLE_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_TABLE_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kMissingReason{"请用 --reason 说明退回的原因。",
                                          "--reason has to say why it is sent back."};
inline constexpr Bilingual kTableLine{"$0 年   $1   $2   评分方案 $3   etag $4",
                                      "$0   $1   $2   profile $3   etag $4"};
inline constexpr Bilingual kBudgetLine{"预算（万元）：总额 $0，财政 $1，其他 $2，全年 $3",
                                       "Budget (万元): total $0, fiscal $1, other $2, adjusted $3"};
inline constexpr Bilingual kParent{"主管部门", "Parent"};
inline constexpr Bilingual kIndicators{"指标数", "Rows"};
inline constexpr Bilingual kBudget{"预算(万元)", "Budget(万元)"};
inline constexpr Bilingual kLevel1{"一级", "Level 1"};
inline constexpr Bilingual kLevel2{"二级", "Level 2"};
inline constexpr Bilingual kRule{"赋分规则", "Rule"};
inline constexpr Bilingual kBasis{"设置依据", "Basis"};
inline constexpr Bilingual kPrior{"上年完成值", "Last year"};
inline constexpr Bilingual kLeader{"项目负责人", "Leader"};
inline constexpr Bilingual kGoal{"绩效目标", "Goal"};
inline constexpr Bilingual kReturned{"退回原因", "Sent back because"};
inline constexpr Bilingual kEvidence{"佐证资料", "Evidence"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_TABLE_WORDS_H_
