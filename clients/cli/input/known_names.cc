#include "clients/cli/input/known_names.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"

namespace attain::cli {
namespace {

// So many questions about all units or all tables are cheaper than reading them all; one about a unit's
// tables.
constexpr int kQuestionsToServer = 16, kQuestionsToUnit = 1;
constexpr char kAllUnits[] = "units/-";

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

// What the server's filter would have left out stays out, so that no answer depends on how many came before.
std::vector<NameFit> AsFiltered(std::vector<NameFit> fits, absl::string_view typed) {
  fits.erase(std::remove_if(fits.begin(), fits.end(),
                            [&](const NameFit& fit) {
                              return fit.fit != Fit::kId && !absl::StrContains(fit.display_name, typed);
                            }),
             fits.end());
  return fits;
}

}  // namespace

KnownNames::KnownNames(client::Client client, v1::ReadOptions read)
    : client_(std::move(client)), read_(std::move(read)) {}

absl::Status KnownNames::ReadUnits(const std::string& filter, NameIndex* names) const {
  v1::ListUnitsRequest request;
  request.set_filter(filter);
  *request.mutable_read() = read_;
  ASSIGN_OR_RETURN(const auto units, AllPages(client_, &client::Client::ListUnits, request,
                                              &v1::ListUnitsResponse::mutable_units));
  for (const v1::Unit& unit : units.units()) names->Add(unit.name(), unit.display_name());
  return absl::OkStatus();
}

absl::Status KnownNames::ReadTables(const std::string& parent, const std::string& filter, NameIndex* names) {
  v1::ListTablesRequest request;
  request.set_parent(parent);
  request.set_filter(filter);
  *request.mutable_read() = read_;
  ASSIGN_OR_RETURN(const auto tables, AllPages(client_, &client::Client::ListTables, request,
                                               &v1::ListTablesResponse::mutable_tables));
  for (const v1::Table& table : tables.tables()) {
    names->Add(table.name(), table.display_name());
    KeepIndicators(table);
  }
  return absl::OkStatus();
}

void KnownNames::KeepIndicators(const v1::Table& table) {
  const auto [kept, fresh] = indicators_.try_emplace(table.name());
  if (!fresh) return;
  for (const v1::Indicator& indicator : table.indicators())
    kept->second.Add(indicator.name(), indicator.display_name());
}

absl::StatusOr<std::vector<NameFit>> KnownNames::Units(absl::string_view typed, bool filtered) {
  if (filtered && !units_.whole && units_.questions++ < kQuestionsToServer) {
    NameIndex answer;
    RETURN_IF_ERROR(ReadUnits(
        absl::StrCat("name = ", Quoted(absl::StrCat("units/", typed)), " OR display_name:", Quoted(typed)),
        &answer));
    return AsFiltered(answer.Find(typed), typed);
  }
  if (!units_.whole) RETURN_IF_ERROR(ReadUnits("", &units_.names));
  units_.whole = true;
  std::vector<NameFit> fits = units_.names.Find(typed);
  return filtered ? AsFiltered(std::move(fits), typed) : fits;
}

absl::StatusOr<std::vector<NameFit>> KnownNames::Tables(const std::string& parent, absl::string_view typed,
                                                        bool filtered) {
  Collection& known = tables_[parent];
  const int questions = parent == kAllUnits ? kQuestionsToServer : kQuestionsToUnit;
  if (filtered && !known.whole && known.questions++ < questions) {
    NameIndex answer;
    RETURN_IF_ERROR(ReadTables(
        parent,
        absl::StrCat("name:", Quoted(absl::StrCat("/tables/", typed)), " OR display_name:", Quoted(typed)),
        &answer));
    return AsFiltered(answer.Find(typed), typed);
  }
  if (!known.whole) RETURN_IF_ERROR(ReadTables(parent, "", &known.names));
  known.whole = true;
  std::vector<NameFit> fits = known.names.Find(typed);
  return filtered ? AsFiltered(std::move(fits), typed) : fits;
}

absl::StatusOr<std::vector<NameFit>> KnownNames::Indicators(const std::string& table,
                                                            absl::string_view typed) {
  if (table.empty()) {
    if (!all_indicators_.whole) {
      NameIndex tables;
      RETURN_IF_ERROR(ReadTables(kAllUnits, "", &tables));
      for (const auto& [name, indicators] : indicators_) all_indicators_.names.AddAll(indicators);
      all_indicators_.whole = true;
    }
    return all_indicators_.names.Find(typed);
  }
  if (indicators_.count(table) == 0) {
    v1::GetTableRequest request;
    request.set_name(table);
    *request.mutable_read() = read_;
    ASSIGN_OR_RETURN(const auto one, client_.GetTable(request));
    KeepIndicators(one.table());
  }
  return indicators_[table].Find(typed);
}

}  // namespace attain::cli
