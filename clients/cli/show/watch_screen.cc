#include "clients/cli/show/watch_screen.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/json.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/watch_words.h"

namespace attain::cli {
namespace {

using Kind = client::WatchUpdate::Kind;

constexpr int kOtherLines = 6;  // title, blank, header, rows that are left out, note, cursor
constexpr size_t kRowsUnknown = 20;

}  // namespace

WatchScreen::WatchScreen(const Context& context, Options options)
    : context_(context), options_(std::move(options)) {}

void WatchScreen::Begin() {
  if (options_.live) Draw();
}

absl::StatusOr<bool> WatchScreen::Show(const client::WatchUpdate& update, int count) {
  if (update.kind == Kind::kDisconnected) {
    if (connected_ || options_.live) {
      Note(context_.Say(words::kWatchLost, update.why.message(), absl::ToInt64Seconds(update.retry_in) + 1));
    }
    connected_ = false;
    return true;
  }
  connected_ = true;
  if (context_.json()) {
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(update.response));
    context_.out() << line;
    context_.out().flush();
  } else if (options_.live) {
    Take(update);
  } else {
    PrintLines(update);
  }
  if (update.kind == Kind::kChanges) ++changes_;
  return count == 0 || changes_ < count;
}

void WatchScreen::Note(const std::string& text) {
  if (options_.live) {
    note_ = text;
    Draw();
  } else {
    context_.err() << text << std::endl;
  }
}

void WatchScreen::PrintLines(const client::WatchUpdate& update) {
  const v1::WatchResponse& response = update.response;
  switch (update.kind) {
    case Kind::kCreated:
      revision_ = response.created().revision();
      break;
    case Kind::kSnapshot:
      PrintSnapshot(context_, response.snapshot(), revision_);
      break;
    case Kind::kChanges:
      PrintChanges(context_, response.changes());
      break;
    case Kind::kReset:
      Note(context_.Say(words::kWatchReset, Label(response.reset().reason(), context_.language())));
      break;
    default:
      break;
  }
}

void WatchScreen::Take(const client::WatchUpdate& update) {
  const v1::WatchResponse& response = update.response;
  note_.clear();
  switch (update.kind) {
    case Kind::kCreated:
      revision_ = response.created().revision();
      waiting_ = options_.snapshot && waiting_;
      break;
    case Kind::kSnapshot:
      view_.Apply(response.snapshot());
      return;
    case Kind::kSnapshotEnd:
      revision_ = response.snapshot_end().revision();
      waiting_ = false;
      break;
    case Kind::kChanges:
      view_.Apply(response.changes());
      revision_ = response.changes().revision();
      break;
    case Kind::kProgress:
      revision_ = response.progress().revision();
      break;
    case Kind::kReset:
      view_.Clear();
      waiting_ = true;
      break;
    case Kind::kDisconnected:
      break;
  }
  Draw();
}

std::string WatchScreen::Drawing(const Style& style, size_t most) const {
  const int columns = style.columns() > 0 ? style.columns() : 80;
  const auto fit = [&](const std::string& text) { return Shorten(text, columns); };
  std::ostringstream text;
  text << style.Paint(Colour::kBold, fit(context_.Say(words::kWatching, options_.title,
                                                      revision_ > 0 ? absl::StrCat(revision_) : "–")))
       << "\n\n";
  if (view_.size() > 0) {
    view_.Table(context_, most).Print(text, style);
  } else if (waiting_) {
    text << fit(context_.Say(words::kConnecting, context_.client().options().server)) << '\n';
  } else {
    text << fit(context_.Say(options_.snapshot ? words::kNothingHere : words::kNoChangeYet)) << '\n';
  }
  if (view_.size() > most) {
    const auto left_out = static_cast<int64_t>(view_.size() - most);
    text << fit(context_.Say(words::kMoreRows, context_.Count(left_out, "more row", "more rows"))) << '\n';
  }
  if (!note_.empty()) text << style.Paint(Colour::kYellow, fit(note_)) << '\n';
  return text.str();
}

void WatchScreen::Draw() {
  const ScreenSize size = options_.size ? options_.size() : ScreenSize();
  const Style style =
      context_.style().WithColumns(size.columns > 0 ? size.columns : context_.style().columns());
  const size_t most =
      size.rows > 0 ? static_cast<size_t>(std::max(1, size.rows - kOtherLines)) : kRowsUnknown;
  const std::string drawing = Drawing(style, most);
  int up = 0;  // a terminal that became narrower has broken the lines that stand there
  for (const int width : widths_)
    up += style.columns() > 0 ? std::max(1, (width + style.columns() - 1) / style.columns()) : 1;
  if (up > 0) context_.out() << "\033[" << up << "F\033[J";
  context_.out() << drawing;
  context_.out().flush();
  widths_.clear();
  std::vector<std::string> lines = absl::StrSplit(drawing, '\n');
  lines.pop_back();
  widths_.reserve(lines.size());
  for (const std::string& line : lines) widths_.push_back(PrintedWidth(line));
}

}  // namespace attain::cli
