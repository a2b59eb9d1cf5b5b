// A part of the catalogue of messages; only messages.cc includes it. What was asked wrongly: usage, names,
// files, errors.
#ifndef ATTAIN_CLIENTS_CLI_CATALOGUE_USAGE_H_
#define ATTAIN_CLIENTS_CLI_CATALOGUE_USAGE_H_

#include "clients/cli/catalogue.h"

namespace attain::cli {

inline constexpr MessageEntry kUsageMessages[] = {
    // Usage.
    {Msg::kUnknownOption, {"没有选项 $0。", "there is no option $0."}},
    {Msg::kUnknownOptionNearest,
     {"没有选项 $0。您是不是要用 --$1？", "there is no option $0. Did you mean --$1?"}},
    {Msg::kOptionTwice, {"选项 --$0 给了两次。", "option --$0 is given twice."}},
    {Msg::kOptionWantsNoValue, {"选项 --$0 不带值。", "option --$0 takes no value."}},
    {Msg::kOptionWantsValue, {"选项 --$0 缺少值：--$0 $1", "option --$0 wants a value: --$0 $1"}},
    {Msg::kUnknownCommand, {"没有命令 $0。", "there is no command $0."}},
    {Msg::kUnknownCommandNearest,
     {"没有命令 $0。您是不是要用 $1？", "there is no command $0. Did you mean $1?"}},
    {Msg::kTooFewArguments, {"$0 的参数不够：attain $1", "$0 wants more: attain $1"}},
    {Msg::kTooManyArguments,
     {"多余的参数 “$0”：attain $1。含空格的内容请加引号。",
      "\"$0\" is one argument too many: attain $1. Put quotes around text with spaces."}},
    {Msg::kOptionNotHere, {"命令 $1 没有选项 --$0。", "$1 has no option --$0."}},
    {Msg::kBadAt,
     {"--at $0 不是修订号、RFC 3339 时间或日期，例如 120、2024-06-30T18:00:00+08:00、2024-06-30。",
      "--at $0 is no revision, RFC 3339 time or date, such as 120, 2024-06-30T18:00:00+08:00 or "
      "2024-06-30."}},
    {Msg::kBadDate,
     {"--$0 $1 不是日期，应写成 YYYY-MM-DD，例如 2024-06-30。",
      "--$0 $1 is no date; write YYYY-MM-DD, such as 2024-06-30."}},
    {Msg::kBadNumber,
     {"--$0 应为不小于 $1 的整数，不是 $2。", "--$0 wants a whole number from $1 on, not $2."}},
    {Msg::kBadNumberBetween,
     {"--$0 应为 $1 到 $2 的整数，不是 $3。", "--$0 wants a whole number from $1 to $2, not $3."}},
    {Msg::kBadTimeout,
     {"--timeout 应为秒数，大于 0，至多 86400，不是 $0。",
      "--timeout wants seconds above 0, at most 86400, not $0."}},
    {Msg::kBadLanguage, {"--lang 应为 zh 或 en，不是 $0。", "--lang wants zh or en, not $0."}},
    {Msg::kBadId,
     {"--$0 “$1” 不能用作编号：只用小写字母、数字和连字符，以字母或数字开头，最多 63 个字符，例如 "
      "urumqi-itc。",
      "--$0 \"$1\" is no id: use small letters, digits and hyphens, begin with a letter or digit, at most 63 "
      "characters, such as "
      "urumqi-itc."}},
    {Msg::kSeeHelp, {"用法见 attain help$0", "See attain help$0"}},
    {Msg::kFileOrArguments,
     {"要么写出一项，要么用 --file 给出文件，不能两者都有或都没有。",
      "either name one thing or give a --file, not both and not neither."}},
    {Msg::kMissingWhy, {"请用 --why 说明原因。", "--why has to say why."}},
    {Msg::kMissingReason, {"请用 --reason 说明退回的原因。", "--reason has to say why it is sent back."}},
    {Msg::kMissingAmendReason,
     {"请用 --reason 说明调整的原因。", "--reason has to say why the table is amended."}},
    {Msg::kMissingRejectReason,
     {"请用 --reason 说明驳回的原因。", "--reason has to say why it is rejected."}},
    {Msg::kNotForDrafts,
     {"这张表还是草稿，直接修改，不需要 --$0。",
      "the table is a draft and is changed directly: leave --$0 out."}},
    {Msg::kOneAmendStep,
     {"--accept、--reject 与 --set/--add/--remove/--newest-profile 一次只能用一种。",
      "only one of --accept, --reject and --set/--add/--remove/--newest-profile at a time."}},
    {Msg::kBadSet,
     {"看不懂 --set $0。写法：指标.字段=值，字段为 target、weight、name、level2、evidence、basis、rule，例如 "
      "i3.target=24。",
      "--set $0 cannot be read. Write INDICATOR.FIELD=VALUE with target, weight, name, level2, evidence, "
      "basis or rule, such as i3.target=24."}},
    {Msg::kBadAdd,
     {"看不懂 --add $0。写法：一级/二级/名称/指标值/分值，例如 产出/数量/走访企业数/≥10家/5。",
      "--add $0 cannot be read. Write LEVEL1/LEVEL2/NAME/TARGET/WEIGHT, such as "
      "产出/数量/走访企业数/≥10家/5."}},
    {Msg::kBadBasis,
     {"--basis 应为 original、in-force 或 latest，不是 $0。",
      "--basis is original, in-force or latest, not $0."}},
    {Msg::kNoAmendment,
     {"没有第 $0 次调整；该表共有 $1 次。", "there is no amendment $0; the table has $1."}},
    {Msg::kOneStep,
     {"--submit、--confirm、--return 一次只能用一个。",
      "only one of --submit, --confirm and --return at a time."}},
    {Msg::kUnknownAction, {"用法：attain $0 $1", "usage: attain $0 $1"}},
    {Msg::kValueMissing,
     {"缺少实际完成值：attain report INDICATOR VALUE（比率用 --numerator 和 --denominator）。",
      "the value is missing: attain report INDICATOR VALUE (for ratios --numerator and --denominator)."}},
    // Names.
    {Msg::kWrongKind, {"$0 是$1，这里需要$2。", "$0 names this: $1; wanted here: $2."}},
    {Msg::kNothingFits,
     {"没有编号为 “$0” 或名称以它开头的$1。现有的名称可用 attain tables 查看。",
      "there is no $1 with the id \"$0\" or a name that begins with it. attain tables shows what there is."}},
    {Msg::kSeveralFit,
     {"“$0” 不明确，有 $1 个符合，请写得更完整：", "\"$0\" fits $1 of them; be more exact:"}},
    {Msg::kActualForm,
     {"“$0” 不是一次上报：请写成 表/指标/修订号，例如 p1/i2/57；修订号见 attain actuals 的第一列，例如 "
      "attain actuals p1/i2。",
      "\"$0\" is no report: write TABLE/INDICATOR/REVISION, such as p1/i2/57; the first column of attain "
      "actuals has it, such as "
      "attain actuals p1/i2."}},
    {Msg::kIndicatorForm,
     {"指标请连同它的表一起写，例如 p1/i1。", " Name an indicator with its table, such as p1/i1."}},
    {Msg::kOr, {"或", " or "}},
    {Msg::kKindUnit, {"单位", "unit"}},
    {Msg::kKindTable, {"绩效目标表", "table"}},
    {Msg::kKindIndicator, {"指标", "indicator"}},
    {Msg::kKindActual, {"上报", "report"}},
    {Msg::kKindProfile, {"评分方案", "profile"}},
    // Files.
    {Msg::kCannotReadFile, {"不能读取 $0：$1", "cannot read $0: $1"}},
    {Msg::kNoCertificate,
     {"$0 中没有 PEM 证书（-----BEGIN CERTIFICATE-----），无法据此加密连接。",
      "$0 holds no PEM certificate (-----BEGIN CERTIFICATE-----) to encrypt the connection with."}},
    {Msg::kNoSuchFile, {"没有这个文件", "there is no such file"}},
    {Msg::kIsFolder, {"它是文件夹", "it is a folder"}},
    {Msg::kNotAllowed, {"没有读取权限", "reading it is not allowed"}},
    {Msg::kIsWorkbook,
     {"$0 是 Excel 工作簿或压缩文件，还不能直接读取。请在表格软件中另存为 “CSV UTF-8” 后再试。",
      "$0 is a workbook or an archive and cannot be read yet. Save it as \"CSV UTF-8\" and try again."}},
    {Msg::kIsWordDocument,
     {"$0 是 Word 文档，还不能直接读取。请把其中的表格复制到电子表格，另存为 “CSV "
      "UTF-8”，或另存为制表符分隔的文本。",
      "$0 is a Word document and cannot be read yet. Copy its tables into a spreadsheet and save them as "
      "\"CSV UTF-8\" or as "
      "tab-separated text."}},
    {Msg::kIsPdf,
     {"$0 是 PDF。请先把其中的表格转为制表符分隔的文本再试。",
      "$0 is a PDF. Turn its tables into tab-separated text first."}},
    {Msg::kIsNoText, {"$0 不是文本文件。", "$0 is no text file."}},
    {Msg::kConverted, {"$0 是 $1 编码，已转换。", "$0 is $1; converted."}},
    {Msg::kBadCsvQuote,
     {"CSV 第 $0 行的引号没有配对。", "line $0 of the CSV has a quote without its partner."}},
    {Msg::kUnknownColumn,
     {"CSV 有不认识的列 “$0”。可用的列：$1", "the CSV has an unknown column \"$0\". Columns: $1"}},
    {Msg::kMissingColumn, {"CSV 缺少列 “$0”。可用的列：$1", "the CSV lacks the column \"$0\". Columns: $1"}},
    {Msg::kTooManyFields,
     {"CSV 第 $0 行有 $1 个值，而表头只有 $2 列。含逗号的内容请加引号。",
      "line $0 of the CSV has $1 values but the header only $2. Put quotes around text with commas."}},
    {Msg::kEmptyCsv,
     {"CSV 是空的。第一行应为列名：$0", "the CSV is empty. Its first line should name the columns: $0"}},
    {Msg::kBadJsonFile, {"$0 不是评分方案的 JSON：$1", "$0 is no profile in JSON: $1"}},
    {Msg::kEmptyCell, {"“$0” 一列没有填写。", "the column \"$0\" is empty."}},
    {Msg::kCannotWriteThere, {"没有写入权限", "writing it is not allowed"}},
    {Msg::kNoSuchFolder, {"没有这个文件夹", "there is no such folder"}},
    {Msg::kDiskFull, {"磁盘已满", "the disk is full"}},
    // Errors.
    {Msg::kNoServer,
     {"连不上服务器 $0（$1）。请确认 attaind 已启动，或用 --server 指定地址。",
      "no server at $0 ($1). Start attaind, or give its address with --server."}},
    {Msg::kTimedOut,
     {"服务器 $0 没有在规定时间内回答（$1）。操作可能已经完成，请查看后再决定是否重试。",
      "the server $0 did not answer in time ($1). The change may have happened: look before you try again."}},
    {Msg::kHintLint, {"用 attain lint 查看全部问题。", "attain lint shows all problems."}},
    {Msg::kMoreViolations, {"……还有 $0 处", "… and $0 more"}},
    {Msg::kNotReady, {"等待超时", "not ready in time"}},
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_CATALOGUE_USAGE_H_
