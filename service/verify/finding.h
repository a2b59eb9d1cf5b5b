// What a verification says.
#ifndef ATTAIN_SERVICE_VERIFY_FINDING_H_
#define ATTAIN_SERVICE_VERIFY_FINDING_H_

#include <cstdint>
#include <string>

#include "service/scoring/explanation.h"

namespace attain::engine {

// What can be verified. The order is that of attain.v1.VerifyPart.
enum class VerifyPart {
  kJournal,  // entries: none missing, times in order, each fits its own hash and follows the one before
  kState,    // every value that follows from the journal, against what the store has
  kHeads,    // the record of the newest entry, and what else stands for all of the journal
  kFiles,    // the bytes on disk against their checksums
};
inline constexpr int kVerifyParts = 4;

// Something that does not fit.
struct VerifyFinding {
  VerifyPart part = VerifyPart::kJournal;
  uint64_t revision = 0;  // 0 = of none
  std::string key;        // "board of units/a/tables/p1", "entry", "000012.sst"; for people, in English
  scoring::Text message;  // a sentence, without key and revision
};

// One line: "board of units/a/tables/p1 at revision 57: …", in `locale` ("zh-CN" or "en").
std::string DescribeFinding(const VerifyFinding& finding, const std::string& locale);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_FINDING_H_
