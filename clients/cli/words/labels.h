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
#include "common/schema/enum_words.h"
#include "google/protobuf/timestamp.pb.h"

namespace attain::cli {

// `words` are of a descriptor: they stay.
inline absl::string_view In(const v1::Words& words, Language language) {
  return language == Language::kChinese ? words.zh() : words.en();
}

// What a value of an enum is called (proto/attain/v1/words.proto); empty for a value without words.
template <typename Enum>
absl::string_view Label(Enum value, Language language) {
  return In(schema::WordsOf(value), language);
}
// What a change by this method is called: of Event.cause. The method itself when it is newer than this
// program.
absl::string_view LabelOfMethod(absl::string_view method, Language language);
// Of DriftCell.cell.
absl::string_view LabelOfCell(absl::string_view cell, Language language);

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
