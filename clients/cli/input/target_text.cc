#include "clients/cli/input/target_text.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace attain::cli {
namespace {

constexpr std::pair<absl::string_view, v1::Comparator> kSigns[] = {
    {">=", v1::COMPARATOR_AT_LEAST}, {"≥", v1::COMPARATOR_AT_LEAST}, {"<=", v1::COMPARATOR_AT_MOST},
    {"≤", v1::COMPARATOR_AT_MOST},   {">", v1::COMPARATOR_GREATER},  {"<", v1::COMPARATOR_LESS},
    {"=", v1::COMPARATOR_EQUAL}};

}  // namespace

std::optional<v1::Target> ParseTarget(absl::string_view text) {
  const std::string folded = absl::StrReplaceAll(text, {{"＞", ">"},
                                                        {"＜", "<"},
                                                        {"＝", "="},
                                                        {"≧", "≥"},
                                                        {"≦", "≤"},
                                                        {"％", "%"},
                                                        {"．", "."},
                                                        {"－", "-"},
                                                        {"０", "0"},
                                                        {"１", "1"},
                                                        {"２", "2"},
                                                        {"３", "3"},
                                                        {"４", "4"},
                                                        {"５", "5"},
                                                        {"６", "6"},
                                                        {"７", "7"},
                                                        {"８", "8"},
                                                        {"９", "9"}});
  absl::string_view rest = absl::StripAsciiWhitespace(folded);
  if (rest.empty()) return std::nullopt;
  v1::Target target;
  for (const auto& [sign, comparator] : kSigns) {
    if (!absl::ConsumePrefix(&rest, sign)) continue;
    target.set_comparator(comparator);
    break;
  }
  rest = absl::StripLeadingAsciiWhitespace(rest);
  size_t end = 0;
  while (end < rest.size() &&
         (absl::ascii_isdigit(rest[end]) || rest[end] == '.' || (end == 0 && rest[end] == '-')))
    ++end;
  if (end == 0) {
    target.set_text(std::string(absl::StripAsciiWhitespace(text)));
    target.clear_comparator();
    return target;
  }
  target.set_value(std::string(rest.substr(0, end)));
  target.set_unit(std::string(absl::StripAsciiWhitespace(rest.substr(end))));
  return target;
}

}  // namespace attain::cli
