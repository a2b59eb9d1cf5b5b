#include "service/http/session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/calls/accept_language.h"
#include "service/http/answer_head.h"
#include "service/http/exchange.h"
#include "service/http/head_check.h"
#include "service/http/listener.h"
#include "service/http/problem.h"

namespace attain::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr size_t kReadBytes = 4096;
// A line of a chunk's length, or what stands behind the last chunk.
constexpr size_t kMostUnparsed = 16 << 10;
// For the client to take the last answer and to close its side; closing at once would take the answer from
// those that are still sending.
constexpr absl::Duration kFarewell = absl::Seconds(1);
constexpr size_t kMostDrained = 1 << 20;
constexpr absl::string_view kEnd = "\r\n\r\n";
constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";
// What the log calls requests that no route has.
constexpr char kNoRoute[] = "HTTP";

using Strand = asio::strand<asio::io_context::executor_type>;
using Plain = beast::basic_stream<asio::generic::stream_protocol, Strand>;
using Tls = asio::ssl::stream<Plain>;
using Parser = beast::http::request_parser<beast::http::string_body>;

std::string ToString(boost::string_view text) {
  return std::string(text.data(), text.size());
}

RequestHead HeadOf(const Parser& parser) {
  const auto& message = parser.get();
  RequestHead head;
  head.is_1_1 = message.version() == 11;
  head.method = ToString(message.method_string());
  head.target = ToString(message.target());
  for (const auto& field : message)
    head.headers.emplace_back(ToString(field.name_string()), ToString(field.value()));
  head.chunked = parser.chunked();
  head.content_length = parser.content_length().value_or(0);
  return head;
}

// Everything runs on the stream's strand but the constructor, CloseSoon and the delivery of an answer.
template <typename Stream>
class Session final : public Connection {
 public:
  Session(Stream stream, const SessionParts& parts, std::string peer, bool overloaded)
      : stream_(std::move(stream)),
        parts_(parts),
        limits_(parts.options->limits),
        peer_(std::move(peer)),
        overloaded_(overloaded),
        deadline_(stream_.get_executor()) {
    if (overloaded) End();
    parts_.connections->Add(this);
  }
  ~Session() override { parts_.connections->Remove(this); }

  // Once, on any thread.
  void Begin() {
    asio::post(stream_.get_executor(), [self = Self()] { self->Start(); });
  }

  // `self` is handed on, never dropped here: the caller may hold the lock that the destructor takes.
  void CloseSoon() override {
    std::shared_ptr<Connection> self = weak_from_this().lock();
    if (self == nullptr) return;
    asio::post(stream_.get_executor(),
               [self = std::move(self)] { static_cast<Session*>(self.get())->Close(); });
  }

 private:
  using Step = void (Session::*)();

  void Start() {
    if (Stopping()) return Close();
    if constexpr (std::is_same_v<Stream, Tls>) {
      Limit(limits_.head);
      stream_.async_handshake(asio::ssl::stream_base::server, [self = Self()](const error_code& error) {
        error ? self->Close() : self->NextRequest();
      });
    } else {
      NextRequest();
    }
  }

  std::shared_ptr<Session> Self() { return std::static_pointer_cast<Session>(shared_from_this()); }
  bool Stopping() const { return parts_.stopping->load(); }
  Plain& plain() { return beast::get_lowest_layer(stream_); }
  // What is read and written from here on, all together.
  void Limit(absl::Duration time) { plain().expires_after(absl::ToChronoMicroseconds(time)); }

  void ReadSome(Step next) {
    const size_t old = in_.size();
    in_.resize(old + kReadBytes);
    stream_.async_read_some(asio::buffer(&in_[old], kReadBytes),
                            [self = Self(), old, next](const error_code& error, size_t size) {
                              self->in_.resize(old + size);
                              error ? self->Close() : ((*self).*next)();
                            });
  }

  void NextRequest() {
    is_head_ = keep_alive_ = false;
    if (overloaded_) return Write(Told(ProblemOf(engine::Overloaded())), false);
    parser_.emplace();
    parser_->header_limit(static_cast<uint32_t>(limits_.most_head));
    // That of the route comes with the body; Beast takes "none" for 0.
    parser_->body_limit(std::numeric_limits<uint64_t>::max());
    scanned_ = 0;
    // A stop closes what is idle: either it finds this one, or this one finds the stop.
    if (Stopping()) return Close();
    if (!in_.empty()) return TakeHead();
    Limit(limits_.idle);
    ReadSome(&Session::TakeHead);
  }

