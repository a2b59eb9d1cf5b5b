// What must hold of the importer for any bytes, and for any document that a reader may make.
#ifndef ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_
#define ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"

namespace attain::importing {

// Empty, or what does not hold.
std::string CheckImport(absl::string_view bytes);

// The same for a document of lines and grids: places lie within it, findings have words, and the ledger
// counts every cell once.
std::string CheckDocument(const attain::document::v1::Document& document);

// Lines and grids made of any bytes: words of target tables, figures and free text in cells with spans, page
// breaks and sheets.
attain::document::v1::Document DocumentOf(const uint8_t* data, size_t size);

}  // namespace attain::importing

#endif  // ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_
