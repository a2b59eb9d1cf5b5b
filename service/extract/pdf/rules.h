// Ruling lines: pieces become whole lines, lines that touch become one drawing. Pure; n log n in the number
// of lines, whatever they cross.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_RULES_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_RULES_H_

#include <vector>

#include "service/extract/pdf/geometry.h"

namespace attain::extract {

// How near two lines must come to touch, in points. Browsers set the cells of a table apart by up to two
// points, a table in a cell stands as near to the walls of that cell: so both are asked for.
constexpr double kTouch = 2;
constexpr double kTouchTight = 0.8;

// Lines that hang together.
struct RuleGroup {
  std::vector<Rule> horizontal, vertical;
};

// Browsers draw one line per cell and dotted borders are many dots: pieces of one line (gaps up to 1.5
// points) become one before anybody asks what it touches. Only what overlaps along its length is joined: two
// tables may have their lines half a point apart. What stays shorter than 3 points is a dot and goes.
std::vector<Rule> JoinRules(std::vector<Rule> rules);

// Groups of lines that come within `touch` of each other, from the top of the page; also those of a single
// direction.
std::vector<RuleGroup> GroupRules(const std::vector<Rule>& horizontal, const std::vector<Rule>& vertical,
                                  double touch);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_RULES_H_
