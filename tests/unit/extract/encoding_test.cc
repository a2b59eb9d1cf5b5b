// Which encoding a text is in: by mark, by bytes, never by a guess that may be wrong.
#include "service/extract/common/encoding.h"

#include <gtest/gtest.h>

#include "service/extract/common/clean.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string Utf16(absl::string_view utf8, bool big) {
  std::string out;
  for (size_t at = 0; at < utf8.size();) {
    const char32_t c = NextCharacter(utf8, &at);
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xFF);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  }
  return out;
}

std::string Decoded(absl::string_view bytes) {
  const std::optional<DecodedText> text = DecodeText(bytes);
  return text.has_value() ? text->encoding + ":" + text->text : "none";
}

TEST(DecodeText, ByMark) {
  EXPECT_EQ(Decoded("\xEF\xBB\xBF绩效"), "UTF-8:绩效");
  EXPECT_EQ(Decoded("\xFF\xFE" + Utf16("指标,1", false)), "UTF-16LE:指标,1");
  EXPECT_EQ(Decoded("\xFE\xFF" + Utf16("指标,1", true)), "UTF-16BE:指标,1");
}

TEST(DecodeText, ByBytes) {
  EXPECT_EQ(Decoded("绩效目标\n"), "UTF-8:绩效目标\n");
  EXPECT_EQ(Decoded(Utf16("绩效目标,48 次\n", true)), "UTF-16BE:绩效目标,48 次\n");
  EXPECT_EQ(Decoded(Utf16("绩效目标,48 次\n", false)), "UTF-16LE:绩效目标,48 次\n");
  EXPECT_EQ(Decoded("\xBC\xA8\xD0\xA7\xC4\xBF\xB1\xEA"), "GB18030:绩效目标");
  EXPECT_EQ(Decoded("plain"), "UTF-8:plain");
}

TEST(DecodeText, Utf16OfChineseOnly) {
  const std::string text = "绩效目标申报表产出指标数量指标培训农民人次满意度指标服务对象满意度";
  EXPECT_EQ(Decoded(Utf16(text, true)), "UTF-16BE:" + text);
  EXPECT_EQ(Decoded(Utf16(text, false)), "UTF-16LE:" + text);
}

TEST(DecodeText, RefusesWhatIsNone) {
  EXPECT_EQ(Decoded("\xFF\xFF\xFF"), "none");
  EXPECT_EQ(Decoded(absl::string_view("\x01\x02\x00\x03\x05", 5)), "none");
  EXPECT_EQ(Decoded("\xEF\xBB\xBF\xC3("), "none");
}

TEST(DecodeNamed, ANameThatCannotBeRightGivesWay) {
  int bad = 0;
  EXPECT_EQ(DecodeNamed("gb2312", "<p>绩效目标申报表</p>", &bad).encoding, "UTF-8");
  EXPECT_EQ(DecodeNamed("gb2312", "\xBC\xA8\xD0\xA7", &bad).text, "绩效");
  EXPECT_EQ(DecodeNamed("utf-8", "\xBC\xA8\xD0\xA7\xC4\xBF\xB1\xEA", &bad).text, "绩效目标");
  EXPECT_EQ(DecodeNamed("big5", "\xC1Z\xAE\xC4", &bad).text, "績效");
  EXPECT_EQ(bad, 0);
  EXPECT_EQ(DecodeNamed("gbk", "\xBC\xA8\xFF\xD0\xA7", &bad).text, "绩\xEF\xBF\xBD效");
  EXPECT_EQ(bad, 1);
}

TEST(Fixtures, TextsOfAllEncodingsAreTheSame) {
  const std::string expected = ReadOrFail(Fixture("csv/c-export-utf8.csv")).text();
  EXPECT_NE(expected.find("项目编码"), std::string::npos);
  for (const char* name : {"csv/c-export-gb18030.csv", "csv/c-export-utf16le.csv", "csv/c-export-utf8bom.csv",
                           "traps/utf16be-no-mark.csv"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_EQ(document.text(), expected) << name;
    EXPECT_EQ(document.media(), document::MEDIA_TEXT) << name;
  }
  EXPECT_EQ(ReadOrFail(Fixture("traps/utf16be-no-mark.csv")).encoding(), "UTF-16BE");
  EXPECT_EQ(ReadOrFail(Fixture("traps/tiny-gb18030.csv")).encoding(), "GB18030");
}

}  // namespace
}  // namespace attain::extract
