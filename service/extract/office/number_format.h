// Number formats of spreadsheets (ECMA-376 part 1, 18.8.31): what a stored number is, and how the file shows
// it.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_NUMBER_FORMAT_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_NUMBER_FORMAT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// A number as read. All texts are clean.
struct ShownNumber {
  document::CellKind kind = document::CELL_KIND_NUMBER;
  std::string text;        // as document.Cell.text
  std::string shown;       // as the file shows it; empty when unknown or equal to text
  bool rounded = false;    // shown with fewer digits than stored
  bool scaled = false;     // shown divided by thousands or with a point that is only drawn: 123456 as 12.3万
  bool invisible = false;  // the format shows nothing at all (;;;)
};

// One format code, taken apart once. Immutable, thread-compatible.
class NumberFormat {
 public:
  NumberFormat() : NumberFormat("General") {}
  // Total: what is not understood shows nothing, and the number is read as stored.
  explicit NumberFormat(absl::string_view code);
  // By the ids that a file need not spell out; 27–36 and 50–58 as the Chinese edition has them. Unknown ids
  // read as General.
  static NumberFormat BuiltIn(int id);

  // `plain` as in decimal.h; `since_1904` is the workbook's epoch.
  ShownNumber Show(absl::string_view plain, bool since_1904) const;

 private:
  enum class Kind {
    kLiteral,
    kDigit,
    kPoint,
    kComma,
    kPercent,
    kExponent,
    kFraction,
    kGeneral,
    kDatePart,
    kElapsed,
    kHalfDay
  };
  struct Token {
    Kind kind;
    std::string text;  // what to write, or the letters of a date part, or the digit sign
  };
  struct Section {
    std::vector<Token> tokens;
    bool is_date = false;
    bool plain = true;  // only what Show can write: no conditions, no Chinese numerals
  };

  static Section ReadSection(absl::string_view code, size_t* at);
  static size_t ReadBracket(absl::string_view code, size_t at, Section* section);
  static size_t ReadToken(absl::string_view code, size_t at, Section* section);
  const Section& SectionFor(absl::string_view plain, bool* drops_sign) const;
  static ShownNumber ShowDate(const Section& section, absl::string_view plain, bool since_1904);
  static void ShowDecimal(const Section& section, absl::string_view plain, bool drops_sign, ShownNumber* out);
  static std::string WriteDecimal(const Section& section, absl::string_view rounded, bool grouped);
  static std::string WriteExponent(const Section& section, absl::string_view plain, bool* rounded);

  std::vector<Section> sections_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_NUMBER_FORMAT_H_
