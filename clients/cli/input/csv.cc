#include "clients/cli/input/csv.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace attain::cli {
namespace {

class Reader {
 public:
  explicit Reader(absl::string_view text) : rest_(text) {}

  absl::StatusOr<std::vector<CsvRecord>> ReadAll() {
    std::vector<CsvRecord> records;
    while (!rest_.empty()) {
      CsvRecord record;
      record.line = line_;
      do {
        std::string field;
        if (absl::Status status = ReadField(&field); !status.ok()) return status;
        record.fields.push_back(std::move(field));
      } while (Take(','));
      TakeLineEnd();
      if (record.fields.size() > 1 || !record.fields[0].empty()) records.push_back(std::move(record));
    }
    return records;
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

  bool AtFieldEnd() const {
    return rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' || rest_.front() == '\r';
  }

  absl::Status ReadField(std::string* field) {
    if (!Take('"')) {
      while (!AtFieldEnd()) {
        field->push_back(rest_.front());
        rest_.remove_prefix(1);
      }
      return absl::OkStatus();
    }
    const int start = line_;
    while (true) {
      if (rest_.empty()) return absl::InvalidArgumentError(absl::StrCat(start));
      if (Take('"')) {
        if (!Take('"')) break;
        field->push_back('"');
        continue;
      }
      if (rest_.front() == '\n') ++line_;
      field->push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    return AtFieldEnd() ? absl::OkStatus() : absl::InvalidArgumentError(absl::StrCat(start));
  }

  absl::string_view rest_;
  int line_ = 1;
};

// Spreadsheets compute a cell that begins like a formula, quoted or not; a signed number is none.
bool LooksLikeFormula(absl::string_view field) {
  if (field.empty() || absl::string_view("=+-@").find(field[0]) == absl::string_view::npos) return false;
  for (const char c : field.substr(1)) {
    if (!absl::ascii_isdigit(c) && c != '.') return true;
  }
  return field.size() == 1 || field[0] == '=' || field[0] == '@';
}

std::string ToCsvField(absl::string_view field) {
  std::string text = absl::StrCat(LooksLikeFormula(field) ? " " : "", field);
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

}  // namespace

std::string ToCsvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (size_t i = 0; i < fields.size(); ++i) absl::StrAppend(&line, i == 0 ? "" : ",", ToCsvField(fields[i]));
  absl::StrAppend(&line, "\r\n");
  return line;
}

absl::StatusOr<std::vector<CsvRecord>> ParseCsv(absl::string_view text) {
  return Reader(text).ReadAll();
}

}  // namespace attain::cli
