// Headings that several commands print.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_COLUMN_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_COLUMN_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kNumber{"编号", "Id"};
inline constexpr Bilingual kName{"编号", "Name"};
inline constexpr Bilingual kDisplayName{"名称", "Title"};
inline constexpr Bilingual kYear{"年度", "Year"};
inline constexpr Bilingual kKind{"类别", "Kind"};
inline constexpr Bilingual kState{"状态", "State"};
inline constexpr Bilingual kIndicator{"指标", "Indicator"};
inline constexpr Bilingual kTarget{"指标值", "Target"};
inline constexpr Bilingual kActual{"实际完成值", "Actual"};
inline constexpr Bilingual kWeight{"分值", "Weight"};
inline constexpr Bilingual kReason{"偏差原因", "Reason"};
inline constexpr Bilingual kGrade{"等级", "Grade"};
inline constexpr Bilingual kTime{"时间", "Time"};
inline constexpr Bilingual kLightShort{"预警", "Light"};
inline constexpr Bilingual kPoints{"得分", "Score"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_COLUMN_WORDS_H_
