// Damage of a backup, by accident and on purpose, and what a key hides.
#include <sys/stat.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "storage/backup/chunk_cipher.h"
#include "storage/backup/stored_file.h"
#include "tests/unit/storage/backup_fixture.h"

namespace attain::storage {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;
using ::testing::Not;

class BackupDamageTest : public BackupTest {
 protected:
  // Every restore and verification must tell it.
  void ExpectRefused(const Backups& backups, const std::string& what) {
    EXPECT_EQ(backups.Verify(1, nullptr).status().code(), StatusCode::kDataLoss) << what;
    EXPECT_EQ(backups.Restore(To("copy", 1)).status().code(), StatusCode::kDataLoss) << what;
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy")) << what;
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy.restoring")) << what;
  }
};

TEST_F(BackupDamageTest, AChangedByteInAnyFileIsTold) {
  Fill(store_.get(), 60, 10'000);
  for (const auto& key : {std::optional<BackupKey>(), std::optional<BackupKey>(Key('a'))}) {
    Make(With(key));
    ASSERT_GT(Files().size(), 5u);
    for (const std::string& file : Files()) {
      const std::string whole = testing::ReadFileOrDie(file);
      for (const size_t at : {size_t{0}, whole.size() / 3, whole.size() / 2, whole.size() - 1}) {
        if (whole.empty()) continue;
        Flip(file, at);
        ExpectRefused(With(key), absl::StrCat(file, " byte ", at));
        testing::WriteFileOrDie(file, whole);
      }
      for (const std::string& other : {whole.substr(0, whole.size() / 2), whole + "x", std::string()}) {
        if (other == whole) continue;
        testing::WriteFileOrDie(file, other);
        ExpectRefused(With(key), absl::StrCat(file, " with ", other.size(), " bytes"));
      }
      std::filesystem::remove(file);
      EXPECT_FALSE(With(key).Verify(1, nullptr).ok()) << file << " is gone";
      testing::WriteFileOrDie(file, whole);
    }
    EXPECT_TRUE(With(key).Verify(1, nullptr).ok());
    std::filesystem::remove_all(backups_);
  }
}

TEST_F(BackupDamageTest, EveryByteOfTheListCounts) {
  Fill(store_.get(), 3);
  Make(With());
  const size_t size = std::filesystem::file_size(ListOf(1));
  for (size_t at = 0; at < size; ++at) {
    Flip(ListOf(1), at);
    EXPECT_EQ(With().Verify(1, nullptr).status().code(), StatusCode::kDataLoss) << at;
    Flip(ListOf(1), at);
  }
  std::filesystem::rename(ListOf(1), ListOf(2));
  EXPECT_EQ(With().Verify(2, nullptr).status().code(), StatusCode::kDataLoss) << "under another number";
}

TEST_F(BackupDamageTest, AKeyHidesWhatTheStoreHolds) {
  Fill(store_.get(), 100, 200);
  const auto found = [this](const std::string& text) {
    size_t times = 0;
    for (const std::string& file : Files())
      times += testing::ReadFileOrDie(file).find(text) != std::string::npos;
    return times;
  };
  const std::string key = KeyBuilder(7).Text("key").Build();
  Make(With());
  EXPECT_GT(found(kPlainValue), 0u) << "the search does find it in a plain backup";
  EXPECT_GT(found("payload "), 0u);
  EXPECT_GT(found("rocksdb"), 0u);
  std::filesystem::remove_all(backups_);
  Make(With(Key('a')));
  for (const std::string& text : {std::string(kPlainValue), std::string("payload "), std::string("request "),
                                  key, std::string("rocksdb")}) {
    EXPECT_EQ(found(text), 0u) << text;
  }
  const std::unique_ptr<Store> restored =
      (With(Key('a')).Restore(To("copy")).ok(), OpenAt(scratch_ / "copy"));
  EXPECT_EQ(*restored->ContentDigest(), *store_->ContentDigest());
}

TEST_F(BackupDamageTest, TheSameFilesUnderAnotherKeyShareNoByte) {
  Fill(store_.get(), 50, 5000);
  Make(With(Key('a')));
  const std::vector<std::string> first = Files();
  Make(With(Key('b')), 2);
  EXPECT_GE(Files().size(), 2 * first.size());
  EXPECT_TRUE(With(Key('a')).Verify(1, nullptr).ok());
  EXPECT_TRUE(With(Key('b')).Verify(2, nullptr).ok());
  // Nor do two backups with one key.
  testing::ScratchDirectory other;
  ASSERT_TRUE(Backups({other / "b", Key('a')}).Create(store_.get(), Now()).ok());
  for (const std::string& file : first) {
    const std::string twin =
        absl::StrCat(other / "b/files/", std::filesystem::path(file).filename().string());
    if (!std::filesystem::exists(twin)) continue;
    EXPECT_NE(testing::ReadFileOrDie(twin).substr(8), testing::ReadFileOrDie(file).substr(8))
        << "another salt";
  }
}

TEST_F(BackupDamageTest, AWrongKeyIsToldAsSuchBeforeAnythingIsWritten) {
  Fill(store_.get(), 10);
  Make(With(Key('a')));
  Make(With(), 2);
  const std::tuple<uint32_t, std::optional<BackupKey>, std::string> cases[] = {
      {1, Key('b'),
       absl::StrCat("was made with the key ", Key('a').id(), "; the file holds the key ", Key('b').id())},
      {1, std::nullopt, "is encrypted; give the file of the key"},
      {2, Key('a'), "is not encrypted"}};
  for (const auto& [id, key, words] : cases) {
    for (const absl::Status& refused :
         {With(key).Verify(id, nullptr).status(), With(key).Restore(To("copy", id)).status()}) {
      EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
      EXPECT_THAT(std::string(refused.message()), HasSubstr(words));
    }
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy.restoring"));
  }
  EXPECT_NE(Key('a').id(), Key('b').id());
}

// The check at the end anew, as somebody would who changed the lines above it.
std::string Rechecked(const std::string& text) {
  const std::string lines = text.substr(0, text.rfind("check "));
  Sha256 sha;
  sha.Add(lines);
  return absl::StrCat(lines, "check ", absl::BytesToHexString(View(sha.Finish())), "\n");
}

TEST_F(BackupDamageTest, ALieInTheListIsToldWhereThereIsAKey) {
  Fill(store_.get(), 10);
  Make(With(Key('a')));
  const std::string honest = testing::ReadFileOrDie(ListOf(1));
  ASSERT_EQ(Rechecked(honest), honest);
  for (const auto& [from, to] :
       {std::make_pair("revision 10\n", "revision 11\n"), std::make_pair("epoch 1\n", "epoch 2\n"),
        std::make_pair("schema 3\n", "schema 1\n")}) {
    const std::string lie = Rechecked(absl::StrReplaceAll(honest, {{from, to}}));
    ASSERT_NE(lie, honest) << from;
    testing::WriteFileOrDie(ListOf(1), lie);
    const absl::Status told = With(Key('a')).Verify(1, nullptr).status();
    EXPECT_EQ(told.code(), StatusCode::kDataLoss) << from;
    EXPECT_THAT(std::string(told.message()), HasSubstr("changed by somebody who does not have its key"));
  }
  testing::WriteFileOrDie(ListOf(1), honest);
  EXPECT_TRUE(With(Key('a')).Verify(1, nullptr).ok());
}

TEST_F(BackupDamageTest, AListCannotLeadOutOfTheDirectory) {
  Fill(store_.get(), 10);
  Make(With());
  const std::string honest = testing::ReadFileOrDie(ListOf(1));
  for (const char* name : {"../CURRENT", ".CURRENT", "/etc/CURRENT", "a/CURRENT"}) {
    testing::WriteFileOrDie(ListOf(1), Rechecked(absl::StrReplaceAll(
                                           honest, {{"file CURRENT ", absl::StrCat("file ", name, " ")}})));
    EXPECT_EQ(With().Restore(To("copy", 1)).status().code(), StatusCode::kDataLoss) << name;
  }
  // Without a key a list may be rewritten, but the store must be what it says.
  testing::WriteFileOrDie(ListOf(1),
                          Rechecked(absl::StrReplaceAll(honest, {{"revision 10\n", "revision 9\n"}})));
  const absl::Status other = With().Restore(To("copy", 1)).status();
  EXPECT_EQ(other.code(), StatusCode::kDataLoss);
  EXPECT_THAT(std::string(other.message()), HasSubstr("says revision 9"));
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy"));
}

class BackupPartsTest : public BackupTest {};

TEST_F(BackupPartsTest, KeyFiles) {
  const std::string path = scratch_ / "key";
  const auto read = [&](const std::string& text) {
    testing::WriteFileOrDie(path, text);
    chmod(path.c_str(), 0600);
    return ReadKeyFile(path);
  };
  const std::string raw = "0123456789abcdef0123456789ABCDEF", hex = absl::BytesToHexString(raw);
  const std::string id = BackupKey(raw).id();
  EXPECT_EQ(id.size(), 16u);
  for (const std::string& good :
       {raw, hex, hex + "\n", hex + "\r\n", absl::StrReplaceAll(hex, {{"a", "A"}})}) {
    const absl::StatusOr<KeyFile> file = read(good);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_EQ(file->key.id(), id);
    EXPECT_EQ(file->warning, "");
  }
  for (const std::string& bad :
       {std::string(), raw.substr(1), raw + "x", hex.substr(1), hex + "0", hex + "\n\n", std::string(64, 'g'),
        std::string(32, '\0'), std::string(64, '0')}) {
    const absl::Status refused = read(bad).status();
    EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument) << bad.size();
    EXPECT_THAT(std::string(refused.message()), HasSubstr("openssl rand -hex 32"));
    EXPECT_THAT(std::string(refused.message()), Not(HasSubstr("0123")));
  }
  EXPECT_EQ(ReadKeyFile(scratch_ / "none").status().code(), StatusCode::kInvalidArgument);
  ASSERT_TRUE(read(hex).ok());
  for (const mode_t open : {0640, 0604, 0620}) {
    chmod(path.c_str(), open);
    EXPECT_THAT(ReadKeyFile(path)->warning, HasSubstr("chmod 600"));
  }
}

TEST_F(BackupPartsTest, FilesOfAnySizeComeBack) {
  const BackupKey key = Key('a');
  for (const BackupKey* used : {static_cast<const BackupKey*>(nullptr), &key}) {
    for (const size_t size :
         {size_t{0}, size_t{1}, kChunkBytes - 1, kChunkBytes, kChunkBytes + 1, 3 * kChunkBytes}) {
      const std::string content(size, 'x');
      testing::WriteFileOrDie(scratch_ / "in", content);
      Meter meter(nullptr, 0);
      const std::string name = *NameOf(scratch_ / "in", used, &meter);
      ASSERT_TRUE(WriteStored(scratch_ / "in", scratch_ / "out", name, used).ok());
      EXPECT_EQ(std::filesystem::file_size(scratch_ / "out"), StoredBytes(size, used != nullptr));
      std::string back;
      const absl::Status read = ReadStored(
          scratch_ / "out", name, size, used,
          [&](absl::string_view part) {
            back.append(part.data(), part.size());
            return absl::OkStatus();
          },
          &meter);
      EXPECT_TRUE(read.ok()) << read;
      EXPECT_EQ(back, content);
      EXPECT_EQ(ReadStored(scratch_ / "out", std::string(64, '0'), size, used, nullptr, &meter).code(),
                StatusCode::kDataLoss);
      EXPECT_EQ(WriteStored(scratch_ / "in", scratch_ / "out", std::string(64, '0'), used).code(),
                StatusCode::kDataLoss)
          << "it is not what was looked at";
      EXPECT_FALSE(std::filesystem::exists(scratch_ / "out"));
    }
  }
}

TEST_F(BackupPartsTest, PartsOfAnEncryptedFileHaveTheirPlace) {
  ChunkCipher cipher(std::string(32, 'k')), other(std::string(32, 'l'));
  const std::string sealed = cipher.Seal(3, false, "text");
  std::string plain;
  EXPECT_TRUE(cipher.Open(3, false, sealed, &plain));
  EXPECT_EQ(plain, "text");
  EXPECT_FALSE(cipher.Open(4, false, sealed, &plain));
  EXPECT_FALSE(cipher.Open(3, true, sealed, &plain));
  EXPECT_FALSE(other.Open(3, false, sealed, &plain));
  EXPECT_FALSE(cipher.Open(3, false, sealed.substr(1), &plain));
  EXPECT_FALSE(cipher.Open(3, false, "", &plain));
  EXPECT_NE(cipher.Seal(4, false, "text"), sealed);
  EXPECT_NE(*NewSalt(), *NewSalt());
}

}  // namespace
}  // namespace attain::storage
