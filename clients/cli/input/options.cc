#include "clients/cli/input/options.h"

#include <iterator>

namespace attain::cli {
namespace {

// For every command.
constexpr Option kGlobal[] = {
    {"server",
     "ADDR",
     {"服务器地址，默认 127.0.0.1:50051 或环境变量 ATTAIN_SERVER",
      "server, default 127.0.0.1:50051 or ATTAIN_SERVER"}},
    {"tls-ca",
     "FILE",
     {"加密连接，用该文件（PEM）中的证书验证服务器", "encrypt; trust the certificates (PEM) in this file"}},
    {"token-file", "FILE", {"从该文件读取访问令牌", "read the access token from this file"}},
    {"actor",
     "NAME",
     {"以谁的名义记录改动，默认 $USER", "on whose behalf changes are recorded, default $USER"}},
    {"lang", "zh|en", {"界面语言，默认取自 LANG", "language, default from LANG"}},
    {"json",
     "",
     {"在标准输出给出一个 JSON 文档（proto3 JSON）", "one JSON document on stdout (proto3 JSON)"}},
    {"at",
     "REVISION|TIME",
     {"读取过去：当时已知的内容（记录号、RFC 3339 时间或日期）",
      "read the past: what was known then (revision, RFC 3339 time or date)"}},
    {"timeout", "SECONDS", {"一次调用最长等待的秒数，默认 30", "seconds that one call may take, default 30"}},
    {"request-id",
     "ID",
     {"请求编号：用同一编号重试不会重复记录", "request id: retrying with the same id never records twice"}},
    {"validate-only", "", {"只检查，不改动", "check only, change nothing"}},
    {"no-color", "", {"不用颜色", "no colours"}},
    {"help", "", {"显示帮助", "show help"}},
    {"version", "", {"显示版本", "show the version"}},
};

// What is imported, reported and spent.
constexpr Option kReporting[] = {
    {"dry-run", "", {"只解析和检查，不写入", "parse and check only, write nothing"}},
    {"unit", "ID", {"单位；导入时没有则新建", "the unit; an import creates it when missing"}},
    {"profile", "P", {"评分方案，默认 national", "scoring profile, default national"}},
    {"approve", "", {"没有错误的表立即提交并批准生效", "submit and approve tables without errors at once"}},
    {"date",
     "DATE",
     {"数据所属日期 YYYY-MM-DD，默认今天（不超出预算年度）",
      "the day it was true, YYYY-MM-DD, default today (within the fiscal year)"}},
    {"note", "TEXT", {"备注", "remark"}},
    {"reason",
     "TEXT",
     {"偏差原因及改进措施；退回、调整、驳回、复核时为原因",
      "reason of the deviation and improvement; of a return, amendment, rejection or review: why"}},
    {"score",
     "POINTS",
     {"人工给出的得分（评判等级的分段之内）", "typed score (inside the rating level's band)"}},
    {"deduction", "POINTS", {"超额完成的扣分", "points off for over-achievement"}},
    {"numerator", "N", {"比率的分子", "numerator of a ratio"}},
    {"denominator", "N", {"比率的分母", "denominator of a ratio"}},
    {"evidence", "TEXT|URI", {"佐证资料，可多次给出", "evidence; may be given several times"}, true},
    {"file",
     "FILE",
     {"从文件读取（成批上报为 CSV，评分方案为 JSON），- 表示标准输入",
      "read from a file (reports: CSV, a profile: JSON); - is standard input"}},
    {"why", "TEXT", {"更正或撤回的原因", "why it is corrected or retracted"}},
    {"adjusted", "AMOUNT", {"调整后的全年预算（万元）", "adjusted budget of the year (万元)"}},
};

// What is asked, watched, forecast and exported.
constexpr Option kAsking[] = {
    {"explain", "", {"逐步说明得分如何算出", "show step by step how the score came about"}},
    {"year",
     "YEAR",
     {"预算年度；单位得分默认最近的一年", "fiscal year; of a unit's score default the newest"}},
    {"filter", "FILTER", {"筛选条件", "filter"}},
    {"order", "FIELDS", {"排序，如 'score desc'", "order, e.g. 'score desc'"}},
    {"limit", "N", {"最多显示多少行", "show at most this many rows"}},
    {"id", "ID", {"新评分方案的编号", "id of the new profile"}},
    {"kinds",
     "LIST",
     {"关注什么：scores（默认）、actuals、tables，逗号分隔",
      "what to follow: scores (default), actuals, tables"}},
    {"mode",
     "latest|every",
     {"latest：只看最新状态（终端上的默认）；every：每个变化一条（其他情形的默认）",
      "latest: the newest state only (default on a terminal); every: every change (default elsewhere)"}},
    {"interval",
     "MS",
     {"同一项至多每 MS 毫秒一条；意味着 --mode latest",
      "at most one message per item in MS milliseconds; means --mode latest"}},
    {"resume",
     "TOKEN",
     {"从上次结束处接着看，不遗漏不重复", "go on where an earlier watch ended, nothing missed or doubled"}},
    {"cause",
     "C",
     {"偏差原因：经费、制度、人员、硬件条件、其他", "cause: funds, rules, people, equipment, other"}},
    {"text", "TEXT", {"原因说明", "the cause in words"}},
    {"expected", "V", {"全年预计完成情况", "what the year will end at"}},
    {"month",
     "N",
     {"月份，YYYY-MM，或预算年度的 1 至 12 月；默认最近一次上报的月份",
      "month, YYYY-MM or 1 to 12 of the fiscal year; default that of the newest report"}},
    {"by", "DATE", {"截止日期，默认今天", "due on or before this day, default today"}},
    {"mine", "", {"只列我可以办理的", "only what I may do"}},
    {"form",
     "F",
     {"表式：target 目标表（默认）、monitoring 监控表、evaluation 自评表",
      "form: target (default), monitoring, evaluation"}},
    {"format", "F", {"格式：md（默认）、csv、json", "format: md (default), csv, json"}},
    {"output",
     "FILE",
     {"写入文件，也可写作 -o；默认标准输出", "write to this file, also -o; default standard output"}},
    {"with-texts", "", {"包括说明文字和人员", "show notes and persons, too"}},
    {"known-size", "N", {"先前留存的日志头的记录数", "revisions of a head that was kept earlier"}},
    {"covers", "N", {"须覆盖第 N 次记录", "must cover revision N"}},
    {"from-now", "", {"不先列出现状", "do not list what there is first"}},
    {"all", "", {"包括其下的一切", "everything below, too"}},
    {"count", "N", {"收到 N 次变化后结束", "end after N changes"}},
    {"from",
     "REVISION|TIME",
     {"较早的一端：记录号、RFC 3339 时间或日期", "the earlier end: revision, RFC 3339 time or date"}},
    {"to", "REVISION|TIME", {"较晚的一端，默认现在", "the later end, default now"}},
    {"from-date",
     "DATE",
     {"较早的一端只计该日及以前的数据", "earlier end: count only what was true by this day"}},
    {"to-date",
     "DATE",
     {"较晚的一端只计该日及以前的数据", "later end: count only what was true by this day"}},
    {"spent", "AMOUNT", {"假设的支出（万元）", "spending to assume (万元)"}},
    {"budget", "AMOUNT", {"假设的全年预算数（万元）", "adjusted budget to assume (万元)"}},
    {"grade", "GRADE|POINTS", {"要达到的等级或总分，如 优、85", "grade or total to reach, e.g. 优 or 85"}},
    {"fixed",
     "INDICATOR",
     {"保持不变的指标，可多次给出", "indicator that stays as it is; may be given several times"},
     true},
};

// What is amended, evaluated and taken from documents.
constexpr Option kDeciding[] = {
    {"set",
     "I.FIELD=VALUE",
     {"改一个指标的字段（target、weight、name、level2、evidence、basis、rule、accumulation、allow_"
      "negative），可多次给出",
      "change a field of an indicator (target, weight, name, level2, evidence, basis, rule, accumulation, "
      "allow_negative); may be given several times"},
     true},
    {"add",
     "L1/L2/NAME/TARGET/W",
     {"新增一个指标，可多次给出", "add an indicator; may be given several times"},
     true},
    {"remove",
     "INDICATOR",
     {"删除一个指标，可多次给出", "remove an indicator; may be given several times"},
     true},
    {"newest-profile", "", {"改用评分方案的最新版本", "score by the newest version of the profile"}},
    {"accept",
     "N|CODE,…",
     {"amend：批准第 N 次调整；import、report、correct、spend：已确认无误的提示代码，用逗号分隔",
      "amend: put amendment N in force; import, report, correct, spend: codes of findings that are right, "
      "separated by commas"}},
    {"use",
     "USE",
     {"取文件中的什么：目标表（默认）、自评表、实际完成值、支出",
      "what to take from the document: target-tables (default), self-evaluation, actuals, spending"}},
    {"table",
     "N,…",
     {"只导入文件中的第几张表，逗号分隔，例如 2,3", "import only these tables of the document, e.g. 2,3"}},
    {"preview",
     "TOKEN",
     {"只在文件、读取程序和评分方案与该次预览相同时才写入；TOKEN 由 --dry-run 给出",
      "write only if document, reader and profile are those that --dry-run showed with this token"}},
    {"reject", "N", {"驳回第 N 次调整，须加 --reason", "refuse amendment N; wants --reason"}},
    {"as-of", "DATE", {"只计该日及以前的数据", "count only what was true on or before this day"}},
    {"basis",
     "original|in-force|latest",
     {"按哪个口径的目标计分：最初批准的、当日生效的、最新的",
      "against which targets: first approved, in force that day, latest"}},
    {"submit", "", {"提交自评", "hand in the self-evaluation"}},
    {"confirm", "", {"确认评价", "confirm the evaluation"}},
    {"return", "", {"退回评价", "send the evaluation back"}},
    {"result", "TEXT", {"实际完成情况", "the actual result in words"}},
    {"opinion", "TEXT", {"评审意见", "the evaluators' opinion"}},
    {"crossing", "", {"只列等级改变的表", "only tables that change their grade"}},
    {"profile-version", "N", {"评分方案的版本，默认最新", "version of the profile, default the newest"}},
};

std::vector<Option> MakeOptions() {
  std::vector<Option> options(std::begin(kGlobal), std::end(kGlobal));
  for (Option& option : options) option.global = true;
  options.insert(options.end(), std::begin(kReporting), std::end(kReporting));
  options.insert(options.end(), std::begin(kAsking), std::end(kAsking));
  options.insert(options.end(), std::begin(kDeciding), std::end(kDeciding));
  return options;
}

}  // namespace

const std::vector<Option>& AllOptions() {
  static const auto& options = *new std::vector<Option>(MakeOptions());
  return options;
}

const Option* FindOption(absl::string_view name) {
  for (const Option& option : AllOptions()) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace attain::cli
