#include "clients/cpp/error.h"

#include <gtest/gtest.h>

#include "tests/unit/clients/fake_server.h"

namespace attain::client {
namespace {

absl::Status Refused(const grpc::Status& status) {
  return MakeStatus(status.error_code(), status.error_message(), status.error_details());
}

TEST(Error, CarriesTheSentenceForThePersonAndEverythingElse) {
  const absl::Status status = Refused(DetailedRefusal());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "数值不得为负。");
  const ErrorDetails details = DetailsOf(status);
  EXPECT_EQ(details.reason, "NEGATIVE_VALUE");
  EXPECT_EQ(details.metadata.at("violations"), "3");
  ASSERT_EQ(details.violations.size(), 2u);
  EXPECT_EQ(details.violations[1].field, "report.date");
  EXPECT_EQ(details.violations[1].description, "report.date 不对");
}

TEST(Error, KeepsTheTransportsWordsWithoutATrailer) {
  const absl::Status status = MakeStatus(14, "connection refused", "");
  EXPECT_EQ(status.message(), "connection refused");
  EXPECT_EQ(DetailsOf(status).reason, "");
}

TEST(Error, IgnoresADamagedTrailer) {
  const absl::Status status = MakeStatus(5, "not there", "\xff\xff\xff");
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_EQ(status.message(), "not there");
  EXPECT_TRUE(DetailsOf(status).violations.empty());
}

TEST(Error, OkIsOkWhateverTheTrailer) {
  EXPECT_TRUE(MakeStatus(0, "", "rest").ok());
}

TEST(Error, UnreachableMeansThatNoServerSpoke) {
  EXPECT_TRUE(IsUnreachable(absl::UnavailableError("refused")));
  EXPECT_TRUE(IsUnreachable(absl::DeadlineExceededError("late")));
  EXPECT_FALSE(IsUnreachable(absl::NotFoundError("x")));
  EXPECT_FALSE(IsUnreachable(absl::OkStatus()));
  grpc::Status refusal = DetailedRefusal();
  EXPECT_FALSE(IsUnreachable(MakeStatus(14, "stopping", refusal.error_details())));
}

}  // namespace
}  // namespace attain::client
