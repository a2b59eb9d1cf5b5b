#include "clients/cpp/document_upload.h"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "clients/cpp/connection.h"

namespace attain::client {
namespace {

constexpr size_t kChunk = 128 << 10;

// Empty when the crypto library has none: then all bytes are sent.
std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1) return "";
  return std::string(reinterpret_cast<const char*>(digest), length);
}

grpc::Status Send(grpc::ClientWriter<v1::UploadDocumentRequest>* stream, const v1::UploadHeader& header,
                  const std::string& bytes, const UploadOptions& options) {
  v1::UploadDocumentRequest message;
  *message.mutable_header() = header;
  bool wanted = stream->Write(message);
  for (size_t at = 0; wanted && at < bytes.size(); at += kChunk) {
    message.set_chunk(bytes.substr(at, kChunk));
    wanted = stream->Write(message);
    if (options.progress) options.progress(std::min(at + kChunk, bytes.size()), bytes.size());
  }
  if (wanted) stream->WritesDone();
  return stream->Finish();
}

}  // namespace

absl::StatusOr<v1::Upload> UploadDocument(const Client& client, const std::string& bytes,
                                          const UploadOptions& options) {
  v1::UploadHeader header;
  header.set_file_name(options.file_name);
  header.set_size_bytes(static_cast<int64_t>(bytes.size()));
  header.set_sha256(Sha256(bytes));
  v1::UploadDocumentResponse response;
  const absl::Status status = client.connection().Repeat(
      [&](grpc::ClientContext* context) {
        response.Clear();
        return Send(client.connection().files().UploadDocument(context, &response).get(), header, bytes,
                    options);
      },
      std::max(options.timeout, client.options().timeout));
  if (!status.ok()) return status;
  return response.upload();
}

absl::StatusOr<document::v1::Document> ExtractDocument(const Client& client,
                                                       const v1::ExtractDocumentRequest& request) {
  document::v1::Document document;
  const absl::Status status = client.connection().Repeat([&](grpc::ClientContext* context) {
    document.Clear();
    const auto stream = client.connection().files().ExtractDocument(context, request);
    v1::ExtractDocumentResponse part;
    while (stream->Read(&part)) {
      document.MergeFrom(part.document());
      for (document::v1::Block& block : *part.mutable_blocks()) *document.add_blocks() = std::move(block);
    }
    return stream->Finish();
  });
  if (!status.ok()) return status;
  return document;
}

}  // namespace attain::client
