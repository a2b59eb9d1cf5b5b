// The jail of attain-extract, tried from inside and with hostile documents: no socket, no file, no root,
// bounded time and memory, and always an answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/robustness/extract_run.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/scratch.h"

namespace attain::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kProbe[] = ATTAIN_BIN_DIR "/extract_probe";
constexpr char kCharacterMap[] = "/usr/share/poppler/cMap/Adobe-GB1/UniGB-UCS2-H";

std::string Fixture(const std::string& name) {
  return ReadFileOrDie(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/data/documents/", name));
}

ExtractRun Probe(const std::vector<std::string>& arguments, const std::string& input = "") {
  return RunExtract(kProbe, arguments, input);
}

void ExpectKilled(const ExtractRun& run) {
  EXPECT_EQ(run.signal, SIGSYS);
  EXPECT_EQ(run.output, "");
}

TEST(ExtractJailTest, SocketsProcessesAndSignalsKill) {
  for (const char* what : {"socket", "fork", "exec", "kill", "executable-memory"}) {
    SCOPED_TRACE(what);
    ExpectKilled(Probe({what}));
    ExpectKilled(Probe({"--no-landlock", what}));
  }
}

TEST(ExtractJailTest, OnlyCharacterMapsOpenAndOnlyForReading) {
  EXPECT_EQ(Probe({"open", kCharacterMap}).output, "yes");
  EXPECT_EQ(Probe({"open", "/etc/passwd"}).output, "no: Permission denied");
  EXPECT_EQ(Probe({"open", "/proc/self/environ"}).output, "no: Permission denied");
  EXPECT_EQ(Probe({"open", "/usr/share/poppler/../../../etc/passwd"}).output, "no: Permission denied");
  ExpectKilled(Probe({"truncate", kCharacterMap}));
}

TEST(ExtractJailTest, NoFileIsWritten) {
  const ScratchDirectory directory;
  const std::string path = directory / "written";
  ExpectKilled(Probe({"write", path}));
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

TEST(ExtractJailTest, WithoutLandlockNothingOpens) {
  EXPECT_EQ(Probe({"--no-landlock", "open", kCharacterMap}).output, "no: Permission denied");
  EXPECT_EQ(Probe({"--no-landlock", "open", "/etc/passwd"}).output, "no: Permission denied");
}

TEST(ExtractJailTest, WithoutCharacterMapsFontsAreToldAsUnreadable) {
  document::v1::ExtractResult result;
  ASSERT_TRUE(result.ParseFromString(
      Probe({"--no-landlock", "read"}, Fixture("traps/font-not-embedded.pdf")).output));
  EXPECT_EQ(result.refusal().code(), "FONT_UNREADABLE");
  // What is embedded needs none.
  ASSERT_TRUE(
      result.ParseFromString(Probe({"--no-landlock", "read"}, Fixture("selfeval/selfeval.pdf")).output));
  EXPECT_TRUE(result.has_document());
}

TEST(ExtractJailTest, RootIsGivenUpFirst) {
  if (geteuid() != 0) GTEST_SKIP() << "not root";
  EXPECT_EQ(Probe({"user"}).output, "65534 65534 65534 65534");
  // A jail that cannot give root up lets nothing be read.
  EXPECT_THAT(Probe({"--nobody=0", "user"}).output, StartsWith("jail: giving root up failed"));
}

TEST(ExtractJailTest, OpenDescriptorsAreClosed) {
  EXPECT_EQ(Probe({"descriptor"}).output, "no: Bad file descriptor");
}

TEST(ExtractJailTest, MemoryEndsBelowHalfAGibibyte) {
  EXPECT_THAT(Probe({"memory"}).output, StartsWith("no: after "));
}

TEST(ExtractJailTest, EndlessWorkEndsWithAWord) {
  const ExtractRun run = Probe({"spin"});
  EXPECT_THAT(run.output, HasSubstr("DOCUMENT_TOO_COSTLY"));
  EXPECT_LT(run.processor, absl::Seconds(2));
}

TEST(ExtractJailTest, EndlessPdfIsRefusedWithinItsLimits) {
  ExtractRun run;
  const document::v1::ExtractResult result = ReadInJail(Fixture("hostile/formtree.pdf"), &run);
  EXPECT_EQ(result.refusal().code(), "DOCUMENT_TOO_COSTLY");
  EXPECT_LT(run.processor, absl::Seconds(6));
  EXPECT_LT(run.peak_kib, 512 << 10);
}

TEST(ExtractJailTest, HostileFixturesAreAnswered) {
  EXPECT_NE(RefusalInJail(Fixture("hostile/formloop.pdf")), "");
  EXPECT_NE(RefusalInJail(Fixture("hostile/hugepage.pdf")), "");
  EXPECT_NE(RefusalInJail(Fixture("hostile/truncated10.pdf")), "");
  EXPECT_NE(RefusalInJail(Fixture("hostile/truncated50.pdf")), "");
}

TEST(ExtractJailTest, PathOperatorsWithoutEndAreRefused) {
  // 560 MB of them in a file of about 1 MB.
  std::string content;
  const std::string piece = "0 0 m 1 1 l 2 0 l 5 5 1 1 re n\n";
  content.reserve(size_t{562} << 20);
  while (content.size() < size_t{560} << 20) content += piece;
  PdfWriter pdf;
  pdf.AddPage(content);
  std::string().swap(content);
  const std::string file = pdf.Finish();
  EXPECT_LT(file.size(), size_t{4} << 20);
  ExtractRun run;
  EXPECT_EQ(ReadInJail(file, &run).refusal().code(), "DOCUMENT_TOO_COSTLY");
  EXPECT_LT(run.processor, absl::Seconds(6.5));
  EXPECT_LT(run.peak_kib, 512 << 10);
}

TEST(ExtractJailTest, NinetyThousandCrossingLinesAreRefusedQuickly) {
  std::string content;
  for (int i = 0; i < 45'000; ++i)
    absl::StrAppend(&content, "0 ", i * 4, " m 180000 ", i * 4, " l ", i * 4, " 0 m ", i * 4,
                    " 180000 l S\n");
  PdfWriter pdf;
  pdf.AddPage({.width = 180'000, .height = 180'000, .content = content});
  ExtractRun run;
  EXPECT_EQ(ReadInJail(pdf.Finish(), &run).refusal().code(), "DOCUMENT_TOO_COSTLY");
  EXPECT_LT(run.processor, absl::Seconds(2));
}

TEST(ExtractJailTest, PageOfAThousandMillionPointsIsRead) {
  PdfWriter pdf;
  pdf.AddPage(
      {.width = 1e9, .height = 1e9, .content = PdfWriter::Table({100, 200, 300}, {700, 680}, {{"a", "b"}})});
  ExtractRun run;
  const document::v1::ExtractResult result = ReadInJail(pdf.Finish(), &run);
  ASSERT_TRUE(result.has_document()) << result.ShortDebugString();
  EXPECT_EQ(result.document().blocks(0).grid().cells_size(), 2);
  EXPECT_LT(run.processor, absl::Seconds(1));
}

TEST(ExtractJailTest, TooManyPagesLettersAndBytesAreRefused) {
  PdfWriter pages;
  for (int i = 0; i < 501; ++i) pages.AddPage("");
  EXPECT_EQ(RefusalInJail(pages.Finish()), "DOCUMENT_TOO_COSTLY");
  PdfWriter letters;
  const std::string line = absl::StrCat("(", std::string(10'000, 'a'), ") Tj\n");
  std::string content = "BT /F1 1 Tf\n";
  for (int i = 0; i < 201; ++i) content += line;
  letters.AddPage(content + "ET");
  EXPECT_EQ(RefusalInJail(letters.Finish()), "DOCUMENT_TOO_COSTLY");
  EXPECT_EQ(RefusalInJail(std::string((size_t{32} << 20) + 1, 'x')), "DOCUMENT_TOO_LARGE");
}

TEST(ExtractJailTest, HonestDocumentIsReadInMilliseconds) {
  ExtractRun run;
  const document::v1::ExtractResult result = ReadInJail(Fixture("published/published-portrait.pdf"), &run);
  EXPECT_TRUE(result.has_document());
  EXPECT_LT(run.processor, absl::Seconds(1));
  EXPECT_LT(run.peak_kib, 128 << 10);
  RecordProperty("wall_us", static_cast<int>(absl::ToInt64Microseconds(run.wall)));
}

TEST(ExtractJailTest, ProgramSaysWhatItIs) {
  const std::string program = ATTAIN_BIN_DIR "/attain-extract";
  EXPECT_EQ(RunExtract(program, {"--version"}, "").output, "attain-extract/1\n");
  EXPECT_THAT(RunExtract(program, {"--help"}, "").output, HasSubstr("--check"));
  EXPECT_THAT(RunExtract(program, {"--check"}, "").output, HasSubstr("seccomp: yes"));
  EXPECT_EQ(RunExtract(program, {"--no-such-option"}, "").code, 2);
}

}  // namespace
}  // namespace attain::testing
