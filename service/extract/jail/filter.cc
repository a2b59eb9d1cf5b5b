#include "service/extract/jail/filter.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <vector>

namespace attain::extract {
namespace {

// Reading, writing, memory, time and the end of the process. What an architecture lacks libseccomp leaves
// out.
std::vector<int> Allowed() {
  return {SCMP_SYS(read),
          SCMP_SYS(write),
          SCMP_SYS(writev),
          SCMP_SYS(readv),
          SCMP_SYS(lseek),
          SCMP_SYS(close),
          SCMP_SYS(fstat),
          SCMP_SYS(brk),
          SCMP_SYS(munmap),
          SCMP_SYS(mremap),
          SCMP_SYS(madvise),
          SCMP_SYS(exit),
          SCMP_SYS(exit_group),
          SCMP_SYS(rt_sigreturn),
          SCMP_SYS(rt_sigprocmask),
          SCMP_SYS(rt_sigaction),
          SCMP_SYS(sigaltstack),
          SCMP_SYS(futex),
          SCMP_SYS(clock_gettime),
          SCMP_SYS(gettimeofday),
          SCMP_SYS(time),
          SCMP_SYS(getrandom),
          SCMP_SYS(sysinfo),
          SCMP_SYS(getpid),
          SCMP_SYS(getuid),
          SCMP_SYS(geteuid),
          SCMP_SYS(getgid),
          SCMP_SYS(getegid),
          SCMP_SYS(gettid),
          SCMP_SYS(getrusage),
          SCMP_SYS(sched_yield),
          SCMP_SYS(sched_getaffinity),
          SCMP_SYS(set_robust_list),
          SCMP_SYS(rseq)};
}

// What libraries try before they go on without it: files that are not there, settings, the way to them.
std::vector<int> Denied() {
  return {SCMP_SYS(open),     SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
          SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(statfs),    SCMP_SYS(fstatfs),
          SCMP_SYS(getcwd),   SCMP_SYS(ioctl),      SCMP_SYS(openat2),   SCMP_SYS(statx),
          SCMP_SYS(lstat),    SCMP_SYS(uname),      SCMP_SYS(mkdir),     SCMP_SYS(mkdirat)};
}

constexpr unsigned kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);

// Adds the rule for a call that this architecture has; negative error number.
template <typename... Arguments>
int Add(scmp_filter_ctx filter, uint32_t action, int call, Arguments... arguments) {
  if (call < 0) return 0;  // a call of another architecture
  return seccomp_rule_add(filter, action, call, sizeof...(arguments), arguments...);
}

int AddFiles(scmp_filter_ctx filter, bool may_open) {
  const uint32_t no = SCMP_ACT_ERRNO(EACCES);
  for (const int call : Denied())
    if (const int error = Add(filter, no, call); error != 0) return error;
  // fstat and the like by descriptor is always right; by name it would tell which files there are.
  const scmp_arg_cmp by_descriptor = SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH);
  if (!may_open) {
    for (const int call : {SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(getdents64), SCMP_SYS(fcntl)})
      if (const int error = Add(filter, no, call); error != 0) return error;
    if (const int error = Add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), by_descriptor); error != 0)
      return error;
    return Add(filter, no, SCMP_SYS(newfstatat), SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0));
  }
  for (const int call : {SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(getdents64), SCMP_SYS(fcntl)})
    if (const int error = Add(filter, SCMP_ACT_ALLOW, call); error != 0) return error;
  return Add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY));
}

// Memory never becomes a program.
int AddMemory(scmp_filter_ctx filter) {
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    if (const int error = Add(filter, SCMP_ACT_ALLOW, call, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
        error != 0)
      return error;
  return 0;
}

// abort() may signal the process itself, and nobody else.
int AddSignals(scmp_filter_ctx filter) {
  const scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()), 0);
  return Add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), self);
}

}  // namespace

bool HasFilters() {
  const uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0U, &action) == 0;
}

int LoadFilter(bool may_open) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                                &seccomp_release);
  if (filter == nullptr) return ENOMEM;
  for (const int call : Allowed())
    if (const int error = Add(filter.get(), SCMP_ACT_ALLOW, call); error != 0) return -error;
  if (const int error = AddMemory(filter.get()); error != 0) return -error;
  if (const int error = AddSignals(filter.get()); error != 0) return -error;
  if (const int error = AddFiles(filter.get(), may_open); error != 0) return -error;
  return -seccomp_load(filter.get());
}

}  // namespace attain::extract
