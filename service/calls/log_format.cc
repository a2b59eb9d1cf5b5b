#include "service/calls/log_format.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "service/api/text_limits.h"

namespace attain::calls {
namespace {

constexpr size_t kLongestValue = 2048;

// Length of the UTF-8 character at the front and its code point; 0 when there is none.
size_t CharacterAt(absl::string_view text, uint32_t* point) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 0 || first > 0xF4 || text.size() < length) return 0;
  *point = length == 1 ? first : first & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    *point = *point << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && *point < 0x800) || (length == 4 && *point < 0x10000);
  const bool none = (*point >= 0xD800 && *point < 0xE000) || *point > 0x10FFFF;
  return overlong || none ? 0 : length;
}

// Control characters, separators of lines and what turns the direction of writing.
bool Steers(uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0x200E || point == 0x200F || point == 0xFEFF;
}

// As inside a JSON string; quotes and backslashes only where there are quotes around it.
void AppendEscaped(absl::string_view text, bool quoted, std::string* line) {
  while (!text.empty()) {
    uint32_t point = 0;
    const size_t length = CharacterAt(text, &point);
    if (length == 0) {
      line->append("\\ufffd");
    } else if (quoted && (point == '"' || point == '\\')) {
      line->push_back('\\');
      line->push_back(static_cast<char>(point));
    } else if (point == '\n') {
      line->append("\\n");
    } else if (Steers(point)) {
      absl::StrAppendFormat(line, "\\u%04x", point);
    } else {
      line->append(text.data(), length);
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
}

void AppendCut(absl::string_view text, size_t limit, bool quoted, std::string* line) {
  const absl::string_view kept = engine::CutText(text, limit);
  if (quoted) line->push_back('"');
  AppendEscaped(kept, quoted, line);
  if (kept.size() < text.size()) line->append("…");
  if (quoted) line->push_back('"');
}

bool IsPlainWord(absl::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           absl::string_view("_-./:+").find(c) != absl::string_view::npos;
  });
}

std::string Text(const std::string& time, const Entry& entry, size_t limit) {
  std::string line = absl::StrCat(time, " ", LevelName(entry.level), " ");
  AppendCut(entry.message, limit, false, &line);
  for (const Field& field : entry.fields) {
    absl::StrAppend(&line, " ", field.key, "=");
    AppendCut(field.value, limit, !IsPlainWord(field.value), &line);
  }
  line.push_back('\n');
  return line;
}

std::string Json(const std::string& time, const Entry& entry, size_t limit) {
  std::string line =
      absl::StrCat("{\"time\":\"", time, "\",\"level\":\"", LevelName(entry.level), "\",\"message\":");
  AppendCut(entry.message, limit, true, &line);
  for (const Field& field : entry.fields) {
    absl::StrAppend(&line, ",\"", field.key, "\":");
    AppendCut(field.value, limit, !field.number, &line);
  }
  line.append("}\n");
  return line;
}

}  // namespace

absl::string_view LevelName(Level level) {
  static constexpr absl::string_view kNames[] = {"notice", "error", "warning", "info", "debug"};
  return kNames[static_cast<int>(level)];
}

std::string FormatLine(LogFormat format, absl::Time time, absl::TimeZone zone, const Entry& entry) {
  const std::string stamp = absl::FormatTime("%Y-%m-%dT%H:%M:%E6S%Ez", time, zone);
  std::string line;
  // Escapes make text up to six times as long, so what fits is found by trying.
  for (size_t limit = kLongestValue; limit > 0; limit /= 2) {
    line = format == LogFormat::kJson ? Json(stamp, entry, limit) : Text(stamp, entry, limit);
    if (line.size() <= kMaxLine) break;
  }
  return line;
}

std::string QuotedJson(absl::string_view text) {
  std::string quoted;
  AppendCut(text, text.size(), true, &quoted);
  return quoted;
}

}  // namespace attain::calls
