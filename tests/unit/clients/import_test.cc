// attain import and attain extract against a server that answers what the test says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/run.h"
#include "tests/unit/clients/fake_server.h"
#include "tests/unit/clients/scratch_dir.h"

namespace attain::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ImportCommandTest : public testing::Test {
 protected:
  ImportCommandTest() {
    v1::ImportDocumentResponse& answer = server_.state().imported;
    answer.add_tables()->set_name("units/u/tables/p1");
    answer.set_table_count(1);
    answer.set_row_count(38);
    answer.mutable_commit()->set_revision(7);
    answer.mutable_source()->set_format("XLSX");
    answer.mutable_source()->add_sheets("目标表");
    answer.mutable_source()->add_hidden_sheets("旧表");
    answer.mutable_ledger()->set_read(300);
    answer.mutable_ledger()->set_furniture(40);
    answer.mutable_ledger()->set_told(2);
  }
  ExitCode Do(std::vector<std::string> words) {
    out_.str("");
    err_.str("");
    words.insert(words.begin(), {"--lang=en", absl::StrCat("--server=", server_.address())});
    Terminal terminal;
    terminal.out = &out_;
    terminal.err = &err_;
    return cli::Run(words, terminal);
  }
  const v1::ImportDocumentRequest& last() { return server_.state().imports.back(); }

  const ScratchDir scratch_;
  client::FakeServer server_;
  std::ostringstream out_, err_;
};

TEST_F(ImportCommandTest, SmallFilesGoAsTheyAreWithTheirName) {
  const std::string bytes("PK\x03\x04\0\xff\xfe", 7);
  ASSERT_EQ(Do({"import", scratch_.Write("2025.xlsx", bytes), "--dry-run", "--table", "2, 3", "--accept",
                "PAGE_DAMAGED,SCANNED_PAGE"}),
            kDone);
  EXPECT_EQ(last().content(), bytes);
  EXPECT_EQ(last().file_name(), "2025.xlsx");
  EXPECT_TRUE(last().write().validate_only());
  EXPECT_THAT(last().tables(), ElementsAre(2, 3));
  EXPECT_THAT(last().write().accept_findings(), ElementsAre("PAGE_DAMAGED", "SCANNED_PAGE"));
  EXPECT_THAT(out_.str(), HasSubstr("read from XLSX; sheets 目标表; hidden sheets left out: 旧表\n"));
  EXPECT_THAT(out_.str(), HasSubstr("342 cells: 300 read, 40 headers and the like, 2 told above, 0 outside"));
}

TEST_F(ImportCommandTest, EachGridThatWasLeftOutIsToldWithItsPlaceAndSize) {
  v1::CellLedger* const ledger = server_.state().imported.mutable_ledger();
  ledger->set_outside(13);
  v1::OutsideGrid* grid = ledger->add_outside_grids();
  grid->set_title("人员名单");
  grid->set_sheet("附表");
  grid->set_address("B3");
  grid->set_cells(12);
  grid = ledger->add_outside_grids();
  grid->set_page(4);
  grid->set_cells(1);
  ledger->set_outside_grids_left_out(5);
  ASSERT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK")}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("13 outside of target tables\n"
                                    "  - no target table: 附表 B3 \"人员名单\", 12 cells, not imported\n"
                                    "  - no target table: p. 4, 1 cell, not imported\n"
                                    "  - 5 more such grids\n"));
}

