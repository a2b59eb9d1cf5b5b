#include "service/domain/tables/methods.h"

#include "service/domain/tables/amendment_commands.h"
#include "service/domain/tables/amendment_queries.h"
#include "service/domain/tables/table_commands.h"
#include "service/domain/tables/table_queries.h"

namespace attain::engine {

void AddTableMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&CreateTable);
  commands->Add(&UpdateTable);
  commands->Add(&SubmitTable);
  commands->Add(&ApproveTable);
  commands->Add(&ReturnTable);
  commands->Add(&WithdrawTable);
  commands->Add(&CloseTable);
  commands->Add(&ProposeAmendment);
  commands->Add(&ApproveAmendment);
  commands->Add(&RejectAmendment);
  queries->Add(&GetTable);
  queries->Add(&ListTables);
  queries->Add(&LintTable);
  queries->Add(&ListAmendments);
}

}  // namespace attain::engine
