// Ranked lists from the index are what a scan of the same revision gives.
#include <atomic>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

constexpr int kSteps = 600, kUnits = 3, kRows = 2;

v1::ListScoresRequest Rank(const std::string& parent, const std::string& order,
                           const std::string& filter = "", int page_size = 50) {
  v1::ListScoresRequest request;
  request.set_parent(parent);
  request.set_order_by(order);
  request.set_filter(filter);
  request.set_page_size(page_size);
  return request;
}

// A list that is read page by page while writes go on.
struct Listing {
  v1::ListScoresRequest request;
  int64_t revision = 0;
  std::vector<v1::Score> rows;
};

class RankFixture : public EngineFixture {
 protected:
  void AddTable(int unit, bool weighted = true) {
    const std::string name = absl::StrCat("t", 100 + tables_[unit]++);
    // "u-1" sorts before "u" as a name and behind it as a key.
    const std::string unit_id = unit == 0 ? "u" : absl::StrCat("u-", unit);
    MakeTable(unit_id, name, kRows, v1::ACCUMULATION_LATEST, weighted);
    if (weighted) {
      names_.push_back(absl::StrCat("units/", unit_id, "/tables/", name));
      return;
    }
    v1::GetTableRequest get;
    get.set_name(absl::StrCat("units/", unit_id, "/tables/", name));
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = Ask<v1::GetTableResponse>(get).table();
    for (v1::Indicator& row : *update.mutable_table()->mutable_indicators()) row.clear_weight();
    v1::SubmitTableRequest submit;
    submit.set_name(get.name());
    submit.set_etag(Do<v1::UpdateTableResponse>(update).table().etag());
    v1::ApproveTableRequest approve;
    approve.set_name(get.name());
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    Do<v1::ApproveTableResponse>(approve);
  }
  void RandomReport(std::mt19937_64* random) {
    const std::string& table = names_[(*random)() % names_.size()];
    Report(absl::StrCat(table, "/indicators/i", 1 + (*random)() % kRows),
           absl::StrCat(((*random)() % 7) * 5));  // many ties
  }

  // The rows and the count of all of it, by a scan.
  v1::ListScoresResponse Scanned(v1::ListScoresRequest request, int64_t revision) {
    request.clear_page_token();
    request.set_page_size(1000);
    request.mutable_read()->set_read_revision(revision);
    return Ask<v1::ListScoresResponse>(request);
  }

  // Reads one more page; false at the end, when the whole has been compared.
  bool Advance(Listing* listing) {
    const auto page = Ask<v1::ListScoresResponse>(listing->request);
    if (listing->revision == 0) listing->revision = page.read().revision();
    EXPECT_EQ(page.read().revision(), listing->revision);
    EXPECT_LE(page.scores_size(), listing->request.page_size());
    const v1::ListScoresResponse whole = Scanned(listing->request, listing->revision);
    if (page.total_size() == 0 && !listing->request.filter().empty()) {
      from_index_ += page.scores_size() > 0 ? 1 : 0;
    } else {
      EXPECT_EQ(page.total_size(), whole.total_size());
    }
    for (const v1::Score& row : page.scores()) listing->rows.push_back(row);
    listing->request.set_page_token(page.next_page_token());
    if (!page.next_page_token().empty()) return true;
    EXPECT_EQ(listing->rows.size(), static_cast<size_t>(whole.scores_size()))
        << listing->request.ShortDebugString();
    for (size_t i = 0; i < listing->rows.size() && i < static_cast<size_t>(whole.scores_size()); ++i) {
      EXPECT_EQ(listing->rows[i].DebugString(), whole.scores(static_cast<int>(i)).DebugString())
          << "row " << i;
    }
    return false;
  }

  std::vector<std::string> names_;  // of tables to report on
  int tables_[kUnits] = {};
  int from_index_ = 0;  // pages with a filter that nobody counted
};

class AnyHistory : public RankFixture, public ::testing::WithParamInterface<uint64_t> {};

