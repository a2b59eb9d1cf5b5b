#include "clients/cli/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "tests/unit/clients/fake_server.h"
#include "tests/unit/clients/scratch_dir.h"

namespace attain::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Program : public testing::Test {
 protected:
  Program() {
    v1::Table table;
    table.set_name("units/u/tables/p1");
    table.set_display_name("展会");
    table.set_etag("41");
    table.add_indicators()->set_name("units/u/tables/p1/indicators/i1");
    table.mutable_indicators(0)->set_display_name("参展次数");
    server_.state().tables.push_back(table);
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

  std::string File(const std::string& name, const std::string& text) { return scratch_.Write(name, text); }

  const ScratchDir scratch_;
  client::FakeServer server_;
  std::ostringstream out_, err_;
};

TEST_F(Program, WrongUsageIsTwoAndSaysWhereToLook) {
  EXPECT_EQ(Do({"scroe", "p1"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("Did you mean score?"));
  EXPECT_EQ(Do({"score"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("attain help score"));
  EXPECT_EQ(Do({}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("wait-ready"));
  EXPECT_EQ(Do({"report", "p1/i1"}), kWrongUsage);
  EXPECT_EQ(Do({"report", "p1/i1", "3", "--file", "x"}), kWrongUsage);
  EXPECT_EQ(Do({"report", "p1/i1", "3", "--date", "2024-02-30"}), kWrongUsage);
  EXPECT_EQ(Do({"return", "p1"}), kWrongUsage);
  EXPECT_EQ(Do({"units", "--tls-ca", File("empty.pem", "")}), kWrongUsage) << "not taken for no encryption";
  EXPECT_THAT(err_.str(), HasSubstr("no PEM certificate"));
  EXPECT_EQ(Do({"correct", "p1/i1/5", "3"}), kWrongUsage);
  EXPECT_EQ(Do({"units", "--timeout", "soon"}), kWrongUsage);
  EXPECT_EQ(Do({"units", "--token-file", "no such file"}), kWrongUsage);
  EXPECT_EQ(Do({"profile", "burn"}), kWrongUsage);
  EXPECT_EQ(Do({"diff", "p1"}), kWrongUsage);
  EXPECT_EQ(Do({"diff", "p1", "--from", "yesterday"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("--from yesterday"));
  EXPECT_EQ(Do({"diff", "p1", "--from-date", "2024-02-30", "--to-date", "2024-03-01"}), kWrongUsage);
  EXPECT_EQ(Do({"solve", "p1"}), kWrongUsage);
  EXPECT_EQ(Do({"simulate", "p1", "i1"}), kWrongUsage);
  EXPECT_EQ(Do({"profile", "replay"}), kWrongUsage);
  EXPECT_EQ(Do({"profile", "replay", "national", "--file", "p.json"}), kWrongUsage);
  EXPECT_EQ(Do({"profile", "replay", "national", "--year", "soon"}), kWrongUsage);
  EXPECT_EQ(out_.str(), "") << "messages go to stderr";
}

TEST_F(Program, HelpAndVersionAreResults) {
  EXPECT_EQ(Do({"--version"}), kDone);
  EXPECT_THAT(out_.str(), testing::StartsWith("attain 0."));
  EXPECT_EQ(Do({"report", "--help"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("attain report INDICATOR VALUE"));
  EXPECT_EQ(Do({"help", "report"}), kDone);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Program, NoServerIsThree) {
  EXPECT_EQ(Do({"units", "--timeout", "0.2"}), kDone);
  std::ostringstream out, err;
  Terminal terminal;
  terminal.out = &out;
  terminal.err = &err;
  EXPECT_EQ(cli::Run({"units", "--lang=en", "--server=127.0.0.1:1", "--timeout=0.2"}, terminal), kNoServer);
  EXPECT_THAT(err.str(), HasSubstr("no server at 127.0.0.1:1"));
  EXPECT_EQ(cli::Run({"wait-ready", "--lang=zh", "--server=127.0.0.1:1", "--timeout=0.2"}, terminal),
            kNoServer);
}

TEST_F(Program, RefusalsAreOneWithEveryWrongField) {
  server_.state().refuse_next = 1;
  server_.state().refusal = client::DetailedRefusal();
  EXPECT_EQ(Do({"units"}), kRefused);
  EXPECT_EQ(err_.str(),
            "attain: 数值不得为负。\n"
            "  report.value: report.value 不对\n"
            "  report.date: report.date 不对\n"
            "  … and 1 more\n");
  EXPECT_EQ(Do({"table", "nowhere"}), kRefused);
}

TEST_F(Program, VerbsReadTheEtagThemselves) {
  EXPECT_EQ(Do({"submit", "展会", "--json", "--request-id", "r1"}), kDone) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("\"etag\": \"41\""));
  EXPECT_THAT(server_.state().request_ids, ElementsAre("r1"));
  EXPECT_EQ(Do({"submit", "p1", "--validate-only"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("nothing changed"));
}

TEST_F(Program, ListsAreReadToTheirEnd) {
  for (int i = 0; i < 5; ++i) {
    v1::Unit unit;
    unit.set_name(absl::StrCat("units/u", i));
    server_.state().units.push_back(unit);
  }
  EXPECT_EQ(Do({"units"}), kDone);
  EXPECT_EQ(out_.str(), "Name\nu0\nu1\nu2\nu3\nu4\n");
}

TEST_F(Program, AnEmptyListSaysSoOnStderr) {
  EXPECT_EQ(Do({"units"}), kDone);
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(err_.str(), "There is nothing that fits.\n");
}

TEST_F(Program, ReportSendsWhatWasTyped) {
  EXPECT_EQ(Do({"report", "p1/参展", "-3.5", "--date=2024-06-30", "--note=n", "--reason=r", "--score=2",
                "--evidence=a", "--evidence=b"}),
            kDone)
      << err_.str();
  const v1::ActualReport& report = server_.state().last_report;
  EXPECT_EQ(report.value(), "-3.5");
  EXPECT_EQ(report.date(), "2024-06-30");
  EXPECT_EQ(report.note(), "n");
  EXPECT_EQ(report.reason(), "r");
  EXPECT_EQ(report.score(), "2");
  EXPECT_THAT(report.evidence(), ElementsAre("a", "b"));
}

TEST_F(Program, AFileIsLoadedAndItsBadLinesAreNamed) {
  const std::string path =
      File("reports.csv", "indicator,value\np1/i1,3\nnobody,4\np1/参展次数,bad\np1/i1,5\n");
  EXPECT_EQ(Do({"report", "--file", path}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("Recorded 2 of 4 rows"));
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(path, ":3: nobody: ")));
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(path, ":4: u/p1/i1: ")));
}

TEST_F(Program, ALongFileGoesInShortBatchesAndABadRowCostsNoOtherOne) {
  std::string rows = "indicator,value,date\n";
  for (int i = 0; i < 250; ++i)
    absl::StrAppend(&rows, "p1/i1,", i == 149 ? "bad" : absl::StrCat(i), ",2024-06-30\n");
  const std::string path = File("long.csv", rows);
  EXPECT_EQ(Do({"report", "--file", path, "--request-id", "year"}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("Recorded 249 of 250 rows"));
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(path, ":151: u/p1/i1: ")));
  EXPECT_THAT(server_.state().whole_messages, ElementsAre(100, 100, 50)) << "the second is refused";
  EXPECT_THAT(server_.state().request_ids, ElementsAre("year-0", "year-1-rows-0", "year-2"));
}

TEST_F(Program, BatchesOfTheSameRowsHaveTheirOwnRequestIds) {
  std::string rows = "indicator,value,date\n";
  for (int i = 0; i < 200; ++i) absl::StrAppend(&rows, "p1/i1,3,2024-06-30\n");
  EXPECT_EQ(Do({"report", "--file", File("same-batches.csv", rows)}), kDone);
  const auto& ids = server_.state().request_ids;
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_NE(ids[0], ids[1]) << "the second batch would be taken for the first one sent again";
}

TEST_F(Program, AFileCanBeLoadedTwiceUnderOneRequestId) {
  const std::string path = File("again.csv", "indicator,value\np1/i1,3\n");
  EXPECT_EQ(Do({"report", "--file", path, "--request-id", "year", "--json"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("\"accepted\": 1"));
  EXPECT_EQ(Do({"report", "--file", path, "--request-id", "year"}), kDone);
  EXPECT_THAT(server_.state().request_ids, ElementsAre("year-0", "year-0"));
  EXPECT_EQ(server_.state().recorded.size(), 1u);
}

TEST_F(Program, TheSameFileCarriesTheSameRequestIdAndAcceptedCodesMakeAnother) {
  const std::string path = File("same.csv", "序号,indicator,value,date\n1,p1/i1,odd,2024-06-30\n");
  EXPECT_EQ(Do({"report", "--file", path, "--validate-only"}), kRefused);
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(path, ":2: u/p1/i1: [VALUE_JUMP] ten times more")));
  EXPECT_THAT(err_.str(), HasSubstr("序号 (1 filled)"));
  EXPECT_EQ(Do({"report", "--file", path, "--accept", "value_jump"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("[VALUE_JUMP]"));
  EXPECT_THAT(out_.str(), HasSubstr("line 2"));
  EXPECT_EQ(Do({"report", "--file", path, "--accept", "value_jump"}), kDone);
  EXPECT_EQ(Do({"report", "--file", path, "--accept", "VALUE_JUMP,SAME_VALUE_SAME_DAY"}), kDone);
  const std::vector<std::string>& ids = server_.state().request_ids;
  ASSERT_EQ(ids.size(), 3u);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_NE(ids[0], ids[2]);
}

TEST_F(Program, CodesAreAcceptedInSmallLettersToo) {
  EXPECT_EQ(Do({"report", "p1/i1", "3", "--accept", "value_jump, Rate_Above_Hundred"}), kDone);
  EXPECT_THAT(server_.state().accepted, ElementsAre("VALUE_JUMP", "RATE_ABOVE_HUNDRED"));
  const std::string path = File("small.csv", "indicator,value,date\np1/i1,3,2024-06-30\n");
  EXPECT_EQ(Do({"report", "--file", path, "--accept", "value_jump"}), kDone);
  EXPECT_THAT(server_.state().accepted, ElementsAre("VALUE_JUMP"));
  EXPECT_EQ(Do({"report", "--file", path, "--accept", "VALUE_JUMP"}), kDone);
  EXPECT_EQ(server_.state().recorded.size(), 1u) << "the same file with the same codes is recorded once";
}

TEST_F(Program, AFileCanBeCheckedOnly) {
  const std::string path = File("check.csv", "indicator,value\np1/i1,3\nnobody,4\n");
  EXPECT_EQ(Do({"report", "--file", path, "--validate-only"}), kRefused);
  EXPECT_THAT(out_.str(), HasSubstr("Checked 2 rows, 1 can be accepted"));
  EXPECT_TRUE(server_.state().recorded.empty());
}

TEST_F(Program, AnOutlookTakesWordsOfBothLanguages) {
  EXPECT_EQ(Do({"outlook", "p1/i1", "有可能", "--cause", "People", "--text", "two left", "--expected", "28",
                "--date", "2024-07-31"}),
            kDone);
  const v1::Outlook& outlook = server_.state().last_outlook.outlook();
  EXPECT_EQ(server_.state().last_outlook.indicator(), "units/u/tables/p1/indicators/i1");
  EXPECT_EQ(outlook.likelihood(), v1::LIKELIHOOD_POSSIBLE);
  EXPECT_EQ(outlook.cause(), v1::OUTLOOK_CAUSE_PEOPLE);
  EXPECT_EQ(outlook.text(), "two left");
  EXPECT_EQ(outlook.expected(), "28");
  EXPECT_EQ(outlook.date(), "2024-07-31");
  EXPECT_EQ(out_.str(), "Recorded  u/p1/i1  2024-07-31  possible  people  revision 9\n");
  EXPECT_EQ(Do({"outlook", "p1/i1", "maybe"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("certain possible impossible"));
}

TEST_F(Program, DueListsWhatIsMine) {
  EXPECT_EQ(Do({"due", "--by", "2024-07-05", "--mine", "--filter", "kind = LATE OR kind = ACTUAL"}), kDone);
  const v1::ListDueRequest& request = server_.state().last_due;
  EXPECT_EQ(request.parent(), "units/-");
  EXPECT_EQ(request.due_by(), "2024-07-05");
  EXPECT_EQ(request.filter(), "for_caller = true AND (kind = LATE OR kind = ACTUAL)");
  EXPECT_THAT(out_.str(), HasSubstr("5  2024-06-30  late  u/p1/i1"));
  EXPECT_EQ(Do({"due", "--by", "soon"}), kWrongUsage);
}

TEST_F(Program, MonitoringShowsSignalsAndAsksForCauses) {
  v1::MonitoringReport* report = &server_.state().monitoring;
  report->set_name("units/u/tables/p1");
  report->set_display_name("展会");
  report->set_fiscal_year(2024);
  report->set_month("2024-07");
  report->set_signal(v1::SIGNAL_RED);
  v1::MonitoringRow* row = report->add_rows();
  row->set_name("units/u/tables/p1/indicators/i1");
  row->set_display_name("参展次数");
  row->set_progress("42.86");
  row->set_signal(v1::SIGNAL_RED);
  row->set_forecast("1.72 次");
  row->set_outlook_missing(true);
  EXPECT_EQ(Do({"monitor", "p1", "--month", "7"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("展会   u/p1   2024, months 1–7   Signal red\n"));
  EXPECT_THAT(out_.str(), HasSubstr("i1  参展次数"));
  EXPECT_THAT(out_.str(), HasSubstr("42.86%  red"));
  EXPECT_THAT(out_.str(), HasSubstr("cause wanted"));
  EXPECT_THAT(err_.str(), HasSubstr("attain outlook u/p1/i1 possible --cause people --date 2024-07-31"));
  report->set_month("2024-01");
  EXPECT_EQ(Do({"monitor", "p1", "--month", "1"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("2024, month 1   "));
  EXPECT_EQ(Do({"monitor", "p1", "--month", "13"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("--month wants a whole number from 1 to 12, not 13."));
}

TEST_F(Program, AReportThatDoesNotCountSaysWhichOneDoes) {
  server_.state().actual.set_date("2024-11-30");
  server_.state().counted.set_date("2024-12-31");
  server_.state().counted.set_actual("4 次");
  EXPECT_EQ(Do({"report", "p1/i1", "5", "--date", "2024-11-30"}), kDone);
  EXPECT_THAT(err_.str(),
              HasSubstr("This report (2024-11-30) does not count: the newer one does, 4 次 (2024-12-31)."));
  server_.state().tables[0].mutable_indicators(0)->set_accumulation(v1::ACCUMULATION_SUM);
  EXPECT_EQ(Do({"report", "p1/i1", "5", "--date", "2024-11-30"}), kDone);
  EXPECT_THAT(err_.str(), Not(HasSubstr("does not count"))) << "increments all count";
}

TEST_F(Program, ARankingCanBeOfOneYear) {
  EXPECT_EQ(Do({"rank", "--year", "2024"}), kDone);
  EXPECT_EQ(server_.state().last_ranking.filter(), "fiscal_year = 2024");
  EXPECT_EQ(Do({"rank", "--year", "2024", "--filter", "score < 80 OR light = RED"}), kDone);
  EXPECT_EQ(server_.state().last_ranking.filter(), "fiscal_year = 2024 AND (score < 80 OR light = RED)");
}

TEST_F(Program, WrongValuesSayWhatIsAllowed) {
  EXPECT_EQ(Do({"rank", "--limit", "0"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("--limit wants a whole number from 1 on, not 0."));
  EXPECT_EQ(Do({"rank", "--year", "abc"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("2000 to 2100"));
  for (const char* timeout : {"x", "0", "-1", "86401", "nan", ""}) {
    EXPECT_EQ(Do({"rank", "--timeout", timeout}), kWrongUsage) << timeout;
    EXPECT_THAT(err_.str(), HasSubstr("seconds above 0")) << timeout;
  }
  EXPECT_EQ(Do({"rank", "--timeout", "86400"}), kDone) << err_.str();
  EXPECT_EQ(Do({"rank", "--limit", "1"}), kDone) << err_.str();
  for (const char* year : {"1999", "2101"}) EXPECT_EQ(Do({"rank", "--year", year}), kWrongUsage) << year;
  for (const char* year : {"2000", "2100"}) EXPECT_EQ(Do({"rank", "--year", year}), kDone) << year;
  for (const char* month : {"0", "13"})
    EXPECT_EQ(Do({"monitor", "p1", "--month", month}), kWrongUsage) << month;
  for (const char* month : {"1", "12"}) EXPECT_EQ(Do({"monitor", "p1", "--month", month}), kDone) << month;
  EXPECT_EQ(Do({"watch", "--interval", "x"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("50 to 3600000"));
  EXPECT_EQ(Do({"correct", "u/p1/i1", "3", "--why", "x"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("TABLE/INDICATOR/REVISION"));
  EXPECT_EQ(Do({"profile", "create", File("p.json", "{}"), "--id", "My Rules"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("small letters, digits and hyphens"));
}

TEST_F(Program, SaysWhoCallsInWhichLanguageAndWithWhichToken) {
  const std::string token = File("token", " secret\r\n");
  ASSERT_EQ(Do({"units", "--actor", "office-3", "--token-file", token}), kDone) << err_.str();
  EXPECT_EQ(server_.state().metadata["attain-actor"], "office-3");
  EXPECT_EQ(server_.state().metadata["authorization"], "Bearer secret");
  EXPECT_EQ(server_.state().metadata["accept-language"], "en");
  std::ostringstream out, err;
  Terminal terminal;
  terminal.out = &out;
  terminal.err = &err;
  const std::string server = absl::StrCat("--server=", server_.address());
  ASSERT_EQ(cli::Run({"units", "--lang=zh", server}, terminal), kDone) << err.str();
  EXPECT_EQ(server_.state().metadata["accept-language"], "zh-CN");
  EXPECT_EQ(Do({"units", "--tls-ca", token}), kWrongUsage) << "no certificate would mean no encryption";
}

TEST_F(Program, AServerThatIsTooSlowIsNotOneThatIsNotThere) {
  for (const bool late : {false, true}) {
    std::ostringstream err;
    const absl::Status status =
        late ? absl::DeadlineExceededError("late") : absl::UnavailableError("refused");
    EXPECT_EQ(PrintError(status, Language::kEnglish, "10.0.0.1:1", "units", err), kNoServer);
    EXPECT_EQ(err.str().find("no server at 10.0.0.1:1") == std::string::npos, late) << err.str();
  }
  std::ostringstream err;
  EXPECT_EQ(PrintError(absl::NotFoundError("nothing there"), Language::kEnglish, "s", "units", err),
            kRefused);
  EXPECT_EQ(err.str(), "attain: nothing there\n");
}

TEST_F(Program, WhatAnEarlierRunRecordedIsTold) {
  const std::string path = File("before.csv", "indicator,value,date\np1/i1,3,2024-06-30\n");
  ASSERT_EQ(Do({"report", "--file", path}), kDone) << err_.str();
  EXPECT_EQ(err_.str(), "");
  ASSERT_EQ(Do({"report", "--file", path}), kDone) << err_.str();
  EXPECT_THAT(err_.str(), HasSubstr("1 row was recorded before from the same content (revision 1)"));
  ASSERT_EQ(Do({"report", "--file", path, "--json"}), kDone);
  EXPECT_THAT(out_.str(), HasSubstr("\"recordedBefore\": 1"));
}

TEST_F(Program, ARowThatNeedsNoReasonAnyMoreIsNotAskedForOne) {
  server_.state().counted.add_flags(v1::SCORE_FLAG_REASON_REQUIRED);
  ASSERT_EQ(Do({"report", "p1/i1", "3"}), kDone);
  const std::string asked = err_.str();
  EXPECT_NE(asked, "");
  server_.state().counted.set_reason("two firms left");
  ASSERT_EQ(Do({"report", "p1/i1", "3"}), kDone);
  EXPECT_EQ(err_.str(), "") << "given already";
}

TEST_F(Program, WhatTheMessageSaysIsNotSaidAgain) {
  server_.state().refuse_next = 1;
  server_.state().refusal = client::OneFieldRefusal("筛选条件不对：没有这个字段。", "筛选条件不对：没有…");
  EXPECT_EQ(Do({"units"}), kRefused);
  EXPECT_EQ(err_.str(), "attain: 筛选条件不对：没有这个字段。\n");
  server_.state().refuse_next = 1;
  server_.state().refusal = client::OneFieldRefusal("筛选条件不对。", "没有这个字段");
  EXPECT_EQ(Do({"units"}), kRefused);
  EXPECT_EQ(err_.str(), "attain: 筛选条件不对。\n  filter: 没有这个字段\n");
}

TEST_F(Program, AnEmptyNameInAFileIsCalledEmpty) {
  const std::string path = File("empty.csv", "指标,value\n,3\n");
  EXPECT_EQ(Do({"report", "--file", path}), kRefused);
  EXPECT_EQ(err_.str(), absl::StrCat(path, ":2: the column \"指标\" is empty.\n"));
  EXPECT_THAT(out_.str(), HasSubstr("Recorded 0 of 1 row,"));
  EXPECT_THAT(out_.str(), HasSubstr("1 row was refused"));
}

TEST_F(Program, ChineseCallersReadChinese) {
  std::ostringstream out, err;
  Terminal terminal;
  terminal.out = &out;
  terminal.err = &err;
  const std::string server = absl::StrCat("--server=", server_.address());
  EXPECT_EQ(cli::Run({"export", "p1", "-o", File("x", "") + "/none/form.md", "--lang=zh", server}, terminal),
            kRefused);
  EXPECT_THAT(err.str(), HasSubstr("没有这个文件夹"));
  EXPECT_EQ(cli::Run({"units", "--lang=fr", server}, terminal), kWrongUsage);
  EXPECT_THAT(err.str(), HasSubstr("--lang wants zh or en, not fr."));
}

}  // namespace
}  // namespace attain::cli
