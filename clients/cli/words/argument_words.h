// What was asked wrongly: commands, options and their values.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_ARGUMENT_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_ARGUMENT_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kUnknownOption{"没有选项 $0。", "there is no option $0."};
inline constexpr Bilingual kUnknownOptionNearest{"没有选项 $0。您是不是要用 --$1？",
                                                 "there is no option $0. Did you mean --$1?"};
inline constexpr Bilingual kOptionTwice{"选项 --$0 给了两次。", "option --$0 is given twice."};
inline constexpr Bilingual kOptionWantsNoValue{"选项 --$0 不带值。", "option --$0 takes no value."};
inline constexpr Bilingual kOptionWantsValue{"选项 --$0 缺少值：--$0 $1",
                                             "option --$0 wants a value: --$0 $1"};
inline constexpr Bilingual kUnknownCommand{"没有命令 $0。", "there is no command $0."};
inline constexpr Bilingual kUnknownCommandNearest{"没有命令 $0。您是不是要用 $1？",
                                                  "there is no command $0. Did you mean $1?"};
inline constexpr Bilingual kTooFewArguments{"$0 的参数不够：attain $1", "$0 wants more: attain $1"};
inline constexpr Bilingual kTooManyArguments{
    "多余的参数 “$0”：attain $1。含空格的内容请加引号。",
    "\"$0\" is one argument too many: attain $1. Put quotes around text with spaces."};
inline constexpr Bilingual kOptionNotHere{"命令 $1 没有选项 --$0。", "$1 has no option --$0."};
inline constexpr Bilingual kBadAt{
    "--at $0 不是记录号、RFC 3339 时间或日期，例如 120、2024-06-30T18:00:00+08:00、2024-06-30。",
    "--at $0 is no revision, RFC 3339 time or date, such as 120, 2024-06-30T18:00:00+08:00 or 2024-06-30."};
inline constexpr Bilingual kBadDate{"--$0 $1 不是日期，应写成 YYYY-MM-DD，例如 2024-06-30。",
                                    "--$0 $1 is no date; write YYYY-MM-DD, such as 2024-06-30."};
inline constexpr Bilingual kBadNumber{"--$0 应为不小于 $1 的整数，不是 $2。",
                                      "--$0 wants a whole number from $1 on, not $2."};
inline constexpr Bilingual kBadNumberBetween{"--$0 应为 $1 到 $2 的整数，不是 $3。",
                                             "--$0 wants a whole number from $1 to $2, not $3."};
inline constexpr Bilingual kBadTimeout{"--timeout 应为秒数，大于 0，至多 86400，不是 $0。",
                                       "--timeout wants seconds above 0, at most 86400, not $0."};
inline constexpr Bilingual kBadLanguage{"--lang 应为 zh 或 en，不是 $0。", "--lang wants zh or en, not $0."};
inline constexpr Bilingual kBadId{
    "--$0 “$1” 不能用作编号：只用小写字母、数字和连字符，以字母或数字开头，最多 63 个字符，例如 urumqi-itc。",
    "--$0 \"$1\" is no id: use small letters, digits and hyphens, begin with a letter or digit, at most 63 "
    "characters, such as urumqi-itc."};
inline constexpr Bilingual kSeeHelp{"用法见 attain help$0", "See attain help$0"};
inline constexpr Bilingual kFileOrArguments{
    "要么写出一项，要么用 --file 给出文件，不能两者都有或都没有。",
    "either name one thing or give a --file, not both and not neither."};
inline constexpr Bilingual kBadBasis{"--basis 应为 original、in-force 或 latest，不是 $0。",
                                     "--basis is original, in-force or latest, not $0."};
inline constexpr Bilingual kUnknownAction{"用法：attain $0 $1", "usage: attain $0 $1"};
inline constexpr Bilingual kNotOneOf{"“$1” 不能作为 $0，可用：$2", "\"$1\" is no $0; choose one of: $2"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_ARGUMENT_WORDS_H_
