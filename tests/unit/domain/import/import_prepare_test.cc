// An import is prepared beside everything else: others do not wait for it, and what it was prepared from is
// still true when it is decided.
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "service/api/document_source.h"
#include "service/api/errors.h"
#include "service/state/entry.h"
#include "storage/mutex.h"
#include "tests/unit/commit/gated_store.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "按照正常比例赋分";

std::string Table(const std::string& name, const std::string& unit = "甲局") {
  return absl::StrCat(
      "项目支出绩效目标表\n(2025 年)\n预算单位\t", unit, "\n项目名称\t", name,
      "\n年度资金总额\t10\n一级指标\t二级指标\t三级指标\t指标值\t分值\t赋分规则\n产出\t数量\t人次\t≥300 "
      "人次\t90\t",
      kRule, "\n");
}

// Reads "%PDF" and what follows as text, with the remarks that the test set; waits where the test says so.
class FakeSource : public DocumentSource {
 public:
  std::shared_ptr<const std::string> Upload(absl::string_view name) override {
    storage::MutexLock lock(&mutex_);
    return name == "uploads/known" ? uploaded_ : nullptr;
  }
  absl::StatusOr<DocumentPtr> Read(absl::string_view bytes) override {
    storage::MutexLock lock(&mutex_);
    ++begun_;
    changed_.NotifyAll();
    while (closed_) changed_.Wait(&mutex_);
    if (absl::StrContains(bytes, "REFUSE")) {
      document::Refusal refusal;
      refusal.set_code("ENCRYPTED");
      refusal.set_media(document::MEDIA_PDF);
      return Unreadable(refusal);
    }
    auto read = std::make_shared<document::Document>(remarks_);
    read->set_media(document::MEDIA_TEXT);
    read->set_sha256(absl::StrCat("sha", std::hash<std::string>()(std::string(bytes))));
    read->set_reader(reader_);
    read->set_text(std::string(bytes.substr(bytes.find('\n') + 1)));
    return DocumentPtr(std::move(read));
  }

  void Close() {
    Set([this] { closed_ = true; });
  }
  void Open() {
    Set([this] { closed_ = false; });
  }
  void SetUpload(const std::string& bytes) {
    Set([&] { uploaded_ = bytes.empty() ? nullptr : std::make_shared<const std::string>(bytes); });
  }
  void SetReader(const std::string& reader) {
    Set([&] { reader_ = reader; });
  }
  void Remark(const std::string& code, document::Level level) {
    Set([&] {
      document::Remark* const remark = remarks_.add_remarks();
      remark->set_code(code);
      remark->set_level(level);
      remark->set_page(3);
      remark->set_address("R2C1");
    });
  }
  void AwaitBegun(int count) {
    storage::MutexLock lock(&mutex_);
    while (begun_ < count) changed_.Wait(&mutex_);
  }
  int begun() {
    storage::MutexLock lock(&mutex_);
    return begun_;
  }

 private:
  template <typename Change>
  void Set(Change change) {
    storage::MutexLock lock(&mutex_);
    change();
    changed_.NotifyAll();
  }

  storage::Mutex mutex_;
  storage::CondVar changed_;
  bool closed_ = false;
  int begun_ = 0;
  std::string reader_ = "fake/1";
  document::Document remarks_;
  std::shared_ptr<const std::string> uploaded_;
};

class ImportPrepare : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.documents = &source_;
    EngineFixture::Open();
  }
  void TearDown() override { source_.Open(); }

  static v1::ImportDocumentRequest Pdf(const std::string& text, bool validate_only = false) {
    v1::ImportDocumentRequest request;
    request.set_content(absl::StrCat("%PDF-1.7\n", text));
    request.set_unit("units/self");
    request.mutable_write()->set_validate_only(validate_only);
    return request;
  }
  absl::Status Import(const v1::ImportDocumentRequest& request, v1::ImportDocumentResponse* response) {
    response->Clear();
    return Try(request, response);
  }
  // The findings that an error carries, as the client gets them.
  static v1::FindingList FindingsOf(const absl::Status& status, const std::string& locale = "en") {
    v1::FindingList findings;
    const google::rpc::Status rpc = ToRpcStatus(status, locale);
    for (const google::protobuf::Any& detail : rpc.details()) detail.UnpackTo(&findings);
    return findings;
  }
  static std::vector<std::string> Codes(const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
    std::vector<std::string> codes;
    for (const v1::Finding& finding : findings) codes.push_back(finding.code());
    return codes;
  }

  FakeSource source_;
};

