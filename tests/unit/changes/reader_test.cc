// What one revision changed, told event by event.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/changes/change_reader.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class ReaderTest : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 2);
  }
  uint64_t head() { return store().head().revision; }
  std::vector<watch::EntryPtr> Read(ChangeReader* reader, uint64_t from, uint64_t to,
                                    const watch::Portion& portion = {}) {
    std::vector<watch::EntryPtr> entries;
    const absl::Status status = reader->Read(from, to, portion, &entries);
    EXPECT_TRUE(status.ok()) << status;
    return entries;
  }
  // The newest revision, by a reader that came to it from the beginning.
  watch::EntryPtr Newest() {
    if (reader_ == nullptr) reader_ = std::make_unique<ChangeReader>(&store(), &cache_);
    watch::EntryPtr newest;
    for (const watch::EntryPtr& entry : Read(reader_.get(), read_ + 1, head())) newest = entry;
    read_ = head();
    EXPECT_NE(newest, nullptr);
    return newest;
  }
  // Names of the events of a kind.
  static std::vector<std::string> Names(const watch::EntryPtr& entry, v1::WatchKind kind) {
    std::vector<std::string> names;
    for (const watch::Event& event : entry->events) {
      if (event.kind == kind) names.push_back(event.name);
    }
    return names;
  }
  template <typename Row>
  static Row Parse(const watch::RowPtr& row) {
    Row parsed;
    EXPECT_TRUE(row != nullptr && parsed.ParseFromString(row->bytes));
    return parsed;
  }
  static const watch::Event& Find(const watch::EntryPtr& entry, const std::string& key) {
    static const watch::Event none;
    for (const watch::Event& event : entry->events) {
      if (event.key == key) return event;
    }
    ADD_FAILURE() << "no event of " << key;
    return none;
  }
  void MakeTableOf(const std::string& unit, const std::string& id, int year) {
    v1::CreateTableRequest create;
    create.set_parent("units/" + unit);
    create.set_table_id(id);
    *create.mutable_table() = TableOf("units/" + unit + "/tables/t");
    create.mutable_table()->set_fiscal_year(year);
    for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
    v1::SubmitTableRequest submit;
    submit.set_name(absl::StrCat("units/", unit, "/tables/", id));
    submit.set_etag(Do<v1::CreateTableResponse>(create).table().etag());
    v1::ApproveTableRequest approve;
    approve.set_name(submit.name());
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    Do<v1::ApproveTableResponse>(approve);
  }

  const std::string row_ = "units/a/tables/t/indicators/i1";
  ModelCache cache_{size_t{1} << 20};
  std::unique_ptr<ChangeReader> reader_;
  uint64_t read_ = 0;
};

TEST_F(ReaderTest, GivesWhatWasAskedForAndNoMore) {
  for (int i = 1; i <= 5; ++i) Report(row_, absl::StrCat(i), absl::StrCat("2024-0", i, "-01"));
  ChangeReader reader(&store(), &cache_);
  const auto revisions = [&](uint64_t from, uint64_t to, const watch::Portion& portion = {}) {
    std::vector<uint64_t> all;
    for (const watch::EntryPtr& entry : Read(&reader, from, to, portion)) all.push_back(entry->revision);
    return all;
  };
  EXPECT_THAT(revisions(2, 4), ElementsAre(2, 3, 4));
  EXPECT_THAT(revisions(2, head(), {2}), ElementsAre(2, 3));
  EXPECT_THAT(revisions(4, head(), {100, 1}), ElementsAre(4)) << "at least one";
}

TEST_F(ReaderTest, CarriesTimeAndHashes) {
  Report(row_, "5");
  const watch::EntryPtr entry = Newest();
  std::string hash, previous;
  absl::Time time;
  ASSERT_TRUE(store()
                  .ReadJournal(head(),
                               [&](const storage::JournalRecord& record) {
                                 hash = record.hash;
                                 previous = record.previous_hash;
                                 time = record.time;
                                 return false;
                               })
                  .ok());
  EXPECT_EQ(entry->revision, head());
  EXPECT_EQ(entry->hash, hash);
  EXPECT_EQ(entry->previous_hash, previous);
  EXPECT_EQ(entry->time_us, absl::ToUnixMicros(time));
  EXPECT_THAT(entry->units, ElementsAre("a"));
  EXPECT_GT(entry->bytes, 0u);
}

TEST_F(ReaderTest, AReportIsToldAndWhatItMoves) {
  const v1::Actual actual = Report(row_, "5").actual();
  const watch::EntryPtr entry = Newest();
  EXPECT_THAT(Names(entry, v1::WATCH_KIND_ACTUALS), ElementsAre(actual.name()));
  EXPECT_THAT(Names(entry, v1::WATCH_KIND_SCORES), UnorderedElementsAre(row_, "units/a/tables/t", "units/a"));
  EXPECT_THAT(Names(entry, v1::WATCH_KIND_TABLES), ElementsAre());
  const watch::Event& event = Find(entry, actual.name());
  EXPECT_EQ(event.before, nullptr) << "it is new";
  EXPECT_EQ(Parse<v1::Actual>(event.after).SerializeAsString(), actual.SerializeAsString());
  EXPECT_EQ(event.actor, "tester");
  EXPECT_NE(event.cause, "");
  EXPECT_EQ(Parse<v1::Score>(Find(entry, "units/a@2024").after).revision(), static_cast<int64_t>(head()));
}

