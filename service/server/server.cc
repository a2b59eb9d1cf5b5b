#include "service/server/server.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <thread>

#include "absl/strings/str_cat.h"
#include "service/calls/call_log.h"
#include "service/documents/converter.h"
#include "service/documents/documents.h"
#include "service/documents/uploads.h"
#include "service/engine/engine.h"
#include "service/rpc/reader_source.h"
#include "service/rpc/rpc_server.h"
#include "service/server/log.h"
#include "storage/rocksdb/open.h"

namespace attain::server {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(10);

sigset_t EndSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return absl::InvalidArgumentError(absl::StrCat("cannot read ", path));
  return text.str();
}

absl::StatusOr<std::unique_ptr<storage::Store>> OpenStore(const ServerOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.data_dir, error);
  if (error)
    return absl::UnavailableError(absl::StrCat("cannot make ", options.data_dir, ": ", error.message()));
  storage::RocksStoreOptions store;
  store.directory = options.data_dir;
  return storage::OpenRocksStore(store);
}

// Programs are looked for where the server was started, before anything else is opened.
absl::Status CheckProgram(absl::string_view option, const std::string& path) {
  if (path.empty() || access(path.c_str(), X_OK) == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--", option, ": ", path, " is no program that can be run"));
}

documents::DocumentsOptions DocumentOptionsOf(const ServerOptions& options) {
  documents::DocumentsOptions documents;
  // Readers are started in the root directory.
  if (!options.extract.empty()) documents.extract = std::filesystem::absolute(options.extract);
  if (!options.converter.empty()) {
    documents::ConverterOptions converter;
    converter.soffice = std::filesystem::absolute(options.converter);
    documents.convert = [shared = std::make_shared<documents::Converter>(std::move(converter))](
                            absl::string_view bytes, attain::document::v1::Media media) {
      return shared->Convert(bytes, media);
    };
  }
  documents.log = [](const std::string& line) {
    ProcessLog().Write(
        {calls::Level::kWarning, "a reader of documents failed", {{"cause", line}}, "documents"});
  };
  return documents;
}

absl::Status ReadTls(const ServerOptions& options, rpc::RpcServerOptions* rpc) {
  if (options.tls_cert.empty()) return absl::OkStatus();
  for (const auto& [path, text] : {std::make_pair(&options.tls_cert, &rpc->tls_certificate),
                                   std::make_pair(&options.tls_key, &rpc->tls_key)}) {
    absl::StatusOr<std::string> read = ReadFile(*path);
    if (!read.ok()) return read.status();
    if (read->empty())
      return absl::InvalidArgumentError(
          absl::StrCat(*path, " is empty: TLS needs a certificate and its key, PEM"));
    *text = *std::move(read);
  }
  return absl::OkStatus();
}

engine::EngineOptions EngineOptionsOf(const ServerOptions& options) {
  engine::EngineOptions engine;
  engine.cache_bytes = options.cache_mib << 20;
  engine.version = kVersion;
  // gRPC polls with two threads where there are few cores; with two cores that is one too many beside the
  // committer.
  engine.bystanders = std::thread::hardware_concurrency() <= 2 ? 1 : 0;
  engine.schema_version = storage::kSchemaVersion;
  engine.watch.ring_bytes = options.watch_ring_mib << 20;
  engine.watch.max_streams = options.max_watches;
  engine.watch.max_streams_per_caller = options.max_watches_per_caller;
  engine.watch.write_timeout = absl::Seconds(options.watch_write_timeout);
  engine.watch.progress_interval = absl::Seconds(options.watch_progress);
  return engine;
}

}  // namespace

void BlockSignals() {
  const sigset_t set = EndSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A write that fails is an error to be answered, not the end of the process.
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

absl::Status Run(const ServerOptions& options) {
  for (const auto& [option, path] :
       {std::make_pair("extract", &options.extract), std::make_pair("converter", &options.converter)}) {
    if (absl::Status fine = CheckProgram(option, *path); !fine.ok()) return fine;
  }
  rpc::RpcServerOptions rpc;
  if (absl::Status read = ReadTls(options, &rpc); !read.ok()) return read;
  absl::StatusOr<std::unique_ptr<storage::Store>> store = OpenStore(options);
  if (!store.ok()) return store.status();
  documents::Documents documents(DocumentOptionsOf(options));
  documents::Uploads uploads{documents::UploadsOptions()};
  rpc::ReaderSource reader_source(&documents, &uploads);
  const calls::CallLog log(&ProcessLog(), [store = store->get()] { return store->head().revision; });
  engine::EngineOptions engine_options = EngineOptionsOf(options);
  engine_options.store = store->get();
  engine_options.documents = &reader_source;
  engine_options.commit_failed = [&log](const absl::Status& status) { log.CommitFailed(status); };
  absl::StatusOr<std::unique_ptr<engine::Engine>> engine = engine::Engine::Open(engine_options);
  if (!engine.ok()) return engine.status();
  rpc.engine = engine->get();
  rpc.documents = &reader_source;
  rpc.uploads = &uploads;
  rpc.listen = options.listen;
  rpc.keepalive = absl::Seconds(options.keepalive);
  rpc.log = &log;
  rpc.transport_log = [](const char* text) {
    if (ProcessLog().Writes(calls::Level::kDebug))
      ProcessLog().Write({calls::Level::kDebug, "grpc", {{"text", text}}, "grpc"});
  };
  absl::StatusOr<std::unique_ptr<rpc::RpcServer>> server = rpc::RpcServer::Start(rpc);
  if (!server.ok()) return server.status();
  if (rpc.tls_certificate.empty() && !IsLoopback(options.listen)) {
    ProcessLog().Write(
        {calls::Level::kWarning,
         absl::StrCat("attaind: WARNING: ", (*server)->address(),
                      " can be reached from other machines without encryption; use --tls-cert and --tls-key"),
         {},
         ""});
  }
  Announce(absl::StrCat("attaind ", kVersion, " ready: listening on ", (*server)->address(), ", data in ",
                        options.data_dir, ", revision ", (*store)->head().revision, ", pid ", getpid()));
  const sigset_t set = EndSignals();
  int received = 0;
  sigwait(&set, &received);
  (*server)->Stop(kGrace);
  (*engine)->Shutdown();
  ProcessLog().TellLeftOut();
  Announce(absl::StrCat("attaind stopped at revision ", (*store)->head().revision));
  return absl::OkStatus();
}

}  // namespace attain::server
