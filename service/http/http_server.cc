#include "service/http/http_server.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <future>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/calls/key_pair.h"
#include "service/calls/worker_pool.h"
#include "service/http/connections.h"
#include "service/http/listener.h"
#include "service/http/session.h"

namespace attain::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Before connections are taken again when the process has no descriptor left for one.
constexpr std::chrono::milliseconds kPause{100};

absl::StatusOr<std::unique_ptr<asio::ssl::context>> TlsContext(const HttpServerOptions& options) {
  if (options.tls_certificate.empty() && options.tls_key.empty()) return nullptr;
  if (absl::Status pair = calls::CheckKeyPair(options.tls_certificate, options.tls_key); !pair.ok())
    return pair;
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code error;
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::single_dh_use, error);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->use_certificate_chain(asio::buffer(options.tls_certificate), error);
  if (!error) context->use_private_key(asio::buffer(options.tls_key), asio::ssl::context::pem, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("the TLS certificate: ", error.message()));
  return context;
}

// Connections must not take the descriptors that the store opens its files with.
size_t MostConnections(const HttpLimits& limits) {
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return limits.most_connections;
  return std::min<size_t>(limits.most_connections, std::max<size_t>(files.rlim_cur / 4, 1));
}

class HttpServerImpl final : public HttpServer {
 public:
  HttpServerImpl(const HttpServerOptions& options, Router router, std::unique_ptr<asio::ssl::context> tls,
                 std::unique_ptr<Listener> listener)
      : options_(options),
        router_(std::move(router)),
        tls_(std::move(tls)),
        address_(listener->address()),
        listener_(std::move(listener)),
        workers_(options.workers, options.max_waiting),
        connections_(MostConnections(options.limits)),
        io_(options.threads),
        work_(asio::make_work_guard(io_)),
        incoming_(asio::make_strand(io_), listener_->fd()),
        pause_(incoming_.get_executor()) {
    parts_ = {&io_, tls_.get(), &options_, &router_, &workers_, Log(), &connections_, &stopping_};
    asio::post(incoming_.get_executor(), [this] { AwaitIncoming(); });
    for (int i = 0; i < options.threads; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  ~HttpServerImpl() override { Stop(absl::ZeroDuration()); }

  std::string address() const override { return address_; }
  size_t connections() override { return connections_.size(); }

  void Stop(absl::Duration grace) override {
    if (stopping_.exchange(true)) return;
    const auto end = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(grace);
    std::promise<void> closed;
    asio::post(incoming_.get_executor(), [&] {
      pause_.cancel();
      incoming_.release();  // the listener closes it
      closed.set_value();
    });
    closed.get_future().wait();
    listener_.reset();
    connections_.CloseIdle();
    connections_.AwaitEmpty(end);
    connections_.CloseAll();
    work_.reset();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  const calls::CallLog* Log() const { return options_.log != nullptr ? options_.log : &silent_; }

  void AwaitIncoming() {
    if (stopping_) return;
    incoming_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const error_code& error) {
      if (!error) Accept();
    });
  }

  void Accept() {
    while (!stopping_) {
      const int fd = accept4(incoming_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd >= 0) {
        Admit(fd);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return AwaitIncoming();
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        Log()->Answered("HTTP", absl::ResourceExhaustedError(absl::StrCat("accept: ", std::strerror(errno))));
        pause_.expires_after(kPause);
        return pause_.async_wait([this](const error_code& error) {
          if (!error) AwaitIncoming();
        });
      }  // else that client has gone
    }
  }

  void Admit(int fd) {
    const Connections::Room room = connections_.MakeRoom();
    if (room == Connections::Room::kNone) {
      close(fd);
    } else {
      StartSession(parts_, fd, room == Connections::Room::kRefuse);
    }
  }

  const HttpServerOptions options_;
  const Router router_;
  const std::unique_ptr<asio::ssl::context> tls_;
  const calls::CallLog silent_{nullptr, nullptr};
  const std::string address_;
  std::unique_ptr<Listener> listener_;
  std::atomic<bool> stopping_{false};
  calls::WorkerPool workers_;  // its handlers may run until it goes
  Connections connections_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::posix::stream_descriptor incoming_;  // the listener's; on its strand alone
  asio::steady_timer pause_;
  SessionParts parts_;
  std::vector<std::thread> threads_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options,
                                                              std::vector<Route> routes) {
  absl::StatusOr<Router> router = Router::Make(std::move(routes));
  if (!router.ok()) return router.status();
  absl::StatusOr<std::unique_ptr<asio::ssl::context>> tls = TlsContext(options);
  if (!tls.ok()) return tls.status();
  absl::StatusOr<std::unique_ptr<Listener>> listener = Listener::Open(options.listen);
  if (!listener.ok()) return listener.status();
  return std::unique_ptr<HttpServer>(
      new HttpServerImpl(options, *std::move(router), *std::move(tls), *std::move(listener)));
}

}  // namespace attain::http
