// The switch of planted faults, linked by scripts/mutate only: ATTAIN_FAULT names the fault that is on, and
// each number that is reached is written once to the file ATTAIN_FAULTS_REACHED.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <array>
#include <atomic>

bool attain_planted_fault(int number) {
  static const char* const chosen = getenv("ATTAIN_FAULT");
  static const int active = chosen == nullptr ? 0 : atoi(chosen);
  static const char* const path = getenv("ATTAIN_FAULTS_REACHED");
  static const int file = path == nullptr ? -1 : open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  static std::array<std::atomic<bool>, 1000> reached;
  std::atomic<bool>& mine = reached.at(static_cast<size_t>(number));
  if (!mine.load(std::memory_order_relaxed) && !mine.exchange(true) && file >= 0)
    dprintf(file, "%d\n", number);
  return number == active;
}
