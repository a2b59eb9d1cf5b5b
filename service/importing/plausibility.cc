#include "service/importing/plausibility.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/importing/values/units.h"

namespace attain::importing {
namespace {

using scoring::Comparator;

Decimal Of(int64_t value) {
  return Decimal::FromInt(value);
}

bool IsUpperLimit(Comparator comparator) {
  return comparator == Comparator::kAtMost || comparator == Comparator::kLess;
}

// 100 of a percentage, 1000 of a per-mille figure, 0 of anything else.
int64_t PartsOf(absl::string_view unit) {
  const std::string folded = FoldUnit(unit);
  if (folded == "%") return 100;
  return folded == "‰" ? 1000 : 0;
}

// Growth may pass 100 %; a share of something cannot.
bool IsGrowth(absl::string_view name) {
  for (const char* word : {"增", "提高", "提升", "上升", "超", "同比", "环比", "翻", "倍", "完成率", "达标比",
                           "投入产出", "回报", "带动", "放大"}) {
    if (absl::StrContains(name, word)) return true;
  }
  return false;
}

// a = b · 10^k with k ≥ 1: the digits are the same, only the point or a zero moved.
bool OnlyDigitsMoved(const Decimal& a, Decimal b) {
  while (b < a) b = b * Of(10);
  return a == b;
}

Finding Make(Severity severity, const char* code, const std::string& raw,
             const std::optional<Decimal>& points) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.raw = raw;
  finding.points = points;
  return finding;
}

// What to do with a value that may be a slip.
Text WriteOrConfirm(const char* code, const std::string& likely) {
  return {absl::StrCat("如应为 ", likely, "，请改填；确认无误请接受 ", code, "。"),
          absl::StrCat("If ", likely, " was meant, write that; if it is right, accept ", code, ".")};
}

class ReportJudge {
 public:
  explicit ReportJudge(const ReportedValue& report) : report_(report), value_(report.value) {}

  std::vector<Finding> Run() {
    const bool scaled = value_.sign() > 0 && report_.accumulation != Accumulation::kRatio && target() &&
                        (CheckFraction() || CheckTenThousandTimes() || CheckTenThousandth());
    if (!scaled) {
      CheckJump();
      if (value_.sign() > 0 && target()) CheckFarAbove();
    }
    CheckAgain();
    return std::move(findings_);
  }

 private:
  bool target() const { return report_.target.has_value() && report_.target->sign() > 0; }

  Finding& Add(Severity severity, const char* code, Text message, const std::optional<Decimal>& likely) {
    Finding finding = Make(severity, code, report_.text, report_.weight);
    finding.indicator_name = report_.name;
    finding.message = std::move(message);
    if (likely.has_value()) {
      finding.likely = likely->ToString();
      finding.repair =
          WriteOrConfirm(code, absl::StrCat(finding.likely, report_.unit == "%" ? "" : " ", report_.unit));
    } else {
      finding.repair = {absl::StrCat("请核对；确认无误请接受 ", code, "。"),
                        absl::StrCat("Check it; if it is right, accept ", code, ".")};
    }
    return findings_.emplace_back(std::move(finding));
  }

  // Spreadsheets keep 98 % as 0.98. Small targets, and low limits that are best undercut, are left alone.
  bool CheckFraction() {
    const int64_t parts = PartsOf(report_.unit);
    const Decimal& target = *report_.target;
    const bool limit = IsUpperLimit(report_.comparator);
    if (parts == 0 || target < Of(limit ? 50 : 1)) return false;
    const bool share = target >= Of(20);
    const Decimal meant = value_ * Of(parts);
    const Decimal low = target * (share && !limit ? Decimal(1, 1) : Decimal(5, 1));
    const Decimal high = share ? std::max(Of(parts), target * Decimal(12, 1)) : target * Of(2);
    if (meant < low || meant > high) return false;
    Add(Severity::kError, "VALUE_IS_FRACTION",
        {absl::StrCat("目标是 ", target.ToString(), report_.unit, "，填的是 ", value_.ToString(),
                      report_.unit, "，像是电子表格里的小数。"),
         absl::StrCat("The target is ", target.ToString(), report_.unit, "; ", value_.ToString(),
                      report_.unit, " looks like the fraction that a spreadsheet keeps.")},
        meant);
    return true;
  }

  bool CheckTenThousandTimes() {
    if (value_ < *report_.target * Of(2000)) return false;
    Add(Severity::kError, "VALUE_TEN_THOUSAND_TIMES",
        {absl::StrCat("填的 ", value_.ToString(), " 约为目标 ", report_.target->ToString(),
                      " 的一万倍，像是少除了“万”。"),
         absl::StrCat(value_.ToString(), " is some ten thousand times the target ",
                      report_.target->ToString(), ": the 万 (10,000) of the unit seems to be missing.")},
        value_ * Decimal(1, 4));
    return true;
  }

