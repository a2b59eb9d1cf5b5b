// Which table and which row in force a document speaks of, by their names. What has no unique counterpart is
// said to have none: nothing is guessed. Pure; safe to call from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_USES_MATCHING_H_
#define ATTAIN_SERVICE_IMPORTING_USES_MATCHING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/parsed.h"

namespace attain::importing {

// What is there already.
struct KnownTable {
  std::string display_name;
  int fiscal_year = 0;
  ParsedTable::Kind kind = ParsedTable::Kind::kProject;
};
struct KnownRow {
  std::string level1, level2, name;
};

enum class MatchKind {
  kFound,
  kNoName,     // nothing has this name
  kOtherYear,  // something has, in another year
  kSeveral,    // more than one has, and nothing tells them apart
};

struct Match {
  MatchKind kind = MatchKind::kNoName;
  int at = -1;  // index of what was found
  // kNoName: index of what has the most similar name; −1 when nothing comes near.
  int nearest = -1;
};

// By folded name (fold_name.h), kind and fiscal year. A table without a year is found when one year alone has
// its name.
Match MatchTable(const ParsedTable& table, const std::vector<KnownTable>& known);

// By folded name; among rows of one name by their levels. A name's own number ("1.培训人次", "指标2：…") does
// not count where nothing is found with it.
Match MatchRow(const KnownRow& row, const std::vector<KnownRow>& known);

// Index of the most similar of `names`, −1 when more than half of the characters differ. Takes time of the
// product of their lengths.
int NearestName(absl::string_view name, const std::vector<std::string>& names);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_USES_MATCHING_H_
