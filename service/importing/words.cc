#include "service/importing/words.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/importing/text.h"

namespace attain::importing {

WordList::WordList(absl::string_view text) {
  std::unordered_map<std::string, size_t> by_key;
  for (const absl::string_view raw : absl::StrSplit(text, '\n')) {
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    const size_t colon = line.find(':');
    if (line.empty() || line[0] == '#' || colon == 0 || colon == absl::string_view::npos) continue;
    const std::string key(absl::StripAsciiWhitespace(line.substr(0, colon)));
    const auto [at, added] = by_key.emplace(key, entries_.size());
    if (added) entries_.push_back({key, {}});
    for (const absl::string_view typed : absl::StrSplit(line.substr(colon + 1), '|')) {
      std::string word = Squeeze(Narrow(typed));
      if (word.empty()) continue;
      longest_ = std::max(longest_, word.size());
      size_t& head = heads_[Head(word)];
      head = std::max(head, word.size());
      by_word_.emplace(word, at->second);
      entries_[at->second].words.push_back(std::move(word));
    }
  }
}

const WordList& WordList::Named(absl::string_view name) {
  static std::mutex* const mutex = new std::mutex;  // guards the map; lists never move and never go
  static auto* const lists = new std::map<std::string, WordList>;
  const std::lock_guard<std::mutex> lock(*mutex);
  const auto at = lists->find(std::string(name));
  return at != lists->end() ? at->second : lists->emplace(name, WordList(WordFile(name))).first->second;
}

const WordList& WordList::Named(absl::string_view name, absl::string_view key) {
  static std::mutex* const mutex = new std::mutex;
  static auto* const lists = new std::map<std::pair<std::string, std::string>, WordList>;
  const WordList& whole = Named(name);
  const std::lock_guard<std::mutex> lock(*mutex);
  std::pair<std::string, std::string> id(name, key);
  const auto known = lists->find(id);
  if (known != lists->end()) return known->second;
  std::string line;
  for (const Entry& entry : whole.entries_) {
    if (entry.key == key) line = absl::StrCat(key, ": ", absl::StrJoin(entry.words, " | "));
  }
  return lists->emplace(std::move(id), WordList(line)).first->second;
}

std::string WordList::Head(absl::string_view text) {
  size_t length = text.empty() ? 0 : 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
  return std::string(text.substr(0, length));
}

absl::string_view WordList::KeyOf(absl::string_view word) const {
  if (word.size() > longest_) return "";
  const auto at = by_word_.find(std::string(word));
  return at == by_word_.end() ? absl::string_view() : absl::string_view(entries_[at->second].key);
}

WordList::Match WordList::AtStart(absl::string_view text) const {
  const auto head = heads_.find(Head(text));
  if (head == heads_.end()) return {};
  for (size_t length = std::min(head->second, text.size()); length > 0; --length) {
    if (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) continue;
    const absl::string_view key = KeyOf(text.substr(0, length));
    if (!key.empty()) return {key, length};
  }
  return {};
}

WordList::Match WordList::AtEnd(absl::string_view text) const {
  for (size_t length = std::min(longest_, text.size()); length > 0; --length) {
    if ((static_cast<unsigned char>(text[text.size() - length]) & 0xC0) == 0x80) continue;
    const absl::string_view key = KeyOf(text.substr(text.size() - length));
    if (!key.empty()) return {key, length};
  }
  return {};
}

bool WordList::Within(absl::string_view text) const {
  for (size_t at = 0; at < text.size(); ++at) {
    const bool border = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (border && AtStart(text.substr(at))) return true;
  }
  return false;
}

}  // namespace attain::importing
