// What ends every kind of answer: what was changed, what is left out.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_RESULT_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_RESULT_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kValidated{"（只检查，未改动）", "(checked only, nothing changed)"};
inline constexpr Bilingual kRevision{"第 $0 次记录", "revision $0"};
inline constexpr Bilingual kStateNow{"$0（$1）：$2", "$0 ($1): $2"};
inline constexpr Bilingual kNothingHere{"没有符合的内容。", "There is nothing that fits."};
inline constexpr Bilingual kMoreRows{"……还有 $0 行（--limit）", "… and $0 (--limit)"};
inline constexpr Bilingual kMoreRowsUncounted{"……还有更多（--limit）", "… and more (--limit)"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_RESULT_WORDS_H_
