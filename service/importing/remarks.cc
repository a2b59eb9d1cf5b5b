#include "service/importing/remarks.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/strings/substitute.h"
#include "service/importing/text.h"

namespace attain::importing {
namespace {

// $0 is the number that came with the remark, $1 its raw text.
struct Words {
  absl::string_view code;
  absl::string_view message_zh, message_en, repair_zh, repair_en;
};

constexpr Words kRemarks[] = {
    {"HIDDEN_SHEET", "隐藏的工作表“$1”没有读取。", "The hidden sheet \"$1\" was not read.",
     "若其中有目标，请取消隐藏后重新导入。", "If it holds targets, unhide it and import again."},
    {"HIDDEN_ROWS", "有 $0 行是隐藏的，也已读取。", "$0 hidden rows were read as well.",
     "若不应计入，请删除后重新导入。", "If they do not belong, delete them and import again."},
    {"HIDDEN_COLUMNS", "有 $0 列是隐藏的，也已读取。", "$0 hidden columns were read as well.",
     "若不应计入，请删除后重新导入。", "If they do not belong, delete them and import again."},
    {"OPEN_CHANGES", "文件中有 $0 处尚未接受的修订：插入的文字已计入，删除的没有。",
     "The file has $0 changes that nobody has accepted yet: inserted text counts, deleted text does not.",
     "请在原文件中接受或拒绝修订后重新导入。", "Accept or reject them in the file and import again."},
    {"WATERMARK_LEFT_OUT", "水印“$1”没有读取。", "The watermark \"$1\" was left out.",
     "若这是表中的文字，请去掉倾斜后重新导入。", "If it belongs to a table, write it upright and import again."},
    {"PAGE_DAMAGED", "文件在这一页已损坏，表格可能不完整。", "The file is damaged on this page: the table may be incomplete.",
     "请重新下载或重新导出文件；确认内容无误后可用 accept_findings 接受。",
     "Fetch or export the file again; if what was read is complete, accept it with accept_findings."},
    {"FONT_UNREADABLE", "这一页有 $0 个字符的字体无法辨认，文字可能缺失。",
     "This page has $0 characters in a font that cannot be read: text may be missing.",
     "请用“嵌入字体”重新导出 PDF，或提供 Word、Excel 原件；确认无误后可接受。",
     "Export the PDF again with embedded fonts, or use the Word or Excel original; if nothing is missing, accept it."},
    {"SCANNED_PAGE", "这一页是扫描图片，其中的文字没有读取。", "This page is a scanned picture: its text was not read.",
     "请提供 Word、Excel 原件或由其导出的 PDF；若该页没有目标，可接受。",
     "Use the Word or Excel original, or a PDF exported from it; if the page holds no targets, accept it."},
    {"TABLE_WITHOUT_LINES", "这里的表格没有框线，按文字读取，列可能对不齐。",
     "The table here has no ruling lines: it was read as text and its columns may be mixed up.",
     "请加上框线重新导出，或提供 Word、Excel 原件。", "Export it with ruling lines, or use the Word or Excel original."},
    {"VALUE_SHOWN_ROUNDED", "有 $0 个单元格显示的是四舍五入后的数（如 $1），按文件中保存的全部数位读取。",
     "$0 cells show a rounded number (such as $1); the digits that the file keeps were read.",
     "若应以显示的数为准，请在文件中改为该数。", "If the number shown is the right one, type it into the file."},
    {"FORMULA_WITHOUT_VALUE", "有 $0 个公式没有保存结果（如 $1），按空单元格读取。",
     "$0 formulas have no stored result (such as $1) and were read as empty cells.",
     "请在电子表格软件中打开并保存一次再导入。", "Open and save the file in a spreadsheet program, then import it."},
    {"ERROR_VALUE", "单元格是错误值“$1”。", "The cell holds the error value \"$1\".", "请在文件中改正公式或直接填写数值。",
     "Correct the formula in the file, or type the value."},
    {"REPEATED_HEADER", "续页上重复的表头（$0 行）已略去。", "Header rows repeated on the next page ($0) were left out.", "", ""},
    {"RUNNING_TEXT_LEFT_OUT", "页眉、页脚和页码（$0 处）已略去。", "Running headers, footers and page numbers ($0) were left out.", "",
     ""},
    {"NESTED_TABLE", "单元格里还有一张表，已单独读取。", "A table inside a cell was read by itself.", "", ""},
    {"PICTURE_LEFT_OUT", "有 $0 张图片没有读取。", "$0 pictures were not read.", "若图片中有目标，请改为文字后重新导入。",
     "If they hold targets, write them as text and import again."},
    {"NOTES_LEFT_OUT", "脚注、尾注和批注（$0 处）没有读取。", "Footnotes, endnotes and comments ($0) were not read.",
     "若其中有目标，请写入正文后重新导入。", "If they hold targets, move them into the text and import again."},
    {"STRUCK_TEXT", "有 $0 个单元格带删除线，也已读取。", "$0 cells are struck through and were read as well.",
     "若已作废，请删除后重新导入。", "If they are void, delete them and import again."},
};

constexpr Words kRefusals[] = {
    {"ENCRYPTED", "文件有密码保护，无法读取。", "The file is protected by a password and cannot be read.",
     "请去掉密码后重新导入。", "Remove the password and import it again."},
    {"SCANNED_PAGE", "文件是扫描图片，没有可以读取的文字。", "The file is a scan: there is no text in it to be read.",
     "请提供 Word、Excel 原件，或由其导出的 PDF。", "Use the Word or Excel original, or a PDF exported from it."},
    {"FONT_UNREADABLE", "文件所用的字体无法辨认，文字读不出来。", "The file's fonts cannot be read, so its text cannot be either.",
     "请用“嵌入字体”重新导出 PDF，或提供 Word、Excel 原件。", "Export the PDF with embedded fonts, or use the Word or Excel original."},
    {"DOCUMENT_TOO_COSTLY", "读取这个文件所需的时间或内存超过限度。", "Reading this file takes more time or memory than is allowed.",
     "请只保留含绩效目标表的部分，另存为新文件后再导入。", "Keep only the part with the target tables, save it as a new file and import that."},
    {"DOCUMENT_TOO_LARGE", "文件太大（最多 32 MiB，单元格、页数也有限度）。",
     "The file is too large (at most 32 MiB, with limits for cells and pages).", "请分成几个文件导入。", "Import it as several files."},
    {"DOCUMENT_TOO_DEEP", "文件的结构嵌套太深，无法完整读取。", "The file is nested too deeply to be read completely.",
     "请把表格复制到新文件，另存后再导入。", "Copy its tables into a new file, save it and import that."},
    {"FORMAT_NEEDS_CONVERTER", "这是旧的 Office 格式（.xls、.doc），服务器没有配置转换程序。",
     "This is an old Office format (.xls, .doc), and the server has no converter.",
     "请另存为 .xlsx 或 .docx 后导入，或请管理员用 --converter 配置转换程序。",
     "Save it as .xlsx or .docx and import that, or ask the operator to set --converter."},
    {"PACKAGE_DAMAGED", "文件已损坏：其中的某一部分无法解开或校验不符。",
     "The file is damaged: a part of it cannot be unpacked or does not fit its checksum.", "请重新下载，或用原来的软件打开并另存一份。",
     "Fetch it again, or open and save it in the program it was made with."},
    {"DOCUMENT_DAMAGED", "文件已损坏，无法读取。", "The file is damaged and cannot be read.", "请重新下载，或用原来的软件打开并另存一份。",
     "Fetch it again, or open and save it in the program it was made with."},
    {"UNKNOWN_FORMAT", "认不出文件的格式。", "The file's format is not known.",
     "可以导入 XLSX、DOCX、ODS、ODT、HTML、PDF、文本和 CSV；请另存为其中一种。",
     "XLSX, DOCX, ODS, ODT, HTML, PDF, text and CSV can be imported: save it as one of these."},
    {"EMPTY_DOCUMENT", "文件是空的。", "The file is empty.", "请核对是否选错了文件。", "Check that it is the right file."},
    {"EXTERNAL_ENTITY", "文件引用了外部内容，为安全起见没有读取。", "The file refers to content outside of it and was not read, for safety.",
     "请用原来的软件打开并另存一份。", "Open and save it in the program it was made with."},
    {"READER_FAILED", "读取这个文件时读取程序出错。", "The reader failed on this file.",
     "请另存为其他格式再试，并把文件交给管理员。", "Save it in another format and try again, and give the file to the operator."},
};

Text Fill(absl::string_view zh, absl::string_view en, int count, absl::string_view detail) {
  const std::string raw = Shorten(Tidy(detail));
  return {absl::Substitute(zh, count, raw), absl::Substitute(en, count, raw)};
}

template <size_t size>
const Words* Find(const Words (&words)[size], absl::string_view code) {
  for (const Words& each : words) {
    if (each.code == code) return &each;
  }
  return nullptr;
}

void Tell(const Words* words, int count, const std::string& detail, Finding* finding) {
  if (words != nullptr) {
    finding->message = Fill(words->message_zh, words->message_en, count, detail);
    finding->repair = Fill(words->repair_zh, words->repair_en, count, detail);
    return;
  }
  const std::string raw = Shorten(Tidy(detail));
  const absl::string_view gap = raw.empty() ? "" : ": ", gap_zh = raw.empty() ? "" : "：";
  finding->message = {absl::StrCat("读取文件时注意到 ", finding->code, gap_zh, raw, "。"),
                      absl::StrCat("The reader noticed ", finding->code, gap, raw, ".")};
  finding->repair = {"请对照原文件核对这一处。", "Compare this place with the file."};
}

Severity SeverityOf(document::Level level) {
  if (level == document::LEVEL_ERROR) return Severity::kError;
  return level == document::LEVEL_WARNING ? Severity::kWarning : Severity::kNote;
}

}  // namespace

std::vector<Finding> RemarkFindings(const document::Document& source) {
  std::vector<Finding> findings;
  for (const document::Remark& remark : source.remarks()) {
    Finding& finding = findings.emplace_back();
    finding.severity = SeverityOf(remark.level());
    finding.code = remark.code();
    finding.place.page = remark.page();
    finding.place.sheet = remark.sheet();
    finding.place.address = remark.address();
    finding.raw = Shorten(Tidy(remark.detail()));
    Tell(Find(kRemarks, remark.code()), remark.count(), remark.detail(), &finding);
  }
  return findings;
}

Finding RefusalFinding(const document::Refusal& refusal) {
  Finding finding;
  finding.severity = Severity::kError;
  finding.code = refusal.code();
  finding.raw = Shorten(Tidy(refusal.detail()), 300);
  Tell(Find(kRefusals, refusal.code()), 0, refusal.detail(), &finding);
  return finding;
}

std::vector<std::string> RemarkCodes() {
  std::vector<std::string> codes;
  for (const Words& words : kRemarks) codes.emplace_back(words.code);
  return codes;
}

std::vector<std::string> RefusalCodes() {
  std::vector<std::string> codes;
  for (const Words& words : kRefusals) codes.emplace_back(words.code);
  return codes;
}

std::string FormatName(document::Media media) {
  if (media == document::MEDIA_UNSPECIFIED) return "";
  return std::string(absl::StripPrefix(document::Media_Name(media), "MEDIA_"));
}

}  // namespace attain::importing
