#include "clients/cli/commands/common/report_result.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/read_options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {

absl::StatusOr<std::string> DateOption(const Context& context) {
  std::string date = context.args().Get("date");
  if (!date.empty() && !IsDate(date)) return UsageError(context.Say(words::kBadDate, "date", date));
  return date;
}

absl::Status FillReport(const Context& context, v1::ActualReport* report) {
  const Args& args = context.args();
  ASSIGN_OR_RETURN(*report->mutable_date(), DateOption(context));
  report->set_note(args.Get("note"));
  report->set_reason(args.Get("reason"));
  report->set_score(args.Get("score"));
  report->set_deduction(args.Get("deduction"));
  report->set_numerator(args.Get("numerator"));
  report->set_denominator(args.Get("denominator"));
  for (const std::string& evidence : args.GetAll("evidence")) report->add_evidence(evidence);
  return absl::OkStatus();
}

void FillAccepted(const Context& context, google::protobuf::RepeatedPtrField<std::string>* codes) {
  for (absl::string_view code :
       absl::StrSplit(context.args().Get("accept"), absl::ByAnyChar(", "), absl::SkipWhitespace()))
    codes->Add(absl::AsciiStrToUpper(code));
}

void PrintNoticed(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  if (!findings.empty()) PrintFindings(context, findings);
}

void PrintReportResult(const Context& context, const Bilingual& done, const v1::IndicatorScore& indicator,
                       const v1::Score& table, const v1::Commit& commit) {
  const std::string revision =
      commit.revision() > 0 ? absl::StrCat("  ", context.Say(words::kRevision, commit.revision())) : "";
  context.out() << context.Say(done) << revision << '\n';
  PrintIndicator(context, indicator);
  PrintTableLine(context, table);
  const auto& flags = indicator.flags();
  const bool wants_reason =
      std::find(flags.begin(), flags.end(), v1::SCORE_FLAG_REASON_REQUIRED) != flags.end();
  if (wants_reason && indicator.reason().empty()) context.err() << context.Say(words::kNeedsReason) << '\n';
  if (indicator.status() == v1::SCORE_STATUS_UNSCORED) {
    context.err() << context.Say(words::kNeedsScore, RangeText(indicator.sure(), indicator.possible()))
                  << '\n';
  }
}

absl::Status SayNewerCounts(const Context& context, const v1::Actual& actual,
                            const v1::IndicatorScore& indicator) {
  if (actual.date().empty() || indicator.date() <= actual.date()) return absl::OkStatus();
  v1::GetTableRequest request;
  request.set_name(TableOf(indicator.name()));
  ASSIGN_OR_RETURN(const auto response, context.client().GetTable(request));
  for (const v1::Indicator& row : response.table().indicators()) {
    const bool latest =
        row.accumulation() == v1::ACCUMULATION_UNSPECIFIED || row.accumulation() == v1::ACCUMULATION_LATEST;
    if (row.name() == indicator.name() && latest)
      context.err() << context.Say(words::kNewerCounts, actual.date(), indicator.actual(), indicator.date())
                    << '\n';
  }
  return absl::OkStatus();
}

}  // namespace attain::cli
