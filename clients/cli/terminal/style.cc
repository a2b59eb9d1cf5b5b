#include "clients/cli/terminal/style.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace attain::cli {
namespace {

absl::string_view Code(Colour colour) {
  switch (colour) {
    case Colour::kBold:
      return "1";
    case Colour::kDim:
      return "2";
    case Colour::kRed:
      return "31";
    case Colour::kGreen:
      return "32";
    case Colour::kYellow:
      return "33";
    case Colour::kBlue:
      return "34";
    case Colour::kNone:
      break;
  }
  return "0";
}

}  // namespace

std::string Style::Paint(Colour colour, absl::string_view text) const {
  if (!colours_ || colour == Colour::kNone || text.empty()) return std::string(text);
  return absl::StrCat("\033[", Code(colour), "m", text, "\033[0m");
}

Style StyleFor(int fd, bool no_color) {
  if (isatty(fd) == 0) return {};
  const char* set = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && absl::string_view(terminal) == "dumb";
  winsize size{};
  const bool known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {!no_color && !dumb && (set == nullptr || *set == '\0'), known ? size.ws_col : 80};
}

}  // namespace attain::cli
