// Lines to a file descriptor that may be a pipe nobody reads.
#ifndef ATTAIN_SERVICE_CALLS_LINE_WRITER_H_
#define ATTAIN_SERVICE_CALLS_LINE_WRITER_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attain::calls {

// Thread-compatible.
class LineWriter {
 public:
  // How long the reader of a full pipe is waited for. It is waited for once: until it reads again, lines are
  // dropped at once.
  static constexpr absl::Duration kPatience = absl::Milliseconds(50);

  // `fd` is not owned.
  explicit LineWriter(int fd, absl::Duration patience = kPatience) : fd_(fd), patience_(patience) {}

  // Writes a line of at most kMaxLine bytes, its end included, with one write(2). False: it is lost, because
  // nobody reads, the disk is full or the descriptor is closed. A line that was cut off by that is ended
  // before the next one.
  bool Write(absl::string_view line);

 private:
  bool Ready(absl::Duration patience) const;

  const int fd_;
  const absl::Duration patience_;
  bool stuck_ = false;  // the last line did not go out
  bool torn_ = false;   // a part of it did
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_LINE_WRITER_H_
