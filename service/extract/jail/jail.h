// The jail of attain-extract: what a process keeps that reads bytes of unknown origin. Linux, x86_64 and
// aarch64.
#ifndef ATTAIN_SERVICE_EXTRACT_JAIL_JAIL_H_
#define ATTAIN_SERVICE_EXTRACT_JAIL_JAIL_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace attain::extract {

struct JailOptions {
  int cpu_seconds = 5;                          // SIGXCPU then, the kill a second later
  uint64_t memory = uint64_t{512} << 20;        // of address space, bytes
  std::string readable = "/usr/share/poppler";  // what may still be read: character maps of fonts that are
                                                // named and not embedded
  uid_t nobody = 65534;                         // who root becomes, with the group of the same number
  bool landlock = true;                         // false: as on a kernel without it (tests)
};

// What this machine's kernel and packages give.
struct JailSupport {
  int landlock = 0;       // version of its interface; 0 = not there
  bool seccomp = false;   // filters can be loaded
  bool readable = false;  // the directory of JailOptions.readable is there
};
JailSupport FindJailSupport(const JailOptions& options);

// Shuts the calling process in, for good: root becomes nobody, all descriptors but 0, 1 and 2 are closed,
// limits on time and memory are set, no file can be written and none opened but below `options.readable`, no
// socket, no new process; anything else that is asked of the kernel kills the process. Without Landlock no
// file can be opened at all. The process dies with its parent.
//
// Call once, from the only thread. FAILED_PRECONDITION names the step that failed: the process is then half
// shut in and must read nothing.
absl::Status EnterJail(const JailOptions& options);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_JAIL_JAIL_H_
