#include "clients/cli/input/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::cli {
namespace {

using testing::ElementsAre;

std::vector<std::vector<std::string>> Fields(absl::string_view text) {
  std::vector<std::vector<std::string>> all;
  const std::vector<CsvRecord> records = *ParseCsv(text);
  for (const CsvRecord& record : records) all.push_back(record.fields);
  return all;
}

TEST(Csv, ReadsRecordsWithAnyLineEnd) {
  const std::vector<std::vector<std::string>> expected = {{"a", "b"}, {"c", "d"}};
  EXPECT_EQ(Fields("a,b\nc,d\n"), expected);
  EXPECT_EQ(Fields("a,b\r\nc,d"), expected);
  EXPECT_EQ(Fields("a,b\rc,d\r"), expected);
}

TEST(Csv, ReadsQuotedFields) {
  EXPECT_THAT(Fields("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n"),
              ElementsAre(ElementsAre("a,b", "say \"hi\"", "two\nlines")));
}

TEST(Csv, KeepsEmptyFieldsAndSkipsBlankLines) {
  EXPECT_THAT(Fields("a,,\n\n,b,\n"), ElementsAre(ElementsAre("a", "", ""), ElementsAre("", "b", "")));
  EXPECT_TRUE(Fields("").empty());
}

TEST(Csv, KnowsTheLineOfEachRecord) {
  const auto records = ParseCsv("head\n\"x\ny\"\nlast\n");
  ASSERT_EQ(records->size(), 3u);
  EXPECT_EQ((*records)[1].line, 2);
  EXPECT_EQ((*records)[2].line, 4);
}

TEST(Csv, NamesTheLineOfABrokenQuote) {
  EXPECT_EQ(ParseCsv("a\n\"b\nc").status().message(), "2");
  EXPECT_EQ(ParseCsv("\"a\"b\n").status().message(), "1");
}

}  // namespace
}  // namespace attain::cli
