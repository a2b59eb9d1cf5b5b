#include "service/importing/tables/footing.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr int kLevels = 3;  // a sum may stand behind its level 1 and level 2

// The word alone, or with a colon or brackets behind it.
bool Is(absl::string_view cell, absl::string_view word) {
  return absl::ConsumePrefix(&cell, word) && (cell.empty() || cell[0] == ':' || cell[0] == '(');
}

bool IsSum(absl::string_view cell) {
  for (absl::string_view word : {"合计", "小计", "总计", "总分", "总分值", "分值合计", "权重合计", "合计分值",
                                 "总得分", "自评总分", "综合得分"}) {
    if (Is(cell, word)) return true;
  }
  return false;
}

bool IsEnd(absl::string_view cell) {
  for (absl::string_view signer : {"填表人", "填报人", "制表人"}) {
    if (absl::StartsWith(cell, signer)) return true;
  }
  for (absl::string_view word : {"备注",         "说明",
                                 "注",           "填表说明",
                                 "填报说明",     "填表日期",
                                 "填报日期",     "填表时间",
                                 "填报时间",     "填报单位",
                                 "填表单位",     "编制单位",
                                 "制表单位",     "编制日期",
                                 "制表日期",     "报送单位",
                                 "报送日期",     "单位(盖章)",
                                 "填报部门",     "填表部门",
                                 "日期",         "经办人",
                                 "联系人",       "联系电话",
                                 "电话",         "审核人",
                                 "复核人",       "审批人",
                                 "负责人",       "单位负责人",
                                 "部门负责人",   "项目负责人",
                                 "主要领导",     "审核意见",
                                 "主管部门意见", "主管部门审核意见",
                                 "财政部门意见", "财政部门审核意见",
                                 "单位盖章",     "盖章"}) {
    if (Is(cell, word)) return true;
  }
  return false;
}

// Nothing but digits and what stands around a page number; a bare number counts as one only when it stands
// alone on a line.
bool IsPageNumber(const Cell& cell) {
  absl::string_view word = cell.word;
  if (word.size() > 40) return false;
  bool digit = false, sign = false;
  for (const std::string& c : Characters(word)) {
    if (c.size() == 1 && absl::ascii_isdigit(static_cast<unsigned char>(c[0]))) {
      digit = true;
    } else if (c == "-" || c == "—" || c == "–" || c == "－" || c == "·" || c == "~" || c == "第" ||
               c == "页" || c == "共" || c == "/" || c == ",") {
      sign = true;
    } else {
      return false;
    }
  }
  if (!digit) return false;
  const bool dashes = sign && (absl::StrContains(word, "页") || cell.address.empty());
  return dashes || (word.size() <= 4 && !sign && cell.address.empty());
}

}  // namespace

Footing FootingOf(const std::vector<Cell>& cells) {
  if (cells.size() == 1 && IsPageNumber(cells[0])) return Footing::kPage;
  int seen = 0;
  for (const Cell& cell : cells) {
    if (seen == 0 && IsEnd(cell.word)) return Footing::kEnd;
    if (IsSum(cell.word)) return Footing::kSum;
    if (++seen == kLevels) break;
  }
  return Footing::kNone;
}

bool IsSumWord(absl::string_view cell) {
  return IsSum(cell);
}

bool IsTotal(const std::vector<Cell>& cells) {
  return !cells.empty() && FootingOf(cells) == Footing::kSum && IsSum(cells[0].word) &&
         !Is(cells[0].word, "小计");
}

const char* FurnitureOf(Footing footing) {
  switch (footing) {
    case Footing::kSum:
      return "subtotal";
    case Footing::kPage:
      return "page number";
    default:
      return "signature";
  }
}

}  // namespace attain::importing
