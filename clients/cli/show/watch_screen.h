// Shows a person, or a pipe, what a watch gives.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_WATCH_SCREEN_H_
#define ATTAIN_CLIENTS_CLI_SHOW_WATCH_SCREEN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/watch_view.h"
#include "clients/cpp/watch_session.h"

namespace attain::cli {

// 0: unknown.
struct ScreenSize {
  int columns = 0, rows = 0;
};

// Live it is a table that is drawn over its last drawing, never wider than the terminal, whose size is asked
// at each drawing; else a line per row of the snapshot and per change, or a line of JSON per message.
// Thread-compatible; `context` must outlive it.
class WatchScreen {
 public:
  struct Options {
    std::string title;  // what is followed, as typed
    bool live = false;
    bool snapshot = false;  // what there is comes first
    std::function<ScreenSize()> size;
  };
  WatchScreen(const Context& context, Options options);

  // Before the first message: says that it waits.
  void Begin();

  // False when as many changes came as were asked for; 0 asks for all.
  absl::StatusOr<bool> Show(const client::WatchUpdate& update, int count);

 private:
  void Note(const std::string& text);
  void Take(const client::WatchUpdate& update);
  void PrintLines(const client::WatchUpdate& update);
  std::string Drawing(const Style& style, size_t most) const;
  // Over the last drawing.
  void Draw();

  const Context& context_;
  const Options options_;
  WatchView view_;
  int64_t revision_ = 0;
  std::string note_;
  bool connected_ = true;
  bool waiting_ = true;      // what there is has not come yet
  std::vector<int> widths_;  // of the lines of the last drawing
  int changes_ = 0;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_WATCH_SCREEN_H_
