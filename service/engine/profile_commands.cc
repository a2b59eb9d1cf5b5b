#include <google/protobuf/text_format.h>

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/engine/built_in_profiles.h"
#include "service/engine/commands.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/macros.h"
#include "service/engine/mirror.h"
#include "service/engine/rule_checks.h"
#include "service/engine/text_limits.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

absl::Status Put(disk::ProfileState state, Transaction& txn, v1::Profile* profile) {
  state.set_update_time_us(txn.time_us());
  *profile = ToPublic(state, txn.revision());
  disk::Event event;
  *event.mutable_profile_set() = std::move(state);
  return txn.Emit(std::move(event));
}

class Contradictions {
 public:
  void Add(std::string field, Text text) { violations_.push_back({std::move(field), std::move(text)}); }
  void Add(const std::vector<Violation>& violations) {
    violations_.insert(violations_.end(), violations.begin(), violations.end());
  }
  bool empty() const { return violations_.empty(); }
  absl::Status Result() const {
    return violations_.empty() ? absl::OkStatus() : BadFields(v1::ERROR_REASON_INVALID_PROFILE, violations_);
  }

 private:
  std::vector<Violation> violations_;
};

// Aliases are compared without white space: two that differ in nothing else must mean the same.
template <typename Map>
void CheckAliases(const std::string& field, const Map& aliases, Contradictions* contradictions) {
  std::map<std::string, std::pair<std::string, typename Map::mapped_type>> known;
  for (const auto& [text, meaning] : std::map(aliases.begin(), aliases.end())) {
    const std::string name = scoring::WithoutSpace(text);
    if (name.empty()) {
      contradictions->Add(field, {"同义词不得为空。", "A synonym must not be blank."});
      continue;
    }
    const auto [first, added] = known.try_emplace(name, text, meaning);
    if (added || first->second.second == meaning) continue;
    contradictions->Add(
        field,
        {absl::StrCat("“", first->second.first, "”与“", text, "”去掉空格后相同，含义却不同。请只留一个。"),
         absl::StrCat("\"", first->second.first, "\" and \"", text,
                      "\" are the same without white space but mean different things. Keep one of them.")});
  }
}

}  // namespace

absl::Status CheckProfile(const v1::Profile& profile) {
  RETURN_IF_ERROR(CheckRequired("profile.display_name", profile.display_name(), 600));
  RETURN_IF_ERROR(CheckLength("profile.source", profile.source(), 3000));
  Contradictions contradictions;
  contradictions.Add(CheckRuleOptions(profile.defaults(), "profile.defaults"));
  CheckAliases("profile.rule_aliases", profile.rule_aliases(), &contradictions);
  CheckAliases("profile.level_aliases", profile.level_aliases(), &contradictions);
  const absl::StatusOr<scoring::Profile> compiled = CompileProfile(ToState(profile));
  if (!compiled.ok()) {
    const std::string message(compiled.status().message());
    if (contradictions.empty()) contradictions.Add("profile", {absl::StrCat("字段不对：", message), message});
    return contradictions.Result();
  }
  if (compiled->indicator_points.sign() <= 0 || compiled->indicator_points > Decimal::FromInt(1000)) {
    contradictions.Add("profile.indicator_points", {"指标总分值须大于 0 且不超过 1000。", "indicator_points must be above 0 and at most 1,000."});
  }
  if (compiled->total_decimals < 0 || compiled->total_decimals > 2) {
    contradictions.Add("profile.total_decimals", {"小数位数须为 0 至 2。", "total_decimals must be 0 to 2."});
  }
  if (compiled->grades.empty() || compiled->grades.back().from.sign() != 0) {
    contradictions.Add("profile.grades", {"等级须由高到低排列，最低一级从 0 起。", "Grades run from high to low and the lowest starts at 0."});
  }
  for (size_t i = 1; i < compiled->grades.size(); ++i) {
    if (compiled->grades[i].from >= compiled->grades[i - 1].from) {
      contradictions.Add("profile.grades", {"等级须由高到低排列。", "Grades must be listed from high to low."});
      break;
    }
  }
  const scoring::Monitoring& monitoring = compiled->monitoring;
  if (monitoring.red_below.sign() < 0 || monitoring.red_below > monitoring.yellow_below || monitoring.yellow_below > monitoring.green_below) {
    contradictions.Add("profile.monitoring", {"监控界限须依次不减：红、黄、绿。", "Monitoring limits must not fall: red, yellow, green."});
  }
  for (const auto& [text, level] : compiled->level_aliases) {
    bool known = false;
    for (const scoring::RatingBand& band : compiled->defaults.rating_bands) known = known || band.level == level;
    if (!known) contradictions.Add("profile.level_aliases", {absl::StrCat("同义词 ", text, " 指向未知等级。"), absl::StrCat("The synonym ", text, " names an unknown level.")});
  }
  return contradictions.Result();
}

absl::Status CreateProfile(const v1::CreateProfileRequest& request, Transaction& txn,
                           v1::CreateProfileResponse* response) {
  RETURN_IF_ERROR(CheckId("profile_id", request.profile_id()));
  RETURN_IF_ERROR(CheckProfile(request.profile()));
  ASSIGN_OR_RETURN(const bool exists, txn.Exists(ProfileKey(request.profile_id())));
  const std::string name = absl::StrCat("profiles/", request.profile_id());
  if (exists) return AlreadyExists(name);
  disk::ProfileState state = ToState(request.profile());
  state.set_name(name);
  state.set_version(1);
  return Put(std::move(state), txn, response->mutable_profile());
}

absl::Status UpdateProfile(const v1::UpdateProfileRequest& request, Transaction& txn,
                           v1::UpdateProfileResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("profile.name", request.profile().name()));
  RETURN_IF_ERROR(CheckProfile(request.profile()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, txn.GetProfile(name.profile));
  const std::string etag = absl::StrCat(found.revision);
  if (request.profile().etag() != etag) return StaleEtag(request.profile().name(), request.profile().etag(), etag);
  disk::ProfileState state = ToState(request.profile());
  state.set_name(found.state.name());
  state.set_version(found.state.version() + 1);
  return Put(std::move(state), txn, response->mutable_profile());
}

std::vector<v1::Profile> BuiltInProfiles() {
  std::vector<v1::Profile> profiles;
  for (const absl::string_view text : BuiltInProfileTexts()) {
    v1::Profile profile;
    // A text that does not parse gives an empty profile, which RegisterBuiltInProfile refuses: the server does not start.
    google::protobuf::TextFormat::ParseFromString(std::string(text), &profile);
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

absl::Status RegisterBuiltInProfile(const v1::Profile& profile, Transaction& txn) {
  RETURN_IF_ERROR(CheckProfile(profile));
  disk::ProfileState state = ToState(profile);
  state.set_version(1);
  v1::Profile ignored;
  return Put(std::move(state), txn, &ignored);
}

}  // namespace attain::engine
