#include "clients/cli/commands/tables/profile_replay.h"

#include <chrono>
#include <future>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/profile_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::StatusOr<v1::ReplayProfileRequest> RequestFrom(Context& context, std::optional<v1::Profile> rules) {
  v1::ReplayProfileRequest request;
  if (rules.has_value()) {
    *request.mutable_profile() = *std::move(rules);
  } else {
    request.mutable_profile()->set_name(NameResolver::Profile(context.args().At(1)));
    ASSIGN_OR_RETURN(const int version, NumberOption(context, "profile-version"));
    request.set_version(version);
  }
  ASSIGN_OR_RETURN(const int year, YearOption(context));
  request.set_fiscal_year(year);
  if (context.args().Has("unit")) {
    ASSIGN_OR_RETURN(*request.mutable_unit(), context.names().Unit(context.args().Get("unit")));
  }
  request.set_crossing_only(context.args().Has("crossing"));
  context.Read(&request);
  return request;
}

// The server scores everything anew before it answers: that may take a while.
absl::StatusOr<v1::ReplayProfileResponse> Ask(const Context& context, const v1::ReplayProfileRequest& request,
                                              int limit) {
  auto answer = std::async(std::launch::async, [&] {
    return AllPages(context.client(), &client::Client::ReplayProfile, request,
                    &v1::ReplayProfileResponse::mutable_differences, limit);
  });
  ElapsedLine line(&context.err(), context.err_is_terminal(), context.Say(words::kReplaying), absl::Now());
  while (answer.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready)
    line.Update(absl::Now());
  return answer.get();
}

std::string FromTo(const std::string& before, const std::string& after) {
  return before == after ? after
                         : absl::StrCat(before.empty() ? "–" : before, " → ", after.empty() ? "–" : after);
}

void Print(const Context& context, const v1::ReplayProfileResponse& response) {
  context.out() << context.Say(words::kReplayed, context.Count(response.table_count(), "table", "tables"),
                               context.Count(response.indicator_count(), "indicator", "indicators"),
                               response.read().revision())
                << '\n'
                << context.Say(words::kReplayDifferences,
                               context.Count(response.difference_count(), "table scores", "tables score"),
                               context.Count(response.rise_count(), "rises", "rise"),
                               context.Count(response.fall_count(), "falls", "fall"))
                << '\n';
  if (response.differences().empty()) return;
  TablePrinter table({{context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kGrade)},
                      {context.Say(words::kRowsDiffer), Align::kRight}});
  for (const v1::ReplayDifference& difference : response.differences()) {
    table.AddRow({ShortName(difference.table()),
                  difference.display_name(),
                  FromTo(difference.score_before(), difference.score_after()),
                  {FromTo(difference.grade_before(), difference.grade_after()),
                   ColourOfGrade(difference.grade_after())},
                  absl::StrCat(difference.rows_size())});
  }
  table.Print(context.out(), context.style());
}

}  // namespace

absl::Status ReplayProfile(Context& context, std::optional<v1::Profile> rules) {
  ASSIGN_OR_RETURN(const v1::ReplayProfileRequest request, RequestFrom(context, std::move(rules)));
  ASSIGN_OR_RETURN(const int limit, Limit(context));
  ASSIGN_OR_RETURN(const v1::ReplayProfileResponse response, Ask(context, request, limit));
  if (context.json()) return context.PrintJson(response);
  Print(context, response);
  const int64_t rows = request.crossing_only() ? response.differences_size() : response.difference_count();
  if (!response.next_page_token().empty() && rows <= response.differences_size()) {
    context.err() << context.Say(words::kMoreRowsUncounted) << '\n';
  } else {
    SayMoreRows(context, response.differences_size(), rows);
  }
  return absl::OkStatus();
}

}  // namespace attain::cli
