// The index of ranked lists by itself, on boards that a test puts there: what it answers at which revision,
// and when it is given up.
#include "service/domain/scores/rank_index.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/storage/v1/state.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/state/keys.h"
#include "storage/inspection.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Boards at the head; nothing else of a store is asked for.
class Boards final : public storage::Store {
 public:
  void Set(const std::string& table, const std::string& total) {
    storage::v1::BoardState board;
    board.set_total(total);
    boards_[BoardKey("u", table)] = board.SerializeAsString();
  }
  void Damage(const std::string& table) { boards_[BoardKey("u", table)] = "\xff"; }
  uint64_t revision = 10;
  std::function<void()> while_scanning = [] {};

  storage::Head head() const override { return {revision, "", absl::InfinitePast()}; }
  bool healthy() const override { return true; }
  std::string store_id() const override { return ""; }
  const storage::Epochs& epochs() const override { return epochs_; }
  const storage::Epochs epochs_;
  bool AwaitEntriesUpTo(absl::Time, absl::Duration) const override { return true; }
  absl::StatusOr<std::unique_ptr<storage::Group>> Begin() override { return Nothing(); }
  absl::StatusOr<std::unique_ptr<storage::Reader>> ReadAt(storage::Revision) const override;
  absl::StatusOr<storage::Revision> RevisionAt(absl::Time) const override { return Nothing(); }
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view) const override { return Nothing(); }
  absl::Status ReadJournal(storage::Revision, const storage::JournalVisitor&) const override {
    return Nothing();
  }
  absl::Status VerifyJournal(
      const std::function<void(storage::Revision, storage::Revision)>&) const override {
    return Nothing();
  }
  absl::StatusOr<std::unique_ptr<storage::Inspection>> Inspect() const override { return Nothing(); }
  absl::Status PutTiles(const std::vector<proofs::TileContent>&) override { return Nothing(); }
  absl::StatusOr<std::optional<std::string>> GetTile(int, uint64_t) const override { return Nothing(); }
  absl::StatusOr<uint64_t> CountTiles() const override { return Nothing(); }
  absl::Status Checkpoint(absl::string_view) override { return Nothing(); }
  absl::StatusOr<std::string> ContentDigest() const override { return Nothing(); }

  static absl::Status Nothing() { return absl::UnimplementedError("not asked for"); }
  std::map<std::string, std::string> boards_;
};

class BoardsReader final : public storage::Reader {
 public:
  explicit BoardsReader(const Boards& boards) : boards_(boards) {}
  storage::Revision revision() const override { return boards_.revision; }
  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view) const override {
    return Boards::Nothing();
  }
  std::optional<storage::Revision> KnownRevision(absl::string_view) const override { return std::nullopt; }
  absl::Status Scan(absl::string_view, absl::string_view,
                    const storage::ScanVisitor& visitor) const override {
    boards_.while_scanning();
    for (const auto& [key, value] : boards_.boards_) {
      if (!visitor(key, 1, value)) break;
    }
    return absl::OkStatus();
  }
  absl::Status History(absl::string_view, const storage::ScanVisitor&) const override {
    return Boards::Nothing();
  }

 private:
  const Boards& boards_;
};

absl::StatusOr<std::unique_ptr<storage::Reader>> Boards::ReadAt(storage::Revision) const {
  return std::make_unique<BoardsReader>(*this);
}

class Index : public ::testing::Test {
 protected:
  Index() {
    limits_.few_tables = 2;
    for (const char* table : {"a", "b", "c", "d"}) store_.Set(table, "50");
  }
  RankIndex& index() {
    if (index_ == nullptr) index_ = std::make_unique<RankIndex>(limits_);
    return *index_;
  }
  bool Build() {
    EXPECT_TRUE(index().EnsureBuilt(store_).ok());
    return Answers(store_.revision);
  }
  // A group of one revision that puts tables at these totals; "" without weights, "-" out of force.
  void Move(uint64_t revision, const std::vector<std::pair<std::string, std::string>>& tables) {
    const bool wanted = index().BeginGroup();
    store_.revision = std::max(store_.revision, revision);
    std::vector<MovedTable> moved;
    for (const auto& [table, total] : tables) {
      std::optional<scoring::Decimal> points;
      if (total != "" && total != "-") points = *scoring::Decimal::Parse(total);
      moved.push_back({revision, TableKey("u", table), total != "-", points});
    }
    index().EndGroup(revision, wanted ? std::optional(moved) : std::nullopt);
  }
  bool Answers(uint64_t revision) { return Ask(revision).has_value(); }
  std::optional<RankSlice> Ask(uint64_t revision, size_t limit = 100, bool descending = true,
                               const std::string& unit = "-", std::optional<Ranked> after = std::nullopt) {
    RankQuestion question;
    question.revision = revision;
    question.unit = unit;
    question.descending = descending;
    question.after = std::move(after);
    question.limit = limit;
    return index().After(question);
  }
  // "d 90, a 50": the whole order at a revision.
  std::vector<std::string> Order(uint64_t revision, const std::string& unit = "-") {
    std::vector<std::string> order;
    const std::optional<RankSlice> slice = Ask(revision, 100, true, unit);
    if (!slice.has_value()) return {"no answer"};
    EXPECT_EQ(slice->size, static_cast<int64_t>(slice->tables.size()));
    EXPECT_TRUE(slice->end);
    for (const Ranked& ranked : slice->tables) {
      std::string of, table;
      EXPECT_TRUE(ParseTableKey(ranked.table, &of, &table));
      order.push_back(ranked.place.kind == RankPlace::kScored
                          ? absl::StrCat(table, " ", ranked.place.hundredths)
                          : table);
    }
    return order;
  }

