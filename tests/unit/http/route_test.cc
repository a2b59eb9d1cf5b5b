// Which route takes which path, and which ones a router refuses.
#include "service/http/route.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace attain::http {
namespace {

class Silent final : public Handler {
 public:
  void Handle(const Request&, Responder) override {}
};

Route To(const std::string& method, const std::string& pattern) {
  return {method, pattern, std::make_shared<Silent>()};
}

// The pattern that is found with what it captured, or "none" with the methods that are allowed.
std::string Find(const Router& router, const std::string& method, const std::string& path) {
  const Router::Match match = router.Find(method, *ParseTarget(path));
  if (match.route == nullptr) return absl::StrCat("none ", match.allowed);
  return absl::StrCat(match.route->method, " ", match.route->pattern, " ",
                      absl::StrJoin(match.captured, ","));
}

TEST(Router, FindsThePatternThatSaysMost) {
  const absl::StatusOr<Router> router =
      Router::Make({To("GET", "/**"), To("GET", "/a/**"), To("GET", "/a/*"), To("GET", "/a/b"),
                    To("GET", "/*/b"), To("GET", "/"), To("GET", "/a/*/c")});
  ASSERT_TRUE(router.ok()) << router.status();
  EXPECT_EQ(Find(*router, "GET", "/"), "GET / ");
  EXPECT_EQ(Find(*router, "GET", "/a/b"), "GET /a/b ");
  EXPECT_EQ(Find(*router, "GET", "/a/x"), "GET /a/* x");
  EXPECT_EQ(Find(*router, "GET", "/x/b"), "GET /*/b x");
  EXPECT_EQ(Find(*router, "GET", "/a/x/c"), "GET /a/*/c x");
  EXPECT_EQ(Find(*router, "GET", "/a/x/d"), "GET /a/** x/d");
  EXPECT_EQ(Find(*router, "GET", "/a"), "GET /** a");
  EXPECT_EQ(Find(*router, "GET", "/x/y/z"), "GET /** x/y/z");
}

TEST(Router, AStarIsOneSegmentThatIsThere) {
  const absl::StatusOr<Router> router = Router::Make({To("GET", "/a/*"), To("GET", "/b/**")});
  EXPECT_EQ(Find(*router, "GET", "/a"), "none ");
  EXPECT_EQ(Find(*router, "GET", "/a/"), "none ");
  EXPECT_EQ(Find(*router, "GET", "/a/x/y"), "none ");
  EXPECT_EQ(Find(*router, "GET", "/b"), "none ");
  EXPECT_EQ(Find(*router, "GET", "/A/x"), "none ") << "case counts";
  EXPECT_EQ(Find(*router, "GET", "/"), "none ");
}

TEST(Router, HeadIsGetAndOtherMethodsAreNamed) {
  const absl::StatusOr<Router> router =
      Router::Make({To("GET", "/a"), To("POST", "/a"), To("POST", "/b"), To("DELETE", "/*")});
  EXPECT_EQ(Find(*router, "HEAD", "/a"), "GET /a ");
  EXPECT_EQ(Find(*router, "HEAD", "/b"), "none DELETE, POST");
  EXPECT_EQ(Find(*router, "PUT", "/a"), "none DELETE, GET, HEAD, POST");
  EXPECT_EQ(Find(*router, "get", "/a"), "none DELETE, GET, HEAD, POST") << "methods have their case";
  EXPECT_EQ(Find(*router, "DELETE", "/a"), "DELETE /* a");
}

TEST(Router, RefusesWhatIsNoPatternAndWhatIsThereTwice) {
  for (const char* pattern : {"", "a", "/a*", "/**/a", "/*a/b", "/***"}) {
    EXPECT_EQ(Router::Make({To("GET", pattern)}).status().code(), absl::StatusCode::kInvalidArgument)
        << pattern;
  }
  EXPECT_FALSE(Router::Make({To("", "/a")}).ok());
  EXPECT_FALSE(Router::Make({To("HEAD", "/a")}).ok()) << "answered by GET";
  EXPECT_FALSE(Router::Make({To("GET", "/a"), To("GET", "/a")}).ok());
  EXPECT_TRUE(Router::Make({To("GET", "/a"), To("POST", "/a")}).ok());
  EXPECT_FALSE(Router::Make({{"GET", "/a", nullptr}}).ok());
  EXPECT_TRUE(Router::Make({}).ok());
}

}  // namespace
}  // namespace attain::http
