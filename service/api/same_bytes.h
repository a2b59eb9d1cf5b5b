// A message as bytes that are the same every time.
#ifndef ATTAIN_SERVICE_API_SAME_BYTES_H_
#define ATTAIN_SERVICE_API_SAME_BYTES_H_

#include <string>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/message.h"

namespace attain::engine {

// Equal messages give equal bytes within one program, also those with maps.
inline std::string SameBytes(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_SAME_BYTES_H_
