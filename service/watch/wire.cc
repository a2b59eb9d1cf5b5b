#include "service/watch/wire.h"

#include <utility>

namespace attain::watch {
namespace {

constexpr int kVarint = 0, kLengthDelimited = 2, kTypeBits = 3;

}  // namespace

void WireWriter::Varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7) out_->push_back(static_cast<char>(value | 0x80));
  out_->push_back(static_cast<char>(value));
}

void WireWriter::Field(int number, absl::string_view bytes) {
  Varint(static_cast<uint64_t>(number) << kTypeBits | kLengthDelimited);
  Varint(bytes.size());
  out_->append(bytes.data(), bytes.size());
}

void WireWriter::Number(int number, uint64_t value) {
  if (value == 0) return;
  Varint(static_cast<uint64_t>(number) << kTypeBits | kVarint);
  Varint(value);
}

Message Respond(absl::string_view token, int field, absl::string_view event) {
  std::string bytes;
  bytes.reserve(token.size() + event.size() + 16);
  WireWriter writer(&bytes);
  writer.Field(v1::WatchResponse::kResumeTokenFieldNumber, token);
  writer.Field(field, event);
  return std::make_shared<const std::string>(std::move(bytes));
}

Message Respond(const v1::WatchResponse& response) {
  return std::make_shared<const std::string>(response.SerializeAsString());
}

}  // namespace attain::watch
