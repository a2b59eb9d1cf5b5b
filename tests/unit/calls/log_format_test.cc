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

TEST(LogFormatTest, EachLevelHasItsName) {
  const std::pair<Level, const char*> names[] = {{Level::kNotice, "notice"},
                                                 {Level::kError, "error"},
                                                 {Level::kWarning, "warning"},
                                                 {Level::kInfo, "info"},
                                                 {Level::kDebug, "debug"}};
  for (const auto& [level, name] : names) {
    EXPECT_EQ(LevelName(level), name);
    EXPECT_THAT(Line(LogFormat::kText, {level, "x", {}, ""}), HasSubstr(std::string(" ") + name + " x\n"));
    EXPECT_THAT(Line(LogFormat::kJson, {level, "x", {}, ""}),
                HasSubstr(std::string("\"level\":\"") + name + "\""));
  }
}

// The value as it stands in a line of text.
std::string Value(const std::string& value) {
  const std::string line = Line(LogFormat::kText, {Level::kInfo, "x", {{"v", value}}, ""});
  const size_t at = line.find("v=");
  return line.substr(at + 2, line.size() - at - 3);
}

TEST(LogFormatTest, PlainWordsStandAsTheyAreAndAllElseInQuotes) {
  for (const char* plain : {"a", "Z9", "_", "-", ".", "/a/b", "10:30", "a+b", "0"})
    EXPECT_EQ(Value(plain), plain);
  for (const char* quoted : {"", " ", "a b", "a=b", "局", "a,b", "(a)", "@"})
    EXPECT_EQ(Value(quoted), std::string("\"") + quoted + "\"");
  EXPECT_EQ(Value("a\\b"), "\"a\\\\b\"");
  EXPECT_EQ(Value("\""), "\"\\\"\"");
  EXPECT_THAT(Line(LogFormat::kText, {Level::kInfo, "say \"a\\b\"", {}, ""}), HasSubstr(" say \"a\\b\"\n"))
      << "a message has no quotes around it";
}

TEST(LogFormatTest, BothSidesOfWhatSteersATerminal) {
  const std::pair<const char*, const char*> steering[] = {
      {"\x1f", "\\u001f"},         {"\x7f", "\\u007f"},         {"\xC2\x80", "\\u0080"},
      {"\xC2\x9F", "\\u009f"},     {"\xE2\x80\x8E", "\\u200e"}, {"\xE2\x80\x8F", "\\u200f"},
      {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xAE", "\\u202e"}, {"\xE2\x81\xA6", "\\u2066"},
      {"\xE2\x81\xA9", "\\u2069"}, {"\xEF\xBB\xBF", "\\ufeff"}};
  for (const auto& [text, escaped] : steering) EXPECT_EQ(Value(text), std::string("\"") + escaped + "\"");
  for (const char* harmless : {"~!", "\xC2\xA0", "\xE2\x80\x8D", "\xE2\x80\x90", "\xE2\x80\xA7",
                               "\xE2\x80\xAF", "\xE2\x81\xA5", "\xE2\x81\xAA", "\xEF\xBB\xBE"})
    EXPECT_EQ(Value(harmless), std::string("\"") + harmless + "\"");
}

TEST(LogFormatTest, BothSidesOfWhatIsText) {
  for (const char* text : {"\xC2\xA1", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBD", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(Value(text), std::string("\"") + text + "\"");
  const std::pair<const char*, int> broken[] = {
      {"\xC1\xBF", 2},         {"\xE0\x9F\xBF", 3},     {"\xED\xA0\x80", 3},
      {"\xED\xBF\xBF", 3},     {"\xF0\x8F\xBF\xBF", 4}, {"\xF4\x90\x80\x80", 4},
      {"\xF5\x80\x80\x80", 4}, {"\xE4\xB8", 2},         {"\xC2", 1}};
  for (const auto& [bytes, count] : broken) {
    std::string replaced = "\"";
    for (int i = 0; i < count; ++i) replaced += "\\ufffd";
    EXPECT_EQ(Value(bytes), replaced + "\"") << ::testing::PrintToString(bytes);
  }
  EXPECT_EQ(Value("\xE4\xB8x"), "\"\\ufffd\\ufffdx\"") << "what follows is kept";
}

TEST(LogFormatTest, ALineIsCutOnlyWhereItHasTo) {
  const auto line = [](size_t size) {
    return Line(LogFormat::kText,
                {Level::kInfo, "x", {{"a", std::string(2040, 'y')}, {"b", std::string(size, 'z')}}, ""});
  };
  size_t size = 1;
  while (size < 2048 && line(size).size() < kMaxLine) ++size;
  EXPECT_EQ(line(size).size(), kMaxLine);
  EXPECT_EQ(line(size).find("…"), std::string::npos) << "fits exactly";
  EXPECT_THAT(line(size + 1), HasSubstr("…"));
  EXPECT_LE(line(size + 1).size(), kMaxLine);
  EXPECT_EQ(Value(std::string(2048, 'y')), std::string(2048, 'y'));
  EXPECT_EQ(Value(std::string(2049, 'y')), std::string(2048, 'y') + "…");
}

}  // namespace
}  // namespace attain::calls
