#include "service/api/document_source.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/importing/document.h"
#include "service/importing/plain_text.h"
#include "service/importing/remarks.h"
#include "service/importing/text_grids.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

absl::Status TooLarge(size_t bytes) {
  return BadField(
      "content", v1::ERROR_REASON_REQUEST_TOO_LARGE,
      {absl::StrCat("文件有 ", bytes, " 字节；直接随请求发送最多 ", kMaxContent,
                    " 字节。更大的文件请先用 FileService.UploadDocument 上传，再用 upload 指明。"),
       absl::StrCat("The document has ", bytes, " bytes; a request carries at most ", kMaxContent,
                    ". Send larger ones with FileService.UploadDocument and name the upload.")});
}

absl::Status NoUpload(absl::string_view name) {
  return NotFound("upload", name,
                  {absl::StrCat("没有上传文件 ", name, "，或已过期：上传的文件保留一小时。请重新上传。"),
                   absl::StrCat("There is no upload ", name,
                                ", or it has gone: uploads wait for an hour. Upload the file again.")});
}

absl::StatusOr<DocumentPtr> ReadText(absl::string_view bytes) {
  importing::ImportOptions options;
  options.max_bytes = kMaxUpload;
  absl::StatusOr<document::Document> text = importing::TextDocument(bytes, options);
  if (!text.ok()) {
    return Refuse(
        absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
        {absl::StrCat("文件无法读取：", text.status().message(), "。请提供 UTF-8 文本。"),
         absl::StrCat("The document cannot be read: ", text.status().message(), ". Provide UTF-8 text.")});
  }
  storage::Sha256 sha;
  sha.Add(bytes);
  if (text->reader().empty()) text->set_reader("attaind text/1");
  text->set_sha256(absl::BytesToHexString(storage::View(sha.Finish())));
  return std::make_shared<const document::Document>(*std::move(text));
}

}  // namespace

absl::StatusOr<DocumentPtr> OpenDocument(absl::string_view content, absl::string_view upload,
                                         DocumentSource* source) {
  if (!content.empty() && !upload.empty()) {
    return BadField("upload", v1::ERROR_REASON_INVALID_FIELD,
                    {"content 和 upload 只能给出一个。", "Give content or upload, not both."});
  }
  std::shared_ptr<const std::string> uploaded;
  if (!upload.empty()) {
    if (source != nullptr) uploaded = source->Upload(upload);
    if (uploaded == nullptr) return NoUpload(upload);
    content = *uploaded;
  } else if (content.size() > kMaxContent) {
    return TooLarge(content.size());
  }
  if (content.empty()) {
    document::Refusal empty;
    empty.set_code("EMPTY_DOCUMENT");
    return Unreadable(empty);
  }
  if (source == nullptr || importing::IsPlainText(content)) return ReadText(content);
  return source->Read(content);
}

absl::StatusOr<DocumentPtr> ShowDocument(absl::string_view content, absl::string_view upload,
                                         DocumentSource* source) {
  ASSIGN_OR_RETURN(DocumentPtr document, OpenDocument(content, upload, source));
  if (document->media() != document::MEDIA_TEXT) return document;
  return std::make_shared<const document::Document>(importing::WithTextGrids(*document));
}

absl::Status Unreadable(const document::Refusal& refusal) {
  const importing::Finding finding = importing::RefusalFinding(refusal);
  const absl::Status status = Refuse(
      absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
      {absl::StrCat(finding.message.zh, finding.repair.zh),
       absl::StrCat(finding.message.en, " ", finding.repair.en)},
      {{"code", finding.code}, {"format", importing::FormatName(refusal.media())}, {"detail", finding.raw}});
  return WithFindings(status, {finding});
}

absl::Status NoReader() {
  return Refuse(absl::StatusCode::kUnavailable, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
                {"服务器上找不到读取程序 attain-extract，只能导入 UTF-8 文本和 CSV。请管理员安装它，或用 "
                 "--extract 指明。",
                 "The server has no attain-extract to read documents with; only UTF-8 text and CSV can be "
                 "imported. Ask the "
                 "operator to install it, or to name it with --extract."});
}

}  // namespace attain::engine
