// Reports, corrections and spending.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_REPORT_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_REPORT_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kMissingWhy{"请用 --why 说明原因。", "--why has to say why."};
inline constexpr Bilingual kValueMissing{
    "缺少实际完成值：attain report INDICATOR VALUE（比率用 --numerator 和 --denominator）。",
    "the value is missing: attain report INDICATOR VALUE (for ratios --numerator and --denominator)."};
inline constexpr Bilingual kRecorded{"已记录", "Recorded"};
inline constexpr Bilingual kNewerCounts{"这次上报（$0）未计入得分：计分的是日期更新的 $1（$2）。",
                                        "This report ($0) does not count: the newer one does, $1 ($2)."};
inline constexpr Bilingual kWouldRecord{"检查通过，未记录。假如记录：",
                                        "Checked, not recorded. It would give:"};
inline constexpr Bilingual kCorrected{"已更正", "Corrected"};
inline constexpr Bilingual kRetracted{"已撤回", "Retracted"};
inline constexpr Bilingual kSpent{"已记录支出", "Spending recorded"};
inline constexpr Bilingual kNeedsReason{
    "该指标须说明偏差原因及改进措施：上报时加 --reason。",
    "This indicator needs a reason and improvement: report it with --reason."};
inline constexpr Bilingual kNeedsScore{
    "该等级的分段为 $0 分，还没有给分：attain rate INDICATOR LEVEL SCORE",
    "The level's band is $0 points and no score is given yet: attain rate INDICATOR LEVEL SCORE"};
inline constexpr Bilingual kBulkDone{"已记录 $0 / $1 行，最新为第 $2 次记录。",
                                     "Recorded $0 of $1, newest revision $2."};
inline constexpr Bilingual kBulkRefused{" $0 行不能接受，见上。", " $0 refused, see above."};
inline constexpr Bilingual kBulkBefore{
    "同样的内容已在之前记录过（$0 行，第 $1 次记录），这次没有重复记录。确需再记一次，请换一个 "
    "--request-id。[SAME_VALUE_SAME_DAY]",
    "$0 recorded before from the same content (revision $1) and not recorded again. To record them once "
    "more, give another --request-id. [SAME_VALUE_SAME_DAY]"};
inline constexpr Bilingual kSkippedColumns{"没有用到的列已跳过：$0",
                                           "columns that are not needed were left out: $0"};
inline constexpr Bilingual kSkippedColumn{"$0（$1 个单元格有内容）", "$0 ($1 filled)"};
inline constexpr Bilingual kMoreFindings{"另有 $0 条提示。", "$0 more findings."};
inline constexpr Bilingual kBulkStopped{"中途停止：$1 行中 $0 行已得到答复，其中 $2 行已记录。",
                                        "Stopped early: $0 of $1 answered, $2 of them recorded."};
inline constexpr Bilingual kBulkChecked{"检查了 $0 行，$1 行可以接受；没有记录。",
                                        "Checked $0, $1 can be accepted; nothing was recorded."};
inline constexpr Bilingual kDate{"日期", "Date"};
inline constexpr Bilingual kValue{"实际完成值", "Value"};
inline constexpr Bilingual kActor{"上报人", "By"};
inline constexpr Bilingual kRecordedAt{"记录时间", "Recorded"};
inline constexpr Bilingual kNote{"备注", "Note"};
inline constexpr Bilingual kChangeReason{"更正或撤回的原因", "Changed because"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_REPORT_WORDS_H_
