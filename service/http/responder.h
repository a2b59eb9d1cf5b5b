// The end of a request that a handler holds while it works on the answer.
#ifndef ATTAIN_SERVICE_HTTP_RESPONDER_H_
#define ATTAIN_SERVICE_HTTP_RESPONDER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "service/http/message.h"

namespace attain::http {

// The connection's side of it. Implementations are thread-safe, never block, and may get an answer when
// nobody waits for it any more.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  // `told` is what the operators' log is told; OK: nothing.
  virtual void Answer(Response response, const absl::Status& told) = 0;
};

// Answers once, from any thread, also long after Handle has returned; what is answered after the request's
// deadline is dropped. One that goes without an answer answers INTERNAL (500). Movable; one thread at a time.
class Responder {
 public:
  Responder(std::shared_ptr<AnswerSink> sink, std::string locale)
      : sink_(std::move(sink)), locale_(std::move(locale)) {}
  Responder(Responder&&) = default;
  Responder& operator=(Responder&&) = delete;
  ~Responder();

  // The second answer of one responder is ignored.
  void Send(Response response);
  // A problem document (problem.h) in the request's language for an error of service/api/errors.h, and a line
  // of the operators' log like that of any call.
  void Refuse(const absl::Status& status);

 private:
  std::shared_ptr<AnswerSink> sink_;  // null: answered, or moved away
  std::string locale_;
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_RESPONDER_H_