  RankLimits limits_;
  Boards store_;
  std::unique_ptr<RankIndex> index_;
};

TEST_F(Index, AnswersEveryRevisionOfItsLog) {
  EXPECT_FALSE(Answers(10)) << "nobody has made it";
  ASSERT_TRUE(Build());
  EXPECT_THAT(Order(10), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  Move(11, {{"d", "90"}});
  Move(12, {{"a", ""}});
  Move(13, {{"b", "-"}});
  Move(14, {{"e", "10"}, {"f", "20"}});
  EXPECT_THAT(Order(14), ElementsAre("d 9000", "c 5000", "f 2000", "e 1000", "a"));
  EXPECT_THAT(Order(13), ElementsAre("d 9000", "c 5000", "a"));
  EXPECT_THAT(Order(12), ElementsAre("d 9000", "b 5000", "c 5000", "a"));
  EXPECT_THAT(Order(11), ElementsAre("d 9000", "a 5000", "b 5000", "c 5000"));
  EXPECT_THAT(Order(10), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  EXPECT_FALSE(Answers(9)) << "before the scan";
}

TEST_F(Index, AUnitHasItsOwnRankingAndMovesWithAll) {
  ASSERT_TRUE(Build());
  EXPECT_THAT(Order(10, "u"), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  Move(11, {{"d", "90"}});
  EXPECT_THAT(Order(11, "u"), ElementsAre("d 9000", "a 5000", "b 5000", "c 5000"));
  EXPECT_THAT(Order(10, "u"), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  EXPECT_EQ(Ask(11, 100, true, "v"), std::nullopt) << "few tables";
}

TEST_F(Index, AUnitOfExactlyFewTablesIsScanned) {
  limits_.few_tables = 4;
  ASSERT_TRUE(Build());
  EXPECT_EQ(Ask(10, 100, true, "u"), std::nullopt);
  Move(11, {{"e", "1"}});
  EXPECT_NE(Ask(11, 100, true, "u"), std::nullopt);
}

TEST_F(Index, TablesOfOtherUnitsDoNotMoveAUnitsOldOrder) {
  ASSERT_TRUE(Build());
  Order(10, "u");
  const bool wanted = index().BeginGroup();
  store_.revision = 11;
  index().EndGroup(11, wanted ? std::optional(std::vector<MovedTable>{
                                    {11, TableKey("v", "x"), true, *scoring::Decimal::Parse("99")}})
                              : std::nullopt);
  Move(12, {{"a", "1"}});
  EXPECT_THAT(Order(10, "u"), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  EXPECT_THAT(Order(11), ElementsAre("x 9900", "a 5000", "b 5000", "c 5000", "d 5000"));
}

TEST_F(Index, APageIsNoLongerThanAskedForAndTheNextGoesOnBehindIt) {
  ASSERT_TRUE(Build());
  Move(11, {{"d", "90"}});
  for (const uint64_t revision : {10, 11}) {
    const std::vector<std::string> whole = Order(revision);
    std::vector<std::string> pages;
    std::optional<Ranked> after;
    for (int page = 0; page < 4; ++page) {
      const std::optional<RankSlice> slice = Ask(revision, 1, true, "-", after);
      ASSERT_TRUE(slice.has_value());
      ASSERT_EQ(slice->tables.size(), 1u);
      EXPECT_EQ(slice->size, 4);
      EXPECT_EQ(slice->end, page == 3) << page;
      after = slice->tables[0];
      std::string unit, table;
      ParseTableKey(after->table, &unit, &table);
      pages.push_back(absl::StrCat(table, " ", after->place.hundredths));
    }
    EXPECT_EQ(pages, whole);
    const std::optional<RankSlice> rest = Ask(revision, 1, true, "-", after);
    EXPECT_THAT(rest->tables, IsEmpty());
    EXPECT_TRUE(rest->end);
  }
}

TEST_F(Index, WhatItsLogHasForgottenIsNotAnswered) {
  limits_.log = 2;
  ASSERT_TRUE(Build());
  Move(11, {{"a", "1"}});
  Move(12, {{"b", "2"}});
  EXPECT_TRUE(Answers(10));
  Move(13, {{"c", "3"}});
  EXPECT_FALSE(Answers(10));
  EXPECT_THAT(Order(11), ElementsAre("b 5000", "c 5000", "d 5000", "a 100"));
}

TEST_F(Index, WhatTheScanSawIsNotAppliedAgain) {
  limits_.log = 1;
  store_.while_scanning = [this] {
    if (store_.revision > 10) return;
    // Written while the scan ran, and seen by it: it reads the head as of revision 10.
    const bool wanted = index().BeginGroup();
    index().EndGroup(9, wanted ? std::optional(std::vector<MovedTable>{
                                     {8, TableKey("u", "a"), true, *scoring::Decimal::Parse("20")},
                                     {9, TableKey("u", "a"), true, *scoring::Decimal::Parse("50")}})
                               : std::nullopt);
  };
  ASSERT_TRUE(Build());
  EXPECT_THAT(Order(10), ElementsAre("a 5000", "b 5000", "c 5000", "d 5000"));
  EXPECT_FALSE(Answers(9)) << "nobody knows how the others stood";
  EXPECT_FALSE(Answers(8));
}

TEST_F(Index, WhatIsWrittenWhileTheScanRunsIsNotLost) {
  store_.while_scanning = [this] {
    if (store_.revision == 10) Move(11, {{"a", "20"}});
  };
  ASSERT_TRUE(Build());
  EXPECT_THAT(Order(11), ElementsAre("b 5000", "c 5000", "d 5000", "a 2000"));
}

TEST_F(Index, IsGivenUpWhenTooMuchWaitsAndMadeAgain) {
  limits_.waiting = 2;
  ASSERT_TRUE(Build());
  Move(11, {{"a", "1"}, {"b", "2"}});
  EXPECT_TRUE(Answers(11));
  Move(12, {{"a", "3"}, {"b", "4"}, {"c", "5"}});
  EXPECT_FALSE(Answers(12));
  store_.Set("a", "3");
  store_.Set("b", "4");
  store_.Set("c", "5");
  ASSERT_TRUE(Build());
  EXPECT_THAT(Order(12), ElementsAre("d 5000", "c 500", "b 400", "a 300"));
}

TEST_F(Index, TooManyTablesOrTotalsThatAreNoHundredthsAreNotRanked) {
  limits_.tables = 4;
  ASSERT_TRUE(Build());
  Move(11, {{"e", "1"}});
  EXPECT_FALSE(Answers(11)) << "a fifth table";
  EXPECT_FALSE(Build()) << "for good";
  index_.reset();
  store_.Set("e", "1");
  EXPECT_FALSE(Build());
  index_.reset();
  limits_.tables = 5;
  EXPECT_TRUE(Build());
  Move(12, {{"e", "1.005"}});
  EXPECT_FALSE(Answers(12));
  index_.reset();
  store_.Set("e", "1.005");
  EXPECT_FALSE(Build());
}

TEST_F(Index, ADamagedBoardIsToldAndTheNextQuestionTriesAgain) {
  store_.Damage("b");
  EXPECT_FALSE(index().EnsureBuilt(store_).ok());
  EXPECT_FALSE(Answers(10));
  store_.Set("b", "50");
  EXPECT_TRUE(Build());
}

TEST_F(Index, AGroupThatWroteNothingEndsToo) {
  ASSERT_TRUE(Build());
  index().BeginGroup();
  index().EndGroup(0, std::vector<MovedTable>());
  EXPECT_TRUE(Answers(10));
  index_.reset();
  EXPECT_FALSE(index().BeginGroup()) << "before the first question nobody records";
  index().EndGroup(11, std::nullopt);
  EXPECT_TRUE(Build()) << "a group that ended is not waited for";
}

}  // namespace
}  // namespace attain::engine
