#include "common/csv/csv.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace attain::csv {
namespace {

class Reader {
 public:
  Reader(absl::string_view text, char separator) : rest_(text), separator_(separator) {}

  Records ReadAll() {
    while (!rest_.empty()) {
      Record record;
      record.line = line_;
      do {
        record.cells.push_back(ReadCell());
      } while (Take(separator_));
      TakeLineEnd();
      if (record.cells.size() > 1 || !record.cells[0].empty()) found_.records.push_back(std::move(record));
    }
    return std::move(found_);
  }

 private:
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void TakeLineEnd() {
    const bool carriage = Take('\r');
    if (Take('\n') || carriage) ++line_;
  }

  // Appends what stands up to the end of the cell.
  void ReadPlain(std::string* cell) {
    size_t length = 0;
    while (length < rest_.size() && rest_[length] != separator_ && rest_[length] != '\n' &&
           rest_[length] != '\r')
      ++length;
    cell->append(rest_.data(), length);
    rest_.remove_prefix(length);
  }

  std::string ReadCell() {
    std::string cell;
    if (!Take('"')) {
      ReadPlain(&cell);
      return cell;
    }
    const int start = line_;
    while (true) {
      if (rest_.empty()) {
        found_.unclosed = start;
        return cell;
      }
      if (Take('"')) {
        if (!Take('"')) break;
        cell.push_back('"');
        continue;
      }
      if (rest_.front() == '\n') ++line_;
      cell.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    const size_t quoted = cell.size();
    ReadPlain(&cell);
    if (cell.size() > quoted && found_.torn == 0) found_.torn = start;
    return cell;
  }

  absl::string_view rest_;
  const char separator_;
  int line_ = 1;
  Records found_;
};

// Spreadsheets compute a cell that begins like a formula, quoted or not; a signed number is none.
bool LooksLikeFormula(absl::string_view cell) {
  if (cell.empty() || absl::string_view("=+-@").find(cell[0]) == absl::string_view::npos) return false;
  for (const char c : cell.substr(1)) {
    if (!absl::ascii_isdigit(c) && c != '.') return true;
  }
  return cell.size() == 1 || cell[0] == '=' || cell[0] == '@';
}

std::string Written(absl::string_view cell) {
  std::string text = absl::StrCat(LooksLikeFormula(cell) ? " " : "", cell);
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

}  // namespace

Records Parse(absl::string_view text, char separator) {
  return Reader(text, separator).ReadAll();
}

std::string ToLine(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) absl::StrAppend(&line, i == 0 ? "" : ",", Written(cells[i]));
  absl::StrAppend(&line, "\r\n");
  return line;
}

}  // namespace attain::csv
