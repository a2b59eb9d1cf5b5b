#include "storage/position.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/sha256.h"

namespace attain::storage {
namespace {

// kind 1 · store 8 · epoch 4 · revision 8 · check 4 bytes; numbers with the highest byte first.
constexpr char kKind = 1;
constexpr size_t kStoreDigits = 16, kBody = 1 + kStoreDigits / 2 + 4 + 8, kCheck = 4;

void Append(uint64_t number, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out->push_back(static_cast<char>(number >> shift));
}

uint64_t Number(absl::string_view bytes) {
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

// Catches damage; it is no secret.
std::string CheckOf(absl::string_view body) {
  thread_local Sha256 sha;
  sha.Add(body);
  return std::string(View(sha.Finish()).substr(0, kCheck));
}

}  // namespace

std::string EncodePosition(absl::string_view store_id, uint32_t epoch, Revision revision) {
  std::string body(1, kKind);
  body += absl::HexStringToBytes(store_id.substr(0, kStoreDigits));
  Append(epoch, 4, &body);
  Append(revision, 8, &body);
  return absl::WebSafeBase64Escape(absl::StrCat(body, CheckOf(body)));
}

std::optional<Position> DecodePosition(absl::string_view word) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(word, &bytes) || bytes.size() != kBody + kCheck) return std::nullopt;
  const absl::string_view body = absl::string_view(bytes).substr(0, kBody);
  if (body[0] != kKind || CheckOf(body) != absl::string_view(bytes).substr(kBody)) return std::nullopt;
  Position position;
  position.store = absl::BytesToHexString(body.substr(1, kStoreDigits / 2));
  position.epoch = static_cast<uint32_t>(Number(body.substr(1 + kStoreDigits / 2, 4)));
  position.revision = Number(body.substr(kBody - 8));
  return position;
}

bool IsOf(const Position& position, absl::string_view store_id, const Epochs& epochs) {
  return position.store == store_id.substr(0, kStoreDigits) &&
         epochs.Holds(position.epoch, position.revision);
}

}  // namespace attain::storage
