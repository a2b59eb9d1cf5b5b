// attain import and attain extract against a server that answers what the test says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/run.h"
#include "tests/unit/clients/fake_server.h"
#include "tests/unit/clients/scratch_dir.h"

namespace attain::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

grpc::Status TooLarge(const char* reason, const std::map<std::string, std::string>& metadata = {}) {
  return client::WithReason(grpc::StatusCode::FAILED_PRECONDITION, reason, metadata);
}

// How often `part` stands in `text`.
int Times(const std::string& text, const std::string& part) {
  int times = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

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
  ExitCode Do(std::vector<std::string> words, const std::string& language = "en") {
    out_.str("");
    err_.str("");
    words.insert(words.begin(), {"--lang=" + language, absl::StrCat("--server=", server_.address())});
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

// A document of several tables, of which the server takes some at a time: each part is a revision from 7 on,
// each table has ten indicators.
class ImportInPartsTest : public ImportCommandTest {
 protected:
  ImportInPartsTest() {
    server_.state().decide_import = [this](const v1::ImportDocumentRequest& request,
                                           v1::ImportDocumentResponse* answer) {
      return Decide(request, answer);
    };
  }

  std::vector<std::string> RequestIds() {
    std::vector<std::string> ids;
    for (const v1::ImportDocumentRequest& request : server_.state().imports)
      ids.push_back(request.write().request_id());
    return ids;
  }

  const std::string file_ = scratch_.Write("large.xlsx", "PK");
  int tables_ = 4, at_a_time_ = 2;
  int refused_table_ = 0;  // its part is refused as unreadable; 0: none

 private:
  grpc::Status Decide(const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse* answer) {
    std::vector<int> numbers(request.tables().begin(), request.tables().end());
    if (request.tables().empty()) {
      for (int i = 1; i <= tables_; ++i) numbers.push_back(i);
    }
    const int count = static_cast<int>(numbers.size());
    if (count > at_a_time_) return TooLarge("ENTRY_TOO_LARGE", {{"tables", absl::StrCat(tables_)}});
    if (std::count(numbers.begin(), numbers.end(), refused_table_) > 0) {
      v1::FindingList findings;
      findings.add_findings()->set_code("NO_TARGET_TABLE");
      return client::RefusalWith(findings);
    }
    answer->clear_tables();
    for (const int number : numbers) {
      answer->add_tables()->set_name(absl::StrCat("units/u/tables/p", number));
      v1::Finding* const finding = answer->add_findings();
      finding->set_table(number);
      finding->set_code("YEAR_ASSUMED");
    }
    answer->set_table_count(count);
    answer->set_row_count(10 * count);
    answer->mutable_commit()->set_revision(request.write().validate_only() ? 0 : revision_++);
    return grpc::Status::OK;
  }

  int revision_ = 7;
};

TEST_F(ImportInPartsTest, WhatIsTooLargeForOneEntryIsImportedInHalves) {
  v1::Finding* const finding = server_.state().imported.add_findings();
  finding->set_code("HIDDEN_ROWS");
  finding->set_message("of the document as a whole");
  server_.state().imported.set_findings_left_out(3);
  ASSERT_EQ(Do({"import", file_, "--request-id", "once"}), kDone);
  const std::vector<v1::ImportDocumentRequest>& imports = server_.state().imports;
  ASSERT_THAT(imports, SizeIs(3));
  EXPECT_THAT(imports[0].tables(), IsEmpty());
  EXPECT_THAT(imports[1].tables(), ElementsAre(1, 2));
  EXPECT_THAT(imports[2].tables(), ElementsAre(3, 4));
  EXPECT_EQ(imports[2].content(), "PK");
  EXPECT_THAT(RequestIds(), ElementsAre("once", "once-tables1-2", "once-tables3-4"));
  for (const char* name : {"u/p1", "u/p2", "u/p3", "u/p4"}) EXPECT_EQ(Times(out_.str(), name), 1) << name;
  EXPECT_THAT(out_.str(), HasSubstr("Imported 4 tables with 40 indicators, revision 8.\n"
                                    "Written in 2 parts, each a revision; the one above is the last.\n"));
  EXPECT_THAT(out_.str(), HasSubstr("6 lesser findings are not listed for want of room."));
  // Both parts have it: it is said once, like source and ledger.
  EXPECT_EQ(Times(out_.str(), "[HIDDEN_ROWS]"), 1);
  EXPECT_THAT(out_.str(), HasSubstr("5 findings: "));
  EXPECT_THAT(out_.str(), HasSubstr("read from XLSX; sheets 目标表; hidden sheets left out: 旧表\n"));
  EXPECT_THAT(out_.str(), HasSubstr("342 cells: 300 read"));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ImportInPartsTest, HalvesAreSplitAgain) {
  tables_ = 5;
  at_a_time_ = 1;
  ASSERT_EQ(Do({"import", file_, "--request-id", "once"}), kDone);
  EXPECT_THAT(RequestIds(),
              ElementsAre("once", "once-tables1-2", "once-tables1-1", "once-tables2-2", "once-tables3-5",
                          "once-tables3-3", "once-tables4-5", "once-tables4-4", "once-tables5-5"));
  EXPECT_THAT(out_.str(),
              HasSubstr("Imported 5 tables with 50 indicators, revision 11.\nWritten in 5 parts"));
}

TEST_F(ImportInPartsTest, OnlyTheTablesThatWereAskedForAreSplit) {
  at_a_time_ = 1;
  ASSERT_EQ(Do({"import", file_, "--table", "4,2", "--request-id", "once"}), kDone);
  const std::vector<v1::ImportDocumentRequest>& imports = server_.state().imports;
  ASSERT_THAT(imports, SizeIs(3));
  EXPECT_THAT(imports[1].tables(), ElementsAre(2));
  EXPECT_THAT(imports[2].tables(), ElementsAre(4));
  EXPECT_THAT(RequestIds(), ElementsAre("once", "once-tables2-2", "once-tables4-4"));
}

// Where tables are there already, less is to be written and the second time it is split elsewhere.
TEST_F(ImportInPartsTest, AnIdStandsForTheSameTablesWhenTheImportIsMadeAgain) {
  at_a_time_ = 1;
  refused_table_ = 3;
  ASSERT_EQ(Do({"import", file_, "--request-id", "once"}), kRefused);
  refused_table_ = 0;
  at_a_time_ = 2;
  ASSERT_EQ(Do({"import", file_, "--request-id", "once"}), kDone);
  std::map<std::string, std::string> contents;
  for (const v1::ImportDocumentRequest& request : server_.state().imports) {
    const auto [at, fresh] = contents.emplace(request.write().request_id(), request.SerializeAsString());
    EXPECT_EQ(at->second, request.SerializeAsString()) << at->first;
  }
  EXPECT_THAT(contents, SizeIs(6)) << "the whole, 1-2, 1-1, 2-2, 3-4, 3-3";
}

TEST_F(ImportInPartsTest, PartsWithoutAGivenIdHaveIdsOfTheirOwn) {
  ASSERT_EQ(Do({"import", file_}), kDone);
  std::vector<std::string> ids = RequestIds();
  ASSERT_THAT(ids, SizeIs(3));
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
  EXPECT_NE(ids[0], "");
}

TEST_F(ImportInPartsTest, WhatWasImportedBeforeAPartIsRefusedIsToldAndThenTheRefusal) {
  refused_table_ = 4;
  EXPECT_EQ(Do({"import", file_}), kRefused);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("u/p1"), HasSubstr("u/p2"), Not(HasSubstr("u/p3"))));
  EXPECT_THAT(out_.str(), HasSubstr("[YEAR_ASSUMED]"));
  EXPECT_THAT(out_.str(), HasSubstr("Imported 2 tables with 20 indicators, revision 7.\n"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("Written in")));
  EXPECT_THAT(err_.str(), StartsWith("Part of the document was imported: 2 tables. The rest was refused"));
  const size_t finding = err_.str().find("[NO_TARGET_TABLE]"),
               error = err_.str().find("attain: cannot be read");
  ASSERT_NE(finding, std::string::npos) << err_.str();
  ASSERT_NE(error, std::string::npos) << err_.str();
  EXPECT_LT(finding, error);
  EXPECT_EQ(Do({"import", file_}, "zh"), kRefused);
  EXPECT_THAT(err_.str(), StartsWith("只导入了文件中的一部分：2 张表已写入，"));
}

