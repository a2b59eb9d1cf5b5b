#include "tests/robustness/writers.h"

#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace attain::testing {
namespace {

constexpr char kDate[] = "2024-06-30";
constexpr size_t kStreamWindow = 8;

std::string Indicator(int table, int indicator) {
  return absl::StrCat("units/u/tables/p", table, "/indicators/i", indicator);
}

v1::ActualReport Report(int64_t value) {
  v1::ActualReport report;
  report.set_value(absl::StrCat(value % 100));
  report.set_date(kDate);
  return report;
}

// The figures count up; what they would mean for the targets is no matter here.
template <typename Request>
void AcceptFigures(Request* request) {
  for (const char* code : {"VALUE_IS_FRACTION", "VALUE_JUMP", "VALUE_TEN_THOUSAND_TIMES"})
    request->mutable_write()->add_accept_findings(code);
}

template <typename Response>
grpc::Status Kept(const grpc::Status& status, const Response& response,
                  const std::vector<v1::Actual>& actuals, Answer* answer) {
  answer->bytes = response.SerializeAsString();
  answer->revision = response.commit().revision();
  answer->facts.clear();
  for (const v1::Actual& actual : actuals) answer->facts.push_back({actual.name(), actual.report().value()});
  return status;
}

// One request after the other.
class StepWriter : public Writer {
 public:
  grpc::Status Run(const Api& api, Acknowledged* acknowledged) override {
    while (true) {
      if (!pending_.has_value()) pending_ = Next(static_cast<int64_t>(answers_.size()));
      Answer answer;
      if (grpc::Status status = (*pending_)(api, &answer); !status.ok()) return status;
      Keep(std::move(answer));
      acknowledged->Add();
    }
  }

  void Settle(const Api& api, absl::BitGen* random) override {
    if (pending_.has_value()) {
      Answer first;
      const grpc::Status status = (*pending_)(api, &first);
      ASSERT_TRUE(status.ok()) << status.error_message();
      Keep(std::move(first));
    }
    for (int i = 0; i < 3 && !steps_.empty(); ++i) {
      const size_t which = i == 0 ? steps_.size() - 1 : absl::Uniform<size_t>(*random, 0, steps_.size());
      Answer again;
      const grpc::Status status = steps_[which](api, &again);
      ASSERT_TRUE(status.ok()) << status.error_message();
      EXPECT_EQ(again.bytes, answers_[which].bytes) << "a repeated request id gives the first answer";
    }
  }

 private:
  virtual Step Next(int64_t count) = 0;

  void Keep(Answer answer) {
    answers_.push_back(std::move(answer));
    steps_.push_back(*std::move(pending_));
    pending_.reset();
  }

  std::optional<Step> pending_;
  std::vector<Step> steps_;
};

class ReportWriter : public StepWriter {
  Step Next(int64_t count) override {
    v1::RecordActualRequest request;
    request.set_indicator(Indicator(1, 1));
    *request.mutable_report() = Report(count);
    request.mutable_write()->set_request_id(absl::StrCat("report-", count));
    AcceptFigures(&request);
    return [request](const Api& api, Answer* answer) {
      v1::RecordActualResponse response;
      const grpc::Status status = api.RecordActual(request, &response);
      return Kept(status, response, {response.actual()}, answer);
    };
  }
};

class CorrectingWriter : public StepWriter {
  Step Next(int64_t count) override {
    if (count % 3 != 2) {
      v1::RecordActualRequest request;
      request.set_indicator(Indicator(2, 2));
      *request.mutable_report() = Report(count);
      request.mutable_write()->set_request_id(absl::StrCat("correcting-", count));
      AcceptFigures(&request);
      return [request](const Api& api, Answer* answer) {
        v1::RecordActualResponse response;
        const grpc::Status status = api.RecordActual(request, &response);
        return Kept(status, response, {response.actual()}, answer);
      };
    }
    v1::CorrectActualRequest request;
    request.set_name(answers_.back().facts[0].name);
    *request.mutable_report() = Report(count);
    request.set_change_reason("counted again");
    request.mutable_write()->set_request_id(absl::StrCat("correcting-", count));
    AcceptFigures(&request);
    return [request](const Api& api, Answer* answer) {
      v1::CorrectActualResponse response;
      const grpc::Status status =
          Call(api.reporting.get(), &v1::ReportingService::Stub::CorrectActual, request, &response);
      return Kept(status, response, {response.actual()}, answer);
    };
  }
};

class BatchWriter : public StepWriter {
  Step Next(int64_t count) override {
    v1::BatchRecordActualsRequest request;
    request.mutable_write()->set_view(v1::ANSWER_VIEW_FULL);
    for (int i = 1; i <= 6; ++i) {
      v1::NamedReport* report = request.add_reports();
      report->set_indicator(Indicator(3, i));
      *report->mutable_report() = Report(count + i);
    }
    request.mutable_write()->set_request_id(absl::StrCat("batch-", count));
    AcceptFigures(&request);
    return [request](const Api& api, Answer* answer) {
      v1::BatchRecordActualsResponse response;
      const grpc::Status status = api.BatchRecordActuals(request, &response);
      return Kept(status, response, {response.actuals().begin(), response.actuals().end()}, answer);
    };
  }
};

class SpendingWriter : public StepWriter {
  Step Next(int64_t count) override {
    v1::RecordSpendingRequest request;
    request.set_parent("units/u/tables/p5");
    request.mutable_spending()->set_spent(absl::StrCat(count % 5, ".25"));
    request.mutable_spending()->set_date(kDate);
    request.mutable_write()->set_request_id(absl::StrCat("spending-", count));
    AcceptFigures(&request);
    return [request](const Api& api, Answer* answer) {
      v1::RecordSpendingResponse response;
      const grpc::Status status = api.RecordSpending(request, &response);
      return Kept(status, response, {}, answer);
    };
  }
};

// Keeps several batches in flight on one stream.
class StreamWriter : public Writer {
 public:
  grpc::Status Run(const Api& api, Acknowledged* acknowledged) override {
    TimedContext context;
    const auto stream = api.reporting->StreamActuals(&context);
    for (size_t sent = 0;;) {
      if (waiting_.size() <= sent) waiting_.push_back(Next());
      bool alive = stream->Write(waiting_[sent]);
      ++sent;
      v1::StreamActualsResponse response;
      if (alive && sent >= kStreamWindow) {
        alive = stream->Read(&response);
        if (alive) {
          Keep(response);
          --sent;
          acknowledged->Add();
        }
      }
      if (alive) continue;
      // What is acknowledged already counts, even behind a failed write.
      while (stream->Read(&response)) Keep(response);
      return stream->Finish();
    }
  }

