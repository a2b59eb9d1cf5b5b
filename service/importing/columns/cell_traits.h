// What a cell's content looks like, whatever column it stands in. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_CELL_TRAITS_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_CELL_TRAITS_H_

#include <string>
#include <unordered_map>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"
#include "service/importing/columns/column.h"
#include "service/scoring/model.h"

namespace attain::importing {

struct CellTraits {
  bool empty = true;
  bool level1 = false, level2 = false;  // a known name of that level
  bool level_word = false;              // ends with 指标
  bool comparator = false;              // "≥", "大于等于", and nothing else
  bool direction = false;               // "正向", "定性"
  bool number = false;                  // a plain decimal
  bool weight = false;                  // a number of 0 to 100 points, "45分", "45%"
  bool compared = false;                // comparator and number: "≥48次"
  bool measured = false;                // a number with a unit: "48次"
  bool date = false;
  bool unit = false;   // a known unit and nothing else
  bool money = false;  // an amount
  bool rule = false;   // a rule that the profile maps
  bool basis = false;
  bool no_prior = false;  // 当年指标，无上年完成值
  size_t length = 0;      // characters
};

// Which names are levels: the usual ones and those of a profile. Remembers what cells looked like, since most
// words of a table stand in it many times. Thread-compatible.
class LevelNames {
 public:
  explicit LevelNames(const scoring::Profile& profile) : profile_(profile) {}
  // 1 for level 1, 2 for level 2, both bits for names that stand on both levels, 0 for none. The cell's word
  // is given.
  int Of(absl::string_view word) const;

 private:
  friend CellTraits TraitsOf(const Cell& cell, const LevelNames& levels, const scoring::Profile& profile);
  const scoring::Profile& profile_;
  mutable std::unordered_map<std::string, CellTraits> seen_;  // by text
};

CellTraits TraitsOf(const Cell& cell, const LevelNames& levels, const scoring::Profile& profile);

// How well a cell's content suits a column: kWrong when it contradicts it.
constexpr int kWrong = -6, kPoor = -2, kNeutral = 0, kFair = 1, kGood = 2, kStrong = 4;
int FitOf(const CellTraits& traits, Column column);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_CELL_TRAITS_H_