TEST_F(ImportInPartsTest, TheFirstPartThatIsRefusedEndsIt) {
  refused_table_ = 1;
  EXPECT_EQ(Do({"import", file_}), kRefused);
  EXPECT_THAT(server_.state().imports, SizeIs(2));
  EXPECT_EQ(out_.str(), "");
  EXPECT_THAT(err_.str(), Not(HasSubstr("Part of the document")));
  EXPECT_THAT(err_.str(), HasSubstr("attain: cannot be read"));
}

TEST_F(ImportInPartsTest, APartOfADryRunIsNotSaidToBeWritten) {
  refused_table_ = 3;
  EXPECT_EQ(Do({"import", file_, "--dry-run"}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("Would import 2 tables with 20 indicators; nothing was written."));
  EXPECT_THAT(err_.str(), StartsWith("That is a part of the document only; the rest is refused"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("imported")));
  refused_table_ = 0;
  ASSERT_EQ(Do({"import", file_, "--dry-run"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("Would import 4 tables with 40 indicators; nothing was written.\n"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("Written in")));
  EXPECT_EQ(err_.str(), "");
}

// What is there already is told by its name, and is no part that this call has written.
TEST_F(ImportInPartsTest, WhatWasThereBeforeIsNotSaidToBeImportedNow) {
  server_.state().decide_import = [](const v1::ImportDocumentRequest& request,
                                     v1::ImportDocumentResponse* answer) {
    if (request.tables().empty()) return TooLarge("ENTRY_TOO_LARGE", {{"tables", "2"}});
    if (request.tables(0) == 2) return client::RefusalWith(v1::FindingList());
    answer->clear_tables();
    answer->clear_commit();
    answer->set_table_count(0);
    answer->add_existing_tables("units/u/tables/p1");
    return grpc::Status::OK;
  };
  EXPECT_EQ(Do({"import", file_}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("units/u/tables/p1 is there already and stays as it is.\n"));
  EXPECT_THAT(err_.str(), StartsWith("attain: cannot be read"));
}

TEST_F(ImportInPartsTest, JsonHasWhatWasImportedInOneDocument) {
  ASSERT_EQ(Do({"import", file_, "--json"}), kDone);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("units/u/tables/p1\""), HasSubstr("units/u/tables/p4\"")));
  EXPECT_EQ(Times(out_.str(), "\"commit\""), 1);
  refused_table_ = 3;
  EXPECT_EQ(Do({"import", file_, "--json"}), kRefused);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("units/u/tables/p2\""), Not(HasSubstr("units/u/tables/p3\""))));
  EXPECT_THAT(err_.str(), StartsWith("Part of the document was imported: 2 tables."));
}

