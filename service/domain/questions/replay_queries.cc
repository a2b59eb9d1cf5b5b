#include "service/domain/questions/replay_queries.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/paging.h"
#include "service/domain/profiles/profile_checks.h"
#include "service/domain/questions/replay.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"
#include "service/state/board_scan.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

// The rules to try: those given whole, or a stored version of the name alone.
absl::StatusOr<std::shared_ptr<const scoring::Profile>> RulesOf(const v1::ReplayProfileRequest& request,
                                                                const Snapshot& snapshot) {
  v1::Profile rest = request.profile();
  rest.clear_name();
  if (rest.ByteSizeLong() > 0) {
    RETURN_IF_ERROR(CheckProfile(request.profile()));
    ASSIGN_OR_RETURN(scoring::Profile compiled, CompileProfile(ToState(request.profile())));
    return std::make_shared<const scoring::Profile>(std::move(compiled));
  }
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("profile.name", request.profile().name()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found,
                   RequireProfile(snapshot.reads(), name.profile, request.version()));
  return snapshot.CompiledProfile(found.state.name(), found.state.version());
}

// Where the next page starts and how many rows there are on all, so that the last page is known to be the
// last.
struct Cursor {
  int64_t rows = 0;
  ResourceName after;

  std::string ToText() const { return absl::StrCat(rows, ":", after.unit, "/", after.table); }
  static Cursor FromText(absl::string_view text) {
    Cursor cursor;
    const size_t colon = text.find(':'), slash = text.find('/');
    if (colon == absl::string_view::npos || slash == absl::string_view::npos || slash < colon) return cursor;
    if (!absl::SimpleAtoi(text.substr(0, colon), &cursor.rows)) return {};
    cursor.after.unit = std::string(text.substr(colon + 1, slash - colon - 1));
    cursor.after.table = std::string(text.substr(slash + 1));
    return cursor;
  }
};

// Gathers one page and, on the first, the counts.
class Gatherer {
 public:
  Gatherer(const v1::ReplayProfileRequest& request, const Page& page, const QueryContext& context,
           std::shared_ptr<const scoring::Profile> rules, v1::ReplayProfileResponse* response)
      : request_(request),
        page_(page),
        context_(context),
        response_(response),
        replay_(std::move(rules)),
        cursor_(Cursor::FromText(page.cursor)) {}

  const Cursor& cursor() const { return cursor_; }
  Replay& replay() { return replay_; }

  // The table that was decoded into replay(). False: nothing more is wanted.
  absl::StatusOr<bool> Take(const ResourceName& name) {
    const disk::TableState& table = *replay_.table();
    if (request_.fiscal_year() != 0 && table.fiscal_year() != request_.fiscal_year()) return true;
    if (!request_.of_profile().empty() && table.profile() != request_.of_profile()) return true;
    RETURN_IF_ERROR(replay_.Run());
    if (first()) {
      response_->set_table_count(response_->table_count() + 1);
      response_->set_indicator_count(response_->indicator_count() + replay_.indicators());
    }
    if (!replay_.differs()) return true;
    ASSIGN_OR_RETURN(const auto in_force, InForce(table));
    if (first()) Count(*in_force);
    if (request_.crossing_only() && !replay_.crosses()) return true;
    if (first()) ++cursor_.rows;
    if (!full_) Add(name, *in_force);
    return first() || !full_;
  }

  void Finish() {
    const int64_t shown = static_cast<int64_t>(page_.offset) + response_->differences_size();
    if (shown >= cursor_.rows) return;
    response_->set_next_page_token(NextPageToken(static_cast<uint64_t>(response_->read().revision()),
                                                 static_cast<size_t>(shown), Question(request_),
                                                 cursor_.ToText()));
  }

