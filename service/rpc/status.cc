#include "service/rpc/status.h"

#include <algorithm>
#include <string>

#include "attain/v1/finding.pb.h"
#include "google/rpc/error_details.pb.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::rpc {
namespace {

constexpr size_t kMaxMessage = 400;    // three times as long on the way when nothing is ASCII
constexpr size_t kMaxDetails = 4'200;  // 5,600 in base64

void FitDetails(google::rpc::Status* rpc) {
  google::rpc::BadRequest bad;
  v1::FindingList findings;
  for (google::protobuf::Any& detail : *rpc->mutable_details()) {
    if (detail.UnpackTo(&findings)) {
      while (rpc->ByteSizeLong() > kMaxDetails && !findings.findings().empty()) {
        findings.mutable_findings()->RemoveLast();
        detail.PackFrom(findings);
      }
    }
    if (!detail.UnpackTo(&bad)) continue;
    while (rpc->ByteSizeLong() > kMaxDetails && bad.field_violations_size() > 1) {
      bad.mutable_field_violations()->RemoveLast();
      detail.PackFrom(bad);
    }
  }
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status, absl::string_view locale) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status rpc = engine::ToRpcStatus(status, locale);
  rpc.set_message(std::string(engine::CutText(rpc.message(), kMaxMessage)));
  FitDetails(&rpc);
  return grpc::Status(static_cast<grpc::StatusCode>(rpc.code()), rpc.message(), rpc.SerializeAsString());
}

}  // namespace attain::rpc
