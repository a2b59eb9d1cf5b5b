// Findings as clients get them.
#ifndef ATTAIN_SERVICE_API_FINDINGS_H_
#define ATTAIN_SERVICE_API_FINDINGS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/v1/finding.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/importing/document.h"

namespace attain::engine {

bool HasErrors(const std::vector<importing::Finding>& findings);

// In the language `locale`, "zh-CN" or "en".
v1::Finding ToPublic(const importing::Finding& finding, absl::string_view locale);
// Appends them in their order.
void AddFindings(const std::vector<importing::Finding>& findings, absl::string_view locale,
                 google::protobuf::RepeatedPtrField<v1::Finding>* out);

// Drops findings that do not fit into so many bytes: notes before warnings before errors, the last ones
// first. Gives how many.
int KeepWorst(size_t bytes, google::protobuf::RepeatedPtrField<v1::Finding>* findings);

// The same error with findings among its details in both languages, the worst first and at most 20.
absl::Status WithFindings(const absl::Status& status, std::vector<importing::Finding> findings);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FINDINGS_H_
