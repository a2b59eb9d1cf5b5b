// Hostile documents: each is refused with its own code, or read at a cost that follows what it really holds.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

struct Cost {
  std::string result;  // code, or "read"
  double seconds = 0;
  long mebibytes = 0;
};

// In a process of its own, whose peak of memory counts.
Cost Measure(const std::string& bytes) {
  int pipe_ends[2];
  EXPECT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    struct rusage before;
    getrusage(RUSAGE_SELF, &before);
    const std::string refusal = RefusalOf(bytes);
    const std::string code = refusal.substr(0, refusal.find(':'));
    if (write(pipe_ends[1], code.data(), code.size()) < 0) _exit(1);
    _exit(0);
  }
  close(pipe_ends[1]);
  Cost cost;
  char buffer[64];
  for (ssize_t got; (got = read(pipe_ends[0], buffer, sizeof(buffer))) > 0;)
    cost.result.append(buffer, static_cast<size_t>(got));
  close(pipe_ends[0]);
  int status = 0;
  struct rusage used;
  EXPECT_EQ(wait4(child, &status, 0, &used), child);
  EXPECT_EQ(status, 0);
  cost.seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  cost.mebibytes = used.ru_maxrss / 1024;
  return cost;
}

void ExpectCheap(const char* what, const std::string& bytes, const std::string& result) {
  const Cost cost = Measure(bytes);
  EXPECT_EQ(cost.result, result) << what;
  EXPECT_LT(cost.mebibytes, 512) << what;
  EXPECT_LT(cost.seconds, 5) << what;
  printf("%-28s %-22s %6.2f s %5ld MiB\n", what, cost.result.c_str(), cost.seconds, cost.mebibytes);
}

std::string Times(int times, absl::string_view text) {
  std::string out;
  out.reserve(static_cast<size_t>(times) * text.size());
  for (int i = 0; i < times; ++i) absl::StrAppend(&out, text);
  return out;
}

std::string SheetOf(const std::string& data, const std::string& shared = "") {
  WorkbookParts parts;
  parts.sheet = data;
  parts.shared = shared;
  return Workbook(parts);
}

TEST(Limits, HostileFixtures) {
  ExpectCheap("laughs.docx", Fixture("hostile/laughs.docx"), "EXTERNAL_ENTITY");
  ExpectCheap("laughs.xlsx", Fixture("hostile/laughs.xlsx"), "EXTERNAL_ENTITY");
  ExpectCheap("deep.docx", Fixture("hostile/deep.docx"), "DOCUMENT_TOO_DEEP");
  ExpectCheap("deepxml.docx", Fixture("hostile/deepxml.docx"), "DOCUMENT_TOO_LARGE");
  ExpectCheap("truncated.docx", Fixture("hostile/truncated.docx"), "PACKAGE_DAMAGED");
  ExpectCheap("dimension.xlsx", Fixture("hostile/dimension.xlsx"), "read");
  EXPECT_EQ(Grids(ReadOrFail(Fixture("hostile/dimension.xlsx")))[0].cells_size(), 2);
}