TEST_F(ImportInPartsTest, OfSeveralFilesTheOneThatWasImportedInPartIsNamed) {
  refused_table_ = 4;
  EXPECT_EQ(Do({"import", file_, scratch_.Write("b.xlsx", "PK"), "--json"}), kRefused);
  EXPECT_EQ(Times(out_.str(), "\n"), 2) << "a line for each: " << out_.str();
  EXPECT_THAT(err_.str(), StartsWith(file_ + ": Part of the document was imported: 2 tables."));
  EXPECT_THAT(err_.str(), HasSubstr("b.xlsx: Part of the document was imported: 2 tables."));
  EXPECT_EQ(Times(err_.str(), "attain: cannot be read"), 2);
}

TEST_F(ImportInPartsTest, FiguresThatWereRecordedInPartAreToldToo) {
  refused_table_ = 3;
  EXPECT_EQ(Do({"import", file_, "--use", "actuals"}), kRefused);
  EXPECT_THAT(err_.str(), StartsWith("Part of the document's figures was recorded."));
}

TEST_F(ImportInPartsTest, ATableThatIsTooLargeByItselfIsRefused) {
  tables_ = 1;
  at_a_time_ = 0;
  EXPECT_EQ(Do({"import", file_}), kRefused);
  EXPECT_THAT(server_.state().imports, SizeIs(1));
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str(), "attain: ENTRY_TOO_LARGE\n");
}

