#include "service/domain/import/import_prepare.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/names.h"
#include "service/api/text_limits.h"
#include "service/domain/import/parsed_table.h"
#include "service/domain/tables/table_checks.h"
#include "service/importing/linter.h"
#include "service/importing/remarks.h"
#include "service/importing/version.h"
#include "service/state/require.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

using importing::Finding;

constexpr size_t kMaxFileName = 255, kMaxCode = 64;
constexpr int kMaxAccepted = 50, kMaxTables = 10'000;

absl::Status CheckRequest(const v1::ImportDocumentRequest& request) {
  if (!request.file_name().empty())
    RETURN_IF_ERROR(CheckName("file_name", request.file_name(), kMaxFileName));
  for (const std::string& code : request.write().accept_findings())
    RETURN_IF_ERROR(CheckLength("write.accept_findings", code, kMaxCode));
  if (request.write().accept_findings_size() > kMaxAccepted || request.tables_size() > kMaxTables) {
    return BadField(request.tables_size() > kMaxTables ? "tables" : "write.accept_findings",
                    v1::ERROR_REASON_REQUEST_TOO_LARGE, {"列出的项目太多。", "Too many items are listed."});
  }
  if (!v1::ImportGoal_IsValid(request.goal())) {
    return BadField("goal", v1::ERROR_REASON_INVALID_FIELD,
                    {"应为 DRAFT、SUBMIT 或 APPROVE。", "Write DRAFT, SUBMIT or APPROVE."});
  }
  return absl::OkStatus();
}

absl::Status CheckTables(const v1::ImportDocumentRequest& request, size_t count) {
  for (const int32_t number : request.tables()) {
    if (number >= 1 && static_cast<size_t>(number) <= count) continue;
    return BadField(
        "tables", v1::ERROR_REASON_INVALID_FIELD,
        {absl::StrCat("文件中没有第 ", number, " 张表：共读到 ", count, " 张，从 1 数起。"),
         absl::StrCat("The document has no table ", number, ": ", count, " were read, counted from 1.")});
  }
  return absl::OkStatus();
}

bool IsWanted(const v1::ImportDocumentRequest& request, int number) {
  return request.tables().empty() || number == 0 ||
         std::find(request.tables().begin(), request.tables().end(), number) != request.tables().end();
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
Finding NotImported(const importing::ParsedTable& table, int number, const Violation& problem) {
  Finding finding;
  finding.severity = importing::Severity::kError;
  finding.code = "TABLE_NOT_IMPORTED";
  finding.table_name = table.name;
  const int row_number = RowOf(problem.field);
  finding.place = table.place;
  finding.place.line = table.first_line;
  if (row_number > 0 && row_number <= static_cast<int>(table.indicators.size())) {
    const importing::ParsedIndicator& row = table.indicators[static_cast<size_t>(row_number) - 1];
    finding.place = row.place;
    finding.place.line = row.line;
    finding.indicator_name = row.name;
    finding.points = row.weight;
    finding.raw = std::string(CutText(row.raw, 120));
    const auto address = row.addresses.find(CellOf(problem.field));
    if (address != row.addresses.end()) finding.place.address = address->second;
  }
  finding.place.table = number;
  finding.place.row = row_number;
  finding.place.cell = CellOf(problem.field);
  finding.message = {absl::StrCat("这张表没有导入：", problem.text.zh),
                     absl::StrCat("This table was not imported: ", problem.text.en)};
  finding.repair = {"请改正后单独导入这张表。", "Correct it and import this table by itself."};
  return finding;
}

Finding NoTargetTable() {
  Finding finding;
  finding.severity = importing::Severity::kError;
  finding.code = "NO_TARGET_TABLE";
  finding.message = {"文件中没有找到绩效目标表。", "No target table was found in the document."};
  finding.repair = {
      "请确认内容包含“单位整体绩效目标表”或“项目支出绩效目标表”及其表头，或使用 CSV 模板；attain extract "
      "可以查看读到的内容。",
      "It must hold 单位整体绩效目标表 or 项目支出绩效目标表 with a header row, or follow the CSV template; "
      "attain "
      "extract shows what was read."};
  return finding;
}

PreparedTable PrepareTable(importing::ParsedTable parsed, int number, const std::string& profile_name,
                           const scoring::Profile& profile, std::vector<Finding>* findings) {
  PreparedTable prepared;
  prepared.number = number;
  std::vector<Finding> lint = importing::Lint(parsed, number, profile);
  std::move(lint.begin(), lint.end(), std::back_inserter(*findings));
  prepared.table = ToPublic(parsed, profile_name);
  const std::vector<Violation> problems = ShapeProblems(prepared.table, RowShape::kAsRead);
  for (const Violation& problem : problems) findings->push_back(NotImported(parsed, number, problem));
  prepared.storable = problems.empty();
  parsed.indicators.clear();
  prepared.parsed = std::move(parsed);
  return prepared;
}

std::string PreviewOf(const document::Document& source, const scoring::Profile& profile) {
  storage::Sha256 sha;
  sha.Add(absl::StrCat(source.sha256(), "\n", source.reader(), "\n", profile.id, "\n", profile.version, "\n",
                       importing::kImporterVersion));
  return absl::BytesToHexString(storage::View(sha.Finish()));
}

// What only matters where tables are declared.
bool IsOfTargets(const Finding& finding) {
  return finding.code == "ACTUALS_NOT_TAKEN" || finding.code == "RULE_ASSUMED";
}

// What a reader was not sure of may be missing: nobody but a person can say that it is not.
void AddRemarks(const v1::ImportDocumentRequest& request, PreparedImport* prepared) {
  const auto& accepted = request.write().accept_findings();
  for (Finding& finding : importing::RemarkFindings(*prepared->source)) {
    const bool open = finding.severity == importing::Severity::kError &&
                      std::find(accepted.begin(), accepted.end(), finding.code) == accepted.end();
    if (open) prepared->to_confirm.push_back(finding);
    prepared->findings.push_back(std::move(finding));
  }
}

// Figures may come as a plain list: then nothing else of the document is taken.
bool ReadsList(const v1::ImportDocumentRequest& request, const importing::ImportOptions& options,
               PreparedImport* prepared) {
  const bool money = request.use() == v1::DOCUMENT_USE_SPENDING;
  if (!money && request.use() != v1::DOCUMENT_USE_ACTUALS) return false;
  const auto kind = money ? importing::ListKind::kSpending : importing::ListKind::kActuals;
  importing::ParsedList list = importing::ReadFigureList(*prepared->source, kind, options);
  if (!list.found) return false;
  prepared->lines = std::move(list.lines);
  prepared->ledger = std::move(list.ledger);
  std::move(list.findings.begin(), list.findings.end(), std::back_inserter(prepared->findings));
  return true;
}

}  // namespace

