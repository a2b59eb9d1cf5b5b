// A published document → a unit and its tables, all or nothing.
#include <algorithm>
#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/engine/commands.h"
#include "service/engine/errors.h"
#include "service/engine/import_ids.h"
#include "service/engine/keys.h"
#include "service/engine/lint.h"
#include "service/engine/macros.h"
#include "service/engine/text_limits.h"

namespace attain::engine {
namespace {

absl::Status Unreadable(absl::string_view zh, absl::string_view en) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT, {std::string(zh), std::string(en)});
}

// The unit to import into: the one that is asked for, or the one of the document's name; made from the document's first table when it does not exist.
absl::StatusOr<std::string> FindOrCreateUnit(const v1::ImportDocumentRequest& request,
                                             const importing::ParsedDocument& document, Transaction& txn) {
  const std::string& display_name = document.tables.front().unit_name;
  std::string id;
  if (!request.unit().empty()) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", request.unit()));
    id = name.unit;
  } else {
    ASSIGN_OR_RETURN(id, txn.UnitNamed(display_name));
  }
  ASSIGN_OR_RETURN(const bool exists, txn.Exists(UnitKey(id)));
  if (exists) return id;
  v1::CreateUnitRequest create;
  create.set_unit_id(id);
  create.mutable_unit()->set_display_name(display_name.empty() ? id : display_name);
  v1::CreateUnitResponse created;
  RETURN_IF_ERROR(CreateUnit(create, txn, &created));
  return id;
}

// "table.indicators[3].weight" → 4; 0 for what is no row's.
int RowOf(absl::string_view field) {
  int row = 0;
  if (!absl::ConsumePrefix(&field, "table.indicators[")) return 0;
  return absl::SimpleAtoi(field.substr(0, field.find(']')), &row) ? row + 1 : 0;
}

// The header word for a field of a table or a row.
std::string CellOf(absl::string_view field) {
  static constexpr std::pair<absl::string_view, absl::string_view> kWords[] = {
      {"fiscal_year", "年度"},  {"budget", "年度预算总额"}, {"goal", "项目总体目标"},
      {"leader", "项目负责人"}, {"weight", "分值权重"},     {"target", "指标值"},
      {"rule", "指标赋分规则"}, {"evidence", "佐证资料"},   {"basis", "指标值设置依据"},
      {"prior", "上年完成值"},  {"level1", "一级指标"},     {"level2", "二级指标"}};
  for (const auto& [part, word] : kWords) {
    if (absl::StrContains(field, absl::StrCat(".", part))) return std::string(word);
  }
  if (!absl::EndsWith(field, "display_name")) return "";
  return RowOf(field) > 0 ? "三级指标" : "项目名称";
}

// What keeps a table from being stored at all; the document's other tables are not held up by it.
importing::Finding NotImported(const importing::ParsedTable& table, int number, const Violation& problem) {
  importing::Finding finding;
  finding.severity = importing::Severity::kError;
  finding.code = "TABLE_NOT_IMPORTED";
  finding.table_name = table.name;
  finding.place = {table.first_line, number, RowOf(problem.field), CellOf(problem.field)};
  if (finding.place.row > 0 && finding.place.row <= static_cast<int>(table.indicators.size())) {
    const importing::ParsedIndicator& row = table.indicators[static_cast<size_t>(finding.place.row) - 1];
    finding.place.line = row.line;
    finding.indicator_name = row.name;
    finding.points = row.weight;
    finding.raw = std::string(CutText(row.raw, 120));
  }
  finding.message = {absl::StrCat("这张表没有导入：", problem.text.zh),
                     absl::StrCat("This table was not imported: ", problem.text.en)};
  finding.repair = {"请改正后单独导入这张表。", "Correct it and import this table by itself."};
  return finding;
}

// None of the tables can be stored.
absl::Status NothingImported(const std::vector<importing::Finding>& findings) {
  std::vector<Violation> violations;
  for (const importing::Finding& finding : findings) {
    if (finding.code != "TABLE_NOT_IMPORTED") continue;
    const int line = finding.place.line;
    const absl::string_view gap = finding.place.cell.empty() ? "" : " ";
    violations.push_back(
        {"content",
         {absl::StrCat("第 ", line, " 行", gap, finding.place.cell, "：", finding.message.zh),
          absl::StrCat("line ", line, gap, finding.place.cell, ": ", finding.message.en)}});
  }
  return BadFields(v1::ERROR_REASON_VALIDATION_FAILED, violations);
}

