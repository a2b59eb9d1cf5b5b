#include "service/commit/answer_desk.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace attain::engine {
namespace {

using std::chrono::milliseconds;

// Many answers that count themselves.
std::vector<AnswerDesk::Answer> Counting(int count, std::atomic<int>* given) {
  std::vector<AnswerDesk::Answer> answers(count);
  for (AnswerDesk::Answer& answer : answers) answer.done = [given](const absl::Status&) { ++*given; };
  return answers;
}

TEST(AnswerDeskTest, EachAnswerIsGivenOnceWhoeverHelps) {
  constexpr int kGroups = 200, kAnswers = 50;
  AnswerDesk desk(1);
  std::atomic<int> given = 0;
  std::atomic<bool> over = false;
  std::vector<std::thread> helpers;
  for (int i = 0; i < 3; ++i) {
    helpers.emplace_back([&] {
      while (!over) desk.Lend();
    });
  }
  for (int group = 1; group <= kGroups; ++group) {
    desk.Begin();
    desk.Give(Counting(kAnswers, &given));
    desk.End();
    desk.WaitForLast();
    ASSERT_EQ(given, group * kAnswers);
  }
  over = true;
  for (std::thread& helper : helpers) helper.join();
}

TEST(AnswerDeskTest, AnAnswerBringsItsOwnStatus) {
  AnswerDesk desk(0);
  std::vector<absl::StatusCode> seen;
  std::vector<AnswerDesk::Answer> answers;
  for (const absl::Status& status : {absl::OkStatus(), absl::NotFoundError("x"), absl::OkStatus()}) {
    answers.push_back({[&seen](const absl::Status& told) { seen.push_back(told.code()); }, status});
  }
  desk.Give(std::move(answers));
  EXPECT_EQ(seen, (std::vector{absl::StatusCode::kOk, absl::StatusCode::kNotFound, absl::StatusCode::kOk}));
}

TEST(AnswerDeskTest, AHelperTakesWhatTheCommitterIsNotGiving) {
  AnswerDesk desk(0);
  std::promise<void> first_is_being_given, go_on;
  std::atomic<int> given = 0;
  std::vector<AnswerDesk::Answer> answers = Counting(3, &given);
  answers[0].done = [&](const absl::Status&) {
    first_is_being_given.set_value();
    go_on.get_future().wait();
  };
  std::thread committer([&] { desk.Give(std::move(answers)); });
  first_is_being_given.get_future().wait();
  desk.Lend();
  EXPECT_EQ(given, 2);
  std::future<void> last = std::async(std::launch::async, [&] { desk.WaitForLast(); });
  EXPECT_EQ(last.wait_for(milliseconds(50)), std::future_status::timeout);
  go_on.set_value();
  committer.join();
  last.get();
}

TEST(AnswerDeskTest, AsManyStandAsideAsMayWhileTheCommitterWorks) {
  AnswerDesk desk(1);
  desk.Lend();  // nothing is under way: returns
  desk.Begin();
  const auto lend = [&desk] { return std::async(std::launch::async, [&desk] { desk.Lend(); }); };
  std::vector<std::future<void>> lent;
  for (int i = 0; i < 3; ++i) lent.push_back(lend());
  const auto returned = [&lent](milliseconds patience) {
    int count = 0;
    for (const std::future<void>& one : lent)
      count += one.wait_for(patience) == std::future_status::ready ? 1 : 0;
    return count;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (returned(milliseconds(5)) < 2) ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  EXPECT_EQ(returned(milliseconds(50)), 2);  // the third stays
  desk.End();
  for (std::future<void>& one : lent) one.get();
}

TEST(AnswerDeskTest, NobodyStandsAsideWhereNobodyMay) {
  AnswerDesk desk(0);
  desk.Begin();
  std::atomic<int> returned = 0;
  std::vector<std::future<void>> lent;
  for (int i = 0; i < 3; ++i) {
    lent.push_back(std::async(std::launch::async, [&] {
      desk.Lend();
      ++returned;
    }));
  }
  for (std::future<void>& one : lent)
    EXPECT_EQ(one.wait_for(std::chrono::seconds(60)), std::future_status::ready)
        << "the committer still works";
  EXPECT_EQ(returned, 3);
  desk.End();
}

TEST(AnswerDeskTest, AfterTheEndWhoComesByStandsAsideNoMore) {
  AnswerDesk desk(2);
  desk.Begin();
  desk.End();
  std::future<void> lent = std::async(std::launch::async, [&] { desk.Lend(); });
  EXPECT_EQ(lent.wait_for(std::chrono::seconds(60)), std::future_status::ready);
  desk.Begin();
  desk.End();  // lets go of who stands aside after all, so that a failure does not hang
}

TEST(AnswerDeskTest, TheLastAnswerIsWaitedForWhoeverGivesIt) {
  AnswerDesk desk(0);
  std::promise<void> being_given, go_on;
  std::atomic<bool> given = false;
  std::vector<AnswerDesk::Answer> answers(1);
  answers[0].done = [&](const absl::Status&) {
    being_given.set_value();
    go_on.get_future().wait();
    given = true;
  };
  std::thread committer([&] { desk.Give(std::move(answers)); });
  being_given.get_future().wait();
  std::promise<bool> was_given;
  std::thread waiter([&] {
    desk.WaitForLast();
    was_given.set_value(given);
  });
  std::future<bool> last = was_given.get_future();
  EXPECT_EQ(last.wait_for(milliseconds(50)), std::future_status::timeout) << "it is still being given";
  go_on.set_value();
  EXPECT_TRUE(last.get());
  committer.join();
  waiter.join();
}

}  // namespace
}  // namespace attain::engine
