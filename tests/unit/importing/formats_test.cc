// Every fixture in every format: the same tables, rows, weights, money and year, and every value with its
// place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/extract.h"
#include "service/importing/document.h"
#include "service/importing/values/text.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

constexpr char kFixtures[] = ATTAIN_SOURCE_DIR "/tests/data/documents/";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

ParsedDocument Read(const std::string& fixture) {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  ImportOptions options;
  options.profile = &profile;
  extract::PrepareLibraries();
  const document::ExtractResult result = extract::Extract(ReadFile(kFixtures + fixture), extract::Limits());
  EXPECT_TRUE(result.has_document()) << fixture << ": " << result.refusal().code() << " "
                                     << result.refusal().detail();
  absl::StatusOr<ParsedDocument> document = ReadDocument(result.document(), options);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : ParsedDocument();
}

std::string Number(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "-";
}

// "产出/数量 名称 ≥4 次 W 10": blanks within words differ between formats and do not count.
std::vector<std::string> RowsOf(const ParsedTable& table) {
  static constexpr const char* kSigns[] = {"", "≥", ">", "=", "≤", "<"};
  std::vector<std::string> rows;
  for (const ParsedIndicator& row : table.indicators) {
    rows.push_back(absl::StrCat(row.level1, "/", row.level2, " ", Squeeze(row.name), " ",
                                kSigns[static_cast<int>(row.comparator)],
                                row.target.has_value() ? row.target->ToString() : Squeeze(row.target_text),
                                " ", Squeeze(row.unit), " W ", Number(row.weight), " ", Squeeze(row.basis),
                                " ", Number(row.prior_value), " ", Squeeze(row.rule_text)));
  }
  return rows;
}

std::string HeadOf(const ParsedTable& table) {
  return absl::StrCat(table.kind == ParsedTable::Kind::kUnit ? "unit " : "project ", Squeeze(table.name), " ",
                      table.fiscal_year, " ", Number(table.total), " ", Number(table.fiscal), " ",
                      Number(table.other));
}

// Every value that was read says where it stands: a cell, and its sheet or page where the format has them.
void ExpectPlaces(const ParsedDocument& document, const std::string& fixture) {
  const bool sheets =
      absl::EndsWith(fixture, ".xlsx") || absl::EndsWith(fixture, ".ods") || absl::EndsWith(fixture, ".xml");
  const bool pages = absl::EndsWith(fixture, ".pdf");
  const bool lines = absl::EndsWith(fixture, ".csv");
  for (const ParsedTable& table : document.tables) {
    for (const ParsedIndicator& row : table.indicators) {
      const std::string where = absl::StrCat(fixture, " ", row.name);
      if (lines) {
        EXPECT_GT(row.place.line, 0) << where;
        continue;
      }
      EXPECT_EQ(row.place.sheet.empty(), !sheets) << where;
      EXPECT_EQ(row.place.page > 0, pages) << where;
      EXPECT_TRUE(row.addresses.count("三级指标")) << where;
      if (row.target.has_value() || !row.target_text.empty()) {
        EXPECT_TRUE(row.addresses.count("指标值")) << where;
      }
      if (row.weight.has_value()) {
        EXPECT_TRUE(row.addresses.count("分值权重")) << where;
      }
      if (!row.actual.empty()) {
        EXPECT_TRUE(row.addresses.count("实际完成值")) << where;
      }
    }
  }
}

void ExpectLedger(const ParsedDocument& document, int64_t least) {
  EXPECT_GE(document.ledger.read, least);
  EXPECT_EQ(document.ledger.outside, 0);
}

std::vector<std::string> AllRows(const ParsedDocument& document) {
  std::vector<std::string> all;
  for (const ParsedTable& table : document.tables) {
    all.push_back(HeadOf(table));
    for (std::string& row : RowsOf(table)) all.push_back(std::move(row));
  }
  return all;
}

bool Has(const ParsedDocument& document, absl::string_view code) {
  for (const Finding& finding : document.findings) {
    if (finding.code == code) return true;
  }
  return false;
}

class Published : public ::testing::TestWithParam<const char*> {};

