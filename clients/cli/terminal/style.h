// Colours of a terminal.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_STYLE_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_STYLE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::cli {

enum class Colour { kNone, kBold, kDim, kRed, kGreen, kYellow, kBlue };

// Thread-compatible value.
class Style {
 public:
  Style() = default;  // no colours
  Style(bool colours, int columns) : colours_(colours), columns_(columns) {}

  // `text` between escape sequences, or just `text` without colours.
  std::string Paint(Colour colour, absl::string_view text) const;
  // Columns of the terminal; 0 when the output is no terminal: then nothing is shortened.
  int columns() const { return columns_; }
  // The same colours on a terminal of another width.
  Style WithColumns(int columns) const { return {colours_, columns}; }

 private:
  bool colours_ = false;
  int columns_ = 0;
};

// What suits file descriptor `fd`: colours and columns only on a terminal; no colours when `no_color`,
// NO_COLOR is set or TERM is dumb.
Style StyleFor(int fd, bool no_color);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_STYLE_H_