TEST_F(ImportCommandTest, AnAnswerThatIsTooLargeIsAskedForInNamesOnly) {
  server_.state().decide_import = [](const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse*) {
    return request.write().view() == v1::ANSWER_VIEW_BASIC ? grpc::Status::OK : TooLarge("ANSWER_TOO_LARGE");
  };
  ASSERT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK"), "--request-id", "once"}), kDone);
  const std::vector<v1::ImportDocumentRequest>& imports = server_.state().imports;
  ASSERT_THAT(imports, SizeIs(2));
  EXPECT_EQ(imports[0].write().request_id(), "once");
  EXPECT_EQ(imports[1].write().view(), v1::ANSWER_VIEW_BASIC);
  EXPECT_EQ(imports[1].write().request_id(), "once-basic");
  // The names by themselves: a list would say of what is not known that it is 0.
  EXPECT_THAT(out_.str(), StartsWith("u/p1\n\n"));
  EXPECT_THAT(out_.str(), HasSubstr("Imported 1 table with 38 indicators, revision 7.\n"));
}

TEST_F(ImportCommandTest, AnAnswerThatIsTooLargeEvenInNamesIsRefused) {
  server_.state().decide_import = [](const v1::ImportDocumentRequest&, v1::ImportDocumentResponse*) {
    return TooLarge("ANSWER_TOO_LARGE");
  };
  EXPECT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK")}), kRefused);
  EXPECT_THAT(server_.state().imports, SizeIs(2));
  EXPECT_EQ(err_.str(), "attain: ANSWER_TOO_LARGE\n");
}

// The entry keeps the answer. Where the two together are too large nobody says how many tables there are.
TEST_F(ImportCommandTest, AnEntryThatIsTooLargeWithItsAnswerIsAskedForInNamesOnly) {
  server_.state().decide_import = [](const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse*) {
    return request.write().view() == v1::ANSWER_VIEW_BASIC ? grpc::Status::OK : TooLarge("ENTRY_TOO_LARGE");
  };
  ASSERT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK")}), kDone);
  EXPECT_THAT(server_.state().imports, SizeIs(2));
}

TEST_F(ImportCommandTest, FiguresThatAreTooManyToBeListedAreNotSaidToBeNone) {
  v1::ImportDocumentResponse& answer = server_.state().imported;
  answer.clear_tables();
  answer.set_already_recorded(2);
  server_.state().decide_import = [](const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse*) {
    return request.write().view() == v1::ANSWER_VIEW_BASIC ? grpc::Status::OK : TooLarge("ANSWER_TOO_LARGE");
  };
  const std::string file = scratch_.Write("a.csv", "a");
  ASSERT_EQ(Do({"import", file, "--use", "actuals"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("Recorded, revision 7; the figures are too many to be listed. "
                                    "2 were recorded before.\n"));
  ASSERT_EQ(Do({"import", file, "--use", "actuals", "--dry-run"}), kDone);
  EXPECT_THAT(out_.str(),
              HasSubstr("The figures would be recorded; they are too many to be listed. Nothing was "
                        "written. 2 were recorded before.\n"));
  answer.clear_commit();
  ASSERT_EQ(Do({"import", file, "--use", "actuals"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("Nothing new was to be recorded. 2 were recorded before.\n"));
}

TEST_F(ImportCommandTest, FindingsThatTheAnswerHadNoRoomForAreCounted) {
  server_.state().imported.set_findings_left_out(12);
  ASSERT_EQ(Do({"import", scratch_.Write("a.xlsx", "PK")}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("12 lesser findings are not listed for want of room."));
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
