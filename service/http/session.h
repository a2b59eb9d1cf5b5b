// One connection: its requests in order, from their bytes to their answers.
#ifndef ATTAIN_SERVICE_HTTP_SESSION_H_
#define ATTAIN_SERVICE_HTTP_SESSION_H_

#include <atomic>

#include "service/calls/call_log.h"
#include "service/calls/worker_pool.h"
#include "service/http/connections.h"
#include "service/http/http_options.h"
#include "service/http/route.h"

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace attain::http {

// What all sessions of a server share. Not owned, outlives them.
struct SessionParts {
  boost::asio::io_context* io = nullptr;
  boost::asio::ssl::context* tls = nullptr;  // null: no encryption
  const HttpServerOptions* options = nullptr;
  const Router* router = nullptr;
  calls::WorkerPool* workers = nullptr;
  const calls::CallLog* log = nullptr;
  Connections* connections = nullptr;
  const std::atomic<bool>* stopping = nullptr;
};

// Takes over a connected socket and returns at once. The session keeps itself until it has ended.
// `overloaded`: it is only told that there are too many connections.
void StartSession(const SessionParts& parts, int fd, bool overloaded);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_SESSION_H_
