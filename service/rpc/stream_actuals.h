// ReportingService.StreamActuals: batches in, acknowledgements out, in order, with a bounded number in
// flight.
#ifndef ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_
#define ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_

#include <grpcpp/grpcpp.h>

#include "service/rpc/dispatch.h"

namespace attain::rpc {

// At most 16 batches are read and not yet acknowledged; a client that goes on sending waits (HTTP/2 flow
// control). A batch that is refused as a whole is answered with its sequence and `batch_error`, and the
// stream goes on. What the next batch would meet as well (UNAVAILABLE, INTERNAL, DATA_LOSS) is answered
// likewise and then ends the stream; batches handed over behind it may be recorded without an answer: repeat
// them with their request ids. When the server goes down, batches under way are acknowledged and the stream
// ends with UNAVAILABLE (SHUTTING_DOWN).
//
// With the metadata "attain-all-or-nothing: true" each message is carried out as BatchRecordActuals is, up to
// 10,000 reports: one refused report refuses its message, which is answered with `batch_error`, and the
// stream ends with that error. A message is handed over when the one before it is recorded, so none is
// recorded behind a refused one, and others' calls come in between. Its request id stands for its reports
// alone, not for its sequence.
//
// The reactor owns itself: it goes when its stream has ended and the engine has answered everything it was
// given.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* MakeStreamActuals(
    const Dispatch& dispatch, const grpc::CallbackServerContext& context);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_
