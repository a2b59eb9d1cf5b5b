// Rows that a page break or a line break cut in two. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_PAGE_BREAKS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_PAGE_BREAKS_H_

#include "service/importing/cells/source.h"
#include "service/importing/tables/row_reader.h"

namespace attain::importing {

// Joins the header row at `at` with the row behind a page break when the joined cells are header words
// ("一级指" and "标").
void JoinHeaderHalves(Source* source, size_t at, size_t end, int year);

// Joins the row at `at` with the row behind a page break when that one is plainly its rest: words only, where
// this one has words, without points and without a target of its own. True when joined; the second row's
// cells are furniture then.
bool JoinBrokenRow(Source* source, size_t at, const RowReader& rows, size_t end);

// Joins a row of text that a line break within its name cut in two ("数量指标 | 乡镇级河长巡河" and
// "次数 | ≥1200次 | 40"), when the columns behind the break then stand where the header has them. True
// when joined; the second row is blank then.
bool JoinWrappedRow(Source* source, size_t at, const RowReader& rows, const Header& header, size_t end);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_PAGE_BREAKS_H_
