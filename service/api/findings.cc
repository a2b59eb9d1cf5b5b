#include "service/api/findings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::engine {
namespace {

// In the details of an error, which travel in a trailer of a few KiB.
constexpr size_t kMaxShown = 20, kMaxRaw = 120;

}  // namespace

bool HasErrors(const std::vector<importing::Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const importing::Finding& finding) {
    return finding.severity == importing::Severity::kError;
  });
}

v1::Finding ToPublic(const importing::Finding& from, absl::string_view locale) {
  const bool zh = locale == "zh-CN";
  v1::Finding finding;
  finding.set_severity(static_cast<v1::Severity>(from.severity));
  finding.set_code(from.code);
  finding.set_line(from.place.line);
  finding.set_table(from.place.table);
  finding.set_row(from.place.row);
  finding.set_cell(from.place.cell);
  finding.set_table_name(from.table_name);
  finding.set_indicator_name(from.indicator_name);
  finding.set_raw(from.raw);
  finding.set_understood(from.understood);
  finding.set_repair(zh ? from.repair.zh : from.repair.en);
  finding.set_message(zh ? from.message.zh : from.message.en);
  finding.set_points(from.points.has_value() ? from.points->ToString() : "");
  finding.set_likely(from.likely);
  finding.set_sheet(from.place.sheet);
  finding.set_page(from.place.page);
  finding.set_address(from.place.address);
  return finding;
}

void AddFindings(const std::vector<importing::Finding>& findings, absl::string_view locale,
                 google::protobuf::RepeatedPtrField<v1::Finding>* out) {
  for (const importing::Finding& finding : findings) *out->Add() = ToPublic(finding, locale);
}

int KeepWorst(size_t bytes, google::protobuf::RepeatedPtrField<v1::Finding>* findings) {
  std::vector<bool> kept(static_cast<size_t>(findings->size()), false);
  size_t used = 0;
  bool full = false;
  for (const v1::Severity severity : {v1::SEVERITY_ERROR, v1::SEVERITY_WARNING, v1::SEVERITY_NOTE}) {
    for (int i = 0; i < findings->size() && !full; ++i) {
      if ((*findings)[i].severity() != severity) continue;
      used += (*findings)[i].ByteSizeLong();
      full = used > bytes;
      kept[static_cast<size_t>(i)] = !full;
    }
  }
  if (!full) return 0;
  google::protobuf::RepeatedPtrField<v1::Finding> rest;
  for (int i = 0; i < findings->size(); ++i) {
    if (kept[static_cast<size_t>(i)]) *rest.Add() = std::move((*findings)[i]);
  }
  const int dropped = findings->size() - rest.size();
  findings->Swap(&rest);
  return dropped;
}

absl::Status WithFindings(const absl::Status& status, std::vector<importing::Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    if (a.severity != b.severity) return a.severity < b.severity;
    return b.points.has_value() ? a.points.has_value() && *b.points < *a.points : a.points.has_value();
  });
  v1::FindingList zh, en;
  for (v1::FindingList* const list : {&zh, &en}) {
    list->set_total(static_cast<int32_t>(findings.size()));
    const size_t shown = std::min(findings.size(), kMaxShown);
    for (size_t i = 0; i < shown; ++i) {
      v1::Finding* const finding = list->add_findings();
      *finding = ToPublic(findings[i], list == &zh ? "zh-CN" : "en");
      finding->set_raw(std::string(CutText(finding->raw(), kMaxRaw)));
    }
  }
  return WithFindingLists(status, zh, en);
}

}  // namespace attain::engine
