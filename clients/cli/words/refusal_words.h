// What stands beside a refusal of the server, and calls that it did not answer.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_REFUSAL_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_REFUSAL_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kHintAccept{"确认无误请加上 --accept $0", "If it is right, add --accept $0"};
inline constexpr Bilingual kNoServer{
    "连不上服务器 $0（$1）。请确认 attaind 已启动，或用 --server 指定地址。",
    "no server at $0 ($1). Start attaind, or give its address with --server."};
inline constexpr Bilingual kTimedOut{
    "服务器 $0 没有在规定时间内回答（$1）。操作可能已经完成，请查看后再决定是否重试。",
    "the server $0 did not answer in time ($1). The change may have happened: look before you try again."};
inline constexpr Bilingual kHintLint{"用 attain lint 查看全部问题。", "attain lint shows all problems."};
inline constexpr Bilingual kMoreViolations{"……还有 $0 处", "… and $0 more"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_REFUSAL_WORDS_H_
