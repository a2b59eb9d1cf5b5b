// Receipts, proofs and heads as the engine answers them, checked as a reader does: from the bytes of the
// answer alone.
#include <filesystem>
#include <map>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/storage/v1/part.pb.h"
#include "attain/v1/history_service.pb.h"
#include "gmock/gmock.h"
#include "proofs/leaf.h"
#include "proofs/policy.h"
#include "proofs/tree.h"
#include "service/history/notary.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t", kOther[] = "units/u/tables/other";
constexpr char kOrigin[] = "log.example/0123456789abcdef/1";

proofs::Hash HashOf(const std::string& bytes) {
  proofs::Hash hash{};
  EXPECT_EQ(bytes.size(), hash.size());
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

template <typename Repeated>
proofs::Path PathOf(const Repeated& hashes) {
  proofs::Path path;
  for (const std::string& hash : hashes) path.push_back(HashOf(hash));
  return path;
}

class ReceiptTest : public EngineFixture {
 protected:
  void SetUp() override {
    const auto key = proofs::Ed25519PrivateKey::FromSeed(std::string(proofs::kEd25519KeyBytes, 7));
    const auto secret = proofs::SecretKey::Make(kOrigin, proofs::SignatureType::kEd25519, *key);
    const std::string state = DirectoryOf("notary");
    notary_ = *MakeLocalNotary(secret->Text(), kOrigin, state, SystemClock());
    engine_options.heads.origin = kOrigin;
    engine_options.heads.notary = notary_;
    Open();
    MakeTable("u", "t", 2);
    MakeTable("u", "other", 1);
  }

  v1::Receipt ReceiptOf(const v1::GetReceiptRequest& request) {
    return Ask<v1::GetReceiptResponse>(request).receipt();
  }
  v1::Receipt ReceiptOf(const std::string& table, bool with_texts = false) {
    v1::GetReceiptRequest request;
    request.set_name(table);
    request.set_with_texts(with_texts);
    return ReceiptOf(request);
  }
  proofs::Checkpoint Accepted(const std::string& note) {
    const auto policy =
        proofs::Policy::Parse(absl::StrCat("log ", notary_->verifier_key(), "\nquorum none\n"));
    const auto head = policy->Accept(note);
    EXPECT_TRUE(head.ok()) << head.status();
    return head.ok() ? head->checkpoint : proofs::Checkpoint();
  }
  // The revisions that are shown, newest first, after everything was checked.
  std::vector<uint64_t> Checked(const v1::Receipt& receipt) {
    const proofs::Checkpoint head = Accepted(receipt.checkpoint());
    std::vector<uint64_t> revisions;
    uint64_t expected = static_cast<uint64_t>(receipt.revision());
    for (const v1::ReceiptEntry& entry : receipt.entries()) {
      const auto leaf = proofs::DecodeLeaf(entry.leaf());
      EXPECT_TRUE(leaf.ok()) << leaf.status();
      EXPECT_EQ(leaf->revision, expected);
      EXPECT_TRUE(proofs::CheckInclusion(leaf->revision - 1, head.size, proofs::LeafHash(entry.leaf()),
                                         PathOf(entry.path()), head.root)
                      .ok());
      revisions.push_back(leaf->revision);
      expected = 0;
      for (const v1::ReceiptPart& part : entry.parts()) {
        const auto kind = static_cast<proofs::PartKind>(part.kind());
        EXPECT_TRUE(proofs::CheckPart(*leaf, static_cast<uint32_t>(part.number()), kind, part.salt(),
                                      part.data(), PathOf(part.path()))
                        .ok());
        disk::HeadPart step;
        if (kind == proofs::PartKind::kHead && step.ParseFromString(part.data()))
          expected = static_cast<uint64_t>(step.previous_revision());
      }
    }
    EXPECT_EQ(expected, 0u) << "back to its creation";
    return revisions;
  }
  uint64_t head() { return store().head().revision; }

  std::shared_ptr<Notary> notary_;
};

TEST_F(ReceiptTest, EveryRevisionOfTheTableAndNoneOfAnother) {
  const v1::Receipt before = ReceiptOf(kTable);
  EXPECT_EQ(before.format(), "attain-receipt-v1");
  EXPECT_EQ(before.table(), kTable);
  EXPECT_EQ(before.older_revision(), 0);
  const std::vector<uint64_t> made = Checked(before);  // created, submitted, approved
  ASSERT_THAT(made, SizeIs(3));
  Report(absl::StrCat(kTable, "/indicators/i1"), "3");
  Report(absl::StrCat(kOther, "/indicators/i1"), "4");
  Report(absl::StrCat(kTable, "/indicators/i2"), "5");
  const uint64_t newest = head();
  EXPECT_THAT(Checked(ReceiptOf(kTable)), ElementsAre(newest, newest - 2, made[0], made[1], made[2]));
}

// Amendments that are proposed and outlooks move no board, and belong to the table all the same.
TEST_F(ReceiptTest, WhatMovesNoFigureIsPartOfTheThread) {
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator(absl::StrCat(kTable, "/indicators/i1"));
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_CERTAIN);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);  // in case it is red
  Do<v1::RecordOutlookResponse>(outlook);
  const uint64_t first = head();
  Report(absl::StrCat(kTable, "/indicators/i1"), "3");
  Do<v1::RecordOutlookResponse>(outlook);
  const std::vector<uint64_t> shown = Checked(ReceiptOf(kTable));
  EXPECT_THAT(std::vector<uint64_t>(shown.begin(), shown.begin() + 3),
              ElementsAre(first + 2, first + 1, first));
}

