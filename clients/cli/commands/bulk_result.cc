#include "clients/cli/commands/bulk_result.h"

#include <algorithm>

#include "clients/cli/progress.h"
#include "google/protobuf/struct.pb.h"

namespace attain::cli {
namespace {

google::protobuf::Struct ToStruct(const BulkSummary& summary) {
  google::protobuf::Struct document;
  auto& fields = *document.mutable_fields();
  fields["rows"].set_number_value(static_cast<double>(summary.rows));
  fields["accepted"].set_number_value(static_cast<double>(summary.accepted));
  fields["lastRevision"].set_string_value(std::to_string(summary.last_revision));
  google::protobuf::ListValue* list = fields["refused"].mutable_list_value();
  for (const RefusedLine& refused : summary.refused) {
    auto& entry = *list->add_values()->mutable_struct_value()->mutable_fields();
    entry["line"].set_number_value(refused.line);
    entry["name"].set_string_value(refused.what);
    entry["message"].set_string_value(refused.message);
  }
  return document;
}

std::string Rows(const Context& context, size_t count) {
  return context.Count(static_cast<int64_t>(count), "row", "rows");
}

}  // namespace

absl::Status PrintBulk(Context& context, BulkSummary summary) {
  std::stable_sort(summary.refused.begin(), summary.refused.end(),
                   [](const RefusedLine& a, const RefusedLine& b) { return a.line < b.line; });
  for (const RefusedLine& refused : summary.refused) {
    context.err() << context.args().Get("file") << ':' << refused.line << ": " << refused.what
                  << (refused.what.empty() ? "" : ": ") << refused.message << '\n';
  }
  if (!summary.refused.empty()) context.MarkIncomplete();
  if (context.json()) return context.PrintJson(ToStruct(summary));
  if (context.validate_only()) {
    context.out() << context.Say(Msg::kBulkChecked, Rows(context, summary.rows),
                                 WithCommas(summary.accepted));
  } else {
    context.out() << context.Say(Msg::kBulkDone, WithCommas(summary.accepted), Rows(context, summary.rows),
                                 summary.last_revision);
  }
  if (!summary.refused.empty())
    context.out() << context.Say(
        Msg::kBulkRefused,
        context.Count(static_cast<int64_t>(summary.refused.size()), "row was", "rows were"));
  context.out() << '\n';
  return absl::OkStatus();
}

}  // namespace attain::cli
