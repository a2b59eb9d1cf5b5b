// A store on the real disk, offline: single bits that flip in its files, and what is not changed by looking.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/verify/offline.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/verify/verify_fixture.h"

namespace attain::engine {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;
namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::map<std::string, std::string> ReadAll(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    files[entry.path().filename()] =
        absl::StrCat(ReadFile(entry.path()), "@", entry.last_write_time().time_since_epoch().count());
  }
  return files;
}

class FilesTest : public VerifyFixture {
 protected:
  FilesTest() {
    CloseStore();
    options_.directory = scratch_.path() / "data";
  }

  // A store of several tables of each family, and a log. `checksums`: of whole files, as since schema 3.
  void Make(bool checksums = true) {
    workspace_.Clear();
    store_ = *storage::OpenRocksStore(options_);
    Fill(2);
    CloseStore();
    for (int part = 0; part < 2; ++part) {
      rocksdb::DBOptions db = storage::DatabaseOptions(options_, std::make_shared<storage::Failure>());
      if (!checksums) db.file_checksum_gen_factory = nullptr;
      auto families = storage::FamilyOptions(options_);
      for (auto& family : families) family.options.disable_auto_compactions = true;
      std::vector<rocksdb::ColumnFamilyHandle*> handles;
      rocksdb::DB* opened = nullptr;
      ASSERT_TRUE(rocksdb::DB::Open(db, options_.directory, families, &handles, &opened).ok());
      {
        const storage::Database raw(std::unique_ptr<rocksdb::DB>(opened), handles);
        ASSERT_TRUE(raw.db()->Flush({}, raw.families()).ok());
      }
      store_ = *storage::OpenRocksStore(options_);
      if (part == 0) RecordReport("latest", "77");
      CloseStore();
    }
    store_ = *storage::OpenRocksStore(options_);
    RecordReport("latest", "78");
    CloseStore();
  }

  int Offline(std::string* said, const std::string& locale = "en") {
    std::ostringstream out;
    OfflineOptions offline;
    offline.locale = locale;
    const int code = VerifyOffline(storage::OpenInspection(options_), offline, out);
    *said = out.str();
    return code;
  }

  std::vector<fs::path> Files(absl::string_view part) const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(options_.directory)) {
      if (absl::StrContains(entry.path().filename().string(), part)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // Flips so many bits of these files, one at a time; each must be reported.
  void ExpectEachFlipFound(const std::vector<fs::path>& files, int flips) {
    std::mt19937_64 random(60);
    std::map<fs::path, int> tried;
    for (int i = 0; i < flips; ++i) {
      const fs::path& path = files[random() % files.size()];
      const std::string sound = ReadFile(path);
      std::string flipped = sound;
      const size_t at = random() % sound.size();
      flipped[at] = static_cast<char>(flipped[at] ^ 1 << random() % 8);
      WriteFile(path, flipped);
      std::string said;
      EXPECT_EQ(Offline(&said), kStoreHasFindings) << path << " byte " << at << " of " << sound.size();
      WriteFile(path, sound);
      ++tried[path];
    }
    EXPECT_THAT(tried, SizeIs(std::min<size_t>(files.size(), flips))) << "each file had its turn";
    std::string said;
    EXPECT_EQ(Offline(&said), kStoreIsSound) << said;
  }

  const storage::ScratchDirectory scratch_;
  storage::RocksStoreOptions options_;
};

TEST_F(FilesTest, ASoundStoreIsSoundAndNotChanged) {
  Make();
  const auto before = ReadAll(options_.directory);
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreIsSound);
  EXPECT_THAT(said, StartsWith("sound: verified up to revision "));
  EXPECT_EQ(Offline(&said, "zh-CN"), kStoreIsSound);
  EXPECT_THAT(said, StartsWith("完好：已核对至第 "));
  EXPECT_EQ(ReadAll(options_.directory), before);
}

TEST_F(FilesTest, SixtyOfSixtyFlippedBitsOfTablesAreFound) {
  Make();
  const std::vector<fs::path> tables = Files(".sst");
  ASSERT_GE(tables.size(), 5u);
  ExpectEachFlipFound(tables, 60);
}

// Tables of stores that are older than the checksums of whole files: their blocks have checksums of their
// own, and the form of the footer leaves no bit free.
TEST_F(FilesTest, SixtyOfSixtyInTablesWithoutAChecksumOfTheFileAreFound) {
  Make(/*checksums=*/false);
  ExpectEachFlipFound(Files(".sst"), 60);
}

