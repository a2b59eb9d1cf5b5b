// Differences, what if, how to reach.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_QUESTION_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_QUESTION_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kBadMoment{
    "--$0 $1 不是记录号、RFC 3339 时间或日期，例如 120、2024-06-30T18:00:00+08:00、2024-06-30。",
    "--$0 $1 is no revision, RFC 3339 time or date, such as 120, 2024-06-30T18:00:00+08:00 or 2024-06-30."};
inline constexpr Bilingual kMomentNotOver{"--$0 $1 还没有过完，请给出更早的日期。",
                                          "--$0 $1 is not over yet; give an earlier day."};
inline constexpr Bilingual kOneDayOrTwo{
    "--as-of 是两端同一日期，不能与 --from-date、--to-date 同时使用。",
    "--as-of is one day for both ends and does not go with --from-date and --to-date."};
inline constexpr Bilingual kFromMissing{
    "请用 --from 给出较早的记录号或时间，或用 --from-date 与 --to-date 给出两个日期。",
    "give the earlier revision or time with --from, or two days with --from-date and --to-date."};
inline constexpr Bilingual kGradeMissing{
    "请用 --grade 给出要达到的等级或总分，例如 优 或 85。",
    "--grade has to say which grade or total is wanted, such as 优 or 85."};
inline constexpr Bilingual kBadAssumption{"“$0” 应写成 指标=值，例如 i2=29。",
                                          "\"$0\" should be INDICATOR=VALUE, such as i2=29."};
inline constexpr Bilingual kDifferenceLine{"得分 $0 → $1   相差 $2 分", "Score $0 → $1   difference $2"};
inline constexpr Bilingual kBetweenLine{"第 $0 → $1 次记录", "revision $0 → $1"};
inline constexpr Bilingual kNothingChanged{"两次之间没有任何变化。", "Nothing changed in between."};
inline constexpr Bilingual kDifferenceCause{"原因", "Cause"};
inline constexpr Bilingual kExact{"精确值", "Exactly"};
inline constexpr Bilingual kRevisions{"记录", "Revisions"};
inline constexpr Bilingual kMoreRevisions{"……共 $0 次", "… $0 in all"};
inline constexpr Bilingual kNowLine{"现在", "Now"};
inline constexpr Bilingual kAssumedLine{"假设", "Assumed"};
inline constexpr Bilingual kUnitLine{"单位 $0：$1 → $2", "Unit $0: $1 → $2"};
inline constexpr Bilingual kReachedAlready{"已经达到：总分 $0，需要 $1。",
                                           "Reached already: the total is $0, needed are $1."};
inline constexpr Bilingual kSolvedLine{
    "达到 $0 分：最省的改法使总分为 $1（代价 $2 个目标）。",
    "To reach $0: the cheapest change makes it $1 (at a cost of $2 targets)."};
inline constexpr Bilingual kNotReachable{"达不到 $0 分：最多还能到 $1 分。",
                                         "$0 is out of reach: $1 is the most that is possible."};
inline constexpr Bilingual kSpendTo{"支出达到 $0 万元", "Spending up to $0 万元"};
inline constexpr Bilingual kValueNow{"现在", "Now"};
inline constexpr Bilingual kValueThen{"需达到", "Needed"};
inline constexpr Bilingual kGained{"增加", "Gained"};
inline constexpr Bilingual kLostHeading{"已不可能得到的分数", "Points that are out of reach"};
inline constexpr Bilingual kLostPoints{"分数", "Points"};
inline constexpr Bilingual kWhy{"原因", "Why"};
inline constexpr Bilingual kTooLateFrom{
    "若工作停顿，按目前进度从 $0 起重新开始就来不及了。",
    "If work stops, starting again on $0 at the pace so far is too late."};
inline constexpr Bilingual kTooLate{"按目前进度，到年底达不到。",
                                    "At the pace so far it is missed at the end of the year."};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_QUESTION_WORDS_H_
