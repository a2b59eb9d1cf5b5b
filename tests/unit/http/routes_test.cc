// The routes of health and of the log, without a socket.
#include <gmock/gmock.h>

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/http/health_routes.h"
#include "service/http/log_routes.h"

namespace attain::http {
namespace {

using ::testing::HasSubstr;

class KeptAnswer final : public AnswerSink {
 public:
  void Answer(Response response, const absl::Status& status) override {
    ++answers;
    answer = std::move(response);
    told = status;
  }
  int answers = 0;
  Response answer;
  absl::Status told;
};

// The answer of the route that takes this path, on this thread.
std::shared_ptr<KeptAnswer> Ask(std::vector<Route> routes, const std::string& path,
                                const std::string& locale = "en") {
  auto kept = std::make_shared<KeptAnswer>();
  const absl::StatusOr<Router> router = Router::Make(std::move(routes));
  const Router::Match match = router->Find("GET", *ParseTarget(path));
  if (match.route == nullptr) return kept;
  Request request;
  request.path = path;
  request.captured = match.captured;
  request.locale = locale;
  match.route->handler->Handle(request, Responder(kept, locale));
  return kept;
}

TEST(HealthRoutes, SayWhetherItLivesAndWhetherItTakesWrites) {
  Readiness now = Readiness::kReady;
  const auto routes = HealthRoutes([&now] { return now; });
  EXPECT_EQ(Ask(routes, "/readyz")->answer.status, 200);
  EXPECT_EQ(Ask(routes, "/readyz")->answer.body, "ready\n");
  for (const auto& [readiness, reason] : {std::make_pair(Readiness::kFailed, "STORE_UNAVAILABLE"),
                                          std::make_pair(Readiness::kStopping, "SHUTTING_DOWN")}) {
    now = readiness;
    const auto kept = Ask(routes, "/readyz", "zh-CN");
    EXPECT_EQ(kept->answer.status, 503);
    EXPECT_THAT(kept->answer.body, HasSubstr(reason));
    EXPECT_EQ(FindHeader(kept->answer.headers, "Retry-After"), "1");
    EXPECT_EQ(FindHeader(kept->answer.headers, "Content-Language"), "zh-CN");
    EXPECT_TRUE(kept->told.ok()) << "the log is not told of every look";
    EXPECT_EQ(Ask(routes, "/healthz")->answer.body, "ok\n") << reason;
  }
}

std::string Name(absl::string_view path) {
  const absl::StatusOr<TilePath> parsed = ParseTilePath(path);
  if (!parsed.ok()) return "none";
  return absl::StrCat(parsed->is_bundle ? "entries" : absl::StrCat(parsed->tile.level), " ",
                      parsed->tile.number, " ", parsed->tile.width);
}

TEST(TilePath, IsWrittenInOneWay) {
  EXPECT_EQ(Name("0/000"), "0 0 256");
  EXPECT_EQ(Name("0/067"), "0 67 256");
  EXPECT_EQ(Name("1/x001/x234/067"), "1 1234067 256");
  EXPECT_EQ(Name("63/x010/000"), "63 10000 256");
  EXPECT_EQ(Name("2/x001/067.p/1"), "2 1067 1");
  EXPECT_EQ(Name("2/067.p/255"), "2 67 255");
  EXPECT_EQ(Name("entries/x001/067"), "entries 1067 256");
  EXPECT_EQ(Name("entries/067.p/12"), "entries 67 12");
  EXPECT_EQ(Name("0/x072/x057/x594/x037/x927/935"), "0 72057594037927935 256") << "2^56 - 1";
}

TEST(TilePath, AnyOtherWayIsNone) {
  for (const char* path : {"",
                           "0",
                           "0/",
                           "/000",
                           "64/000",
                           "00/000",
                           "01/000",
                           "-1/000",
                           "a/000",
                           "0/67",
                           "0/0067",
                           "0/x067",
                           "0/001/067",
                           "0/x001/x067",
                           "0/x000/067",
                           "0/x001/67",
                           "0/X001/067",
                           "0/067.p",
                           "0/067.p/",
                           "0/067.p/0",
                           "0/067.p/256",
                           "0/067.p/01",
                           "0/067.p/1/2",
                           "0/067/1",
                           "0/x001.p/067",
                           "0/+67",
                           "0/ 67",
                           "entries",
                           "entries/",
                           "entries/0/067",
                           "Entries/067",
                           "0/x072/x057/x594/x037/x927/936",
                           "0/x999/x999/x999/x999/x999/x999/999",
                           "0/x999/x999/x999/x999/x999/x999/x999/x999/999",
                           "0/.p/1"}) {
    EXPECT_EQ(Name(path), "none") << path;
  }
}

class FakeSource final : public LogSource {
 public:
  absl::StatusOr<std::string> Checkpoint() override { return checkpoint; }
  absl::StatusOr<std::string> Tile(const TileName& tile) override {
    if (tile.number > 5) return absl::NotFoundError("");
    return absl::StrCat("tile ", tile.level, " ", tile.number, " ", tile.width);
  }
  absl::StatusOr<std::string> Entries(const TileName& bundle) override {
    return absl::StrCat("entries ", bundle.level, " ", bundle.number, " ", bundle.width);
  }
  absl::StatusOr<std::string> checkpoint = "attain\n3\n";
};

TEST(LogRoutes, TilesAreKeptForEverAndTheCheckpointIsNot) {
  FakeSource source;
  const auto checkpoint = Ask(LogRoutes(&source), "/log/checkpoint");
  EXPECT_EQ(checkpoint->answer.body, "attain\n3\n");
  EXPECT_EQ(checkpoint->answer.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(checkpoint->answer.caching, Caching::kNoStore);
  const auto tile = Ask(LogRoutes(&source), "/log/tile/1/005.p/7");
  EXPECT_EQ(tile->answer.body, "tile 1 5 7");
  EXPECT_EQ(tile->answer.content_type, "application/octet-stream");
  EXPECT_EQ(tile->answer.caching, Caching::kImmutable);
  const auto entries = Ask(LogRoutes(&source), "/log/tile/entries/x001/000");
  EXPECT_EQ(entries->answer.body, "entries 0 1000 256");
  EXPECT_EQ(entries->answer.caching, Caching::kImmutable);
}

TEST(LogRoutes, WhatIsNotThereIsNotKept) {
  FakeSource source;
  for (const char* path : {"/log/tile/0/006", "/log/tile/0/6", "/log/tile/"}) {
    const auto kept = Ask(LogRoutes(&source), path);
    EXPECT_EQ(kept->answer.status, 404) << path;
    EXPECT_EQ(kept->answer.caching, Caching::kNoStore) << path;
    EXPECT_EQ(engine::ReasonOf(kept->told), v1::ERROR_REASON_RESOURCE_NOT_FOUND) << path;
  }
  source.checkpoint = absl::NotFoundError("none signed yet");
  EXPECT_EQ(Ask(LogRoutes(&source), "/log/checkpoint")->answer.status, 404);
  source.checkpoint = engine::FromStore(absl::DataLossError("tile does not parse"));
  const auto broken = Ask(LogRoutes(&source), "/log/checkpoint");
  EXPECT_EQ(broken->answer.status, 500);
  EXPECT_TRUE(absl::IsDataLoss(broken->told)) << "the log learns the cause";
}

TEST(LogRoutes, ReadOnWorkers) {
  FakeSource source;
  for (const Route& route : LogRoutes(&source)) {
    EXPECT_EQ(route.runs, Runs::kOnWorker) << route.pattern;
    EXPECT_EQ(route.most_body, 0u) << route.pattern;
  }
}

TEST(Responder, AnswersOnceAndAlways) {
  auto kept = std::make_shared<KeptAnswer>();
  { Responder forgotten(kept, "en"); }
  EXPECT_EQ(kept->answers, 1);
  EXPECT_EQ(kept->answer.status, 500);
  EXPECT_TRUE(absl::IsInternal(kept->told));
  {
    Responder twice(kept, "en");
    twice.Send({});
    twice.Send({});
    twice.Refuse(engine::Overloaded());
  }
  EXPECT_EQ(kept->answers, 2);
  EXPECT_EQ(kept->answer.status, 200);
  {
    Responder first(kept, "en");
    Responder second(std::move(first));
    second.Send({});
  }
  EXPECT_EQ(kept->answers, 3) << "what was moved away answers nothing";
}

}  // namespace
}  // namespace attain::http
