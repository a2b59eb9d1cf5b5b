// Ctrl-C as an orderly end.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_INTERRUPT_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_INTERRUPT_H_

#include <functional>
#include <thread>

namespace attain::cli {

// While it lives, the first SIGINT or SIGTERM calls `stop` on a thread of its own instead of ending the
// program. One at a time.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> stop);
  ~OnInterrupt();
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;

 private:
  std::thread waiter_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_INTERRUPT_H_
