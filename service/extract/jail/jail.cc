#include "service/extract/jail/jail.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "service/extract/jail/filter.h"

namespace attain::extract {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;  // needs terabytes of address space that it never touches
#else
constexpr bool kSanitized = false;
#endif

absl::Status Failed(absl::string_view step, int error) {
  return absl::FailedPreconditionError(absl::StrCat("jail: ", step, " failed: ", std::strerror(error)));
}

absl::Status DropRoot(const JailOptions& options) {
  if (geteuid() != 0 && getuid() != 0) return absl::OkStatus();
  const gid_t group = static_cast<gid_t>(options.nobody);
  if (setgroups(0, nullptr) != 0) return Failed("setgroups", errno);
  if (setresgid(group, group, group) != 0) return Failed("setresgid", errno);
  if (setresuid(options.nobody, options.nobody, options.nobody) != 0) return Failed("setresuid", errno);
  uid_t real, effective, saved;
  if (getresuid(&real, &effective, &saved) != 0) return Failed("getresuid", errno);
  if (real == 0 || effective == 0 || saved == 0 || setuid(0) == 0) return Failed("giving root up", EPERM);
  return absl::OkStatus();
}

absl::Status CloseDescriptors() {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0) return absl::OkStatus();
  if (errno != ENOSYS) return Failed("close_range", errno);
#endif
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return Failed("getrlimit", errno);
  for (int fd = 3; static_cast<rlim_t>(fd) < limit.rlim_max && fd < (1 << 20); ++fd) close(fd);
  return absl::OkStatus();
}

absl::Status SetLimit(__rlimit_resource what, absl::string_view name, rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  return setrlimit(what, &limit) == 0 ? absl::OkStatus() : Failed(name, errno);
}

absl::Status SetLimits(const JailOptions& options) {
  const rlim_t cpu = static_cast<rlim_t>(options.cpu_seconds);
  absl::Status status = SetLimit(RLIMIT_CPU, "RLIMIT_CPU", cpu, cpu + 1);
  if (status.ok() && !kSanitized) status = SetLimit(RLIMIT_AS, "RLIMIT_AS", options.memory, options.memory);
  if (status.ok()) status = SetLimit(RLIMIT_FSIZE, "RLIMIT_FSIZE", 0, 0);
  if (status.ok()) status = SetLimit(RLIMIT_NOFILE, "RLIMIT_NOFILE", 16, 16);
  if (status.ok()) status = SetLimit(RLIMIT_NPROC, "RLIMIT_NPROC", 0, 0);
  if (status.ok()) status = SetLimit(RLIMIT_CORE, "RLIMIT_CORE", 0, 0);
  return status;
}

absl::Status SetProcess(pid_t parent) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return Failed("no_new_privs", errno);
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return Failed("PR_SET_DUMPABLE", errno);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return Failed("PR_SET_PDEATHSIG", errno);
  if (getppid() != parent) return Failed("finding the parent", ESRCH);  // it died before
  return absl::OkStatus();
}

int LandlockVersion() {
#if defined(SYS_landlock_create_ruleset)
  const long version =
      syscall(SYS_landlock_create_ruleset, nullptr, size_t{0}, 1U /* LANDLOCK_CREATE_RULESET_VERSION */);
  return version > 0 ? static_cast<int>(version) : 0;
#else
  return 0;
#endif
}

// Every right that this kernel can take away: 13 in version 1, then REFER, TRUNCATE and (5) IOCTL_DEV; the
// network from version 4 on.
struct RulesetAttributes {
  uint64_t files;
  uint64_t network;
};

RulesetAttributes AllRights(int version) {
  RulesetAttributes rights{(uint64_t{1} << 13) - 1, 0};
  if (version >= 2) rights.files |= uint64_t{1} << 13;
  if (version >= 3) rights.files |= uint64_t{1} << 14;
  if (version >= 5) rights.files |= uint64_t{1} << 15;
  if (version >= 4) rights.network = 3;
  return rights;
}

absl::Status Confine(const JailOptions& options, int version) {
#if defined(SYS_landlock_create_ruleset)
  const RulesetAttributes rights = AllRights(version);
  const size_t size = version >= 4 ? sizeof(rights) : sizeof(rights.files);
  const int rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rights, size, 0U));
  if (rules < 0) return Failed("landlock_create_ruleset", errno);
  // Without the directory nothing can be read at all, and the reader tells which fonts it misses.
  const int directory = open(options.readable.c_str(), O_PATH | O_CLOEXEC | O_DIRECTORY);
  if (directory >= 0) {
    landlock_path_beneath_attr below{};
    below.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    below.parent_fd = directory;
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0U) != 0)
      return Failed("landlock_add_rule", errno);
    if (close(directory) != 0) return Failed("closing the directory", errno);
  } else if (errno != ENOENT) {
    return Failed("opening the directory of character maps", errno);
  }
  if (syscall(SYS_landlock_restrict_self, rules, 0U) != 0) return Failed("landlock_restrict_self", errno);
  if (close(rules) != 0) return Failed("closing the Landlock rules", errno);
  return absl::OkStatus();
#else
  return Failed("Landlock", ENOSYS);
#endif
}

}  // namespace

JailSupport FindJailSupport(const JailOptions& options) {
  JailSupport support;
  support.landlock = LandlockVersion();
  support.seccomp = HasFilters();
  struct stat status;
  support.readable = stat(options.readable.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  return support;
}

absl::Status EnterJail(const JailOptions& options) {
  const pid_t parent = getppid();
  absl::Status status =
      DropRoot(options);  // first: it takes rights, and it forgets the signal of the parent's death
  if (status.ok()) status = CloseDescriptors();
  if (status.ok()) status = SetProcess(parent);
  const int version = options.landlock ? LandlockVersion() : 0;
  if (status.ok() && version > 0) status = Confine(options, version);
  if (status.ok()) status = SetLimits(options);
  if (!status.ok()) return status;
  const int error = LoadFilter(version > 0);
  return error == 0 ? absl::OkStatus() : Failed("seccomp", error);
}

}  // namespace attain::extract
