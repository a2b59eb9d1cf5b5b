#include "service/rpc/document_chunks.h"

#include <algorithm>

#include "service/api/text_limits.h"

namespace attain::rpc {
namespace {

// A message is full from here on; what is added last stays below the rest of 1 MiB unless one cell is larger.
constexpr size_t kFull = 512 << 10, kMost = 900 << 10, kLongestLine = 128 << 10;
constexpr size_t kOverhead = 16;  // of one line or cell, about

}  // namespace

bool DocumentChunks::Next(v1::ExtractDocumentResponse* message) {
  message->Clear();
  size_ = 0;
  const bool first = !begun_;
  begun_ = true;
  if (first) {
    engine::document::Document* const head = message->mutable_document();
    head->set_media(document_->media());
    head->set_sha256(document_->sha256());
    head->set_reader(document_->reader());
    head->set_encoding(document_->encoding());
    *head->mutable_remarks() = document_->remarks();
    head->set_pages(document_->pages());
    *head->mutable_sheets() = document_->sheets();
    *head->mutable_hidden_sheets() = document_->hidden_sheets();
    size_ = head->ByteSizeLong();
  }
  if (size_ < kFull) AddBlocks(message);
  return first || message->blocks_size() > 0;
}

void DocumentChunks::AddBlocks(v1::ExtractDocumentResponse* message) {
  while (block_ < document_->blocks_size() && size_ < kFull) {
    const engine::document::Block& block = document_->blocks(block_);
    if (block.has_grid()) {
      if (!AddGrid(block.grid(), message)) return;
    } else {
      *message->add_blocks() = block;
      size_ += block.ByteSizeLong();
    }
    ++block_;
    cell_ = 0;
  }
  AddLines(message);
}

bool DocumentChunks::AddGrid(const engine::document::Grid& grid, v1::ExtractDocumentResponse* message) {
  engine::document::Grid* const part = message->add_blocks()->mutable_grid();
  part->set_sheet(grid.sheet());
  part->set_first_page(grid.first_page());
  part->set_last_page(grid.last_page());
  part->set_rows(grid.rows());
  part->set_columns(grid.columns());
  *part->mutable_page_breaks() = grid.page_breaks();
  part->set_nested_in(grid.nested_in());
  part->set_separator(grid.separator());
  for (; cell_ < grid.cells_size(); ++cell_) {
    const engine::document::Cell& cell = grid.cells(cell_);
    const bool row_begins = cell_ > 0 && grid.cells(cell_ - 1).row() != cell.row();
    const bool full = size_ >= (row_begins ? kFull : kMost);
    if (full && part->cells_size() > 0) return false;
    *part->add_cells() = cell;
    size_ += cell.ByteSizeLong() + kOverhead;
  }
  return true;
}

void DocumentChunks::AddLines(v1::ExtractDocumentResponse* message) {
  const std::string& text = document_->text();
  while (text_at_ < text.size() && size_ < kFull) {
    const size_t end = std::min(text.find('\n', text_at_), text.size());
    const absl::string_view rest = absl::string_view(text).substr(text_at_, end - text_at_);
    const absl::string_view piece = engine::CutText(rest, kLongestLine);
    const bool whole = piece.size() == rest.size() || piece.empty();
    engine::document::Line* const line = message->add_blocks()->mutable_line();
    line->set_number(line_);
    line->set_text(std::string(piece.empty() ? rest : piece));
    size_ += line->ByteSizeLong() + kOverhead;
    text_at_ += whole ? rest.size() + 1 : piece.size();
    line_ += whole ? 1 : 0;
  }
}

}  // namespace attain::rpc
