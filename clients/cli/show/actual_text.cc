#include "clients/cli/show/actual_text.h"

#include "absl/strings/str_cat.h"

namespace attain::cli {

std::string WithUnit(absl::string_view number, absl::string_view unit) {
  return absl::StrCat(number, unit.empty() || unit == "%" ? "" : " ", unit);
}

std::string ActualText(const v1::Actual& actual) {
  const v1::ActualReport& report = actual.report();
  if (report.value().empty() && !report.numerator().empty())
    return absl::StrCat(report.numerator(), "/", report.denominator());
  return actual.number().empty() ? report.value() : WithUnit(actual.number(), actual.unit());
}

}  // namespace attain::cli