TEST_P(Published, IsTheSampleInAnotherFormat) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  const absl::StatusOr<ParsedDocument> text =
      ParseDocument(ReadFile(ATTAIN_SOURCE_DIR "/samples/urumqi-2024.txt"), options);
  ASSERT_TRUE(text.ok());
  const ParsedDocument document = Read(GetParam());
  ASSERT_EQ(document.tables.size(), 6u);
  EXPECT_THAT(AllRows(document), ::testing::ElementsAreArray(AllRows(*text)));
  size_t rows = 0;
  for (const ParsedTable& table : document.tables) rows += table.indicators.size();
  EXPECT_EQ(rows, 38u);
  for (const ParsedTable& table : document.tables) {
    for (const ParsedIndicator& row : table.indicators) {
      if (table.kind == ParsedTable::Kind::kProject) {
        EXPECT_FALSE(row.evidence.empty()) << row.name << ": no row is shifted here";
      }
    }
  }
  EXPECT_FALSE(Has(document, "ROW_REALIGNED"));
  ExpectPlaces(document, GetParam());
  ExpectLedger(document, 326);
}

INSTANTIATE_TEST_SUITE_P(Formats, Published,
                         ::testing::Values("published/published.xlsx", "published/published.ods",
                                           "published/published.docx", "published/published.odt",
                                           "published/published.html", "published/published-landscape.pdf",
                                           "published/published-portrait.pdf"));

class SelfEvaluation : public ::testing::TestWithParam<const char*> {};

