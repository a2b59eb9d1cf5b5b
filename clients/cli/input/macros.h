// Early return on errors.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_MACROS_H_
#define ATTAIN_CLIENTS_CLI_INPUT_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expression)                                       \
  do {                                                                    \
    if (absl::Status attain_status = (expression); !attain_status.ok()) { \
      return attain_status;                                               \
    }                                                                     \
  } while (false)

#define ATTAIN_CONCAT_INNER(a, b) a##b
#define ATTAIN_CONCAT(a, b) ATTAIN_CONCAT_INNER(a, b)
#define ASSIGN_OR_RETURN(target, expression) \
  ATTAIN_ASSIGN_OR_RETURN(ATTAIN_CONCAT(attain_or_, __LINE__), target, expression)
#define ATTAIN_ASSIGN_OR_RETURN(temporary, target, expression) \
  auto temporary = (expression);                               \
  if (!temporary.ok()) return std::move(temporary).status();   \
  target = *std::move(temporary)

#endif  // ATTAIN_CLIENTS_CLI_INPUT_MACROS_H_
