// Imports that are more than one entry of the journal, one answer or the room for findings can hold: nothing
// is written, or what is left out is counted, and the rest comes in by parts.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/api/answer_view.h"
#include "service/commit/command.h"
#include "tests/support/item_error.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kHeader[] =
    "table_kind,unit_name,table_name,fiscal_year,leader,level1,level2,indicator,target,weight,rule,basis,"
    "evidence\n";

// `count` times a Chinese character.
std::string Characters(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "名";
  return text;
}

// A table of the CSV template; `cells` begin with the target: "≥3 次,45,按照正常比例赋分,计划标准,名单".
std::string Table(const std::string& name, int rows, const std::string& cells) {
  std::string lines;
  for (int i = 1; i <= rows; ++i) {
    absl::StrAppend(&lines, i == 1 ? absl::StrCat("project,甲局,", name, ",2024,某人,产出,数量,") : ",,,,,,,",
                    "指标", i, ",", cells, "\n");
  }
  return lines;
}

class ImportLimits : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  int64_t Head() { return static_cast<int64_t>(store().head().revision); }
  static v1::ImportDocumentRequest Request(const std::string& content, const std::vector<int>& tables = {}) {
    v1::ImportDocumentRequest request;
    request.set_content(content);
    request.set_unit("units/self");
    for (const int number : tables) request.add_tables(number);
    return request;
  }
  static std::vector<std::string> Names(const v1::ImportDocumentResponse& response) {
    std::vector<std::string> names;
    for (const v1::Table& table : response.tables()) names.push_back(table.name());
    return names;
  }
  static int Errors(const v1::ImportDocumentResponse& response) {
    int errors = 0;
    for (const v1::Finding& finding : response.findings())
      errors += finding.severity() == v1::SEVERITY_ERROR ? 1 : 0;
    return errors;
  }
};

