// Names of resources as people type them.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_NAME_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_NAME_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kWrongKind{"$0 是$1，这里需要$2。", "$0 names this: $1; wanted here: $2."};
inline constexpr Bilingual kNothingFits{
    "没有编号为 “$0” 或名称以它开头的$1。现有的名称可用 attain tables 查看。",
    "there is no $1 with the id \"$0\" or a name that begins with it. attain tables shows what there is."};
inline constexpr Bilingual kSeveralFit{"“$0” 不明确，有 $1 个符合，请写得更完整：",
                                       "\"$0\" fits $1 of them; be more exact:"};
inline constexpr Bilingual kActualForm{
    "“$0” 不是一次上报：请写成 表/指标/记录号，例如 p1/i2/57；记录号见 attain actuals 的第一列，例如 attain "
    "actuals p1/i2。",
    "\"$0\" is no report: write TABLE/INDICATOR/REVISION, such as p1/i2/57; the first column of attain "
    "actuals has it, such as attain actuals p1/i2."};
inline constexpr Bilingual kIndicatorForm{"指标请连同它的表一起写，例如 p1/i1。",
                                          " Name an indicator with its table, such as p1/i1."};
inline constexpr Bilingual kOr{"或", " or "};
inline constexpr Bilingual kKindUnit{"单位", "unit"};
inline constexpr Bilingual kKindTable{"绩效目标表", "table"};
inline constexpr Bilingual kKindIndicator{"指标", "indicator"};
inline constexpr Bilingual kKindActual{"上报", "report"};
inline constexpr Bilingual kKindProfile{"评分方案", "profile"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_NAME_WORDS_H_
