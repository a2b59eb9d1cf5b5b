#include "service/extract/jail/last_word.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace attain::extract {
namespace {

// Handlers may neither allocate nor lock: what they say is made before.
const std::string* too_long = nullptr;
const std::string* out_of_memory = nullptr;
std::atomic<bool> writing{false};

bool WriteAll(const std::string& bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t wrote = write(STDOUT_FILENO, bytes.data() + at, bytes.size() - at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    at += static_cast<size_t>(wrote);
  }
  return true;
}

void OnSignal(int number) {
  const bool had_begun = writing.exchange(true);
  const std::string* word = number == SIGXCPU ? too_long : out_of_memory;
  _exit(!had_begun && WriteAll(*word) ? 0 : 3);
}

}  // namespace

std::string Framed(const std::string& result) {
  const uint64_t size = result.size();
  std::string framed;
  framed.reserve(size + 8);
  for (int shift = 56; shift >= 0; shift -= 8) framed += static_cast<char>(size >> shift & 0xff);
  framed += result;
  return framed;
}

std::string FramedRefusal(const std::string& code, const std::string& detail) {
  document::ExtractResult result;
  result.mutable_refusal()->set_code(code);
  result.mutable_refusal()->set_detail(detail);
  return Framed(result.SerializeAsString());
}

bool PrepareLastWord() {
  static const std::string long_word = FramedRefusal(
      "DOCUMENT_TOO_COSTLY", "reading the document takes more time than a document may: split it");
  static const std::string memory_word =
      FramedRefusal("DOCUMENT_TOO_COSTLY", "the document takes more memory than a document may: split it");
  too_long = &long_word;
  out_of_memory = &memory_word;
  struct sigaction action {};
  action.sa_handler = &OnSignal;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGXCPU);
  sigaddset(&action.sa_mask, SIGABRT);
  return sigaction(SIGXCPU, &action, nullptr) == 0 && sigaction(SIGABRT, &action, nullptr) == 0;
}

bool WriteOut(const std::string& framed) {
  return !writing.exchange(true) && WriteAll(framed);
}

}  // namespace attain::extract