TEST_F(ImportPrepare, ReportsGoOnWhileADocumentIsRead) {
  MakeTable("u", "p1", 1);
  source_.Close();
  std::atomic<bool> imported{false};
  v1::ImportDocumentResponse response;
  std::thread import([&] {
    EXPECT_TRUE(Import(Pdf(Table("甲项目")), &response).ok());
    imported = true;
  });
  source_.AwaitBegun(1);
  for (int i = 1; i <= 100; ++i) Report("units/u/tables/p1/indicators/i1", absl::StrCat(i));
  EXPECT_FALSE(imported) << "a hundred reports were answered while the import was being prepared";
  source_.Open();
  import.join();
  EXPECT_THAT(response.tables(), SizeIs(1));
}

class ImportBesideTheDisk : public ImportPrepare {
 protected:
  std::unique_ptr<storage::Store> OpenStore(const std::string& name) override {
    return std::make_unique<GatedStore>(EngineFixture::OpenStore(name), &gate_);
  }
  Gate gate_;
};

TEST_F(ImportBesideTheDisk, ADryRunStandsInNobodysWayAndWaitsForNobody) {
  MakeTable("u", "p1", 1);
  gate_.Close();
  std::thread report([&] { Report("units/u/tables/p1/indicators/i1", "1"); });
  gate_.AwaitCommits(1);
  v1::ImportDocumentResponse dry, written;
  EXPECT_TRUE(Import(Pdf(Table("甲项目"), /*validate_only=*/true), &dry).ok())
      << "while the disk holds a report up";
  gate_.Open();
  report.join();
  ASSERT_TRUE(Import(Pdf(Table("甲项目")), &written).ok());
  ASSERT_THAT(dry.tables(), SizeIs(1));
  EXPECT_EQ(dry.tables(0).name(), written.tables(0).name());
  EXPECT_EQ(dry.tables(0).indicators(0).SerializeAsString(),
            written.tables(0).indicators(0).SerializeAsString());
  EXPECT_EQ(dry.commit().revision(), 0);
  EXPECT_EQ(dry.preview(), written.preview());
}

TEST_F(ImportPrepare, ADryRunSeesWhatIsThereAndLeavesNothing) {
  v1::ImportDocumentResponse response;
  v1::ImportDocumentRequest dry = Pdf(Table("甲项目"), /*validate_only=*/true);
  dry.set_goal(v1::IMPORT_GOAL_APPROVE);
  const std::string before = *store().ContentDigest();
  ASSERT_TRUE(Import(dry, &response).ok());
  EXPECT_EQ(response.tables(0).state(), v1::TABLE_STATE_APPROVED);
  EXPECT_EQ(*store().ContentDigest(), before);
  ASSERT_TRUE(Import(Pdf(Table("甲项目")), &response).ok());
  ASSERT_TRUE(Import(dry, &response).ok());
  EXPECT_THAT(response.tables(), SizeIs(0));
  EXPECT_THAT(response.existing_tables(), ::testing::ElementsAre("units/self/tables/p1"));
  // Two new tables of one document, the ids of which depend on each other and on what is there.
  ASSERT_TRUE(
      Import(Pdf(absl::StrCat(Table("乙项目"), Table("丙项目")), /*validate_only=*/true), &response).ok());
  EXPECT_EQ(response.tables(0).name(), "units/self/tables/p2");
  EXPECT_EQ(response.tables(1).name(), "units/self/tables/p3");
}

TEST_F(ImportPrepare, ImportsAreBoundedAndTheRestIsRefusedAtOnce) {
  engine_options.max_preparing = 1;
  EngineFixture::Open("bounded");
  MakeTable("u", "p1", 1);
  source_.Close();
  std::vector<std::thread> imports;
  for (int i = 0; i < engine_options.preparers; ++i) {
    imports.emplace_back([&, i] {
      v1::ImportDocumentResponse response;
      EXPECT_TRUE(Import(Pdf(Table(absl::StrCat("项目", i)), true), &response).ok());
    });
    source_.AwaitBegun(i + 1);
  }
  // One more may wait; what comes behind it is refused whichever of the two that is.
  std::atomic<int> refused{0};
  std::vector<std::thread> more;
  for (int i = 0; i < 2; ++i) {
    more.emplace_back([&] {
      v1::ImportDocumentResponse response;
      if (ReasonOf(Import(Pdf(Table("更多"), true), &response)) == v1::ERROR_REASON_OVERLOADED) {
        ++refused;
        source_.Open();  // lets the others end
      }
    });
  }
  for (std::thread& each : more) each.join();
  for (std::thread& each : imports) each.join();
  EXPECT_EQ(refused, 1);
  Report("units/u/tables/p1/indicators/i1", "1");
}

