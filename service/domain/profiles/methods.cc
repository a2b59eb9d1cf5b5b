#include "service/domain/profiles/methods.h"

#include "service/domain/profiles/profile_commands.h"
#include "service/domain/profiles/profile_queries.h"

namespace attain::engine {

void AddProfileMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&CreateProfile);
  commands->Add(&UpdateProfile);
  queries->Add(&GetProfile);
  queries->Add(&ListProfiles);
}

}  // namespace attain::engine