  void Settle(const Api& api, absl::BitGen*) override {
    const std::vector<v1::StreamActualsRequest> again(waiting_.begin(), waiting_.end());
    const size_t before = answers_.size();
    for (int round = 0; round < 2; ++round) {
      TimedContext context;
      const auto stream = api.reporting->StreamActuals(&context);
      size_t read = 0;
      v1::StreamActualsResponse response;
      for (const v1::StreamActualsRequest& request : again) {
        ASSERT_TRUE(stream->Write(request));
        ASSERT_TRUE(stream->Read(&response));
        if (round == 0) {
          Keep(response);
        } else {
          EXPECT_EQ(response.SerializeAsString(), answers_[before + read].bytes);
        }
        ++read;
      }
      stream->WritesDone();
      EXPECT_FALSE(stream->Read(&response));
      const grpc::Status status = stream->Finish();
      EXPECT_TRUE(status.ok()) << status.error_message();
    }
  }

 private:
  v1::StreamActualsRequest Next() {
    v1::StreamActualsRequest request;
    request.set_sequence(++made_);
    request.mutable_write()->set_request_id(absl::StrCat("stream-", made_));
    AcceptFigures(&request);
    for (int i = 1; i <= 5; ++i) {
      v1::NamedReport* report = request.add_reports();
      report->set_indicator(Indicator(4, i));
      *report->mutable_report() = Report(made_ + i);
    }
    return request;
  }

  void Keep(const v1::StreamActualsResponse& response) {
    ASSERT_FALSE(waiting_.empty());
    const v1::StreamActualsRequest& request = waiting_.front();
    EXPECT_EQ(response.sequence(), request.sequence()) << "answers come in order";
    EXPECT_EQ(response.accepted(), request.reports_size());
    Answer answer;
    answer.bytes = response.SerializeAsString();
    answer.revision = response.commit().revision();
    for (const v1::NamedReport& report : request.reports()) {
      answer.facts.push_back(
          {absl::StrCat(report.indicator(), "/actuals/", answer.revision), report.report().value()});
    }
    answers_.push_back(std::move(answer));
    waiting_.pop_front();
  }

  int64_t made_ = 0;
  std::deque<v1::StreamActualsRequest> waiting_;  // not acknowledged, oldest first
};

}  // namespace

std::vector<std::unique_ptr<Writer>> MakeWriters() {
  std::vector<std::unique_ptr<Writer>> writers;
  writers.push_back(std::make_unique<ReportWriter>());
  writers.push_back(std::make_unique<CorrectingWriter>());
  writers.push_back(std::make_unique<BatchWriter>());
  writers.push_back(std::make_unique<StreamWriter>());
  writers.push_back(std::make_unique<SpendingWriter>());
  return writers;
}

}  // namespace attain::testing
