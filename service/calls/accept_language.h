// Which language a client wants, as gRPC metadata and HTTP headers say it.
#ifndef ATTAIN_SERVICE_CALLS_ACCEPT_LANGUAGE_H_
#define ATTAIN_SERVICE_CALLS_ACCEPT_LANGUAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::calls {

// The languages the server speaks, from an Accept-Language value: the first tag that is zh… gives "zh-CN",
// the first that is en… "en"; neither gives "en". Weights (";q=") are not read: clients list the preferred
// language first.
std::string LocaleOf(absl::string_view accept_language);

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_ACCEPT_LANGUAGE_H_
