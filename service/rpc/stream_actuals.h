// ReportingService.StreamActuals: batches in, acknowledgements out, in order, with a bounded number in flight.
#ifndef ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_
#define ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_

#include <grpcpp/grpcpp.h>

#include "attain/v1/reporting_service.pb.h"
#include "service/engine/engine.h"

namespace attain::rpc {

// The reactor owns itself and goes when its stream has ended and the engine has answered everything it was given.
grpc::ServerBidiReactor<v1::StreamActualsRequest, v1::StreamActualsResponse>* MakeStreamActuals(engine::Engine* engine,
                                                                                               engine::Caller caller);

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_STREAM_ACTUALS_H_
