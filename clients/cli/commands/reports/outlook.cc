#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/choice.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/monitoring_words.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::RecordOutlookRequest request;
  v1::Outlook* outlook = request.mutable_outlook();
  ASSIGN_OR_RETURN(const v1::Likelihood likelihood,
                   Choose<v1::Likelihood>(context, words::kLikelihood, args.At(1)));
  outlook->set_likelihood(likelihood);
  if (args.Has("cause")) {
    ASSIGN_OR_RETURN(const v1::OutlookCause cause,
                     Choose<v1::OutlookCause>(context, words::kCause, args.Get("cause")));
    outlook->set_cause(cause);
  }
  outlook->set_text(args.Get("text"));
  outlook->set_expected(args.Get("expected"));
  ASSIGN_OR_RETURN(*outlook->mutable_date(), DateOption(context));
  ASSIGN_OR_RETURN(*request.mutable_indicator(), context.names().Indicator(args.At(0)));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RecordOutlook(request));
  if (context.json()) return context.PrintJson(response);
  const v1::Outlook& recorded = response.outlook();
  context.out() << context.Say(context.validate_only() ? words::kWouldRecord : words::kRecorded) << "  "
                << ShortName(request.indicator()) << "  " << recorded.date() << "  "
                << Label(recorded.likelihood(), context.language());
  if (recorded.cause() != v1::OUTLOOK_CAUSE_UNSPECIFIED) {
    context.out() << "  " << Label(recorded.cause(), context.language());
  }
  if (response.commit().revision() > 0) {
    context.out() << "  " << context.Say(words::kRevision, response.commit().revision());
  }
  context.out() << '\n';
  return absl::OkStatus();
}

}  // namespace

Command OutlookCommand() {
  Command command;
  command.name = "outlook";
  command.group = Group::kReport;
  command.usage = "INDICATOR LIKELIHOOD";
  command.least = command.most = 2;
  command.options = {"cause", "text", "expected", "date"};
  command.summary = {"填报完成目标可能性", "say how likely a target is reached"};
  command.text = {
      "填报一项指标完成目标的可能性：确定能、有可能、完全不可能，以及偏差原因：经费、制度、人员、硬件条件、其"
      "他。\n"
      "红灯和黄灯的指标、不能确定完成的指标须选原因；选“其他”须用 --text 说明。",
      "Says how likely an indicator reaches its target: certain, possible or impossible; and the cause: "
      "funds, "
      "rules, people,\n"
      "equipment or other. A cause is compulsory while the indicator is red or yellow and wherever the "
      "target "
      "is not certain;\n"
      "other needs --text."};
  command.examples = {{"outlook p1/i2 certain", {"确定能完成", "it will be reached"}},
                      {"outlook p1/i2 有可能 --cause 人员 --text 两人离职 --expected '28 个'",
                       {"有可能完成，原因是人员", "possible; people are the cause"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
