#include "clients/cli/csv.h"

#include <utility>

#include "absl/strings/str_cat.h"

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

}  // namespace

absl::StatusOr<std::vector<CsvRecord>> ParseCsv(absl::string_view text) {
  return Reader(text).ReadAll();
}

}  // namespace attain::cli
