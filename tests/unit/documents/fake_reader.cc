// Stands in for attain-extract. The first word of the document says what to do; everything else is read as
// text.
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "attain/document/v1/document.pb.h"

extern char** environ;

namespace {

namespace document = attain::document::v1;

std::string ReadAll() {
  std::string bytes;
  char buffer[65536];
  for (ssize_t n = 0; (n = read(0, buffer, sizeof(buffer))) > 0;)
    bytes.append(buffer, static_cast<size_t>(n));
  return bytes;
}

void WriteAll(const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = write(1, bytes.data() + done, bytes.size() - done);
    if (n <= 0) _exit(9);
    done += static_cast<size_t>(n);
  }
}

std::string Length(uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 0xff));
  return bytes;
}

void Answer(const document::ExtractResult& result) {
  const std::string bytes = result.SerializeAsString();
  WriteAll(Length(bytes.size()) + bytes);
}

// A sound message behind a length that is another.
void AnswerWithLength(int difference) {
  document::ExtractResult result;
  result.mutable_document()->set_text("sound");
  const std::string bytes = result.SerializeAsString();
  WriteAll(Length(bytes.size() + static_cast<uint64_t>(difference)) + bytes);
}

void Refuse(const std::string& code, document::Media media) {
  document::ExtractResult result;
  result.mutable_refusal()->set_code(code);
  result.mutable_refusal()->set_detail("as asked");
  result.mutable_refusal()->set_media(media);
  Answer(result);
}

// What a program can see of the one that started it.
std::string Surroundings() {
  std::ostringstream text;
  int variables = 0, descriptors = 0;
  for (char** each = environ; *each != nullptr; ++each) ++variables;
  DIR* const folder = opendir("/proc/self/fd");
  for (const dirent* entry = readdir(folder); entry != nullptr; entry = readdir(folder)) {
    descriptors += entry->d_name[0] != '.' && std::atoi(entry->d_name) != dirfd(folder) ? 1 : 0;
  }
  closedir(folder);
  char where[256] = "";
  if (getcwd(where, sizeof(where)) == nullptr) where[0] = '?';
  sigset_t blocked;
  sigprocmask(SIG_BLOCK, nullptr, &blocked);
  struct sigaction pipe;
  sigaction(SIGPIPE, nullptr, &pipe);
  text << "env " << variables << " fds " << descriptors << " cwd " << where << " blocked "
       << sigismember(&blocked, SIGTERM) << " ignored " << (pipe.sa_handler == SIG_IGN);
  return text.str();
}

void Read(const std::string& text) {
  document::ExtractResult result;
  result.mutable_document()->set_media(document::MEDIA_TEXT);
  result.mutable_document()->set_reader("fake/1");
  result.mutable_document()->set_text(text);
  Answer(result);
}

// Appends a line, so that a test can count the runs.
void Count(const std::string& file) {
  std::ofstream(file, std::ios::app) << "run\n";
}

[[noreturn]] void Hang() {
  while (true) pause();
}

void Die(int signal_number) {
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

}  // namespace

int main() {
  char first = 0;
  if (read(0, &first, 1) != 1) {
    Refuse("EMPTY_DOCUMENT", document::MEDIA_UNSPECIFIED);
    return 0;
  }
  if (first == '!') {  // ends without reading the rest
    close(0);
    Refuse("UNKNOWN_FORMAT", document::MEDIA_UNSPECIFIED);
    return 0;
  }
  const std::string bytes = first + ReadAll();
  std::istringstream words(bytes);
  std::string what, argument;
  words >> what >> argument;
  if (what == "HANG") Hang();
  if (what == "CLOSE-AND-HANG") {
    close(1);
    Hang();
  }
  if (what == "GARBAGE") return WriteAll("this is no result"), 0;
  if (what == "SHORT") return WriteAll(Length(1000) + "too little"), 0;
  if (what == "NOTHING") return 0;
  if (what == "EXIT") return 3;
  if (what == "LONGER") return AnswerWithLength(1), 0;
  if (what == "SHORTER") return AnswerWithLength(-1), 0;
  if (what == "EMPTY") return Answer(document::ExtractResult()), 0;
  if (what == "FLOOD") {
    WriteAll(Length(uint64_t{1} << 40));
    while (true) WriteAll(std::string(1 << 20, 'x'));
  }
  if (what == "SIGNAL") Die(std::atoi(argument.c_str()));
  if (what == "REFUSE") return Refuse(argument, document::MEDIA_PDF), 0;
  if (what == "OLD") return Refuse("FORMAT_NEEDS_CONVERTER", document::MEDIA_XLS), 0;
  if (what == "COUNT") Count(argument);
  Read(what == "LOOK" ? Surroundings() : bytes);
  return 0;
}
