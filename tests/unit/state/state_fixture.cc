#include "tests/unit/state/state_fixture.h"

#include <google/protobuf/text_format.h>
#include <rocksdb/env.h>

#include <utility>

#include "service/state/entry.h"
#include "storage/entry_parts.h"
#include "storage/rocksdb/open.h"

namespace attain::engine {
namespace {

constexpr char kProfile[] = R"(
    name: "profiles/national" indicator_points: "90" execution_points: "10" total_decimals: 2
    rescale_not_applicable: true over_flag_ratio: "1.2" over_reason_ratio: "1.3" warning_gap: "0.05"
    warning_unspent: "0.2"
    grades { display_name: "优" from: "90" } grades { display_name: "差" from: "0" }
    defaults {
      equal_mode: 1 reverse_mode: 1 satisfaction_mode: 1 score_decimals: 2 rounding: 1 over_mode: 1
      steps { from: "90" from_inclusive: true factor: "1" }
      rating_bands { level: "achieved" display_name: "达成" from: "0.8" to: "1" }
      rating_bands { level: "missed" display_name: "未达成" from: "0" to: "0.8" }
    })";

}  // namespace

disk::Event ProfileEvent(int64_t version, v1::RollupMode rollup) {
  disk::Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kProfile, event.mutable_profile_set()));
  event.mutable_profile_set()->set_version(version);
  event.mutable_profile_set()->set_rollup(rollup);
  return event;
}

disk::TableState TableNamed(const std::string& name, v1::TableState state) {
  disk::TableState table = SampleState();
  table.set_name(name);
  table.set_state(state);
  table.set_profile("profiles/national");
  table.set_profile_version(1);
  return table;
}

disk::Event TableEvent(const disk::TableState& table) {
  disk::Event event;
  *event.mutable_table_set()->mutable_table() = table;
  return event;
}

disk::Event ReportEvent(const std::string& row, const std::string& id, const disk::ActualState& actual,
                        const std::string& table) {
  disk::Event event;
  event.mutable_actual_recorded()->set_table(table);
  event.mutable_actual_recorded()->set_indicator(row);
  event.mutable_actual_recorded()->set_actual_id(id);
  *event.mutable_actual_recorded()->mutable_actual() = actual;
  return event;
}

disk::Event RetractionEvent(const std::string& row, const std::string& id, const std::string& reason) {
  disk::Event event;
  event.mutable_actual_retracted()->set_table(kTable);
  event.mutable_actual_retracted()->set_indicator(row);
  event.mutable_actual_retracted()->set_actual_id(id);
  event.mutable_actual_retracted()->set_change_reason(reason);
  return event;
}

disk::Event SpendingEvent(const disk::SpendingState& spending, const std::string& table) {
  disk::Event event;
  event.mutable_spending_recorded()->set_table(table);
  *event.mutable_spending_recorded()->mutable_spending() = spending;
  return event;
}

disk::Event EvaluationEvent(v1::EvaluationState state, int64_t submit_revision) {
  disk::Event event;
  event.mutable_evaluation_set()->set_table(kTable);
  event.mutable_evaluation_set()->mutable_evaluation()->set_state(state);
  event.mutable_evaluation_set()->mutable_evaluation()->set_submit_revision(submit_revision);
  return event;
}

disk::Event ReviewEvent(const std::string& row, const std::string& score, const std::string& date) {
  disk::Event event;
  event.mutable_review_recorded()->set_table(kTable);
  event.mutable_review_recorded()->set_indicator(row);
  disk::ReviewState* review = event.mutable_review_recorded()->mutable_review();
  review->set_score(score);
  review->set_reason("thin");
  review->set_reviewer("office");
  review->set_date(date);
  return event;
}

disk::Event OutlookEvent(const std::string& row, const std::string& text, const std::string& date) {
  disk::Event event;
  event.mutable_outlook_recorded()->set_table(kTable);
  event.mutable_outlook_recorded()->set_indicator(row);
  event.mutable_outlook_recorded()->mutable_outlook()->set_text(text);
  event.mutable_outlook_recorded()->mutable_outlook()->set_date(date);
  return event;
}

ResourceName NameOf(const std::string& table) {
  return *ParseTableName("table", table);
}

ResourceName RowOf(const std::string& row, const std::string& table) {
  ResourceName name = NameOf(table);
  name.indicator = row;
  return name;
}

StateFixture::~StateFixture() = default;

StateFixture::StateFixture() : memory_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  storage::RocksStoreOptions options;
  options.env = memory_.get();
  options.directory = "/store";
  auto store = storage::OpenRocksStore(options);
  EXPECT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
}

uint64_t StateFixture::Record(const std::vector<disk::Event>& events) {
  disk::EntryPayload payload;
  for (const disk::Event& event : events) *payload.add_events() = event;
  return RecordEntry(payload, storage::EntryForm::kParts);
}

uint64_t StateFixture::RecordEntry(const disk::EntryPayload& payload, storage::EntryForm form) {
  auto group = store_->Begin();
  EXPECT_TRUE(group.ok()) << group.status();
  Applier applier(group->get(), &workspace_, (*group)->StartEntry());
  const absl::Status applied = applier.Replay(payload, form);
  EXPECT_TRUE(applied.ok()) << applied;
  const std::string bytes =
      form == storage::EntryForm::kWhole
          ? payload.SerializeAsString()
          : EncodeEntry(payload, applier.steps(), std::string(storage::kSaltBytes, 's'));
  (*group)->FinishEntry(bytes, TimeOf(applier.revision()), form);
  EXPECT_TRUE((*group)->Commit().ok());
  return applier.revision();
}

absl::Status StateFixture::Try(const std::vector<disk::Event>& events) {
  auto group = store_->Begin();
  EXPECT_TRUE(group.ok()) << group.status();
  Applier applier(group->get(), &workspace_, (*group)->StartEntry());
  absl::Status status;
  for (const disk::Event& event : events) {
    status = applier.Apply(event);
    if (!status.ok()) break;
  }
  applier.ForgetTouched();
  (*group)->CancelEntry();
  return status;
}

std::unique_ptr<Snapshot> StateFixture::At(const v1::ReadOptions& read, const v1::AsOf& as_of) {
  auto snapshot = Snapshot::Open(*store_, &cache_, read, as_of);
  EXPECT_TRUE(snapshot.ok()) << snapshot.status();
  return snapshot.ok() ? *std::move(snapshot) : nullptr;
}

std::unique_ptr<Snapshot> StateFixture::AsOf(const std::string& day, v1::TargetBasis basis) {
  v1::AsOf as_of;
  as_of.set_date(day);
  as_of.set_target_basis(basis);
  return At({}, as_of);
}

std::string StateFixture::BoardAt(const Snapshot& snapshot, const std::string& table) {
  const auto view = snapshot.GetBoard(NameOf(table));
  return view.ok() ? ShowBoard(*view->board) : view.status().ToString();
}

}  // namespace attain::engine