TEST_F(FilesTest, EveryBitOfAFooterCounts) {
  for (const bool checksums : {true, false}) {
    fs::remove_all(options_.directory);
    fs::remove(options_.directory + ".head-mark");
    Make(checksums);
    const fs::path path = Files(".sst").front();
    const std::string sound = ReadFile(path);
    for (size_t bit = 0; bit < 53 * 8; bit += 5) {
      std::string flipped = sound;
      char& byte = flipped[sound.size() - 1 - bit / 8];
      byte = static_cast<char>(byte ^ 1 << bit % 8);
      WriteFile(path, flipped);
      std::string said;
      EXPECT_EQ(Offline(&said), kStoreHasFindings) << "bit " << bit << " from the end, " << checksums;
    }
    WriteFile(path, sound);
  }
}

TEST_F(FilesTest, FlippedBitsOfTheManifestAndItsNameAreFoundOrRefused) {
  Make();
  ExpectEachFlipFound(Files("MANIFEST-"), 25);
  std::string said;
  const fs::path current = fs::path(options_.directory) / "CURRENT";
  const std::string sound = ReadFile(current);
  for (size_t at = 0; at < sound.size(); ++at) {
    std::string flipped = sound;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    WriteFile(current, flipped);
    EXPECT_NE(Offline(&said), kStoreIsSound) << at;
  }
}

// But for the last record, which a power cut may have torn; what RocksDB would take for the end of the log is
// told here.
TEST_F(FilesTest, FlippedBitsOfTheLogAreFound) {
  Make();
  const std::vector<fs::path> logs = Files(".log");
  const auto with_bytes =
      std::find_if(logs.begin(), logs.end(), [](const fs::path& log) { return fs::file_size(log) > 0; });
  ASSERT_NE(with_bytes, logs.end());
  const std::string sound = ReadFile(*with_bytes);
  std::string said;
  for (const size_t at : {size_t{8}, sound.size() / 2, sound.size() - 1}) {
    std::string flipped = sound;
    flipped[at] = static_cast<char>(flipped[at] ^ 16);
    WriteFile(*with_bytes, flipped);
    EXPECT_EQ(Offline(&said), kStoreHasFindings) << at;
  }
  WriteFile(*with_bytes, sound);
  EXPECT_EQ(Offline(&said), kStoreIsSound) << said;
}

// Offline RocksDB refuses to open such a store, and not always with the table's name.
TEST_F(FilesTest, ATableThatIsGoneShortOrLongIsFound) {
  Make();
  const fs::path path = Files(".sst").front();
  const std::string sound = ReadFile(path);
  const auto expect = [&](const std::string& what) {
    std::string said;
    EXPECT_EQ(Offline(&said), kStoreHasFindings) << what;
  };
  WriteFile(path, sound + "x");
  expect("long");
  WriteFile(path, sound.substr(0, sound.size() - 1));
  expect("short");
  fs::remove(path);
  expect("gone");
}

TEST_F(FilesTest, ATableThatIsGoneShortOrLongIsNamedWhileItsStoreIsOpen) {
  Make();
  store_ = *storage::OpenRocksStore(options_);
  const fs::path path = Files(".sst").front();
  const std::string sound = ReadFile(path), name = path.filename().string();
  const std::set<VerifyPart> files = {VerifyPart::kFiles};
  WriteFile(path, sound + "x");
  EXPECT_THAT(Verify(files), ElementsAre(absl::StrCat(name, ": has ", sound.size() + 1, " bytes; ",
                                                      sound.size(), " were written")));
  WriteFile(path, sound.substr(0, sound.size() - 1));
  EXPECT_THAT(Verify(files), ElementsAre(absl::StrCat(name, ": has ", sound.size() - 1, " bytes; ",
                                                      sound.size(), " were written")));
  fs::remove(path);
  EXPECT_THAT(Verify(files), ElementsAre(StartsWith(absl::StrCat(name, ": is missing: "))));
}

TEST_F(FilesTest, TheManifestItsNameAndTheLogAreCheckedWhileTheStoreIsOpen) {
  Make();
  store_ = *storage::OpenRocksStore(options_);
  RecordReport("latest", "80");
  RecordReport("latest", "81");
  const std::set<VerifyPart> files = {VerifyPart::kFiles};
  EXPECT_THAT(Verify(files), SizeIs(0));
  const auto flip = [](const fs::path& path, size_t at) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
  };
  const fs::path manifest = Files("MANIFEST-").back(), log = Files(".log").back();
  for (const auto& [path, at] : {std::pair(manifest, size_t{20}), std::pair(log, size_t{20}),
                                 std::pair(fs::path(options_.directory) / "CURRENT", size_t{10})}) {
    flip(path, at);
    EXPECT_THAT(Verify(files), ElementsAre(StartsWith(path.filename().string())));
    flip(path, at);
  }
  EXPECT_THAT(Verify(files), SizeIs(0));
}

