// A published document → a unit and its tables, all or nothing.
#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "service/engine/commands.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/lint.h"
#include "service/engine/macros.h"
#include "service/engine/mirror.h"

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

// "p1"; "p1-2025" where an earlier year's table has that id.
absl::StatusOr<std::string> TableId(const std::string& unit, const importing::ParsedTable& parsed, int project, Transaction& txn) {
  const std::string id = importing::SuggestId(parsed, project);
  ASSIGN_OR_RETURN(const bool taken, txn.Exists(TableKey(unit, id)));
  if (!taken) return id;
  ASSIGN_OR_RETURN(const WorkingTable* there, txn.GetTable({ResourceName::kTable, unit, id, "", "", ""}));
  return there->model->state.fiscal_year() == parsed.fiscal_year ? id : absl::StrCat(id, "-", parsed.fiscal_year);
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
  int projects = 0, number = 0, rows = 0;
  for (const importing::ParsedTable& parsed : document->tables) {
    ++number;
    projects += parsed.kind == importing::ParsedTable::Kind::kProject ? 1 : 0;
    rows += static_cast<int>(parsed.indicators.size());
    std::vector<importing::Finding> lint = importing::Lint(parsed, number, *compiled);
    std::move(lint.begin(), lint.end(), std::back_inserter(findings));
    v1::CreateTableRequest create;
    create.set_parent(absl::StrCat("units/", unit));
    ASSIGN_OR_RETURN(*create.mutable_table_id(), TableId(unit, parsed, projects, txn));
    *create.mutable_table() = ToPublic(parsed, profile_name);
    v1::CreateTableResponse created;
    if (absl::Status status = CreateTable(create, txn, &created); !status.ok()) {
      return Prefixed(status, absl::StrCat("tables[", number - 1, "]."));
    }
    if (request.approve()) RETURN_IF_ERROR(PutInForce(created.table().name(), txn, created.mutable_table()));
    *response->add_tables() = created.table();
  }
  SortByPlace(&findings);
  AddFindings(findings, txn.caller().locale, response->mutable_findings());
  response->set_table_count(number);
  response->set_row_count(rows);
  return absl::OkStatus();
}

}  // namespace attain::engine
