#include "service/http/log_routes.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/http/problem.h"

namespace attain::http {
namespace {

constexpr int kFullWidth = 256;
constexpr int kMostLevel = 63;
constexpr uint64_t kMostTiles = uint64_t{1} << 56;

// Digits without a needless 0 before them.
bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         (text.size() == 1 || text[0] != '0');
}

bool ReadNumber(absl::string_view text, int least, int most, int* number) {
  return IsNumber(text) && absl::SimpleAtoi(text, number) && *number >= least && *number <= most;
}

// x001, x234, 067; the first group is not needlessly 0.
bool ReadGroups(const std::vector<absl::string_view>& groups, uint64_t* number) {
  *number = 0;
  if (groups.empty() || (groups.size() > 1 && groups.front() == "x000")) return false;
  for (size_t i = 0; i < groups.size(); ++i) {
    absl::string_view digits = groups[i];
    if (i + 1 < groups.size() && !absl::ConsumePrefix(&digits, "x")) return false;
    uint32_t value = 0;
    if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) ||
        !absl::SimpleAtoi(digits, &value) || *number >= kMostTiles)
      return false;
    *number = *number * 1000 + value;
  }
  return *number < kMostTiles;
}

absl::Status NoTile() {
  return absl::InvalidArgumentError("no path of a tile");
}

class LogHandler : public Handler {
 protected:
  explicit LogHandler(LogSource* source) : source_(source) {}

  static void Answer(absl::StatusOr<std::string> found, Response response, Responder responder) {
    if (absl::IsNotFound(found.status())) return responder.Refuse(NoSuchPath().error);
    if (!found.ok()) return responder.Refuse(found.status());
    response.body = *std::move(found);
    responder.Send(std::move(response));
  }

  LogSource* const source_;
};

class CheckpointHandler final : public LogHandler {
 public:
  explicit CheckpointHandler(LogSource* source) : LogHandler(source) {}
  void Handle(const Request&, Responder responder) override {
    Answer(source_->Checkpoint(), Response(), std::move(responder));
  }
};

class TileHandler final : public LogHandler {
 public:
  explicit TileHandler(LogSource* source) : LogHandler(source) {}
  void Handle(const Request& request, Responder responder) override {
    const absl::StatusOr<TilePath> path = ParseTilePath(request.captured.at(0));
    if (!path.ok()) return responder.Refuse(NoSuchPath().error);
    Response response;
    response.content_type = "application/octet-stream";
    response.caching = Caching::kImmutable;
    Answer(path->is_bundle ? source_->Entries(path->tile) : source_->Tile(path->tile), std::move(response),
           std::move(responder));
  }
};

}  // namespace

absl::StatusOr<TilePath> ParseTilePath(absl::string_view path) {
  std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  TilePath parsed;
  parsed.is_bundle = parts.front() == "entries";
  if (!parsed.is_bundle && !ReadNumber(parts.front(), 0, kMostLevel, &parsed.tile.level)) return NoTile();
  parts.erase(parts.begin());
  parsed.tile.width = kFullWidth;
  if (parts.size() >= 2 && absl::ConsumeSuffix(&parts[parts.size() - 2], ".p")) {
    if (!ReadNumber(parts.back(), 1, kFullWidth - 1, &parsed.tile.width)) return NoTile();
    parts.pop_back();
  }
  if (!ReadGroups(parts, &parsed.tile.number)) return NoTile();
  return parsed;
}

std::vector<Route> LogRoutes(LogSource* source) {
  return {{"GET", "/log/checkpoint", std::make_shared<CheckpointHandler>(source), Runs::kOnWorker},
          {"GET", "/log/tile/**", std::make_shared<TileHandler>(source), Runs::kOnWorker}};
}

}  // namespace attain::http
