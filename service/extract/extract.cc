#include "service/extract/extract.h"

#include <exception>
#include <new>

#include "service/extract/pdf_reader.h"

namespace attain::extract {

void PrepareLibraries() {}

document::ExtractResult Extract(absl::string_view bytes, const Limits& limits) {
  document::ExtractResult result;
  const auto refuse = [&result](const std::string& code, const std::string& detail) {
    result.mutable_refusal()->set_code(code);
    result.mutable_refusal()->set_detail(detail);
  };
  try {
    ReadPdf(bytes, limits, result.mutable_document());
  } catch (const Refused& refused) {
    refuse(refused.code(), refused.what());
  } catch (const std::bad_alloc&) {
    refuse("DOCUMENT_TOO_COSTLY", "the document takes more memory than is given to it");
  } catch (const std::exception& error) {
    refuse("READER_FAILED", error.what());
  }
  return result;
}

}  // namespace attain::extract
