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

TEST(Duties, ASignatureNeedsAName) {
  EXPECT_EQ(Said(RequireActor(By("lead"))), "may");
  EXPECT_EQ(Said(RequireActor(By(" "))), "may") << "what a name is the port decides";
  EXPECT_EQ(Said(RequireActor(By("")), "field"), "ACTOR_REQUIRED INVALID_ARGUMENT field=attain-actor");
  EXPECT_THAT(MessageOf(RequireActor(By("")), "en"), HasSubstr("--actor"));
  EXPECT_THAT(MessageOf(RequireActor(By("")), "zh-CN"), HasSubstr("--actor"));
}

TEST(Duties, AnAmendmentIsApprovedByAnother) {
  EXPECT_EQ(Said(RequireNotProposer(By("office"), "lead")), "may");
  EXPECT_EQ(Said(RequireNotProposer(By("lea"), "lead")), "may");
  EXPECT_EQ(Said(RequireNotProposer(By("Lead"), "lead")), "may") << "names are compared as they stand";
  const absl::Status same = RequireNotProposer(By("lead"), "lead");
  EXPECT_EQ(Said(same, "proposer"), "SAME_PERSON FAILED_PRECONDITION proposer=lead");
  EXPECT_THAT(MessageOf(same, "en"), HasSubstr("Proposed by lead"));
  EXPECT_THAT(MessageOf(same, "zh-CN"), HasSubstr("由 lead 提出"));
  EXPECT_EQ(Said(RequireNotProposer(By(""), "")), "SAME_PERSON FAILED_PRECONDITION")
      << "nobody is not two people";
}

TEST(Duties, WhoSubmittedWithdraws) {
  EXPECT_EQ(Said(RequireSubmitter(By("lead"), "lead")), "may");
  EXPECT_EQ(Said(RequireSubmitter(By(""), "")), "may");
  for (const char* other : {"office", "lea", "leader", ""}) {
    const absl::Status status = RequireSubmitter(By(other), "lead");
    EXPECT_EQ(Said(status, "submitter"), "NOT_THE_SUBMITTER FAILED_PRECONDITION submitter=lead") << other;
    EXPECT_THAT(MessageOf(status, "en"), HasSubstr("(lead)"));
    EXPECT_THAT(MessageOf(status, "zh-CN"), HasSubstr("（lead）"));
  }
}

}  // namespace
}  // namespace attain::engine
