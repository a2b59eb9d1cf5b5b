#include "service/extract/office/package.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/common/result.h"

namespace attain::extract {
namespace {

constexpr uint64_t kSmallPart = 1 << 20;  // below it expansion says nothing

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

Package::Package(absl::string_view bytes, const Limits& limits) : limits_(limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  archive_.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (archive_ == nullptr) {
    if (source != nullptr) zip_source_free(source);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw Refused("PACKAGE_DAMAGED",
                  absl::StrCat("the package cannot be opened, it may be cut short: ", reason));
  }
  zip_error_fini(&error);
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  if (count > limits_.parts)
    throw Refused("DOCUMENT_TOO_LARGE", absl::StrCat("the package has more than ", limits_.parts, " parts"));
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
    // Two programs would read two different parts.
    if (name == nullptr || !parts_.emplace(name, static_cast<zip_uint64_t>(i)).second) {
      throw Refused("PACKAGE_DAMAGED",
                    absl::StrCat("the package holds a part twice: ", Excerpt(name == nullptr ? "" : name)));
    }
  }
}

std::string Package::Read(absl::string_view part) {
  const auto at = parts_.find(std::string(part));
  const std::string shown = Excerpt(part);
  if (at == parts_.end()) throw Refused("PACKAGE_DAMAGED", absl::StrCat("part ", shown, " is missing"));
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), at->second, 0, &stat) != 0)
    throw Refused("PACKAGE_DAMAGED", absl::StrCat("part ", shown, " is damaged"));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    throw Refused("ENCRYPTED",
                  absl::StrCat("part ", shown, " is encrypted: save the document without a password"));
  }
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), at->second, 0));
  if (file == nullptr) throw Refused("PACKAGE_DAMAGED", absl::StrCat("part ", shown, " cannot be opened"));
  std::string out;
  if ((stat.valid & ZIP_STAT_SIZE) != 0) out.reserve(std::min<uint64_t>(stat.size, kSmallPart));
  char buffer[65536];
  zip_int64_t got = 0;
  while ((got = zip_fread(file.get(), buffer, sizeof(buffer))) > 0) {
    out.append(buffer, static_cast<size_t>(got));
    total_ += static_cast<uint64_t>(got);
    if (out.size() > limits_.part || total_ > limits_.total) {
      throw Refused("DOCUMENT_TOO_LARGE",
                    absl::StrCat("part ", shown, " unpacks to more than ",
                                 (out.size() > limits_.part ? limits_.part : limits_.total) >> 20, " MiB"));
    }
    if (out.size() > kSmallPart && out.size() / static_cast<uint64_t>(limits_.expansion) > stat.comp_size) {
      throw Refused("DOCUMENT_TOO_LARGE", absl::StrCat("part ", shown, " unpacks to more than ",
                                                       limits_.expansion, " times its size"));
    }
  }
  if (got < 0)
    throw Refused("PACKAGE_DAMAGED", absl::StrCat("part ", shown, " is damaged: its checksum does not fit"));
  return out;
}

}  // namespace attain::extract
