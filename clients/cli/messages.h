// Every sentence and heading that the program prints by itself, in both languages. Help pages stand with
// their commands; sentences about refused calls come from the server.
#ifndef ATTAIN_CLIENTS_CLI_MESSAGES_H_
#define ATTAIN_CLIENTS_CLI_MESSAGES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "clients/cli/language.h"

namespace attain::cli {

// In the order of the catalogue (messages.cc).
enum class Msg {
  // Usage.
  kUnknownOption,
  kUnknownOptionNearest,
  kOptionTwice,
  kOptionWantsNoValue,
  kOptionWantsValue,
  kUnknownCommand,
  kUnknownCommandNearest,
  kTooFewArguments,
  kTooManyArguments,
  kOptionNotHere,
  kBadAt,
  kBadDate,
  kBadNumber,
  kSeeHelp,
  kFileOrArguments,
  kMissingWhy,
  kMissingReason,
  kUnknownAction,
  kValueMissing,
  // Names.
  kWrongKind,
  kNothingFits,
  kSeveralFit,
  kActualForm,
  kIndicatorForm,
  kOr,
  kKindUnit,
  kKindTable,
  kKindIndicator,
  kKindActual,
  kKindProfile,
  // Files.
  kCannotReadFile,
  kNoSuchFile,
  kIsFolder,
  kNotAllowed,
  kIsWorkbook,
  kIsPdf,
  kIsNoText,
  kConverted,
  kBadCsvQuote,
  kUnknownColumn,
  kMissingColumn,
  kTooManyFields,
  kEmptyCsv,
  kBadJsonFile,
  // Errors.
  kNoServer,
  kTimedOut,
  kHintLint,
  kMoreViolations,
  kNotReady,
  // Results.
  kReady,
  kValidated,
  kRevision,
  kImported,
  kWouldImport,
  kFindings,
  kNoFindings,
  kFindingRaw,
  kFindingUnderstood,
  kFindingPoints,
  kFindingTable,
  kFindingRow,
  kFindingLine,
  kStateNow,
  kRecorded,
  kWouldRecord,
  kCorrected,
  kRetracted,
  kSpent,
  kNeedsReason,
  kNeedsScore,
  kBulkDone,
  kBulkRefused,
  kBulkStopped,
  kBulkChecked,
  kNothingHere,
  kProfileSaved,
  kMoreRows,
  kTableLine,
  // Headings and words.
  kSureToPossible,
  kLight,
  kIndicatorPoints,
  kExecution,
  kExecutionRate,
  kSpentShare,
  kBudgetLine,
  kReported,
  kReportedShort,
  kWaiting,
  kRulesLine,
  kUnweighted,
  kNoScore,
  kCompletion,
  kTables,
  kUnweightedTables,
  kNumber,
  kName,
  kDisplayName,
  kParent,
  kYear,
  kKind,
  kState,
  kIndicators,
  kBudget,
  kIndicator,
  kLevel1,
  kLevel2,
  kTarget,
  kActual,
  kWeight,
  kStatus,
  kRule,
  kBasis,
  kPrior,
  kLeader,
  kGoal,
  kReturned,
  kEvidence,
  kDate,
  kValue,
  kActor,
  kRecorded2,
  kNote,
  kReason,
  kRank,
  kGrade,
  kRate,
  kTime,
  kLightShort,
  kRevisionColumn,
  kVersion,
  kSource,
  kPoints,
  kStore,
  kHead,
  kStarted,
  kWrites,
  kYes,
  kNo,
  kFormula,
  kWorked,
  kSourceLabel,
  kChangeReason,
  kAppeal,
  kOverview,
  kOverviewMore,
  kUsage,
  kOptions,
  kGlobalOptions,
  kExamples,
  kGroupDeclare,
  kGroupReport,
  kGroupScore,
  kGroupAdmin,
  kExitCodes,
  kCount  // not a message
};

// The words, with $0, $1 … for what is put in.
absl::string_view Text(Msg message, Language language);

// Where the catalogue says what belongs to `message`; for the test that holds enum and catalogue together.
bool IsInItsPlace(Msg message);

// The words with `values` put in.
template <typename... Values>
std::string Say(Language language, Msg message, const Values&... values) {
  return absl::Substitute(Text(message, language), values...);
}

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_MESSAGES_H_
