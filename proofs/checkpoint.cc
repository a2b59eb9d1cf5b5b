#include "proofs/checkpoint.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

absl::Status Wrong(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not a checkpoint: ", why));
}

}  // namespace

absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view text) {
  absl::string_view origin, size, root, extension;
  if (!TakeLine(&text, &origin) || !TakeLine(&text, &size) || !TakeLine(&text, &root)) {
    return Wrong("it has three lines at least: origin, size and root");
  }
  if (origin.empty()) return Wrong("the first line, its origin, is empty");
  const std::optional<uint64_t> number = ParseDecimal(size);
  if (!number.has_value())
    return Wrong("the second line is no size: digits without leading zeros, below 2^63");
  const std::optional<Hash> hash = ParseHash(root);
  if (!hash.has_value()) return Wrong("the third line is no hash: 44 characters of base64");
  Checkpoint checkpoint{std::string(origin), *number, *hash, {}};
  while (TakeLine(&text, &extension)) {
    if (extension.empty()) return Wrong("an extension line is empty");
    checkpoint.extensions.emplace_back(extension);
  }
  if (!text.empty()) return Wrong("its last line has no end: it was cut off");
  return checkpoint;
}

std::string CheckpointText(const Checkpoint& checkpoint) {
  std::string text =
      absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n", PrintHash(checkpoint.root), "\n");
  for (const std::string& line : checkpoint.extensions) absl::StrAppend(&text, line, "\n");
  return text;
}

}  // namespace attain::proofs