  bool CheckTenThousandth() {
    const bool limit = IsUpperLimit(report_.comparator);
    if (value_ * Of(5000) > *report_.target || value_ * Of(limit ? 20'000 : 50'000) < *report_.target)
      return false;
    Add(Severity::kError, "VALUE_TEN_THOUSANDTH",
        {absl::StrCat("填的 ", value_.ToString(), " 约为目标 ", report_.target->ToString(),
                      " 的万分之一，像是按“万”填的。"),
         absl::StrCat(value_.ToString(), " is some ten thousandth of the target ", report_.target->ToString(),
                      ": it seems to be told in 万 (10,000).")},
        value_ * Of(10'000));
    return true;
  }

  void CheckJump() {
    if (!report_.last.has_value() || report_.last->sign() <= 0 || value_.sign() <= 0) return;
    const Decimal& last = *report_.last;
    const bool up = value_ >= last * Of(10);
    const bool down = value_ * Of(10) <= last && !report_.backdated;
    if (!up && !down) return;
    // On the way to a target a figure may grow tenfold; what lands far behind it, or is the old one with a
    // zero more, may not.
    const bool near = target() && value_ <= *report_.target * Decimal(12, 1);
    const bool moved = OnlyDigitsMoved(value_, last) && !(near && last == Of(1));
    Add(up && (!near || moved) ? Severity::kError : Severity::kWarning, "VALUE_JUMP",
        {absl::StrCat("上次上报 ", last.ToString(), "，这次 ", value_.ToString(), "，相差十倍以上。"),
         absl::StrCat("The last report was ", last.ToString(), ", this is ", value_.ToString(),
                      ": ten times ", up ? "more." : "less.")},
        up ? std::optional<Decimal>(value_ * Decimal(1, 1)) : std::optional<Decimal>(value_ * Of(10)));
  }

  void CheckFarAbove() {
    const Decimal& target = *report_.target;
    const bool share = PartsOf(report_.unit) == 100 && target <= Of(100) && !IsGrowth(report_.name);
    if (share && value_ > Of(100) && report_.accumulation != Accumulation::kSum) {
      Add(Severity::kWarning, "RATE_ABOVE_HUNDRED",
          {absl::StrCat("比率超过 100%：填的是 ", value_.ToString(), "%。"),
           absl::StrCat("A rate above 100%: ", value_.ToString(), "%.")},
          {});
    } else if (value_ >= target * Of(10)) {
      Add(Severity::kWarning, "VALUE_TEN_TIMES_TARGET",
          {absl::StrCat("填的 ", value_.ToString(), " 是目标 ", target.ToString(), " 的十倍以上。"),
           absl::StrCat(value_.ToString(), " is ten times the target ", target.ToString(), " or more.")},
          value_ * Decimal(1, 1));
    }
  }

  void CheckAgain() {
    if (!report_.again) return;
    const bool adds = report_.accumulation == Accumulation::kSum && value_.sign() != 0;
    Finding& finding = Add(adds ? Severity::kError : Severity::kWarning, "SAME_VALUE_SAME_DAY",
                           adds ? Text{"同一天、同样数值的上报已经有了；该指标按各次累加，再报会重复计算。",
                                       "A report of the same day with the same value is there already; the "
                                       "reports of this row are added up, so it would "
                                       "count twice."}
                                : Text{"同一天、同样数值的上报已经有了。",
                                       "A report of the same day with the same value is there already."},
                           {});
    if (adds) {
      finding.repair = {
          "若是重复上报（如同一文件导入两次），不必再报；确属另一次，请接受 SAME_VALUE_SAME_DAY。",
          "If it is the same one again (a file loaded twice), leave it; if it is another one, accept "
          "SAME_VALUE_SAME_DAY."};
    } else {
      finding.repair = {"若只是补充说明，无须处理。", "Nothing to do when it only adds words."};
    }
  }

  const ReportedValue& report_;
  const Decimal& value_;
  std::vector<Finding> findings_;
};

class SpendingJudge {
 public:
  explicit SpendingJudge(const SpentValue& spent) : spent_(spent), value_(spent.value) {}

  std::vector<Finding> Run() {
    const bool older = !spent_.last_day.empty() && spent_.day < spent_.last_day;
    if (!CheckScale()) {
      CheckJump();
      if (spent_.budget.has_value() && value_ > *spent_.budget) AboveBudget();
    }
    if (older) {
      Add(Severity::kWarning, "NEWER_RECORD_COUNTS", {},
          {absl::StrCat(spent_.last_day, " 的支出记录更新，仍以它为准（", spent_.last->ToString(),
                        " 万元）；这一条不改变得分。"),
           absl::StrCat("The record of ", spent_.last_day, " is newer and goes on counting (",
                        spent_.last->ToString(), " 万元); this one changes no score.")},
          {"若较新的那条日期填错，请核对。", "If the day of the newer one is wrong, look into it."});
    } else if (spent_.last.has_value() && value_ < *spent_.last) {
      Add(Severity::kWarning, "SPENT_FELL", {},
          {absl::StrCat("支出是年初至今的累计数，却比上次（", spent_.last->ToString(), " 万元）少。"),
           absl::StrCat("Spending is told since the start of the year, yet it is less than last time (",
                        spent_.last->ToString(), " 万元).")},
          {"若填的是当期数，请改填累计数。", "If this is one period's figure, write the sum since January."});
    } else if (spent_.last.has_value() && value_ == *spent_.last && spent_.day == spent_.last_day) {
      Add(Severity::kWarning, "SAME_VALUE_SAME_DAY", {},
          {"同一天、同样数额的支出记录已经有了。",
           "A record of the same day with the same amount is there already."},
          {"支出按累计数计，不会重复计算。", "Spending is a running sum: nothing counts twice."});
    }
    return std::move(findings_);
  }

 private:
  void Add(Severity severity, const char* code, const std::optional<Decimal>& likely, Text message,
           Text repair) {
    Finding finding = Make(severity, code, spent_.text, spent_.points);
    if (likely.has_value()) finding.likely = likely->ToString();
    finding.message = std::move(message);
    finding.repair = std::move(repair);
    findings_.push_back(std::move(finding));
  }

  bool CheckScale() {
    if (!spent_.budget.has_value() || spent_.budget->sign() <= 0 || value_.sign() <= 0) return false;
    const Decimal& budget = *spent_.budget;
    const bool times = value_ >= budget * Of(500);
    const bool parts = value_ * Of(5000) <= budget && value_ * Of(20'000) >= budget;
    if (!times && !parts) return false;
    const char* code = times ? "VALUE_TEN_THOUSAND_TIMES" : "VALUE_TEN_THOUSANDTH";
    const Decimal likely = times ? value_ * Decimal(1, 4) : value_ * Of(10'000);
    Add(Severity::kError, code, likely,
        times ? Text{absl::StrCat("预算 ", budget.ToString(), " 万元，支出填的是 ", value_.ToString(),
                                  " 万元，像是按元填的。"),
                     absl::StrCat("The budget is ", budget.ToString(), " 万元 and ", value_.ToString(),
                                  " 万元 are said to be spent: it seems to be told in yuan.")}
              : Text{absl::StrCat("预算 ", budget.ToString(), " 万元，支出填的是 ", value_.ToString(),
                                  " 万元，像是按亿元填的。"),
                     absl::StrCat(
                         "The budget is ", budget.ToString(), " 万元 and only ", value_.ToString(),
                         " 万元 are said to be spent: it seems to be told in 亿元 (100 million yuan).")},
        WriteOrConfirm(code, absl::StrCat(likely.ToString(), " 万元")));
    return true;
  }

  void CheckJump() {
    if (!spent_.last.has_value() || spent_.last->sign() <= 0 || value_ < *spent_.last * Of(10)) return;
    const bool inside = spent_.budget.has_value() && value_ <= *spent_.budget;
    const bool moved = OnlyDigitsMoved(value_, *spent_.last) && !(inside && *spent_.last == Of(1));
    const Decimal likely = value_ * Decimal(1, 1);
    Add(!inside || moved ? Severity::kError : Severity::kWarning, "VALUE_JUMP", likely,
        {absl::StrCat("上次支出 ", spent_.last->ToString(), " 万元，这次 ", value_.ToString(),
                      " 万元，达十倍以上。"),
         absl::StrCat("The last record was ", spent_.last->ToString(), " 万元, this is ", value_.ToString(),
                      " 万元: ten times more.")},
        WriteOrConfirm("VALUE_JUMP", absl::StrCat(likely.ToString(), " 万元")));
  }

  void AboveBudget() {
    Add(Severity::kWarning, "SPENT_ABOVE_BUDGET", {},
        {absl::StrCat("支出 ", value_.ToString(), " 万元超过全年预算 ", spent_.budget->ToString(), " 万元。"),
         absl::StrCat("More is spent (", value_.ToString(), " 万元) than the budget of the year (",
                      spent_.budget->ToString(), " 万元).")},
        {"请核对；预算如有调整，请一并填报调整后预算。",
         "Check it; if the budget was adjusted, report the adjusted budget with it."});
  }

  const SpentValue& spent_;
  const Decimal& value_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> JudgeReport(const ReportedValue& report) {
  return ReportJudge(report).Run();
}

std::vector<Finding> JudgeSpending(const SpentValue& spent) {
  return SpendingJudge(spent).Run();
}

bool Accept(const std::vector<std::string>& accepted, std::vector<Finding>* findings) {
  bool all = true;
  for (Finding& finding : *findings) {
    if (finding.severity != Severity::kError) continue;
    if (std::find(accepted.begin(), accepted.end(), finding.code) != accepted.end()) {
      finding.severity = Severity::kWarning;
    } else {
      all = false;
    }
  }
  return all;
}

}  // namespace attain::importing
