#include "common/schema/methods.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/file_service.pb.h"
#include "attain/v1/history_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "attain/v1/watch_service.pb.h"

namespace attain::schema {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using MethodsByRequest = absl::flat_hash_map<const Descriptor*, const MethodDescriptor*>;

std::vector<const ServiceDescriptor*> FindServices() {
  std::vector<const ServiceDescriptor*> services;
  for (const FileDescriptor* file :
       {v1::GetUnitRequest::descriptor()->file(), v1::RecordActualRequest::descriptor()->file(),
        v1::GetScoreRequest::descriptor()->file(), v1::GetProfileRequest::descriptor()->file(),
        v1::WatchRequest::descriptor()->file(), v1::UploadDocumentRequest::descriptor()->file(),
        v1::GetHeadRequest::descriptor()->file(), v1::GetServerInfoRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

MethodsByRequest FindMethods() {
  MethodsByRequest methods;
  for (const ServiceDescriptor* service : ServicesOfApi()) {
    for (int i = 0; i < service->method_count(); ++i) {
      methods[service->method(i)->input_type()] = service->method(i);
    }
  }
  return methods;
}

}  // namespace

const std::vector<const ServiceDescriptor*>& ServicesOfApi() {
  static const auto* const services = new std::vector<const ServiceDescriptor*>(FindServices());
  return *services;
}

const MethodDescriptor* MethodOf(const Descriptor* request) {
  static const auto* const methods = new MethodsByRequest(FindMethods());
  const auto it = methods->find(request);
  return it == methods->end() ? nullptr : it->second;
}

const MethodDescriptor* MethodNamed(absl::string_view name) {
  for (const ServiceDescriptor* service : ServicesOfApi()) {
    if (const MethodDescriptor* method = service->FindMethodByName(std::string(name))) return method;
  }
  return nullptr;
}

const v1::CallRule& RuleOf(const MethodDescriptor& method) {
  return method.options().GetExtension(v1::call);
}

const v1::ErrorRule& RuleOf(v1::ErrorReason reason) {
  const auto* const value = v1::ErrorReason_descriptor()->FindValueByNumber(reason);
  return value == nullptr ? v1::ErrorRule::default_instance() : value->options().GetExtension(v1::error);
}

bool MayBeRefusedFor(const MethodDescriptor& method, v1::ErrorReason reason) {
  const Descriptor& request = *method.input_type();
  const auto has = [&request](const char* field) { return request.FindFieldByName(field) != nullptr; };
  switch (reason) {
    case v1::ERROR_REASON_INVALID_FIELD:
    case v1::ERROR_REASON_INVALID_NAME:
    case v1::ERROR_REASON_INVALID_ENCODING:
    case v1::ERROR_REASON_REQUEST_TOO_LARGE:
    case v1::ERROR_REASON_ANSWER_TOO_LARGE:
    case v1::ERROR_REASON_OVERLOADED:
    case v1::ERROR_REASON_SHUTTING_DOWN:
    case v1::ERROR_REASON_STORE_UNAVAILABLE:
    case v1::ERROR_REASON_CORRUPTION:
    case v1::ERROR_REASON_INTERNAL:
      return true;
    case v1::ERROR_REASON_REQUEST_ID_REUSED:
    case v1::ERROR_REASON_ENTRY_TOO_LARGE:
      return has("write");
    case v1::ERROR_REASON_REVISION_OUT_OF_RANGE:
    case v1::ERROR_REASON_REVISION_NOT_HERE_YET:
    case v1::ERROR_REASON_EPOCH_CHANGED:
      if (has("read") || has("to") || has("after_revision")) return true;
      break;  // others list it
    case v1::ERROR_REASON_INVALID_PAGE_TOKEN:
      return has("page_token");
    case v1::ERROR_REASON_INVALID_FILTER:
      return has("filter") || has("order_by");
    default:
      break;
  }
  const auto& own = RuleOf(method).errors();
  return std::find(own.begin(), own.end(), reason) != own.end();
}

}  // namespace attain::schema