TEST_F(ReceiptTest, ReopeningLosesNoStep) {
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator(absl::StrCat(kTable, "/indicators/i1"));
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_CERTAIN);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);  // in case it is red
  Do<v1::RecordOutlookResponse>(outlook);
  const size_t before = Checked(ReceiptOf(kTable)).size();
  Open();
  Report(absl::StrCat(kTable, "/indicators/i1"), "3");
  EXPECT_THAT(Checked(ReceiptOf(kTable)), SizeIs(before + 1));
}

// A command that is refused half-way leaves no step behind.
TEST_F(ReceiptTest, WhatWasRefusedIsNoStep) {
  v1::RecordActualRequest wrong = ReportRequest(absl::StrCat(kTable, "/indicators/i1"), "3");
  wrong.mutable_write()->set_validate_only(true);
  Do<v1::RecordActualResponse>(wrong);
  v1::BatchRecordActualsRequest batch;
  batch.add_reports()->set_indicator(absl::StrCat(kTable, "/indicators/i1"));
  batch.mutable_reports(0)->mutable_report()->set_value("7");
  batch.add_reports()->set_indicator(absl::StrCat(kTable, "/indicators/none"));
  v1::BatchRecordActualsResponse response;
  EXPECT_FALSE(Try(batch, &response).ok());
  Report(absl::StrCat(kTable, "/indicators/i1"), "3");
  EXPECT_THAT(Checked(ReceiptOf(kTable)), SizeIs(4));
}

TEST_F(ReceiptTest, TextsAndPersonsAreShownOnRequestAlone) {
  v1::RecordActualRequest report = ReportRequest(absl::StrCat(kTable, "/indicators/i1"), "3");
  report.mutable_report()->set_note("a note that nobody else reads");
  Do<v1::RecordActualResponse>(report, "somebody");
  const std::string plain = ReceiptOf(kTable).SerializeAsString();
  EXPECT_FALSE(absl::StrContains(plain, "nobody else") || absl::StrContains(plain, "somebody"));
  const v1::Receipt full = ReceiptOf(kTable, true);
  EXPECT_TRUE(absl::StrContains(full.SerializeAsString(), "a note that nobody else reads"));
  EXPECT_TRUE(absl::StrContains(full.SerializeAsString(), "somebody"));
  Checked(full);
}

TEST_F(ReceiptTest, TheScoreThatWasSigned) {
  EXPECT_EQ(ReceiptOf(kTable).score(), "");
  for (const int row : {1, 2}) Report(absl::StrCat(kTable, "/indicators/i", row), "30");
  v1::RecordSpendingRequest spending;
  spending.set_parent(kTable);
  spending.mutable_spending()->set_spent("8");
  spending.mutable_spending()->set_date("2024-12-31");
  Do<v1::RecordSpendingResponse>(spending);
  EXPECT_EQ(ReceiptOf(kTable).score(), "") << "nobody signed it";
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(kTable, "/evaluation"));
  submit.set_etag(EvaluationOf(kTable).evaluation().etag());
  const auto submitted = Do<v1::SubmitEvaluationResponse>(submit);
  const v1::Receipt signed_one = ReceiptOf(kTable);
  EXPECT_EQ(signed_one.score(), submitted.score().final_score());
  EXPECT_EQ(signed_one.grade(), submitted.score().final_grade());
  EXPECT_NE(signed_one.score(), "");
  v1::ReturnEvaluationRequest back;
  back.set_name(submit.name());
  back.set_etag(EvaluationOf(kTable).evaluation().etag());
  back.set_reason("once more");
  Do<v1::ReturnEvaluationResponse>(back, "evaluator");
  EXPECT_EQ(ReceiptOf(kTable).score(), "") << "the signature does not stand";
}

