// The words of a document that stand for a scoring rule.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_RULE_WORDS_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_RULE_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "attain/v1/rule.pb.h"
#include "attain/v1/table.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// The rule that `text` (按照正常比例赋分) names in the profile of `table`: the version that the table is
// scored by, or the newest while it is a draft or `newest`. White space does not count; the words of the
// command line for a rule do as well. The rule carries `text`. A usage error with the words that are known
// when it names none; or the server's error.
absl::StatusOr<v1::Rule> RuleNamed(const Context& context, const v1::Table& table, const std::string& text,
                                   bool newest);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_RULE_WORDS_H_
