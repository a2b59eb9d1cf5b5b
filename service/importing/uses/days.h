// The days that figures of a form are of, and whether a day keeps a deadline. Pure; safe to call from several
// threads. Days are YYYY-MM-DD.
#ifndef ATTAIN_SERVICE_IMPORTING_USES_DAYS_H_
#define ATTAIN_SERVICE_IMPORTING_USES_DAYS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"

namespace attain::importing {

struct DaySpan {
  std::string first, last;
};

// The days that words name: "11月20日", "2024年11月", "11月底前", "第三季度", "年底", "2024-11-20",
// "1月至6月". `year` is taken where the words have none. Nothing for what is no date, or one with other
// figures behind it.
std::optional<DaySpan> SpanOf(absl::string_view words, int year);

// Whether what was reached on `actual` keeps the deadline `target`, both in words. The deadline's own day
// counts as kept, also where it is written "11月30日前". Nothing when one is no date, or when `actual` is a
// time that the deadline cuts in two ("11月" for "11月15日前").
std::optional<bool> KeepsDeadline(absl::string_view target, absl::string_view actual, int year);

// The end of the months that a header word names: "1-7月执行情况" → "2024-07-31", "截至9月底完成情况",
// "上半年完成情况". Empty without.
std::string EndOfMonths(absl::string_view header, int year);

// The day within `year` that the document says its figures are of (数据日期, 截止日期), else that it was
// filled in (填表日期, 填报日期). Empty without.
std::string DayOfDocument(const attain::document::v1::Document& document, int year);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_USES_DAYS_H_
