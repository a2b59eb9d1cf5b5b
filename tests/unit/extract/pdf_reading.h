// Reads a PDF in this process, for tests.
#ifndef ATTAIN_TESTS_UNIT_EXTRACT_PDF_READING_H_
#define ATTAIN_TESTS_UNIT_EXTRACT_PDF_READING_H_

#include <string>
#include <vector>

#include "service/extract/common/result.h"

namespace attain::extract {

// What reading gave: a document, or the code of a refusal.
struct Reading {
  document::Document document;
  std::string refusal;

  std::vector<document::Grid> Grids() const;
  std::vector<std::string> Lines() const;
  // Remarks with this code.
  std::vector<document::Remark> Remarks(const std::string& code) const;
};

Reading ReadBytes(const std::string& bytes);
// "published/published-portrait.pdf" of tests/data/documents.
Reading ReadFixture(const std::string& name);
std::string FixtureBytes(const std::string& name);

// Text of the cell that covers a place, "-" when there is none.
std::string TextAt(const document::Grid& grid, int row, int column);
// One line a row, cells by " | "; a merged cell ends with {rows}x{columns} in braces. As the files in
// tests/golden/extract.
std::string Rendered(const document::Grid& grid);
// Fails the running test when cells overlap, leave places uncovered or lie outside.
void ExpectCovered(const document::Grid& grid);
std::string WithoutBlanks(std::string text);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_UNIT_EXTRACT_PDF_READING_H_
