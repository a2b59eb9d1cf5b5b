// What the applier sees while a journal is replayed against a store, and what the listener hears.
#include "service/verify/checking_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A store of a few keys, each with one version, that remembers what it was asked.
class FewReads : public storage::PastReads {
 public:
  std::map<std::string, storage::Versioned> values;
  std::vector<std::string> asked;

  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key,
                                                        storage::Revision at) override {
    asked.push_back(absl::StrCat(key, "@", at));
    const auto it = values.find(std::string(key));
    if (it == values.end() || it->second.revision > at) return std::optional<storage::Versioned>();
    return std::optional<storage::Versioned>(it->second);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end, storage::Revision at,
                    const storage::ScanVisitor& visitor) override {
    for (const auto& [key, value] : values) {
      const bool inside = key >= begin && (end.empty() || key < end) && value.revision <= at;
      if (inside && !visitor(key, value.revision, value.value)) break;
    }
    return absl::OkStatus();
  }
};

class Heard : public WritesListener {
 public:
  std::vector<std::string> lines;
  void Wrote(const storage::StoredVersion& version) override {
    lines.push_back(
        absl::StrCat(version.key, "@", version.revision, version.live ? "=" : " erased", version.value));
  }
  void WroteOnce(absl::string_view key, absl::string_view value) override {
    lines.push_back(absl::StrCat("once ", key, "=", value));
  }
};

class CheckingGroupTest : public ::testing::Test {
 protected:
  void Doubt(const std::string& key) { doubts_.Add({RecordSums::BucketOf(key)}); }
  std::string Get(const std::string& key) {
    const auto found = group_.Get(key);
    EXPECT_TRUE(found.ok());
    return found->has_value() ? absl::StrCat((*found)->value, "@", (*found)->revision) : "none";
  }
  std::vector<std::string> Scan(const std::string& begin, const std::string& end, size_t most = 99) {
    std::vector<std::string> found;
    EXPECT_TRUE(group_
                    .Scan(begin, end,
                          [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
                            found.push_back(absl::StrCat(key, "=", value, "@", revision));
                            return found.size() < most;
                          })
                    .ok());
    return found;
  }
  void Finish() { group_.FinishEntry("", absl::UnixEpoch(), storage::EntryForm::kParts); }

  FewReads reads_;
  Doubts doubts_;
  Heard heard_;
  CheckingGroup group_{&reads_, &doubts_, &heard_};
};

TEST_F(CheckingGroupTest, ReadsTheStoreAtTheRevisionBefore) {
  reads_.values = {{"a", {4, "old"}}, {"b", {5, "own"}}};
  group_.SkipTo(5);
  EXPECT_EQ(group_.StartEntry(), 5u);
  EXPECT_EQ(Get("a"), "old@4");
  EXPECT_EQ(Get("b"), "none") << "this entry wrote it";
  EXPECT_THAT(reads_.asked, ElementsAre("a@4", "b@4"));
  Finish();
  EXPECT_EQ(group_.StartEntry(), 6u);
  EXPECT_EQ(group_.size(), 1u);
}

TEST_F(CheckingGroupTest, ReadsWhatTheEntryWroteItself) {
  reads_.values = {{"a", {1, "old"}}};
  group_.SkipTo(5);
  group_.StartEntry();
  group_.Put("a", "new");
  EXPECT_EQ(Get("a"), "new@5");
  group_.Erase("a");
  EXPECT_EQ(Get("a"), "none");
  EXPECT_THAT(Scan("", ""), IsEmpty());
  group_.CancelEntry();
  EXPECT_THAT(heard_.lines, IsEmpty());
  EXPECT_EQ(Get("a"), "old@1");
}

TEST_F(CheckingGroupTest, TheLastWriteOfAKeyIsHeardInKeyOrder) {
  group_.SkipTo(5);
  group_.StartEntry();
  group_.Put("b", "1");
  group_.Put("a", "2");
  group_.Put("b", "3");
  group_.Put("c", "4");
  group_.Erase("c");
  group_.PutOnce("r", "5");
  EXPECT_THAT(heard_.lines, IsEmpty()) << "not before its end";
  Finish();
  EXPECT_THAT(heard_.lines, ElementsAre("a@5=2", "b@5=3", "c@5 erased", "once r=5"));
  heard_.lines.clear();
  group_.StartEntry();
  Finish();
  EXPECT_THAT(heard_.lines, IsEmpty());
}

TEST_F(CheckingGroupTest, AskedAgainItRemembersAndLearnsOfWrites) {
  reads_.values = {{"a", {1, "old"}}};
  group_.SkipTo(5);
  group_.StartEntry();
  EXPECT_EQ(Get("a"), "old@1");
  EXPECT_EQ(Get("a"), "old@1");
  EXPECT_THAT(reads_.asked, ElementsAre("a@4"));
  group_.Put("a", "new");
  Finish();
  group_.StartEntry();
  EXPECT_EQ(Get("a"), "new@5");
  group_.Erase("a");
  Finish();
  group_.StartEntry();
  EXPECT_EQ(Get("a"), "none");
  EXPECT_THAT(reads_.asked, ElementsAre("a@4"));
}

TEST_F(CheckingGroupTest, OfDoubtedKeysTheStoreIsNotAsked) {
  reads_.values = {{"a", {1, "forged"}}, {"b", {1, "sound"}}, {"c", {1, "forged"}}};
  Doubt("a");
  Doubt("c");
  group_.SkipTo(5);
  group_.StartEntry();
  EXPECT_EQ(Get("a"), "none");
  EXPECT_THAT(Scan("a", ""), ElementsAre("b=sound@1"));
  group_.Put("a", "true");
  group_.Put("c", "gone");
  Finish();
  EXPECT_EQ(group_.kept_bytes(), 10u);
  group_.StartEntry();
  group_.Erase("c");
  Finish();
  EXPECT_EQ(group_.kept_bytes(), 6u);
  group_.StartEntry();
  EXPECT_EQ(Get("a"), "true@5");
  EXPECT_EQ(Get("c"), "none");
  EXPECT_THAT(Scan("", ""), ElementsAre("a=true@5", "b=sound@1"));
  EXPECT_THAT(reads_.asked, IsEmpty());
}

TEST_F(CheckingGroupTest, ScansMergeInKeyOrderWithinTheirBounds) {
  reads_.values = {{"b", {1, "1"}}, {"d", {1, "1"}}, {"f", {1, "1"}}};
  group_.SkipTo(5);
  group_.StartEntry();
  for (const char* key : {"a", "c", "d", "e", "g"}) group_.Put(key, "2");
  EXPECT_THAT(Scan("", ""), ElementsAre("a=2@5", "b=1@1", "c=2@5", "d=2@5", "e=2@5", "f=1@1", "g=2@5"));
  EXPECT_THAT(Scan("b", "e"), ElementsAre("b=1@1", "c=2@5", "d=2@5"));
  EXPECT_THAT(Scan("e", "b"), IsEmpty());
  EXPECT_THAT(Scan("", "", 1), ElementsAre("a=2@5"));
  EXPECT_THAT(Scan("", "", 2), ElementsAre("a=2@5", "b=1@1"));
  EXPECT_THAT(Scan("", "", 4), ElementsAre("a=2@5", "b=1@1", "c=2@5", "d=2@5"));
  EXPECT_THAT(Scan("g", "", 1), ElementsAre("g=2@5"));
}

}  // namespace
}  // namespace attain::engine
