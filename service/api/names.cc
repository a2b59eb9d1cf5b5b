#include "service/api/names.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxNameBytes = 400;

absl::Status BadName(absl::string_view field, absl::string_view form) {
  return BadField(field, v1::ERROR_REASON_INVALID_NAME,
                  {absl::StrCat("名称格式不对，应为 ", form,
                                "，其中每个编号由小写字母、数字和连字符组成（1 至 63 个字符）。"),
                   absl::StrCat("Not a name of the form ", form,
                                "; each id is 1 to 63 lower-case letters, digits and hyphens.")});
}

bool Fits(absl::string_view id, bool wildcard) {
  return IsId(id) || (wildcard && id == "-");
}

}  // namespace

bool IsId(absl::string_view id) {
  if (id.empty() || id.size() > 63 || id[0] == '-') return false;
  for (char c : id) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

std::string ResourceName::Unit() const {
  return absl::StrCat("units/", unit);
}
std::string ResourceName::Table() const {
  return absl::StrCat("units/", unit, "/tables/", table);
}
std::string ResourceName::Indicator() const {
  return absl::StrCat("units/", unit, "/tables/", table, "/indicators/", indicator);
}
std::string ResourceName::Evaluation() const {
  return absl::StrCat(Table(), "/evaluation");
}
std::string ResourceName::Amendment() const {
  return absl::StrCat("units/", unit, "/tables/", table, "/amendments/", amendment);
}

absl::StatusOr<ResourceName> ParseName(absl::string_view field, absl::string_view name, bool wildcard) {
  static constexpr absl::string_view kForm =
      "units/{unit}[/tables/{table}[/indicators/{indicator}[/actuals/{revision}]]]";
  if (name.size() > kMaxNameBytes) return BadName(field, kForm);
  absl::string_view parts[8];
  size_t count = 0;
  for (absl::string_view part : absl::StrSplit(name, '/')) {
    if (count == 8) return BadName(field, kForm);
    parts[count++] = part;
  }
  ResourceName result;
  if (count == 2 && parts[0] == "profiles" && Fits(parts[1], wildcard)) {
    result.kind = ResourceName::kProfile;
    result.profile = std::string(parts[1]);
    return result;
  }
  static constexpr absl::string_view kCollections[] = {"units", "tables", "indicators", "actuals"};
  if (count % 2 != 0) return BadName(field, kForm);
  std::string* const slots[] = {&result.unit, &result.table, &result.indicator, &result.actual};
  for (size_t i = 0; i < count / 2; ++i) {
    const absl::string_view id = parts[2 * i + 1];
    if (parts[2 * i] != kCollections[i] || !Fits(id, wildcard)) return BadName(field, kForm);
    *slots[i] = std::string(id);
  }
  result.kind = static_cast<ResourceName::Kind>(count / 2 - 1);
  return result;
}

namespace {
absl::StatusOr<ResourceName> ParseKind(absl::string_view field, absl::string_view name,
                                       ResourceName::Kind kind, absl::string_view form,
                                       bool wildcard = false) {
  absl::StatusOr<ResourceName> parsed = ParseName(field, name, wildcard);
  if (!parsed.ok() || parsed->kind != kind) return BadName(field, form);
  return parsed;
}
}  // namespace

absl::StatusOr<ResourceName> ParseUnitName(absl::string_view field, absl::string_view name, bool wildcard) {
  return ParseKind(field, name, ResourceName::kUnit, "units/{unit}", wildcard);
}
absl::StatusOr<ResourceName> ParseTableName(absl::string_view field, absl::string_view name) {
  return ParseKind(field, name, ResourceName::kTable, "units/{unit}/tables/{table}");
}
absl::StatusOr<ResourceName> ParseIndicatorName(absl::string_view field, absl::string_view name,
                                                bool wildcard) {
  return ParseKind(field, name, ResourceName::kIndicator,
                   "units/{unit}/tables/{table}/indicators/{indicator}", wildcard);
}
absl::StatusOr<ResourceName> ParseActualName(absl::string_view field, absl::string_view name) {
  return ParseKind(field, name, ResourceName::kActual,
                   "units/{unit}/tables/{table}/indicators/{indicator}/actuals/{revision}");
}
absl::StatusOr<ResourceName> ParseProfileName(absl::string_view field, absl::string_view name) {
  return ParseKind(field, name, ResourceName::kProfile, "profiles/{profile}");
}
absl::StatusOr<ResourceName> ParseAmendmentName(absl::string_view field, absl::string_view name) {
  static constexpr absl::string_view kForm = "units/{unit}/tables/{table}/amendments/{n}",
                                     kPart = "/amendments/";
  const size_t at = name.rfind(kPart);
  if (at == absl::string_view::npos) return BadName(field, kForm);
  absl::StatusOr<ResourceName> parsed = ParseTableName(field, name.substr(0, at));
  if (!parsed.ok() || !absl::SimpleAtoi(name.substr(at + kPart.size()), &parsed->amendment) ||
      parsed->amendment < 1 || parsed->Amendment() != name) {
    return BadName(field, kForm);
  }
  parsed->kind = ResourceName::kAmendment;
  return parsed;
}

absl::StatusOr<ResourceName> ParseEvaluationName(absl::string_view field, absl::string_view name) {
  absl::StatusOr<ResourceName> parsed;
  if (absl::ConsumeSuffix(&name, "/evaluation")) parsed = ParseTableName(field, name);
  if (!parsed.ok()) return BadName(field, "units/{unit}/tables/{table}/evaluation");
  return parsed;
}

absl::Status CheckId(absl::string_view field, absl::string_view id) {
  if (IsId(id)) return absl::OkStatus();
  return BadName(field, "{id}");
}

std::string ActualId::ToString() const {
  return number == 1 ? absl::StrCat(revision) : absl::StrCat(revision, "-", number);
}

absl::StatusOr<ActualId> ActualId::Parse(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('-', 1));
  ActualId id;
  const bool plain = text.find('-') == absl::string_view::npos;
  if (!absl::SimpleAtoi(parts.first, &id.revision) || id.revision == 0 ||
      (!plain && (!absl::SimpleAtoi(parts.second, &id.number) || id.number < 2)) || id.ToString() != text) {
    return BadField("name", v1::ERROR_REASON_INVALID_NAME,
                    {"实际值编号应为记录号，例如 123 或 123-2。",
                     "The id of an actual is its revision, e.g. 123 or 123-2."});
  }
  return id;
}

}  // namespace attain::engine
