// Words and colours of the API's enums, for people.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_LABELS_H_
#define ATTAIN_CLIENTS_CLI_WORDS_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/finding.pb.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/rule.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/target_service.pb.h"
#include "clients/cli/terminal/style.h"
#include "clients/cli/words/language.h"
#include "google/protobuf/timestamp.pb.h"

namespace attain::cli {

absl::string_view Label(v1::TableKind kind, Language language);
absl::string_view Label(v1::TableState state, Language language);
absl::string_view Label(v1::ScoreStatus status, Language language);
absl::string_view Label(v1::WarningLight light, Language language);
absl::string_view Label(v1::ScoreFlag flag, Language language);
absl::string_view Label(v1::Severity severity, Language language);
absl::string_view Label(v1::ActualState state, Language language);
absl::string_view Label(v1::RuleKind rule, Language language);
absl::string_view Label(v1::DifferenceCause cause, Language language);
absl::string_view Label(v1::AmendmentState state, Language language);
absl::string_view Label(v1::RowChangeKind kind, Language language);
absl::string_view Label(v1::EvaluationState state, Language language);
absl::string_view Label(v1::SignatureKind kind, Language language);
// Of DriftCell.cell.
absl::string_view LabelOfCell(absl::string_view cell, Language language);
absl::string_view Label(v1::Signal signal, Language language);
absl::string_view Label(v1::Likelihood likelihood, Language language);
absl::string_view Label(v1::OutlookCause cause, Language language);
absl::string_view Label(v1::DueKind kind, Language language);
absl::string_view Label(v1::DocumentUse use, Language language);

Colour ColourOf(v1::WarningLight light);
Colour ColourOf(v1::Severity severity);
Colour ColourOf(v1::TableState state);
Colour ColourOf(v1::AmendmentState state);
Colour ColourOf(v1::EvaluationState state);
Colour ColourOf(v1::Signal signal);
// 优 green, 良 blue, 中 yellow, 差 red; other grades none.
Colour ColourOfGrade(absl::string_view grade);

// "≥30 个"; the words of a rating or text target.
std::string TargetText(const v1::Target& target);

// "2024-06-30 15:04:05" in local time; empty for an unset time.
std::string TimeText(const google::protobuf::Timestamp& time);

// "60.00–75.00", "75.00" when both are the same, empty when there is none.
std::string RangeText(absl::string_view sure, absl::string_view possible);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_LABELS_H_
