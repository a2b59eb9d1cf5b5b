#include "service/api/field_checks.h"

#include "absl/strings/str_cat.h"
#include "service/api/text_limits.h"

namespace attain::engine {

using scoring::Decimal;

void FieldChecks::Add(Field field, const Text& text) {
  violations_.push_back({absl::StrCat(at_, field.path.empty() ? "" : ".", field.path), text});
}

void FieldChecks::Add(const std::vector<Violation>& violations) {
  violations_.insert(violations_.end(), violations.begin(), violations.end());
}

void FieldChecks::Required(Field field) {
  Add(field, {absl::StrCat(field.name, " 必填。"), absl::StrCat(field.name, " is required.")});
}

std::optional<Decimal> FieldChecks::Number(Field field, const std::string& text, Need need) {
  if (text.empty()) {
    if (need == Need::kRequired) Required(field);
    return std::nullopt;
  }
  const absl::StatusOr<Decimal> number = Decimal::Parse(text);
  if (number.ok()) return *number;
  if (number.status().code() == absl::StatusCode::kOutOfRange) {
    Add(field, {absl::StrCat(field.name, "：", TooManyDigits().zh),
                absl::StrCat(field.name, ": ", TooManyDigits().en)});
    return std::nullopt;
  }
  const absl::string_view shown = CutText(text, 60);
  Add(field,
      {absl::StrCat(field.name, " 填的“", shown, "”不是数字。请填写普通十进制数，例如 0.8。"),
       absl::StrCat(field.name, ": \"", shown, "\" is not a number. Write a plain decimal such as 0.8.")});
  return std::nullopt;
}

std::optional<Decimal> FieldChecks::Number(Field field, const std::string& text, Need need, int64_t low,
                                           std::optional<int64_t> high) {
  std::optional<Decimal> number = Number(field, text, need);
  if (!number.has_value()) return number;
  const bool above = high.has_value() && *number > Decimal::FromInt(*high);
  if (*number >= Decimal::FromInt(low) && !above) return number;
  if (high.has_value()) {
    Add(field, {absl::StrCat(field.name, " 须在 ", low, " 至 ", *high, " 之间。"),
                absl::StrCat(field.name, " must lie between ", low, " and ", *high, ".")});
  } else if (low == 0) {
    Add(field,
        {absl::StrCat(field.name, " 不得为负数。"), absl::StrCat(field.name, " must not be negative.")});
  } else {
    Add(field, {absl::StrCat(field.name, " 不得小于 ", low, "。"),
                absl::StrCat(field.name, " must be at least ", low, ".")});
  }
  return std::nullopt;
}

void FieldChecks::Words(Field field, absl::string_view text, Need need, size_t limit) {
  if (IsBlank(text)) {
    if (need == Need::kRequired) Required(field);
    return;
  }
  const absl::Status fine = CheckName(field.name, text, limit);
  if (fine.ok()) return;
  Add(field, {absl::StrCat(field.name, "：", MessageOf(fine, "zh-CN")),
              absl::StrCat(field.name, ": ", MessageOf(fine, "en"))});
}

bool FieldChecks::Count(Field field, int size, int limit) {
  if (size <= limit) return true;
  Add(field, {absl::StrCat(field.name, " 有 ", size, " 项，最多 ", limit, " 项。请删去不用的。"),
              absl::StrCat(field.name, " has ", size, " entries, at most ", limit,
                           " are taken. Remove what is not used.")});
  return false;
}

void FieldChecks::Choice(Field field, int value, bool (*known)(int), Need need) {
  if (value == 0) {
    if (need == Need::kRequired) Required(field);
  } else if (!known(value)) {
    Add(field, {absl::StrCat(field.name, " 没有取值 ", value, "。请改用此字段已有的取值。"),
                absl::StrCat(field.name, " has no value ", value, ". Use one of those that it has.")});
  }
}

}  // namespace attain::engine
