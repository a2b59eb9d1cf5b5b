#include "service/rpc/upload.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/api/document_source.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"
#include "service/rpc/reader_source.h"

namespace attain::rpc {
namespace {

constexpr size_t kMaxChunk = 256 << 10, kMaxFileName = 255;

absl::Status Wrong(absl::string_view field, absl::string_view zh, absl::string_view en) {
  return engine::BadField(field, v1::ERROR_REASON_INVALID_FIELD, {std::string(zh), std::string(en)});
}

absl::Status TooLarge(absl::string_view field, size_t limit) {
  return engine::BadField(
      field, v1::ERROR_REASON_REQUEST_TOO_LARGE,
      {absl::StrCat(field, " 超过 ", limit, " 字节。",
                    field == "chunk" ? "请分成更小的块。" : "请分成几个文件。"),
       absl::StrCat(field, " has more than ", limit, " bytes. ",
                    field == "chunk" ? "Send smaller chunks." : "Split the document into several.")});
}

}  // namespace

absl::Status UploadParts::Take(const v1::UploadDocumentRequest& message) {
  switch (message.part_case()) {
    case v1::UploadDocumentRequest::kHeader:
      return TakeHeader(message.header());
    case v1::UploadDocumentRequest::kChunk:
      return TakeChunk(message.chunk());
    case v1::UploadDocumentRequest::PART_NOT_SET:
      break;
  }
  return Wrong("part", "每条消息应为 header 或 chunk。", "Each message holds the header or a chunk.");
}

absl::Status UploadParts::TakeHeader(const v1::UploadHeader& header) {
  if (has_header_)
    return Wrong("header", "header 只能发送一次，且在最前。", "The header comes once, and first.");
  if (!header.file_name().empty()) {
    absl::Status name = engine::CheckName("header.file_name", header.file_name(), kMaxFileName);
    if (!name.ok()) return name;
  }
  if (header.size_bytes() < 0) {
    return Wrong("header.size_bytes", "size_bytes 不能为负数；不知道时写 0。",
                 "size_bytes is not negative; write 0 when it is not known.");
  }
  if (static_cast<size_t>(header.size_bytes()) > engine::kMaxUpload)
    return TooLarge("header.size_bytes", engine::kMaxUpload);
  if (!header.sha256().empty() && header.sha256().size() != storage::kHashBytes) {
    return Wrong("header.sha256", "sha256 应为 32 个字节，不知道时留空。",
                 "sha256 has 32 bytes; leave it empty when it is not known.");
  }
  header_ = header;
  has_header_ = true;
  if (header.sha256().empty()) return absl::OkStatus();
  if (std::optional<documents::Upload> found = uploads_->Find(absl::BytesToHexString(header.sha256()))) {
    upload_ = *std::move(found);
    known_ = true;
  }
  return absl::OkStatus();
}

absl::Status UploadParts::TakeChunk(const std::string& chunk) {
  if (!has_header_) return Wrong("header", "第一条消息应为 header。", "The first message is the header.");
  if (chunk.size() > kMaxChunk) return TooLarge("chunk", kMaxChunk);
  if (bytes_.size() + chunk.size() > engine::kMaxUpload) return TooLarge("document", engine::kMaxUpload);
  bytes_ += chunk;
  sha_.Add(chunk);
  return absl::OkStatus();
}

absl::StatusOr<v1::UploadDocumentResponse> UploadParts::Finish() {
  if (known_) return Answer(upload_);
  if (!has_header_) return Wrong("header", "第一条消息应为 header。", "The first message is the header.");
  if (header_.size_bytes() != 0 && static_cast<size_t>(header_.size_bytes()) != bytes_.size()) {
    return Wrong(
        "header.size_bytes",
        absl::StrCat("收到 ", bytes_.size(), " 字节，header 说是 ", header_.size_bytes(), "。请重新上传。"),
        absl::StrCat(bytes_.size(), " bytes came, the header says ", header_.size_bytes(),
                     ". Upload the file again."));
  }
  const storage::Hash hash = sha_.Finish();
  if (!header_.sha256().empty() && header_.sha256() != storage::View(hash)) {
    return Wrong("header.sha256", "收到的内容与 header 的 sha256 不符。请重新上传。",
                 "The bytes that came do not have the header's sha256. Upload the file again.");
  }
  return Answer(uploads_->Put(absl::BytesToHexString(storage::View(hash)), std::move(bytes_)));
}

v1::UploadDocumentResponse UploadParts::Answer(const documents::Upload& upload) const {
  v1::UploadDocumentResponse response;
  v1::Upload* const out = response.mutable_upload();
  out->set_name(UploadName(upload.sha256));
  out->set_size_bytes(static_cast<int64_t>(upload.bytes->size()));
  out->set_file_name(header_.file_name());
  const timespec time = absl::ToTimespec(upload.expire_time);
  out->mutable_expire_time()->set_seconds(time.tv_sec);
  out->mutable_expire_time()->set_nanos(static_cast<int32_t>(time.tv_nsec));
  return response;
}

}  // namespace attain::rpc
