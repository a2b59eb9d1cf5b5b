#include "service/documents/documents.h"

#include <signal.h>
#include <sys/stat.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/documents/find_program.h"
#include "service/documents/process.h"
#include "service/documents/uploads.h"

namespace attain::documents {
namespace {

constexpr size_t kLengthBytes = 8;
constexpr size_t kMaxResult = size_t{64} << 20;

DocumentsOptions WithProgram(DocumentsOptions options) {
  if (options.extract.empty()) options.extract = FindProgram("attain-extract");
  return options;
}

uint64_t BigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < kLengthBytes; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// False when the output is not one length and one message of that length.
bool ParseOutput(absl::string_view output, document::ExtractResult* result) {
  if (output.size() < kLengthBytes || BigEndian(output) != output.size() - kLengthBytes) return false;
  output.remove_prefix(kLengthBytes);
  return result->ParseFromArray(output.data(), static_cast<int>(output.size())) &&
         result->result_case() != document::ExtractResult::RESULT_NOT_SET;
}

std::string SignalName(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? absl::StrCat("signal ", signal) : absl::StrCat("SIG", name);
}

}  // namespace

Documents::Documents(DocumentsOptions options)
    : options_(WithProgram(std::move(options))),
      slots_(options_.running, options_.waiting),
      cache_(options_.cache_bytes) {}

absl::StatusOr<std::shared_ptr<const document::Document>> Documents::Read(absl::string_view bytes) {
  if (bytes.size() > options_.max_bytes) {
    return Refused("DOCUMENT_TOO_LARGE",
                   absl::StrCat(bytes.size(), " bytes, at most ", options_.max_bytes, " are read"));
  }
  const std::string sha256 = HexSha256(bytes);
  const std::string key = KeyOf(sha256);
  if (DocumentCache::Document known = cache_.Find(key); known != nullptr) return known;
  absl::StatusOr<document::Document> read = ReadOrConvert(bytes);
  if (!read.ok()) return read.status();
  read->set_sha256(sha256);
  auto shared = std::make_shared<const document::Document>(*std::move(read));
  cache_.Put(key, shared);
  return shared;
}

absl::StatusOr<document::Document> Documents::ReadOrConvert(absl::string_view bytes) {
  absl::StatusOr<document::ExtractResult> result = Extract(bytes);
  if (!result.ok()) return result.status();
  if (result->has_document()) return std::move(*result->mutable_document());
  const document::Refusal refusal = result->refusal();
  if (refusal.code() != "FORMAT_NEEDS_CONVERTER" || !options_.convert) return Refused(refusal);
  absl::StatusOr<std::string> converted = options_.convert(bytes, refusal.media());
  if (!converted.ok()) return converted.status();
  result = Extract(*converted);
  if (!result.ok()) return result.status();
  if (!result->has_document()) return Refused(result->refusal());
  // What it is, not what it was turned into.
  if (refusal.media() != document::MEDIA_UNSPECIFIED) result->mutable_document()->set_media(refusal.media());
  return std::move(*result->mutable_document());
}

absl::StatusOr<document::ExtractResult> Documents::Extract(absl::string_view bytes) {
  if (options_.extract.empty()) {
    return absl::UnavailableError("attain-extract is neither beside this program nor on PATH");
  }
  const Slot slot(&slots_);
  if (!slot.got()) return absl::ResourceExhaustedError("too many documents wait for a reader");
  const absl::StatusOr<RunEnd> end =
      RunProgram(options_.extract, bytes, {options_.wall_clock, kMaxResult + kLengthBytes});
  if (!end.ok()) {
    if (options_.log) options_.log(absl::StrCat("documents: ", end.status().message()));
    return absl::UnavailableError(end.status().message());
  }
  if (end->timed_out) {
    return Refused("DOCUMENT_TOO_COSTLY",
                   absl::StrCat("reading it takes more than ", absl::FormatDuration(options_.wall_clock)));
  }
  if (end->overflowed) return Failed(absl::StrCat("it wrote more than ", kMaxResult, " bytes"));
  document::ExtractResult result;
  if (ParseOutput(end->output, &result)) return result;
  if (end->signal == SIGXCPU)
    return Refused("DOCUMENT_TOO_COSTLY", "reading it takes too much computing time");
  if (end->signal == SIGKILL)
    return Refused("DOCUMENT_TOO_COSTLY", "reading it takes too much time or memory");
  if (end->signal != 0) return Failed(absl::StrCat("it was ended by ", SignalName(end->signal)));
  if (end->exit_code != 0) return Failed(absl::StrCat("it ended with exit code ", end->exit_code));
  return Failed("what it wrote is no result");
}

absl::Status Documents::Failed(absl::string_view how) const {
  if (options_.log) options_.log(absl::StrCat("documents: ", options_.extract, " failed: ", how));
  return Refused("READER_FAILED", how);
}

std::string Documents::KeyOf(absl::string_view sha256) const {
  struct stat file;
  std::memset(&file, 0, sizeof(file));
  stat(options_.extract.c_str(), &file);
  return absl::StrCat(sha256, " ", file.st_ino, " ", file.st_size, " ", file.st_mtim.tv_sec, " ",
                      file.st_mtim.tv_nsec);
}

}  // namespace attain::documents