TEST_F(ReaderTest, ACorrectionTellsWhatWasAndWhatIs) {
  const v1::Actual actual = Report(row_, "5").actual();
  Newest();
  v1::CorrectActualRequest correct;
  correct.set_name(actual.name());
  correct.mutable_report()->set_value("9");
  correct.mutable_report()->set_date("2024-06-30");
  correct.set_change_reason("counted again");
  for (const char* code : {"VALUE_JUMP", "VALUE_IS_FRACTION"})
    correct.mutable_write()->add_accept_findings(code);
  Do<v1::CorrectActualResponse>(correct);
  const watch::EntryPtr entry = Newest();
  const watch::Event& before = Find(entry, actual.name());
  EXPECT_EQ(Parse<v1::Actual>(before.before).report().value(), "5");
  EXPECT_EQ(Names(entry, v1::WATCH_KIND_ACTUALS).size(), 2u) << "the corrected one and the one in its place";
}

TEST_F(ReaderTest, ATableIsToldWithWhatItWas) {
  const v1::Table before = TableOf("units/a/tables/t");
  v1::CloseTableRequest close;
  close.set_name(before.name());
  close.set_etag(before.etag());
  Do<v1::CloseTableResponse>(close);
  const watch::EntryPtr entry = Newest();
  EXPECT_THAT(Names(entry, v1::WATCH_KIND_TABLES), ElementsAre(before.name()));
  for (const watch::Event& event : entry->events) {
    if (event.kind != v1::WATCH_KIND_TABLES) continue;
    EXPECT_EQ(Parse<v1::Table>(event.before).SerializeAsString(), before.SerializeAsString());
    EXPECT_EQ(Parse<v1::Table>(event.after).state(), v1::TABLE_STATE_CLOSED);
  }
}

TEST_F(ReaderTest, AUnitsNewNameStandsInTheScoresOfAllItsYears) {
  MakeTableOf("a", "next", 2025);
  Report(row_, "5");
  Report("units/a/tables/next/indicators/i1", "5", "2025-03-01");
  Newest();
  v1::GetUnitRequest get;
  get.set_name("units/a");
  v1::UpdateUnitRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_unit() = Ask<v1::GetUnitResponse>(get).unit();
  update.mutable_unit()->set_display_name("新名");
  Do<v1::UpdateUnitResponse>(update);
  const watch::EntryPtr entry = Newest();
  EXPECT_THAT(entry->units, ElementsAre("a"));
  for (const char* key : {"units/a@2024", "units/a@2025"})
    EXPECT_EQ(Parse<v1::Score>(Find(entry, key).after).display_name(), "新名") << key;
  Report(row_, "6", "2024-07-01");
  EXPECT_EQ(Parse<v1::Score>(Find(Newest(), "units/a@2024").after).display_name(), "新名");
  Report("units/a/tables/next/indicators/i1", "6", "2025-04-01");
  EXPECT_EQ(Parse<v1::Score>(Find(Newest(), "units/a@2025").after).display_name(), "新名");
}

TEST_F(ReaderTest, YearsOfAUnitAreRowsOfTheirOwn) {
  MakeTableOf("a", "next", 2025);
  Newest();
  Report("units/a/tables/next/indicators/i1", "5", "2025-03-01");
  const watch::EntryPtr entry = Newest();
  EXPECT_THAT(Names(entry, v1::WATCH_KIND_SCORES), Contains("units/a"));
  EXPECT_EQ(Parse<v1::Score>(Find(entry, "units/a@2025").after).fiscal_year(), 2025);
}

TEST_F(ReaderTest, OneThatGoesBackTellsTheSameAgain) {
  for (int i = 1; i <= 4; ++i) Report(row_, absl::StrCat(i), absl::StrCat("2024-0", i, "-01"));
  ChangeReader reader(&store(), &cache_);
  const auto told = [](const std::vector<watch::EntryPtr>& entries) {
    std::vector<std::string> all;
    for (const watch::EntryPtr& entry : entries) {
      for (const watch::Event& event : entry->events) {
        all.push_back(absl::StrCat(entry->revision, " ", event.key, " ",
                                   event.before == nullptr ? "-" : event.before->bytes, " > ",
                                   event.after == nullptr ? "-" : event.after->bytes));
      }
    }
    return all;
  };
  const std::vector<std::string> first = told(Read(&reader, head() - 3, head() - 1));
  EXPECT_EQ(told(Read(&reader, head() - 3, head() - 1)), first);
  EXPECT_FALSE(first.empty());
}

}  // namespace
}  // namespace attain::engine
