#include "clients/cli/input/names.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/name_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

constexpr size_t kMostCandidates = 10;

bool Allows(const std::vector<NameKind>& kinds, NameKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Something else than an id: then it can only be a display name.
bool IsTitle(absl::string_view text) {
  return !std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

// "57", "57-2"
bool IsRevision(absl::string_view text) {
  return !text.empty() && absl::ascii_isdigit(text[0]) && absl::ascii_isdigit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c) || c == '-'; });
}

absl::string_view KindWord(NameKind kind, Language language) {
  switch (kind) {
    case NameKind::kUnit:
      return words::kKindUnit.In(language);
    case NameKind::kTable:
      return words::kKindTable.In(language);
    case NameKind::kIndicator:
      return words::kKindIndicator.In(language);
    case NameKind::kActual:
      return words::kKindActual.In(language);
    case NameKind::kProfile:
      return words::kKindProfile.In(language);
  }
  return "";
}

std::string KindWords(const std::vector<NameKind>& kinds, Language language) {
  return absl::StrJoin(kinds, words::kOr.In(language), [&](std::string* out, NameKind kind) {
    absl::StrAppend(out, KindWord(kind, language));
  });
}

absl::Status Add(absl::StatusOr<std::vector<NameFit>> fits, std::vector<NameFit>* candidates) {
  RETURN_IF_ERROR(fits.status());
  std::move(fits->begin(), fits->end(), std::back_inserter(*candidates));
  return absl::OkStatus();
}

}  // namespace

std::optional<NameParts> ParseFullName(absl::string_view name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  NameParts found;
  if (parts.size() == 2 && parts[0] == "profiles") {
    found.kind = NameKind::kProfile;
    found.profile = parts[1];
    return found;
  }
  constexpr const char* kCollections[] = {"units", "tables", "indicators", "actuals"};
  std::string NameParts::*const kIds[] = {&NameParts::unit, &NameParts::table, &NameParts::indicator,
                                          &NameParts::actual};
  if (parts.size() % 2 != 0 || parts.size() > 8) return std::nullopt;
  for (size_t i = 0; i < parts.size(); i += 2) {
    if (parts[i] != kCollections[i / 2] || parts[i + 1].empty()) return std::nullopt;
    found.*kIds[i / 2] = parts[i + 1];
  }
  found.kind = static_cast<NameKind>(parts.size() / 2 - 1);
  return found;
}

std::string ShortName(absl::string_view name) {
  const std::optional<NameParts> parts = ParseFullName(name);
  if (!parts.has_value()) return std::string(name);
  if (parts->kind == NameKind::kProfile) return parts->profile;
  std::string text = parts->unit;
  for (const std::string& id : {parts->table, parts->indicator, parts->actual}) {
    if (!id.empty()) absl::StrAppend(&text, "/", id);
  }
  return text;
}

std::string TableOf(absl::string_view name) {
  return std::string(name.substr(0, name.find("/indicators/")));
}

std::string IndicatorOf(absl::string_view name) {
  return std::string(name.substr(0, name.find("/actuals/")));
}

NameResolver::NameResolver(client::Client client, v1::ReadOptions read, Language language)
    : language_(language), server_(std::move(client), std::move(read)) {}

std::string NameResolver::Profile(absl::string_view typed) {
  if (typed.empty() || absl::StartsWith(typed, "profiles/")) return std::string(typed);
  return absl::StrCat("profiles/", typed);
}

absl::StatusOr<std::string> NameResolver::Resolve(absl::string_view typed,
                                                  const std::vector<NameKind>& kinds) {
  if (const std::optional<NameParts> parts = ParseFullName(typed); parts.has_value()) {
    if (Allows(kinds, parts->kind)) return std::string(typed);
    return UsageError(Say(language_, words::kWrongKind, typed, KindWord(parts->kind, language_),
                          KindWords(kinds, language_)));
  }
  const std::string key = absl::StrCat(kinds.size(), KindWords(kinds, Language::kEnglish), "\n", typed);
  if (const auto it = known_.find(key); it != known_.end()) return it->second;
  absl::StatusOr<std::string> name = Look(typed, kinds);
  known_.emplace(key, name);
  return name;
}

