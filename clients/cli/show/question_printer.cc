#include "clients/cli/show/question_printer.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/input/names.h"
#include "clients/cli/show/actual_text.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/question_words.h"

namespace attain::cli {
namespace {

std::string LastPart(absl::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

// "88.00 良", or a dash.
std::string FigureText(absl::string_view score, absl::string_view grade) {
  if (score.empty()) return "–";
  return absl::StrCat(score, grade.empty() ? "" : " ", grade);
}

// With its sign, so that gains and losses stand apart.
std::string Signed(const std::string& points) {
  if (absl::StartsWith(points, "-") || points.find_first_not_of("0.") == std::string::npos) return points;
  return absl::StrCat("+", points);
}

Colour ColourOfChange(absl::string_view points) {
  if (absl::StartsWith(points, "-")) return Colour::kRed;
  return points.find_first_not_of("0.") == absl::string_view::npos ? Colour::kDim : Colour::kGreen;
}

std::string RevisionsText(const Context& context, const v1::ScoreDifference& part) {
  std::string text;
  for (const int64_t revision : part.revisions()) absl::StrAppend(&text, text.empty() ? "" : " ", revision);
  if (part.revision_count() > part.revisions_size())
    absl::StrAppend(&text, " ", context.Say(words::kMoreRevisions, part.revision_count()));
  return text;
}

// The final figure: a review counts where there is one.
std::string FinalText(const v1::Score& score) {
  return score.final_score().empty() ? FigureText(score.score(), score.grade())
                                     : FigureText(score.final_score(), score.final_grade());
}

// Empty when the table has none of that name.
v1::Indicator RowOf(const v1::Table& table, const std::string& name) {
  for (const v1::Indicator& row : table.indicators()) {
    if (row.name() == name) return row;
  }
  return {};
}

void PrintChanges(const Context& context, const v1::Table& declared,
                  const v1::SolveForScoreResponse& response) {
  TablePrinter table({{context.Say(words::kNumber)},
                      {context.Say(words::kIndicator), Align::kLeft, true},
                      {context.Say(words::kValueNow), Align::kRight},
                      {context.Say(words::kValueThen), Align::kRight},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kGained), Align::kRight}});
  for (const v1::AssumedValue& value : response.values()) {
    const v1::Indicator row = RowOf(declared, value.indicator());
    const bool number = !row.target().value().empty();
    table.AddRow({LastPart(value.indicator()),
                  row.display_name(),
                  value.value_now().empty() ? "–" : value.value_now(),
                  number ? WithUnit(value.value(), row.target().unit()) : value.value(),
                  value.score(),
                  {Signed(value.gained()), ColourOfChange(value.gained())}});
  }
  if (!table.empty()) {
    context.out() << '\n';
    table.Print(context.out(), context.style());
  }
  if (!response.spent().empty())
    context.out() << '\n' << context.Say(words::kSpendTo, response.spent()) << '\n';
}

void PrintLost(const Context& context, const v1::SolveForScoreResponse& response) {
  if (response.out_of_reach().empty()) return;
  context.out() << '\n' << context.style().Paint(Colour::kBold, context.Say(words::kLostHeading)) << '\n';
  TablePrinter table({{context.Say(words::kNumber)},
                      {context.Say(words::kIndicator), Align::kLeft, true},
                      {context.Say(words::kLostPoints), Align::kRight},
                      {context.Say(words::kWhy), Align::kLeft, true}});
  for (const v1::OutOfReach& lost : response.out_of_reach()) {
    table.AddRow(
        {LastPart(lost.indicator()), lost.display_name(), {lost.points(), Colour::kRed}, lost.reason()});
  }
  table.Print(context.out(), context.style());
}

}  // namespace

void PrintDifference(const Context& context, const std::string& name,
                     const v1::DiffScoresResponse& response) {
  context.out() << ShortName(name) << "   "
                << context.Say(words::kBetweenLine, response.from_revision(), response.read().revision())
                << '\n'
                << context.Say(
                       words::kDifferenceLine, FigureText(response.score_before(), response.grade_before()),
                       FigureText(response.score_after(), response.grade_after()), Signed(response.points()))
                << '\n';
  if (response.parts().empty()) {
    context.out() << context.Say(words::kNothingChanged) << '\n';
    return;
  }
  context.out() << '\n';
  TablePrinter table({{context.Say(words::kDifferenceCause)},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kExact), Align::kRight},
                      {context.Say(words::kRevisions), Align::kLeft, true}});
  for (const v1::ScoreDifference& part : response.parts()) {
    table.AddRow({Label(part.cause(), context.language()),
                  {Signed(part.points()), ColourOfChange(part.points())},
                  part.exact(),
                  RevisionsText(context, part)});
  }
  table.Print(context.out(), context.style());
}

void PrintSimulation(const Context& context, const v1::SimulateScoreResponse& response) {
  context.out() << context.style().Paint(Colour::kBold, context.Say(words::kNowLine)) << '\n';
  PrintScoreHeader(context, response.score_now());
  context.out() << '\n' << context.style().Paint(Colour::kBold, context.Say(words::kAssumedLine)) << '\n';
  PrintScoreHeader(context, response.score());
  PrintIndicatorRows(context, response.score());
  if (!response.has_unit_score()) return;
  const v1::Score& unit = response.unit_score();
  context.out() << '\n'
                << context.Wrap(context.Say(words::kUnitLine, unit.display_name(),
                                            FinalText(response.unit_score_now()), FinalText(unit)))
                << '\n';
}

void PrintSolution(const Context& context, const v1::Table& declared,
                   const v1::SolveForScoreResponse& response) {
  const auto print = [&](const std::string& sentence) { context.out() << context.Wrap(sentence) << '\n'; };
  if (!response.reachable()) {
    print(context.Say(words::kNotReachable, response.needed(), response.possible()));
  } else if (response.values().empty() && response.spent().empty()) {
    print(context.Say(words::kReachedAlready, response.score(), response.needed()));
  } else {
    print(context.Say(words::kSolvedLine, response.needed(), response.score(), response.cost()));
    PrintChanges(context, declared, response);
  }
  PrintLost(context, response);
  if (response.too_late()) print(absl::StrCat("\n", context.Say(words::kTooLate)));
  if (!response.too_late_from().empty())
    print(absl::StrCat("\n", context.Say(words::kTooLateFrom, response.too_late_from())));
}

}  // namespace attain::cli
