#include "service/importing/values/fold_name.h"

#include "service/importing/values/text.h"

namespace attain::importing {

std::string FoldName(absl::string_view name) {
  return Squeeze(Narrow(name));
}

}  // namespace attain::importing
