// What a batch or an item of one was refused for, from the details that clients get.
#ifndef ATTAIN_TESTS_SUPPORT_ITEM_ERROR_H_
#define ATTAIN_TESTS_SUPPORT_ITEM_ERROR_H_

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attain {

// The detail of this type; empty when there is none.
template <typename Detail>
Detail DetailIn(const google::rpc::Status& status) {
  Detail found;
  for (const google::protobuf::Any& detail : status.details()) {
    if (detail.UnpackTo(&found)) break;
  }
  return found;
}

inline std::string ReasonIn(const google::rpc::Status& status) {
  return DetailIn<google::rpc::ErrorInfo>(status).reason();
}

}  // namespace attain

#endif  // ATTAIN_TESTS_SUPPORT_ITEM_ERROR_H_
