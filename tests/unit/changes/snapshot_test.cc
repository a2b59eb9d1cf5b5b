// The first rows of a watch, piece by piece.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/changes/watch_snapshot.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class SnapshotTest : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    for (const char* unit : {"b", "a", "c"}) {
      MakeTable(unit, "t1", 1);
      MakeTable(unit, "t2", 2);
    }
    MakeTable("a", "draft", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
    for (int i = 1; i <= 3; ++i) {
      Report("units/a/tables/t1/indicators/i1", absl::StrCat(10 * i), absl::StrCat("2024-0", i, "-28"));
      Report("units/a/tables/t2/indicators/i2", absl::StrCat(10 * i), absl::StrCat("2024-0", i, "-28"));
    }
  }
  watch::SelectionPtr Select(const std::vector<std::string>& names, watch::Kinds kinds) {
    std::vector<watch::NamePattern> patterns;
    for (const std::string& name : names) patterns.push_back(*watch::NamePattern::Parse(name));
    return std::make_shared<const watch::Selection>("text", store().store_id(), store().epoch(),
                                                    std::move(patterns), std::move(kinds));
  }
  // Names of all rows, pieces of about `bytes` put together; `pieces` are counted.
  std::vector<std::string> Walk(const watch::SelectionPtr& selection, size_t bytes = size_t{1} << 20,
                                int* pieces = nullptr) {
    WatchSnapshot walk(&store(), &cache_, selection, store().head().revision);
    std::vector<std::string> names;
    for (int calls = 0; calls < 1000; ++calls) {
      v1::WatchSnapshot piece;
      const absl::StatusOr<bool> more = walk.Next(bytes, &piece);
      EXPECT_TRUE(more.ok()) << more.status();
      for (const v1::Score& row : piece.scores()) names.push_back(row.name());
      for (const v1::Table& row : piece.tables()) names.push_back("table " + row.name());
      for (const v1::Actual& row : piece.actuals())
        names.push_back(row.report().date() + " " + Indicator(row));
      if (pieces != nullptr && piece.ByteSizeLong() > 0) ++*pieces;
      if (!more.ok() || !*more) return names;
    }
    ADD_FAILURE() << "it does not end";
    return names;
  }
  static std::string Indicator(const v1::Actual& row) {
    return row.name().substr(0, row.name().find("/actuals/"));
  }

  ModelCache cache_{size_t{1} << 20};
};

TEST_F(SnapshotTest, ScoresOfUnitsTablesAndRowsInOrderOfNames) {
  const watch::Kinds scores = {{v1::WATCH_KIND_SCORES, nullptr}};
  EXPECT_THAT(Walk(Select({"units/-"}, scores)), ElementsAre("units/a", "units/b", "units/c"));
  EXPECT_THAT(Walk(Select({"units/-/tables/-"}, scores)),
              ElementsAre("units/a/tables/t1", "units/a/tables/t2", "units/b/tables/t1", "units/b/tables/t2",
                          "units/c/tables/t1", "units/c/tables/t2"))
      << "a draft has no score";
  EXPECT_THAT(
      Walk(Select({"units/b/**"}, scores)),
      ElementsAre("units/b", "units/b/tables/t1", "units/b/tables/t1/indicators/i1", "units/b/tables/t2",
                  "units/b/tables/t2/indicators/i1", "units/b/tables/t2/indicators/i2"));
  EXPECT_THAT(Walk(Select({"units/c", "units/a/tables/t2", "units/b"}, scores)),
              ElementsAre("units/a/tables/t2", "units/b", "units/c"))
      << "in whatever order they were asked for";
}

TEST_F(SnapshotTest, TablesAlsoThoseOfNoForce) {
  EXPECT_THAT(
      Walk(Select({"units/a"}, {{v1::WATCH_KIND_TABLES, nullptr}})),
      ElementsAre("table units/a/tables/draft", "table units/a/tables/t1", "table units/a/tables/t2"));
}

TEST_F(SnapshotTest, EveryReportOnceHoweverSmallThePieces) {
  const watch::SelectionPtr selection = Select({"**"}, {{v1::WATCH_KIND_ACTUALS, nullptr}});
  const std::string one = "units/a/tables/t1/indicators/i1", two = "units/a/tables/t2/indicators/i2";
  const auto wanted = ElementsAre("2024-01-28 " + one, "2024-02-28 " + one, "2024-03-28 " + one,
                                  "2024-01-28 " + two, "2024-02-28 " + two, "2024-03-28 " + two);
  for (const size_t bytes : {size_t{1}, size_t{200}, size_t{1} << 20}) {
    int pieces = 0;
    EXPECT_THAT(Walk(selection, bytes, &pieces), wanted) << bytes;
    EXPECT_EQ(pieces, bytes == 1 ? 6 : pieces) << "a piece of one byte holds one report";
    EXPECT_EQ(pieces == 1, bytes == size_t{1} << 20);
  }
}

TEST_F(SnapshotTest, OnlyRowsThatFit) {
  const auto is = [](const std::string& date) {
    return [date](const google::protobuf::Message& row) {
      return static_cast<const v1::Actual&>(row).report().date() == date;
    };
  };
  EXPECT_THAT(Walk(Select({"units/a/tables/t2"}, {{v1::WATCH_KIND_ACTUALS, is("2024-02-28")}})),
              ElementsAre("2024-02-28 units/a/tables/t2/indicators/i2"));
  EXPECT_THAT(Walk(Select({"units/b/**"}, {{v1::WATCH_KIND_ACTUALS, nullptr}})), IsEmpty());
}

TEST_F(SnapshotTest, AUnitHasAScoreForEachOfItsYears) {
  v1::CreateTableRequest create;
  create.set_parent("units/b");
  create.set_table_id("next");
  *create.mutable_table() = TableOf("units/b/tables/t1");
  create.mutable_table()->set_fiscal_year(2025);
  for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
  v1::SubmitTableRequest submit;
  submit.set_name("units/b/tables/next");
  submit.set_etag(Do<v1::CreateTableResponse>(create).table().etag());
  v1::ApproveTableRequest approve;
  approve.set_name(submit.name());
  approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
  Do<v1::ApproveTableResponse>(approve);
  EXPECT_THAT(Walk(Select({"units/b"}, {{v1::WATCH_KIND_SCORES, nullptr}})),
              ElementsAre("units/b", "units/b"));
}

}  // namespace
}  // namespace attain::engine
