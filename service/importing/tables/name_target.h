// Names as forms print them: "指标1：培训人数", "培训人数≥100人次" with the target behind the name. Nobody
// outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_NAME_TARGET_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_NAME_TARGET_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// "指标 1：培训人数" → "培训人数"; other names as they are.
std::string WithoutIndicatorNumber(absl::string_view name);

// A line of the form that nobody filled in: "指标2：……", "无", "/".
bool IsBlankName(absl::string_view name);

// A name that ends with a comparator and a figure: its two parts. False when there is no one place to cut it.
bool CutTarget(absl::string_view name, std::string* before, std::string* target);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_NAME_TARGET_H_
