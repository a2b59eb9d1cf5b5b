// The resume token: where a stream stands, of which store, and of which watch. Opaque to clients.
#ifndef ATTAIN_SERVICE_WATCH_TOKEN_H_
#define ATTAIN_SERVICE_WATCH_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace attain::watch {

// Bytes of a hash that go into a token; enough against accidents, and no secret is guarded.
inline constexpr size_t kTokenHashBytes = 8;

struct Token {
  std::string store_id;
  storage::Revision revision = 0;
  // Beginning of that revision's journal hash: a store that was put back from an older copy and written on
  // has the same revisions with another history.
  std::string hash;
  std::string watch;         // fingerprint of names, filter and kinds
  bool in_snapshot = false;  // the snapshot at `revision` was not complete
};

std::string EncodeToken(const Token& token);
// INVALID_ARGUMENT when these are not the bytes of a token; total.
absl::StatusOr<Token> DecodeToken(absl::string_view bytes);

// The first kTokenHashBytes of SHA-256.
std::string ShortHash(absl::string_view bytes);

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_TOKEN_H_
