#include "clients/cli/words/messages.h"

#include <cstddef>
#include <iterator>

#include "clients/cli/words/catalogue.h"
#include "clients/cli/words/catalogue_questions.h"
#include "clients/cli/words/catalogue_results.h"
#include "clients/cli/words/catalogue_usage.h"

namespace attain::cli {
namespace {

constexpr size_t kUsageCount = std::size(kUsageMessages), kResultsCount = std::size(kResultsMessages);

static_assert(kUsageCount + kResultsCount + std::size(kQuestionsMessages) == static_cast<size_t>(Msg::kCount),
              "one entry per message");

const MessageEntry& EntryOf(Msg message) {
  const auto at = static_cast<size_t>(message);
  if (at < kUsageCount) return kUsageMessages[at];
  if (at < kUsageCount + kResultsCount) return kResultsMessages[at - kUsageCount];
  return kQuestionsMessages[at - kUsageCount - kResultsCount];
}

}  // namespace

absl::string_view Text(Msg message, Language language) {
  return EntryOf(message).words.In(language);
}

bool IsInItsPlace(Msg message) {
  return EntryOf(message).message == message;
}

}  // namespace attain::cli
