#include "clients/cli/commands/common/document_file.h"

#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/text_file.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/document_words.h"
#include "clients/cpp/document_upload.h"

namespace attain::cli {
namespace {

constexpr size_t kSmall = 1 << 20, kLargest = 32 << 20;
constexpr size_t kMostOfContent = 16 << 20;

std::string FileNameOf(const std::string& path) {
  return path == "-" ? "" : path.substr(path.rfind('/') + 1);
}

}  // namespace

absl::StatusOr<DocumentFile> SendDocument(const Context& context, const std::string& path) {
  ASSIGN_OR_RETURN(std::string bytes, ReadBytes(path, context.language()));
  if (bytes.size() > kLargest) {
    return absl::InvalidArgumentError(
        context.Say(words::kFileTooLarge, path, WithCommas(bytes.size()), WithCommas(kLargest)));
  }
  DocumentFile file;
  file.name = FileNameOf(path);
  if (bytes.size() <= kSmall) {
    file.content = std::move(bytes);
    return file;
  }
  client::UploadOptions options;
  options.file_name = file.name;
  ProgressBar bar(&context.err(), context.err_is_terminal(), absl::Now());
  options.progress = [&bar](size_t done, size_t total) { bar.Update(done, total, absl::Now()); };
  const absl::StatusOr<v1::Upload> upload = client::UploadDocument(context.client(), bytes, options);
  if (upload.ok()) {
    file.upload = upload->name();
  } else if (absl::IsUnimplemented(upload.status()) && bytes.size() <= kMostOfContent) {
    file.content = std::move(bytes);  // an older server
  } else {
    return upload.status();
  }
  return file;
}

}  // namespace attain::cli
