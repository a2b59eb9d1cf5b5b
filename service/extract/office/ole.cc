#include "service/extract/office/ole.h"

#include <cstdint>
#include <vector>

namespace attain::extract {
namespace {

constexpr size_t kHeader = 512;
constexpr size_t kEntry = 128;
constexpr uint32_t kNoSector = 0xFFFFFFFA;  // this and above are marks ([MS-CFB] 2.1)

class Ole {
 public:
  explicit Ole(absl::string_view bytes) : bytes_(bytes), sector_size_(Number(30, 2) == 12 ? 4096 : 512) {}

  std::set<std::string> Names() const {
    std::set<std::string> names;
    const std::vector<uint32_t> table = TableSectors();
    uint32_t sector = static_cast<uint32_t>(Number(48, 4));
    for (size_t steps = bytes_.size() / sector_size_; steps > 0 && sector < kNoSector; --steps) {
      const size_t begin = Offset(sector);
      for (size_t at = begin; at + kEntry <= begin + sector_size_ && at + kEntry <= bytes_.size();
           at += kEntry) {
        if (bytes_[at + 66] != 0) names.insert(Name(at));
      }
      const size_t row = sector / (sector_size_ / 4);
      if (row >= table.size()) break;
      sector = static_cast<uint32_t>(Number(Offset(table[row]) + 4 * (sector % (sector_size_ / 4)), 4));
    }
    return names;
  }

 private:
  uint64_t Number(size_t at, int length) const {
    uint64_t value = 0;
    for (int i = length; i-- > 0;)
      value = value << 8 | (at + i < bytes_.size() ? static_cast<unsigned char>(bytes_[at + i]) : 0xFF);
    return value;
  }
  size_t Offset(uint32_t sector) const { return (size_t{sector} + 1) * sector_size_; }

  // Sectors of the allocation table: 109 in the header, the rest in a chain.
  std::vector<uint32_t> TableSectors() const {
    std::vector<uint32_t> sectors;
    const auto take = [&](size_t at, size_t count) {
      for (size_t i = 0; i < count; ++i) sectors.push_back(static_cast<uint32_t>(Number(at + 4 * i, 4)));
    };
    take(76, 109);
    uint32_t next = static_cast<uint32_t>(Number(68, 4));
    for (size_t steps = bytes_.size() / sector_size_ / 128; steps > 0 && next < kNoSector; --steps) {
      take(Offset(next), sector_size_ / 4 - 1);
      next = static_cast<uint32_t>(Number(Offset(next) + sector_size_ - 4, 4));
    }
    return sectors;
  }

  std::string Name(size_t at) const {
    std::string name;
    const size_t length = Number(at + 64, 2);
    for (size_t i = 0; i + 2 < length && i < 64; i += 2) {
      const uint64_t unit = Number(at + i, 2);
      name.push_back(unit >= 0x20 && unit < 0x7F ? static_cast<char>(unit) : '?');
    }
    return name;
  }

  const absl::string_view bytes_;
  const size_t sector_size_;
};

}  // namespace

std::set<std::string> OleNames(absl::string_view bytes) {
  if (bytes.size() < kHeader) return {};
  return Ole(bytes).Names();
}

}  // namespace attain::extract
