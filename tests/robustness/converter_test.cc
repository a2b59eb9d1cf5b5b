// XLS and DOC through the real LibreOffice in its sandbox. Skipped where LibreOffice or bubblewrap is not
// installed (scripts/test-packages.txt).
#include "service/documents/converter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/documents/refusal.h"
#include "tests/robustness/extract_run.h"
#include "tests/support/scratch.h"

namespace attain::documents {
namespace {

using ::attain::document::v1::MEDIA_DOC;
using ::attain::document::v1::MEDIA_PDF;
using ::attain::document::v1::MEDIA_XLS;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Fixture(const std::string& name) {
  return testing::ReadFileOrDie(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/data/documents/", name));
}

uint32_t Number(const std::string& bytes, size_t at, int size) {
  uint32_t number = 0;
  for (int i = size - 1; i >= 0; --i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

// A part of a package, by its table at the end; "" when it is not there.
std::string Part(const std::string& package, const std::string& name) {
  for (size_t at = package.find("PK\x01\x02"); at != std::string::npos;
       at = package.find("PK\x01\x02", at + 4)) {
    if (package.compare(at + 46, Number(package, at + 28, 2), name) != 0) continue;
    const size_t local = Number(package, at + 42, 4), packed = Number(package, at + 20, 4),
                 size = Number(package, at + 24, 4);
    const size_t data = local + 30 + Number(package, local + 26, 2) + Number(package, local + 28, 2);
    if (Number(package, at + 10, 2) == 0) return package.substr(data, size);
    std::string part(size, '\0');
    z_stream zlib{};
    EXPECT_EQ(inflateInit2(&zlib, -MAX_WBITS), Z_OK);
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(package.data() + data));
    zlib.avail_in = static_cast<uInt>(packed);
    zlib.next_out = reinterpret_cast<Bytef*>(part.data());
    zlib.avail_out = static_cast<uInt>(size);
    EXPECT_EQ(inflate(&zlib, Z_FINISH), Z_STREAM_END);
    inflateEnd(&zlib);
    return part;
  }
  return "";
}

// Code of the refusal, or "".
std::string CodeOf(const absl::StatusOr<std::string>& converted) {
  const auto refusal = RefusalOf(converted.status());
  return refusal.has_value() ? refusal->code() : "";
}

class ConverterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Converter(ConverterOptions()).Installed())
      GTEST_SKIP() << "LibreOffice or bubblewrap is not installed";
  }
};

TEST_F(ConverterTest, WorkbookKeepsPercentsTextCodesHiddenSheetsAndMerges) {
  Converter converter{ConverterOptions()};
  const absl::StatusOr<std::string> converted = converter.Convert(Fixture("export/export.xls"), MEDIA_XLS);
  ASSERT_TRUE(converted.ok()) << converted.status();
  EXPECT_THAT(Part(*converted, "xl/workbook.xml"), HasSubstr("state=\"hidden\""));
  const std::string sheet = Part(*converted, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<v>0.85</v>"));
  EXPECT_THAT(sheet, HasSubstr("<v>45991</v>"));
  EXPECT_THAT(sheet, HasSubstr("hidden=\"true\""));
  EXPECT_THAT(sheet, HasSubstr("<mergeCell "));
  EXPECT_THAT(Part(*converted, "xl/sharedStrings.xml"), HasSubstr("650100241000001"));
}

TEST_F(ConverterTest, EveryOldWorkbookAndTextIsConverted) {
  Converter converter{ConverterOptions()};
  for (const char* name : {"provincial/provincial.xls", "published/published.xls", "selfeval/selfeval.xls"}) {
    const absl::StatusOr<std::string> converted = converter.Convert(Fixture(name), MEDIA_XLS);
    ASSERT_TRUE(converted.ok()) << name << converted.status();
    EXPECT_THAT(Part(*converted, "xl/sharedStrings.xml"), HasSubstr("绩效")) << name;
  }
  for (const char* name : {"provincial/provincial-landscape.doc", "published/published-first-three.doc",
                           "selfeval/selfeval.doc"}) {
    const absl::StatusOr<std::string> converted = converter.Convert(Fixture(name), MEDIA_DOC);
    ASSERT_TRUE(converted.ok()) << name << converted.status();
    EXPECT_THAT(Part(*converted, "word/document.xml"), HasSubstr("<w:vMerge")) << name;
  }
}

TEST_F(ConverterTest, WhatIsNoOldDocumentIsRefused) {
  Converter converter{ConverterOptions()};
  EXPECT_EQ(CodeOf(converter.Convert("%PDF-1.4", MEDIA_PDF)), "FORMAT_NEEDS_CONVERTER");
  EXPECT_EQ(CodeOf(converter.Convert("", MEDIA_XLS)), "DOCUMENT_DAMAGED");
  std::string cut = Fixture("selfeval/selfeval.doc").substr(0, 700);
  EXPECT_FALSE(converter.Convert(cut, MEDIA_DOC).ok());
  ConverterOptions small;
  small.max_input = 10;
  EXPECT_EQ(CodeOf(Converter(small).Convert(cut, MEDIA_DOC)), "DOCUMENT_TOO_LARGE");
}

TEST_F(ConverterTest, SlowConversionIsKilledByTheClock) {
  ConverterOptions hasty;
  hasty.wall_clock = absl::Milliseconds(50);
  EXPECT_EQ(CodeOf(Converter(hasty).Convert(Fixture("selfeval/selfeval.doc"), MEDIA_DOC)),
            "DOCUMENT_TOO_COSTLY");
}

TEST_F(ConverterTest, CallsTakeTurnsAndTooManyAreSentAway) {
  ConverterOptions one;
  one.waiting = 1;
  Converter converter(one);
  const std::string bytes = Fixture("selfeval/selfeval.doc");
  std::vector<absl::StatusCode> codes(6);
  std::vector<std::thread> threads;
  for (absl::StatusCode& code : codes)
    threads.emplace_back([&] { code = converter.Convert(bytes, MEDIA_DOC).status().code(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(codes, ::testing::Contains(absl::StatusCode::kOk));
  EXPECT_THAT(codes, ::testing::Contains(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(codes,
              ::testing::Each(::testing::AnyOf(absl::StatusCode::kOk, absl::StatusCode::kResourceExhausted)));
}

// Runs a shell script where LibreOffice runs.
std::string InSandbox(const std::string& script) {
  std::vector<std::string> arguments = SandboxArguments(ConverterOptions(), "txt");
  const std::string program = arguments[0];
  arguments.erase(arguments.begin());
  for (const char* argument : {"/bin/sh", "-c", script.c_str()}) arguments.emplace_back(argument);
  return testing::RunExtract(program, arguments, "the document").output;
}

TEST_F(ConverterTest, SandboxSeesNothingOfTheMachine) {
  EXPECT_EQ(InSandbox("cat /tmp/document.txt"), "the document");
  EXPECT_EQ(InSandbox("ls /"), "bin\ndev\netc\nlib\nlib64\nproc\nsbin\ntmp\nusr\n");
  EXPECT_EQ(InSandbox("ls /etc | grep -v -e '^fonts$' -e '^libreoffice$'"), "");
  EXPECT_EQ(InSandbox("id -u"), "65534\n");
  EXPECT_EQ(InSandbox("touch /usr/written 2>/dev/null || echo no"), "no\n");
  EXPECT_EQ(InSandbox("env | grep -v -e ^HOME= -e ^PATH= -e ^LC_ALL= -e ^PWD="), "");
  // No network but a loopback that nobody listens on; no process but its own.
  EXPECT_EQ(InSandbox("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"), "lo\n");
  EXPECT_EQ(InSandbox("tail -n +2 /proc/net/route"), "");
  EXPECT_THAT(InSandbox("ulimit -t; ulimit -v; ulimit -c"), HasSubstr("30\n4194304\n0\n"));
  EXPECT_THAT(InSandbox("df -k /tmp | tail -1"), HasSubstr("524288"));
}

TEST_F(ConverterTest, MissingProgramsAreToldByName) {
  ConverterOptions options;
  options.soffice = "/usr/bin/no-such-soffice";
  const absl::Status status = Converter(options).Convert("x", MEDIA_DOC).status();
  EXPECT_EQ(CodeOf(status), "FORMAT_NEEDS_CONVERTER");
  EXPECT_THAT(std::string(status.message()), HasSubstr("libreoffice-calc-nogui"));
}

}  // namespace
}  // namespace attain::documents
