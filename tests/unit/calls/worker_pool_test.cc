// Threads that do what must not block a reaction, and the signal that everything ends.
#include "service/calls/worker_pool.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "service/calls/stop_signal.h"

namespace attain::calls {
namespace {

using ::testing::ElementsAre;

constexpr std::chrono::seconds kPatience(60);

// Keeps a thread of the pool busy until it is let go, at the latest when it goes out of scope.
class Busy {
 public:
  explicit Busy(WorkerPool* pool) {
    EXPECT_TRUE(pool->Run([began = began_, go_on = go_on_.get_future().share()] {
      began->set_value();
      go_on.wait();
    }));
    EXPECT_EQ(began_->get_future().wait_for(kPatience), std::future_status::ready);
  }
  ~Busy() { LetGo(); }
  void LetGo() {
    if (!std::exchange(let_go_, true)) go_on_.set_value();
  }

 private:
  const std::shared_ptr<std::promise<void>> began_ = std::make_shared<std::promise<void>>();
  std::promise<void> go_on_;
  bool let_go_ = false;
};

TEST(WorkerPoolTest, TasksAreDoneInTheirOrderAndOnAnotherThread) {
  std::vector<int> done;
  std::thread::id worker;
  {
    WorkerPool pool(1, 10);
    Busy busy(&pool);
    for (int i = 0; i < 4; ++i) {
      EXPECT_TRUE(pool.Run([&, i] {
        done.push_back(i);
        worker = std::this_thread::get_id();
      }));
    }
    busy.LetGo();
  }  // completes what waits
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3));
  EXPECT_NE(worker, std::this_thread::get_id());
}

TEST(WorkerPoolTest, AsManyWaitAsMayAndNoMore) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1, 2);
    Busy busy(&pool);
    EXPECT_TRUE(pool.Run([&] { ++done; }));
    EXPECT_TRUE(pool.Run([&] { ++done; }));
    EXPECT_FALSE(pool.Run([&] { done += 100; })) << "two wait already";
    busy.LetGo();
  }
  EXPECT_EQ(done, 2) << "what was refused is never done";
}

TEST(WorkerPoolTest, WhatWaitsAtTheEndIsDone) {
  std::atomic<int> done = 0;
  auto pool = std::make_unique<WorkerPool>(1, 10);
  auto busy = std::make_unique<Busy>(pool.get());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(pool->Run([&] { ++done; }));
  std::promise<void> ending;
  std::thread end([&] {
    ending.set_value();
    pool.reset();
  });
  ending.get_future().wait();
  busy.reset();
  end.join();
  EXPECT_EQ(done, 5);
}

TEST(WorkerPoolTest, SeveralThreadsWorkAtOnce) {
  WorkerPool pool(2, 10);
  Busy first(&pool), second(&pool);  // the second would wait for ever behind the first
  std::promise<void> third;
  EXPECT_TRUE(pool.Run([&] { third.set_value(); }));
  second.LetGo();
  EXPECT_EQ(third.get_future().wait_for(kPatience), std::future_status::ready);
}

class Ear : public StopListener {
 public:
  void OnStop() override { heard += "stop "; }
  void OnImpatient() override { heard += "now "; }
  std::string heard;
};

TEST(StopSignalTest, EachListenerHearsOnceWhileItListens) {
  StopSignal signal;
  Ear early, gone, late;
  signal.Add(&early);
  signal.Add(&gone);
  EXPECT_EQ(signal.listeners(), 2u);
  signal.Remove(&gone);
  EXPECT_EQ(signal.listeners(), 1u);
  EXPECT_FALSE(signal.raised());
  EXPECT_EQ(early.heard, "");
  signal.Raise();
  EXPECT_TRUE(signal.raised());
  signal.Raise();
  EXPECT_EQ(early.heard, "stop ");
  signal.Add(&late);
  EXPECT_EQ(late.heard, "stop ") << "told at once";
  signal.Insist();
  EXPECT_EQ(early.heard, "stop now ");
  EXPECT_EQ(late.heard, "stop now ");
  EXPECT_EQ(gone.heard, "");
}

TEST(StopSignalTest, AListenerNeedNotBeImpatient) {
  class Calm : public StopListener {
   public:
    void OnStop() override { ++stops; }
    int stops = 0;
  } calm;
  StopSignal signal;
  signal.Add(&calm);
  signal.Insist();
  EXPECT_EQ(calm.stops, 0);
  signal.Raise();
  EXPECT_EQ(calm.stops, 1);
}

}  // namespace
}  // namespace attain::calls
