// The command line of attaind.
#ifndef ATTAIN_SERVICE_SERVER_OPTIONS_H_
#define ATTAIN_SERVICE_SERVER_OPTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attain::server {

inline constexpr char kVersion[] = "0.1.0";

struct ServerOptions {
  std::string data_dir;
  std::string head_mark;     // path; empty: beside the data directory. See storage::RocksStoreOptions
  bool accept_loss = false;  // start although acknowledged revisions are missing
  std::string listen = "127.0.0.1:50051";
  std::string http_listen;         // empty: no HTTP port
  std::string tls_cert, tls_key;   // paths
  std::string extract, converter;  // programs that read documents; empty: see documents::DocumentsOptions
  size_t cache_mib = 256;
  size_t keepalive = 30;  // seconds: see rpc::RpcServerOptions
  // Watches: see watch::HubOptions.
  size_t max_watches = 10'000, max_watches_per_caller = 1'000;
  size_t watch_ring_mib = 64;
  size_t watch_write_timeout = 60, watch_progress = 5;  // seconds
  std::string log_level = "info";                       // error, warning, info, debug
  std::string log_format = "text";                      // text, json
  std::string log_name = "attain", log_key;             // of the transparency log: see head_signing.h
  // Backups: see BackupScheduleOptions. No directory: none are made.
  std::string backup_dir, backup_key_file;
  absl::Duration backup_every = absl::Hours(24), backup_keep = absl::InfiniteDuration();
  bool help = false, version = false;
};

// `arguments` without the program's name. --config=FILE is read where it stands: what follows overrides it.
// INVALID_ARGUMENT names the option and says what to write.
absl::StatusOr<ServerOptions> ParseOptions(const std::vector<std::string>& arguments);

std::string HelpText();

// True when `listen` can be reached from this machine only. For an address of either port.
bool IsLoopback(const std::string& listen);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_OPTIONS_H_
