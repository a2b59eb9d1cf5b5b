#include "service/model/mirror.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "service/importing/document.h"
#include "service/importing/values/units.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// Enums of the public API are plain int32 on disk.
int Kind(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM ? FieldDescriptor::CPPTYPE_INT32
                                                           : field.cpp_type();
}

bool Partners(const FieldDescriptor& a, const FieldDescriptor& b) {
  return a.is_repeated() == b.is_repeated() && Kind(a) == Kind(b) && !a.is_map() && !b.is_map();
}

void CopyRepeated(const Message& from, const FieldDescriptor* source, Message* to,
                  const FieldDescriptor* target) {
  const Reflection* in = from.GetReflection();
  const Reflection* out = to->GetReflection();
  out->ClearField(to, target);
  for (int i = 0; i < in->FieldSize(from, source); ++i) {
    if (IsMessage(*source)) {
      CopyByName(in->GetRepeatedMessage(from, source, i), out->AddMessage(to, target));
    } else {
      out->AddString(to, target, in->GetRepeatedString(from, source, i));
    }
  }
}

int64_t GetInteger(const Message& from, const FieldDescriptor* field) {
  const Reflection* in = from.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return in->GetEnumValue(from, field);
    case FieldDescriptor::CPPTYPE_INT32:
      return in->GetInt32(from, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return in->GetBool(from, field) ? 1 : 0;
    default:
      return in->GetInt64(from, field);
  }
}

void SetInteger(Message* to, const FieldDescriptor* field, int64_t value) {
  const Reflection* out = to->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      out->SetEnumValue(to, field, static_cast<int>(value));
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      out->SetInt32(to, field, static_cast<int32_t>(value));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      out->SetBool(to, field, value != 0);
      break;
    default:
      out->SetInt64(to, field, value);
  }
}

}  // namespace

void CopyByName(const Message& from, Message* to) {
  const Reflection* in = from.GetReflection();
  const Reflection* out = to->GetReflection();
  const Descriptor* descriptor = from.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* source = descriptor->field(i);
    const FieldDescriptor* target = to->GetDescriptor()->FindFieldByName(source->name());
    if (target == nullptr || !Partners(*source, *target)) continue;
    if (source->is_repeated()) {
      CopyRepeated(from, source, to, target);
    } else if (source->has_presence() && !in->HasField(from, source)) {
      out->ClearField(to, target);
    } else if (IsMessage(*source)) {
      CopyByName(in->GetMessage(from, source), out->MutableMessage(to, target));
    } else if (source->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      out->SetString(to, target, in->GetString(from, source));
    } else {
      SetInteger(to, target, GetInteger(from, source));
    }
  }
}

std::vector<std::string> FieldsWithoutPartner(const Descriptor& a, const Descriptor& b) {
  std::vector<std::string> missing;
  for (int i = 0; i < a.field_count(); ++i) {
    const FieldDescriptor* field = a.field(i);
    const FieldDescriptor* partner = b.FindFieldByName(field->name());
    if (partner == nullptr || !Partners(*field, *partner)) {
      missing.push_back(absl::StrCat(a.name(), ".", field->name()));
    } else if (IsMessage(*field)) {
      for (const std::string& nested :
           FieldsWithoutPartner(*field->message_type(), *partner->message_type())) {
        missing.push_back(nested);
      }
    }
  }
  return missing;
}

google::protobuf::Timestamp ToTimestamp(int64_t time_us) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(time_us / 1'000'000);
  timestamp.set_nanos(static_cast<int32_t>(time_us % 1'000'000) * 1000);
  return timestamp;
}

v1::Unit ToPublic(const disk::UnitState& state, uint64_t revision) {
  v1::Unit unit;
  CopyByName(state, &unit);
  unit.set_etag(absl::StrCat(revision));
  *unit.mutable_create_time() = ToTimestamp(state.create_time_us());
  *unit.mutable_update_time() = ToTimestamp(state.update_time_us());
  return unit;
}

v1::Table ToPublic(const disk::TableState& state, uint64_t revision) {
  v1::Table table;
  CopyByName(state, &table);
  for (v1::Indicator& indicator : *table.mutable_indicators()) {
    indicator.set_name(absl::StrCat(state.name(), "/indicators/", indicator.name()));
  }
  table.set_etag(absl::StrCat(revision));
  *table.mutable_create_time() = ToTimestamp(state.create_time_us());
  *table.mutable_update_time() = ToTimestamp(state.update_time_us());
  return table;
}

v1::Profile ToPublic(const disk::ProfileState& state, uint64_t revision) {
  v1::Profile profile;
  CopyByName(state, &profile);
  profile.set_etag(absl::StrCat(revision));
  *profile.mutable_update_time() = ToTimestamp(state.update_time_us());
  return profile;
}

