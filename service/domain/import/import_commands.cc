#include "service/domain/import/import_commands.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/commit/command.h"
#include "service/domain/import/import_figures.h"
#include "service/domain/import/import_ids.h"
#include "service/domain/import/import_prepare.h"
#include "service/domain/import/known_units.h"
#include "service/domain/import/table_comparison.h"
#include "service/domain/tables/table_commands.h"
#include "service/domain/units/unit_commands.h"
#include "service/importing/remarks.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

using importing::Finding;

// The document's name for the unit is not letter for letter the one that the unit has.
Finding UnitTakenForSame(const std::string& raw, const NamedUnit& unit) {
  Finding finding;
  finding.severity = importing::Severity::kNote;
  finding.code = "UNIT_NAME_DIFFERS";
  finding.raw = raw;
  finding.understood = unit.display_name;
  finding.message = {absl::StrCat("“", raw, "”与已有的单位“", unit.display_name,
                                  "”只有空白或全角半角之别，按同一单位导入。"),
                     absl::StrCat("\"", raw, "\" differs from the unit \"", unit.display_name,
                                  "\" only in white space or full-width forms and was taken for it.")};
  finding.repair = {"若是另一单位，请用 unit 指明。", "If it is another unit, name it with unit."};
  return finding;
}

// The unit to import into: the one that is asked for, or the one of the document's name; made from the
// document's first table when it does not exist.
absl::StatusOr<std::string> FindOrCreateUnit(const v1::ImportDocumentRequest& request,
                                             PreparedImport* prepared, Transaction& txn) {
  const std::string& display_name = prepared->tables.front().parsed.unit_name;
  std::string id;
  if (!request.unit().empty()) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", request.unit()));
    id = name.unit;
  } else {
    ASSIGN_OR_RETURN(const NamedUnit named, UnitNamed(txn.reads(), display_name));
    id = named.id;
    if (!named.display_name.empty() && named.display_name != display_name) {
      prepared->findings.insert(prepared->findings.begin(), UnitTakenForSame(display_name, named));
    }
  }
  ASSIGN_OR_RETURN(const bool exists, txn.reads().Exists(UnitKey(id)));
  if (exists) return id;
  v1::CreateUnitRequest create;
  create.set_unit_id(id);
  create.mutable_unit()->set_display_name(display_name.empty() ? id : display_name);
  v1::CreateUnitResponse created;
  RETURN_IF_ERROR(CreateUnit(create, txn, &created));
  return id;
}

// All tables together are more than one entry of the journal may hold. What cannot be split by tables is told
// by CheckSize.
absl::Status CheckEntry(const PreparedImport& prepared, const Transaction& txn) {
  if (txn.entry_bytes() <= kMostEntry || prepared.tables_read < 2) return absl::OkStatus();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ENTRY_TOO_LARGE,
      {absl::StrCat("文件中的 ", prepared.tables_read, " 张表一次写入有 ", txn.entry_bytes(), " 字节，最多 ",
                    kMostEntry, "。没有写入任何内容。请用 tables 分批导入。"),
       absl::StrCat("The ", prepared.tables_read, " tables of the document have ", txn.entry_bytes(),
                    " bytes, at most ", kMostEntry,
                    " are written at a time. Nothing was written. Import some at a time, with tables.")},
      {{"bytes", absl::StrCat(txn.entry_bytes())},
       {"limit", absl::StrCat(kMostEntry)},
       {"tables", absl::StrCat(prepared.tables_read)}});
}

// None of the tables can be stored.
absl::Status NothingImported(const std::vector<Finding>& findings) {
  std::vector<Violation> violations;
  for (const Finding& finding : findings) {
    if (finding.code != "TABLE_NOT_IMPORTED") continue;
    const int line = finding.place.line;
    const absl::string_view gap = finding.place.cell.empty() ? "" : " ";
    violations.push_back(
        {"content",
         {absl::StrCat("第 ", line, " 行", gap, finding.place.cell, "：", finding.message.zh),
          absl::StrCat("line ", line, gap, finding.place.cell, ": ", finding.message.en)}});
  }
  const Text& first = violations.front().text;
  const Text more = {
      absl::StrCat("没有一张表可以导入，共 ", violations.size(), " 处不对；第一处 ", first.zh),
      absl::StrCat("No table can be imported, ", violations.size(),
                   violations.size() == 1 ? " place is" : " places are", " wrong; the first, ", first.en)};
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_VALIDATION_FAILED, more, {},
                violations);
}

absl::Status NoTable() {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_UNREADABLE_DOCUMENT,
                {"文件中没有找到绩效目标表。请确认内容包含“单位整体绩效目标表”或“项目支出绩效目标表”及其表头"
                 "，或使用 CSV 模板。",
                 "No target table was found. The document must hold 单位整体绩效目标表 or 项目支出绩效目标表 "
                 "with a header row, or "
                 "follow the CSV template."});
}