  void TakeHead() {
    if (stage() == Stage::kIdle) {
      if (!Turn(Stage::kIdle, Stage::kReading)) return Close();
      Limit(limits_.head);
    }
    // Empty lines before a request are left over from an old client's last body (RFC 9112, 2.2).
    while (absl::StartsWith(in_, "\r\n")) {
      in_.erase(0, 2);
      scanned_ = 0;
    }
    const size_t end = in_.find(kEnd.data(), scanned_ < kEnd.size() ? 0 : scanned_ - kEnd.size());
    const size_t size = end == std::string::npos ? in_.size() : end + kEnd.size();
    if (size > limits_.most_head) return RefuseHead();
    if (end != std::string::npos) return ParseHead(size);
    // Nothing that begins like this becomes a request, such as a TLS handshake; nor do lines that end
    // otherwise.
    const bool hopeless = !in_.empty() && in_ != "\r" &&
                          (!absl::ascii_isgraph(static_cast<unsigned char>(in_[0])) ||
                           in_.find("\n\n", scanned_ == 0 ? 0 : scanned_ - 1) != std::string::npos);
    if (hopeless) return Refuse(Malformed(), false);
    scanned_ = in_.size();
    ReadSome(&Session::TakeHead);
  }

  void RefuseHead() {
    const bool in_first_line = in_.find('\n') == std::string::npos || in_.find('\n') > limits_.most_head;
    Refuse(in_first_line ? TargetTooLong(limits_.most_target) : HeadTooLarge(limits_.most_head), false);
  }

  void ParseHead(size_t size) {
    error_code error;
    const size_t used = parser_->put(asio::buffer(in_.data(), size), error);
    if (error == beast::http::error::bad_version) return Refuse(VersionNotKnown(), false);
    if (error || used != size || !parser_->is_header_done()) return Refuse(Malformed(), false);
    in_.erase(0, size);
    const RequestHead head = HeadOf(*parser_);
    is_head_ = head.method == "HEAD";
    keep_alive_ = parser_->keep_alive();
    auto checked = CheckHead(head, *parts_.router, limits_.most_target);
    locale_ = calls::LocaleOf(FindHeader(head.headers, "Accept-Language"));
    const bool has_body = head.chunked || head.content_length > 0;
    // A body that is not read would be taken for the next request.
    if (const auto* problem = std::get_if<Problem>(&checked)) return Refuse(*problem, !has_body);
    admitted_ = std::get<Admitted>(std::move(checked));
    if (!has_body) return Dispatch();
    parser_->body_limit(admitted_.route->most_body);
    parser_->eager(true);
    Limit(limits_.request);
    if (!admitted_.expects_continue || !in_.empty()) return TakeBody();
    asio::async_write(
        stream_, asio::buffer(kContinue, sizeof(kContinue) - 1),
        [self = Self()](const error_code& failed, size_t) { failed ? self->Close() : self->TakeBody(); });
  }

  void TakeBody() {
    while (!in_.empty() && !parser_->is_done()) {
      error_code error;
      const size_t used = parser_->put(asio::buffer(in_), error);
      in_.erase(0, used);
      if (error == beast::http::error::need_more) break;
      if (error == beast::http::error::body_limit)
        return Refuse(BodyTooLarge(admitted_.route->most_body), false);
      if (error) return Refuse(Malformed(), false);
    }
    if (parser_->is_done()) return Dispatch();
    if (in_.size() > kMostUnparsed) return Refuse(Malformed(), false);
    ReadSome(&Session::TakeBody);
  }

  void Dispatch() {
    if (!Turn(Stage::kReading, Stage::kRunning)) return Close();
    admitted_.request.body = std::move(parser_->get().body());
    admitted_.request.peer = peer_;
    const Route* const route = admitted_.route;
    exchange_ = std::make_shared<Exchange>(absl::StrCat(route->method, " ", route->pattern), parts_.log,
                                           [this](Response response) { Deliver(std::move(response)); });
    deadline_.expires_after(absl::ToChronoMicroseconds(limits_.request));
    deadline_.async_wait([self = Self(), exchange = exchange_](const error_code& error) {
      if (!error && self->exchange_ == exchange) self->OnDeadline();
    });
    auto responder = std::make_shared<Responder>(exchange_, locale_);
    if (route->runs == Runs::kHere) return route->handler->Handle(admitted_.request, std::move(*responder));
    const bool queued = parts_.workers->Run(
        [handler = route->handler, request = std::make_shared<Request>(std::move(admitted_.request)),
         responder] { handler->Handle(*request, std::move(*responder)); });
    if (!queued) responder->Refuse(engine::Overloaded());
  }

