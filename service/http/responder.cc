#include "service/http/responder.h"

#include <utility>

#include "service/http/problem.h"

namespace attain::http {

Responder::~Responder() {
  if (sink_ != nullptr) Refuse(absl::InternalError("a handler ended without an answer"));
}

void Responder::Send(Response response) {
  if (const std::shared_ptr<AnswerSink> sink = std::move(sink_); sink != nullptr)
    sink->Answer(std::move(response), absl::OkStatus());
}

void Responder::Refuse(const absl::Status& status) {
  if (const std::shared_ptr<AnswerSink> sink = std::move(sink_); sink != nullptr)
    sink->Answer(ProblemResponse(ProblemOf(status), locale_), status);
}

}  // namespace attain::http
