#include "common/schema/methods.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/file_service.pb.h"
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
        v1::GetServerInfoRequest::descriptor()->file()}) {
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

}  // namespace attain::schema
