#include "clients/cli/show/explanation_printer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/words/score_words.h"

namespace attain::cli {
namespace {

std::string InputText(const v1::ExplanationInput& input) {
  std::string text = absl::StrCat(input.symbol(), " = ", input.value());
  if (!input.unit().empty()) absl::StrAppend(&text, input.unit() == "%" ? "" : " ", input.unit());
  if (!input.meaning().empty()) absl::StrAppend(&text, "  ", input.meaning());
  if (!input.date().empty()) absl::StrAppend(&text, "  ", input.date());
  if (input.revision() > 0) absl::StrAppend(&text, "  @", input.revision());
  return text;
}

void PrintStep(const Context& context, const v1::Explanation& step, int depth) {
  const std::string indent(static_cast<size_t>(depth) * 2, ' ');
  const Style& style = context.style();
  const auto print = [&](const std::string& line) {
    context.out() << context.Wrap(line, static_cast<int>(indent.size()) + 6) << '\n';
  };
  const std::string result =
      step.result().empty() ? "" : absl::StrCat("  →  ", style.Paint(Colour::kGreen, step.result()));
  print(absl::StrCat(indent, depth > 0 ? "- " : "",
                     depth < 2 ? style.Paint(Colour::kBold, step.title()) : step.title(), result));
  const std::string detail = indent + (depth > 0 ? "    " : "  ");
  if (!step.formula().empty()) print(detail + context.Say(words::kFormula, step.formula()));
  if (!step.worked().empty()) print(detail + context.Say(words::kWorked, step.worked()));
  for (const v1::ExplanationInput& input : step.inputs())
    print(detail + style.Paint(Colour::kDim, InputText(input)));
  if (!step.source().empty())
    print(detail + style.Paint(Colour::kDim, context.Say(words::kSourceLabel, step.source())));
  for (const v1::Explanation& finer : step.steps()) PrintStep(context, finer, depth + 1);
}

}  // namespace

void PrintExplanation(const Context& context, const v1::Explanation& explanation) {
  PrintStep(context, explanation, 0);
}

}  // namespace attain::cli