TEST_F(ImportLimits, TablesThatAreTooManyForOneEntryComeInByParts) {
  std::string document = kHeader;
  for (int i = 1; i <= 4; ++i) {  // each more than a megabyte of an entry
    absl::StrAppend(&document,
                    Table(absl::StrCat("项目", i), 300,
                          absl::StrCat("≥3 次,0.3,按照正常比例赋分,计划标准,", std::string(2'900, 'e'))));
  }
  const int64_t head = Head();
  const auto refused = [&](const std::vector<int>& tables, bool validate_only) {
    v1::ImportDocumentRequest request = Request(document, tables);
    request.mutable_write()->set_validate_only(validate_only);
    v1::ImportDocumentResponse response;
    const absl::Status status = Try(request, &response);
    ASSERT_EQ(ReasonOf(status), v1::ERROR_REASON_ENTRY_TOO_LARGE) << status;
    EXPECT_THAT(MessageOf(status, "en"), HasSubstr("with tables"));
    EXPECT_THAT(MessageOf(status, "zh-CN"), HasSubstr("请用 tables 分批导入"));
    const auto metadata = DetailIn<google::rpc::ErrorInfo>(ToRpcStatus(status, "en")).metadata();
    EXPECT_EQ(metadata.at("tables"), "4") << "of the document, whichever are asked for";
    EXPECT_EQ(metadata.at("limit"), absl::StrCat(kMostEntry));
    size_t bytes = 0;
    EXPECT_TRUE(absl::SimpleAtoi(metadata.at("bytes"), &bytes));
    EXPECT_GT(bytes, kMostEntry);
  };
  refused({}, /*validate_only=*/true);
  refused({}, /*validate_only=*/false);
  refused({1, 2, 3}, /*validate_only=*/false);
  EXPECT_EQ(Head(), head);
  v1::GetUnitRequest unit;
  unit.set_name("units/self");
  EXPECT_EQ(WhyNotRead<v1::GetUnitResponse>(unit), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  const auto some = Do<v1::ImportDocumentResponse>(Request(document, {1, 2}));
  EXPECT_THAT(Names(some), ElementsAre("units/self/tables/p1", "units/self/tables/p2"));
  EXPECT_EQ(some.tables_read(), 4);
  EXPECT_EQ(some.commit().revision(), head + 1);
  const auto rest = Do<v1::ImportDocumentResponse>(Request(document, {3, 4}));
  EXPECT_THAT(Names(rest), ElementsAre("units/self/tables/p3", "units/self/tables/p4"));
  EXPECT_EQ(rest.commit().revision(), head + 2);
}

TEST_F(ImportLimits, WhereTheAnswerWouldBeTooLargeTheBasicsAreGiven) {
  constexpr int kLines = 6'000;
  MakeTableWith("a", "t", 2, [](v1::Table* table) {
    table->mutable_indicators(0)->set_display_name(Characters(199));  // stands in the answer at every figure
  });
  std::string list = "indicator,value,date\n";
  for (int i = 0; i < kLines; ++i) absl::StrAppend(&list, "a/t/i1,", 20 + i % 2, ",2024-06-30\n");
  v1::ImportDocumentRequest request;
  request.set_content(list);
  request.set_use(v1::DOCUMENT_USE_ACTUALS);
  request.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
  const int64_t head = Head();
  v1::ImportDocumentResponse response;
  const absl::Status refused = Try(request, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_ANSWER_TOO_LARGE) << refused;
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("BASIC"));
  EXPECT_EQ(Head(), head) << "refused before anything is written";
  request.mutable_write()->set_view(v1::ANSWER_VIEW_BASIC);
  const auto basic = Do<v1::ImportDocumentResponse>(request);
  EXPECT_EQ(basic.commit().revision(), head + 1);
  EXPECT_EQ(basic.row_count(), kLines);
  EXPECT_THAT(basic.actuals(), IsEmpty());
  EXPECT_LE(basic.ByteSizeLong(), kMostWriteAnswer);
}

TEST_F(ImportLimits, TheWorstFindingsStayAndTheOthersAreCounted) {
  constexpr size_t kRoom = size_t{1} << 20,
                   kOne = 2'000;  // bytes: of all findings; more than one of them has
  std::string document = kHeader;
  for (int i = 1; i <= 3; ++i) {
    absl::StrAppend(&document,
                    Table(absl::StrCat(Characters(280), i), 450,
                          "≥3 次,0.2,按照正常比例赋分,预算支出标准,名单"));  // warned of in each row
  }
  absl::StrAppend(&document, Table(absl::StrCat(Characters(280), 4), 20,
                                   "24场,4.5,按照正常比例赋分,计划标准,名单"));  // wrong in each row
  const auto tried = [&](const std::vector<int>& tables) {
    v1::ImportDocumentRequest request = Request(document, tables);
    request.mutable_write()->set_validate_only(true);
    return Do<v1::ImportDocumentResponse>(request);
  };
  int all = 0, errors = 0;
  for (const int table : {1, 2, 3, 4}) {
    const auto part = tried({table});
    EXPECT_EQ(part.table_count(), 1);
    EXPECT_EQ(part.tables_read(), 4) << "also those that were not asked for";
    EXPECT_EQ(part.findings_left_out(), 0) << "there is room for those of one table";
    all += part.findings_size();
    errors += Errors(part);
  }
  EXPECT_GE(errors, 20);
  const auto whole = tried({});
  EXPECT_EQ(whole.table_count(), 4);
  EXPECT_EQ(whole.tables_read(), 4);
  EXPECT_GT(whole.findings_left_out(), 0);
  EXPECT_EQ(whole.findings_size() + whole.findings_left_out(), all);
  EXPECT_EQ(Errors(whole), errors) << "those of the last table, too";
  ASSERT_GT(whole.findings_size(), 0);
  EXPECT_EQ(whole.findings(whole.findings_size() - 1).table(), 4) << "in document order";
  size_t bytes = 0;
  for (const v1::Finding& finding : whole.findings()) bytes += finding.ByteSizeLong();
  EXPECT_LE(bytes, kRoom);
  EXPECT_GT(bytes, kRoom - kOne) << "as many as there is room for";
}

}  // namespace
}  // namespace attain::engine
