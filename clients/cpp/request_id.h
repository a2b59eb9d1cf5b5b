// Ids of requests.
#ifndef ATTAIN_CLIENTS_CPP_REQUEST_ID_H_
#define ATTAIN_CLIENTS_CPP_REQUEST_ID_H_

#include <string>

namespace attain::client {

// 32 random hex digits, for a request_id. Thread-safe.
std::string NewRequestId();

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_REQUEST_ID_H_
