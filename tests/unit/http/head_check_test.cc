// What is asked of a request before a handler sees it.
#include "service/http/head_check.h"

#include <gmock/gmock.h>

namespace attain::http {
namespace {

using ::testing::ElementsAre;

class Silent final : public Handler {
 public:
  void Handle(const Request&, Responder) override {}
};

class HeadCheck : public ::testing::Test {
 protected:
  HeadCheck()
      : router_(*Router::Make({{"GET", "/a/*", std::make_shared<Silent>()},
                               {"POST", "/b", std::make_shared<Silent>(), Runs::kHere, 10}})) {
    head_.method = "GET";
    head_.target = "/a/x?q";
    head_.headers = {{"Host", "here"}};
  }
  // The status that refuses it; 0 when it is admitted.
  int Refused() const {
    const auto checked = CheckHead(head_, router_, 20);
    return checked.index() == 1 ? std::get<Problem>(checked).status : 0;
  }
  Admitted Taken() const {
    auto checked = CheckHead(head_, router_, 20);
    EXPECT_EQ(checked.index(), 0u);
    return checked.index() == 0 ? std::get<Admitted>(checked) : Admitted();
  }
  void Post(uint64_t length) {
    head_.method = "POST";
    head_.target = "/b";
    head_.content_length = length;
  }

  const Router router_;
  RequestHead head_;
};

TEST_F(HeadCheck, AdmitsWhatARouteTakes) {
  head_.headers.emplace_back("accept-language", "fr, zh");
  const Admitted taken = Taken();
  ASSERT_NE(taken.route, nullptr);
  EXPECT_EQ(taken.route->pattern, "/a/*");
  EXPECT_EQ(taken.request.method, "GET");
  EXPECT_EQ(taken.request.path, "/a/x");
  EXPECT_EQ(taken.request.query, "q");
  EXPECT_EQ(taken.request.locale, "zh-CN");
  EXPECT_THAT(taken.request.captured, ElementsAre("x"));
  EXPECT_EQ(FindHeader(taken.request.headers, "HOST"), "here");
  head_.method = "HEAD";
  EXPECT_EQ(Taken().request.method, "GET") << "whoever answers need not know";
}

TEST_F(HeadCheck, HostIsThereOnce) {
  head_.headers.clear();
  EXPECT_EQ(Refused(), 400);
  head_.is_1_1 = false;
  EXPECT_EQ(Refused(), 0) << "HTTP/1.0 has none";
  head_.headers = {{"Host", "a"}, {"host", "a"}};
  EXPECT_EQ(Refused(), 400);
  head_.is_1_1 = true;
  EXPECT_EQ(Refused(), 400);
}

TEST_F(HeadCheck, TargetsHaveALimit) {
  head_.target = "/a/" + std::string(17, 'x');
  EXPECT_EQ(Refused(), 0);
  head_.target += "x";
  EXPECT_EQ(Refused(), 414);
}

TEST_F(HeadCheck, PathsAndMethodsThatNobodyTakes) {
  head_.target = "/a/../a/x";
  EXPECT_EQ(Refused(), 400);
  head_.target = "/c";
  EXPECT_EQ(Refused(), 404);
  head_.target = "/b";
  EXPECT_EQ(Refused(), 405);
  head_.method = "BREW";
  EXPECT_EQ(Refused(), 405);
}

TEST_F(HeadCheck, BodiesHaveTheLimitOfTheirRoute) {
  head_.content_length = 1;
  EXPECT_EQ(Refused(), 413) << "a GET has none";
  head_.content_length = 0;
  head_.chunked = true;
  head_.headers.emplace_back("Transfer-Encoding", "chunked");
  EXPECT_EQ(Refused(), 413);
  Post(0);
  EXPECT_EQ(Refused(), 0) << "its chunks are counted as they come";
  head_.chunked = false;
  head_.headers.pop_back();
  Post(10);
  EXPECT_EQ(Refused(), 0);
  Post(11);
  EXPECT_EQ(Refused(), 413);
}

TEST_F(HeadCheck, CodingsOtherThanChunks) {
  Post(0);
  head_.headers.emplace_back("Transfer-Encoding", "gzip");
  EXPECT_EQ(Refused(), 501);
  head_.headers.back().second = "gzip, chunked";
  EXPECT_EQ(Refused(), 501);
  head_.headers.back().second = "Chunked";
  EXPECT_EQ(Refused(), 0);
  head_.is_1_1 = false;
  EXPECT_EQ(Refused(), 400) << "HTTP/1.0 has no codings";
  head_.is_1_1 = true;
  head_.headers.emplace_back("transfer-encoding", "chunked");
  EXPECT_EQ(Refused(), 400);
}

TEST_F(HeadCheck, WhoWaitsForAContinue) {
  Post(5);
  EXPECT_FALSE(Taken().expects_continue);
  head_.headers.emplace_back("Expect", "100-Continue");
  EXPECT_TRUE(Taken().expects_continue);
  head_.content_length = 0;
  EXPECT_FALSE(Taken().expects_continue) << "nothing is to come";
  head_.headers.back().second = "a pony";
  EXPECT_EQ(Refused(), 417);
  head_.is_1_1 = false;
  EXPECT_EQ(Refused(), 0) << "HTTP/1.0 expects nothing";
  EXPECT_FALSE(Taken().expects_continue);
}

}  // namespace
}  // namespace attain::http