TEST_F(ImportCommandTest, WhatADryRunShowedCanBeWrittenAsItIs) {
  server_.state().imported.set_preview("4f1c");
  const std::string file = scratch_.Write("a.xlsx", "PK");
  ASSERT_EQ(Do({"import", file, "--dry-run"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("to write just this: --preview 4f1c instead of --dry-run\n"));
  ASSERT_EQ(Do({"import", file, "--preview", "4f1c"}), kDone);
  EXPECT_EQ(last().preview(), "4f1c");
  EXPECT_THAT(out_.str(), Not(HasSubstr("--preview")));
  EXPECT_EQ(Do({"import", file, scratch_.Write("b.xlsx", "PK"), "--preview", "4f1c"}), kWrongUsage);
}

TEST_F(ImportCommandTest, FiguresThatWereAllThereBeforeGetNoRevision) {
  v1::ImportDocumentResponse& answer = server_.state().imported;
  answer.clear_tables();
  answer.clear_commit();
  answer.add_actuals()->set_already_recorded(true);
  answer.set_already_recorded(1);
  ASSERT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK"), "--use", "actuals"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("Nothing new was to be recorded. 1 were recorded before.\n"));
}

TEST_F(ImportCommandTest, LargeFilesAreUploadedFirst) {
  const std::string bytes(3 << 20, 'x');
  ASSERT_EQ(Do({"import", scratch_.Write("large.pdf", bytes)}), kDone);
  ASSERT_THAT(server_.state().uploaded, SizeIs(1));
  EXPECT_EQ(server_.state().uploaded[0], bytes);
  EXPECT_EQ(server_.state().upload_headers[0].file_name(), "large.pdf");
  EXPECT_EQ(server_.state().upload_headers[0].size_bytes(), 3 << 20);
  EXPECT_THAT(server_.state().upload_headers[0].sha256(), SizeIs(32));
  EXPECT_EQ(last().upload(), "uploads/1");
  EXPECT_THAT(last().content(), IsEmpty());
}

TEST_F(ImportCommandTest, TooLargeIsToldBeforeItIsSent) {
  EXPECT_EQ(Do({"import", scratch_.Write("huge.pdf", std::string((32 << 20) + 1, 'x'))}), kRefused);
  EXPECT_THAT(err_.str(), HasSubstr("at most 33,554,432"));
  EXPECT_THAT(server_.state().imports, IsEmpty());
}

TEST_F(ImportCommandTest, SeveralFilesAreImportedOneByOneAndARefusalHoldsNoOtherUp) {
  v1::FindingList findings;
  findings.set_total(3);
  v1::Finding* finding = findings.add_findings();
  finding->set_severity(v1::SEVERITY_ERROR);
  finding->set_code("NO_TARGET_TABLE");
  finding->set_message("No target table was found.");
  server_.state().refusal = client::RefusalWith(findings);
  server_.state().refuse_next = 1;
  const std::string a = scratch_.Write("a.csv", "a"), b = scratch_.Write("b.csv", "b");
  EXPECT_EQ(Do({"import", a, b, "--request-id", "once"}), kRefused);
  ASSERT_THAT(server_.state().imports, SizeIs(2));
  EXPECT_EQ(server_.state().imports[0].write().request_id(), "once-1");
  EXPECT_EQ(server_.state().imports[1].write().request_id(), "once-2");
  EXPECT_THAT(err_.str(), HasSubstr("[NO_TARGET_TABLE]"));
  EXPECT_THAT(err_.str(), HasSubstr("and 2 more findings"));
  EXPECT_THAT(err_.str(), HasSubstr("a.csv: attain: cannot be read"));
  EXPECT_THAT(out_.str(), HasSubstr("Imported 1 table with 38 indicators, revision 7."));
}

TEST_F(ImportCommandTest, ADryRunThatReadsNothingIsNoSuccess) {
  server_.state().imported.clear_tables();
  v1::Finding* finding = server_.state().imported.add_findings();
  finding->set_severity(v1::SEVERITY_ERROR);
  finding->set_code("NO_TARGET_TABLE");
  EXPECT_EQ(Do({"import", scratch_.Write("a.csv", "a"), "--dry-run"}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("[NO_TARGET_TABLE]"));
  EXPECT_THAT(out_.str(), HasSubstr("No target table was read."));
}

TEST_F(ImportCommandTest, WrongTableNumbersAreWrongUsage) {
  const std::string file = scratch_.Write("a.csv", "a");
  for (const char* wrong : {"0", "two", "1,-2"})
    EXPECT_EQ(Do({"import", file, "--table", wrong}), kWrongUsage) << wrong;
  EXPECT_THAT(server_.state().imports, IsEmpty());
}

TEST_F(ImportCommandTest, ExtractPrintsGridsWithAddressesAndMergedCells) {
  document::v1::Document& document = server_.state().extracted;
  document.set_media(document::v1::MEDIA_XLSX);
  document.set_reader("attain-extract/1 xlsx");
  document.add_blocks()->mutable_line()->set_text("填报说明");
  document::v1::Grid* grid = document.add_blocks()->mutable_grid();
  grid->set_sheet("目标表");
  grid->set_rows(2);
  grid->set_columns(3);
  const auto add = [&](int row, int column, const std::string& text, const std::string& address) {
    document::v1::Cell* cell = grid->add_cells();
    cell->set_row(row);
    cell->set_column(column);
    cell->set_text(text);
    cell->set_address(address);
    return cell;
  };
  document::v1::Cell* merged = add(0, 0, "一级指标", "B4");
  merged->set_row_span(2);
  merged->set_column_span(2);
  add(0, 2, "指标值", "D4");
  document::v1::Cell* percent = add(1, 2, "85%", "D5");
  percent->set_shown("85.0%");
  document::v1::Remark* remark = document.add_remarks();
  remark->set_code("HIDDEN_ROWS");
  remark->set_count(2);
  ASSERT_EQ(Do({"extract", scratch_.Write("a.xlsx", "PK")}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("XLSX; attain-extract/1 xlsx\n填报说明\n"));
  EXPECT_THAT(out_.str(), HasSubstr("grid 1, 2 rows × 3 columns  目标表\n"));
  EXPECT_THAT(out_.str(), testing::ContainsRegex("4 +一级指标 +< +指标值\n5 +\\^ +< +85% \\(85.0%\\)\n"));
  EXPECT_THAT(out_.str(), HasSubstr("HIDDEN_ROWS"));
  ASSERT_EQ(Do({"extract", scratch_.Write("a.xlsx", "PK"), "--json"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("\"address\": \"B4\""));
}

}  // namespace
}  // namespace attain::cli
