#include "service/state/entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/match.h"
#include "attain/storage/v1/part.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "storage/entry_parts.h"

namespace attain::engine {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kSalt(storage::kSaltBytes, 's');

storage::JournalRecord RecordOf(std::string payload, storage::EntryForm form = storage::EntryForm::kParts) {
  storage::JournalRecord record;
  record.revision = 9;
  record.time = absl::FromUnixMicros(1'700'000'000'000'001);
  record.form = form;
  record.payload = std::move(payload);
  return record;
}

disk::EntryPayload Sample() {
  disk::EntryPayload payload;
  payload.set_time_us(1'700'000'000'000'001);
  payload.set_actor("lead");
  payload.set_cause("BatchRecordActuals");
  payload.set_request_key("key");
  payload.mutable_request()->set_fingerprint("print");
  payload.mutable_request()->set_response("answer");
  disk::ActualRecorded* const report = payload.add_events()->mutable_actual_recorded();
  report->set_table("units/u/tables/t");
  report->mutable_actual()->set_actor("lead");
  report->mutable_actual()->set_number("3");
  disk::SpendingRecorded* const spending = payload.add_events()->mutable_spending_recorded();
  spending->set_table("units/u/tables/t");
  spending->mutable_spending()->set_spent("12");
  return payload;
}

const std::vector<ThreadStep> kSteps = {{"units/u/tables/t", 7, {0, 1}}};

std::vector<int> KindsOf(const std::string& payload) {
  std::vector<int> kinds;
  EXPECT_TRUE(storage::ForEachPart(payload, [&](uint8_t kind, absl::string_view) {
    kinds.push_back(kind);
    return true;
  }));
  return kinds;
}

TEST(EntryTest, AnEntryComesBackFromItsParts) {
  const std::string bytes = EncodeEntry(Sample(), kSteps, kSalt);
  const auto back = ReadEntry(RecordOf(bytes));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*back, Sample())) << back->DebugString();
  EXPECT_EQ(storage::SaltOf(bytes), kSalt);
}

// proto/attain/storage/v1/part.proto: part 1 + 2i has the facts of event i, the next one its texts.
TEST(EntryTest, PartsStandInTheirOrderAndEmptyTextsHaveTheirPlace) {
  const std::string bytes = EncodeEntry(Sample(), kSteps, kSalt);
  EXPECT_THAT(KindsOf(bytes), ElementsAre(1, 2, 3, 2, 3, 4, 5));
  disk::EntryPayload plain = Sample();
  plain.clear_request();
  EXPECT_THAT(KindsOf(EncodeEntry(plain, {}, kSalt)), ElementsAre(1, 2, 3, 2, 3, 4));
}

TEST(EntryTest, FactsSayNeitherWhoNorWhy) {
  bool named = false;
  ASSERT_TRUE(
      storage::ForEachPart(EncodeEntry(Sample(), kSteps, kSalt), [&](uint8_t kind, absl::string_view data) {
        named = named || ((kind == disk::PART_KIND_FACTS || kind == disk::PART_KIND_HEAD) &&
                          absl::StrContains(data, "lead"));
        return true;
      }));
  EXPECT_FALSE(named);
}

TEST(EntryTest, AnEntryThatWasWrittenWholeIsRead) {
  const auto back = ReadEntry(RecordOf(Sample().SerializeAsString(), storage::EntryForm::kWhole));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*back, Sample()));
}

TEST(EntryTest, WhatDoesNotParseIsDamage) {
  const std::string sound = EncodeEntry(Sample(), kSteps, kSalt);
  storage::PartsWriter unknown(kSalt), orphan(kSalt), garbled(kSalt);
  unknown.Add(9, "x");
  orphan.Add(disk::PART_KIND_TEXTS, "");
  garbled.Add(disk::PART_KIND_WHO, "\xff");
  for (const std::string& bytes :
       {std::string(), sound.substr(0, sound.size() - 1), std::move(unknown).Take(), std::move(orphan).Take(),
        std::move(garbled).Take()}) {
    const auto back = ReadEntry(RecordOf(bytes));
    ASSERT_EQ(back.status().code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(back.status().message()), HasSubstr("revision 9"));
  }
  EXPECT_EQ(ReadEntry(RecordOf("\xff", storage::EntryForm::kWhole)).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(EntryTest, StepsMustBeThoseOfTheEvents) {
  const storage::JournalRecord record = RecordOf(EncodeEntry(Sample(), kSteps, kSalt));
  EXPECT_TRUE(CheckSteps(record, kSteps).ok());
  const std::vector<std::vector<ThreadStep>> others = {{},
                                                       {{"units/u/tables/t", 6, {0, 1}}},
                                                       {{"units/u/tables/t", 7, {0}}},
                                                       {{"units/u/tables/x", 7, {0, 1}}},
                                                       {kSteps[0], {"units/u/tables/x", 1, {0}}}};
  for (const std::vector<ThreadStep>& steps : others)
    EXPECT_EQ(CheckSteps(record, steps).code(), absl::StatusCode::kDataLoss) << steps.size();
  const storage::JournalRecord of_no_table = RecordOf(EncodeEntry(Sample(), {}, kSalt));
  EXPECT_TRUE(CheckSteps(of_no_table, {}).ok());
  EXPECT_FALSE(CheckSteps(of_no_table, kSteps).ok());
  EXPECT_TRUE(CheckSteps(RecordOf("", storage::EntryForm::kWhole), kSteps).ok());
}

}  // namespace
}  // namespace attain::engine
