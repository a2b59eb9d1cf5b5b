// Words of the command line that stand for values of an enum.
#ifndef ATTAIN_CLIENTS_CLI_SESSION_CHOICE_H_
#define ATTAIN_CLIENTS_CLI_SESSION_CHOICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/labels.h"
#include "google/protobuf/descriptor.h"

namespace attain::cli {

// The value whose label in either language is `typed`, upper or lower case. A usage error that lists the
// labels; `what` names the thing.
template <typename Enum>
absl::StatusOr<Enum> Choose(const Context& context, const Bilingual& what, const std::string& typed) {
  std::string labels;
  const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 1; i < type->value_count(); ++i) {
    const Enum value = static_cast<Enum>(type->value(i)->number());
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      if (absl::AsciiStrToLower(typed) == Label(value, language)) return value;
    }
    absl::StrAppend(&labels, labels.empty() ? "" : " ", Label(value, context.language()));
  }
  return UsageError(context.Say(words::kNotOneOf, context.Say(what), typed, labels));
}

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SESSION_CHOICE_H_
