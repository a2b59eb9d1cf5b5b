// What is an address to listen on, and what is none.
#include "service/calls/listen_address.h"

#include <gmock/gmock.h>

namespace attain::calls {
namespace {

using ::testing::HasSubstr;

TEST(ListenAddress, IsAHostAndAPortOrAPath) {
  const auto parts = [](const std::string& listen) {
    const absl::StatusOr<ListenAddress> address = ParseListenAddress(listen);
    return address.ok() ? address->host + "|" + std::to_string(address->port) + "|" + address->path
                        : "refused";
  };
  EXPECT_EQ(parts("127.0.0.1:50051"), "127.0.0.1|50051|");
  EXPECT_EQ(parts("localhost:0"), "localhost|0|");
  EXPECT_EQ(parts("[::1]:65535"), "::1|65535|");
  EXPECT_EQ(parts("unix:/run/attain:1"), "|0|/run/attain:1");
  EXPECT_EQ(parts("unix:socket"), "|0|socket");
}

TEST(ListenAddress, AnythingElseIsRefusedWithWhatToWrite) {
  for (const char* listen :
       {"", "50051", ":50051", "host", "host:", "host:x", "host:65536", "host:-1", "::1:50051", "unix:"}) {
    const absl::Status refused = ParseListenAddress(listen).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument) << listen;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("HOST:PORT, [IPV6]:PORT or unix:PATH")) << listen;
  }
}

}  // namespace
}  // namespace attain::calls
