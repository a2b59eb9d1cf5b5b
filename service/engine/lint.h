// The validator on stored tables, and findings as clients get them.
#ifndef ATTAIN_SERVICE_ENGINE_LINT_H_
#define ATTAIN_SERVICE_ENGINE_LINT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/finding.pb.h"
#include "attain/v1/table.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/importing/document.h"
#include "service/scoring/model.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// Findings of domain.md section 5 on a table, worst first.
std::vector<importing::Finding> LintState(const disk::TableState& state, const scoring::Profile& profile);
bool HasErrors(const std::vector<importing::Finding>& findings);

// In the caller's language.
v1::Finding ToPublic(const importing::Finding& finding, absl::string_view locale);
void AddFindings(const std::vector<importing::Finding>& findings, absl::string_view locale,
                 google::protobuf::RepeatedPtrField<v1::Finding>* out);

// The same error with findings among its details, the worst first.
absl::Status WithFindings(const absl::Status& status, std::vector<importing::Finding> findings);

// A table that was read from a document, as the API has it (without names).
v1::Table ToPublic(const importing::ParsedTable& parsed, absl::string_view profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_LINT_H_
