#include "service/server/server.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <thread>

#include "absl/strings/str_cat.h"
#include "service/calls/call_log.h"
#include "service/documents/converter.h"
#include "service/documents/documents.h"
#include "service/documents/uploads.h"
#include "service/engine/engine.h"
#include "service/http/health_routes.h"
#include "service/http/http_server.h"
#include "service/http/log_routes.h"
#include "service/rpc/reader_source.h"
#include "service/rpc/rpc_server.h"
#include "service/server/backup_schedule.h"
#include "service/server/head_signing.h"
#include "service/server/log.h"
#include "service/server/log_source.h"
#include "storage/rocksdb/open.h"

namespace attain::server {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(10);
constexpr absl::Duration kHttpGrace = absl::Seconds(3);

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

void Warn(const std::string& sentence) {
  ProcessLog().Write({calls::Level::kWarning, absl::StrCat("attaind: WARNING: ", sentence), {}, ""});
}

absl::StatusOr<std::unique_ptr<storage::Store>> OpenStore(const ServerOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.data_dir, error);
  if (error)
    return absl::UnavailableError(absl::StrCat("cannot make ", options.data_dir, ": ", error.message()));
  storage::RocksStoreOptions store;
  store.directory = options.data_dir;
  store.head_mark = options.head_mark;
  store.accept_loss = options.accept_loss;
  store.warn = Warn;
  storage::OpenReport report;
  absl::StatusOr<std::unique_ptr<storage::Store>> opened = storage::OpenRocksStore(store, &report);
  for (const std::string& warning : report.warnings) Warn(warning);
  if (report.loss.has_value()) {
    ProcessLog().Write({calls::Level::kError,
                        absl::StrCat("attaind: ", report.loss->words),
                        {{"first_lost", absl::StrCat(report.loss->first)},
                         {"last_lost", absl::StrCat(report.loss->last)},
                         {"lost_epoch", absl::StrCat(report.loss->epoch)}},
                        ""});
  }
  return opened;
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

// PEM texts, of both ports; empty: no encryption.
struct TlsTexts {
  std::string certificate, key;
};

absl::Status ReadTls(const ServerOptions& options, TlsTexts* tls) {
  if (options.tls_cert.empty()) return absl::OkStatus();
  for (const auto& [path, text] :
       {std::make_pair(&options.tls_cert, &tls->certificate), std::make_pair(&options.tls_key, &tls->key)}) {
    absl::StatusOr<std::string> read = ReadFile(*path);
    if (!read.ok()) return read.status();
    if (read->empty())
      return absl::InvalidArgumentError(
          absl::StrCat(*path, " is empty: TLS needs a certificate and its key, PEM"));
    *text = *std::move(read);
  }
  return absl::OkStatus();
}

void TellTree(const absl::Status& status) {
  ProcessLog().Write({calls::Level::kError,
                      "the tree over the journal goes no further",
                      {{"cause", std::string(status.message())}},
                      "tree"});
}

// What --backup-… ask for; nothing without a directory. The key is read before anything is opened.
absl::StatusOr<std::optional<BackupScheduleOptions>> BackupsOf(const ServerOptions& options) {
  if (options.backup_dir.empty()) return std::optional<BackupScheduleOptions>();
  BackupScheduleOptions schedule;
  schedule.data_dir = options.data_dir;
  schedule.backups.directory = options.backup_dir;
  schedule.every = options.backup_every;
  schedule.keep = options.backup_keep;
  schedule.log = &ProcessLog();
  if (!options.backup_key_file.empty()) {
    absl::StatusOr<storage::KeyFile> file = storage::ReadKeyFile(options.backup_key_file);
    if (!file.ok()) return file.status();
    if (!file->warning.empty()) ProcessLog().Write({calls::Level::kWarning, file->warning, {}, ""});
    schedule.backups.key = std::move(file->key);
  }
  return std::optional<BackupScheduleOptions>(std::move(schedule));
}

absl::StatusOr<engine::EngineOptions> EngineOptionsOf(const ServerOptions& options, storage::Store* store) {
  engine::EngineOptions engine;
  engine.cache_bytes = options.cache_mib << 20;
  engine.version = kVersion;
  // gRPC polls with two threads where there are few cores; with two cores that is one too many beside the
  // committer.
  engine.bystanders = std::thread::hardware_concurrency() <= 2 ? 1 : 0;
  engine.schema_version = storage::kSchemaVersion;
  engine.store = store;
  absl::StatusOr<engine::HeadOptions> heads = HeadOptionsOf(options, *store);
  if (!heads.ok()) return heads.status();
  engine.heads = *std::move(heads);
  engine.tree_failed = TellTree;
  engine.watch.ring_bytes = options.watch_ring_mib << 20;
  engine.watch.max_streams = options.max_watches;
  engine.watch.max_streams_per_caller = options.max_watches_per_caller;
  engine.watch.write_timeout = absl::Seconds(options.watch_write_timeout);
  engine.watch.progress_interval = absl::Seconds(options.watch_progress);
  return engine;
}

// The gRPC port with everything that stands behind it, not owned.
rpc::RpcServerOptions RpcOptionsOf(const ServerOptions& options, engine::Engine* engine,
                                   engine::DocumentSource* documents, documents::Uploads* uploads,
                                   const calls::CallLog* log) {
  rpc::RpcServerOptions rpc;
  rpc.engine = engine;
  rpc.documents = documents;
  rpc.uploads = uploads;
  rpc.listen = options.listen;
  rpc.keepalive = absl::Seconds(options.keepalive);
  rpc.log = log;
  rpc.transport_log = [](const char* text) {
    if (ProcessLog().Writes(calls::Level::kDebug))
      ProcessLog().Write({calls::Level::kDebug, "grpc", {{"text", text}}, "grpc"});
  };
  return rpc;
}

// Null when no HTTP port is wanted. `engine`, `source`, `log` and `stopping` are not owned and outlive it.
absl::StatusOr<std::unique_ptr<http::HttpServer>> StartHttp(const ServerOptions& options, const TlsTexts& tls,
                                                            engine::Engine* engine, http::LogSource* source,
                                                            const calls::CallLog* log,
                                                            const std::atomic<bool>* stopping) {
  if (options.http_listen.empty()) return nullptr;
  http::HttpServerOptions http;
  http.listen = options.http_listen;
  http.tls_certificate = tls.certificate;
  http.tls_key = tls.key;
  http.log = log;
  std::vector<http::Route> routes = http::HealthRoutes([engine, stopping] {
    if (stopping->load()) return http::Readiness::kStopping;
    return engine->healthy() ? http::Readiness::kReady : http::Readiness::kFailed;
  });
  for (http::Route& route : http::LogRoutes(source)) routes.push_back(std::move(route));
  absl::StatusOr<std::unique_ptr<http::HttpServer>> server = http::HttpServer::Start(http, std::move(routes));
  if (server.ok()) Announce(absl::StrCat("attaind http: listening on ", (*server)->address()));
  return server;
}

void WarnWhereOpen(const std::string& listen, const std::string& address) {
  if (IsLoopback(listen)) return;
  Warn(absl::StrCat(address,
                    " can be reached from other machines without encryption; use --tls-cert and --tls-key"));
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
  TlsTexts tls;
  if (absl::Status read = ReadTls(options, &tls); !read.ok()) return read;
  absl::StatusOr<std::optional<BackupScheduleOptions>> backups = BackupsOf(options);
  if (!backups.ok()) return backups.status();
  absl::StatusOr<std::unique_ptr<storage::Store>> store = OpenStore(options);
  if (!store.ok()) return store.status();
  documents::Documents documents(DocumentOptionsOf(options));
  documents::Uploads uploads{documents::UploadsOptions()};
  rpc::ReaderSource reader_source(&documents, &uploads);
  const calls::CallLog log(&ProcessLog(), [store = store->get()] { return store->head().revision; });
  absl::StatusOr<engine::EngineOptions> engine_options = EngineOptionsOf(options, store->get());
  if (!engine_options.ok()) return engine_options.status();
  engine_options->documents = &reader_source;
  engine_options->commit_failed = [&log](const absl::Status& status) { log.CommitFailed(status); };
  absl::StatusOr<std::unique_ptr<engine::Engine>> engine = engine::Engine::Open(*engine_options);
  if (!engine.ok()) return engine.status();
  rpc::RpcServerOptions rpc = RpcOptionsOf(options, engine->get(), &reader_source, &uploads, &log);
  rpc.tls_certificate = tls.certificate;
  rpc.tls_key = tls.key;
  absl::StatusOr<std::unique_ptr<rpc::RpcServer>> server = rpc::RpcServer::Start(rpc);
  if (!server.ok()) return server.status();
  std::atomic<bool> stopping{false};
  const std::unique_ptr<http::LogSource> source = MakeLogSource((*engine)->history(), store->get());
  absl::StatusOr<std::unique_ptr<http::HttpServer>> http =
      StartHttp(options, tls, engine->get(), source.get(), &log, &stopping);
  if (!http.ok()) return http.status();
  if (tls.certificate.empty()) {
    WarnWhereOpen(options.listen, (*server)->address());
    if (*http != nullptr) WarnWhereOpen(options.http_listen, (*http)->address());
  }
  Announce(absl::StrCat("attaind ", kVersion, " ready: listening on ", (*server)->address(), ", data in ",
                        options.data_dir, ", revision ", (*store)->head().revision, ", pid ", getpid()));
  std::optional<BackupSchedule> schedule;
  if (backups->has_value()) {
    (*backups)->store = store->get();
    schedule.emplace(**std::move(backups));
  }
  const sigset_t set = EndSignals();
  int received = 0;
  sigwait(&set, &received);
  stopping.store(true);
  schedule.reset();
  (*server)->Stop(kGrace);
  // Whoever asks learns until the end that it stops.
  if (*http != nullptr) (*http)->Stop(kHttpGrace);
  (*engine)->Shutdown();
  ProcessLog().TellLeftOut();
  Announce(absl::StrCat("attaind stopped at revision ", (*store)->head().revision));
  return absl::OkStatus();
}

}  // namespace attain::server
