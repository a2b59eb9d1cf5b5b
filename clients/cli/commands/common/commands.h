// What each file of this folder brings; clients/cli/commands/registry.cc puts them in order.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMANDS_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMANDS_H_

#include "clients/cli/commands/common/command.h"

namespace attain::cli {

Command ImportCommand();
Command TemplateCommand();
Command ExtractCommand();
Command UnitsCommand();
Command TablesCommand();
Command TableCommand();
Command LintCommand();
Command SubmitCommand();
Command ApproveCommand();
Command ReturnCommand();
Command WithdrawCommand();
Command CloseCommand();
Command AmendCommand();
Command ReportCommand();
Command CorrectCommand();
Command RetractCommand();
Command ActualsCommand();
Command SpendCommand();
Command RateCommand();
Command OutlookCommand();
Command MonitorCommand();
Command DueCommand();
Command ScoreCommand();
Command EvaluateCommand();
Command ReviewCommand();
Command RankCommand();
Command HistoryCommand();
Command ExportCommand();
Command ReceiptCommand();
Command DiffCommand();
Command SimulateCommand();
Command SolveCommand();
Command WatchCommand();
Command ProfileCommand();
Command AdminCommand();
Command HeadCommand();
Command WaitReadyCommand();
Command HelpCommand();

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMANDS_H_
