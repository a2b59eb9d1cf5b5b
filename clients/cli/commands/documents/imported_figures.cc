#include "clients/cli/commands/documents/imported_figures.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/document_words.h"

namespace attain::cli {
namespace {

std::string PlaceOf(const Context& context, const v1::ImportedActual& actual) {
  std::string place = actual.sheet();
  const auto add = [&](const std::string& part) { absl::StrAppend(&place, place.empty() ? "" : " ", part); };
  if (actual.page() > 0) add(context.Say(words::kPageShort, actual.page()));
  if (!actual.address().empty()) add(actual.address());
  if (place.empty() && actual.line() > 0) add(context.Say(words::kLineShort, actual.line()));
  return place;
}

void PrintActuals(const Context& context, const v1::ImportDocumentResponse& response) {
  TablePrinter table({{std::string(context.In({"指标", "indicator"})), Align::kLeft, true},
                      {std::string(context.In({"实际完成值", "actual"})), Align::kRight},
                      {std::string(context.In({"日期", "date"}))},
                      {std::string(context.In({"得分", "score"})), Align::kRight},
                      {std::string(context.In({"表中得分", "form"})), Align::kRight},
                      {std::string(context.In({"位置", "place"})), Align::kLeft, false, 1},
                      {std::string()}});
  for (const v1::ImportedActual& actual : response.actuals()) {
    table.AddRow({actual.display_name(), actual.value(), actual.date(), actual.score(), actual.typed_score(),
                  PlaceOf(context, actual),
                  actual.already_recorded() ? context.Say(words::kThereBefore) : ""});
  }
  if (!table.empty()) table.Print(context.out(), context.style());
}

void PrintSpending(const Context& context, const v1::ImportDocumentResponse& response) {
  for (const v1::ImportedSpending& spending : response.spending()) {
    const std::string of =
        spending.adjusted_budget().empty() ? "" : context.Say(words::kOfBudget, spending.adjusted_budget());
    context.out() << context.Say(words::kFigureSpent, spending.display_name(), spending.spent(), of,
                                 spending.date())
                  << (spending.already_recorded() ? absl::StrCat("  ", context.Say(words::kThereBefore)) : "")
                  << '\n';
  }
}

std::string Shown(const std::string& text) {
  return text.empty() ? "—" : text;
}

void PrintScores(const Context& context, const v1::ImportDocumentResponse& response) {
  for (const v1::ImportedScore& each : response.scores()) {
    const v1::Score& score = each.score();
    if (!each.typed_points().empty()) {
      context.out() << context.Say(words::kFormPoints, score.display_name(), each.points(),
                                   each.typed_points())
                    << '\n';
    }
    context.out() << context.Say(words::kFormTotal, score.display_name(), Shown(score.score()), score.grade(),
                                 Shown(each.typed_score()), each.typed_grade())
                  << '\n';
  }
}

}  // namespace

void PrintFigures(const Context& context, const v1::ImportDocumentResponse& response) {
  PrintActuals(context, response);
  PrintSpending(context, response);
  PrintScores(context, response);
  if (response.actuals_size() + response.spending_size() > 0) context.out() << '\n';
}

void PrintFigureCounts(const Context& context, const v1::ImportDocumentResponse& response) {
  const int before = response.already_recorded();
  const auto is_new = [](const auto& figure) { return !figure.already_recorded(); };
  const auto actuals = std::count_if(response.actuals().begin(), response.actuals().end(), is_new);
  const auto spending = std::count_if(response.spending().begin(), response.spending().end(), is_new);
  if (actuals + spending + before == 0) {
    context.out() << context.Say(words::kNoFigures) << '\n';
    return;
  }
  const std::string values = context.Count(actuals, "actual value", "actual values");
  const std::string money = context.Count(spending, "spending record", "spending records");
  context.out() << (context.validate_only() ? context.Say(words::kWouldRecordFigures, values, money)
                    : actuals + spending == 0
                        ? context.Say(words::kNothingNew)
                        : context.Say(words::kFiguresRecorded, values, money, response.commit().revision()));
  if (before > 0) context.out() << context.In({"", " "}) << context.Say(words::kFiguresBefore, before);
  context.out() << '\n';
}

}  // namespace attain::cli
