// Copies between the public messages and those on disk, which are separate schemas that mean the same where
// their fields have the same names.
#ifndef ATTAIN_SERVICE_MODEL_MIRROR_H_
#define ATTAIN_SERVICE_MODEL_MIRROR_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/profile.pb.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/unit.pb.h"
#include "google/protobuf/message.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// Copies every field that both messages have by the same name (enums as their numbers); fields of one side
// only stay untouched. A test lists the fields that have no partner, so a forgotten one fails it.
void CopyByName(const google::protobuf::Message& from, google::protobuf::Message* to);

// Names of the fields of `a`, nested ones included, that `b` lacks or has with another type.
std::vector<std::string> FieldsWithoutPartner(const google::protobuf::Descriptor& a,
                                              const google::protobuf::Descriptor& b);

google::protobuf::Timestamp ToTimestamp(int64_t time_us);

v1::Unit ToPublic(const disk::UnitState& state, uint64_t revision);
// `with_rows` false leaves the indicators out.
v1::Table ToPublic(const disk::TableState& state, uint64_t revision);
v1::Profile ToPublic(const disk::ProfileState& state, uint64_t revision);
// `parent` is the indicator's full name, `id` that of the actual, `unit` of its target.
v1::Actual ToPublic(const disk::ActualState& state, absl::string_view parent, absl::string_view id,
                    absl::string_view unit);
// The same into an empty message, wherever that lives.
void FillPublic(const disk::ActualState& state, absl::string_view parent, absl::string_view id,
                absl::string_view unit, v1::Actual* out);
// `table` is the table's full name.
v1::Amendment ToPublic(const disk::AmendmentState& state, absl::string_view table, uint64_t revision);
// Without signatures.
v1::Evaluation ToPublic(const disk::EvaluationState& state, absl::string_view table, uint64_t etag);

// Leaves the last part of an indicator's name.
void StripRowName(std::string* name);
// A row as it is stored: its id alone for a name, its unit as documents are read ("％" is "%").
void TidyRow(disk::IndicatorState* row);

// Settable fields only; output-only fields of the result are empty.
disk::TableState ToState(const v1::Table& table);
disk::ProfileState ToState(const v1::Profile& profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_MODEL_MIRROR_H_
