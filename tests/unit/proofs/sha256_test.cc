#include "proofs/sha256.h"

#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/escaping.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

TEST(Sha256Test, GivesThePublishedDigestsAndStartsOver) {
  Sha256 sha;
  const std::string empty = absl::BytesToHexString(View(sha.Finish()));
  EXPECT_EQ(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  sha.Add("a");
  sha.Add("bc");
  EXPECT_EQ(absl::BytesToHexString(View(sha.Finish())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(absl::BytesToHexString(View(sha.Finish())), empty);
}

TEST(Sha256Test, EveryThreadHasOneOfItsOwn) {
  ThreadSha256().Add("ab");
  std::string other;
  std::thread thread([&other] {
    ThreadSha256().Add("abc");
    other = Hex(ThreadSha256().Finish());
  });
  thread.join();
  ThreadSha256().Add("c");
  EXPECT_EQ(Hex(ThreadSha256().Finish()), other);
  EXPECT_EQ(other, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace attain::proofs
