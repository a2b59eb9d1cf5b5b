// Watches.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_WATCH_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_WATCH_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kWatching{"正在关注 $0   第 $1 次记录   Ctrl-C 结束",
                                     "Watching $0   revision $1   Ctrl-C ends"};
inline constexpr Bilingual kWatchLost{"连接中断（$0），$1 秒后自动重连，不会遗漏。",
                                      "Connection lost ($0); trying again in $1 s, nothing is missed."};
inline constexpr Bilingual kWatchReset{"重新开始：$0", "Starting over: $0"};
inline constexpr Bilingual kWatchResume{"接着看：加上 --resume $0", "To go on from here: --resume $0"};
inline constexpr Bilingual kBadToken{"--resume 的标记不完整，请整个复制。",
                                     "the token of --resume is not complete; copy all of it."};
inline constexpr Bilingual kTokenRefused{
    "--resume 的标记不可用：它已损坏，或属于另一个服务器或另一次关注。请整个复制，或不带 --resume 重新开始。",
    "the token of --resume cannot be used: it is damaged or of another server or watch. Copy all of it, or "
    "start again without --resume."};
inline constexpr Bilingual kConnecting{"正在连接 $0，等待现状……",
                                       "Connecting to $0, waiting for what there is …"};
inline constexpr Bilingual kNoChangeYet{"还没有变化。", "Nothing has changed yet."};
inline constexpr Bilingual kWatchAll{"全部单位和绩效目标表", "all units and tables"};
inline constexpr Bilingual kWatchEverything{"全部单位、表和指标", "all units, tables and indicators"};
inline constexpr Bilingual kSnapshotWord{"现状", "now"};
inline constexpr Bilingual kBadKind{"--kinds 应为 scores、actuals、tables，用逗号分隔；不能是 $0。",
                                    "--kinds wants scores, actuals, tables, separated by commas; not $0."};
inline constexpr Bilingual kBadMode{"--mode 应为 latest 或 every，且 --interval 只与 latest 同用。",
                                    "--mode wants latest or every, and --interval goes with latest only."};
inline constexpr Bilingual kChange{"变动", "Change"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_WATCH_WORDS_H_
