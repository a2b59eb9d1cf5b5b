// Help pages.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_HELP_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_HELP_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kAppeal{
    "名称可写编号（p1、p1/i2、urumqi-itc/p1）、完整资源名，或名称及其开头（展会、p1/"
    "展会举办）。\n所有命令都有的选项见 attain help。",
    "A name may be an id (p1, p1/i2, urumqi-itc/p1), a full resource name, or a title or its beginning "
    "(展会, p1/展会举办).\nOptions that every command has: attain help."};
inline constexpr Bilingual kOverview{
    "attain：绩效目标的申报、上报和评分（attaind 的命令行）",
    "attain: declare, report and score performance targets (the command line of attaind)"};
inline constexpr Bilingual kOverviewMore{
    "一个命令的用法和例子：attain help COMMAND\n例：attain import budget.txt --approve   attain report p1/i2 "
    "29   attain score p1 --explain\n在终端上，过宽的表会缩短文字、省去次要的列；输出到文件或管道时完整。",
    "Usage and examples of one command: attain help COMMAND\nFor instance: attain import budget.txt "
    "--approve   attain report p1/i2 29   attain score p1 --explain\nOn a terminal that is too narrow tables "
    "cut texts and leave out columns; in a file or a pipe they are complete."};
inline constexpr Bilingual kUsage{"用法", "Usage"};
inline constexpr Bilingual kOptions{"选项", "Options"};
inline constexpr Bilingual kPastOptions{"读取过去的选项，用于 $0", "To read the past, for $0"};
inline constexpr Bilingual kGlobalOptions{"通用选项（可在命令之前或之后）",
                                          "Options of every command (before or behind it)"};
inline constexpr Bilingual kExamples{"例子", "Examples"};
inline constexpr Bilingual kGroupDeclare{"目标申报", "Declaring targets"};
inline constexpr Bilingual kGroupReport{"执行上报", "Reporting"};
inline constexpr Bilingual kGroupScore{"评分", "Scores"};
inline constexpr Bilingual kGroupAdmin{"评分方案与管理", "Rules and administration"};
inline constexpr Bilingual kExitCodes{
    "退出码：0 完成，1 被拒绝或找不到，2 用法错误，3 连不上服务器",
    "Exit codes: 0 done, 1 refused or not found, 2 wrong usage, 3 no server"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_HELP_WORDS_H_
