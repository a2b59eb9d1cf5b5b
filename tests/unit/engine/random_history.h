// A history of reports, corrections, retractions, spending, ratings, amendments, evaluations and reviews on
// the sample: the same one for the same seed.
#ifndef ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_
#define ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/table.pb.h"

namespace attain::engine {

struct Step {
  std::unique_ptr<google::protobuf::Message> request, response;
  std::string actor = "tester";
};

class RandomHistory {
 public:
  // What a person reads before a step that is signed.
  struct Eyes {
    std::function<v1::Table(const std::string& table)> table;
    std::function<v1::Evaluation(const std::string& table)> evaluation;
  };
  RandomHistory(uint64_t seed, Eyes eyes) : random_(seed), eyes_(std::move(eyes)) {}

  // The next mutation.
  Step Next();
  // Learns the report that an accepted step made or took away.
  void Accepted(const Step& step);

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  std::string Day();
  // Steps of a table's life: amendments and evaluations.
  Step LifeStep(const std::string& table);
  Step Propose(const std::string& table);
  Step Evaluate(const std::string& table);

  std::mt19937_64 random_;
  const Eyes eyes_;
  std::vector<std::string> active_;  // names of reports that count
  std::vector<v1::Amendment> proposed_;
};

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_ENGINE_RANDOM_HISTORY_H_
