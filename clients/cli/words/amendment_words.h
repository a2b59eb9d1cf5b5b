// Amendments.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_AMENDMENT_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_AMENDMENT_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kMissingAmendReason{"请用 --reason 说明调整的原因。",
                                               "--reason has to say why the table is amended."};
inline constexpr Bilingual kMissingRejectReason{"请用 --reason 说明驳回的原因。",
                                                "--reason has to say why it is rejected."};
inline constexpr Bilingual kNotForDrafts{"这张表还是草稿，直接修改，不需要 --$0。",
                                         "the table is a draft and is changed directly: leave --$0 out."};
inline constexpr Bilingual kOneAmendStep{
    "--accept、--reject 与 --set/--add/--remove/--newest-profile 一次只能用一种。",
    "only one of --accept, --reject and --set/--add/--remove/--newest-profile at a time."};
inline constexpr Bilingual kBadSet{
    "看不懂 --set $0。写法：指标.字段=值，字段为 "
    "target、weight、name、level2、evidence、basis、rule、accumulation（LATEST、SUM、AVERAGE、RATIO）、allow_"
    "negative（yes、no），例如 i3.target=24。",
    "--set $0 cannot be read. Write INDICATOR.FIELD=VALUE with target, weight, name, level2, evidence, "
    "basis, rule, accumulation (LATEST, SUM, AVERAGE, RATIO) or allow_negative (yes, no), such as "
    "i3.target=24."};
inline constexpr Bilingual kBadAdd{
    "看不懂 --add $0。写法：一级/二级/名称/指标值/分值，例如 产出/数量/走访企业数/≥10家/5。",
    "--add $0 cannot be read. Write LEVEL1/LEVEL2/NAME/TARGET/WEIGHT, such as 产出/数量/走访企业数/≥10家/5."};
inline constexpr Bilingual kNoAmendment{"没有第 $0 次调整；该表共有 $1 次。",
                                        "there is no amendment $0; the table has $1."};
inline constexpr Bilingual kAmendment{"第 $0 次调整  $1  由 $2 提出", "Amendment $0  $1  proposed by $2"};
inline constexpr Bilingual kAmendReason{"原因", "Reason"};
inline constexpr Bilingual kEffectiveFrom{"自 $0 起生效", "in force from $0"};
inline constexpr Bilingual kDecidedBy{"由 $0 决定", "decided by $0"};
inline constexpr Bilingual kAdoptsProfile{"改用评分方案的最新版本",
                                          "adopts the newest version of its profile"};
inline constexpr Bilingual kNoAmendments{"没有调整。", "No amendments."};
inline constexpr Bilingual kSubmitNext{"改好后提交：attain submit $0",
                                       "When it is as it should be: attain submit $0"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_AMENDMENT_WORDS_H_
