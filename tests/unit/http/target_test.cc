// Which targets are paths, and which ones could be read in two ways.
#include "service/http/target.h"

#include <gmock/gmock.h>

#include <utility>

#include "absl/strings/str_join.h"
#include "service/api/errors.h"

namespace attain::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Read(absl::string_view text) {
  const absl::StatusOr<Target> target = ParseTarget(text);
  if (!target.ok()) return v1::ErrorReason_Name(engine::ReasonOf(target.status()));
  return absl::StrCat(target->path, " ", absl::StrJoin(target->segments, ","), " ", target->query);
}

TEST(Target, IsAPathAndAQuery) {
  EXPECT_EQ(Read("/"), "/  ");
  EXPECT_EQ(Read("/a/b"), "/a/b a,b ");
  EXPECT_EQ(Read("/a/b?c=%41&d"), "/a/b a,b c=%41&d") << "the query is left as it came";
  EXPECT_EQ(Read("/a?b?c"), "/a a b?c");
  EXPECT_EQ(Read("/a/"), "/a/ a, ");
  EXPECT_EQ(Read("//a"), "//a ,a ");
  EXPECT_EQ(Read("/?q"), "/  q");
}

TEST(Target, EscapesAreUndoneOnce) {
  EXPECT_EQ(Read("/%61%2d%7E"), "/a-~ a-~ ");
  EXPECT_EQ(Read("/%e6%9D%8e"), "/李 李 ");
  EXPECT_EQ(Read("/%2541"), "/%41 %41 ");
  EXPECT_EQ(Read("/a%20b+c"), "/a b+c a b+c ") << "a plus is a plus";
  EXPECT_EQ(Read("/a%3Fb"), "/a?b a?b ");
}

TEST(Target, OfAnotherFormWithAnOriginIsThePathBehindIt) {
  EXPECT_EQ(Read("http://host:80/a?b"), "/a a b");
  EXPECT_EQ(Read("HTTPS://host"), "/  ");
  EXPECT_EQ(Read("http://host?q"), "/  q");
}

TEST(Target, WhatTwoProgramsCouldReadInTwoWaysIsRefused) {
  for (const char* text :
       {"",       "a",      "*",       "host:443", "ftp://host/a", "/a#b", "/%",      "/%4",
        "/%4g",   "/%g4",   "/a/../b", "/a/./b",   "/..",          "/.",   "/%2e%2E", "/%2E",
        "/a%2Fb", "/a%5Cb", "/a\\b",   "/%00",     "/a%0Ab",       "/%7f", "/a/..%2f"}) {
    EXPECT_EQ(Read(text), "ERROR_REASON_INVALID_FIELD") << text;
  }
  for (const char* text : {"/%ff", "/%c3%28", "/%ed%a0%80", "/%c0%80", "/a/%e6%9d"})
    EXPECT_EQ(Read(text), "ERROR_REASON_INVALID_ENCODING") << text;
  EXPECT_EQ(Read("/..."), "/... ... ") << "three dots are a name";
}

TEST(Target, TheRootHasNoSegments) {
  EXPECT_THAT(ParseTarget("/")->segments, IsEmpty());
  EXPECT_THAT(ParseTarget("/a//b/")->segments, ElementsAre("a", "", "b", ""));
}

}  // namespace
}  // namespace attain::http