TEST_F(ReceiptTest, AsOfARevisionAndAgainstAHeadThatWasKept) {
  const uint64_t kept = head();
  const v1::Receipt then = ReceiptOf(kTable);
  Report(absl::StrCat(kTable, "/indicators/i1"), "3");
  v1::GetReceiptRequest request;
  request.set_name(kTable);
  request.mutable_read()->set_read_revision(static_cast<int64_t>(kept));
  request.set_known_size(static_cast<int64_t>(kept));
  const v1::Receipt now = ReceiptOf(request);
  EXPECT_EQ(now.revision(), then.revision());
  const proofs::Checkpoint head_then = Accepted(then.checkpoint()), head_now = Accepted(now.checkpoint());
  EXPECT_GE(head_now.size, kept);
  v1::GetConsistencyProofRequest proof;
  proof.set_from_size(static_cast<int64_t>(kept));
  proof.set_to_size(static_cast<int64_t>(head_now.size));
  const auto proven = Ask<v1::GetConsistencyProofResponse>(proof);
  EXPECT_TRUE(proofs::CheckConsistency(kept, HashOf(proven.from_root()), head_now.size, head_now.root,
                                       PathOf(now.consistency()))
                  .ok());
  EXPECT_EQ(HashOf(proven.to_root()), head_now.root);
}

TEST_F(ReceiptTest, ProofsOfSingleRevisions) {
  for (int64_t revision = 1; revision <= static_cast<int64_t>(head()); ++revision) {
    v1::GetInclusionProofRequest request;
    request.set_revision(revision);
    const auto proof = Ask<v1::GetInclusionProofResponse>(request);
    EXPECT_EQ(proof.tree_size(), static_cast<int64_t>(head()));
    EXPECT_TRUE(proofs::CheckInclusion(static_cast<uint64_t>(revision) - 1, head(),
                                       proofs::LeafHash(proof.leaf()), PathOf(proof.hashes()),
                                       HashOf(proof.root()))
                    .ok());
  }
}

TEST_F(ReceiptTest, WhatCannotBeProvenIsRefused) {
  v1::GetInclusionProofRequest inclusion;
  EXPECT_EQ(WhyNotRead<v1::GetInclusionProofResponse>(inclusion), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  inclusion.set_revision(static_cast<int64_t>(head()) + 1);
  EXPECT_EQ(WhyNotRead<v1::GetInclusionProofResponse>(inclusion), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  v1::GetConsistencyProofRequest consistency;
  EXPECT_EQ(WhyNotRead<v1::GetConsistencyProofResponse>(consistency), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  v1::GetReceiptRequest receipt;
  receipt.set_name("units/u/tables/none");
  EXPECT_EQ(WhyNotRead<v1::GetReceiptResponse>(receipt), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  receipt.set_name(kTable);
  receipt.set_known_size(static_cast<int64_t>(head()) + 1);
  EXPECT_EQ(WhyNotRead<v1::GetReceiptResponse>(receipt), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  v1::GetHeadRequest future;
  future.set_min_revision(static_cast<int64_t>(head()) + 1);
  EXPECT_EQ(WhyNotRead<v1::GetHeadResponse>(future), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  v1::GetHeadRequest patient;
  patient.mutable_wait()->set_seconds(11);
  EXPECT_EQ(WhyNotRead<v1::GetHeadResponse>(patient), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(ReceiptTest, WithoutANotaryThereIsNoHeadAndNoReceiptButProofs) {
  engine_options.heads.notary = nullptr;
  Open();
  EXPECT_EQ(WhyNotRead<v1::GetHeadResponse>(v1::GetHeadRequest()), v1::ERROR_REASON_HEAD_NOT_SIGNED);
  v1::GetReceiptRequest receipt;
  receipt.set_name(kTable);
  EXPECT_EQ(WhyNotRead<v1::GetReceiptResponse>(receipt), v1::ERROR_REASON_HEAD_NOT_SIGNED);
  v1::GetInclusionProofRequest inclusion;
  inclusion.set_revision(1);
  EXPECT_EQ(WhyNotRead<v1::GetInclusionProofResponse>(inclusion), v1::ERROR_REASON_UNSPECIFIED);
}

}  // namespace
}  // namespace attain::engine
