#include "service/documents/refusal.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace attain::documents {
namespace {

constexpr absl::string_view kPayload = "attain/document-refusal";

}  // namespace

absl::Status Refused(const document::Refusal& refusal) {
  absl::Status status = absl::InvalidArgumentError(absl::StrCat(refusal.code(), ": ", refusal.detail()));
  status.SetPayload(kPayload, absl::Cord(refusal.SerializeAsString()));
  return status;
}

absl::Status Refused(absl::string_view code, absl::string_view detail, document::Media media) {
  document::Refusal refusal;
  refusal.set_code(std::string(code));
  refusal.set_detail(std::string(detail));
  refusal.set_media(media);
  return Refused(refusal);
}

std::optional<document::Refusal> RefusalOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  document::Refusal refusal;
  if (!payload.has_value() || !refusal.ParseFromString(std::string(*payload))) return std::nullopt;
  return refusal;
}

}  // namespace attain::documents
