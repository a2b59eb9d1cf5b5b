#include "service/commit/answer_desk.h"

#include <iterator>
#include <utility>

namespace attain::engine {

void AnswerDesk::Give(std::vector<Answer> answers) {
  {
    storage::MutexLock lock(&mutex_);
    answers_.insert(answers_.end(), std::make_move_iterator(answers.begin()),
                    std::make_move_iterator(answers.end()));
    waiting_ = answers_.size();
  }
  while (GiveOne()) {
  }
}

bool AnswerDesk::GiveOne() {
  if (waiting_ == 0) return false;
  Answer answer;
  {
    storage::MutexLock lock(&mutex_);
    if (answers_.empty()) return false;
    answer = std::move(answers_.front());
    answers_.pop_front();
    waiting_ = answers_.size();
    ++giving_;
  }
  answer.done(std::move(answer.status));
  storage::MutexLock lock(&mutex_);
  --giving_;
  if (giving_ == 0 && answers_.empty()) given_.NotifyAll();
  return true;
}

void AnswerDesk::WaitForLast() {
  storage::MutexLock lock(&mutex_);
  while (giving_ > 0 || !answers_.empty()) given_.Wait(&mutex_);
}

void AnswerDesk::Begin() {
  working_ = true;
}

void AnswerDesk::End() {
  storage::MutexLock lock(&mutex_);
  working_ = false;
  if (aside_ > 0) ended_.NotifyAll();
}

void AnswerDesk::Lend() {
  while (GiveOne()) {
  }
  if (bystanders_ == 0 || !working_) return;
  storage::MutexLock lock(&mutex_);
  if (aside_ == bystanders_) return;
  ++aside_;
  while (working_) ended_.Wait(&mutex_);
  --aside_;
}

}  // namespace attain::engine
