// Dictionaries of the words that documents use: header words, levels, units, comparators. Each is a file
// words/NAME.txt compiled in:
//   # a comment: where the words come from
//   key: word | word | word
// A key may stand on several lines. The key itself is a word only where it is listed. Words are kept folded
// (half-width, without white space); callers fold what they look up in the same way: Squeeze(Narrow(text)).
//
// Pure; what Named gives is made once at first use and is safe to read from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_WORDS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_WORDS_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::importing {

// The text of words/NAME.txt; empty when there is no such file.
absl::string_view WordFile(absl::string_view name);

// The names of all files.
std::vector<absl::string_view> WordFileNames();

class WordList {
 public:
  struct Entry {
    std::string key;
    std::vector<std::string> words;  // in the order of the file
  };
  // Where a word was met. Without a word: length 0 and an empty key.
  struct Match {
    absl::string_view key;  // lives as long as the list
    size_t length = 0;      // bytes of the text
    explicit operator bool() const { return length > 0; }
  };

  // Lines that are no entry (no colon, no word) are left out: the unit test of words reads every file
  // strictly.
  explicit WordList(absl::string_view text);
  // The file words/NAME.txt, parsed once; an empty list when there is no such file.
  static const WordList& Named(absl::string_view name);
  // Only the words of one key of that file.
  static const WordList& Named(absl::string_view name, absl::string_view key);

  const std::vector<Entry>& entries() const { return entries_; }
  // The key of a whole word, or empty. The first entry counts when a word stands twice.
  absl::string_view KeyOf(absl::string_view word) const;
  bool Has(absl::string_view word) const { return !KeyOf(word).empty(); }
  // The longest word at the beginning, at the end, or anywhere (the first place, the longest there).
  Match AtStart(absl::string_view text) const;
  Match AtEnd(absl::string_view text) const;
  bool Within(absl::string_view text) const;

 private:
  static uint32_t Head(absl::string_view text);  // the bytes of its first character

  std::vector<Entry> entries_;
  std::unordered_map<std::string, size_t> by_word_;  // word → entry
  std::unordered_map<uint32_t, size_t> heads_;       // first character → bytes of the longest word
  size_t longest_ = 0;                               // bytes
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_WORDS_H_
