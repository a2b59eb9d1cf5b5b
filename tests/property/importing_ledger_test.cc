// Nothing is lost in silence: whatever happens to a table on its way, each cell that was planted in it ends
// in a field, in a finding, or is of a kind that holds no content. 2,000 documents; ATTAIN_DOCUMENTS=100000
// makes more (scripts/soak documents).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/document.h"
#include "service/importing/values/text.h"
#include "tests/fuzz/importing_check.h"
#include "tests/property/random_form.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

const scoring::Profile& Profile() {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  return profile;
}

void AddAll(const std::string& text, std::set<std::string>* tokens) {
  for (std::string& token : TokensIn(text)) tokens->insert(std::move(token));
}

void AddAll(const std::optional<Decimal>& number, std::set<std::string>* tokens) {
  if (number.has_value()) AddAll(number->ToString(), tokens);
}

std::set<std::string> TokensOf(const ParsedIndicator& row) {
  std::set<std::string> tokens;
  for (const std::string* text :
       {&row.level1, &row.level2, &row.name, &row.unit, &row.target_text, &row.basis, &row.prior_text,
        &row.rule_text, &row.evidence, &row.actual, &row.score, &row.review, &row.reached, &row.reason}) {
    AddAll(*text, &tokens);
  }
  for (const auto* number : {&row.target, &row.prior_value, &row.weight}) AddAll(*number, &tokens);
  return tokens;
}

// Tokens in fields and in the words of findings.
std::set<std::string> Accounted(const ParsedDocument& document) {
  std::set<std::string> tokens;
  for (const ParsedTable& table : document.tables) {
    for (const std::string* text : {&table.unit_name, &table.name, &table.leader, &table.goal, &table.result,
                                    &table.typed_score, &table.typed_grade}) {
      AddAll(*text, &tokens);
    }
    for (const auto* number : {&table.total, &table.fiscal, &table.other, &table.adjusted, &table.spent})
      AddAll(*number, &tokens);
    for (const ParsedIndicator& row : table.indicators) {
      const std::set<std::string> of_row = TokensOf(row);
      tokens.insert(of_row.begin(), of_row.end());
    }
  }
  for (const Finding& finding : document.findings) {
    for (const std::string* text : {&finding.raw, &finding.understood, &finding.place.cell})
      AddAll(*text, &tokens);
  }
  return tokens;
}

// Words that may stand as furniture, written down here and not taken from the dictionaries of the reader.
bool IsFurnitureRow(const FormRow& row) {
  std::vector<std::string> words;
  for (const std::string& cell : row) {
    if (!Squeeze(cell).empty()) words.push_back(Squeeze(Narrow(cell)));
  }
  for (size_t i = 0; i < words.size() && i < 3; ++i) {
    if (words[i] == "合计") return true;
    const bool signed_by =
        absl::StartsWith(words[i], "填表人") || words[i] == "项目负责人" || absl::StartsWith(words[i], "注:");
    if (i == 0 && signed_by) return true;
  }
  return false;
}

// Words alone in their row, outside the table or as a line of a text: no figure with a comparator and no
// level.
bool IsProseRow(const FormRow& row, bool line) {
  int cells = 0;
  for (const std::string& cell : row) {
    const std::string word = Squeeze(cell);
    cells += word.empty() ? 0 : 1;
    if (absl::StrContains(word, "≥") || absl::StrContains(word, "≤") || absl::EndsWith(word, "指标"))
      return false;
  }
  return line || cells == 1;
}

// A word that only a target table's header has: a level, a comparator, a weight.
bool HasOwnHeader(const Form& form) {
  for (const FormRow& row : form.rows) {
    int cells = 0, own = 0;
    for (const std::string& cell : row) {
      const std::string word = Squeeze(cell);
      cells += word.empty() ? 0 : 1;
      own += (absl::EndsWith(word, "指标") && word != "指标") || word == "一级指标" || word == "二级指标" ||
                     word == "指标性质" || absl::StartsWith(word, "分值") || absl::StartsWith(word, "权重")
                 ? 1
                 : 0;
    }
    if (cells > 1 && own > 0) return true;
  }
  return false;
}

// Whole numbers below 序号.
bool IsRowNumber(const Form& form, const FormRow& row, size_t cell) {
  if (row[cell].find_first_not_of("0123456789") != std::string::npos) return false;
  return std::any_of(form.rows.begin(), form.rows.end(),
                     [&](const FormRow& other) { return cell < other.size() && other[cell] == "序号"; });
}

