// What goes into each key, for ever, and what is found under a range.
#include "service/state/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "service/state/board_scan.h"
#include "service/state/version_cache.h"
#include "service/state/workspace.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/model/sample_table.h"

namespace attain::engine {
namespace {

using storage::KeyBuilder;
using ::testing::ElementsAre;

TEST(Keys, HaveTheirSpaceAndTheirPartsInOrder) {
  const ActualId id{300, 2};
  const std::pair<std::string, std::string> keys[] = {
      {UnitKey("u"), KeyBuilder(1).Text("u").Build()},
      {TableKey("u", "t"), KeyBuilder(2).Text("u").Text("t").Build()},
      {BoardKey("u", "t"), KeyBuilder(3).Text("u").Text("t").Build()},
      {UnitBoardKey("u", 2024), KeyBuilder(4).Text("u").U64(2024).Build()},
      {ProfileKey("p"), KeyBuilder(5).Text("p").Build()},
      {ProfileVersionKey("p", 3), KeyBuilder(6).Text("p").U64(3).Build()},
      {ActualKey("u", "t", "i", id), KeyBuilder(7).Text("u").Text("t").Text("i").U64(300).U64(2).Build()},
      {SpendingKey("u", "t", 9), KeyBuilder(8).Text("u").Text("t").U64(9).Build()},
      {RequestKey("", "r"), KeyBuilder(9).Text("r").Build()},
      {RequestKey("a", "r"), KeyBuilder(9).Text("r").Text("a").Build()},
      {AmendmentKey("u", "t", 4), KeyBuilder(10).Text("u").Text("t").U64(4).Build()},
      {EvaluationKey("u", "t"), KeyBuilder(11).Text("u").Text("t").Build()},
      {ReviewKey("u", "t", "i"), KeyBuilder(12).Text("u").Text("t").Text("i").Build()},
      {OutlookKey("u", "t", "i"), KeyBuilder(13).Text("u").Text("t").Text("i").Build()}};
  for (const auto& [made, wanted] : keys)
    EXPECT_EQ(absl::BytesToHexString(made), absl::BytesToHexString(wanted));
}

bool Within(const KeyRange& range, const std::string& key) {
  return key >= range.begin && key < range.end;
}

TEST(Keys, ARangeHoldsWhatIsUnderIt) {
  const ActualId id{300, 2};
  const struct {
    const char* what;
    KeyRange range;
    std::vector<std::string> in, out;
  } cases[] = {
      {"units", AllUnits(), {UnitKey("a"), UnitKey("z")}, {TableKey("a", "t")}},
      {"tables",
       TablesOf("u"),
       {TableKey("u", "t")},
       {TableKey("u1", "t"), TableKey("t", "t"), BoardKey("u", "t")}},
      {"all tables",
       TablesOf("-"),
       {TableKey("u", "t"), TableKey("z", "t")},
       {UnitKey("u"), BoardKey("u", "t")}},
      {"boards",
       BoardsOf("u"),
       {BoardKey("u", "t")},
       {BoardKey("u1", "t"), TableKey("u", "t"), UnitBoardKey("u", 2024)}},
      {"all boards", BoardsOf("-"), {BoardKey("z", "t")}, {TableKey("z", "t"), UnitBoardKey("z", 2024)}},
      {"unit boards",
       UnitBoardsOf("u"),
       {UnitBoardKey("u", 2024)},
       {UnitBoardKey("u1", 2024), BoardKey("u", "t")}},
      {"profiles", AllProfiles(), {ProfileKey("p")}, {ProfileVersionKey("p", 1)}},
      {"reports",
       ActualsOf("u", "t", "i"),
       {ActualKey("u", "t", "i", id)},
       {ActualKey("u", "t", "i1", id), ActualKey("u", "t1", "i", id)}},
      {"a table's reports",
       ActualsOf("u", "t", "-"),
       {ActualKey("u", "t", "i", id), ActualKey("u", "t", "z", id)},
       {ActualKey("u", "t1", "i", id)}},
      {"money",
       SpendingsOf("u", "t"),
       {SpendingKey("u", "t", 1)},
       {SpendingKey("u", "t1", 1), ActualKey("u", "t", "i", id)}},
      {"amendments",
       AmendmentsOf("u", "t"),
       {AmendmentKey("u", "t", 1)},
       {AmendmentKey("u", "t1", 1), EvaluationKey("u", "t")}},
      {"reviews",
       ReviewsOf("u", "t"),
       {ReviewKey("u", "t", "i")},
       {OutlookKey("u", "t", "i"), ReviewKey("u", "t1", "i")}},
      {"outlooks",
       OutlooksOf("u", "t"),
       {OutlookKey("u", "t", "i")},
       {ReviewKey("u", "t", "i"), OutlookKey("u", "t1", "i")}}};
  for (const auto& each : cases) {
    for (const std::string& key : each.in)
      EXPECT_TRUE(Within(each.range, key)) << each.what << " " << absl::CHexEscape(key);
    for (const std::string& key : each.out)
      EXPECT_FALSE(Within(each.range, key)) << each.what << " " << absl::CHexEscape(key);
  }
}

TEST(Keys, NumbersAreInTheirOrder) {
  EXPECT_LT(AmendmentKey("u", "t", 9), AmendmentKey("u", "t", 10));
  EXPECT_LT(SpendingKey("u", "t", 255), SpendingKey("u", "t", 256));
  EXPECT_LT(ActualKey("u", "t", "i", {9, 12}), ActualKey("u", "t", "i", {10, 1}));
  EXPECT_LT(UnitBoardKey("u", 2024), UnitBoardKey("u", 2025));
}

TEST(Keys, AreTakenApartAgain) {
  std::string unit, table, row;
  ASSERT_TRUE(ParseUnitKey(UnitKey("u"), &unit));
  EXPECT_EQ(unit, "u");
  ASSERT_TRUE(ParseTableKey(TableKey("v", "t"), &unit, &table));
  EXPECT_EQ(unit + table, "vt");
  ASSERT_TRUE(ParseBoardKey(BoardKey("w", "s"), &unit, &table));
  EXPECT_EQ(unit + table, "ws");
  int32_t year = 0;
  ASSERT_TRUE(ParseUnitBoardKey(UnitBoardKey("u", 2024), &year));
  EXPECT_EQ(year, 2024);
  ActualId id;
  ASSERT_TRUE(ParseActualKey(ActualKey("u", "t", "i", {300, 2}), &row, &id));
  EXPECT_EQ(row, "i");
  EXPECT_EQ(id.revision, 300u);
  EXPECT_EQ(id.number, 2u);
  ASSERT_TRUE(ParseRowKey(ReviewKey("u", "t", "j"), &row));
  EXPECT_EQ(row, "j");
  ASSERT_TRUE(ParseRowKey(OutlookKey("u", "t", "k"), &row));
  EXPECT_EQ(row, "k");
}

TEST(Keys, OfAnotherSpaceOrFormAreRefused) {
  const std::string all[] = {UnitKey("u"),
                             TableKey("u", "t"),
                             BoardKey("u", "t"),
                             UnitBoardKey("u", 2024),
                             ActualKey("u", "t", "i", {3, 1}),
                             ReviewKey("u", "t", "i"),
                             OutlookKey("u", "t", "i"),
                             EvaluationKey("u", "t"),
                             SpendingKey("u", "t", 1)};
  std::string text, other;
  int32_t year = 0;
  ActualId id;
  for (const std::string& key : all) {
    EXPECT_EQ(ParseUnitKey(key, &text), key == all[0]);
    EXPECT_EQ(ParseTableKey(key, &text, &other), key == all[1]);
    EXPECT_EQ(ParseBoardKey(key, &text, &other), key == all[2]);
    EXPECT_EQ(ParseUnitBoardKey(key, &year), key == all[3]);
    EXPECT_EQ(ParseActualKey(key, &text, &id), key == all[4]);
    EXPECT_EQ(ParseRowKey(key, &text), key == all[5] || key == all[6]);
    for (const std::string& damaged : {key + "x", key.substr(0, key.size() - 1), std::string()}) {
      EXPECT_FALSE(ParseUnitKey(damaged, &text) || ParseTableKey(damaged, &text, &other) ||
                   ParseBoardKey(damaged, &text, &other) || ParseUnitBoardKey(damaged, &year) ||
                   ParseActualKey(damaged, &text, &id) || ParseRowKey(damaged, &text))
          << absl::CHexEscape(damaged);
    }
  }
}

WorkingTable TableOfRows(const std::string& table, int rows) {
  disk::TableState state = SampleState();
  state.clear_indicators();
  for (int i = 0; i < rows; ++i)
    *state.add_indicators() = NumberRow(absl::StrCat("i", i), "1", "个", v1::ACCUMULATION_LATEST);
  WorkingTable working;
  auto model = std::make_shared<TableModel>(*ModelOf(state));
  model->table = table;
  working.model = std::move(model);
  return working;
}

TEST(WorkspaceTest, KeepsWhatWasUsedLast) {
  WorkingTable one = TableOfRows("a", 10);
  Workspace measure(0);
  const size_t bytes = measure.Insert("a", one)->bytes;
  Workspace workspace(2 * bytes);
  for (const char* key : {"a", "b", "c"}) workspace.Insert(key, TableOfRows("a", 10));
  EXPECT_NE(workspace.Find("a"), nullptr) << "nothing goes before the group has ended";
  workspace.Trim();
  EXPECT_NE(workspace.Find("a"), nullptr) << "it was asked for last";
  EXPECT_EQ(workspace.Find("b"), nullptr);
  EXPECT_NE(workspace.Find("c"), nullptr);
  workspace.Trim();
  EXPECT_NE(workspace.Find("a"), nullptr) << "exactly the limit fits";
  workspace.Forget("a");
  workspace.Forget("nobody");
  EXPECT_EQ(workspace.Find("a"), nullptr);
  workspace.Insert("d", TableOfRows("a", 10));
  workspace.Trim();
  EXPECT_NE(workspace.Find("c"), nullptr) << "what was forgotten takes no room";
  EXPECT_NE(workspace.Find("d"), nullptr);
  workspace.Insert("d", TableOfRows("a", 10));
  workspace.Trim();
  EXPECT_NE(workspace.Find("c"), nullptr) << "what was replaced takes room once";
  workspace.unit_boards["x"];
  workspace.profiles["x"] = nullptr;
  workspace.Clear();
  EXPECT_EQ(workspace.Find("c"), nullptr);
  EXPECT_TRUE(workspace.unit_boards.empty());
  EXPECT_TRUE(workspace.profiles.empty());
}

TEST(WorkspaceTest, MakesTheKeysOfATable) {
  Workspace workspace(1 << 20);
  const WorkingTable* table = workspace.Insert(TableKey("u", "a"), TableOfRows("a", 1));
  EXPECT_EQ(table->key, TableKey("u", "a"));
  EXPECT_EQ(table->board_key, BoardKey("u", "a"));
  EXPECT_EQ(table->unit_board_key, UnitBoardKey("u", 2024));
}

TEST(VersionCacheTest, KeepsVersionsApartAndTheNewestWhateverItsSize) {
  VersionCache<int> cache(10);
  cache.Put("a", 1, std::make_shared<int>(11), 5);
  cache.Put("a", 2, std::make_shared<int>(12), 5);
  EXPECT_EQ(*cache.Find("a", 1), 11);
  EXPECT_EQ(*cache.Find("a", 2), 12);
  EXPECT_EQ(cache.Find("a", 3), nullptr);
  EXPECT_EQ(cache.Find("b", 1), nullptr);
  cache.Put("a", 2, std::make_shared<int>(99), 5);
  EXPECT_EQ(*cache.Find("a", 2), 12) << "a version never changes";
  EXPECT_EQ(*cache.Find("a", 1), 11);
  cache.Put("c", 1, std::make_shared<int>(31), 5);
  EXPECT_EQ(cache.Find("a", 2), nullptr) << "used longest ago";
  EXPECT_EQ(*cache.Find("a", 1), 11);
  cache.Put("d", 1, std::make_shared<int>(41), 100);
  EXPECT_EQ(*cache.Find("d", 1), 41);
  EXPECT_EQ(cache.Find("a", 1), nullptr);
}

// 1100 tables of which every second one has a board.
class BoardScanTest : public ::testing::Test {
 protected:
  BoardScanTest() {
    storage::RocksStoreOptions options;
    options.directory = directory_.path() / "data";
    store_ = *storage::OpenRocksStore(options);
    auto group = *store_->Begin();
    group->StartEntry();
    for (int i = 0; i < 1100; ++i) {
      const std::string unit = i < 600 ? "a" : "b", table = absl::StrCat(1000 + i);
      group->Put(TableKey(unit, table), "table " + table);
      if (i % 2 == 0) group->Put(BoardKey(unit, table), "board " + table);
    }
    group->FinishEntry("", absl::UnixEpoch());
    EXPECT_TRUE(group->Commit().ok());
  }
  // The names met; each has the bytes of its own table and board.
  std::vector<std::string> Scan(const BoardScan& scan, size_t enough = 10'000) {
    std::vector<std::string> met;
    const absl::Status status = ForEachBoard(*store_, scan,
                                             [&](const ResourceName& name, absl::string_view table,
                                                 absl::string_view board) -> absl::StatusOr<bool> {
                                               EXPECT_EQ(table, "table " + name.table);
                                               EXPECT_EQ(board, "board " + name.table);
                                               EXPECT_EQ(name.unit, name.table < "1600" ? "a" : "b");
                                               met.push_back(name.table);
                                               return met.size() < enough;
                                             });
    EXPECT_TRUE(status.ok()) << status;
    return met;
  }

