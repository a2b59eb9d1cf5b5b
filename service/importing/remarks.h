// What readers of documents say by code, as findings and sentences for people.
#ifndef ATTAIN_SERVICE_IMPORTING_REMARKS_H_
#define ATTAIN_SERVICE_IMPORTING_REMARKS_H_

#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// One finding for each remark, with its page, sheet and cell, in the order of the document. A code without
// words of its own is told by its name.
std::vector<Finding> RemarkFindings(const document::Document& source);

// The finding of a document that was not read: what was found, and what to do.
Finding RefusalFinding(const document::Refusal& refusal);

// Codes that have words; for the test that holds them and document.proto together.
std::vector<std::string> RemarkCodes();
std::vector<std::string> RefusalCodes();

// "XLSX", "PDF", "TEXT" …; empty for a format that is not known.
std::string FormatName(document::Media media);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_REMARKS_H_