absl::Status PreviewDiffers() {
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PREVIEW_DIFFERS,
      {"文件、读取程序或评分方案与预览时不同，没有导入。请重新预览（validate_only），核对后再导入。",
       "The document, its reader or the profile is not what was previewed; nothing was imported. Preview it "
       "again "
       "(validate_only), look at it and import then."});
}

absl::Status ConfirmationRequired(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  const std::string list = absl::StrJoin(codes, ",");
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_CONFIRMATION_REQUIRED,
      {absl::StrCat("读取时有内容可能缺失：", list,
                    "，没有导入。请对照原文件核对；确认无误后在 accept_findings "
                    "中列出这些代码再导入，或换一份完好的文件。"),
       absl::StrCat(
           "Something may be missing from what was read: ", list,
           "; nothing was imported. Compare it with the file; if nothing is missing name these codes in "
           "accept_findings, or import an undamaged file.")},
      {{"codes", list}});
}

// What a dry run shows and a commit must not pass over.
absl::Status CheckCommit(const v1::ImportDocumentRequest& request, const PreparedImport& prepared) {
  if (request.write().validate_only()) return absl::OkStatus();
  if (!request.preview().empty() && request.preview() != prepared.preview) return PreviewDiffers();
  const bool figures = TakesFigures(request.use());
  if (prepared.tables.empty() && !figures) return WithFindings(NoTable(), prepared.findings);
  if (!prepared.to_confirm.empty())
    return WithFindings(ConfirmationRequired(prepared.to_confirm), prepared.to_confirm);
  if (figures) return absl::OkStatus();
  const bool any = std::any_of(prepared.tables.begin(), prepared.tables.end(),
                               [](const auto& table) { return table.storable; });
  return any ? absl::OkStatus() : WithFindings(NothingImported(prepared.findings), prepared.findings);
}

// Submits a table that has no errors and, where that is asked for, approves it. Events of one revision.
absl::Status Advance(v1::ImportGoal goal, const std::string& name, Transaction& txn, v1::Table* table) {
  v1::SubmitTableRequest submit;
  submit.set_name(name);
  submit.set_etag(table->etag());
  v1::SubmitTableResponse submitted;
  const absl::Status status = SubmitTable(submit, txn, &submitted);
  if (ReasonOf(status) == v1::ERROR_REASON_VALIDATION_FAILED)
    return absl::OkStatus();  // stays DRAFT; its findings say why
  RETURN_IF_ERROR(status);
  *table = submitted.table();
  if (goal != v1::IMPORT_GOAL_APPROVE) return absl::OkStatus();
  v1::ApproveTableRequest approve;
  approve.set_name(name);
  approve.set_etag(submitted.table().etag());
  v1::ApproveTableResponse approved;
  RETURN_IF_ERROR(ApproveTable(approve, txn, &approved));
  *table = approved.table();
  return absl::OkStatus();
}

constexpr size_t kFindingBytes = size_t{1} << 20;  // of an answer
constexpr int kMaxOutsideGrids = 200;              // of a document, listed one by one

int32_t Count(int64_t cells) {
  return static_cast<int32_t>(std::min<int64_t>(cells, std::numeric_limits<int32_t>::max()));
}

void FillLedger(const importing::Ledger& from, v1::CellLedger* to) {
  to->set_read(Count(from.read));
  to->set_furniture(Count(from.furniture));
  to->set_told(Count(from.told));
  to->set_outside(Count(from.outside));
  for (const auto& [kind, count] : from.furniture_kinds) {
    v1::FurnitureCount* const furniture = to->add_furniture_kinds();
    furniture->set_kind(kind);
    furniture->set_count(Count(count));
  }
  for (const importing::Ledger::OutsideGrid& grid : from.outside_grids) {
    if (to->outside_grids_size() == kMaxOutsideGrids) break;
    v1::OutsideGrid* const outside = to->add_outside_grids();
    outside->set_title(grid.title);
    outside->set_line(grid.place.line);
    outside->set_sheet(grid.place.sheet);
    outside->set_page(grid.place.page);
    outside->set_address(grid.place.address);
    outside->set_cells(Count(grid.cells));
  }
  to->set_outside_grids_left_out(
      Count(static_cast<int64_t>(from.outside_grids.size()) - to->outside_grids_size()));
}

void FillSource(const document::Document& from, const std::string& file_name, v1::DocumentSource* to) {
  to->set_format(importing::FormatName(from.media()));
  to->set_sha256(from.sha256());
  to->set_reader(from.reader());
  to->set_encoding(from.encoding());
  to->set_pages(from.pages());
  *to->mutable_sheets() = from.sheets();
  *to->mutable_hidden_sheets() = from.hidden_sheets();
  to->set_file_name(file_name);
}

