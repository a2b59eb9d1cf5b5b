// How many columns of a terminal a text takes.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_WIDTH_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_WIDTH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::cli {

// Takes the first character off `text` (not empty) and gives its code point; a byte that is not UTF-8 counts
// as U+FFFD.
char32_t TakeCharacter(absl::string_view* text);

// 2 for East Asian wide and full-width characters and emoji (UAX #11), 0 for combining, zero-width and
// control characters, else 1. The "ambiguous" ones (≥ … · ①) take 1, as in terminals with default settings.
int CharacterWidth(char32_t character);

int DisplayWidth(absl::string_view text);

// The longest beginning of `text` that, with "…", takes at most `width` columns; `text` itself when it fits.
std::string Shorten(absl::string_view text, int width);

// Line ends and tabs as one space, so that a text stays in its cell.
std::string OneLine(absl::string_view text);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_WIDTH_H_
