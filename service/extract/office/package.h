// A zip package (XLSX, DOCX, ODS, ODT) under limits. Sizes are counted while a part is unpacked, never taken
// from its header.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_PACKAGE_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_PACKAGE_H_

#include <zip.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"

namespace attain::extract {

// Not thread-safe. Everything here throws Refused: PACKAGE_DAMAGED (no zip, a checksum that does not fit, a
// part twice), ENCRYPTED, DOCUMENT_TOO_LARGE (a part or all of them unpacked, or too many of them).
class Package {
 public:
  // `bytes` must outlive the package.
  Package(absl::string_view bytes, const Limits& limits);

  bool Has(absl::string_view part) const { return parts_.count(std::string(part)) > 0; }
  // The whole part; PACKAGE_DAMAGED when it is missing.
  std::string Read(absl::string_view part);

  const Limits& limits() const { return limits_; }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };

  const Limits limits_;
  std::unique_ptr<zip_t, Discard> archive_;
  std::map<std::string, zip_uint64_t, std::less<>> parts_;
  uint64_t total_ = 0;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_PACKAGE_H_
