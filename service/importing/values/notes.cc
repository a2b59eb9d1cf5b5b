#include "service/importing/values/notes.h"

#include <utility>

#include "service/importing/values/text.h"

namespace attain::importing {

Finding MakeNote(Severity severity, const char* code, absl::string_view raw, std::string understood,
                 Text message, Text repair) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.raw = Shorten(raw);
  finding.understood = std::move(understood);
  finding.message = std::move(message);
  finding.repair = std::move(repair);
  return finding;
}

}  // namespace attain::importing
