// The journal's tree of hashes for mirrors and monitors: the paths of C2SP tlog-tiles below /log.
#ifndef ATTAIN_SERVICE_HTTP_LOG_ROUTES_H_
#define ATTAIN_SERVICE_HTTP_LOG_ROUTES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/http/route.h"

namespace attain::http {

// A tile of hashes or a bundle of entries.
struct TileName {
  int level = 0;        // 0 to 63; of a bundle 0
  uint64_t number = 0;  // from the left, below 2^56
  int width = 256;      // hashes or entries in it: 256, of a partial one 1 to 255
};

// What the paths serve. Implementations are thread-safe; calls may take milliseconds, they come on workers.
// NOT_FOUND, with any text or none, for what is not there or not there yet; other errors are made by
// service/api/errors.h and reach the client and the log as any call's do.
class LogSource {
 public:
  virtual ~LogSource() = default;
  // The newest signed head: a signed note (C2SP tlog-checkpoint), UTF-8.
  virtual absl::StatusOr<std::string> Checkpoint() = 0;
  // 32 × width bytes: the hashes one after another.
  virtual absl::StatusOr<std::string> Tile(const TileName& tile) = 0;
  // The entries of the tile of level 0 with this number and width, each behind its length as two bytes, big
  // endian.
  virtual absl::StatusOr<std::string> Entries(const TileName& bundle) = 0;
};

// GET /log/checkpoint (text, not to be kept), /log/tile/L/N[.p/W] and /log/tile/entries/N[.p/W] (bytes, to be
// kept for ever). N is written in groups of three digits, all but the last with an x before it:
// x001/x234/067. Any other way to write a tile is 404. `source` is not owned and outlives the server.
std::vector<Route> LogRoutes(LogSource* source);

// "0/x001/067.p/12" and "entries/067"; INVALID_ARGUMENT when no tile is written so.
struct TilePath {
  bool is_bundle = false;
  TileName tile;
};
absl::StatusOr<TilePath> ParseTilePath(absl::string_view path);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_LOG_ROUTES_H_
