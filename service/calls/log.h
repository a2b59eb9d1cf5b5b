// What is told to those who run the server: one entry, one line.
#ifndef ATTAIN_SERVICE_CALLS_LOG_H_
#define ATTAIN_SERVICE_CALLS_LOG_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace attain::calls {

// From what is always written to what is written only on demand.
enum class Level {
  kNotice,   // ready, stopped, lines left out: written at every level
  kError,    // something failed that should not: look at it
  kWarning,  // worth a look, nothing failed
  kInfo,
  kDebug,  // every refused call
};

// One key=value of a line. The key is a literal of the program.
struct Field {
  Field(absl::string_view the_key, std::string text) : key(the_key), value(std::move(text)) {}
  Field(absl::string_view the_key, uint64_t figure)
      : key(the_key), value(absl::StrCat(figure)), number(true) {}

  absl::string_view key;
  std::string value;
  bool number = false;
};

struct Entry {
  Level level = Level::kInfo;
  std::string message;  // what happened, in the program's own words; never what users sent
  std::vector<Field> fields;
  // Entries of one kind share a rate, so that what happens ten thousand times does not flood the log. Empty:
  // written each time. There must be few kinds, and none made of what users sent: they are kept for good.
  std::string kind;
};

// Implementations are thread-safe and never wait for long, so that a call under way may write.
class Log {
 public:
  virtual ~Log() = default;
  // Whether entries of this level are wanted: ask before making an entry that costs something.
  virtual bool Writes(Level level) const = 0;
  // Cannot fail as far as the caller is concerned. Nothing happens when the level is not wanted.
  virtual void Write(Entry entry) = 0;
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_LOG_H_
