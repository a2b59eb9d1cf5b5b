// What must hold for every document, however it is broken.
#ifndef ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_
#define ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"

namespace attain::extract {

// xlsx, docx, ods, odt, html, xml2003, text, pdf, bytes (any file, as it is), number (a number format).
// Each has a folder of this name in tests/fuzz/corpus/extract.
const std::vector<std::string>& Readers();
// True for readers of markup, whose inputs are mutated by tags.
bool ReadsMarkup(absl::string_view reader);

// The document of a reader's input. A package is made around it, so that a checksum does not stop what is
// changed at the door. Parts of one input end at a processing instruction:
//   xlsx     inside of <worksheet> <?strings?> of <sst> <?styles?> of <styleSheet> <?sheets?> more <sheet>s
//   docx     inside of <w:body>
//   ods, odt inside of the spreadsheet or text <?styles?> of <office:automatic-styles>
//   pdf      the content of a page <?page?> of the next one
std::string DocumentOf(absl::string_view reader, absl::string_view input);

// A few bytes may ask for all cells there are: these let them ask for 5000, so that there can be many runs.
Limits FewCells();

// Reads it; empty when it was read as the contract promises, or refused with a code and a sentence. Otherwise
// what is wrong. For number, the input is a number as stored, a line end and a format code.
std::string CheckExtract(absl::string_view reader, absl::string_view input,
                         const Limits& limits = FewCells());

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_
