// What a watch is told over random histories, held against what queries say.
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/changes/change_reader.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

class Changes : public EngineFixture, public ::testing::WithParamInterface<uint64_t> {
 protected:
  // Scores of everything at one revision, by name, tables without rows; what has none is not there.
  std::map<std::string, std::string> ScoresAt(int64_t revision) {
    std::map<std::string, std::string> scores;
    const auto ask = [&](const std::string& name) -> const v1::Score* {
      static v1::GetScoreResponse response;
      v1::GetScoreRequest request;
      request.set_name(name);
      request.mutable_read()->set_read_revision(revision);
      response.Clear();
      if (!engine().Read(request, &response, {"reader", "en", ""}).ok()) return nullptr;
      v1::Score row = response.score();
      if (!absl::StrContains(name, "/indicators/")) row.clear_indicators();
      row.clear_amendment_points();  // of this question only
      scores[name] = row.SerializeAsString();
      return &response.score();
    };
    ask("units/u");
    for (const char* table : {"p1", "p2", "p3", "p4", "p5", "unit"}) {
      const v1::Score* score = ask(absl::StrCat("units/u/tables/", table));
      if (score == nullptr) continue;
      std::vector<std::string> rows;
      for (const v1::IndicatorScore& row : score->indicators()) rows.push_back(row.name());
      for (const std::string& row : rows) ask(row);
    }
    return scores;
  }

  std::vector<watch::EntryPtr> Read(ChangeReader* reader, uint64_t from, uint64_t to) {
    std::vector<watch::EntryPtr> entries;
    while (from + entries.size() <= to) {
      const absl::Status status = reader->Read(from + entries.size(), to, {7, size_t{1} << 20}, &entries);
      EXPECT_TRUE(status.ok()) << status;
      if (!status.ok()) break;
    }
    return entries;
  }
};

void ExpectSame(const watch::Entry& a, const watch::Entry& b) {
  ASSERT_EQ(a.revision, b.revision);
  EXPECT_EQ(a.units, b.units);
  ASSERT_EQ(a.events.size(), b.events.size()) << a.revision;
  const auto bytes = [](const watch::RowPtr& row) { return row == nullptr ? "-" : row->bytes; };
  for (size_t i = 0; i < a.events.size(); ++i) {
    EXPECT_EQ(a.events[i].key, b.events[i].key);
    EXPECT_EQ(bytes(a.events[i].before), bytes(b.events[i].before));
    EXPECT_EQ(bytes(a.events[i].after), bytes(b.events[i].after));
  }
}

TEST_P(Changes, AreExactlyWhatDiffersFromOneRevisionToTheNext) {
  Open();
  ImportSample();
  RandomHistory history(GetParam(),
                        {[this](const std::string& table) { return TableOf(table); },
                         [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
  for (int step = 0; step < 120; ++step) {
    Step next = history.Next();
    if (Try(*next.request, next.response.get(), next.actor).ok()) history.Accepted(next);
  }
  const uint64_t head = store().head().revision;
  ModelCache cache(size_t{1} << 20);
  ChangeReader sequential(&store(), &cache);
  const std::vector<watch::EntryPtr> entries = Read(&sequential, 1, head);
  ASSERT_EQ(entries.size(), head);
  std::map<std::string, std::string> before = ScoresAt(1);
  for (uint64_t revision = 2; revision <= head; ++revision) {
    const std::map<std::string, std::string> after = ScoresAt(static_cast<int64_t>(revision));
    std::map<std::string, std::string> told = before;
    for (const watch::Event& event : entries[revision - 1]->events) {
      if (event.kind != v1::WATCH_KIND_SCORES) continue;
      const auto known = before.find(event.name);
      EXPECT_EQ(event.before == nullptr ? "" : event.before->bytes,
                known == before.end() ? "" : known->second);
      ASSERT_NE(event.after, nullptr);
      EXPECT_NE(event.after->bytes, told[event.name]) << "a change that is none";
      told[event.name] = event.after->bytes;
    }
    ASSERT_EQ(told, after) << "revision " << revision;
    before = after;
    ChangeReader alone(&store(), &cache);
    const std::vector<watch::EntryPtr> one = Read(&alone, revision, revision);
    ASSERT_EQ(one.size(), 1u);
    ExpectSame(*one[0], *entries[revision - 1]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Changes, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace attain::engine
