// The server itself.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_SERVER_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_SERVER_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kNotReady{"等待超时", "not ready in time"};
inline constexpr Bilingual kReady{"服务器 $0 已就绪。", "$0 is ready."};
inline constexpr Bilingual kStore{"数据标识  $0（格式第 $1 版）", "Store      $0 (format $1)"};
inline constexpr Bilingual kHead{"最新记录  第 $0 次（$1）  SHA-256 $2",
                                 "Head       revision $0 ($1)  SHA-256 $2"};
inline constexpr Bilingual kStarted{"启动时间  $0", "Started    $0"};
inline constexpr Bilingual kWrites{"接受写入  $0", "Writes     $0"};
inline constexpr Bilingual kYes{"是", "yes"};
inline constexpr Bilingual kNo{"否", "no"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_SERVER_WORDS_H_
