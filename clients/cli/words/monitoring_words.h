// Months, signals, outlooks and what is due.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_MONITORING_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_MONITORING_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kMonths{"$0 年 1–$1 月", "$0, months 1–$1"};
inline constexpr Bilingual kOneMonth{"$0 年 1 月", "$0, month 1"};
inline constexpr Bilingual kSignal{"信号", "Signal"};
inline constexpr Bilingual kProgress{"进度", "Progress"};
inline constexpr Bilingual kMoneySignal{"预算执行", "Spending"};
inline constexpr Bilingual kScoreSoFar{"目前得分", "Score so far"};
inline constexpr Bilingual kForecast{"按进度推算", "Forecast by pace"};
inline constexpr Bilingual kForecastPoints{"推算得分", "Forecast score"};
inline constexpr Bilingual kLikelihood{"可能性", "Likelihood"};
inline constexpr Bilingual kCause{"偏差原因", "Cause"};
inline constexpr Bilingual kCauseWanted{"待填偏差原因", "cause wanted"};
inline constexpr Bilingual kCauseHint{
    "红灯和黄灯须说明，例如 attain outlook $0 有可能 --cause 人员 --date $1",
    "Red and yellow want a word, such as attain outlook $0 possible --cause people --date $1"};
inline constexpr Bilingual kDue{"期限", "Due"};
inline constexpr Bilingual kDaysLate{"逾期天数", "Days late"};
inline constexpr Bilingual kAction{"事项", "To do"};
inline constexpr Bilingual kNothingDue{"没有待办事项。", "Nothing is due."};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_MONITORING_WORDS_H_
