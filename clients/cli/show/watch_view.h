// What a watch shows to a person: a table that is drawn anew in place, or a line per change.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_WATCH_VIEW_H_
#define ATTAIN_CLIENTS_CLI_SHOW_WATCH_VIEW_H_

#include <cstdint>
#include <map>
#include <string>

#include "attain/v1/watch_service.pb.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"

namespace attain::cli {

// "+1.20", "-3.00"; empty when one is missing or nothing moved. Both are decimal strings.
std::string Movement(absl::string_view before, absl::string_view after);

// The scores that a watch follows, as they are now, with their last movement. Thread-compatible.
class WatchView {
 public:
  void Apply(const v1::WatchSnapshot& snapshot);
  void Apply(const v1::WatchChanges& changes);
  void Clear() { rows_.clear(); }
  size_t size() const { return rows_.size(); }

  // At most `most` rows, units before their tables before their indicators.
  TablePrinter Table(const Context& context, size_t most) const;

 private:
  struct Row {
    v1::Score score;
    std::string movement;
    google::protobuf::Timestamp time;  // of the last change; unset before the first
    std::string actor;
  };
  // Ids in their own order: i2 before i10.
  struct NameLess {
    bool operator()(const std::string& a, const std::string& b) const;
  };
  std::map<std::string, Row, NameLess> rows_;
};

// One line per score, report or table that there was when the watch began, at `revision`.
void PrintSnapshot(const Context& context, const v1::WatchSnapshot& snapshot, int64_t revision);

// One line per event.
void PrintChanges(const Context& context, const v1::WatchChanges& changes);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_WATCH_VIEW_H_