// By hand: every report is answered with one, and reflection takes five times as long. A test compares it
// with CopyByName.
void CopyReport(const disk::ReportState& from, v1::ActualReport* to) {
  to->set_value(from.value());
  to->set_date(from.date());
  to->set_score(from.score());
  to->set_deduction(from.deduction());
  to->set_numerator(from.numerator());
  to->set_denominator(from.denominator());
  to->set_note(from.note());
  to->set_reason(from.reason());
  *to->mutable_evidence() = from.evidence();
}

void FillPublic(const disk::ActualState& state, absl::string_view parent, absl::string_view id,
                absl::string_view unit, v1::Actual* out) {
  v1::Actual& actual = *out;
  CopyReport(state.report(), actual.mutable_report());
  actual.set_number(state.number());
  actual.set_level(state.level());
  if (state.has_met()) actual.set_met(state.met());
  actual.set_date(state.date());
  actual.set_actor(state.actor());
  actual.set_revision(state.revision());
  actual.set_state(static_cast<v1::ActualState>(state.state()));
  actual.set_change_reason(state.change_reason());
  const auto name_of = [&](absl::string_view other) { return absl::StrCat(parent, "/actuals/", other); };
  actual.set_name(name_of(id));
  if (!state.number().empty()) actual.set_unit(std::string(unit));
  if (!state.corrected_by().empty()) actual.set_corrected_by(name_of(state.corrected_by()));
  if (!state.corrects().empty()) actual.set_corrects(name_of(state.corrects()));
  *actual.mutable_record_time() = ToTimestamp(state.record_time_us());
}

v1::Actual ToPublic(const disk::ActualState& state, absl::string_view parent, absl::string_view id,
                    absl::string_view unit) {
  v1::Actual actual;
  FillPublic(state, parent, id, unit, &actual);
  return actual;
}

v1::Amendment ToPublic(const disk::AmendmentState& state, absl::string_view table, uint64_t revision) {
  v1::Amendment amendment;
  CopyByName(state, &amendment);
  for (v1::RowChange& row : *amendment.mutable_rows()) {
    for (v1::Indicator* indicator : {row.mutable_indicator(), row.mutable_before()}) {
      if (!indicator->name().empty())
        indicator->set_name(absl::StrCat(table, "/indicators/", indicator->name()));
    }
    if (row.before().name().empty()) row.clear_before();
  }
  amendment.set_name(absl::StrCat(table, "/amendments/", state.number()));
  amendment.set_etag(absl::StrCat(revision));
  *amendment.mutable_propose_time() = ToTimestamp(state.propose_time_us());
  if (state.decide_time_us() > 0) *amendment.mutable_decide_time() = ToTimestamp(state.decide_time_us());
  return amendment;
}

v1::Evaluation ToPublic(const disk::EvaluationState& state, absl::string_view table, uint64_t etag) {
  v1::Evaluation evaluation;
  CopyByName(state, &evaluation);
  evaluation.set_name(absl::StrCat(table, "/evaluation"));
  evaluation.set_etag(absl::StrCat(etag));
  if (state.submit_time_us() > 0) *evaluation.mutable_submit_time() = ToTimestamp(state.submit_time_us());
  if (state.confirm_time_us() > 0) *evaluation.mutable_confirm_time() = ToTimestamp(state.confirm_time_us());
  return evaluation;
}

void StripRowName(std::string* name) {
  const size_t slash = name->rfind('/');
  if (slash != std::string::npos) *name = name->substr(slash + 1);
}

void TidyRow(disk::IndicatorState* row) {
  StripRowName(row->mutable_name());
  if (!row->target().unit().empty())
    row->mutable_target()->set_unit(importing::FoldUnit(row->target().unit()));
}

disk::TableState ToState(const v1::Table& table) {
  disk::TableState state;
  CopyByName(table, &state);
  state.clear_state();
  state.clear_profile_version();
  state.clear_return_reason();
  state.clear_submitter();
  state.clear_approve_revision();
  state.clear_amendment_count();
  state.clear_amend_revision();
  for (disk::IndicatorState& indicator : *state.mutable_indicators()) {
    TidyRow(&indicator);
  }
  return state;
}

disk::ProfileState ToState(const v1::Profile& profile) {
  disk::ProfileState state;
  CopyByName(profile, &state);
  state.clear_version();
  // Their order means nothing, so that the bytes on disk do not depend on it.
  const auto by_text = [](const auto& a, const auto& b) { return a.text() < b.text(); };
  std::sort(state.mutable_rule_aliases()->begin(), state.mutable_rule_aliases()->end(), by_text);
  std::sort(state.mutable_level_aliases()->begin(), state.mutable_level_aliases()->end(), by_text);
  return state;
}

}  // namespace attain::engine
