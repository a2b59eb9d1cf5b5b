#include "tests/unit/engine/engine_fixture.h"

#include <errno.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/schema/methods.h"
#include "storage/rocksdb/open.h"
#include "tests/support/item_error.h"

namespace attain::engine {

EngineFixture::EngineFixture() {
  std::string pattern = (std::filesystem::temp_directory_path() / "attain-engine-XXXXXX").string();
  directory_ = mkdtemp(pattern.data());
}

void EngineFixture::Close() {
  engine_.reset();
  store_.reset();
}

EngineFixture::~EngineFixture() {
  Close();
  std::filesystem::remove_all(directory_);
}

std::unique_ptr<storage::Store> EngineFixture::OpenStore(const std::string& name) {
  storage::RocksStoreOptions options;
  options.directory = DirectoryOf(name);
  auto store = storage::OpenRocksStore(options);
  EXPECT_TRUE(store.ok()) << store.status();
  return *std::move(store);
}

std::string EngineFixture::DirectoryOf(const std::string& store) const {
  return absl::StrCat(directory_, "/", store);
}

namespace {

// "METHOD REASON" of every refusal, in a file of this program: unit_words_reasons_seen_test reads them all.
void NoteSeen(const std::string& method = "", const std::string& reason = "") {
  static const char* const folder = getenv("ATTAIN_SEEN_REASONS");
  if (folder == nullptr) return;
  static auto* const file = [] {
    std::filesystem::create_directories(folder);
    return new std::ofstream(absl::StrCat(folder, "/", program_invocation_short_name));
  }();
  static auto* const seen = new std::set<std::string>;
  static auto* const mutex = new std::mutex;
  const std::lock_guard<std::mutex> lock(*mutex);
  const std::string line = method.empty() ? "" : absl::StrCat(method, " ", reason, "\n");
  if (seen->insert(line).second) *file << line << std::flush;
}

// What the reports of a stream were refused for.
void NoteItems(const google::protobuf::Message& response) {
  if (response.GetDescriptor() != v1::StreamActualsResponse::descriptor()) return;
  for (const v1::ItemError& error : static_cast<const v1::StreamActualsResponse&>(response).errors())
    NoteSeen("StreamActuals", absl::StrCat("ERROR_REASON_", ReasonIn(error.status())));
}

// An engine whose refusals are all of those that its methods list.
class CheckedEngine final : public Engine {
 public:
  using Check = void (*)(const google::protobuf::Message& request, const absl::Status& status);
  CheckedEngine(std::unique_ptr<Engine> engine, Check check) : engine_(std::move(engine)), check_(check) {
    NoteSeen();  // that there is nothing to note is noted, too
  }

  bool Has(const google::protobuf::Descriptor* request) const override { return engine_->Has(request); }
  void Mutate(const google::protobuf::Message& request, google::protobuf::Message* response,
              const Caller& caller, Done done) override {
    engine_->Mutate(request, response, caller,
                    [&request, response, check = check_, done = std::move(done)](absl::Status status) {
                      check(request, status);
                      NoteItems(*response);
                      done(std::move(status));
                    });
  }
  void Lend() override { engine_->Lend(); }
  absl::Status Read(const google::protobuf::Message& request, google::protobuf::Message* response,
                    const Caller& caller) const override {
    absl::Status status = engine_->Read(request, response, caller);
    check_(request, status);
    return status;
  }
  absl::StatusOr<std::shared_ptr<watch::Subscription>> Watch(
      const v1::WatchRequest& request, const Caller& caller,
      std::weak_ptr<watch::Listener> listener) override {
    auto opened = engine_->Watch(request, caller, std::move(listener));
    check_(request, opened.status());
    return opened;
  }
  GroupListener* group_listener() override { return engine_->group_listener(); }
  HistoryParts history() override { return engine_->history(); }
  bool healthy() const override { return engine_->healthy(); }
  void Shutdown() override { engine_->Shutdown(); }

