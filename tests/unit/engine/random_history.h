// A history of reports, corrections, retractions, spending and ratings on the sample: the same one for the same seed.
#ifndef ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_
#define ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_

#include <memory>
#include <random>
#include <string>
#include <vector>

#include <google/protobuf/message.h>

namespace attain::engine {

struct Step {
  std::unique_ptr<google::protobuf::Message> request, response;
};

class RandomHistory {
 public:
  explicit RandomHistory(uint64_t seed) : random_(seed) {}

  // The next mutation.
  Step Next();
  // Learns the report that an accepted step made or took away.
  void Accepted(const Step& step);

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  std::string Day();

  std::mt19937_64 random_;
  std::vector<std::string> active_;  // names of reports that count
};

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_
