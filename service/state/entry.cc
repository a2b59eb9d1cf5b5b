#include "service/state/entry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/storage/v1/part.pb.h"
#include "google/protobuf/message_lite.h"
#include "service/state/event_parts.h"
#include "storage/entry_parts.h"

namespace attain::engine {
namespace {

// Bytes of kind and length of a part, and of what WHO and HEAD hold beside names.
constexpr size_t kPartOverhead = 8, kEntryOverhead = 128;

void Add(disk::PartKind kind, const google::protobuf::MessageLite& message, storage::PartsWriter* out) {
  message.SerializeWithCachedSizesToArray(out->Add(static_cast<uint8_t>(kind), message.ByteSizeLong()));
}

void AddHeads(const std::string& cause, const std::vector<ThreadStep>& steps, int events,
              storage::PartsWriter* out) {
  disk::HeadPart head;
  head.set_cause(cause);
  for (const ThreadStep& step : steps) {
    head.set_table(step.table);
    head.set_previous_revision(static_cast<int64_t>(step.previous));
    head.mutable_events()->Assign(step.events.begin(), step.events.end());
    Add(disk::PART_KIND_HEAD, head, out);
  }
  if (!steps.empty()) return;
  for (int i = 0; i < events; ++i) head.add_events(i);
  Add(disk::PART_KIND_HEAD, head, out);
}

bool ParsePart(absl::string_view data, google::protobuf::MessageLite* message) {
  return message->ParseFromArray(data.data(), static_cast<int>(data.size()));
}

// The second half of an event follows its first.
bool MergePart(absl::string_view data, google::protobuf::MessageLite* message) {
  return message->MergeFromString({data.data(), data.size()});
}

// Reads one part after the other.
class PartsReader {
 public:
  explicit PartsReader(disk::EntryPayload* payload) : payload_(payload) {}

  bool Take(uint8_t kind, absl::string_view data) {
    switch (kind) {
      case disk::PART_KIND_WHO: {
        disk::WhoPart who;
        if (!ParsePart(data, &who)) return false;
        *payload_->mutable_actor() = std::move(*who.mutable_actor());
        *payload_->mutable_request_key() = std::move(*who.mutable_request_key());
        return true;
      }
      case disk::PART_KIND_FACTS:
        event_ = payload_->add_events();
        return ParsePart(data, event_);
      case disk::PART_KIND_TEXTS:
        return event_ != nullptr && MergePart(data, std::exchange(event_, nullptr));
      case disk::PART_KIND_HEAD: {
        disk::HeadPart head;
        if (!ParsePart(data, &head)) return false;
        *payload_->mutable_cause() = std::move(*head.mutable_cause());
        return true;
      }
      case disk::PART_KIND_ANSWER:
        return ParsePart(data, payload_->mutable_request());
      default:
        return false;
    }
  }

 private:
  disk::EntryPayload* const payload_;
  disk::Event* event_ = nullptr;  // whose texts come next
};

}  // namespace

std::string EncodeEntry(disk::EntryPayload payload, const std::vector<ThreadStep>& steps,
                        absl::string_view salt) {
  const size_t parts = 3 + 2 * static_cast<size_t>(payload.events_size()) + steps.size();
  storage::PartsWriter out(salt, payload.ByteSizeLong() + kEntryOverhead + parts * kPartOverhead);
  disk::WhoPart who;
  who.set_actor(payload.actor());
  who.set_request_key(payload.request_key());
  Add(disk::PART_KIND_WHO, who, &out);
  for (disk::Event& event : *payload.mutable_events()) {
    disk::Event texts;
    MoveTexts(&event, &texts);
    Add(disk::PART_KIND_FACTS, event, &out);
    Add(disk::PART_KIND_TEXTS, texts, &out);
  }
  AddHeads(payload.cause(), steps, payload.events_size(), &out);
  if (payload.has_request()) Add(disk::PART_KIND_ANSWER, payload.request(), &out);
  return std::move(out).Take();
}

absl::StatusOr<disk::EntryPayload> ReadEntry(const storage::JournalRecord& record) {
  disk::EntryPayload payload;
  bool sound = false;
  if (record.form == storage::EntryForm::kWhole) {
    sound = payload.ParseFromString(record.payload);
  } else {
    PartsReader reader(&payload);
    bool parses = true;
    sound = storage::ForEachPart(record.payload, [&](uint8_t kind, absl::string_view data) {
      parses = reader.Take(kind, data);
      return parses;
    });
    sound = sound && parses;
    payload.set_time_us(absl::ToUnixMicros(record.time));
  }
  if (sound) return payload;
  return absl::DataLossError(
      absl::StrCat("the journal entry of revision ", record.revision, " does not parse"));
}

absl::Status CheckSteps(const storage::JournalRecord& record, const std::vector<ThreadStep>& steps) {
  if (record.form == storage::EntryForm::kWhole) return absl::OkStatus();
  size_t next = 0;
  bool fits = true;
  const bool sound = storage::ForEachPart(record.payload, [&](uint8_t kind, absl::string_view data) {
    if (kind != disk::PART_KIND_HEAD) return true;
    disk::HeadPart head;
    fits = ParsePart(data, &head);
    if (!fits || head.table().empty()) return fits;
    fits = next < steps.size() && head.table() == steps[next].table &&
           static_cast<uint64_t>(head.previous_revision()) == steps[next].previous &&
           std::equal(head.events().begin(), head.events().end(), steps[next].events.begin(),
                      steps[next].events.end());
    ++next;
    return fits;
  });
  if (sound && fits && next == steps.size()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("journal: revision ", record.revision,
                   " does not name the tables that it touches, and what touched them before"));
}

}  // namespace attain::engine
