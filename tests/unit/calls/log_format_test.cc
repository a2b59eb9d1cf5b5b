// Lines of the log: their form, and that nothing that is logged breaks it.
#include "service/calls/log_format.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <string>

namespace attain::calls {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

const absl::Time kTime = absl::FromUnixMicros(1'732'000'000'123'456);

absl::TimeZone Beijing() {
  return absl::FixedTimeZone(8 * 60 * 60);
}

std::string Line(LogFormat format, const Entry& entry) {
  return FormatLine(format, kTime, Beijing(), entry);
}

// The object of a JSON line; the test fails when it is none.
google::protobuf::Struct Parse(const std::string& line) {
  google::protobuf::Struct object;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &object).ok()) << line;
  return object;
}

TEST(LogFormatTest, TextIsTimeLevelMessageAndFields) {
  EXPECT_EQ(Line(LogFormat::kText,
                 {Level::kError,
                  "call failed",
                  {{"method", "GetScore"}, {"revision", uint64_t{12}}, {"cause", "a \"b\" c"}, {"none", ""}},
                  ""}),
            "2024-11-19T15:06:40.123456+08:00 error call failed method=GetScore revision=12 "
            "cause=\"a \\\"b\\\" c\" none=\"\"\n");
}

TEST(LogFormatTest, JsonIsOneObjectWithNumbersAsNumbers) {
  const std::string line =
      Line(LogFormat::kJson,
           {Level::kDebug, "call refused", {{"method", "GetScore"}, {"revision", uint64_t{12}}}, ""});
  EXPECT_EQ(line,
            "{\"time\":\"2024-11-19T15:06:40.123456+08:00\",\"level\":\"debug\",\"message\":\"call refused\","
            "\"method\":\"GetScore\",\"revision\":12}\n");
  EXPECT_EQ(Parse(line).fields().at("revision").number_value(), 12);
}

TEST(LogFormatTest, ZoneIsWrittenForEveryOffset) {
  for (const auto& [seconds, offset] : {std::pair(0, "+00:00"), std::pair(-12'600, "-03:30")}) {
    const std::string line =
        FormatLine(LogFormat::kText, kTime, absl::FixedTimeZone(seconds), {Level::kInfo, "x", {}, ""});
    EXPECT_THAT(line.substr(26), ::testing::StartsWith(offset)) << line;
  }
}

TEST(LogFormatTest, NothingStartsALineOfItsOwnOrSteersATerminal) {
  const std::string hostile = "a\nb\r\tc\x1b[31m\x7f \xC2\x85 \xE2\x80\xA8 \xE2\x80\xAE \xEF\xBB\xBF d";
  for (const LogFormat format : {LogFormat::kText, LogFormat::kJson}) {
    const std::string line = Line(format, {Level::kInfo, hostile, {{"cause", hostile}}, ""});
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
    EXPECT_THAT(line, EndsWith("\n"));
    for (const char* bad :
         {"\r", "\t", "\x1b", "\x7f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xAE", "\xEF\xBB\xBF"})
      EXPECT_EQ(line.find(bad), std::string::npos) << line;
    EXPECT_THAT(line, HasSubstr("a\\nb\\u000d\\u0009c\\u001b[31m\\u007f \\u0085 \\u2028 \\u202e \\ufeff d"));
  }
}

TEST(LogFormatTest, JsonGivesBackWhatWentInWhateverItIs) {
  const std::string text = "引号\" 反斜杠\\ 换行\n 𝄞";
  const google::protobuf::Struct object =
      Parse(Line(LogFormat::kJson, {Level::kInfo, text, {{"cause", text}}, ""}));
  EXPECT_EQ(object.fields().at("message").string_value(), text);
  EXPECT_EQ(object.fields().at("cause").string_value(), text);
}

TEST(LogFormatTest, BytesThatAreNoTextAreReplaced) {
  // Stray bytes, an overlong form, a surrogate, a number above Unicode, a character that is cut off.
  for (const std::string bytes :
       {"\xFF", "\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE4\xB8"}) {
    const std::string line = Line(LogFormat::kJson, {Level::kInfo, "x", {{"cause", bytes}}, ""});
    EXPECT_THAT(line, HasSubstr("\\ufffd"));
    Parse(line);
  }
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  Parse(Line(LogFormat::kJson, {Level::kInfo, all, {{"cause", all}}, ""}));
}

TEST(LogFormatTest, LongLinesAreCutToOnePieceOfAPipe) {
  for (const char* unit : {"x", "\x01", "绩", "\"", "\xFF"}) {
    std::string value;
    while (value.size() < 100'000) value += unit;
    for (const LogFormat format : {LogFormat::kText, LogFormat::kJson}) {
      const std::string line =
          Line(format, {Level::kInfo, value, {{"a", value}, {"b", value}, {"c", "end"}}, ""});
      EXPECT_LE(line.size(), kMaxLine);
      EXPECT_THAT(line, HasSubstr("…"));
      EXPECT_THAT(line, HasSubstr("end"));
      EXPECT_THAT(line, EndsWith("\n"));
      if (format == LogFormat::kJson) Parse(line);
    }
  }
}

}  // namespace
}  // namespace attain::calls
