#include <utility>

#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/document_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/grid_printer.h"
#include "clients/cpp/document_upload.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  ASSIGN_OR_RETURN(DocumentFile file, SendDocument(context, context.args().At(0)));
  v1::ExtractDocumentRequest request;
  if (!file.upload.empty()) {
    request.set_upload(file.upload);
  } else {
    request.set_content(std::move(file.content));
  }
  ASSIGN_OR_RETURN(const document::v1::Document document, client::ExtractDocument(context.client(), request));
  if (context.json()) return context.PrintJson(document);
  PrintDocument(context, document);
  return absl::OkStatus();
}

}  // namespace

Command ExtractCommand() {
  Command command;
  command.name = "extract";
  command.group = Group::kDeclare;
  command.usage = "FILE";
  command.least = command.most = 1;
  command.summary = {"查看文件中读到的每一个单元格", "show every cell that is read from a document"};
  command.text = {
      "列出服务器从文件中读到的文字和表格，注明工作表、页和单元格地址，用来查明某一行为什么没有导入。\n"
      "合并的单元格只在左上角列出：“<” 表示属于左边的单元格，“^” 表示属于上面的单元格。什么也不写入。",
      "Lists the text and the grids that the server reads from a document, with sheets, pages and addresses: "
      "for \"why was my row\n"
      "not imported\". A merged cell is shown at its upper left corner; \"<\" belongs to the cell at its "
      "left, \"^\" to the one "
      "above. Nothing is written."};
  command.examples = {{"extract budget-2024.xlsx", {"查看工作簿", "look at a workbook"}},
                      {"extract budget-2024.pdf --json", {"以 JSON 给出", "the same as JSON"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
