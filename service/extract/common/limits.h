// What an honest document stays below. Above it a reader refuses with a sentence instead of being killed by
// the jail.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_LIMITS_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace attain::extract {

struct Limits {
  size_t document = size_t{32} << 20;    // bytes of the document itself
  uint64_t part = uint64_t{64} << 20;    // bytes of one unpacked part of a package
  uint64_t total = uint64_t{256} << 20;  // bytes of all unpacked parts
  int expansion = 200;                   // unpacked / packed of a part above 1 MiB
  int parts = 5000;                      // in a package
  int xml_depth = 256;
  int table_depth = 8;     // tables in tables
  size_t cells = 200'000;  // in the document
  uint64_t text =
      uint64_t{64} << 20;  // bytes of all cells and lines: one shared string may be named by every cell
  uint64_t tree = uint64_t{128} << 20;  // bytes that a parsed part would take, estimated before it is parsed
  int pages = 500;
  size_t glyphs = 2'000'000;
  size_t page_lines = 100'000;  // ruling lines of one page
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_LIMITS_H_