TEST_F(ImportPrepare, ARetryGetsTheFirstAnswerAlsoWhenTheUploadHasGone) {
  source_.SetUpload(absl::StrCat("%PDF-1.7\n", Table("甲项目")));
  v1::ImportDocumentRequest request;
  request.set_upload("uploads/known");
  request.set_file_name("2025.pdf");
  request.mutable_write()->set_request_id("once");
  v1::ImportDocumentResponse first, second;
  ASSERT_TRUE(Import(request, &first).ok());
  EXPECT_EQ(first.source().file_name(), "2025.pdf");
  EXPECT_EQ(first.source().reader(), "fake/1");
  source_.SetUpload("");
  ASSERT_TRUE(Import(request, &second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  request.mutable_write()->set_request_id("twice");
  EXPECT_EQ(ReasonOf(Import(request, &second)), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ImportPrepare, AProfileThatChangedMeanwhileIsTheOneThatCounts) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::Profile profile = Ask<v1::GetProfileResponse>(get).profile();
  v1::CreateProfileRequest create;
  create.set_profile_id("mine");
  *create.mutable_profile() = profile;
  profile = Do<v1::CreateProfileResponse>(create).profile();
  v1::ImportDocumentRequest request = Pdf(Table("甲项目"));
  request.set_profile(profile.name());
  source_.Close();
  v1::ImportDocumentResponse response;
  std::thread import([&] { EXPECT_TRUE(Import(request, &response).ok()); });
  source_.AwaitBegun(1);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = profile;
  Do<v1::UpdateProfileResponse>(update);
  source_.Open();
  import.join();
  ASSERT_THAT(response.tables(), SizeIs(1));
  EXPECT_EQ(response.tables(0).profile_version(), 2);
}

TEST_F(ImportPrepare, WhatWasPreviewedIsWrittenAndNothingElse) {
  v1::ImportDocumentRequest request = Pdf(Table("甲项目"), /*validate_only=*/true);
  v1::ImportDocumentResponse preview, response;
  ASSERT_TRUE(Import(request, &preview).ok());
  ASSERT_FALSE(preview.preview().empty());
  request.mutable_write()->set_validate_only(false);
  request.set_preview(preview.preview());
  v1::ImportDocumentRequest other = Pdf(Table("乙项目"));
  other.set_preview(preview.preview());
  EXPECT_EQ(ReasonOf(Import(other, &response)), v1::ERROR_REASON_PREVIEW_DIFFERS);
  source_.SetReader("fake/2");
  EXPECT_EQ(ReasonOf(Import(request, &response)), v1::ERROR_REASON_PREVIEW_DIFFERS);
  source_.SetReader("fake/1");
  v1::ImportDocumentRequest by_another = request;
  by_another.set_profile("profiles/hubei");
  EXPECT_EQ(ReasonOf(Import(by_another, &response)), v1::ERROR_REASON_PREVIEW_DIFFERS);
  EXPECT_TRUE(Import(request, &response).ok());
  EXPECT_EQ(response.preview(), preview.preview());
}

TEST_F(ImportPrepare, WhatMayBeMissingHasToBeAccepted) {
  source_.Remark("PAGE_DAMAGED", document::LEVEL_ERROR);
  source_.Remark("SCANNED_PAGE", document::LEVEL_ERROR);
  source_.Remark("WATERMARK_LEFT_OUT", document::LEVEL_NOTE);
  v1::ImportDocumentResponse response;
  ASSERT_TRUE(Import(Pdf(Table("甲项目"), /*validate_only=*/true), &response).ok());
  EXPECT_THAT(Codes(response.findings()),
              ::testing::IsSupersetOf({"PAGE_DAMAGED", "SCANNED_PAGE", "WATERMARK_LEFT_OUT"}));
  EXPECT_EQ(response.findings(0).page(), 3);
  EXPECT_EQ(response.findings(0).address(), "R2C1");
  v1::ImportDocumentRequest request = Pdf(Table("甲项目"));
  request.mutable_write()->add_accept_findings("PAGE_DAMAGED");
  const absl::Status refused = Import(request, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("SCANNED_PAGE"));
  EXPECT_THAT(Codes(FindingsOf(refused).findings()), ElementsAre("SCANNED_PAGE"));
  request.mutable_write()->add_accept_findings("SCANNED_PAGE");
  EXPECT_TRUE(Import(request, &response).ok());
}

TEST_F(ImportPrepare, ARefusalSaysWhatToDoAndKeepsItsFindings) {
  v1::ImportDocumentResponse response;
  const absl::Status locked = Import(Pdf("REFUSE"), &response);
  EXPECT_EQ(ReasonOf(locked), v1::ERROR_REASON_UNREADABLE_DOCUMENT);
  EXPECT_THAT(MessageOf(locked, "zh-CN"), HasSubstr("密码"));
  EXPECT_THAT(FindingsOf(locked, "zh-CN").findings(0).message(), HasSubstr("密码"));
  source_.Remark("FONT_UNREADABLE", document::LEVEL_WARNING);
  const absl::Status empty = Import(Pdf("no table here\n"), &response);
  EXPECT_EQ(ReasonOf(empty), v1::ERROR_REASON_UNREADABLE_DOCUMENT);
  EXPECT_THAT(Codes(FindingsOf(empty).findings()), ElementsAre("NO_TARGET_TABLE", "FONT_UNREADABLE"));
  ASSERT_TRUE(Import(Pdf("no table here\n", /*validate_only=*/true), &response).ok());
  EXPECT_THAT(response.tables(), IsEmpty());
  EXPECT_THAT(Codes(response.findings()), Contains("NO_TARGET_TABLE"));
}

TEST_F(ImportPrepare, OnlyTheTablesAskedForComeIn) {
  const std::string both = absl::StrCat(Table("甲项目"), Table("乙项目"));
  v1::ImportDocumentRequest request = Pdf(both);
  request.add_tables(2);
  v1::ImportDocumentResponse response;
  ASSERT_TRUE(Import(request, &response).ok());
  ASSERT_THAT(response.tables(), SizeIs(1));
  EXPECT_EQ(response.tables(0).display_name(), "乙项目");
  for (const v1::Finding& finding : response.findings()) EXPECT_NE(finding.table(), 1) << finding.code();
  request.add_tables(3);
  const absl::Status refused = Import(request, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("no table 3"));
}

TEST_F(ImportPrepare, WrongRequestsAreToldByField) {
  v1::ImportDocumentResponse response;
  v1::ImportDocumentRequest both = Pdf(Table("甲项目"));
  both.set_upload("uploads/known");
  EXPECT_EQ(ReasonOf(Import(both, &response)), v1::ERROR_REASON_INVALID_FIELD);
  v1::ImportDocumentRequest large;
  large.set_content(std::string((16 << 20) + 1, 'x'));
  EXPECT_EQ(ReasonOf(Import(large, &response)), v1::ERROR_REASON_REQUEST_TOO_LARGE);
  v1::ImportDocumentRequest empty;
  EXPECT_EQ(ReasonOf(Import(empty, &response)), v1::ERROR_REASON_UNREADABLE_DOCUMENT);
  v1::ImportDocumentRequest name = Pdf(Table("甲项目"));
  name.set_file_name(std::string(256, 'x'));
  EXPECT_EQ(ReasonOf(Import(name, &response)), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(source_.begun(), 0);
}

TEST_F(ImportPrepare, PlainTextNeedsNoReader) {
  v1::ImportDocumentRequest request;
  request.set_content(absl::StrCat("\xEF\xBB\xBF", Table("甲项目")));
  v1::ImportDocumentResponse response;
  ASSERT_TRUE(Import(request, &response).ok());
  EXPECT_EQ(response.source().format(), "TEXT");
  EXPECT_EQ(source_.begun(), 0);
}

TEST_F(ImportPrepare, AUnitNameThatDiffersInWhiteSpaceIsTheSameUnit) {
  v1::ImportDocumentRequest request = Pdf(Table("甲项目", "甲区城管局（本级）"));
  request.clear_unit();
  v1::ImportDocumentResponse first, second;
  ASSERT_TRUE(Import(request, &first).ok());
  request = Pdf(Table("乙项目", "甲区 城管局(本级)"));
  request.clear_unit();
  ASSERT_TRUE(Import(request, &second).ok());
  EXPECT_EQ(first.tables(0).name(), "units/unit1/tables/p1");
  EXPECT_EQ(second.tables(0).name(), "units/unit1/tables/p2");
  EXPECT_THAT(Codes(second.findings()), Contains("UNIT_NAME_DIFFERS"));
  EXPECT_THAT(Codes(first.findings()), ::testing::Not(Contains("UNIT_NAME_DIFFERS")));
}

TEST_F(ImportPrepare, TheJournalKeepsWhereATableCameFrom) {
  v1::ImportDocumentRequest request = Pdf(Table("甲项目"));
  request.set_file_name("2025.pdf");
  v1::ImportDocumentResponse response;
  ASSERT_TRUE(Import(request, &response).ok());
  std::vector<std::string> kept;
  const absl::Status read = store().ReadJournal(1, [&](const storage::JournalRecord& record) {
    const auto payload = engine::ReadEntry(record);
    EXPECT_TRUE(payload.ok()) << payload.status();
    for (const auto& event : payload->events()) {
      const auto& source = event.table_set().source();
      if (event.has_table_set())
        kept.push_back(absl::StrCat(source.file_name(), " ", source.reader(), " ", source.sha256()));
    }
    return true;
  });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_THAT(kept, ElementsAre(absl::StrCat("2025.pdf fake/1 ", response.source().sha256())));
}

}  // namespace
}  // namespace attain::engine
