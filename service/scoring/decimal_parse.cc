// Text → Decimal.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/scoring/decimal.h"

namespace attain::scoring {
namespace {

constexpr size_t kMaxBytes = 64;
constexpr int kMaxWhole = 18, kMaxFraction = 9;
constexpr size_t kMaxStoredBytes = 80;
constexpr int kMaxStoredDigits = 76;

absl::Status NotANumber() {
  return absl::InvalidArgumentError("not a plain decimal number");
}
absl::Status TooManyDigits() {
  return absl::OutOfRangeError("too many digits: at most 18 before the point and 9 after it");
}

// Half-width forms of what input methods type in numbers; false when another character is met.
bool ToHalfWidth(absl::string_view text, std::string* out) {
  while (!text.empty()) {
    const unsigned char c = static_cast<unsigned char>(text[0]);
    if (c < 0x80) {
      out->push_back(text[0]);
      text.remove_prefix(1);
      continue;
    }
    // U+FF10 … U+FF19 are the full-width digits.
    const absl::string_view three = text.substr(0, 3);
    const unsigned char last = three.size() == 3 ? static_cast<unsigned char>(three[2]) : 0;
    if (absl::StartsWith(three, "\xef\xbc") && last >= 0x90 && last <= 0x99) {
      out->push_back(static_cast<char>('0' + (last - 0x90)));
    } else if (three == "－" || three == "−") {
      out->push_back('-');
    } else if (three == "＋") {
      out->push_back('+');
    } else if (three == "．") {
      out->push_back('.');
    } else if (three == "，") {
      out->push_back(',');
    } else {
      return false;
    }
    text.remove_prefix(3);
  }
  return true;
}

// "1,234,567" → "1234567"; false when the groups are not of three digits.
bool DropSeparators(std::string* whole) {
  if (!absl::StrContains(*whole, ",")) return true;
  std::string digits;
  size_t group = 0;
  bool first = true;
  for (const char c : *whole) {
    if (c == ',') {
      if (first ? (group == 0 || group > 3) : group != 3) return false;
      first = false;
      group = 0;
    } else {
      digits.push_back(c);
      ++group;
    }
  }
  if (group != 3) return false;
  *whole = std::move(digits);
  return true;
}

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// The common case, a short plain ASCII number, without any allocation.
bool ParseShort(absl::string_view text, Decimal* out) {
  if (text.empty() || text.size() > 18) return false;
  int64_t value = 0;
  int scale = -1;
  bool digit_last = false;
  for (size_t i = text[0] == '-' ? 1 : 0; i < text.size(); ++i) {
    if (absl::ascii_isdigit(text[i])) {
      value = value * 10 + (text[i] - '0');
      if (scale >= 0 && ++scale > kMaxFraction) return false;
      digit_last = true;
    } else if (text[i] == '.' && scale < 0 && digit_last) {
      scale = 0;
      digit_last = false;
    } else {
      return false;
    }
  }
  if (!digit_last) return false;
  *out = Decimal::FromInt64(text[0] == '-' ? -value : value, std::max(scale, 0));
  return true;
}

// Too long to be read. Only enough of it is looked at to say which mistake it is.
absl::Status TooLong(absl::string_view text) {
  const absl::string_view head = text.substr(0, kMaxBytes);
  const bool plain = std::all_of(head.begin(), head.end(), [](char c) {
    return absl::ascii_isdigit(c) || c == '.' || c == '-' || c == '+' || c == ',';
  });
  return plain ? TooManyDigits() : NotANumber();
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  Decimal result;
  if (ParseShort(text, &result)) return result;
  if (text.size() > kMaxBytes) return TooLong(text);
  std::string plain;
  if (!ToHalfWidth(text, &plain)) return NotANumber();
  absl::string_view rest = plain;
  const bool negative = absl::StartsWith(rest, "-");
  if (negative || absl::StartsWith(rest, "+")) rest.remove_prefix(1);
  const size_t point = rest.find('.');
  std::string whole(rest.substr(0, point));
  const absl::string_view fraction =
      point == absl::string_view::npos ? absl::string_view() : rest.substr(point + 1);
  if (!DropSeparators(&whole) || whole.empty() || !AllDigits(whole) || !AllDigits(fraction) ||
      (point != absl::string_view::npos && fraction.empty())) {
    return NotANumber();
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() > kMaxWhole || fraction.size() > kMaxFraction) return TooManyDigits();
  Integer coefficient = 0;
  for (const char c : absl::StrCat(whole, fraction)) coefficient = coefficient * 10 + (c - '0');
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), static_cast<int>(fraction.size()));
}

absl::StatusOr<Decimal> Decimal::ParseStored(absl::string_view text) {
  Decimal result;
  if (ParseShort(text, &result)) return result;
  const auto damaged = [] { return absl::DataLossError("a stored number does not parse"); };
  if (text.size() > kMaxStoredBytes) return damaged();
  const bool negative = absl::StartsWith(text, "-");
  if (negative) text.remove_prefix(1);
  Integer coefficient = 0;
  int scale = -1, digits = 0;
  for (const char c : text) {
    if (c == '.' && scale < 0 && digits > 0) {
      scale = 0;
    } else if (absl::ascii_isdigit(c) && digits < kMaxStoredDigits) {
      coefficient = coefficient * 10 + (c - '0');
      if (scale >= 0) ++scale;
      ++digits;
    } else {
      return damaged();
    }
  }
  if (digits == 0 || scale == 0) return damaged();
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), std::max(scale, 0));
}

}  // namespace attain::scoring