TEST_P(AnyHistory, IndexAndScanAgreeWhileWritesGoOn) {
  engine_options.rank.few_tables = 4;
  engine_options.rank.log =
      GetParam() % 2 == 0 ? 1000 : 12;  // the short one sends many second pages to the scan
  Open();
  std::mt19937_64 random(GetParam());
  for (int i = 0; i < 20; ++i) AddTable(static_cast<int>(random() % kUnits), random() % 5 != 0);
  const char* orders[] = {"score", "score desc", " score  asc "};
  const char* filters[] = {"", "", "score >= 40", "status = UNWEIGHTED OR score < 50", "display_name : t10"};
  const char* parents[] = {"units/-", "units/-", "units/u", "units/u-1", "units/u-2"};
  std::vector<Listing> open;
  int finished = 0;
  for (int i = 0; i < kSteps; ++i) {
    const size_t kind = random() % 10;
    if (kind < 5) {
      RandomReport(&random);
    } else if (kind == 5 && names_.size() < 60) {
      AddTable(static_cast<int>(random() % kUnits), random() % 5 != 0);
    } else if (kind < 8 && !open.empty()) {
      const size_t which = random() % open.size();
      if (!Advance(&open[which])) {
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
        ++finished;
      }
    } else if (open.size() < 6) {
      open.push_back({Rank(parents[random() % 5], orders[random() % 3], filters[random() % 5],
                           1 + static_cast<int>(random() % 9)),
                      0,
                      {}});
    }
    ASSERT_FALSE(HasFailure()) << "step " << i;
  }
  EXPECT_GT(finished, 15);
  EXPECT_GT(from_index_, 20);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyHistory, ::testing::Range<uint64_t>(1, 5));

TEST_F(RankFixture, AListAfterAnAnsweredReportHasIt) {
  Open();
  for (int i = 0; i < 12; ++i) AddTable(0);
  Ask<v1::ListScoresResponse>(Rank("units/-", "score desc"));  // makes the index
  for (int i = 1; i <= 30; ++i) {
    const std::string& table = names_[static_cast<size_t>(i) % names_.size()];
    Report(absl::StrCat(table, "/indicators/i1"), absl::StrCat(i));
    const auto page =
        Ask<v1::ListScoresResponse>(Rank("units/-", "score desc", absl::StrCat("name = ", table)));
    ASSERT_EQ(page.scores_size(), 1);
    EXPECT_EQ(page.total_size(), 0) << "from the index";
    EXPECT_EQ(page.scores(0).score(), ScoreOf(table).score());
  }
}

TEST_F(RankFixture, WriterAndReadersAtTheSameTime) {
  engine_options.rank.waiting = 50;  // given up now and then, and made again
  Open();
  for (int i = 0; i < 12; ++i) AddTable(0);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    std::mt19937_64 random(1);
    while (!stop) RandomReport(&random);
  });
  std::vector<std::thread> readers;
  std::atomic<int> differing = 0;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&, reader] {
      for (int i = 0; i < 60; ++i) {
        v1::ListScoresRequest request = Rank("units/-", reader == 0 ? "score" : "score desc", "", 5);
        std::string rows;
        int64_t revision = 0;
        do {
          const auto page = Ask<v1::ListScoresResponse>(request);
          revision = page.read().revision();
          for (const v1::Score& row : page.scores()) rows += row.SerializeAsString();
          request.set_page_token(page.next_page_token());
        } while (!request.page_token().empty());
        std::string scanned;
        const v1::ListScoresResponse whole = Scanned(request, revision);
        for (const v1::Score& row : whole.scores()) scanned += row.SerializeAsString();
        differing += rows == scanned ? 0 : 1;
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  stop = true;
  writer.join();
  EXPECT_EQ(differing, 0);
}

TEST_F(RankFixture, TooManyTablesAreScanned) {
  engine_options.rank.tables = 5;
  Open();
  for (int i = 0; i < 7; ++i) AddTable(i % kUnits);
  const auto page = Ask<v1::ListScoresResponse>(Rank("units/-", "score desc", "score >= 0"));
  EXPECT_EQ(page.scores_size(), 7);
  EXPECT_EQ(page.total_size(), 7) << "counted, so scanned";
}

TEST_F(RankFixture, AUnitThatGrewLargeIsServedFromTheIndex) {
  engine_options.rank.few_tables = 4;
  Open();
  for (int i = 0; i < 6; ++i) AddTable(0);
  const v1::ListScoresRequest request = Rank("units/u", "score desc", "score >= 0");
  EXPECT_EQ(Ask<v1::ListScoresResponse>(request).total_size(), 6) << "the first question scans";
  EXPECT_EQ(Ask<v1::ListScoresResponse>(request).total_size(), 0);
  AddTable(1);
  EXPECT_EQ(Ask<v1::ListScoresResponse>(Rank("units/u-1", "score desc", "score >= 0")).total_size(), 1)
      << "few tables are scanned";
}

}  // namespace
}  // namespace attain::engine
