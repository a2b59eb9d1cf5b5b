#include "clients/cli/show/score_printer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/score_words.h"

namespace attain::cli {
namespace {

constexpr absl::string_view kGap = "   ";

// Parts of one line; empty ones are left out.
class Line {
 public:
  void Add(const std::string& part) {
    if (!part.empty()) parts_.push_back(part);
  }
  // On a terminal that is too narrow it goes on in the next line, between parts where it can.
  void Print(const Context& context) const {
    std::string line;
    for (const std::string& part : parts_) {
      const int width = PrintedWidth(line) + static_cast<int>(kGap.size()) + PrintedWidth(part);
      if (!line.empty() && context.style().columns() > 0 && width > context.style().columns()) {
        context.out() << context.Wrap(line) << '\n';
        line.clear();
      }
      absl::StrAppend(&line, line.empty() ? "" : kGap, part);
    }
    if (!line.empty()) context.out() << context.Wrap(line) << '\n';
  }

 private:
  std::vector<std::string> parts_;
};

std::string Labelled(const Context& context, const Bilingual& label, absl::string_view value) {
  return value.empty() ? "" : absl::StrCat(context.Say(label), " ", value);
}

std::string Percent(absl::string_view number) {
  return number.empty() ? "" : absl::StrCat(number, "%");
}

std::string ScoreWords(const Context& context, const v1::Score& score) {
  if (score.score().empty()) {
    return context.Say(score.status() == v1::SCORE_STATUS_UNWEIGHTED ? words::kUnweighted : words::kNoScore);
  }
  const std::string words = absl::StrCat(score.score(), score.grade().empty() ? "" : " ", score.grade());
  return Labelled(context, words::kPoints, context.style().Paint(ColourOfGrade(score.grade()), words));
}

// Beside the self score, where there are reviews.
std::string FinalWords(const Context& context, const v1::Score& score) {
  if (score.review_count() == 0 || score.final_score().empty()) return "";
  const std::string words = absl::StrCat(score.final_score(), " ", score.final_grade());
  return Labelled(context, words::kFinalScore,
                  context.style().Paint(ColourOfGrade(score.final_grade()), words));
}

std::string ExecutionWords(const Context& context, const v1::Score& score) {
  if (score.execution_rate().empty()) return "";
  return context.Say(words::kExecutionRate, score.execution_rate(), score.spent(), score.adjusted_budget());
}

std::string StatusWords(const Context& context, const v1::IndicatorScore& row) {
  std::vector<std::string> words;
  if (row.status() != v1::SCORE_STATUS_SCORED) words.emplace_back(Label(row.status(), context.language()));
  for (const int flag : row.flags()) {
    if (flag == v1::SCORE_FLAG_REASON_REQUIRED && !row.reason().empty()) continue;
    words.emplace_back(Label(static_cast<v1::ScoreFlag>(flag), context.language()));
  }
  return absl::StrJoin(words, context.Comma());
}

Colour ColourOfRow(const v1::IndicatorScore& row) {
  if (row.status() != v1::SCORE_STATUS_SCORED) return Colour::kDim;
  return row.flags().empty() ? Colour::kNone : Colour::kYellow;
}

}  // namespace

void PrintScoreHeader(const Context& context, const v1::Score& score) {
  Line title, result, parts, counts;
  title.Add(context.style().Paint(Colour::kBold, score.display_name()));
  title.Add(ShortName(score.name()));
  title.Add(absl::StrCat(score.fiscal_year()));
  result.Add(ScoreWords(context, score));
  result.Add(FinalWords(context, score));
  result.Add(Labelled(context, words::kSureToPossible, RangeText(score.sure(), score.possible())));
  if (score.light() != v1::WARNING_LIGHT_UNSPECIFIED) {
    const absl::string_view light = Label(score.light(), context.language());
    result.Add(Labelled(context, words::kLight, context.style().Paint(ColourOf(score.light()), light)));
  }
  parts.Add(Labelled(context, words::kIndicatorPoints, score.indicator_points()));
  parts.Add(Labelled(context, words::kExecution, score.execution_points()));
  parts.Add(ExecutionWords(context, score));
  parts.Add(Labelled(context, words::kCompletion, Percent(score.completion())));
  parts.Add(Labelled(context, words::kAmendmentPoints, score.amendment_points()));
  if (score.review_count() > 0) counts.Add(context.Say(words::kReviewedCount, score.review_count()));
  if (score.table_count() > 0)
    counts.Add(Labelled(context, words::kTables, absl::StrCat(score.table_count())));
  if (score.unweighted_count() > 0)
    counts.Add(Labelled(context, words::kUnweightedTables, absl::StrCat(score.unweighted_count())));
  counts.Add(context.Say(words::kReported, score.reported_count(), score.indicator_count()));
  if (score.unscored_count() > 0)
    counts.Add(Labelled(context, words::kWaiting, absl::StrCat(score.unscored_count())));
  if (!score.profile().empty())
    counts.Add(context.Say(words::kRulesLine, ShortName(score.profile()), score.profile_version()));
  if (score.revision() > 0 && !context.validate_only())
    counts.Add(context.Say(words::kRevision, score.revision()));
  for (const Line& line : {title, result, parts, counts}) line.Print(context);
}

void PrintIndicatorRows(const Context& context, const v1::Score& score) {
  TablePrinter table({{context.Say(words::kNumber)},
                      {context.Say(words::kIndicator), Align::kLeft, true},
                      {context.Say(words::kTarget), Align::kLeft, true, 1},
                      {context.Say(words::kActual), Align::kLeft, true},
                      {context.Say(words::kWeight), Align::kRight},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kReviewPoints), Align::kRight},
                      {context.Say(words::kSureToPossible), Align::kRight, false, 3},
                      {context.Say(words::kRate), Align::kRight, false, 2},
                      {context.Say(words::kRemarks), Align::kLeft, true}});
  for (const v1::IndicatorScore& row : score.indicators()) {
    const std::string id = row.name().substr(row.name().rfind('/') + 1);
    table.AddRow({id,
                  row.display_name(),
                  row.target(),
                  row.actual(),
                  row.weight(),
                  row.score(),
                  row.review_score(),
                  RangeText(row.sure(), row.possible()),
                  Percent(row.completion()),
                  {StatusWords(context, row), ColourOfRow(row)}});
  }
  if (table.empty()) return;
  context.out() << '\n';
  table.Print(context.out(), context.style());
}

