// The server's side of the pipe, against a reader that does what the document says.
#include "service/documents/documents.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/documents/uploads.h"
#include "storage/mutex.h"

namespace attain::documents {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::Duration kShort = absl::Milliseconds(300);

class DocumentsTest : public ::testing::Test {
 protected:
  DocumentsTest() {
    options_.extract = absl::StrCat(ATTAIN_BIN_DIR, "/fake_reader");
    options_.log = [this](const std::string& line) {
      storage::MutexLock lock(&mutex_);
      log_.push_back(line);
    };
  }
  Documents& documents() {
    if (documents_ == nullptr) documents_ = std::make_unique<Documents>(options_);
    return *documents_;
  }
  // The text that was read; the refusal's code otherwise.
  std::string Read(absl::string_view bytes) {
    const auto read = documents().Read(bytes);
    if (read.ok()) return (*read)->text();
    const auto refusal = RefusalOf(read.status());
    return refusal.has_value() ? refusal->code() : std::string(read.status().ToString());
  }
  std::vector<std::string> log() {
    storage::MutexLock lock(&mutex_);
    return log_;
  }

  DocumentsOptions options_;

 private:
  std::unique_ptr<Documents> documents_;
  storage::Mutex mutex_;
  std::vector<std::string> log_;
};

TEST_F(DocumentsTest, ReadsWhatTheReaderMakesOfTheBytes) {
  const auto read = documents().Read("abc");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ((*read)->text(), "abc");
  EXPECT_EQ((*read)->reader(), "fake/1");
  EXPECT_EQ((*read)->sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(DocumentsTest, FeedsAndReadsAtTheSameTime) {
  const std::string large(20 << 20, 'a');  // far more than a pipe holds, both ways
  EXPECT_EQ(Read(large), large);
}

TEST_F(DocumentsTest, AReaderInheritsNothing) {
  const int open_file = open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  setenv("ATTAIN_TEST_SECRET", "x", 1);
  sigset_t term, before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, &before);
  signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(Read("LOOK"), "env 0 fds 3 cwd / blocked 0 ignored 0");
  signal(SIGPIPE, SIG_DFL);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  close(open_file);
}

TEST_F(DocumentsTest, AnUnreadRestIsNoError) {
  signal(SIGPIPE, SIG_DFL);  // a write to a closed pipe would end this program
  EXPECT_EQ(Read(absl::StrCat("!", std::string(8 << 20, 'x'))), "UNKNOWN_FORMAT");
  EXPECT_EQ(Read(""), "EMPTY_DOCUMENT");
}

TEST_F(DocumentsTest, ARefusalComesWithCodeDetailAndFormat) {
  const auto read = documents().Read("REFUSE ENCRYPTED");
  const auto refusal = RefusalOf(read.status());
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->code(), "ENCRYPTED");
  EXPECT_EQ(refusal->detail(), "as asked");
  EXPECT_EQ(refusal->media(), document::MEDIA_PDF);
  EXPECT_THAT(log(), IsEmpty());
}

TEST_F(DocumentsTest, WhatTakesTooLongOrTooMuchIsCostly) {
  options_.wall_clock = kShort;
  EXPECT_EQ(Read("HANG"), "DOCUMENT_TOO_COSTLY");
  EXPECT_EQ(Read(absl::StrCat("SIGNAL ", SIGXCPU)), "DOCUMENT_TOO_COSTLY");
  EXPECT_EQ(Read(absl::StrCat("SIGNAL ", SIGKILL)), "DOCUMENT_TOO_COSTLY");
  EXPECT_THAT(log(), IsEmpty());
}

TEST_F(DocumentsTest, AReaderThatFailsIsToldAndLoggedOnce) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {absl::StrCat("SIGNAL ", SIGSYS), "SIGSYS"},
      {absl::StrCat("SIGNAL ", SIGSEGV), "SIGSEGV"},
      {absl::StrCat("SIGNAL ", SIGABRT), "SIGABRT"},
      {"EXIT", "exit code 3"},
      {"GARBAGE", "no result"},
      {"SHORT", "no result"},
      {"NOTHING", "no result"},
      {"LONGER", "no result"},   // cut off, though what came can be read
      {"SHORTER", "no result"},  // with something behind it
      {"FLOOD", "more than 67108864 bytes"},
  };
  for (size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(Read(cases[i].first), "READER_FAILED") << cases[i].first;
    ASSERT_EQ(log().size(), i + 1) << cases[i].first;
    EXPECT_THAT(log().back(), HasSubstr(cases[i].second));
  }
}

TEST_F(DocumentsTest, OneThatClosesItsOutputAndStaysIsEnded) {
  options_.wall_clock = kShort;
  EXPECT_EQ(Read("CLOSE-AND-HANG"), "DOCUMENT_TOO_COSTLY");
}

