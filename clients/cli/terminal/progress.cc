#include "clients/cli/terminal/progress.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attain::cli {

ProgressBar::ProgressBar(std::ostream* err, bool is_terminal, absl::Time start)
    : err_(err), is_terminal_(is_terminal), start_(start) {}

ProgressBar::~ProgressBar() {
  if (shown_) *err_ << "\r\033[K" << std::flush;
}

void ProgressBar::Update(size_t done, size_t total, absl::Time now) {
  if (!is_terminal_ || now - start_ < absl::Seconds(1) || now - last_ < absl::Milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  *err_ << '\r' << ProgressLine(done, total) << "\033[K" << std::flush;
}

ElapsedLine::ElapsedLine(std::ostream* err, bool is_terminal, std::string words, absl::Time start)
    : err_(err), is_terminal_(is_terminal), words_(std::move(words)), start_(start) {}

ElapsedLine::~ElapsedLine() {
  if (shown_seconds_ > 0) *err_ << "\r\033[K" << std::flush;
}

void ElapsedLine::Update(absl::Time now) {
  const int64_t seconds = absl::ToInt64Seconds(now - start_);
  if (!is_terminal_ || seconds == shown_seconds_) return;
  shown_seconds_ = seconds;
  *err_ << '\r' << words_ << "  " << seconds << " s\033[K" << std::flush;
}

std::string ProgressLine(size_t done, size_t total) {
  constexpr size_t kLength = 30;
  const size_t part = total == 0 ? kLength : std::min(kLength, done * kLength / total);
  std::string bar(part, '=');
  if (part < kLength) bar.push_back('>');
  bar.resize(kLength, ' ');
  const size_t percent = total == 0 ? 100 : done * 100 / total;
  return absl::StrFormat("[%s] %3d %%  %s / %s", bar, percent, WithCommas(done), WithCommas(total));
}

std::string WithCommas(size_t number) {
  std::string digits = absl::StrCat(number);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

}  // namespace attain::cli
