#include "service/extract/common/block_bytes.h"

#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <utility>

namespace attain::extract {
namespace {

using google::protobuf::internal::WireFormatLite;

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) *out += static_cast<char>(value | 0x80);
  *out += static_cast<char>(value);
}

// What stands before the bytes of a message that is a field of another.
void AppendHead(int field, size_t size, std::string* out) {
  AppendVarint(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), out);
  AppendVarint(size, out);
}

size_t HeadSize(int field, size_t size) {
  std::string head;
  AppendHead(field, size, &head);
  return head.size();
}

}  // namespace

void BlockBytes::AddLine(const document::Line& line) {
  const size_t size = line.ByteSizeLong();
  line.AppendToString(Open(document::Block::kLineFieldNumber, size));
}

void BlockBytes::AddCell(const document::Cell& cell) {
  AppendHead(document::Grid::kCellsFieldNumber, cell.ByteSizeLong(), &cells_);
  cell.AppendToString(&cells_);
}

void BlockBytes::AddGrid(const document::Grid& grid) {
  const size_t size = grid.ByteSizeLong() + cells_.size();
  grid.AppendToString(Open(document::Block::kGridFieldNumber, size));
  parts_.push_back(std::move(cells_));
  parts_.emplace_back();
  cells_.clear();
}

std::string* BlockBytes::Open(int field, size_t size) {
  if (parts_.empty()) parts_.emplace_back();
  std::string* const part = &parts_.back();
  AppendHead(document::Document::kBlocksFieldNumber, HeadSize(field, size) + size, part);
  AppendHead(field, size, part);
  return part;
}

size_t BlockBytes::size() const {
  size_t size = 0;
  for (const std::string& part : parts_) size += part.size();
  return size;
}

void BlockBytes::AppendTo(std::string* out) const {
  for (const std::string& part : parts_) *out += part;
}

std::string EncodeRead(const document::Document& document, const BlockBytes& blocks) {
  const size_t size = document.ByteSizeLong() + blocks.size();
  std::string encoded;
  encoded.reserve(size + 16);
  AppendHead(document::ExtractResult::kDocumentFieldNumber, size, &encoded);
  document.AppendToString(&encoded);
  blocks.AppendTo(&encoded);
  return encoded;
}

}  // namespace attain::extract
