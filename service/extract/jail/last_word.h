// What the program still says when a signal ends it: reading took too long, or memory ran out inside a
// library that gives up by abort().
#ifndef ATTAIN_SERVICE_EXTRACT_JAIL_LAST_WORD_H_
#define ATTAIN_SERVICE_EXTRACT_JAIL_LAST_WORD_H_

#include <string>

#include "service/extract/common/result.h"

namespace attain::extract {

// An encoded ExtractResult as it goes through the pipe: 8 bytes of length, big-endian, then the message.
std::string Framed(const std::string& result);

// A refusal, framed.
std::string FramedRefusal(const std::string& code, const std::string& detail);

// From here on SIGXCPU and SIGABRT write a refusal (DOCUMENT_TOO_COSTLY) to standard output and end the
// process with code 0, until WriteOut begins. False when the kernel refuses.
bool PrepareLastWord();

// Writes everything to standard output; false when nobody reads it. A signal after it began ends the process
// without a word.
bool WriteOut(const std::string& framed);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_JAIL_LAST_WORD_H_