TEST_P(SelfEvaluation, HasTargetsMoneyAndFigures) {
  const ParsedDocument document = Read(GetParam());
  ASSERT_EQ(document.tables.size(), 1u);
  const ParsedTable& table = document.tables[0];
  EXPECT_EQ(HeadOf(table), "project 农业技术推广培训项目 2024 50 45 5");
  ASSERT_EQ(table.money.size(), 4u);
  EXPECT_EQ(Number(table.adjusted), "48");
  EXPECT_EQ(Number(table.spent), "45.6");
  EXPECT_EQ(Number(table.money[1].first) + "/" + Number(table.money[1].adjusted) + "/" +
                Number(table.money[1].spent),
            "45/43/41");
  EXPECT_EQ(Number(table.money[2].spent), "4.6");
  std::vector<std::string> actuals;
  Decimal weights, scores;
  int reasons = 0;
  for (const ParsedIndicator& row : table.indicators) {
    actuals.push_back(Squeeze(row.actual));
    weights = weights + row.weight.value_or(Decimal());
    const absl::StatusOr<Decimal> score = Decimal::Parse(row.score);
    EXPECT_TRUE(score.ok()) << row.name << ": \"" << row.score << "\"";
    if (score.ok()) scores = scores + *score;
    reasons += row.reason.empty() ? 0 : 1;
  }
  EXPECT_THAT(actuals, ::testing::ElementsAre("13场", "588人次", "8块", "96.4%", "11月20日", "1.48万元",
                                              "118元/亩", "达成年度指标", "3.2%", "93%"));
  EXPECT_EQ(weights.ToString(), "90");
  EXPECT_EQ(scores.ToString(), "88.63");
  EXPECT_EQ(reasons, 2);
  EXPECT_EQ(table.typed_score, "98.13");
  EXPECT_EQ(table.typed_grade, "优");
  ExpectPlaces(document, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Formats, SelfEvaluation,
                         ::testing::Values("selfeval/selfeval.xlsx", "selfeval/selfeval.ods",
                                           "selfeval/selfeval.docx", "selfeval/selfeval.odt",
                                           "selfeval/selfeval.html", "selfeval/selfeval.pdf",
                                           "traps/gbk.html", "traps/html-named.xls"));

class Export : public ::testing::TestWithParam<const char*> {};

TEST_P(Export, GivesOneTableForEachProject) {
  ParsedDocument document = Read(GetParam());
  // XML Spreadsheet 2003 by LibreOffice does not say that its second sheet is hidden: it is read, and lacks
  // what a table needs.
  ASSERT_EQ(document.tables.size(), absl::EndsWith(GetParam(), ".xml") ? 3u : 2u);
  if (document.tables.size() == 3) {
    EXPECT_EQ(document.tables[2].name + document.tables[2].unit_name, "");
    document.tables.pop_back();
  }
  EXPECT_EQ(document.tables[0].indicators.size(), 8u);
  EXPECT_EQ(document.tables[1].indicators.size(), 6u);
  std::vector<std::string> targets;
  for (const ParsedTable& table : document.tables) {
    EXPECT_EQ(table.fiscal_year, 2025);
    Decimal points;
    for (const ParsedIndicator& row : table.indicators) {
      points = points + *row.weight;
      targets.push_back(row.target.has_value() ? row.target->ToString() + row.unit : row.target_text);
    }
    EXPECT_EQ(points.ToString(), "90");
  }
  EXPECT_THAT(targets,
              ::testing::ElementsAre("3200人", "14家", "85%",
                                     ::testing::AnyOf("2025-11-30", "2025年11月30日"), "1500元", "62.5%",
                                     "持续优化", "90%", "5个", "40台", "99.5%", "0.5小时", "70%", "92%"));
  ExpectPlaces(document, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Formats, Export,
                         ::testing::Values("export/export.xlsx", "export/export.ods",
                                           "export/export-2003.xml", "csv/c-export-utf8.csv",
                                           "csv/c-export-utf8bom.csv", "csv/c-export-utf16le.csv",
                                           "csv/c-export-gb18030.csv"));

class Provincial : public ::testing::TestWithParam<const char*> {};

TEST_P(Provincial, HasTwentySixRows) {
  const ParsedDocument document = Read(GetParam());
  ASSERT_EQ(document.tables.size(), 1u);
  const ParsedTable& table = document.tables[0];
  EXPECT_EQ(HeadOf(table), "project 城市基础设施维护改造项目 2025 1286.4 1186.4 100");
  ASSERT_EQ(table.indicators.size(), 26u);
  Decimal points;
  std::map<std::string, int> levels;
  for (const ParsedIndicator& row : table.indicators) {
    points = points + *row.weight;
    ++levels[row.level1];
  }
  EXPECT_EQ(points.ToString(), "90");
  EXPECT_THAT(levels, ::testing::UnorderedElementsAre(std::pair("产出", 16), std::pair("效益", 8),
                                                      std::pair("满意度", 2)));
  EXPECT_EQ(table.indicators[1].unit, "m2");
  EXPECT_EQ(table.indicators[4].unit, "万m2");
  EXPECT_EQ(table.indicators[4].target->ToString(), "3.2");
  ExpectPlaces(document, GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Formats, Provincial,
    ::testing::Values("provincial/provincial.xlsx", "provincial/provincial.ods", "provincial/provincial.html",
                      "provincial/provincial-landscape.docx", "provincial/provincial-landscape.odt",
                      "provincial/provincial-landscape.pdf", "provincial/provincial-portrait.pdf"));

TEST(Traps, AreReadOrTold) {
  EXPECT_TRUE(Read("traps/borderless.pdf").tables.empty()) << "a table without lines gives no row";
  const ParsedDocument fonts = Read("traps/font-not-embedded.pdf");
  ASSERT_EQ(fonts.tables.size(), 1u);
  std::vector<std::string> weights;
  for (const ParsedIndicator& row : fonts.tables[0].indicators) weights.push_back(Number(row.weight));
  EXPECT_THAT(weights, ::testing::ElementsAre("20", "20", "10", "30", "10"));
  const ParsedDocument seal = Read("traps/watermark-and-seal.pdf");
  ASSERT_EQ(seal.tables.size(), 1u);
  EXPECT_EQ(seal.tables[0].indicators.size(), 45u);
  for (const char* tracked : {"traps/tracked-change.docx", "traps/tracked-change.odt"}) {
    const ParsedDocument document = Read(tracked);
    ASSERT_EQ(document.tables.size(), 1u) << tracked;
    EXPECT_THAT(RowsOf(document.tables[0]),
                ::testing::ElementsAre(::testing::StartsWith("产出/数量 开展巡查次数 ≥12 次 W 90")));
  }
  const ParsedDocument formulas = Read("traps/typed-formulas.xlsx");
  EXPECT_TRUE(Has(formulas, "CELL_ERROR"));
  for (const Finding& finding : formulas.findings) {
    if (finding.code == "CELL_ERROR") {
      EXPECT_FALSE(finding.place.address.empty());
    }
  }
}

}  // namespace
}  // namespace attain::importing
