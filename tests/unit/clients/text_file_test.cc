#include "clients/cli/input/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/clients/scratch_dir.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;

absl::StatusOr<DecodedText> Decode(std::string bytes) {
  return DecodeText(std::move(bytes), "f", Language::kEnglish);
}

TEST(TextFile, ReadsUtf8WithAndWithoutAMark) {
  EXPECT_EQ(Decode("展会")->text, "展会");
  EXPECT_EQ(Decode("\xEF\xBB\xBF展会")->text, "展会");
  EXPECT_EQ(Decode("\xEF\xBB\xBF展会")->encoding, "UTF-8");
  EXPECT_EQ(Decode("")->text, "");
  EXPECT_EQ(Decode("a\xEF\xBF\xBDz")->encoding, "UTF-8") << "U+FFFD itself is a character";
}

TEST(TextFile, ReadsWhatSpreadsheetsWrite) {
  EXPECT_EQ(Decode("\xD5\xB9\xBB\xE1,1")->text, "展会,1");
  EXPECT_EQ(Decode("\xD5\xB9\xBB\xE1")->encoding, "GB18030");
  EXPECT_EQ(Decode(std::string("\xFF\xFE\x55\x5C\x1A\x4F", 6))->text, "展会");
  EXPECT_EQ(Decode(std::string("\xFE\xFF\x5C\x55\x4F\x1A", 6))->encoding, "UTF-16");
}

TEST(TextFile, SaysWhatToDoWithWhatIsNoText) {
  EXPECT_THAT(Decode("PK\x03\x04 xl/workbook.xml").status().message(), HasSubstr("is a workbook"));
  EXPECT_THAT(Decode("PK\x03\x04 xl/workbook.xml").status().message(), HasSubstr("CSV UTF-8"));
  EXPECT_THAT(Decode("PK\x03\x04 word/document.xml").status().message(), HasSubstr("is a Word document"));
  const std::string ole = "\xD0\xCF\x11\xE0";
  EXPECT_THAT(DecodeText(ole, "2024.xls", Language::kEnglish).status().message(), HasSubstr("is a workbook"));
  EXPECT_THAT(DecodeText(ole, "2024.DOC", Language::kEnglish).status().message(),
              HasSubstr("is a Word document"));
  EXPECT_THAT(Decode("%PDF-1.7").status().message(), HasSubstr("PDF"));
  EXPECT_THAT(Decode(std::string("a\0b", 3)).status().message(), HasSubstr("no text"));
  EXPECT_THAT(Decode("\xFF").status().message(), HasSubstr("no text"));
}

TEST(TextFile, ReadsFiles) {
  const ScratchDir scratch;
  EXPECT_EQ(ReadText(scratch.Write("plain.txt", "展会\n"), Language::kEnglish)->text, "展会\n");
}

TEST(TextFile, SaysWhyAFileCannotBeRead) {
  EXPECT_THAT(ReadBytes("no such file", Language::kEnglish).status().message(),
              HasSubstr("there is no such file"));
  EXPECT_THAT(ReadBytes(ScratchDir().path(), Language::kEnglish).status().message(), HasSubstr("folder"));
}

}  // namespace
}  // namespace attain::cli