bool TakesFigures(v1::DocumentUse use) {
  return use == v1::DOCUMENT_USE_ACTUALS || use == v1::DOCUMENT_USE_SPENDING ||
         use == v1::DOCUMENT_USE_SELF_EVALUATION;
}

void SortByPlace(std::vector<Finding>* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const auto& a, const auto& b) {
    return std::make_pair(a.place.table, a.place.row) < std::make_pair(b.place.table, b.place.row);
  });
}

std::string ProfileNameOf(const v1::ImportDocumentRequest& request) {
  return request.profile().empty() ? "profiles/national" : request.profile();
}

absl::StatusOr<PreparedImport> PrepareImport(const v1::ImportDocumentRequest& request,
                                             const PrepareContext& context) {
  RETURN_IF_ERROR(CheckRequest(request));
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("profile", ProfileNameOf(request)));
  ASSIGN_OR_RETURN(DocumentPtr source, OpenDocument(request.content(), request.upload(), context.documents));
  ASSIGN_OR_RETURN(const auto snapshot, Snapshot::Open(context.store, context.models, v1::ReadOptions()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> newest,
                   RequireProfile(snapshot->reads(), name.profile, 0));
  ASSIGN_OR_RETURN(auto profile, snapshot->CompiledProfile(name.profile, newest.state.version()));
  return Understand(request, std::move(source), std::move(profile));
}

absl::StatusOr<PreparedImport> Understand(const v1::ImportDocumentRequest& request, DocumentPtr source,
                                          std::shared_ptr<const scoring::Profile> profile) {
  importing::ImportOptions options;
  options.profile = profile.get();
  PreparedImport prepared;
  prepared.source = std::move(source);
  prepared.profile = std::move(profile);
  prepared.preview = PreviewOf(*prepared.source, *prepared.profile);
  AddRemarks(request, &prepared);
  if (ReadsList(request, options, &prepared)) return prepared;
  absl::StatusOr<importing::ParsedDocument> document = importing::ReadDocument(*prepared.source, options);
  if (!document.ok()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
                  {absl::StrCat("文件无法读取：", document.status().message(), "。请分成几个文件导入。"),
                   absl::StrCat("The document cannot be read: ", document.status().message(),
                                ". Import it as several documents.")});
  }
  RETURN_IF_ERROR(CheckTables(request, document->tables.size()));
  prepared.tables_read = static_cast<int>(document->tables.size());
  prepared.ledger = std::move(document->ledger);
  const bool figures = TakesFigures(request.use());
  for (Finding& finding : document->findings) {
    if (figures && IsOfTargets(finding)) continue;
    if (IsWanted(request, finding.place.table)) prepared.findings.push_back(std::move(finding));
  }
  int number = 0, projects = 0;
  for (importing::ParsedTable& parsed : document->tables) {
    projects += parsed.kind == importing::ParsedTable::Kind::kProject ? 1 : 0;
    if (!IsWanted(request, ++number)) continue;
    if (figures) {
      prepared.tables.push_back({number, std::move(parsed)});
      continue;
    }
    prepared.tables.push_back(PrepareTable(std::move(parsed), number, ProfileNameOf(request),
                                           *prepared.profile, &prepared.findings));
    prepared.tables.back().project = projects;
  }
  if (document->tables.empty() && !figures) prepared.findings.push_back(NoTargetTable());
  SortByPlace(&prepared.findings);
  return prepared;
}

}  // namespace attain::engine
