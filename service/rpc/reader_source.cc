#include "service/rpc/reader_source.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/cause.h"
#include "service/api/errors.h"

namespace attain::rpc {
namespace {

constexpr absl::string_view kUploads = "uploads/";

}  // namespace

std::string UploadName(absl::string_view sha256) {
  return absl::StrCat(kUploads, sha256);
}

std::shared_ptr<const std::string> ReaderSource::Upload(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kUploads)) return nullptr;
  const std::optional<documents::Upload> found = uploads_->Find(name);
  return found.has_value() ? found->bytes : nullptr;
}

absl::StatusOr<engine::DocumentPtr> ReaderSource::Read(absl::string_view bytes) {
  absl::StatusOr<engine::DocumentPtr> read = documents_->Read(bytes);
  if (read.ok()) return read;
  if (const auto refusal = documents::RefusalOf(read.status()); refusal.has_value())
    return engine::Unreadable(*refusal);
  if (absl::IsResourceExhausted(read.status())) return engine::Overloaded();
  if (absl::IsUnavailable(read.status()))
    return engine::WithCause(engine::NoReader(), read.status().message());
  return read.status();
}

}  // namespace attain::rpc