// Submits and approves a table that has no errors. Two events of one revision.
absl::Status PutInForce(const std::string& name, Transaction& txn, v1::Table* table) {
  v1::SubmitTableRequest submit;
  submit.set_name(name);
  submit.set_etag(table->etag());
  v1::SubmitTableResponse submitted;
  const absl::Status status = SubmitTable(submit, txn, &submitted);
  if (ReasonOf(status) == v1::ERROR_REASON_VALIDATION_FAILED) return absl::OkStatus();  // stays DRAFT; its findings say why
  RETURN_IF_ERROR(status);
  v1::ApproveTableRequest approve;
  approve.set_name(name);
  approve.set_etag(submitted.table().etag());
  v1::ApproveTableResponse approved;
  RETURN_IF_ERROR(ApproveTable(approve, txn, &approved));
  *table = approved.table();
  return absl::OkStatus();
}

void SortByPlace(std::vector<importing::Finding>* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const auto& a, const auto& b) {
    return std::make_pair(a.place.table, a.place.row) < std::make_pair(b.place.table, b.place.row);
  });
}

}  // namespace

absl::Status ImportDocument(const v1::ImportDocumentRequest& request, Transaction& txn,
                            v1::ImportDocumentResponse* response) {
  const std::string profile_name = request.profile().empty() ? "profiles/national" : request.profile();
  ASSIGN_OR_RETURN(const ResourceName profile, ParseProfileName("profile", profile_name));
  ASSIGN_OR_RETURN(const auto compiled, txn.CompiledProfile(profile.profile, 0));
  importing::ImportOptions options;
  options.profile = compiled.get();
  absl::StatusOr<importing::ParsedDocument> document = importing::ParseDocument(request.content(), options);
  if (!document.ok()) {
    return Unreadable(absl::StrCat("文件无法读取：", document.status().message(), "。请提供 UTF-8 文本。"),
                      absl::StrCat("The document cannot be read: ", document.status().message(), ". Provide UTF-8 text."));
  }
  if (document->tables.empty()) {
    return Unreadable("文件中没有找到绩效目标表。请确认内容包含“单位整体绩效目标表”或“项目支出绩效目标表”及其表头，或使用 CSV 模板。",
                      "No target table was found. The document must hold 单位整体绩效目标表 or 项目支出绩效目标表 with a header row, or follow the CSV template.");
  }
  std::vector<importing::Finding> findings = std::move(document->findings);
  ASSIGN_OR_RETURN(const std::string unit, FindOrCreateUnit(request, *document, txn));
  ASSIGN_OR_RETURN(ImportIds ids, ImportIds::Of(unit, txn));
  // A table with a cell that could not be read right stays a draft, whatever the validator says of the rest.
  absl::flat_hash_set<int> errors_on;
  for (const importing::Finding& finding : findings) {
    if (finding.severity == importing::Severity::kError) errors_on.insert(finding.place.table);
  }
  int projects = 0, number = 0, rows = 0;
  for (const importing::ParsedTable& parsed : document->tables) {
    ++number;
    projects += parsed.kind == importing::ParsedTable::Kind::kProject ? 1 : 0;
    std::vector<importing::Finding> lint = importing::Lint(parsed, number, *compiled);
    std::move(lint.begin(), lint.end(), std::back_inserter(findings));
    v1::CreateTableRequest create;
    create.set_parent(absl::StrCat("units/", unit));
    *create.mutable_table() = ToPublic(parsed, profile_name);
    const std::vector<Violation> problems = ShapeProblems(create.table(), Rows::kAsRead);
    for (const Violation& problem : problems) findings.push_back(NotImported(parsed, number, problem));
    if (!problems.empty()) continue;
    ASSIGN_OR_RETURN(*create.mutable_table_id(), ids.Take(parsed, projects));
    v1::CreateTableResponse created;
    RETURN_IF_ERROR(DeclareTable(create, txn, &created));
    rows += created.table().indicators_size();
    if (request.approve() && !errors_on.contains(number)) RETURN_IF_ERROR(PutInForce(created.table().name(), txn, created.mutable_table()));
    *response->add_tables() = created.table();
  }
  if (response->tables().empty() && !request.validate_only()) return NothingImported(findings);
  SortByPlace(&findings);
  AddFindings(findings, txn.caller().locale, response->mutable_findings());
  response->set_table_count(response->tables_size());
  response->set_row_count(rows);
  return absl::OkStatus();
}

}  // namespace attain::engine
