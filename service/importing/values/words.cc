#include "service/importing/values/words.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/importing/values/text.h"

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

namespace {

// Every list, made once and never changed: looked up without a lock.
struct Library {
  std::map<std::string, WordList, std::less<>> files;
  std::map<std::string, std::map<std::string, WordList, std::less<>>, std::less<>> keys;

  static const Library& Get() {
    static const Library* const library = new Library;
    return *library;
  }

 private:
  Library() {
    for (const absl::string_view name : WordFileNames()) {
      const WordList& whole = files.emplace(name, WordList(WordFile(name))).first->second;
      auto& parts = keys[std::string(name)];
      for (const WordList::Entry& entry : whole.entries()) {
        parts.emplace(entry.key, WordList(absl::StrCat(entry.key, ": ", absl::StrJoin(entry.words, " | "))));
      }
    }
  }
};

const WordList& Empty() {
  static const WordList* const empty = new WordList("");
  return *empty;
}

}  // namespace

const WordList& WordList::Named(absl::string_view name) {
  const auto& files = Library::Get().files;
  const auto at = files.find(name);
  return at == files.end() ? Empty() : at->second;
}

const WordList& WordList::Named(absl::string_view name, absl::string_view key) {
  const auto& keys = Library::Get().keys;
  const auto file = keys.find(name);
  if (file == keys.end()) return Empty();
  const auto at = file->second.find(key);
  return at == file->second.end() ? Empty() : at->second;
}

uint32_t WordList::Head(absl::string_view text) {
  uint32_t head = text.empty() ? 0 : static_cast<unsigned char>(text[0]);
  for (size_t i = 1; i < text.size() && i < 4 && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; ++i) {
    head = head << 8 | static_cast<unsigned char>(text[i]);
  }
  return head;
}

absl::string_view WordList::KeyOf(absl::string_view word) const {
  if (word.empty() || word.size() > longest_) return "";
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
