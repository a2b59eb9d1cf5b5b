#include "clients/cli/commands/tables/amend_rows.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/tables/rule_words.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/target_text.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/amendment_words.h"
#include "clients/cli/words/name_words.h"

namespace attain::cli {
namespace {

// The row of the table, by id, display name or its beginning.
absl::StatusOr<const v1::Indicator*> RowOf(Context& context, const v1::Table& table,
                                           absl::string_view typed) {
  ASSIGN_OR_RETURN(const std::string name,
                   context.names().Indicator(absl::StrCat(ShortName(table.name()), "/", typed)));
  for (const v1::Indicator& row : table.indicators()) {
    if (row.name() == name) return &row;
  }
  return UsageError(context.Say(words::kNothingFits, typed));
}

// The change of this row, made when it is not there: several --set may speak of one row.
v1::Indicator* ChangeOf(const v1::Indicator& row, v1::Amendment* amendment) {
  for (v1::RowChange& change : *amendment->mutable_rows()) {
    if (change.indicator().name() == row.name()) return change.mutable_indicator();
  }
  v1::RowChange* change = amendment->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = row;
  *change->mutable_before() = row;
  return change->mutable_indicator();
}

// Comparator and unit stay as they are when the text does not give them.
void SetTarget(const v1::Target& given, v1::Indicator* row) {
  if (!given.text().empty()) {
    *row->mutable_target() = given;
    return;
  }
  row->mutable_target()->set_value(given.value());
  if (given.comparator() != v1::COMPARATOR_UNSPECIFIED)
    row->mutable_target()->set_comparator(given.comparator());
  if (!given.unit().empty()) row->mutable_target()->set_unit(given.unit());
}

absl::Status Set(Context& context, const v1::Table& table, absl::string_view option,
                 v1::Amendment* amendment) {
  const std::pair<absl::string_view, absl::string_view> sides =
      absl::StrSplit(option, absl::MaxSplits('=', 1));
  const size_t dot = sides.first.rfind('.');
  if (dot == absl::string_view::npos || sides.second.empty())
    return UsageError(context.Say(words::kBadSet, option));
  ASSIGN_OR_RETURN(const v1::Indicator* row, RowOf(context, table, sides.first.substr(0, dot)));
  const absl::string_view field = sides.first.substr(dot + 1);
  const std::string value(sides.second);
  v1::Indicator* change = ChangeOf(*row, amendment);
  if (field == "target") {
    const std::optional<v1::Target> target = ParseTarget(value);
    if (!target.has_value()) return UsageError(context.Say(words::kBadSet, option));
    SetTarget(*target, change);
  } else if (field == "weight") {
    change->set_weight(value);
  } else if (field == "name") {
    change->set_display_name(value);
  } else if (field == "evidence") {
    change->set_evidence(value);
  } else if (field == "basis") {
    change->set_basis(value);
  } else if (field == "level2") {
    change->set_level2(value);
  } else if (field == "rule") {
    ASSIGN_OR_RETURN(*change->mutable_rule(),
                     RuleNamed(context, table, value, amendment->adopt_newest_profile()));
  } else if (field == "accumulation") {
    v1::Accumulation way;
    if (!v1::Accumulation_Parse(absl::StrCat("ACCUMULATION_", absl::AsciiStrToUpper(value)), &way))
      return UsageError(context.Say(words::kBadSet, option));
    change->set_accumulation(way);
  } else if (field == "allow_negative" && (value == "yes" || value == "no")) {
    change->set_allow_negative(value == "yes");
  } else {
    return UsageError(context.Say(words::kBadSet, option));
  }
  return absl::OkStatus();
}

// LEVEL1/LEVEL2/NAME/TARGET/WEIGHT
absl::Status Add(const Context& context, absl::string_view option, v1::Amendment* amendment) {
  const std::vector<std::string> parts = absl::StrSplit(option, '/');
  const std::optional<v1::Target> target = parts.size() == 5 ? ParseTarget(parts[3]) : std::nullopt;
  if (!target.has_value()) return UsageError(context.Say(words::kBadAdd, option));
  v1::RowChange* change = amendment->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_ADDED);
  v1::Indicator* row = change->mutable_indicator();
  row->set_level1(parts[0]);
  row->set_level2(parts[1]);
  row->set_display_name(parts[2]);
  *row->mutable_target() = *target;
  const bool number = !target->value().empty();
  if (number && target->comparator() == v1::COMPARATOR_UNSPECIFIED)
    row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
  row->mutable_rule()->set_kind(number ? v1::RULE_KIND_PROPORTIONAL : v1::RULE_KIND_RATING);
  row->set_weight(parts[4]);
  return absl::OkStatus();
}

int FindRow(const v1::Table& table, const std::string& name) {
  for (int i = 0; i < table.indicators_size(); ++i) {
    if (table.indicators(i).name() == name) return i;
  }
  return -1;
}

int PlaceFor(const v1::Table& table, const v1::Indicator& row) {
  int in_level1 = -1, in_level2 = -1;
  for (int i = 0; i < table.indicators_size(); ++i) {
    if (table.indicators(i).level1() != row.level1()) continue;
    in_level1 = i + 1;
    if (table.indicators(i).level2() == row.level2()) in_level2 = i + 1;
  }
  if (in_level2 >= 0) return in_level2;
  return in_level1 >= 0 ? in_level1 : table.indicators_size();
}

}  // namespace

absl::Status ReadRowChanges(Context& context, const v1::Table& table, v1::Amendment* amendment) {
  for (const std::string& option : context.args().GetAll("set"))
    RETURN_IF_ERROR(Set(context, table, option, amendment));
  for (const std::string& option : context.args().GetAll("remove")) {
    ASSIGN_OR_RETURN(const v1::Indicator* row, RowOf(context, table, option));
    v1::RowChange* change = amendment->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
    change->mutable_indicator()->set_name(row->name());
    change->mutable_indicator()->set_display_name(row->display_name());
    *change->mutable_before() = *row;
  }
  for (const std::string& option : context.args().GetAll("add"))
    RETURN_IF_ERROR(Add(context, option, amendment));
  return absl::OkStatus();
}

void ApplyRowChanges(const v1::Amendment& amendment, v1::Table* table) {
  auto* rows = table->mutable_indicators();
  for (const v1::RowChange& change : amendment.rows()) {
    if (change.kind() == v1::ROW_CHANGE_KIND_ADDED) {
      const int place = PlaceFor(*table, change.indicator());
      *rows->Add() = change.indicator();
      for (int i = rows->size() - 1; i > place; --i) rows->SwapElements(i, i - 1);
      continue;
    }
    const int at = FindRow(*table, change.indicator().name());
    if (at < 0) continue;
    if (change.kind() == v1::ROW_CHANGE_KIND_REMOVED) {
      rows->erase(rows->begin() + at);
    } else {
      *rows->Mutable(at) = change.indicator();
    }
  }
}

}  // namespace attain::cli
