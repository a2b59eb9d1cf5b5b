// Figures that disagree inside one document (RULES 11, point 8). Nobody outside this folder
// includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_CROSS_CHECKS_H_
#define ATTAIN_SERVICE_IMPORTING_CROSS_CHECKS_H_

#include "service/importing/cells/parsed.h"
#include "service/importing/cells/source.h"

namespace attain::importing {

// Adds ANNOUNCED_COUNT, ANNOUNCED_AMOUNT and FIGURE_DISAGREES. Linear in the document.
void CrossCheck(const Source& source, ParsedDocument* document);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_CROSS_CHECKS_H_
