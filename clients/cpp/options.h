// How a client reaches its server.
#ifndef ATTAIN_CLIENTS_CPP_OPTIONS_H_
#define ATTAIN_CLIENTS_CPP_OPTIONS_H_

#include <string>

#include "absl/time/time.h"

namespace attain::client {

struct ClientOptions {
  // HOST:PORT or unix:PATH.
  std::string server = "127.0.0.1:50051";
  // Certificates that vouch for the server, PEM text. Empty: the connection is not encrypted.
  std::string tls_ca;
  // Sent as "authorization: Bearer …" with every call. Empty: none.
  std::string token;
  // Recorded with every change; UTF-8.
  std::string actor;
  // Language of messages, "zh-CN" or "en".
  std::string language = "en";
  // How long one call may take with all its repetitions. Default: 30 seconds.
  absl::Duration timeout = absl::Seconds(30);
  // How long a server that does not answer at all is tried again; never longer than `timeout`. Default: 10
  // seconds.
  absl::Duration patience = absl::Seconds(10);
};

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_OPTIONS_H_
