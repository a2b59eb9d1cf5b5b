#include "clients/cli/commands/tables/rule_words.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {
namespace {

std::string WithoutSpace(const std::string& text) {
  return absl::StrReplaceAll(text, {{" ", ""}, {"\t", ""}, {"\u3000", ""}});
}

v1::RuleKind KindLabelled(const std::string& word) {
  const auto* type = google::protobuf::GetEnumDescriptor<v1::RuleKind>();
  for (int i = 1; i < type->value_count(); ++i) {
    const auto kind = static_cast<v1::RuleKind>(type->value(i)->number());
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      if (absl::AsciiStrToLower(word) == Label(kind, language)) return kind;
    }
  }
  return v1::RULE_KIND_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<v1::Rule> RuleNamed(const Context& context, const v1::Table& table, const std::string& text,
                                   bool newest) {
  v1::GetProfileRequest request;
  request.set_name(table.profile());
  request.set_version(newest || table.state() == v1::TABLE_STATE_DRAFT ? 0 : table.profile_version());
  ASSIGN_OR_RETURN(const auto response, context.client().GetProfile(request));
  const auto& aliases = response.profile().rule_aliases();
  const std::string word = WithoutSpace(text);
  const auto alias = std::find_if(aliases.begin(), aliases.end(), [&](const v1::RuleAlias& each) {
    return WithoutSpace(each.text()) == word;
  });
  v1::Rule rule;
  rule.set_text(text);
  rule.set_kind(alias != aliases.end() ? alias->kind() : KindLabelled(word));
  if (rule.kind() != v1::RULE_KIND_UNSPECIFIED) return rule;
  std::set<std::string> known;
  for (const v1::RuleAlias& each : aliases) known.insert(each.text());
  return UsageError(
      context.Say(words::kNotOneOf, context.Say(words::kRule), text, absl::StrJoin(known, " ")));
}

}  // namespace attain::cli
