// Documents as they are understood, with everything that was found, against text a person has read:
// tests/golden/importing. ATTAIN_WRITE_GOLDEN=1 writes the files anew; read the difference before keeping it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

constexpr char kSample[] = ATTAIN_SOURCE_DIR "/samples/urumqi-2024.txt";
constexpr char kOriginal[] = ATTAIN_SOURCE_DIR "/../shared/data/urumqi-2024-budget.txt";
constexpr char kGolden[] = ATTAIN_SOURCE_DIR "/tests/golden/importing/urumqi-2024.txt";
constexpr char kForms[] = ATTAIN_SOURCE_DIR "/tests/golden/importing/forms.input.txt";
constexpr char kFormsGolden[] = ATTAIN_SOURCE_DIR "/tests/golden/importing/forms.txt";
constexpr const char* kSigns[] = {"", "≥", ">", "=", "≤", "<"};
constexpr const char* kSeverities[] = {"", "E", "W", "N"};

std::string ReadFile(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Text(const std::optional<Decimal>& number) {
  return number.has_value() ? number->ToString() : "-";
}

struct Understood {
  ParsedDocument document;
  std::vector<Finding> findings;  // of the reader, then of the linter
};

Understood Read(const char* path) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  absl::StatusOr<ParsedDocument> document = ParseDocument(ReadFile(path), options);
  EXPECT_TRUE(document.ok()) << document.status();
  Understood understood{*std::move(document), {}};
  understood.findings = understood.document.findings;
  int number = 0;
  for (const ParsedTable& table : understood.document.tables) {
    for (Finding& finding : Lint(table, ++number, profile)) understood.findings.push_back(std::move(finding));
  }
  return understood;
}

std::string Describe(const Understood& understood) {
  std::string text;
  for (const ParsedTable& table : understood.document.tables) {
    absl::StrAppend(&text, table.kind == ParsedTable::Kind::kUnit ? "unit " : "project ", table.name, " ",
                    table.fiscal_year, " total ", Text(table.total), " fiscal ", Text(table.fiscal),
                    " other ", Text(table.other), "\n");
    for (const ParsedIndicator& row : table.indicators) {
      absl::StrAppend(&text, "  line ", row.line, ": ", row.level1, " / ", row.level2, " / ", row.name, " | ",
                      kSigns[static_cast<int>(row.comparator)],
                      row.target.has_value() ? Text(row.target) : row.target_text, " ", row.unit, " | ",
                      row.basis, " | prior ", Text(row.prior_value), row.prior_text, " | ", Text(row.weight),
                      " | ", row.rule_text, " | ", row.evidence, "\n");
    }
  }
  for (const Finding& finding : understood.findings) {
    absl::StrAppend(&text, kSeverities[static_cast<int>(finding.severity)], " ", finding.code, " line ",
                    finding.place.line, " table ", finding.place.table, " row ", finding.place.row, " [",
                    finding.place.cell, "] points ", Text(finding.points), "\n    raw: ", finding.raw,
                    "\n    understood: ", finding.understood, "\n    ", finding.message.zh, " / ",
                    finding.message.en, "\n    ", finding.repair.zh, " / ", finding.repair.en, "\n");
  }
  return text;
}

void ExpectGolden(const std::string& now, const char* golden) {
  if (std::getenv("ATTAIN_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << now;
  EXPECT_EQ(now, ReadFile(golden));
}

TEST(Findings, TheSampleIsUnderstoodAsItWasRead) {
  ExpectGolden(Describe(Read(kSample)), kGolden);
}

TEST(Findings, TheFormsThatUnitsFillInAreUnderstoodAsTheyWereRead) {
  ExpectGolden(Describe(Read(kForms)), kFormsGolden);
}

TEST(Findings, TheTablesAreThoseOfTheDocument) {
  const Understood sample = Read(kSample);
  ASSERT_EQ(sample.document.tables.size(), 6u);
  size_t rows = 0, none = 0;
  std::map<std::string, int> comparators, rules, bases;
  for (const ParsedTable& table : sample.document.tables) {
    rows += table.indicators.size();
    if (table.kind == ParsedTable::Kind::kUnit) continue;
    EXPECT_EQ(table.indicators.size(), 7u) << table.name;
    Decimal output, benefit;
    for (const ParsedIndicator& row : table.indicators) {
      (row.level1 == "产出" ? output : benefit) = (row.level1 == "产出" ? output : benefit) + *row.weight;
      ++comparators[kSigns[static_cast<int>(row.comparator)]];
      ++rules[row.rule == scoring::RuleKind::kRating         ? "rating"
              : row.rule == scoring::RuleKind::kProportional ? "proportional"
                                                             : "other"];
      ++bases[row.basis];
      none += row.prior_value.has_value() || !row.prior_text.empty() ? 0 : 1;
    }
    EXPECT_EQ(output.ToString(), "50") << table.name;
    EXPECT_EQ(benefit.ToString(), "40") << table.name;
  }
  EXPECT_EQ(rows, 38u);
  EXPECT_EQ(none, 7u);
  EXPECT_THAT(comparators, ::testing::UnorderedElementsAre(std::pair("≥", 22), std::pair("=", 6),
                                                           std::pair("≤", 2), std::pair("", 5)));
  EXPECT_THAT(rules, ::testing::UnorderedElementsAre(std::pair("proportional", 30), std::pair("rating", 5)));
  EXPECT_EQ(bases["预算支出标准"], 15);
  EXPECT_EQ(bases["历史标准"], 11);
  EXPECT_EQ(bases["计划标准"], 6);
  EXPECT_EQ(bases["自定义"], 3);
}

TEST(Findings, TheOriginalGivesTheSameFindings) {
  if (!std::filesystem::exists(kOriginal)) GTEST_SKIP() << "the published document is not beside the project";
  const auto codes = [](const Understood& understood) {
    std::map<std::string, int> count;
    for (const Finding& finding : understood.findings)
      ++count[absl::StrCat(finding.code, " ", finding.place.table, "/", finding.place.row)];
    return count;
  };
  EXPECT_EQ(codes(Read(kSample)), codes(Read(kOriginal)));
}

}  // namespace
}  // namespace attain::importing