 private:
  const std::unique_ptr<Engine> engine_;
  const Check check_;
};

}  // namespace

void EngineFixture::Open(const std::string& name) {
  Close();
  store_ = OpenStore(name);
  EngineOptions options = engine_options;
  options.store = store_.get();
  auto engine = Engine::Open(options);
  ASSERT_TRUE(engine.ok()) << engine.status();
  engine_ = std::make_unique<CheckedEngine>(*std::move(engine), &CheckListed);
}

absl::Status EngineFixture::Try(const google::protobuf::Message& request, google::protobuf::Message* response,
                                const std::string& actor) {
  std::promise<absl::Status> done;
  engine_->Mutate(request, response, {actor, "en", ""},
                  [&](absl::Status status) { done.set_value(std::move(status)); });
  return done.get_future().get();
}

void EngineFixture::CheckListed(const google::protobuf::Message& request, const absl::Status& status) {
  const v1::ErrorReason reason = ReasonOf(status);
  const google::protobuf::MethodDescriptor* const method = schema::MethodOf(request.GetDescriptor());
  if (reason == v1::ERROR_REASON_UNSPECIFIED || method == nullptr) return;
  NoteSeen(method->name(), v1::ErrorReason_Name(reason));
  EXPECT_TRUE(schema::MayBeRefusedFor(*method, reason))
      << method->name() << " does not list " << v1::ErrorReason_Name(reason);
  EXPECT_EQ(static_cast<int>(status.code()), schema::RuleOf(reason).code()) << v1::ErrorReason_Name(reason);
}

void EngineFixture::ImportSample() {
  std::ifstream file(ATTAIN_SOURCE_DIR "/samples/urumqi-2024.txt");
  std::stringstream text;
  text << file.rdbuf();
  v1::ImportDocumentRequest request;
  request.set_content(text.str());
  request.set_unit("units/u");
  request.set_profile("profiles/xinjiang");
  request.set_goal(v1::IMPORT_GOAL_APPROVE);
  ASSERT_EQ(Do<v1::ImportDocumentResponse>(request).table_count(), 6);
}

void EngineFixture::MakeTable(const std::string& unit, const std::string& table, int rows,
                              v1::Accumulation accumulation, bool approve) {
  v1::CreateUnitRequest create_unit;
  create_unit.set_unit_id(unit);
  create_unit.mutable_unit()->set_display_name(unit);
  v1::CreateUnitResponse ignored;
  (void)Try(create_unit, &ignored);  // the second table of a unit finds it there
  v1::CreateTableRequest create;
  create.set_parent(absl::StrCat("units/", unit));
  create.set_table_id(table);
  create.mutable_table()->set_kind(v1::TABLE_KIND_PROJECT);
  create.mutable_table()->set_display_name(table);
  create.mutable_table()->set_fiscal_year(2024);
  create.mutable_table()->set_profile("profiles/national");
  create.mutable_table()->mutable_budget()->set_total("10");
  for (int i = 1; i <= rows; ++i) {
    v1::Indicator* row = create.mutable_table()->add_indicators();
    row->set_level1(i % 2 == 1 ? "产出" : "效益");
    row->set_level2(i % 2 == 1 ? "数量" : "社会效益");
    row->set_display_name(absl::StrCat("指标", i));
    row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
    row->mutable_target()->set_value("30");
    row->mutable_target()->set_unit("个");
    row->set_weight(absl::StrCat(90 / rows));
    row->mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
    row->set_accumulation(accumulation);
  }
  Do<v1::CreateTableResponse>(create);
  if (approve) PutInForce(absl::StrCat("units/", unit, "/tables/", table));
}

void EngineFixture::MakeTableWith(const std::string& unit, const std::string& table, int rows,
                                  const std::function<void(v1::Table*)>& change) {
  MakeTable(unit, table, rows, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = TableOf(absl::StrCat("units/", unit, "/tables/", table));
  change(update.mutable_table());
  Do<v1::UpdateTableResponse>(update);
  PutInForce(update.table().name());
}

void EngineFixture::PutInForce(const std::string& table) {
  v1::SubmitTableRequest submit;
  submit.set_name(table);
  submit.set_etag(TableOf(table).etag());
  v1::ApproveTableRequest approval;
  approval.set_name(table);
  approval.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
  Do<v1::ApproveTableResponse>(approval);
}

v1::RecordActualRequest ReportRequest(const std::string& indicator, const std::string& value,
                                      const std::string& date) {
  v1::RecordActualRequest request;
  request.set_indicator(indicator);
  request.mutable_report()->set_value(value);
  request.mutable_report()->set_date(date);
  return request;
}

v1::RecordActualResponse EngineFixture::Report(const std::string& indicator, const std::string& value,
                                               const std::string& date) {
  v1::RecordActualRequest request = ReportRequest(indicator, value, date);
  for (const char* code :
       {"VALUE_IS_FRACTION", "VALUE_JUMP", "VALUE_TEN_THOUSAND_TIMES", "VALUE_TEN_THOUSANDTH"})
    request.mutable_write()->add_accept_findings(code);
  return Do<v1::RecordActualResponse>(request);
}

v1::Table EngineFixture::TableOf(const std::string& name) {
  v1::GetTableRequest request;
  request.set_name(name);
  return Ask<v1::GetTableResponse>(request).table();
}

v1::GetEvaluationResponse EngineFixture::EvaluationOf(const std::string& name, const Past& past) {
  v1::GetEvaluationRequest request;
  request.set_name(absl::StrCat(name, "/evaluation"));
  *request.mutable_read() = past.read;
  *request.mutable_as_of() = past.as_of;
  return Ask<v1::GetEvaluationResponse>(request);
}

v1::Score EngineFixture::ScoreOf(const std::string& name, const Past& past) {
  v1::GetScoreRequest request;
  request.set_name(name);
  *request.mutable_read() = past.read;
  *request.mutable_as_of() = past.as_of;
  return Ask<v1::GetScoreResponse>(request).score();
}

}  // namespace attain::engine
