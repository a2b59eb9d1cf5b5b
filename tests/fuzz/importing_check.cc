#include "tests/fuzz/importing_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

std::string CheckFinding(const Finding& finding, int lines) {
  if (finding.code.empty() || finding.message.zh.empty() || finding.message.en.empty() || finding.repair.zh.empty()) {
    return absl::StrCat("a finding without words: ", finding.code);
  }
  // The linter places what belongs to a whole table of a document cut short at its first line.
  if (finding.place.line < 0 || finding.place.line > lines) return absl::StrCat(finding.code, " at line ", finding.place.line, " of ", lines);
  return "";
}

std::string CheckTable(const ParsedTable& table, int lines) {
  for (const ParsedIndicator& row : table.indicators) {
    if (row.line < 1 || row.line > lines) return absl::StrCat("a row of line ", row.line, " of ", lines);
    if (row.comparator != scoring::Comparator::kNone && !row.target.has_value()) return "a comparator without a number";
  }
  return "";
}

}  // namespace

std::string CheckImport(absl::string_view bytes) {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  ImportOptions options;
  options.profile = &profile;
  const absl::StatusOr<ParsedDocument> document = ParseDocument(bytes, options);
  if (!document.ok()) return document.status().code() == absl::StatusCode::kInvalidArgument ? "" : document.status().ToString();
  const int lines = static_cast<int>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  for (const Finding& finding : document->findings) {
    if (std::string wrong = CheckFinding(finding, lines); !wrong.empty()) return wrong;
  }
  int number = 0;
  for (const ParsedTable& table : document->tables) {
    if (std::string wrong = CheckTable(table, lines); !wrong.empty()) return wrong;
    for (const Finding& finding : Lint(table, ++number, profile)) {
      if (std::string wrong = CheckFinding(finding, lines); !wrong.empty()) return wrong;
    }
  }
  return "";
}

}  // namespace attain::importing
