#include "clients/cli/explanation_printer.h"

#include <string>

#include "absl/strings/str_cat.h"

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
  std::ostream& out = context.out();
  out << indent << (depth > 0 ? "- " : "")
      << (depth < 2 ? style.Paint(Colour::kBold, step.title()) : step.title());
  if (!step.result().empty()) out << "  →  " << style.Paint(Colour::kGreen, step.result());
  out << '\n';
  const std::string detail = indent + (depth > 0 ? "    " : "  ");
  if (!step.formula().empty()) out << detail << context.Say(Msg::kFormula, step.formula()) << '\n';
  if (!step.worked().empty()) out << detail << context.Say(Msg::kWorked, step.worked()) << '\n';
  for (const v1::ExplanationInput& input : step.inputs())
    out << detail << style.Paint(Colour::kDim, InputText(input)) << '\n';
  if (!step.source().empty())
    out << detail << style.Paint(Colour::kDim, context.Say(Msg::kSourceLabel, step.source())) << '\n';
  for (const v1::Explanation& finer : step.steps()) PrintStep(context, finer, depth + 1);
}

}  // namespace

void PrintExplanation(const Context& context, const v1::Explanation& explanation) {
  PrintStep(context, explanation, 0);
}

}  // namespace attain::cli
