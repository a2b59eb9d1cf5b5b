#include "service/importing/template_record.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

std::string Folded(absl::string_view cell) {
  return Squeeze(Narrow(cell));
}

// Chinese words as they are, Latin ones in any case.
absl::string_view KeyOf(absl::string_view list, const std::string& word) {
  const std::string folded = Folded(word);
  const absl::string_view key = WordList::Named(list).KeyOf(folded);
  return key.empty() ? WordList::Named(list).KeyOf(absl::AsciiStrToLower(folded)) : key;
}

}  // namespace

std::string TemplateColumn(const std::string& word) {
  return std::string(KeyOf("template_columns", word));
}

bool IsColumnName(const std::string& word) {
  const std::string column = TemplateColumn(word);
  return !column.empty() && absl::AsciiStrToLower(Folded(word)) == column;
}

std::string ChoiceOf(absl::string_view prefix, const std::string& word) {
  absl::string_view rest = KeyOf("template_words", word);
  return absl::ConsumePrefix(&rest, prefix) ? std::string(rest) : "";
}

TemplateColumns::TemplateColumns(const std::vector<std::string>& header) {
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string name = TemplateColumn(header[i]);
    const bool fresh = !name.empty() && index.emplace(name, i).second;
    names.push_back(fresh ? name : "");
  }
}

std::string TemplateRecord::operator[](absl::string_view column) const {
  const size_t at = At(column);
  return at < cells_.size() ? Tidy(cells_[at]) : "";
}

bool TemplateRecord::HasAny(std::initializer_list<absl::string_view> columns) const {
  return std::any_of(columns.begin(), columns.end(),
                     [this](absl::string_view column) { return Has(column); });
}

size_t TemplateRecord::At(absl::string_view column) const {
  const auto at = columns_.index.find(column);
  return at == columns_.index.end() ? std::string::npos : at->second;
}

void TemplateRecord::Tell(absl::string_view column) {
  if (const size_t at = At(column); at < told_.size()) told_[at] = true;
}

void TemplateRecord::Count(Ledger* ledger, std::vector<int64_t>* unknown) const {
  for (size_t i = 0; i < cells_.size(); ++i) {
    if (Squeeze(cells_[i]).empty()) continue;
    const bool known = i < columns_.names.size() && !columns_.names[i].empty();
    if (!known) {
      if (unknown->size() <= i) unknown->resize(i + 1);
      ++(*unknown)[i];
    }
    ++(known && !told_[i] ? ledger->read : ledger->told);
  }
}

}  // namespace attain::importing
