// One document in, one result out: finds out what the bytes are and calls the reader for them.
#ifndef ATTAIN_SERVICE_EXTRACT_EXTRACT_H_
#define ATTAIN_SERVICE_EXTRACT_EXTRACT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Makes the libraries load what they would load from files later (glibc's tables of encodings, OpenSSL's
// settings). To be called before the jail is entered; safe to call again.
void PrepareLibraries();

// An ExtractResult in its encoded form. Total: whatever the bytes are, a document or a refusal. Fills media,
// sha256 and reader. Not thread-safe (poppler keeps globals): the program reads one document per process.
std::string ExtractEncoded(absl::string_view bytes, const Limits& limits);

// The same as a message.
document::ExtractResult Extract(absl::string_view bytes, const Limits& limits);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_EXTRACT_H_
