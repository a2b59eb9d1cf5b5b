// Files that are read and written.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_FILE_WORDS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_FILE_WORDS_H_

#include "clients/cli/words/language.h"

namespace attain::cli::words {

inline constexpr Bilingual kCannotReadFile{"不能读取 $0：$1", "cannot read $0: $1"};
inline constexpr Bilingual kNoCertificate{
    "$0 中没有 PEM 证书（-----BEGIN CERTIFICATE-----），无法据此加密连接。",
    "$0 holds no PEM certificate (-----BEGIN CERTIFICATE-----) to encrypt the connection with."};
inline constexpr Bilingual kNoSuchFile{"没有这个文件", "there is no such file"};
inline constexpr Bilingual kIsFolder{"它是文件夹", "it is a folder"};
inline constexpr Bilingual kNotAllowed{"没有读取权限", "reading it is not allowed"};
inline constexpr Bilingual kIsWorkbook{
    "$0 是 Excel 工作簿或压缩文件，还不能直接读取。请在表格软件中另存为 “CSV UTF-8” 后再试。",
    "$0 is a workbook or an archive and cannot be read yet. Save it as \"CSV UTF-8\" and try again."};
inline constexpr Bilingual kIsWordDocument{
    "$0 是 Word 文档，还不能直接读取。请把其中的表格复制到电子表格，另存为 “CSV "
    "UTF-8”，或另存为制表符分隔的文本。",
    "$0 is a Word document and cannot be read yet. Copy its tables into a spreadsheet and save them as \"CSV "
    "UTF-8\" or as tab-separated text."};
inline constexpr Bilingual kIsPdf{"$0 是 PDF。请先把其中的表格转为制表符分隔的文本再试。",
                                  "$0 is a PDF. Turn its tables into tab-separated text first."};
inline constexpr Bilingual kIsNoText{"$0 不是文本文件。", "$0 is no text file."};
inline constexpr Bilingual kConverted{"$0 是 $1 编码，已转换。", "$0 is $1; converted."};
inline constexpr Bilingual kCannotWriteThere{"没有写入权限", "writing it is not allowed"};
inline constexpr Bilingual kNoSuchFolder{"没有这个文件夹", "there is no such folder"};
inline constexpr Bilingual kDiskFull{"磁盘已满", "the disk is full"};
inline constexpr Bilingual kNoWorkbookYet{"还不能导出 xlsx。请用 --format csv，Excel 可以直接打开。",
                                          "xlsx cannot be written yet. Use --format csv, which Excel opens."};
inline constexpr Bilingual kCannotWriteFile{"不能写入 $0：$1", "cannot write $0: $1"};
inline constexpr Bilingual kWritten{"已写入 $0", "Wrote $0"};

}  // namespace attain::cli::words

#endif  // ATTAIN_CLIENTS_CLI_WORDS_FILE_WORDS_H_