// The table is there: of an earlier import, or as table `number` of this document. It stays as it is.
absl::Status TellExisting(const PreparedTable& coming, const v1::CreateTableRequest& create,
                          const std::string& id, int number, Transaction& txn,
                          v1::ImportDocumentResponse* response, std::vector<Finding>* findings) {
  ResourceName name;
  ASSIGN_OR_RETURN(name, ParseTableName("table", absl::StrCat(create.parent(), "/tables/", id)));
  ASSIGN_OR_RETURN(const WorkingTable* working, txn.GetTable(name));
  FigureOrigin origin;
  origin.place = coming.parsed.place;
  origin.place.line = coming.parsed.first_line;
  origin.place.table = coming.number;
  origin.table_name = coming.parsed.name;
  const Text other = number > 0 ? Text{absl::StrCat("本文件的第 ", number, " 张表"),
                                       absl::StrCat("table ", number, " of this document")}
                                : Text{name.Table(), name.Table()};
  TellSameTable(working->model->state, ToState(create.table()), number > 0 ? "TABLE_TWICE" : "TABLE_EXISTS",
                other, origin, findings);
  if (number == 0) response->add_existing_tables(name.Table());
  return absl::OkStatus();
}

absl::Status DeclareTables(const v1::ImportDocumentRequest& request, PreparedImport& prepared,
                           Transaction& txn, v1::ImportDocumentResponse* response) {
  if (prepared.tables.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string unit, FindOrCreateUnit(request, &prepared, txn));
  ASSIGN_OR_RETURN(ImportIds ids, ImportIds::Of(unit, txn));
  disk::ImportSource source;
  source.set_sha256(prepared.source->sha256());
  source.set_file_name(request.file_name());
  source.set_reader(prepared.source->reader());
  // A table with a cell that could not be read right stays a draft, whatever the validator says of the rest.
  absl::flat_hash_set<int> errors_on;
  for (const importing::Finding& finding : prepared.findings) {
    if (finding.severity == importing::Severity::kError) errors_on.insert(finding.place.table);
  }
  int rows = 0;
  std::map<std::string, int> numbers;  // of the document's tables, by the id they got
  std::vector<Finding> same;
  for (PreparedTable& each : prepared.tables) {
    if (!each.storable) continue;
    v1::CreateTableRequest create;
    create.set_parent(absl::StrCat("units/", unit));
    *create.mutable_table() = std::move(each.table);
    if (const std::string id = ids.Existing(each.parsed); !id.empty()) {
      RETURN_IF_ERROR(TellExisting(each, create, id, numbers[id], txn, response, &same));
      continue;
    }
    create.set_table_id(ids.Take(each.parsed, each.project));
    numbers[create.table_id()] = each.number;
    v1::Table* const table = response->add_tables();
    RETURN_IF_ERROR(DeclareTable(create, source, txn, table));
    rows += table->indicators_size();
    if (request.goal() >= v1::IMPORT_GOAL_SUBMIT && !errors_on.contains(each.number))
      RETURN_IF_ERROR(Advance(request.goal(), table->name(), txn, table));
  }
  std::move(same.begin(), same.end(), std::back_inserter(prepared.findings));
  response->set_table_count(response->tables_size());
  response->set_row_count(rows);
  return absl::OkStatus();
}

}  // namespace

absl::Status ImportDocument(const v1::ImportDocumentRequest& request, PreparedImport& prepared,
                            Transaction& txn, v1::ImportDocumentResponse* response) {
  ASSIGN_OR_RETURN(auto newest, txn.CompiledProfile(prepared.profile->id, 0));
  if (newest->version != prepared.profile->version) {
    // Rare: somebody changed the profile since the document was read. It is understood anew, here where
    // nobody else can change it.
    ASSIGN_OR_RETURN(prepared, Understand(request, prepared.source, std::move(newest)));
  }
  RETURN_IF_ERROR(CheckCommit(request, prepared));
  RETURN_IF_ERROR(TakesFigures(request.use()) ? ImportFigures(request, prepared, txn, response)
                                              : DeclareTables(request, prepared, txn, response));
  RETURN_IF_ERROR(CheckEntry(prepared, txn));
  SortByPlace(&prepared.findings);
  AddFindings(prepared.findings, txn.caller().locale, response->mutable_findings());
  response->set_findings_left_out(KeepWorst(kFindingBytes, response->mutable_findings()));
  response->set_tables_read(prepared.tables_read);
  FillLedger(prepared.ledger, response->mutable_ledger());
  FillSource(*prepared.source, request.file_name(), response->mutable_source());
  response->set_preview(prepared.preview);
  return absl::OkStatus();
}

}  // namespace attain::engine
