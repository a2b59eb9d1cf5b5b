// Pages, days and texts of requests, both sides of each border.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "attain/v1/target_service.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/names.h"
#include "service/api/paging.h"
#include "service/api/text_limits.h"

namespace attain::engine {
namespace {

TEST(Paging, ThePageHasTheSizeAskedForUpToAThousand) {
  const std::pair<int32_t, size_t> kSizes[] = {{0, 50},      {1, 1},       {50, 50},
                                               {1000, 1000}, {1001, 1000}, {2147483647, 1000}};
  for (const auto& [asked, size] : kSizes) {
    const absl::StatusOr<Page> page = OpenPage(asked, "", {}, "q");
    ASSERT_TRUE(page.ok()) << asked;
    EXPECT_EQ(page->size, size) << asked;
    EXPECT_EQ(page->offset, 0u);
  }
  EXPECT_EQ(ReasonOf(OpenPage(-1, "", {}, "q").status()), v1::ERROR_REASON_INVALID_FIELD);
}

TEST(Paging, ATokenPinsRevisionOffsetCursorAndQuestion) {
  const std::string token = NextPageToken(7, 100, "q", "where.it.ended");
  const absl::StatusOr<Page> page = OpenPage(10, token, {}, "q");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->read.read_revision(), 7);
  EXPECT_EQ(page->offset, 100u);
  EXPECT_EQ(page->cursor, "where.it.ended");
  EXPECT_EQ(ReasonOf(OpenPage(10, token, {}, "another").status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    const absl::StatusOr<Page> read = OpenPage(10, damaged, {}, "q");
    // The last character holds bits that stand for nothing.
    EXPECT_TRUE(!read.ok() || (i + 2 >= token.size() && read->cursor == page->cursor)) << i;
  }
  EXPECT_FALSE(OpenPage(10, token.substr(0, token.size() / 2), {}, "q").ok());
}

TEST(Paging, TheQuestionIsAllButThePage) {
  v1::ListUnitsRequest one, two;
  one.set_page_size(5);
  one.set_page_token("t");
  EXPECT_EQ(Question(one), Question(two));
  two.set_filter("x");
  EXPECT_NE(Question(one), Question(two));
}

// A client that has seen the first page asks for the second with at_least.
TEST(Paging, HowFreshAPageMustBeIsNotOfTheQuestion) {
  v1::ListUnitsRequest one, two;
  two.mutable_read()->set_at_least("seen");
  EXPECT_EQ(Question(one), Question(two));
  one.mutable_read()->set_at_least("seen before");
  EXPECT_EQ(Question(one), Question(two));
  two.mutable_read()->set_language_code("en");
  EXPECT_NE(Question(one), Question(two));
  one.mutable_read()->set_language_code("en");
  EXPECT_EQ(Question(one), Question(two));
  two.mutable_read()->set_read_revision(3);
  EXPECT_NE(Question(one), Question(two)) << "which past is";
}

TEST(Dates, AreReadAsPeopleWriteThem) {
  const std::pair<const char*, const char*> kDays[] = {{"2024-06-30", "2024-06-30"},
                                                       {"2024/6/30", "2024-06-30"},
                                                       {"2024-6-3", "2024-06-03"},
                                                       {"2024.6.30", "2024-06-30"},
                                                       {"2024年6月30日", "2024-06-30"},
                                                       {"２０２４/６/３０", "2024-06-30"},
                                                       {"2024/6/30 0:00", "2024-06-30"},
                                                       {"2024-06-30T00:00:00", "2024-06-30"},
                                                       {"2024-06-30T00:00:00.000", "2024-06-30"},
                                                       {"2024-02-29", "2024-02-29"},
                                                       {"2023-02-29", ""},
                                                       {"2024-06-31", ""},
                                                       {"2024-13-01", ""},
                                                       {"2024-00-01", ""},
                                                       {"2024-01-00", ""},
                                                       {"24/6/30", ""},
                                                       {"2024/6/30 0:01", ""},
                                                       {"2024-06-30x", ""},
                                                       {"", ""},
                                                       {"2024-06", ""},
                                                       {"0000-01-01", ""},
                                                       {"2024年6月30", ""},
                                                       {"2024/6-30", ""}};
  for (const auto& [text, day] : kDays) EXPECT_EQ(PlainDay(text).value_or(""), day) << text;
  const std::pair<const char*, const char*> kNumbers[] = {{"45565", "2024-09-30"}, {"45565.0", "2024-09-30"},
                                                          {"45565.5", ""},         {"36526", "2000-01-01"},
                                                          {"36525", ""},           {"73050", "2099-12-31"},
                                                          {"73051", ""},           {"4556", ""},
                                                          {"455650", ""},          {"", ""}};
  for (const auto& [text, day] : kNumbers) EXPECT_EQ(SerialDay(text).value_or(""), day) << text;
}

TEST(Dates, LieInTheirFiscalYear) {
  constexpr int64_t kNow = 1'717'200'000'000'000;  // 2024-06-01 00:00 UTC
  EXPECT_EQ(ReadDate("d", 2024, "2024-01-01", kNow).value(), "2024-01-01");
  EXPECT_EQ(ReadDate("d", 2024, "2024-12-31", kNow).value(), "2024-12-31");
  for (const char* wrong : {"2023-12-31", "2025-01-01", "soon"})
    EXPECT_EQ(ReasonOf(ReadDate("d", 2024, wrong, kNow).status()), v1::ERROR_REASON_DATE_OUT_OF_YEAR)
        << wrong;
  EXPECT_EQ(ReadDate("d", 2024, "", kNow).value(), "2024-06-01");
  EXPECT_EQ(ReadDate("d", 2024, "", kNow - int64_t{8} * 3600 * 1'000'000).value(), "2024-06-01")
      << "midnight in China";
  EXPECT_EQ(ReadDate("d", 2024, "", kNow - int64_t{8} * 3600 * 1'000'000 - 1).value(), "2024-05-31");
  EXPECT_EQ(ReadDate("d", 2025, "", kNow).value(), "2025-01-01") << "a year that has not begun";
  EXPECT_EQ(ReadDate("d", 2023, "", kNow).value(), "2023-12-31") << "one that is over";
}

TEST(Names, IdsAreShortAndPlain) {
  for (const std::string& good : {std::string("a"), std::string("0-"), std::string(63, 'a')})
    EXPECT_TRUE(IsId(good)) << good;
  for (const std::string& bad :
       {std::string(), std::string("-a"), std::string("A"), std::string("a_b"), std::string("一"),
        std::string(64, 'a'), std::string("a{"), std::string("a`"), std::string("a:"), std::string("a/")})
    EXPECT_FALSE(IsId(bad)) << bad;
}

TEST(Names, AreReadWholeOrNotAtAll) {
  const ResourceName actual = ParseName("n", "units/u/tables/t/indicators/i/actuals/7-2").value();
  EXPECT_EQ(actual.kind, ResourceName::kActual);
  EXPECT_EQ(actual.Indicator(), "units/u/tables/t/indicators/i");
  EXPECT_EQ(actual.actual, "7-2");
  EXPECT_EQ(ParseName("n", "units/u").value().kind, ResourceName::kUnit);
  EXPECT_EQ(ParseName("n", "profiles/p").value().profile, "p");
  EXPECT_EQ(ParseAmendmentName("n", "units/u/tables/t/amendments/12").value().amendment, 12);
  for (const char* bad :
       {"", "units", "units/", "unit/u", "units/u/", "units/u/tables", "units/u/indicators/i", "units/U",
        "units/-", "profiles/p/tables/t", "units/u/tables/t/indicators/i/actuals/7/x/y", "/units/u"})
    EXPECT_EQ(ReasonOf(ParseName("n", bad).status()), v1::ERROR_REASON_INVALID_NAME) << bad;
  for (const char* bad :
       {"units/u/tables/t/amendments/0", "units/u/tables/t/amendments/01", "units/u/tables/t/amendments/-1",
        "units/u/tables/t/amendments/", "units/u/amendments/1"})
    EXPECT_EQ(ReasonOf(ParseAmendmentName("n", bad).status()), v1::ERROR_REASON_INVALID_NAME) << bad;
  EXPECT_FALSE(ParseTableName("n", "units/u").ok()) << "another kind";
  EXPECT_TRUE(ParseName("n", "units/-", /*wildcard=*/true).ok());
}

TEST(Names, AnActualIsItsRevisionAndFromTheSecondOnItsNumber) {
  EXPECT_EQ(ActualId::Parse("123").value().ToString(), "123");
  EXPECT_EQ(ActualId::Parse("123-2").value().number, 2u);
  EXPECT_EQ((ActualId{123, 1}).ToString(), "123");
  for (const char* bad : {"", "0", "123-", "123-1", "123-0", "0123", "-2", "123-02", "1a", "123-2-3"})
    EXPECT_EQ(ReasonOf(ActualId::Parse(bad).status()), v1::ERROR_REASON_INVALID_NAME) << bad;
}

TEST(TextLimits, CountBytesOrCharacters) {
  EXPECT_TRUE(CheckLength("f", "一二", 6).ok());
  EXPECT_EQ(ReasonOf(CheckLength("f", "一二", 5)), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_TRUE(CheckName("f", "一二", 2).ok());
  EXPECT_EQ(ReasonOf(CheckName("f", "一二", 1)), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(std::string(CutText("一二", 6)), "一二");
  EXPECT_EQ(std::string(CutText("一二", 5)), "一");
  EXPECT_EQ(std::string(CutText("一二", 2)), "");
  for (const char* blank : {"", " \t\n", "　", "\u00a0\u200b\ufeff"}) EXPECT_TRUE(IsBlank(blank)) << blank;
  EXPECT_FALSE(IsBlank(" a"));
  EXPECT_EQ(ReasonOf(CheckRequired("f", "　", 9)), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_TRUE(CheckRequired("f", "　a", 9).ok());
}

TEST(TextLimits, TakeNoBytesThatAreNoText) {
  for (const char* good : {"a\tb\r\n", "一", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "\xc2\x80"})
    EXPECT_TRUE(CheckLength("f", good, 99).ok()) << ::testing::PrintToString(good);
  for (const char* bad : {"\x01", "\x1b[0m", "\x7f", "\xff", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
                          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xe4\xb8", "\xe4\xb8x", "\x80"}) {
    EXPECT_EQ(ReasonOf(CheckLength("f", bad, 99)), v1::ERROR_REASON_INVALID_ENCODING)
        << ::testing::PrintToString(bad);
    EXPECT_EQ(ReasonOf(CheckName("f", bad, 99)), v1::ERROR_REASON_INVALID_ENCODING);
  }
  EXPECT_EQ(ReasonOf(CheckLength("f", std::string("a\0b", 3), 99)), v1::ERROR_REASON_INVALID_ENCODING);
}

}  // namespace
}  // namespace attain::engine
