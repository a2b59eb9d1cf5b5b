// What is said of wrong fields, findings, days and documents: each with both sides of its border.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/rule.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/table.pb.h"
#include "google/rpc/error_details.pb.h"
#include "service/api/calendar.h"
#include "service/api/cause.h"
#include "service/api/dates.h"
#include "service/api/document_source.h"
#include "service/api/field_checks.h"
#include "service/api/findings.h"
#include "service/api/form_words.h"

namespace attain::engine {
namespace {

using scoring::Decimal;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// "path: words" of each problem.
std::vector<std::string> Told(FieldChecks&& checks) {
  std::vector<std::string> told;
  for (const Violation& each : std::move(checks).Take()) {
    EXPECT_NE(each.text.zh, "") << each.field;
    EXPECT_NE(each.text.zh, each.text.en);
    told.push_back(absl::StrCat(each.field, ": ", each.text.en));
  }
  return told;
}

TEST(FieldChecksTest, ANumberLiesBetweenItsBoundsBothCounted) {
  const auto told = [](const std::string& text, Need need, int64_t low, std::optional<int64_t> high) {
    FieldChecks checks("profile");
    const std::optional<Decimal> number = checks.Number("gate", text, need, low, high);
    EXPECT_EQ(number.has_value(), checks.empty() && !text.empty()) << text;
    if (number.has_value()) {
      EXPECT_EQ(*number, *Decimal::Parse(text));
    }
    const std::vector<std::string> all = Told(std::move(checks));
    return all.empty() ? "" : all[0];
  };
  for (const char* right : {"0", "0.5", "1", ""}) EXPECT_EQ(told(right, Need::kOptional, 0, 1), "") << right;
  for (const char* wrong : {"-0.000000001", "1.000000001", "-1", "7"})
    EXPECT_EQ(told(wrong, Need::kOptional, 0, 1), "profile.gate: gate must lie between 0 and 1.") << wrong;
  EXPECT_EQ(told("-0.1", Need::kOptional, 0, std::nullopt), "profile.gate: gate must not be negative.");
  EXPECT_EQ(told("999", Need::kOptional, 0, std::nullopt), "");
  EXPECT_EQ(told("0.999999999", Need::kOptional, 1, std::nullopt), "profile.gate: gate must be at least 1.");
  EXPECT_EQ(told("1", Need::kOptional, 1, std::nullopt), "");
  EXPECT_EQ(told("", Need::kRequired, 0, 1), "profile.gate: gate is required.");
  EXPECT_EQ(told("many", Need::kOptional, 0, 1),
            "profile.gate: gate: \"many\" is not a number. Write a plain decimal such as 0.8.");
  EXPECT_THAT(told("9999999999999999999", Need::kOptional, 0, 1),
              HasSubstr("at most 18 digits before the point"));
  EXPECT_THAT(told(std::string(61, 'x'), Need::kOptional, 0, 1),
              HasSubstr("\"" + std::string(60, 'x') + "\""));
}

TEST(FieldChecksTest, WordsAreCountedInCharacters) {
  const auto told = [](const std::string& text, Need need) {
    FieldChecks checks("");
    checks.Words({"name", "the name"}, text, need, 2);
    return Told(std::move(checks));
  };
  EXPECT_THAT(told("一二", Need::kRequired), IsEmpty());
  EXPECT_THAT(told("一二三", Need::kRequired),
              ElementsAre(".name: the name: Too long: 3 characters, at most 2."));
  EXPECT_THAT(told("　", Need::kRequired), ElementsAre(".name: the name is required."));
  EXPECT_THAT(told("　", Need::kOptional), IsEmpty());
  EXPECT_THAT(told("\x01", Need::kOptional), ElementsAre(HasSubstr("control characters")));
}

TEST(FieldChecksTest, CountsAndChoices) {
  FieldChecks checks("table");
  EXPECT_TRUE(checks.Count("rows", 3, 3));
  EXPECT_FALSE(checks.Count("rows", 4, 3));
  const auto known = [](int value) { return value == 1; };
  checks.Choice("kind", 1, known, Need::kRequired);
  checks.Choice("kind", 2, known, Need::kOptional);
  checks.Choice("kind", 0, known, Need::kOptional);
  checks.Choice("kind", 0, known, Need::kRequired);
  checks.Add("", {"整体", "the whole"});
  EXPECT_FALSE(checks.empty());
  FieldChecks others("x");
  others.Add(std::vector<Violation>{{"y", {"乙", "z"}}});
  EXPECT_THAT(Told(std::move(checks)),
              ElementsAre("table.rows: rows has 4 entries, at most 3 are taken. Remove what is not used.",
                          "table.kind: kind has no value 2. Use one of those that it has.",
                          "table.kind: kind is required.", "table: the whole"));
  EXPECT_THAT(Told(std::move(others)), ElementsAre("y: z"));
}

importing::Finding FindingOf(importing::Severity severity, const std::string& code, const char* points = "") {
  importing::Finding finding;
  finding.severity = severity;
  finding.code = code;
  if (*points != '\0') finding.points = *Decimal::Parse(points);
  return finding;
}

TEST(FindingsTest, AFindingIsToldWholeInTheLanguageAskedFor) {
  importing::Finding finding = FindingOf(importing::Severity::kError, "CODE", "2.5");
  finding.place.line = 1;
  finding.place.table = 2;
  finding.place.row = 3;
  finding.place.cell = "cell";
  finding.place.sheet = "sheet";
  finding.place.page = 4;
  finding.place.address = "B7";
  finding.table_name = "table";
  finding.indicator_name = "row";
  finding.raw = "raw";
  finding.understood = "understood";
  finding.repair = {"修", "mend"};
  finding.message = {"话", "word"};
  finding.likely = "likely";
  const v1::Finding en = ToPublic(finding, "en"), zh = ToPublic(finding, "zh-CN");
  EXPECT_EQ(en.message(), "word");
  EXPECT_EQ(en.repair(), "mend");
  EXPECT_EQ(zh.message(), "话");
  EXPECT_EQ(zh.repair(), "修");
  EXPECT_EQ(en.code(), "CODE");
  EXPECT_EQ(en.line(), 1);
  EXPECT_EQ(en.table(), 2);
  EXPECT_EQ(en.row(), 3);
  EXPECT_EQ(en.cell(), "cell");
  EXPECT_EQ(en.sheet(), "sheet");
  EXPECT_EQ(en.page(), 4);
  EXPECT_EQ(en.address(), "B7");
  EXPECT_EQ(en.table_name(), "table");
  EXPECT_EQ(en.indicator_name(), "row");
  EXPECT_EQ(en.raw(), "raw");
  EXPECT_EQ(en.understood(), "understood");
  EXPECT_EQ(en.points(), "2.5");
  EXPECT_EQ(en.likely(), "likely");
  EXPECT_EQ(ToPublic(FindingOf(importing::Severity::kNote, "X"), "en").points(), "");
  EXPECT_EQ(ToPublic(FindingOf(importing::Severity::kError, "X"), "en").severity(), v1::SEVERITY_ERROR);
  EXPECT_EQ(ToPublic(FindingOf(importing::Severity::kWarning, "X"), "en").severity(), v1::SEVERITY_WARNING);
  EXPECT_EQ(ToPublic(FindingOf(importing::Severity::kNote, "X"), "en").severity(), v1::SEVERITY_NOTE);
}

TEST(FindingsTest, OnlyErrorsAreErrors) {
  EXPECT_FALSE(HasErrors({}));
  EXPECT_FALSE(
      HasErrors({FindingOf(importing::Severity::kWarning, "A"), FindingOf(importing::Severity::kNote, "B")}));
  EXPECT_TRUE(
      HasErrors({FindingOf(importing::Severity::kNote, "A"), FindingOf(importing::Severity::kError, "B")}));
}

TEST(FindingsTest, AnErrorCarriesTheWorstTwentyAndTellsHowManyThereAre) {
  using importing::Severity;
  std::vector<importing::Finding> findings = {
      FindingOf(Severity::kNote, "note"),         FindingOf(Severity::kWarning, "plain"),
      FindingOf(Severity::kWarning, "two", "2"),  FindingOf(Severity::kWarning, "ten", "10"),
      FindingOf(Severity::kWarning, "plain too"), FindingOf(Severity::kError, "error")};
  const auto codes = [](const std::vector<importing::Finding>& all, const char* locale, int* total) {
    std::vector<std::string> codes;
    v1::FindingList list;
    const google::rpc::Status rpc = ToRpcStatus(WithFindings(ShuttingDown(), all), locale);
    for (const google::protobuf::Any& detail : rpc.details()) {
      if (!detail.UnpackTo(&list)) continue;
      *total = list.total();
      for (const v1::Finding& each : list.findings()) codes.push_back(each.code());
    }
    return codes;
  };
  int total = 0;
  for (const char* locale : {"en", "zh-CN"}) {
    EXPECT_THAT(codes(findings, locale, &total),
                ElementsAre("error", "ten", "two", "plain", "plain too", "note"));
    EXPECT_EQ(total, 6);
  }
  findings.clear();
  for (int i = 0; i < 21; ++i) findings.push_back(FindingOf(Severity::kNote, absl::StrCat("n", i)));
  EXPECT_EQ(codes(findings, "en", &total).size(), 20u);
  EXPECT_EQ(total, 21);
  findings.pop_back();
  EXPECT_EQ(codes(findings, "en", &total).size(), 20u);
  EXPECT_EQ(total, 20);
}

TEST(FindingsTest, AnErrorTellsItsFindingsInTheLanguageOfTheCaller) {
  importing::Finding finding = FindingOf(importing::Severity::kError, "CODE");
  finding.message = {"话", "word"};
  finding.raw = std::string(119, 'x') + "字";
  const absl::Status status = WithFindings(ShuttingDown(), {finding});
  for (const auto& [locale, word] : {std::pair("en", "word"), std::pair("zh-CN", "话")}) {
    v1::FindingList list;
    const google::rpc::Status rpc = ToRpcStatus(status, locale);
    ASSERT_TRUE(rpc.details(rpc.details_size() - 1).UnpackTo(&list));
    EXPECT_EQ(list.findings(0).message(), word);
    EXPECT_EQ(list.findings(0).raw(), std::string(119, 'x')) << "120 bytes, on a border";
  }
}

TEST(CauseTest, TheFirstCauseStaysAndNoneIsMadeUp) {
  const absl::Status caused = WithCause(StoreUnavailable(), "behind it");
  EXPECT_EQ(CauseOf(caused), "behind it");
  EXPECT_EQ(CauseOf(WithCause(caused, "in front of it")), "behind it");
  EXPECT_EQ(CauseOf(WithCause(StoreUnavailable(), "")), "");
  EXPECT_EQ(CauseOf(WithCause(WithCause(StoreUnavailable(), ""), "later")), "later");
  EXPECT_TRUE(WithCause(absl::OkStatus(), "x").ok());
  EXPECT_EQ(CauseOf(Prefixed(caused, "x.")), "behind it");
}

TEST(CalendarTest, DaysAndMonthsEndWhereTheyDo) {
  EXPECT_EQ(ToText(LastDayOf(2024, 2)), "2024-02-29");
  EXPECT_EQ(ToText(LastDayOf(2023, 2)), "2023-02-28");
  EXPECT_EQ(ToText(LastDayOf(2024, 12)), "2024-12-31");
  EXPECT_EQ(ToText(LastDayOf(2024, 4)), "2024-04-30");
  EXPECT_EQ(DaysOfYear(2024), 366);
  EXPECT_EQ(DaysOfYear(2023), 365);
  EXPECT_EQ(DaysOfYear(2100), 365);
  EXPECT_EQ(ToText(ToDay("2024-06-30")), "2024-06-30");
  constexpr int64_t kMidnight = 1'717'171'200'000'000;  // 2024-06-01 00:00 in China
  EXPECT_EQ(ToText(DayInChina(kMidnight)), "2024-06-01");
  EXPECT_EQ(ToText(DayInChina(kMidnight - 1)), "2024-05-31");
}

TEST(DatesTest, DaysOfAQueryAreMended) {
  v1::GetScoreRequest request;
  EXPECT_TRUE(DaysArePlain(request));
  EXPECT_FALSE(WithPlainDays(request).has_as_of()) << "what was not asked stays so";
  request.mutable_as_of()->set_date("2024/6/3");
  EXPECT_FALSE(DaysArePlain(request));
  EXPECT_EQ(WithPlainDays(request).as_of().date(), "2024-06-03");
  EXPECT_TRUE(DaysArePlain(WithPlainDays(request)));
  request.mutable_as_of()->set_date("soon");
  EXPECT_EQ(WithPlainDays(request).as_of().date(), "soon") << "for its reader to refuse";
}

TEST(DatesTest, ADayIsTenDigitsAndTwoHyphens) {
  for (const char* day : {"2024-02-29", "1999-12-31", "0001-01-01"}) EXPECT_TRUE(IsDate(day)) << day;
  for (const char* none : {"2023-02-29", "2024-2-29", "2024-02-29 ", "2024/02/29", "2024-02-3o", "20240-2-29",
                           "2024-00-10", "2024-10-00", "0000-01-01", "", "+024-02-29"})
    EXPECT_FALSE(IsDate(none)) << none;
}

TEST(DatesTest, MidnightIsNoTimeAndAnyOtherIs) {
  for (const char* midnight : {"2024-06-30 0:00", "2024-06-30 00:00", "2024-06-30T00:00:00",
                               "2024-06-30 0:00:00.0", "2024年6月30日 0:00"})
    EXPECT_EQ(PlainDay(midnight).value_or(""), "2024-06-30") << midnight;
  for (const char* later :
       {"2024-06-30 1:00", "2024-06-30 0:01", "2024-06-30 0:00:01", "2024-06-30T00:00:00.001",
        "2024-06-30 0:0", "2024-06-30 0:00x", "2024-06-30 :00", "2024-06-30T00:00:00Z"})
    EXPECT_EQ(PlainDay(later).value_or("none"), "none") << later;
  EXPECT_TRUE(PlainDay("2024-6-3" + std::string(56, ' ')).has_value()) << "64 bytes";
  EXPECT_FALSE(PlainDay("2024-6-3" + std::string(57, ' ')).has_value());
}

TEST(FormWordsTest, EveryValueHasItsOwnWordsInBothLanguages) {
  const auto check = [](auto first, auto valid, int last) {
    using Enum = decltype(first);
    std::vector<std::string> zh, en;
    for (int value = 0; value <= last; ++value) {
      if (!valid(value)) continue;
      const scoring::Text words = WordsOf(static_cast<Enum>(value));
      EXPECT_EQ(words.zh.empty(), words.en.empty());
      if (value == 0) {
        EXPECT_EQ(words.zh, "");
        continue;
      }
      zh.push_back(words.zh);
      en.push_back(words.en);
    }
    return std::pair(zh, en);
  };
  EXPECT_THAT(check(v1::LIKELIHOOD_CERTAIN, v1::Likelihood_IsValid, 3).first,
              ElementsAre("确定能", "有可能", "完全不可能"));
  EXPECT_THAT(check(v1::OUTLOOK_CAUSE_FUNDS, v1::OutlookCause_IsValid, 5).first,
              ElementsAre("经费", "制度", "人员", "硬件条件", "其他"));
  EXPECT_THAT(check(v1::RULE_KIND_DIRECT, v1::RuleKind_IsValid, 6).second,
              ElementsAre("proportional", "direct", "rating", "satisfaction", "steps", "manual"));
  EXPECT_THAT(check(v1::TABLE_STATE_DRAFT, v1::TableState_IsValid, 4).second,
              ElementsAre("draft", "submitted", "approved", "closed"));
  EXPECT_EQ(WordsOf(v1::SIGNAL_RED).zh, "红灯");
  EXPECT_EQ(WordsOf(v1::SIGNAL_YELLOW).zh, "黄灯");
  EXPECT_EQ(WordsOf(v1::SIGNAL_GREEN).zh, "绿灯");
  EXPECT_EQ(WordsOf(v1::SIGNAL_BLUE).zh, "蓝灯");
  EXPECT_EQ(WordsOf(v1::SIGNAL_NONE).zh, "");
  EXPECT_EQ(WordsOf(v1::EVALUATION_STATE_OPEN).en, "not handed in");
  EXPECT_EQ(WordsOf(v1::EVALUATION_STATE_SUBMITTED).en, "handed in, waits for review");
  EXPECT_EQ(WordsOf(v1::EVALUATION_STATE_RETURNED).en, "returned");
  EXPECT_EQ(WordsOf(v1::EVALUATION_STATE_CONFIRMED).en, "confirmed");
  EXPECT_EQ(WordsOf(v1::WARNING_LIGHT_NONE).en, "none");
  EXPECT_EQ(WordsOf(v1::WARNING_LIGHT_YELLOW).en, "yellow");
  EXPECT_EQ(WordsOf(v1::WARNING_LIGHT_RED).en, "red");
  EXPECT_EQ(WordsOf(v1::SIGNATURE_KIND_TABLE_APPROVED).en, "Targets approved");
  EXPECT_EQ(WordsOf(v1::SIGNATURE_KIND_AMENDMENT_APPROVED).en, "Amendment approved");
  EXPECT_EQ(WordsOf(v1::SIGNATURE_KIND_EVALUATION_SUBMITTED).en, "Self-evaluation handed in");
  EXPECT_EQ(WordsOf(v1::SIGNATURE_KIND_EVALUATION_CONFIRMED).en, "Evaluation confirmed");
}

// Has one upload, and reads whatever it is given as one line.
class OneUpload : public DocumentSource {
 public:
  std::shared_ptr<const std::string> Upload(absl::string_view name) override {
    return name == "uploads/1" ? std::make_shared<const std::string>(upload) : nullptr;
  }
  absl::StatusOr<DocumentPtr> Read(absl::string_view bytes) override {
    read = std::string(bytes);
    auto document = std::make_shared<document::Document>();
    document->set_reader("a reader");
    return DocumentPtr(std::move(document));
  }
  std::string upload = "PK\x03\x04", read;
};

TEST(DocumentSourceTest, PlainTextIsReadInProcessAndAllElseByAReader) {
  OneUpload source;
  const auto reader = [&](const std::string& content, const std::string& upload) {
    const auto document = OpenDocument(content, upload, &source);
    return document.ok() ? (*document)->reader()
                         : v1::ErrorReason_Name(ReasonOf(document.status())).substr(13);
  };
  EXPECT_THAT(reader("目标 100", ""), StartsWith("attaind "));
  EXPECT_EQ(source.read, "");
  EXPECT_EQ(reader("PK\x03\x04 x", ""), "a reader");
  EXPECT_EQ(source.read, "PK\x03\x04 x");
  EXPECT_EQ(reader("", "uploads/1"), "a reader");
  EXPECT_EQ(source.read, source.upload);
  source.upload = "目标 100";
  EXPECT_THAT(reader("", "uploads/1"), StartsWith("attaind "));
  EXPECT_EQ(reader("", "uploads/2"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(reader("x", "uploads/1"), "INVALID_FIELD");
  EXPECT_EQ(reader("", ""), "UNREADABLE_DOCUMENT");
  source.upload = "";
  EXPECT_EQ(reader("", "uploads/1"), "UNREADABLE_DOCUMENT");
  EXPECT_EQ(ReasonOf(OpenDocument("", "uploads/1", nullptr).status()), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_TRUE(OpenDocument("目标 100", "", nullptr).ok());
}

TEST(DocumentSourceTest, ARequestCarriesSoMuchAndAnUploadMore) {
  OneUpload source;
  const std::string most(kMaxContent, 'x');
  EXPECT_TRUE(OpenDocument(most, "", &source).ok());
  EXPECT_EQ(ReasonOf(OpenDocument(most + "x", "", &source).status()), v1::ERROR_REASON_REQUEST_TOO_LARGE);
  source.upload = most + "x";
  EXPECT_TRUE(OpenDocument("", "uploads/1", &source).ok());
}

TEST(DocumentSourceTest, ATextKnowsItsHash) {
  const auto document = OpenDocument("abc", "", nullptr);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ((*document)->sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(DocumentSourceTest, WhatAReaderRefusedIsToldWithItsFormat) {
  document::Refusal refusal;
  refusal.set_code("ENCRYPTED");
  refusal.set_detail("a password");
  refusal.set_media(document::MEDIA_XLSX);
  const absl::Status status = Unreadable(refusal);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNREADABLE_DOCUMENT);
  EXPECT_EQ(
      MessageOf(status, "en"),
      "The file is protected by a password and cannot be read. Remove the password and import it again.");
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(ToRpcStatus(status, "en").details(0).UnpackTo(&info));
  EXPECT_EQ(info.metadata().at("code"), "ENCRYPTED");
  EXPECT_EQ(info.metadata().at("format"), "XLSX");
  EXPECT_EQ(info.metadata().at("detail"), "a password");
  EXPECT_EQ(NoReader().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace attain::engine
