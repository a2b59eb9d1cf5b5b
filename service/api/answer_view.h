// How much of what was written comes back, and how large answers may be.
#ifndef ATTAIN_SERVICE_API_ANSWER_VIEW_H_
#define ATTAIN_SERVICE_API_ANSWER_VIEW_H_

#include <cstddef>

#include "absl/status/status.h"
#include "attain/v1/common.pb.h"
#include "attain/v1/options.pb.h"
#include "google/protobuf/message.h"

namespace attain::engine {

// Bytes. What clients take by default is 4 MiB; the answer of a write stays well below, since who cannot read
// it does not know that it was written.
inline constexpr size_t kMostWriteAnswer = size_t{3} << 20;
// Of a question. More than a write's: what one write brought in, one question shows.
inline constexpr size_t kMostReadAnswer = (size_t{4} << 20) - (size_t{64} << 10);

// Whether the caller of a method with this row wants the basics alone: BASIC, or nothing said of a batch.
bool WantsBasic(const v1::WriteOptions& write, const v1::CallRule& rule);
// Leaves in an answer its commit, findings, numbers and totals, and of resources names and etags: what has
// neither is left out.
void LeaveBasics(google::protobuf::Message* response);

// ANSWER_TOO_LARGE when so many bytes are more than the limit.
absl::Status CheckAnswerBytes(size_t bytes, size_t limit);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_ANSWER_VIEW_H_
