// Who may take which step, and what is said to who may not.
#include "service/access/duties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

Caller By(const std::string& actor) {
  return {actor, "en", ""};
}

// "REASON code key=value", or "may".
std::string Said(const absl::Status& status, const std::string& key = "") {
  if (status.ok()) return "may";
  std::string said = absl::StrCat(v1::ErrorReason_Name(ReasonOf(status)).substr(13), " ",
                                  absl::StatusCodeToString(status.code()));
  google::rpc::ErrorInfo info;
  const google::rpc::Status rpc = ToRpcStatus(status, "en");
  if (!key.empty() && rpc.details(0).UnpackTo(&info))
    absl::StrAppend(&said, " ", key, "=", info.metadata().contains(key) ? info.metadata().at(key) : "none");
  return said;
}

v1::CallRule Rule(bool is_signed, v1::Duty duty = v1::DUTY_UNSPECIFIED) {
  v1::CallRule rule;
  rule.set_signed_(is_signed);
  if (duty != v1::DUTY_UNSPECIFIED) rule.add_duties(duty);
  return rule;
}

TEST(Duties, ASignatureNeedsAName) {
  EXPECT_EQ(Said(MayCall(Rule(true), By("lead"))), "may");
  EXPECT_EQ(Said(MayCall(Rule(false), By(""))), "may");
  EXPECT_EQ(Said(MayCall(Rule(true), By(" "))), "may") << "what a name is the port decides";
  const absl::Status refused = MayCall(Rule(true), By(""));
  EXPECT_EQ(Said(refused, "field"), "ACTOR_REQUIRED INVALID_ARGUMENT field=attain-actor");
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("--actor"));
  EXPECT_THAT(MessageOf(refused, "zh-CN"), HasSubstr("--actor"));
}

TEST(Duties, AnAmendmentIsApprovedByAnother) {
  const v1::CallRule rule = Rule(true, v1::DUTY_NOT_PROPOSER);
  const auto by = [&](const std::string& actor, absl::string_view proposer) {
    return KeepsDuties(rule, By(actor), {.proposer = proposer, .submitter = actor});
  };
  EXPECT_EQ(Said(by("office", "lead")), "may");
  EXPECT_EQ(Said(by("lea", "lead")), "may");
  EXPECT_EQ(Said(by("Lead", "lead")), "may") << "names are compared as they stand";
  const absl::Status same = by("lead", "lead");
  EXPECT_EQ(Said(same, "proposer"), "SAME_PERSON FAILED_PRECONDITION proposer=lead");
  EXPECT_THAT(MessageOf(same, "en"), HasSubstr("Proposed by lead"));
  EXPECT_THAT(MessageOf(same, "zh-CN"), HasSubstr("由 lead 提出"));
  EXPECT_EQ(Said(by("", "")), "SAME_PERSON FAILED_PRECONDITION") << "nobody is not two people";
}

TEST(Duties, WhoSubmittedWithdraws) {
  const v1::CallRule rule = Rule(false, v1::DUTY_SUBMITTER_ONLY);
  const auto by = [&](const std::string& actor, absl::string_view submitter) {
    return KeepsDuties(rule, By(actor), {.proposer = actor, .submitter = submitter});
  };
  EXPECT_EQ(Said(by("lead", "lead")), "may");
  EXPECT_EQ(Said(by("", "")), "may");
  for (const char* other : {"office", "lea", "leader", ""}) {
    const absl::Status status = by(other, "lead");
    EXPECT_EQ(Said(status, "submitter"), "NOT_THE_SUBMITTER FAILED_PRECONDITION submitter=lead") << other;
    EXPECT_THAT(MessageOf(status, "en"), HasSubstr("(lead)"));
    EXPECT_THAT(MessageOf(status, "zh-CN"), HasSubstr("（lead）"));
  }
}

TEST(Duties, AMethodWithoutDutiesIsForEverybody) {
  EXPECT_EQ(Said(KeepsDuties(Rule(true), By("lead"), {.proposer = "lead", .submitter = "other"})), "may");
}

TEST(Duties, AllOfTheListAreKept) {
  v1::CallRule rule = Rule(false, v1::DUTY_SUBMITTER_ONLY);
  rule.add_duties(v1::DUTY_NOT_PROPOSER);
  EXPECT_EQ(Said(KeepsDuties(rule, By("a"), {.proposer = "b", .submitter = "a"})), "may");
  EXPECT_EQ(Said(KeepsDuties(rule, By("a"), {.proposer = "a", .submitter = "a"})),
            "SAME_PERSON FAILED_PRECONDITION");
  EXPECT_EQ(Said(KeepsDuties(rule, By("c"), {.proposer = "b", .submitter = "a"})),
            "NOT_THE_SUBMITTER FAILED_PRECONDITION");
}

TEST(Duties, WhatWaitsForSomebodyIsWhatTheyMayDo) {
  for (const bool is_signed : {true, false}) {
    for (const v1::Duty duty : {v1::DUTY_UNSPECIFIED, v1::DUTY_NOT_PROPOSER, v1::DUTY_SUBMITTER_ONLY}) {
      const v1::CallRule rule = Rule(is_signed, duty);
      for (const char* actor : {"", "lead", "boss"}) {
        for (const char* before : {"", "lead"}) {
          const DutyFacts facts{.proposer = before, .submitter = before};
          EXPECT_EQ(IsFor(rule, By(actor), facts),
                    MayCall(rule, By(actor)).ok() && KeepsDuties(rule, By(actor), facts).ok())
              << rule.ShortDebugString() << " by '" << actor << "', before '" << before << "'";
        }
      }
    }
  }
}

}  // namespace
}  // namespace attain::engine
