// Documents that are imported or shown.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_DOCUMENT_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_DOCUMENT_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kFileTooLarge{
    "$0 有 $1 字节，最多可导入 $2 字节。请分成几个文件。",
    "$0 has $1 bytes; at most $2 can be imported. Split it into several files."};
inline constexpr Bilingual kOnePreview{"--preview 只用于一个文件；请逐个导入。",
                                       "--preview is of one document; import them one by one."};
inline constexpr Bilingual kBadTableNumbers{
    "--table “$0” 应为表的序号，用逗号分隔，例如 2,3。",
    "--table \"$0\" should be numbers of tables with commas between, such as 2,3."};
inline constexpr Bilingual kImported{"已导入 $0 张表、$1 行指标，为第 $2 次记录。",
                                     "Imported $0 with $1, revision $2."};
inline constexpr Bilingual kWouldImport{"将导入 $0 张表、$1 行指标；没有写入。",
                                        "Would import $0 with $1; nothing was written."};
inline constexpr Bilingual kNothingImported{"没有读到绩效目标表。", "No target table was read."};
inline constexpr Bilingual kTableExists{"$0 已有这张表，没有再次建立。",
                                        "$0 is there already and stays as it is."};
inline constexpr Bilingual kPageShort{"第 $0 页", "p. $0"};
inline constexpr Bilingual kLineShort{"第 $0 行", "line $0"};
inline constexpr Bilingual kThereBefore{"此前已记录", "recorded before"};
inline constexpr Bilingual kOfBudget{" / 预算 $0", " of $0"};
inline constexpr Bilingual kFigureSpent{"$0：支出 $1$2 万元，$3", "$0: spent $1$2 万元, $3"};
inline constexpr Bilingual kFormPoints{"$0：指标得分合计 $1，表中为 $2",
                                       "$0: indicators $1, the form says $2"};
inline constexpr Bilingual kFormTotal{"$0：总分 $1 $2，表中为 $3 $4", "$0: total $1 $2, the form says $3 $4"};
inline constexpr Bilingual kNoFigures{"没有读到可以记录的数据。", "No figure to record was read."};
inline constexpr Bilingual kFiguresRecorded{"已记录 $0 个实际完成值、$1 条支出，为第 $2 次记录。",
                                            "Recorded $0 and $1, revision $2."};
inline constexpr Bilingual kWouldRecordFigures{"将记录 $0 个实际完成值、$1 条支出；没有写入。",
                                               "Would record $0 and $1; nothing was written."};
inline constexpr Bilingual kFiguresBefore{"另有 $0 条此前已记录。", "$0 were recorded before."};
inline constexpr Bilingual kUseWord{"用途", "use of a document"};
inline constexpr Bilingual kImportFile{"== $0", "== $0"};
inline constexpr Bilingual kFindingsLeftOut{"另有 $0 条较轻的提示因篇幅未列出。",
                                            "$0 lesser findings are not listed for want of room."};
inline constexpr Bilingual kLedger{
    "单元格 $0 个：读入 $1，表头等格式内容 $2，见上述发现 $3，不属于目标表 $4",
    "$0 cells: $1 read, $2 headers and the like, $3 told above, $4 outside of target tables"};
inline constexpr Bilingual kPreviewToken{"写入预览的内容：去掉 --dry-run，加上 --preview $0",
                                         "to write just this: --preview $0 instead of --dry-run"};
inline constexpr Bilingual kNothingNew{"没有新的数据需要记录。", "Nothing new was to be recorded."};
inline constexpr Bilingual kInParts{"内容较多，分 $0 次写入；上面是最后一次的记录号。",
                                    "Written in $0 parts, each a revision; the one above is the last."};
inline constexpr Bilingual kImportedPart{
    "只导入了文件中的一部分：$0 张表已写入，其余被拒绝或没有得到答复，原因见下。"
    "解决后重新导入同一文件即可，已有的表保持不变。",
    "Part of the document was imported: $0. The rest was refused or not answered, as told below. "
    "Import the same file again once that is settled; what is there stays as it is."};
inline constexpr Bilingual kRecordedPart{
    "只记录了文件中的一部分数据，其余被拒绝或没有得到答复，原因见下。"
    "解决后重新导入同一文件即可，已记录的不会重复。",
    "Part of the document's figures was recorded. The rest was refused or not answered, as told below. "
    "Import the same file again once that is settled; what is there is not doubled."};
inline constexpr Bilingual kWouldImportPart{
    "以上只是文件中的一部分；其余被拒绝，原因见下。没有写入。",
    "That is a part of the document only; the rest is refused, as told below. Nothing was written."};
inline constexpr Bilingual kRecordedUnlisted{"数据已记录，为第 $0 次记录；内容太多，没有逐条列出。",
                                             "Recorded, revision $0; the figures are too many to be listed."};
inline constexpr Bilingual kWouldRecordUnlisted{
    "将记录其中的数据；内容太多，没有逐条列出。没有写入。",
    "The figures would be recorded; they are too many to be listed. Nothing was written."};
inline constexpr Bilingual kOutsideGrid{"  - 不是目标表：$0$1，$2，未导入",
                                        "  - no target table: $0$1, $2, not imported"};
inline constexpr Bilingual kOutsideTitle{"“$0”", " \"$0\""};
inline constexpr Bilingual kMoreOutsideGrids{"  - 另有 $0 张这样的表格", "  - $0 more such grids"};
inline constexpr Bilingual kReadFrom{"读自 $0", "read from $0"};
inline constexpr Bilingual kPages{"共 $0 页", "$0"};
inline constexpr Bilingual kSheets{"工作表 $0", "sheets $0"};
inline constexpr Bilingual kHiddenSheets{"未读取隐藏的工作表 $0", "hidden sheets left out: $0"};
inline constexpr Bilingual kGridLine{"表格 $0，$1 行 × $2 列", "grid $0, $1 rows × $2 columns"};
inline constexpr Bilingual kNestedGrid{"（在单元格 $0 内）", " (inside cell $0)"};
inline constexpr Bilingual kReaderSaid{"读取程序的提示", "What the reader noticed"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_DOCUMENT_WORDS_H_
