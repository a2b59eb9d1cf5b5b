// The converter with a script in the place of bubblewrap, which does what the test says instead of
// converting.
#include "service/documents/converter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "service/documents/refusal.h"
#include "tests/support/scratch.h"

namespace attain::documents {
namespace {

namespace document = attain::document::v1;

using ::testing::Contains;
using ::testing::HasSubstr;

class ConverterTest : public ::testing::Test {
 protected:
  ConverterTest() {
    options_.soffice = "/bin/sh";  // is there and can be run
    options_.bubblewrap = scratch_ / "bwrap";
    options_.wall_clock = absl::Seconds(20);
    Script("exit 1");
  }
  void Script(const std::string& text) {
    testing::WriteFileOrDie(options_.bubblewrap, absl::StrCat("#!/bin/sh\n", text, "\n"));
    chmod(options_.bubblewrap.c_str(), 0755);
  }
  // What came out; the refusal's code otherwise.
  std::string Convert(const std::string& bytes, document::Media media = document::MEDIA_XLS) {
    Converter converter(options_);
    const absl::StatusOr<std::string> converted = converter.Convert(bytes, media);
    if (converted.ok()) return *converted;
    const auto refusal = RefusalOf(converted.status());
    if (!refusal.has_value()) return converted.status().ToString();
    EXPECT_EQ(refusal->media(), media);
    return refusal->code();
  }

  testing::ScratchDirectory scratch_;
  ConverterOptions options_;
};

TEST_F(ConverterTest, GivesThePackageThatCameOut) {
  Script("printf 'PK\\003\\004'; exec /bin/cat");
  const std::string large(4 << 20, 'a');
  EXPECT_EQ(Convert(large), "PK\x03\x04" + large);
}

TEST_F(ConverterTest, AsksForTheNewFormOfTheSameKind) {
  Script("printf 'PK\\003\\004'; printf ' %s' \"$@\" | /usr/bin/tail -c 40");
  EXPECT_THAT(Convert("x", document::MEDIA_XLS), HasSubstr(" xls xlsx"));
  EXPECT_THAT(Convert("x", document::MEDIA_DOC), HasSubstr(" doc docx"));
}

TEST_F(ConverterTest, RefusesWhatItNeedNotStartFor) {
  Script("printf 'PK\\003\\004'");
  options_.max_input = 5;
  EXPECT_EQ(Convert("12345"), "PK\x03\x04");
  EXPECT_EQ(Convert("123456"), "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(Convert(""), "DOCUMENT_DAMAGED");
  EXPECT_EQ(Convert("x", document::MEDIA_PDF), "FORMAT_NEEDS_CONVERTER");
  options_.soffice = "/nonexistent/soffice";
  EXPECT_EQ(Convert("x"), "FORMAT_NEEDS_CONVERTER");
  EXPECT_FALSE(Converter(options_).Installed());
}

TEST_F(ConverterTest, WhatIsNoPackageIsDamage) {
  for (const char* script : {"exit 1", "printf 'PK\\003\\004'; exit 1", "printf 'half a document'", "exit 0",
                             "printf 'PK\\003\\004'; kill -KILL $$"}) {
    Script(script);
    EXPECT_EQ(Convert("x"), "DOCUMENT_DAMAGED") << script;
  }
}

TEST_F(ConverterTest, WhatTakesTooLongOrTooMuchIsCostly) {
  Script("exit 152");  // 128 + SIGXCPU: what a shell says of a child that used up its time
  EXPECT_EQ(Convert("x"), "DOCUMENT_TOO_COSTLY");
  options_.max_output = 8;
  Script("printf 'PK\\003\\0041234'");
  EXPECT_EQ(Convert("x"),
            "PK\x03\x04"
            "1234");
  Script("printf 'PK\\003\\00412345'");
  EXPECT_EQ(Convert("x"), "DOCUMENT_TOO_COSTLY");
  Script("printf 'PK\\003\\004'; exec /bin/sleep 60");
  options_.wall_clock = absl::Milliseconds(300);
  const absl::Time start = absl::Now();
  EXPECT_EQ(Convert("x"), "DOCUMENT_TOO_COSTLY");
  EXPECT_LT(absl::Now() - start, absl::Seconds(15));
}

TEST_F(ConverterTest, EveryTurnIsGivenBack) {
  options_.wall_clock = absl::Seconds(5);
  Converter converter(options_);
  for (int i = 0; i < 3; ++i) {
    const auto refusal = RefusalOf(converter.Convert("x", document::MEDIA_XLS).status());
    ASSERT_TRUE(refusal.has_value()) << "the first kept its turn";
    EXPECT_EQ(refusal->code(), "DOCUMENT_DAMAGED");
  }
}

TEST_F(ConverterTest, TheSandboxIsBounded) {
  options_.cpu_seconds = 7;
  options_.memory = 1234;
  options_.scratch = 5678;
  const std::vector<std::string> arguments = SandboxArguments(options_, "xls");
  EXPECT_EQ(arguments[0], options_.bubblewrap);
  for (const char* wanted : {"--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cpu=7",
                             "--as=1234", "--fsize=5678", "5678", "--core=0", "/tmp/document.xls"})
    EXPECT_THAT(arguments, Contains(wanted));
}

}  // namespace
}  // namespace attain::documents
