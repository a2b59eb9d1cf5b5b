#include "service/importing/amount.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/importing/text.h"
#include "service/importing/units.h"

namespace attain::importing {
namespace {

constexpr absl::string_view kUnits[] = {"百万元", "千万元", "亿元", "万元", "千元", "元"};

// The money unit at the beginning: "万元", "万" before nothing else.
std::string TakeUnit(absl::string_view* rest) {
  for (const absl::string_view unit : kUnits) {
    if (absl::ConsumePrefix(rest, unit)) return std::string(unit);
  }
  for (const absl::string_view multiple : {"万", "亿", "千"}) {
    if (absl::StartsWith(*rest, multiple)) {
      rest->remove_prefix(multiple.size());
      return std::string(multiple) + "元";
    }
  }
  return "";
}

}  // namespace

std::optional<std::string> WithoutGroups(absl::string_view digits) {
  const absl::string_view whole = digits.substr(0, digits.find('.'));
  const std::vector<absl::string_view> groups = absl::StrSplit(whole, ',');
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].size() != 3) return std::nullopt;
  }
  if (groups.size() > 1 && (groups[0].empty() || groups[0].size() > 4)) return std::nullopt;
  std::string plain;
  for (const char c : digits) {
    if (c != ',') plain.push_back(c);
  }
  return plain;
}

absl::string_view MoneyUnitWithin(absl::string_view text) {
  for (const absl::string_view unit : kUnits) {
    const size_t at = text.rfind(unit);
    if (at == absl::string_view::npos) continue;
    const absl::string_view before = text.substr(0, at), behind = text.substr(at + unit.size());
    const bool begins = before.empty() || absl::EndsWith(before, "(") || absl::EndsWith(before, ":") || absl::EndsWith(before, "单位") || absl::EndsWith(before, "人民币");
    const bool ends = behind.empty() || absl::StartsWith(behind, ")") || absl::StartsWith(behind, ":") || absl::StartsWith(behind, ",");
    if (begins && ends) return unit;
  }
  return "";
}

Amount ParseAmount(absl::string_view text, absl::string_view unit) {
  Amount amount;
  const std::string word = Squeeze(Narrow(text));
  absl::string_view rest = word;
  if (rest == "-" || rest == "--" || rest == "—" || rest == "——" || rest == "/" || rest == "无" || rest == "\\") {
    amount.none = true;
    return amount;
  }
  for (const absl::string_view before : {"约", "人民币", "¥", "￥", "共计", "合计"}) absl::ConsumePrefix(&rest, before);
  size_t end = 0;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) ++end;
  while (end < rest.size() && (absl::ascii_isdigit(static_cast<unsigned char>(rest[end])) || rest[end] == '.' || rest[end] == ',')) ++end;
  while (end > 0 && (rest[end - 1] == '.' || rest[end - 1] == ',')) --end;
  const std::optional<std::string> digits = WithoutGroups(rest.substr(0, end));
  if (!digits.has_value()) return amount;
  const absl::StatusOr<scoring::Decimal> value = scoring::Decimal::Parse(*digits);
  if (!value.ok()) return amount;
  rest.remove_prefix(end);
  std::string own = TakeUnit(&rest);
  if (!rest.empty() && own.empty() && !absl::StartsWith(rest, "(") && !absl::StartsWith(rest, ",") && !absl::StartsWith(rest, ";")) return amount;
  amount.value = ConvertUnit(*value, own.empty() ? unit : absl::string_view(own), "万元");
  amount.rest = std::string(rest);
  return amount;
}

}  // namespace attain::importing
