#include "service/extract/readers.h"

namespace attain::extract {

// Until these formats are read, they are refused with what to do.
void ReadHtml(absl::string_view, const Limits&, document::Document*) { throw Refused("UNKNOWN_FORMAT", "a web page: save it as XLSX"); }
void ReadXmlSpreadsheet(absl::string_view, const Limits&, document::Document*) { throw Refused("UNKNOWN_FORMAT", "save it as XLSX"); }
void ReadOds(Package*, document::Document*) { throw Refused("UNKNOWN_FORMAT", "save it as XLSX"); }
void ReadOdt(Package*, document::Document*) { throw Refused("UNKNOWN_FORMAT", "save it as DOCX"); }

}  // namespace attain::extract
