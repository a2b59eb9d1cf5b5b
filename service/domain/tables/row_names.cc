#include "service/domain/tables/row_names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"

namespace attain::engine {

absl::Status CheckRowName(absl::string_view field, absl::string_view table, absl::string_view name) {
  absl::string_view id = name;
  absl::ConsumePrefix(&id, absl::StrCat(table, "/indicators/"));
  if (!absl::StrContains(id, '/')) return absl::OkStatus();
  const absl::string_view shown = CutText(name, 120);
  return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat(shown, " 不是 ", table, " 的指标。请只写指标编号，新指标可留空。"),
                   absl::StrCat(shown, " is not a row of ", table,
                                ". Write the id alone; a new row may leave it empty.")});
}

absl::Status CheckRowNames(const v1::Table& rows, absl::string_view table) {
  for (int i = 0; i < rows.indicators_size(); ++i) {
    RETURN_IF_ERROR(
        CheckRowName(absl::StrCat("table.indicators[", i, "].name"), table, rows.indicators(i).name()));
  }
  return absl::OkStatus();
}

}  // namespace attain::engine
