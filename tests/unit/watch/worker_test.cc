#include "service/watch/worker.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <utility>
#include <vector>

namespace attain::watch {
namespace {

TEST(Worker, ALongJobLetsOthersHaveATurn) {
  Worker worker;
  std::vector<char> order;
  std::promise<void> may_start, over;
  worker.Add([&] {
    may_start.get_future().wait();
    return true;
  });
  int steps = 0;
  worker.Add([&] {
    order.push_back('a');
    return ++steps == 3;
  });
  worker.Add([&] {
    order.push_back('b');
    return true;
  });
  worker.Add([&, left = 3]() mutable {
    if (--left > 0) return false;
    over.set_value();
    return true;
  });
  may_start.set_value();
  over.get_future().wait();
  EXPECT_EQ(order, (std::vector<char>{'a', 'b', 'a', 'a'}));
}

TEST(Worker, StopDropsWhatWaitsAndWhatComes) {
  const auto held = std::make_shared<int>(0);
  Worker worker;
  std::promise<void> started, may_end;
  worker.Add([&, first = true]() mutable {
    if (!std::exchange(first, false)) return false;
    started.set_value();
    may_end.get_future().wait();
    return false;  // would like to go on
  });
  worker.Add([held] { return true; });
  started.get_future().wait();
  may_end.set_value();
  worker.Stop();
  worker.Add([held] { return true; });
  EXPECT_EQ(held.use_count(), 1);
  worker.Stop();
}

}  // namespace
}  // namespace attain::watch