  // On any thread.
  void Deliver(Response response) {
    std::shared_ptr<Connection> self = this->weak_from_this().lock();
    if (self == nullptr) return;
    asio::post(stream_.get_executor(), [self = std::move(self), response = std::move(response)]() mutable {
      static_cast<Session*>(self.get())->OnAnswer(std::move(response));
    });
  }

  void OnAnswer(Response response) {
    if (exchange_ == nullptr) return;
    exchange_ = nullptr;
    deadline_.cancel();
    Write(std::move(response), true);
  }

  void OnDeadline() {
    exchange_->Detach();
    const Problem problem = NoAnswerInTime(limits_.request);
    parts_.log->Answered(exchange_->name(), problem.error);
    exchange_ = nullptr;
    Write(ProblemResponse(problem, locale_), false);
  }

  void Refuse(const Problem& problem, bool may_keep) {
    if (!Turn(Stage::kReading, Stage::kRunning)) return Close();
    Write(Told(problem), may_keep);
  }
  Response Told(const Problem& problem) {
    parts_.log->Answered(kNoRoute, problem.error);
    return ProblemResponse(problem, locale_);
  }

  void Write(Response response, bool may_keep) {
    ++served_;
    const bool keep = may_keep && keep_alive_ && !Stopping() && served_ < limits_.most_requests;
    out_head_ = AnswerHead(response, keep, parts_.options->clock->Now());
    const bool bare = is_head_ || response.status == 204 || response.status == 304;
    out_body_ = bare ? "" : std::move(response.body);
    Limit(limits_.request);
    const std::array<asio::const_buffer, 2> out = {asio::buffer(out_head_), asio::buffer(out_body_)};
    asio::async_write(stream_, out, [self = Self(), keep](const error_code& error, size_t) {
      if (error) return self->Close();
      if (!keep || !self->Turn(Stage::kRunning, Stage::kIdle)) return self->Farewell();
      self->NextRequest();
    });
  }

  void Farewell() {
    End();
    Limit(kFarewell);
    if constexpr (std::is_same_v<Stream, Tls>) {
      stream_.async_shutdown([self = Self()](const error_code&) { self->CloseOurSide(); });
    } else {
      CloseOurSide();
    }
  }

  void CloseOurSide() {
    error_code ignored;
    plain().socket().shutdown(asio::socket_base::shutdown_send, ignored);
    in_.resize(kReadBytes);
    Limit(kFarewell);
    Drain();
  }

  void Drain() {
    plain().async_read_some(asio::buffer(in_), [self = Self()](const error_code& error, size_t size) {
      self->drained_ += size;
      error || self->drained_ > kMostDrained ? self->Close() : self->Drain();
    });
  }

  void Close() {
    End();
    if (exchange_ != nullptr) exchange_->Detach();
    exchange_ = nullptr;
    deadline_.cancel();
    plain().close();
  }

  Stream stream_;
  const SessionParts parts_;
  const HttpLimits& limits_;
  const std::string peer_;
  const bool overloaded_;
  asio::steady_timer deadline_;  // of the handler's answer
  std::string in_;               // read and not parsed
  size_t scanned_ = 0;           // of in_: no head ends there
  std::optional<Parser> parser_;
  Admitted admitted_;
  std::string locale_ = "en";
  bool is_head_ = false, keep_alive_ = false;
  std::shared_ptr<Exchange> exchange_;  // set while a handler has the request
  size_t served_ = 0, drained_ = 0;
  std::string out_head_, out_body_;
};

template <typename Stream>
void Begin(Stream stream, const SessionParts& parts, std::string peer, bool overloaded) {
  std::make_shared<Session<Stream>>(std::move(stream), parts, std::move(peer), overloaded)->Begin();
}

}  // namespace

void StartSession(const SessionParts& parts, int fd, bool overloaded) {
  const std::string peer = PeerOf(fd);
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));  // fails on a socket that has no use for it
  Plain plain(asio::make_strand(*parts.io));
  plain.socket().assign(asio::generic::stream_protocol(AF_UNSPEC, 0), fd);
  if (parts.tls == nullptr) return Begin(std::move(plain), parts, peer, overloaded);
  Begin(Tls(std::move(plain), *parts.tls), parts, peer, overloaded);
}

}  // namespace attain::http