TEST_F(DocumentsTest, TooLargeIsRefusedUnread) {
  options_.max_bytes = 10;
  EXPECT_EQ(Read("ten bytes!"), "ten bytes!");
  EXPECT_EQ(Read("eleven byte"), "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(Read("twelve bytes"), "DOCUMENT_TOO_LARGE");
}

TEST_F(DocumentsTest, WithoutAReaderNothingIsReadAndThatIsLogged) {
  options_.extract = "/nonexistent/attain-extract";
  EXPECT_TRUE(absl::IsUnavailable(documents().Read("abc").status()));
  EXPECT_THAT(log(), ElementsAre(HasSubstr("/nonexistent/attain-extract")));
}

class CountedReads : public DocumentsTest {
 protected:
  CountedReads() : file_(std::filesystem::temp_directory_path() / absl::StrCat("attain-runs-", getpid())) {
    std::filesystem::remove(file_);
  }
  ~CountedReads() override { std::filesystem::remove(file_); }
  std::string Bytes(absl::string_view more) const {
    return absl::StrCat("COUNT ", file_.string(), " ", more);
  }
  ptrdiff_t runs() const {
    std::ifstream file(file_);
    return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  }

 private:
  const std::filesystem::path file_;
};

TEST_F(CountedReads, TheSameBytesAreReadOnce) {
  const std::string bytes = Bytes("a"), other = Bytes("b");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Read(bytes), bytes);
  EXPECT_EQ(runs(), 1);
  EXPECT_EQ(Read(other), other);
  EXPECT_EQ(runs(), 2);
}

TEST_F(CountedReads, AnotherReaderInTheSamePlaceReadsAnew) {
  const std::filesystem::path reader =
      std::filesystem::temp_directory_path() / absl::StrCat("attain-reader-", getpid());
  std::filesystem::copy_file(options_.extract, reader, std::filesystem::copy_options::overwrite_existing);
  options_.extract = reader;
  const std::string bytes = Bytes("a");
  Read(bytes), Read(bytes);
  EXPECT_EQ(runs(), 1);
  // The same size and place, written a moment later.
  const timespec times[2] = {{1'000'000'000, 1}, {1'000'000'000, 1}},
                 later[2] = {{1'000'000'000, 2}, {1'000'000'000, 2}};
  utimensat(AT_FDCWD, reader.c_str(), times, 0);
  Read(bytes);
  EXPECT_EQ(runs(), 2);
  utimensat(AT_FDCWD, reader.c_str(), later, 0);
  Read(bytes);
  EXPECT_EQ(runs(), 3);
  std::filesystem::remove(reader);
}

TEST_F(CountedReads, TheCacheIsBoundedAndTheLeastRecentlyUsedGo) {
  options_.cache_bytes = 250'000;
  const std::string a = Bytes(std::string(100'000, 'a')), b = Bytes(std::string(100'000, 'b')),
                    c = Bytes(std::string(100'000, 'c'));
  Read(a), Read(b), Read(a), Read(c);  // b goes
  EXPECT_EQ(runs(), 3);
  Read(a), Read(c);
  EXPECT_EQ(runs(), 3);
  Read(b);
  EXPECT_EQ(runs(), 4);
}

TEST_F(DocumentsTest, TwoReadAtATimeTheOthersWaitAndTooManyAreRefused) {
  options_.wall_clock = absl::Seconds(1);
  options_.running = 1;
  options_.waiting = 1;
  std::atomic<int> refused{0}, costly{0};
  std::vector<std::thread> callers;
  documents();
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&, i] {
      const auto read = documents().Read(absl::StrCat("HANG ", i));
      absl::IsResourceExhausted(read.status()) ? ++refused : ++costly;
    });
  }
  for (std::thread& caller : callers) caller.join();
  // One ran and one waited while the others came; with slow threads one more finds a free place.
  EXPECT_GE(refused, 1);
  EXPECT_GE(costly, 2);
  EXPECT_EQ(Read("abc"), "abc") << "every slot was given back";
}

TEST_F(DocumentsTest, AnOldFormatGoesThroughTheConverterAndKeepsItsName) {
  options_.convert = [](absl::string_view bytes, document::Media media) -> absl::StatusOr<std::string> {
    EXPECT_EQ(media, document::MEDIA_XLS);
    if (absl::StrContains(bytes, "broken"))
      return Refused("DOCUMENT_DAMAGED", "the converter gave up", media);
    return absl::StrCat("new form of ", bytes);
  };
  const auto read = documents().Read("OLD workbook");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ((*read)->text(), "new form of OLD workbook");
  EXPECT_EQ((*read)->media(), document::MEDIA_XLS);
  EXPECT_EQ((*read)->sha256(), HexSha256("OLD workbook"));
  EXPECT_EQ(Read("OLD broken"), "DOCUMENT_DAMAGED");
}

TEST_F(DocumentsTest, OnlyAnOldFormatIsConverted) {
  int asked = 0;
  options_.convert = [&](absl::string_view, document::Media) -> absl::StatusOr<std::string> {
    ++asked;
    return std::string("converted");
  };
  EXPECT_EQ(Read("REFUSE ENCRYPTED"), "ENCRYPTED");
  EXPECT_EQ(Read("plain"), "plain");
  EXPECT_EQ(asked, 0);
}

TEST_F(DocumentsTest, AnAnswerWithoutAResultIsNone) {
  EXPECT_EQ(Read("EMPTY"), "READER_FAILED");
  EXPECT_THAT(log(), ElementsAre(HasSubstr("no result")));
}

TEST_F(DocumentsTest, WithoutAConverterAnOldFormatIsRefused) {
  EXPECT_EQ(Read("OLD workbook"), "FORMAT_NEEDS_CONVERTER");
}

TEST_F(DocumentsTest, ManyThreadsAtATimeEachGetTheirOwn) {
  options_.waiting = 100;
  documents();
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([this, i] {
      for (int j = 0; j < 10; ++j) {
        const std::string bytes = absl::StrCat("text ", i, "-", j, std::string(100'000, 'x'));
        EXPECT_EQ(Read(bytes), bytes);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace attain::documents
