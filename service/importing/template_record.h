// One record of the template, by the names of its columns, and what became of its cells. Nobody outside this
// folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TEMPLATE_RECORD_H_
#define ATTAIN_SERVICE_IMPORTING_TEMPLATE_RECORD_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/parsed.h"

namespace attain::importing {

// Name of the column under this header word; empty when the template has none.
std::string TemplateColumn(const std::string& word);
// True when the word is the column's English name.
bool IsColumnName(const std::string& word);
// What a choice's word stands for ("unit" for 单位整体 under "kind "); empty for no such word.
std::string ChoiceOf(absl::string_view prefix, const std::string& word);

// Which column stands where. A column that the template does not have, or has already, has an empty name.
struct TemplateColumns {
  std::vector<std::string> names;
  std::map<std::string, size_t, std::less<>> index;

  explicit TemplateColumns(const std::vector<std::string>& header);
};

// Thread-compatible; what it is made of must outlive it.
class TemplateRecord {
 public:
  // `number`: of the record, from 0.
  TemplateRecord(const TemplateColumns& columns, const std::vector<std::string>& cells, size_t number)
      : number(number), columns_(columns), cells_(cells), told_(cells.size(), false) {}

  std::string operator[](absl::string_view column) const;
  bool Has(absl::string_view column) const { return !(*this)[column].empty(); }
  bool HasAny(std::initializer_list<absl::string_view> columns) const;
  // Its index; npos for a column that is not there.
  size_t At(absl::string_view column) const;
  // The cell is not read but told.
  void Tell(absl::string_view column);
  // Counts every cell that is not empty: told, or read. `unknown`: by column, cells of columns that are not
  // the template's.
  void Count(Ledger* ledger, std::vector<int64_t>* unknown) const;

  const size_t number;

 private:
  const TemplateColumns& columns_;
  const std::vector<std::string>& cells_;
  std::vector<bool> told_;
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TEMPLATE_RECORD_H_
