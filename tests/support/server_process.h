// A real attaind on a free port. Not thread-safe.
#ifndef ATTAIN_TESTS_SUPPORT_SERVER_PROCESS_H_
#define ATTAIN_TESTS_SUPPORT_SERVER_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attain::testing {

// A variable of the environment with the program to start in place of ATTAIN_BIN_DIR/attaind.
inline constexpr char kProgramVariable[] = "ATTAIN_TEST_SERVER";

// How a process ended.
struct Ended {
  int code = -1;       // exit code, or 128 + the signal
  std::string error;   // what it wrote on stderr after the ready line
  std::string output;  // what it wrote on stdout
};

// Runs attaind with these arguments to its end.
Ended RunServer(const std::vector<std::string>& arguments);

// Dies with the thread that started it: start servers on the main thread.
class ServerProcess {
 public:
  // `extra` comes after --data-dir and --listen=127.0.0.1:0, so it can override them. UNAVAILABLE with the
  // server's words when it ends instead of getting ready.
  static absl::StatusOr<std::unique_ptr<ServerProcess>> Start(const std::string& data_dir,
                                                              const std::vector<std::string>& extra = {});
  // Starts one and kills it with signal 9 after `delay`, ready or not.
  static void StartAndKill(const std::string& data_dir, absl::Duration delay);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& address() const { return address_; }
  // Of its HTTP port; empty when it has none.
  std::string http_address() const;
  const std::string& ready_line() const { return ready_line_; }
  pid_t pid() const { return pid_; }
  // Resident memory now, KiB.
  int64_t ResidentKib() const;
  // Largest file it may write from now on (RLIMIT_FSIZE): a disk that is full.
  void LimitFileSize(uint64_t bytes);

  // Sends a signal without waiting.
  void Signal(int signal);
  // Waits for the end.
  Ended Wait();
  // kill -9; returns when it is gone.
  void Kill();
  // SIGTERM and the way it ended.
  Ended Terminate();

 private:
  ServerProcess() = default;

  pid_t pid_ = -1;
  int error_ = -1, output_ = -1;  // read ends of its pipes
  std::string ready_line_, address_, seen_;
};

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_SERVER_PROCESS_H_