// The server goes on while its files are read.
TEST_F(FilesTest, AFlipIsFoundInAStoreThatIsOpen) {
  Make();
  store_ = *storage::OpenRocksStore(options_);
  EXPECT_THAT(Verify(), SizeIs(0));
  const fs::path path = Files(".sst").front();
  std::string bytes = ReadFile(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 2);
  WriteFile(path, bytes);
  EXPECT_THAT(Verify({VerifyPart::kFiles}),
              ::testing::ElementsAre(
                  StartsWith(absl::StrCat(path.filename().string(), ": was changed after it was written"))));
}

TEST_F(FilesTest, WhatCannotBeReadIsNotCalledDamaged) {
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreCannotBeRead);
  EXPECT_THAT(said, HasSubstr("there is no store in "));
  EXPECT_FALSE(fs::exists(options_.directory)) << "looking makes nothing";
  EXPECT_EQ(Offline(&said, "zh-CN"), kStoreCannotBeRead);
  EXPECT_THAT(said, StartsWith("无法核对："));
  Make();
  options_.schema_version = 1;
  EXPECT_EQ(Offline(&said), kStoreCannotBeRead);
  EXPECT_THAT(said, HasSubstr("written by a newer Attain"));
  options_.directory.clear();
  EXPECT_EQ(Offline(&said), kStoreCannotBeRead);
}

TEST_F(FilesTest, AStoreIsVerifiedOrServedNotBoth) {
  Make();
  store_ = *storage::OpenRocksStore(options_);
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreCannotBeRead);
  EXPECT_THAT(said, HasSubstr("is in use by another attaind"));
  CloseStore();
  const auto inspection = storage::OpenInspection(options_);
  ASSERT_TRUE(inspection.ok()) << inspection.status();
  EXPECT_EQ(storage::OpenRocksStore(options_).status().code(), absl::StatusCode::kFailedPrecondition);
}

// The journal's end, cut off with all that follows from it, looks like a store of yesterday.
TEST_F(FilesTest, AnOlderCopyThatWasPutBackIsDamage) {
  Make();
  const fs::path copy = scratch_.path() / "copy";
  fs::copy(options_.directory, copy, fs::copy_options::recursive);
  store_ = *storage::OpenRocksStore(options_);
  RecordReport("latest", "79");
  CloseStore();
  fs::remove_all(options_.directory);
  fs::rename(copy, options_.directory);
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreHasFindings);
  EXPECT_THAT(said, AllOf(HasSubstr("the store is damaged and cannot be opened"), HasSubstr("acknowledged")));
}

TEST_F(FilesTest, FindingsAreListedAndSummedUp) {
  Make();
  {
    const auto raw = storage::OpenRaw(options_);
    ASSERT_TRUE(raw.ok());
    for (int i = 0; i < 120; ++i) {
      ASSERT_TRUE((*raw)->db()->Put({}, (*raw)->family(storage::kOnce), absl::StrCat("x", i), "").ok());
    }
  }
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreHasFindings);
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 101);
  EXPECT_THAT(said, HasSubstr("key 7830: no entry of the journal made it\n"));
  EXPECT_THAT(said, HasSubstr("120 findings, 20 of them not listed: verified up to revision "));
  EXPECT_EQ(Offline(&said, "zh-CN"), kStoreHasFindings);
  EXPECT_THAT(said, HasSubstr("发现 120 处不符，其中 20 处未逐条列出"));
}

TEST_F(FilesTest, ProgressIsOneLineThatIsErasedAtTheEnd) {
  Make();
  std::ostringstream out;
  OfflineOptions offline;
  offline.progress = true;
  EXPECT_EQ(VerifyOffline(storage::OpenInspection(options_), offline, out), kStoreIsSound);
  EXPECT_THAT(out.str(), HasSubstr("journal 100%"));
  EXPECT_THAT(out.str(), HasSubstr("values 100%"));
  EXPECT_THAT(out.str(), HasSubstr("files 100%"));
  EXPECT_THAT(out.str(), HasSubstr("\r\x1b[Ksound: "));
  const std::atomic<bool> cancelled = true;
  offline.cancelled = &cancelled;
  std::ostringstream again;
  EXPECT_EQ(VerifyOffline(storage::OpenInspection(options_), offline, again), kStoreCannotBeRead);
  EXPECT_THAT(again.str(), HasSubstr("the verification was cancelled"));
}

// What an earlier program wrote: entries of the old form, tables without checksums of whole files.
TEST_F(FilesTest, AStoreOfAnEarlierSchemaIsSoundAndStaysOfItsSchema) {
  const std::string command =
      absl::StrCat("tar -xzf '", ATTAIN_SOURCE_DIR, "/tests/data/store/schema-2.tar.gz' -C '",
                   scratch_.path().string(), "'");
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  options_.directory = scratch_.path();
  const auto before = ReadAll(scratch_.path());
  std::string said;
  EXPECT_EQ(Offline(&said), kStoreIsSound) << said;
  EXPECT_EQ(ReadAll(scratch_.path()), before);
}

}  // namespace
}  // namespace attain::engine