  storage::ScratchDirectory directory_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(BoardScanTest, MeetsEachBoardOnceInOrder) {
  std::vector<std::string> all;
  for (int i = 0; i < 1100; i += 2) all.push_back(absl::StrCat(1000 + i));
  EXPECT_EQ(Scan({.revision = 1}), all);
  EXPECT_EQ(Scan({.revision = 1, .unit = "a"}), std::vector<std::string>(all.begin(), all.begin() + 300));
  EXPECT_EQ(Scan({.revision = 1, .unit = "b"}), std::vector<std::string>(all.begin() + 300, all.end()));
  EXPECT_TRUE(Scan({.revision = 1, .unit = "c"}).empty());
  EXPECT_TRUE(Scan({.revision = 0}).empty());
  EXPECT_THAT(Scan({.revision = 1}, 2), ElementsAre("1000", "1002"));
  EXPECT_EQ(Scan({.revision = 1}, 512).size(), 512u);
  EXPECT_EQ(Scan({.revision = 1}, 513).size(), 513u);
}

TEST_F(BoardScanTest, BeginsBehindTheTableThatIsNamed) {
  BoardScan scan{.revision = 1};
  scan.after.unit = "b";
  scan.after.table = "2094";
  EXPECT_THAT(Scan(scan), ElementsAre("2096", "2098"));
  scan.after.table = "2095";  // has no board
  EXPECT_THAT(Scan(scan), ElementsAre("2096", "2098"));
  scan.after.table = "2098";
  EXPECT_TRUE(Scan(scan).empty());
  scan.unit = "a";
  scan.after = {};
  scan.after.unit = "a";
  scan.after.table = "1596";
  EXPECT_THAT(Scan(scan), ElementsAre("1598"));
  scan.unit = "b";
  EXPECT_EQ(Scan(scan).size(), 250u) << "a table of a unit before";
}

TEST_F(BoardScanTest, TellsABoardWithoutItsTableAndWhatTheVisitorSays) {
  auto group = *store_->Begin();
  group->StartEntry();
  group->Put(BoardKey("c", "x"), "board x");
  group->FinishEntry("", absl::UnixEpoch());
  ASSERT_TRUE(group->Commit().ok());
  const auto nothing = [](const ResourceName&, absl::string_view, absl::string_view) -> absl::StatusOr<bool> {
    return true;
  };
  EXPECT_EQ(absl::StatusCode::kDataLoss, ForEachBoard(*store_, {.revision = 2}, nothing).code());
  EXPECT_TRUE(ForEachBoard(*store_, {.revision = 1}, nothing).ok());
  const auto fails = [](const ResourceName&, absl::string_view, absl::string_view) -> absl::StatusOr<bool> {
    return absl::AbortedError("enough");
  };
  EXPECT_EQ(ForEachBoard(*store_, {.revision = 1}, fails).code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace attain::engine