void PrintIndicator(const Context& context, const v1::IndicatorScore& score) {
  Line title, values, points;
  title.Add(context.style().Paint(Colour::kBold, score.display_name()));
  title.Add(ShortName(score.name()));
  values.Add(Labelled(context, words::kTarget, score.target()));
  if (!score.actual().empty()) {
    const std::string date = score.date().empty() ? "" : absl::StrCat(" (", score.date(), ")");
    values.Add(Labelled(context, words::kActual, absl::StrCat(score.actual(), date)));
  }
  values.Add(Labelled(context, words::kRate, Percent(score.completion())));
  if (!score.score().empty())
    points.Add(Labelled(context, words::kPoints, absl::StrCat(score.score(), " / ", score.weight())));
  points.Add(Labelled(context, words::kSureToPossible, RangeText(score.sure(), score.possible())));
  points.Add(context.style().Paint(ColourOfRow(score), StatusWords(context, score)));
  if (score.revision() > 0 && !context.validate_only())
    points.Add(context.Say(words::kRevision, score.revision()));
  for (const Line& line : {title, values, points}) line.Print(context);
  if (!score.review_score().empty()) {
    std::string review =
        absl::StrCat(context.Say(words::kReviewPoints), " ", score.review_score(), "  ", score.reviewer());
    if (!score.review_reason().empty()) absl::StrAppend(&review, context.Colon(), score.review_reason());
    context.out() << context.Wrap(review) << '\n';
  }
  if (!score.reason().empty())
    context.out() << context.Wrap(absl::StrCat(context.Say(words::kReason), context.Colon(), score.reason()))
                  << '\n';
}

void PrintScoreList(const Context& context, const google::protobuf::RepeatedPtrField<v1::Score>& scores,
                    int first_rank) {
  TablePrinter table({{context.Say(words::kRank), Align::kRight},
                      {context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kYear), Align::kLeft, false, 1},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kGrade)},
                      {context.Say(words::kSureToPossible), Align::kRight, false, 2},
                      {context.Say(words::kReportedShort), Align::kRight, false, 3},
                      {context.Say(words::kSpentShare), Align::kRight, false, 5},
                      {context.Say(words::kLightShort), Align::kLeft, false, 4}});
  int rank = first_rank;
  for (const v1::Score& score : scores) {
    const bool scored = !score.score().empty();
    const Cell grade(scored ? score.grade() : std::string(Label(score.status(), context.language())),
                     scored ? ColourOfGrade(score.grade()) : Colour::kDim);
    table.AddRow({scored ? absl::StrCat(rank++) : "",
                  ShortName(score.name()),
                  score.display_name(),
                  absl::StrCat(score.fiscal_year()),
                  score.score(),
                  grade,
                  RangeText(score.sure(), score.possible()),
                  absl::StrCat(score.reported_count(), "/", score.indicator_count()),
                  Percent(score.execution_rate()),
                  {Label(score.light(), context.language()), ColourOf(score.light())}});
  }
  table.Print(context.out(), context.style());
}

void PrintTableLine(const Context& context, const v1::Score& score) {
  Line line;
  line.Add(absl::StrCat(score.display_name(), " (", ShortName(score.name()), ")"));
  line.Add(ScoreWords(context, score));
  line.Add(FinalWords(context, score));
  line.Add(Labelled(context, words::kSureToPossible, RangeText(score.sure(), score.possible())));
  line.Add(context.Say(words::kReported, score.reported_count(), score.indicator_count()));
  line.Print(context);
}

}  // namespace attain::cli
