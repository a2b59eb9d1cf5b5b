// The two status macros that Debian's Abseil does not have yet.
#ifndef ATTAIN_SERVICE_API_MACROS_H_
#define ATTAIN_SERVICE_API_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define ATTAIN_CONCAT_INNER(a, b) a##b
#define ATTAIN_CONCAT(a, b) ATTAIN_CONCAT_INNER(a, b)

// Returns from the enclosing function when the expression is not OK.
#define RETURN_IF_ERROR(expression)                                                           \
  do {                                                                                        \
    if (absl::Status attain_status = (expression); !attain_status.ok()) return attain_status; \
  } while (false)

// Assigns the value of a StatusOr, or returns its status.
#define ASSIGN_OR_RETURN(lhs, expression) \
  ASSIGN_OR_RETURN_INNER(ATTAIN_CONCAT(attain_or_, __LINE__), lhs, expression)
#define ASSIGN_OR_RETURN_INNER(variable, lhs, expression) \
  auto variable = (expression);                           \
  if (!variable.ok()) return variable.status();           \
  lhs = *std::move(variable)

#endif  // ATTAIN_SERVICE_API_MACROS_H_
