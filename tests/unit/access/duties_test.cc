#include "service/access/duties.h"

#include <gtest/gtest.h>

#include "service/api/errors.h"

namespace attain::engine {
namespace {

v1::CallRule Rule(bool is_signed, v1::Duty duty = v1::DUTY_UNSPECIFIED) {
  v1::CallRule rule;
  rule.set_signed_(is_signed);
  if (duty != v1::DUTY_UNSPECIFIED) rule.add_duties(duty);
  return rule;
}

Caller Named(const std::string& actor) {
  Caller caller;
  caller.actor = actor;
  return caller;
}

TEST(Duties, ASignedStepNeedsAName) {
  EXPECT_TRUE(MayCall(Rule(true), Named("lead")).ok());
  EXPECT_TRUE(MayCall(Rule(false), Named("")).ok());
  const absl::Status refused = MayCall(Rule(true), Named(""));
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_ACTOR_REQUIRED);
  EXPECT_NE(MessageOf(refused, "zh-CN").find("--actor"), std::string::npos);
  EXPECT_NE(MessageOf(refused, "en").find("--actor"), std::string::npos);
}

TEST(Duties, SomebodyElseThanTheProposer) {
  const v1::CallRule rule = Rule(true, v1::DUTY_NOT_PROPOSER);
  EXPECT_TRUE(KeepsDuties(rule, Named("boss"), {.proposer = "lead"}).ok());
  const absl::Status refused = KeepsDuties(rule, Named("lead"), {.proposer = "lead"});
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_SAME_PERSON);
  EXPECT_NE(MessageOf(refused, "zh-CN").find("lead"), std::string::npos);
  EXPECT_NE(MessageOf(refused, "en").find("Proposed by lead"), std::string::npos);
}

TEST(Duties, NobodyElseThanTheSubmitter) {
  const v1::CallRule rule = Rule(false, v1::DUTY_SUBMITTER_ONLY);
  EXPECT_TRUE(KeepsDuties(rule, Named("lead"), {.submitter = "lead"}).ok());
  EXPECT_TRUE(KeepsDuties(rule, Named(""), {.submitter = ""}).ok());
  for (const char* other : {"boss", "", "Lead", "lead "}) {
    const absl::Status refused = KeepsDuties(rule, Named(other), {.submitter = "lead"});
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << other;
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_NOT_THE_SUBMITTER) << other;
    EXPECT_NE(MessageOf(refused, "en").find("(lead)"), std::string::npos);
  }
}

TEST(Duties, EachAsksForItsOwnFact) {
  // The submitter may be the proposer and the other way round.
  EXPECT_TRUE(
      KeepsDuties(Rule(true, v1::DUTY_NOT_PROPOSER), Named("lead"), {.proposer = "a", .submitter = "lead"})
          .ok());
  EXPECT_TRUE(KeepsDuties(Rule(false, v1::DUTY_SUBMITTER_ONLY), Named("lead"),
                          {.proposer = "lead", .submitter = "lead"})
                  .ok());
  EXPECT_TRUE(KeepsDuties(Rule(true), Named("lead"), {.proposer = "lead", .submitter = "other"}).ok());
}

TEST(Duties, ALongListKeepsAll) {
  v1::CallRule rule = Rule(false, v1::DUTY_SUBMITTER_ONLY);
  rule.add_duties(v1::DUTY_NOT_PROPOSER);
  EXPECT_TRUE(KeepsDuties(rule, Named("a"), {.proposer = "b", .submitter = "a"}).ok());
  EXPECT_EQ(ReasonOf(KeepsDuties(rule, Named("a"), {.proposer = "a", .submitter = "a"})),
            v1::ERROR_REASON_SAME_PERSON);
  EXPECT_EQ(ReasonOf(KeepsDuties(rule, Named("c"), {.proposer = "b", .submitter = "a"})),
            v1::ERROR_REASON_NOT_THE_SUBMITTER);
}

TEST(Duties, WhatWaitsForSomebodyIsWhatTheyMayDo) {
  const v1::CallRule rules[] = {Rule(true),
                                Rule(false),
                                Rule(true, v1::DUTY_NOT_PROPOSER),
                                Rule(false, v1::DUTY_NOT_PROPOSER),
                                Rule(true, v1::DUTY_SUBMITTER_ONLY),
                                Rule(false, v1::DUTY_SUBMITTER_ONLY)};
  for (const v1::CallRule& rule : rules) {
    for (const char* actor : {"", "lead", "boss"}) {
      for (const char* other : {"", "lead"}) {
        const DutyFacts facts{.proposer = other, .submitter = other};
        const Caller caller = Named(actor);
        EXPECT_EQ(IsFor(rule, caller, facts),
                  MayCall(rule, caller).ok() && KeepsDuties(rule, caller, facts).ok())
            << rule.ShortDebugString() << " by '" << actor << "', before '" << other << "'";
      }
    }
  }
}

}  // namespace
}  // namespace attain::engine