absl::StatusOr<std::string> NameResolver::Look(absl::string_view typed, const std::vector<NameKind>& kinds) {
  const std::vector<std::string> parts = absl::StrSplit(typed, '/');
  const std::string& last = parts.back();
  if (Allows(kinds, NameKind::kActual)) {
    if (parts.size() < 2 || !IsRevision(last)) return UsageError(Say(language_, words::kActualForm, typed));
    ASSIGN_OR_RETURN(const std::string indicator, Indicator(typed.substr(0, typed.size() - last.size() - 1)));
    return absl::StrCat(indicator, "/actuals/", last);
  }
  Candidates candidates;
  RETURN_IF_ERROR(AddUnitsAndTables(parts, kinds, /*filtered=*/true, &candidates));
  if (candidates.empty() && IsTitle(last))
    RETURN_IF_ERROR(AddUnitsAndTables(parts, kinds, /*filtered=*/false, &candidates));
  if (candidates.empty() && Allows(kinds, NameKind::kIndicator)) {
    if (parts.size() == 2 || parts.size() == 3) {
      ASSIGN_OR_RETURN(const std::string table, Table(typed.substr(0, typed.size() - last.size() - 1)));
      ASSIGN_OR_RETURN(candidates, server_.Indicators(table, last));
    } else if (parts.size() == 1 && (kinds.size() == 1 || IsTitle(last))) {
      // Without its table all tables have to be read: only for what can be nothing else.
      ASSIGN_OR_RETURN(candidates, server_.Indicators("", last));
    }
  }
  return Choose(typed, kinds, std::move(candidates));
}

absl::Status NameResolver::AddUnitsAndTables(const std::vector<std::string>& parts,
                                             const std::vector<NameKind>& kinds, bool filtered,
                                             Candidates* candidates) {
  const std::string& last = parts.back();
  if (parts.size() == 1 && Allows(kinds, NameKind::kUnit))
    RETURN_IF_ERROR(Add(server_.Units(last, filtered), candidates));
  if (parts.size() == 1 && Allows(kinds, NameKind::kTable))
    return Add(server_.Tables("units/-", last, filtered), candidates);
  if (parts.size() != 2 || !Allows(kinds, NameKind::kTable)) return absl::OkStatus();
  const absl::StatusOr<std::string> unit = Unit(parts[0]);
  if (unit.ok()) return Add(server_.Tables(*unit, last, filtered), candidates);
  // "p1/i2" is no unit and table where indicators are allowed too.
  return kinds.size() > 1 && absl::IsNotFound(unit.status()) ? absl::OkStatus() : unit.status();
}

absl::StatusOr<std::string> NameResolver::Choose(absl::string_view typed, const std::vector<NameKind>& kinds,
                                                 Candidates candidates) const {
  if (candidates.empty()) {
    std::string message = Say(language_, words::kNothingFits, typed, KindWords(kinds, language_));
    const bool bare = !absl::StrContains(typed, '/');
    if (bare && Allows(kinds, NameKind::kIndicator))
      absl::StrAppend(&message, words::kIndicatorForm.In(language_));
    return absl::NotFoundError(message);
  }
  Fit best = Fit::kNone;
  for (const NameFit& candidate : candidates) best = std::max(best, candidate.fit);
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(),
                                  [best](const NameFit& c) { return c.fit != best; }),
                   candidates.end());
  if (candidates.size() == 1) return candidates.front().name;
  std::string list;
  for (size_t i = 0; i < candidates.size() && i < kMostCandidates; ++i) {
    absl::StrAppend(&list, "\n  ", ShortName(candidates[i].name), "  ", candidates[i].display_name);
  }
  if (candidates.size() > kMostCandidates) absl::StrAppend(&list, "\n  …");
  return absl::FailedPreconditionError(
      absl::StrCat(Say(language_, words::kSeveralFit, typed, candidates.size()), list));
}

}  // namespace attain::cli