TEST(Limits, BombsInPackages) {
  ExpectCheap("cell of 200 MiB",
              SheetOf("<sheetData><row><c t=\"str\"><v>" + std::string(200 << 20, 'x') +
                      "</v></c></row></sheetData>"),
              "DOCUMENT_TOO_LARGE");
  ExpectCheap("one long string, many cells",
              SheetOf("<sheetData><row>" + Times(4000, "<c t=\"s\"><v>0</v></c>") + "</row></sheetData>",
                      "<si><t>" + std::string(900'000, 'x') + "</t></si>"),
              "DOCUMENT_TOO_COSTLY");
  std::string cells;
  for (int i = 0; i < 400'000; ++i)
    absl::StrAppend(&cells, i % 100 == 0 ? "</row><row>" : "", "<c><v>", i * 7919 % 100'003, "</v></c>");
  ExpectCheap("400,000 cells", SheetOf("<sheetData><row>" + cells + "</row></sheetData>"),
              "DOCUMENT_TOO_COSTLY");
  std::string distinct;
  for (int i = 0; i < 1'500'000; ++i)
    absl::StrAppend(&distinct, i % 100 == 0 ? "</row><row>" : "", "<c s=\"", i * 7919 % 100'003, "\"/>");
  ExpectCheap("1,500,000 styled empty cells", SheetOf("<sheetData><row>" + distinct + "</row></sheetData>"),
              "DOCUMENT_TOO_COSTLY");
  std::string merges;
  for (int i = 1; i < 300'000; ++i)
    absl::StrAppend(&merges, "<mergeCell ref=\"A", i * 3, ":B", i * 3 + 1, "\"/>");
  ExpectCheap("300,000 merges", SheetOf("<sheetData/><mergeCells>" + merges + "</mergeCells>"),
              "DOCUMENT_TOO_COSTLY");
  Parts parts;
  for (int i = 0; i < 5001; ++i) parts.emplace_back(absl::StrCat("p", i), "x");
  ExpectCheap("5,001 parts", Zip(parts), "DOCUMENT_TOO_LARGE");
}

TEST(Limits, PagesThatAskForTooMuch) {
  ExpectCheap("500,000 nested div", Times(500'000, "<div>"), "DOCUMENT_TOO_DEEP");
  ExpectCheap("2,500 huge spans", "<table>" + Times(2500, "<td rowspan=65534 colspan=1000>x"), "read");
  ExpectCheap("spans over many rows",
              "<table><tr>" + Times(20'000, "<td rowspan=65534>x") + Times(50'000, "<tr><td>y"),
              "DOCUMENT_TOO_COSTLY");
  ExpectCheap("400,000 cells in HTML", "<table>" + Times(4000, "<tr>" + Times(100, "<td>1</td>")),
              "DOCUMENT_TOO_COSTLY");
  ExpectCheap("8 million tags", "<html>" + Times(8'000'000, "<p>"), "DOCUMENT_TOO_COSTLY");
  ExpectCheap("1 million attributes", "<html><p" + Times(1'000'000, " a=b") + ">", "read");
  ExpectCheap("30 MiB of text", "<html><p>" + std::string(30 << 20, 'x'), "DOCUMENT_TOO_COSTLY");
}

TEST(Limits, Files) {
  Limits small;
  small.document = 100;
  EXPECT_TRUE(absl::StartsWith(RefusalOf(std::string(101, 'x'), small), "DOCUMENT_TOO_LARGE"));
  ExpectCheap("32 MiB of text", std::string(32 << 20, 'x'), "read");
  ExpectCheap("32 MiB of GB18030", Times(16 << 20, "\xBC\xA8"), "read");
  ExpectCheap("encrypted zip", Zip({{"word/document.xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}}, "secret"),
              "ENCRYPTED");
  const std::string twice = "<w:document/>";
  std::string zip = Zip({{"word/document.xml", twice}, {"word/documenu.xml", twice}});
  for (size_t at = zip.find("documenu"); at != std::string::npos; at = zip.find("documenu", at))
    zip[at + 7] = 't';
  EXPECT_TRUE(absl::StartsWith(RefusalOf(zip), "PACKAGE_DAMAGED: the package holds a part twice"));
}

TEST(Limits, XmlThatIsNoneOrTooDeep) {
  EXPECT_TRUE(absl::StartsWith(RefusalOf(Docx(Times(300, "<w:sdt><w:sdtContent>"))), "DOCUMENT_TOO_DEEP"));
  EXPECT_TRUE(absl::StartsWith(RefusalOf(Docx("<w:p></w:tbl>")),
                               "PACKAGE_DAMAGED: part word/document.xml is not well-formed XML"));
  EXPECT_TRUE(absl::StartsWith(RefusalOf(Zip({{"word/document.xml", ""}})), "PACKAGE_DAMAGED"));
  EXPECT_TRUE(absl::StartsWith(RefusalOf(Docx("<w:p><w:r><w:t>\xFF</w:t></w:r></w:p>")),
                               "PACKAGE_DAMAGED: part word/document.xml is in a character encoding"));
  // Neither a quoted > nor a comment fools the inspection.
  EXPECT_EQ(
      LinesOf(ReadOrFail(
          Docx("<!-- <!DOCTYPE x> --><w:p w:a=\"<>/>\"><w:r><w:t><![CDATA[<!DOCTYPE>]]></w:t></w:r></w:p>"))),
      "<!DOCTYPE>");
}

}  // namespace
}  // namespace attain::extract