class Check {
 public:
  Check(uint64_t seed, Writing writing) : writing_(writing) {
    Random random(seed);
    forms_ = RandomForms(random);
    source_ = Write(forms_, writing, &line_of_);
    ImportOptions options;
    options.profile = &Profile();
    absl::StatusOr<ParsedDocument> document = ReadDocument(source_, options);
    if (document.ok()) document_ = *std::move(document);
  }

  // Empty, or what was lost.
  std::string Run() {
    if (std::string wrong = CheckDocument(source_); !wrong.empty()) return wrong;
    accounted_ = Accounted(document_);
    size_t number = 0;
    for (size_t f = 0; f < forms_.size(); ++f) {
      for (size_t r = 0; r < forms_[f].rows.size(); ++r, ++number) {
        for (size_t c = 0; c < forms_[f].rows[r].size(); ++c) {
          if (std::string wrong = CheckCell(f, r, c, line_of_[number]); !wrong.empty()) return wrong;
        }
      }
    }
    return CheckNumbers();
  }

  std::string Shown() const {
    std::string text = source_.text();
    for (const Form& form : forms_) {
      for (const FormRow& row : form.rows) {
        if (writing_ == Writing::kGrid) absl::StrAppend(&text, absl::StrJoin(row, "\t"), "\n");
      }
    }
    for (const Finding& finding : document_.findings) {
      absl::StrAppend(&text, finding.code, " ", finding.place.line, finding.place.sheet,
                      finding.place.address, " ", finding.place.cell, ": ", finding.raw, "\n");
    }
    return text;
  }

 private:
  std::string CheckCell(size_t f, size_t r, size_t c, int line) {
    const FormRow& row = forms_[f].rows[r];
    for (const std::string& token : TokensIn(row[c])) {
      if (accounted_.count(token) > 0 || IsFurnitureRow(row) || IsCoveredByColumn(forms_[f], r, c) ||
          IsCoveredByRow(f, r, line))
        continue;
      if (IsRowNumber(forms_[f], row, c) || IsProse(row, c) || !HasOwnHeader(BlockOf(forms_[f], r))) continue;
      return absl::StrCat("lost: ", token, " of row ", r + 1, " of form ", f + 1, " (line ", line, "), cell ",
                          c + 1, " \"", row[c], "\"");
    }
    return "";
  }

  // Where blanks or line ends tell cells apart, what is in no table is lines of text.
  bool IsProse(const FormRow& row, size_t cell) const {
    if (writing_ == Writing::kCellPerLine) return IsProseRow({row[cell]}, true);
    return IsProseRow(row, writing_ == Writing::kBlanks);
  }