 private:
  bool first() const { return page_.offset == 0; }
  // The rules that a table has. Read through a snapshot of their own: one kept open would hold on to the
  // memory of its time.
  absl::StatusOr<std::shared_ptr<const scoring::Profile>> InForce(const disk::TableState& table) {
    std::shared_ptr<const scoring::Profile>& known = in_force_[{table.profile(), table.profile_version()}];
    if (known == nullptr) {
      v1::ReadOptions read;
      read.set_read_revision(response_->read().revision());
      ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context_, read));
      ASSIGN_OR_RETURN(known, snapshot->CompiledProfile(table.profile(), table.profile_version()));
    }
    return known;
  }
  void Count(const scoring::Profile& in_force) {
    response_->set_difference_count(response_->difference_count() + 1);
    const int direction = replay_.crosses() ? replay_.direction(in_force) : 0;
    if (direction > 0) response_->set_rise_count(response_->rise_count() + 1);
    if (direction < 0) response_->set_fall_count(response_->fall_count() + 1);
  }
  void Add(const ResourceName& name, const scoring::Profile& in_force) {
    v1::ReplayDifference* difference = response_->add_differences();
    replay_.Fill(in_force, difference);
    bytes_ += difference->ByteSizeLong();
    cursor_.after = name;
    full_ = static_cast<size_t>(response_->differences_size()) >= page_.size || bytes_ >= kMaxPageBytes;
  }

  const v1::ReplayProfileRequest& request_;
  const Page& page_;
  const QueryContext& context_;
  v1::ReplayProfileResponse* const response_;
  Replay replay_;
  Cursor cursor_;
  std::map<std::pair<std::string, int64_t>, std::shared_ptr<const scoring::Profile>> in_force_;
  size_t bytes_ = 0;
  bool full_ = false;
};

// The newest state: straight from the disk's bytes.
absl::Status GatherAll(const storage::Store& store, const std::string& unit, int64_t revision,
                       Gatherer* gatherer) {
  return ForEachBoard(store, {static_cast<uint64_t>(revision), unit, gatherer->cursor().after},
                      [&](const ResourceName& name, absl::string_view table,
                          absl::string_view board) -> absl::StatusOr<bool> {
                        Replay& replay = gatherer->replay();
                        if (!replay.table()->ParseFromArray(table.data(), static_cast<int>(table.size())))
                          return Damaged("table");
                        if (!replay.board()->ParseFromArray(board.data(), static_cast<int>(board.size())))
                          return Damaged("board");
                        return gatherer->Take(name);
                      });
}

// What was true by a day, or other targets: boards that are made up as they are read.
absl::Status GatherMadeUp(const Snapshot& snapshot, const std::string& unit, Gatherer* gatherer) {
  const ResourceName after = gatherer->cursor().after;
  bool skipping = !after.table.empty();
  return snapshot.ForEachTable(
      unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        const ResourceName name{ResourceName::kTable, model->unit, model->table, "", "", ""};
        if (skipping) {
          skipping = name.unit != after.unit || name.table != after.table;
          return true;
        }
        if (!model->in_force()) return true;
        ASSIGN_OR_RETURN(const TableView view, snapshot.GetBoard(name));
        Board board = *view.board;
        *gatherer->replay().table() = view.model->state;
        if (!gatherer->replay().board()->ParseFromString(EncodeBoard(&board))) return Damaged("board");
        return gatherer->Take(name);
      });
}

}  // namespace

absl::Status ReplayProfile(const v1::ReplayProfileRequest& request, const QueryContext& context,
                           v1::ReplayProfileResponse* response) {
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), Question(request)));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read, request.as_of()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  if (!request.of_profile().empty()) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("of_profile", request.of_profile()));
    RETURN_IF_ERROR(RequireProfile(snapshot->reads(), name.profile, 0).status());
  }
  std::string unit = "-";
  if (!request.unit().empty()) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", request.unit()));
    RETURN_IF_ERROR(RequireUnit(snapshot->reads(), name.unit).status());
    unit = name.unit;
  }
  ASSIGN_OR_RETURN(auto rules, RulesOf(request, *snapshot));
  Gatherer gatherer(request, page, context, std::move(rules), response);
  const bool stored =
      request.as_of().date().empty() && request.as_of().target_basis() == v1::TARGET_BASIS_UNSPECIFIED;
  if (stored) {
    snapshot.reset();
    RETURN_IF_ERROR(GatherAll(context.store, unit, response->read().revision(), &gatherer));
  } else {
    RETURN_IF_ERROR(GatherMadeUp(*snapshot, unit, &gatherer));
  }
  gatherer.Finish();
  return absl::OkStatus();
}

}  // namespace attain::engine
