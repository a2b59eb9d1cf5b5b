#include "service/importing/tables/sections.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "service/importing/columns/header.h"
#include "service/importing/tables/footing.h"
#include "service/importing/tables/heading.h"
#include "service/importing/values/money.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestTitle = 120;  // bytes
constexpr size_t kMaxAbove =
    6;  // rows between the last table and the first label: title, year, unit of money
constexpr size_t kLongestHeading = 60;  // rows of a heading without a title

bool IsTitleWord(absl::string_view word) {
  if (word.size() > kLongestTitle || !absl::EndsWith(word.substr(0, word.find('(')), "表")) return false;
  if (absl::StrContains(word, "见") || absl::StrContains(word, "。")) return false;
  for (const absl::string_view part : {"绩效目标", "绩效自评", "绩效监控", "绩效运行监控", "绩效指标"}) {
    if (absl::StrContains(word, part)) return true;
  }
  return false;
}

ParsedTable::Kind KindOf(absl::string_view title) {
  return absl::StrContains(title, "整体") ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
}

class Finder {
 public:
  explicit Finder(const Source& source) : source_(source) {}

  std::vector<Section> Find() {
    for (size_t i = 0; i < source_.rows.size(); ++i) Look(i);
    Close(source_.rows.size());
    return std::move(sections_);
  }

 private:
  void Look(size_t i) {
    const Row& row = source_.rows[i];
    if (row.blank()) return;
    LeaveSheet(i);
    if (open_ && header_ != kNone && IsContinued(row)) return;
    if (IsTitle(row)) {
      Close(i);
      Open(i, row.cells[0].word, true);
      sections_.back().title_year = YearIn(row.text) != 0 ? YearIn(row.text) : YearAbove(i);
      last_used_ = static_cast<int64_t>(i);
      return;
    }
    if (IsHeaderOf(row.cells)) return LookAtHeader(i);
    if (BeginsHeading(row) && (!open_ || header_ != kNone || (!titled_ && i - first_ > kLongestHeading))) {
      const size_t from = Above(i);
      Close(from);
      Open(from, TitleAmong(from, i), false);
    }
    ended_ = ended_ || IsTotal(row.cells);
    if (!row.single() || ended_) last_used_ = static_cast<int64_t>(i);
  }

  // A table ends with its sheet.
  void LeaveSheet(size_t i) {
    const int grid = source_.rows[i].grid;
    if (grid < 0 || source_.grids[static_cast<size_t>(grid)].sheet == sheet_) return;
    if (!sheet_.empty()) {
      Close(i);
      last_used_ = static_cast<int64_t>(i) - 1;
    }
    sheet_ = source_.grids[static_cast<size_t>(grid)].sheet;
  }

  void LookAtHeader(size_t i) {
    const Row& row = source_.rows[i];
    if (!open_) {
      const size_t from = Above(i);
      Open(from, TitleAmong(from, i), false);
    } else if (header_ != kNone && ended_ && !IsSecondRowOf(i)) {
      // The table was summed up: what follows is another one.
      const size_t from = Above(i);
      Close(from);
      Open(from, TitleAmong(from, i), false);
    }
    sections_.back().header_rows.push_back(i);
    header_ = row.number;
    ended_ = false;
    last_used_ = static_cast<int64_t>(i);
  }

  bool IsSecondRowOf(size_t i) const { return i > 0 && source_.rows[i - 1].number == header_; }

  void Open(size_t first, absl::string_view title, bool titled) {
    Section& section = sections_.emplace_back();
    section.first = first;
    section.titled = titled;
    section.kind = KindOf(title);
    if (!titled) section.title_year = YearIn(title);
    open_ = true;
    titled_ = titled;
    first_ = first;
    header_ = kNone;
    ended_ = false;
  }

  void Close(size_t end) {
    if (!open_) return;
    sections_.back().end = end;
    if (!titled_ && header_ == kNone) sections_.pop_back();
    open_ = false;
  }

  // The first of the rows right above `i` that stand alone: a title that no list has, the year, a unit of
  // money.
  size_t Above(size_t i) const {
    size_t from = i;
    size_t rows = 0;
    for (size_t at = i; at > 0 && rows < kMaxAbove; --at) {
      const Row& row = source_.rows[at - 1];
      if (row.blank()) continue;
      if (!row.single() || static_cast<int64_t>(at) - 1 <= last_used_ || IsEndOfTable(row) ||
          row.cells[0].word.size() > kLongestTitle)
        break;
      from = at - 1;
      ++rows;
    }
    return from;
  }

  static bool IsEndOfTable(const Row& row) {
    const Footing footing = FootingOf(row.cells);
    return footing == Footing::kEnd || footing == Footing::kSum || absl::StrContains(row.cells[0].word, "。");
  }

  std::string TitleAmong(size_t from, size_t to) const {
    for (size_t at = from; at < to; ++at) {
      const Row& row = source_.rows[at];
      if (row.single() && absl::StrContains(row.cells[0].word, "绩效")) return row.cells[0].word;
    }
    return "";
  }

  int YearAbove(size_t i) const {
    for (size_t at = i; at > 0; --at) {
      const Row& row = source_.rows[at - 1];
      if (row.blank()) continue;
      return row.single() ? YearAlone(row.cells[0].word) : 0;
    }
    return 0;
  }

  static constexpr int kNone = -1;
  const Source& source_;
  std::vector<Section> sections_;
  std::string sheet_;  // that rows stand on
  bool open_ = false, titled_ = false, ended_ = false;
  size_t first_ = 0;        // of the open section
  int64_t last_used_ = -1;  // the last row that is no single line
  int header_ = kNone;      // number of the last header row of the open section
};

}  // namespace

bool IsTitle(const Row& row) {
  if (row.cells.empty() || row.cells.size() > 3 || !IsTitleWord(row.cells[0].word)) return false;
  for (size_t i = 1; i < row.cells.size(); ++i) {
    const absl::string_view word = row.cells[i].word;
    if (YearAlone(word) == 0 && MoneyUnitIn(word).word.empty()) return false;
  }
  return true;
}

bool IsContinued(const Row& row) {
  if (row.cells.empty()) return false;
  const absl::string_view word = row.cells[0].word;
  if (word == "续" || word == "(续)" || word == "接上表" || word == "接上页" ||
      absl::StartsWith(word, "(续表") || (absl::StartsWith(word, "续表") && word.size() < 16)) {
    return row.single();
  }
  return IsTitle(row) &&
         (absl::StrContains(word, "(续") || absl::StrContains(word, "续表") || absl::StartsWith(word, "续"));
}

std::vector<Section> FindSections(const Source& source) {
  return Finder(source).Find();
}

}  // namespace attain::importing
