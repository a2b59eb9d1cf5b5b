// What poppler complains of while it reads, sorted by what it means for the cells.
//
// One at a time in a process, since poppler calls a plain function. Not thread-safe.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_COMPLAINTS_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_COMPLAINTS_H_

#include <string>

namespace attain::extract {

// First complaint of each kind, in printable ASCII; empty when there was none.
struct Complaint {
  std::string damage;  // cells may be missing or wrong
  std::string font;    // letters may be missing: a character map or a font is not there
  std::string odd;     // known to change nothing that is read
};

// Listens from its making to its end.
class PdfComplaints {
 public:
  PdfComplaints();
  ~PdfComplaints();
  PdfComplaints(const PdfComplaints&) = delete;
  PdfComplaints& operator=(const PdfComplaints&) = delete;

  // What came since the last call.
  Complaint Take();
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_COMPLAINTS_H_