  // In a text, a line by itself parts one grid from the next.
  Form BlockOf(const Form& form, size_t at) const {
    if (writing_ == Writing::kGrid) return form;
    const auto parts = [&](size_t r) {
      return std::count_if(form.rows[r].begin(), form.rows[r].end(),
                           [](const std::string& cell) { return !cell.empty(); }) < 2;
    };
    size_t first = at, last = at;
    while (first > 0 && !parts(first - 1)) --first;
    while (last + 1 < form.rows.size() && !parts(last + 1)) ++last;
    Form block;
    block.rows.assign(form.rows.begin() + static_cast<std::ptrdiff_t>(first),
                      form.rows.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return block;
  }

  // A finding that counts the cells of a column names its header word. Where a row has more or fewer cells
  // than the header, any of its columns may be the one.
  bool IsCoveredByColumn(const Form& form, size_t at, size_t column) const {
    if (writing_ != Writing::kGrid) {
      // A row that stands in front of its own table is read under the header above it.
      const auto names = [&](const Finding& finding) {
        return finding.code == "COLUMN_UNKNOWN" || finding.code == "COLUMN_NOT_KEPT";
      };
      const bool any = std::any_of(document_.findings.begin(), document_.findings.end(), names);
      if (any && (writing_ == Writing::kCellPerLine || &form != &forms_[0])) {
        const bool headed = std::any_of(
            form.rows.begin(), form.rows.begin() + static_cast<std::ptrdiff_t>(at),
            [](const FormRow& row) { return std::count(row.begin(), row.end(), "一级指标") > 0; });
        if (!headed || writing_ == Writing::kCellPerLine) return true;
      }
    }
    const auto cells = [](const FormRow& row) {
      return std::count_if(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); });
    };
    for (const Finding& finding : document_.findings) {
      if (finding.code != "COLUMN_UNKNOWN" && finding.code != "COLUMN_NOT_KEPT" &&
          finding.code != "OTHER_TIME_LEFT_OUT")
        continue;
      for (const FormRow& row : form.rows) {
        for (size_t c = 0; c < row.size() && !finding.place.cell.empty(); ++c) {
          const bool same = c == column || form.rows[at].size() != row.size() ||
                            (writing_ == Writing::kBlanks && cells(form.rows[at]) != cells(row));
          if (same && Squeeze(Narrow(row[c])) == finding.place.cell) return true;
        }
      }
    }
    return false;
  }

  // A finding that leaves a row out names it; its raw text may be shortened.
  bool IsCoveredByRow(size_t f, size_t r, int line) const {
    for (const Finding& finding : document_.findings) {
      if (finding.code != "ROW_REJECTED" && finding.code != "CELLS_NOT_READ" &&
          finding.code != "TABLE_NOT_READ" && finding.code != "LINE_NOT_READ" &&
          finding.code != "ROW_REALIGNED") {
        continue;
      }
      if (writing_ != Writing::kGrid && finding.place.line == line) return true;
      if (finding.place.sheet != absl::StrCat("表", f + 1)) continue;
      if (absl::StartsWith(finding.place.address, absl::StrCat("R", r + 1, "C"))) return true;
    }
    return false;
  }

  static bool HasBlanks(const Form& form) {
    return std::any_of(form.rows.begin(), form.rows.end(), [](const FormRow& row) {
      return row.size() > 2 && std::count(row.begin(), row.end(), "") > 0;
    });
  }

  // Where lines are cells and some are blank, which cells make a row is a guess; it is told.
  bool IsToldAsMoved(const std::string& name) const {
    return writing_ == Writing::kCellPerLine &&
           std::any_of(document_.findings.begin(), document_.findings.end(), [&](const Finding& finding) {
             return finding.code == "ROW_REALIGNED" && absl::StrContains(finding.raw, name);
           });
  }

  // A number stands in the row that its name stands in.
  std::string CheckNumbers() const {
    std::map<std::string, std::set<std::string>> beside;  // token → tokens of its row
    for (const Form& form : forms_) {
      // One cell a line and blank ones among them: nobody can say where a row ends.
      if (writing_ == Writing::kCellPerLine && HasBlanks(form)) continue;
      for (const FormRow& row : form.rows) {
        const std::vector<std::string> all = TokensIn(absl::StrJoin(row, "\t"));
        for (const std::string& token : all) beside[token].insert(all.begin(), all.end());
      }
    }
    for (const ParsedTable& table : document_.tables) {
      for (const ParsedIndicator& row : table.indicators) {
        std::set<std::string> names, numbers;
        AddAll(row.name, &names);
        for (const auto* number : {&row.target, &row.prior_value, &row.weight}) AddAll(*number, &numbers);
        if (names.size() != 1 || IsToldAsMoved(*names.begin())) continue;
        for (const std::string& number : numbers) {
          const auto row_of = beside.find(*names.begin());
          if (row_of != beside.end() && row_of->second.count(number) == 0)
            return absl::StrCat("taken from another row: ", number, " for ", row.name);
        }
      }
    }
    return "";
  }

  const Writing writing_;
  std::vector<Form> forms_;
  std::vector<int> line_of_;
  attain::document::v1::Document source_;
  ParsedDocument document_;
  std::set<std::string> accounted_;
};

TEST(Ledger, NothingIsLostInSilence) {
  const char* const more = std::getenv("ATTAIN_DOCUMENTS");
  uint64_t documents = 2000, first = 1;
  if (more != nullptr)
    ASSERT_TRUE(absl::SimpleAtoi(more, &documents)) << "ATTAIN_DOCUMENTS is a number of documents";
  if (const char* const from = std::getenv("ATTAIN_FIRST_DOCUMENT"); from != nullptr)
    ASSERT_TRUE(absl::SimpleAtoi(from, &first));
  int failures = 0;
  std::map<int, int> by_writing;
  for (uint64_t seed = first; seed < first + documents; ++seed) {
    const auto writing = static_cast<Writing>(seed % kWritings);
    Check check(seed, writing);
    const std::string wrong = check.Run();
    if (wrong.empty()) continue;
    ++by_writing[static_cast<int>(writing)];
    if (++failures <= 8) ADD_FAILURE() << "document " << seed << ": " << wrong << "\n" << check.Shown();
  }
  EXPECT_EQ(failures, 0);
  for (const auto& [writing, count] : by_writing) std::printf("writing %d: %d failures\n", writing, count);
  std::printf("%d of %llu documents with a fault\n", failures, static_cast<unsigned long long>(documents));
}

}  // namespace
}  // namespace attain::importing
