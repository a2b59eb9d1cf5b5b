#include "clients/cli/show/watch_view.h"

#include <cmath>
#include <tuple>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "clients/cli/show/actual_text.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/score_words.h"
#include "clients/cli/words/watch_words.h"

namespace attain::cli {
namespace {

// Of a unit with its year, which has less letters than "tables" and so comes before them.
std::string KeyOf(const v1::Score& score) {
  return absl::StrCat(score.name(), score.table_count() > 0 ? absl::StrCat("/", score.fiscal_year()) : "");
}

Colour ColourOfMovement(absl::string_view movement) {
  if (movement.empty()) return Colour::kNone;
  return movement[0] == '+' ? Colour::kGreen : Colour::kRed;
}

std::string ClockOf(const google::protobuf::Timestamp& time) {
  const std::string text = TimeText(time);
  return text.substr(text.find(' ') + 1);
}

// "81.50 → 93.99", "→ 93.99" when there was none.
std::string StepText(const v1::WatchEvent& event) {
  const std::string& before = event.score_before().score();
  const std::string& after = event.score_after().score();
  return absl::StrCat(before.empty() ? "–" : before, " → ", after.empty() ? "–" : after);
}

std::string ActualWords(const Context& context, const v1::Actual& actual) {
  return absl::StrCat(ActualText(actual), "  ", actual.date(), "  ",
                      Label(actual.state(), context.language()));
}

std::string PaintedGrade(const Context& context, const std::string& grade) {
  return grade.empty() ? "" : absl::StrCat("  ", context.style().Paint(ColourOfGrade(grade), grade));
}

std::string EventText(const Context& context, const v1::WatchEvent& event) {
  if (event.has_actual()) return ActualWords(context, event.actual());
  if (event.has_table()) return std::string(Label(event.table().state(), context.language()));
  const v1::Score& after = event.score_after();
  const std::string movement = Movement(event.score_before().score(), after.score());
  return absl::StrCat(StepText(event), movement.empty() ? "" : "  ",
                      context.style().Paint(ColourOfMovement(movement), movement),
                      PaintedGrade(context, after.grade()));
}

}  // namespace

std::string Movement(absl::string_view before, absl::string_view after) {
  double from = 0, to = 0;
  if (!absl::SimpleAtod(before, &from) || !absl::SimpleAtod(after, &to) || std::abs(to - from) < 0.0005)
    return "";
  return absl::StrFormat("%+.2f", to - from);
}

bool WatchView::NameLess::operator()(const std::string& a, const std::string& b) const {
  const std::vector<absl::string_view> x = absl::StrSplit(a, '/'), y = absl::StrSplit(b, '/');
  for (size_t i = 0; i < x.size() && i < y.size(); ++i) {
    if (x[i] != y[i]) return std::make_tuple(x[i].size(), x[i]) < std::make_tuple(y[i].size(), y[i]);
  }
  return x.size() < y.size();
}

void WatchView::Apply(const v1::WatchSnapshot& snapshot) {
  for (const v1::Score& score : snapshot.scores()) rows_[KeyOf(score)].score = score;
}

void WatchView::Apply(const v1::WatchChanges& changes) {
  for (const v1::WatchEvent& event : changes.events()) {
    if (event.left()) {
      rows_.erase(KeyOf(event.has_score_after() ? event.score_after() : event.score_before()));
    } else if (event.has_score_after()) {
      Row& row = rows_[KeyOf(event.score_after())];
      row.score = event.score_after();
      row.movement = Movement(event.score_before().score(), event.score_after().score());
      row.time = changes.record_time();
      row.actor = event.actor();
    }
  }
}

TablePrinter WatchView::Table(const Context& context, size_t most) const {
  TablePrinter table({{context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kActual), Align::kLeft, true, 1, 8},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kChange), Align::kRight},
                      {context.Say(words::kGrade)},
                      {context.Say(words::kSureToPossible), Align::kRight, false, 6},
                      {context.Say(words::kReportedShort), Align::kRight, false, 5},
                      {context.Say(words::kLightShort), Align::kLeft, false, 4},
                      {context.Say(words::kTime), Align::kLeft, false, 2},
                      {context.Say(words::kActor), Align::kLeft, true, 3, 8}});
  size_t shown = 0;
  for (const auto& [key, row] : rows_) {
    if (shown++ == most) break;
    const v1::Score& score = row.score;
    const bool scored = !score.score().empty();
    const bool indicator = score.indicators_size() == 1;
    table.AddRow({ShortName(score.name()),
                  score.display_name(),
                  indicator ? score.indicators(0).actual() : "",
                  score.score(),
                  {row.movement, ColourOfMovement(row.movement)},
                  {scored ? score.grade() : std::string(Label(score.status(), context.language())),
                   scored ? ColourOfGrade(score.grade()) : Colour::kDim},
                  RangeText(score.sure(), score.possible()),
                  indicator ? "" : absl::StrCat(score.reported_count(), "/", score.indicator_count()),
                  {Label(score.light(), context.language()), ColourOf(score.light())},
                  ClockOf(row.time),
                  row.actor});
  }
  return table;
}

void PrintSnapshot(const Context& context, const v1::WatchSnapshot& snapshot, int64_t revision) {
  const std::string word = context.Say(words::kSnapshotWord);
  constexpr int kTimeWidth = 19;
  const std::string start =
      absl::StrCat(word, std::string(static_cast<size_t>(kTimeWidth - DisplayWidth(word)), ' '), "  ",
                   context.Say(words::kRevision, revision), "  ");
  const auto print = [&](const std::string& name, const std::string& text) {
    context.out() << start << context.style().Paint(Colour::kBold, ShortName(name)) << "  " << text << '\n';
  };
  for (const v1::Score& score : snapshot.scores()) {
    print(score.name(),
          absl::StrCat(score.score().empty() ? "–" : score.score(), PaintedGrade(context, score.grade())));
  }
  for (const v1::Table& table : snapshot.tables())
    print(table.name(), std::string(Label(table.state(), context.language())));
  for (const v1::Actual& actual : snapshot.actuals()) print(actual.name(), ActualWords(context, actual));
  context.out().flush();
}

void PrintChanges(const Context& context, const v1::WatchChanges& changes) {
  for (const v1::WatchEvent& event : changes.events()) {
    std::string line = absl::StrCat(
        TimeText(changes.record_time()), "  ", context.Say(words::kRevision, changes.revision()), "  ",
        context.style().Paint(Colour::kBold, ShortName(event.name())), "  ", EventText(context, event));
    if (!event.actor().empty()) absl::StrAppend(&line, "  ", event.actor());
    absl::StrAppend(&line, "  ", LabelOfMethod(event.cause(), context.language()));
    context.out() << line << '\n';
  }
  context.out().flush();
}

}  // namespace attain::cli
