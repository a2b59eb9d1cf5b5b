// Every code that a reader may give has words for people, in both languages.
#include "service/importing/remarks.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/importing/plain_text.h"
#include "service/importing/values/fold_name.h"

namespace attain::importing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// The codes that document.proto names in the comment of `message`.code.
std::set<std::string> CodesOf(const std::string& message) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR, "/proto/attain/document/v1/document.proto"));
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  const size_t begin = all.find(absl::StrCat("message ", message, " {"));
  const std::string part = all.substr(begin, all.find("string code", begin) - begin);
  std::set<std::string> codes;
  const std::regex code("[A-Z]+(_[A-Z]+)+|ENCRYPTED");
  for (std::sregex_iterator it(part.begin(), part.end(), code), end; it != end; ++it) codes.insert(it->str());
  codes.erase("UPPER_SNAKE");
  return codes;
}

TEST(Remarks, EveryCodeOfTheProtoHasWords) {
  ASSERT_THAT(CodesOf("Remark"), Contains("PAGE_DAMAGED"));
  for (const std::string& code : CodesOf("Remark")) EXPECT_THAT(RemarkCodes(), Contains(code));
  ASSERT_THAT(CodesOf("Refusal"), Contains("ENCRYPTED"));
  for (const std::string& code : CodesOf("Refusal")) EXPECT_THAT(RefusalCodes(), Contains(code));
}

// Readers write their codes as literals; what else looks like one there belongs to the system.
TEST(Remarks, EveryCodeOfTheReadersHasWords) {
  std::set<std::string> known;
  for (const auto& codes : {RemarkCodes(), RefusalCodes()}) known.insert(codes.begin(), codes.end());
  const std::regex literal("\"([A-Z]+(?:_[A-Z]+)+)\"");
  int found = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(ATTAIN_SOURCE_DIR "/service/extract")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    for (std::sregex_iterator it(all.begin(), all.end(), literal), end; it != end; ++it) {
      const std::string code = it->str(1);
      if (absl::StartsWith(code, "PR_") || absl::StartsWith(code, "RLIMIT_")) continue;
      EXPECT_TRUE(known.contains(code))
          << code << " in " << entry.path() << " has no words in remark_words.h";
      ++found;
    }
  }
  EXPECT_GT(found, 0);
}

TEST(Remarks, RefusalsSayWhatToDo) {
  for (const std::string& code : RefusalCodes()) {
    document::Refusal refusal;
    refusal.set_code(code);
    const Finding finding = RefusalFinding(refusal);
    EXPECT_EQ(finding.severity, Severity::kError);
    for (const std::string& words :
         {finding.message.zh, finding.message.en, finding.repair.zh, finding.repair.en}) {
      EXPECT_FALSE(words.empty()) << code;
      EXPECT_FALSE(absl::StrContains(words, "$")) << code;
    }
  }
}

TEST(Remarks, AnErrorSaysWhatToDoToo) {
  for (const char* code : {"PAGE_DAMAGED", "FONT_UNREADABLE", "SCANNED_PAGE", "A_CODE_OF_TOMORROW"}) {
    document::Document source;
    document::Remark* const remark = source.add_remarks();
    remark->set_code(code);
    remark->set_level(document::LEVEL_ERROR);
    const std::vector<Finding> findings = RemarkFindings(source);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_FALSE(findings[0].repair.zh.empty()) << code;
    EXPECT_FALSE(findings[0].repair.en.empty()) << code;
  }
}

TEST(Remarks, ComeWithTheirPlaceNumberAndText) {
  document::Document source;
  document::Remark* const remark = source.add_remarks();
  remark->set_code("HIDDEN_ROWS");
  remark->set_level(document::LEVEL_WARNING);
  remark->set_sheet("表1");
  remark->set_address("G5");
  remark->set_count(12);
  remark->set_detail("0.85 $1");
  const Finding finding = RemarkFindings(source).at(0);
  EXPECT_EQ(finding.place.sheet, "表1");
  EXPECT_EQ(finding.place.address, "G5");
  EXPECT_EQ(finding.severity, Severity::kWarning);
  EXPECT_THAT(finding.message.zh, HasSubstr("12 行"));
  EXPECT_EQ(finding.message.en, "12 hidden rows were read as well.");
  EXPECT_EQ(finding.raw, "0.85 $1");
  remark->set_count(0);
  EXPECT_EQ(RemarkFindings(source).at(0).message.en, "some hidden rows were read as well.");
}

TEST(PlainText, IsToldFromEverythingElse) {
  for (const absl::string_view text :
       {absl::string_view("项目支出绩效目标表\n"), absl::string_view("\xEF\xBB\xBFtable_kind,unit_name\n"),
        absl::string_view(""), absl::string_view("目标：<p>走访企业</p>\n"),
        absl::string_view("≥ 3\t<5\n")}) {
    EXPECT_TRUE(IsPlainText(text)) << text;
  }
  for (const absl::string_view other :
       {absl::string_view("PK\x03\x04..."), absl::string_view("%PDF-1.4"), absl::string_view("\n\n%PDF-1.4"),
        absl::string_view("\xd0\xcf\x11\xe0\xa1"), absl::string_view("{\\rtf1"), absl::string_view("a\0b", 3),
        absl::string_view("\xb1\xed"), absl::string_view("<html><body>"),
        absl::string_view("  <!-- x --><TABLE>"), absl::string_view("<?xml version=\"1.0\"?>"),
        absl::string_view("\xEF\xBB\xBF<table>"), absl::string_view("x <TABLE border=1>"),
        absl::string_view("MIME-Version: 1.0\n"), absl::string_view("\xff\xfe\x01\x02")}) {
    EXPECT_FALSE(IsPlainText(other)) << other;
  }
}

TEST(FoldName, LeavesWhiteSpaceAndWidthOut) {
  EXPECT_EQ(FoldName(" 甲区　城管局（本级） "), "甲区城管局(本级)");
  EXPECT_EQ(FoldName("ＡＢ１"), "AB1");
  EXPECT_NE(FoldName("甲区城管局"), FoldName("乙区城管局"));
}

}  // namespace
}  // namespace attain::importing
