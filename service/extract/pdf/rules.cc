#include "service/extract/pdf/rules.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace attain::extract {
namespace {

constexpr double kSameLine = 0.6;  // pieces of one line differ by less
constexpr double kBand = 1;        // and all of a line's pieces lie within this
constexpr double kGap = 1.5;
constexpr double kDot = 3;

class Sets {
 public:
  explicit Sets(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), size_t{0}); }
  size_t Find(size_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void Join(size_t a, size_t b) { parent_[Find(a)] = Find(b); }

 private:
  std::vector<size_t> parent_;
};

// Sweeps down the page over vertical lines that begin, horizontal lines, and vertical lines that end.
// Vertical lines that a horizontal one has joined stand side by side as one run, and only the first of a run
// is looked at again: no line is joined to each that it crosses.
class Sweep {
 public:
  Sweep(const std::vector<Rule>& horizontal, const std::vector<Rule>& vertical, double touch)
      : horizontal_(horizontal),
        vertical_(vertical),
        touch_(touch),
        sets_(horizontal.size() + vertical.size()) {}

  Sets& Run() {
    struct Event {
      double y;
      int order;  // what begins comes before what crosses, what ends behind it
      size_t line;
    };
    std::vector<Event> events;
    events.reserve(horizontal_.size() + 2 * vertical_.size());
    for (size_t i = 0; i < vertical_.size(); ++i) {
      events.push_back({vertical_[i].low - touch_, 0, i});
      events.push_back({vertical_[i].high + touch_, 2, i});
    }
    for (size_t i = 0; i < horizontal_.size(); ++i) events.push_back({horizontal_[i].at, 1, i});
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return std::tie(a.y, a.order, a.line) < std::tie(b.y, b.order, b.line);
    });
    for (const Event& event : events) {
      if (event.order == 0) Begin(event.line);
      if (event.order == 1) Cross(event.line);
      if (event.order == 2) End(event.line);
    }
    return sets_;
  }

 private:
  using Key = std::pair<double, size_t>;
  Key KeyOf(size_t line) const { return {vertical_[line].at, line}; }

  void Begin(size_t line) {
    const auto it = open_.insert(KeyOf(line)).first;
    heads_.insert(*it);
    if (std::next(it) != open_.end()) heads_.insert(*std::next(it));
  }

  void End(size_t line) {
    const auto it = open_.find(KeyOf(line));
    const auto next = std::next(it);
    if (heads_.erase(*it) > 0 && next != open_.end()) heads_.insert(*next);
    open_.erase(it);
  }

  void Cross(size_t line) {
    const Rule& rule = horizontal_[line];
    const double last = rule.high + touch_;
    const auto first = open_.lower_bound({rule.low - touch_, 0});
    if (first == open_.end() || first->first > last) return;
    const size_t base = horizontal_.size();
    sets_.Join(line, base + first->second);
    auto head = heads_.upper_bound(*first);
    while (head != heads_.end() && head->first <= last) {
      sets_.Join(line, base + head->second);
      head = heads_.erase(head);
    }
  }

  const std::vector<Rule>& horizontal_;
  const std::vector<Rule>& vertical_;
  const double touch_;
  Sets sets_;
  std::set<Key> open_, heads_;
};

double Top(const RuleGroup& group) {
  double top = 1e18;
  for (const Rule& rule : group.horizontal) top = std::min(top, rule.at);
  for (const Rule& rule : group.vertical) top = std::min(top, rule.low);
  return top;
}

}  // namespace

std::vector<Rule> JoinRules(std::vector<Rule> rules) {
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.at < b.at; });
  std::vector<Rule> joined;
  for (size_t begin = 0; begin < rules.size();) {
    size_t end = begin + 1;
    while (end < rules.size() && rules[end].at - rules[end - 1].at < kSameLine &&
           rules[end].at - rules[begin].at < kBand)
      ++end;
    std::sort(rules.begin() + begin, rules.begin() + end,
              [](const Rule& a, const Rule& b) { return a.low < b.low; });
    Rule line = rules[begin];
    for (size_t i = begin + 1; i < end; ++i) {
      if (rules[i].low <= line.high + kGap) {
        line.high = std::max(line.high, rules[i].high);
      } else {
        if (line.high - line.low >= kDot) joined.push_back(line);
        line = rules[i];
      }
    }
    if (line.high - line.low >= kDot) joined.push_back(line);
    begin = end;
  }
  return joined;
}

std::vector<RuleGroup> GroupRules(const std::vector<Rule>& horizontal, const std::vector<Rule>& vertical,
                                  double touch) {
  Sweep sweep(horizontal, vertical, touch);
  Sets& sets = sweep.Run();
  std::map<size_t, RuleGroup> by_set;
  for (size_t i = 0; i < horizontal.size(); ++i) by_set[sets.Find(i)].horizontal.push_back(horizontal[i]);
  for (size_t i = 0; i < vertical.size(); ++i)
    by_set[sets.Find(horizontal.size() + i)].vertical.push_back(vertical[i]);
  std::vector<RuleGroup> groups;
  for (auto& [set, group] : by_set) groups.push_back(std::move(group));
  std::stable_sort(groups.begin(), groups.end(),
                   [](const RuleGroup& a, const RuleGroup& b) { return Top(a) < Top(b); });
  return groups;
}

}  // namespace attain::extract
