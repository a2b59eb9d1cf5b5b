// Units, tables and indicators as the server calls them, asked for as seldom as a run allows.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_KNOWN_NAMES_H_
#define ATTAIN_CLIENTS_CLI_INPUT_KNOWN_NAMES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/v1/common.pb.h"
#include "attain/v1/target_service.pb.h"
#include "clients/cli/input/name_index.h"
#include "clients/cpp/client.h"

namespace attain::cli {

// Thread-compatible. Whoever types one name asks one question, which the server filters; whoever asks again
// and again has a file, and then the whole collection is read once. The answers are the same either way.
// Errors are the server's.
class KnownNames {
 public:
  KnownNames(client::Client client, v1::ReadOptions read);

  // `filtered`: what the server's filter finds, which knows nothing of white space that does not count.
  absl::StatusOr<std::vector<NameFit>> Units(absl::string_view typed, bool filtered);
  // Those of "units/u", or of "units/-" for all units.
  absl::StatusOr<std::vector<NameFit>> Tables(const std::string& parent, absl::string_view typed,
                                              bool filtered);
  // In one table, or in all with an empty `table`.
  absl::StatusOr<std::vector<NameFit>> Indicators(const std::string& table, absl::string_view typed);

 private:
  struct Collection {
    int questions = 0;
    bool whole = false;
    NameIndex names;
  };

  absl::Status ReadUnits(const std::string& filter, NameIndex* names) const;
  // Keeps the indicators of what it reads as well.
  absl::Status ReadTables(const std::string& parent, const std::string& filter, NameIndex* names);
  void KeepIndicators(const v1::Table& table);

  const client::Client client_;
  const v1::ReadOptions read_;
  Collection units_;
  std::map<std::string, Collection> tables_;     // by parent
  std::map<std::string, NameIndex> indicators_;  // by table
  Collection all_indicators_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_KNOWN_NAMES_H_
