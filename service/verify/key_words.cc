#include "service/verify/key_words.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/storage/v1/state.pb.h"
#include "service/state/keys.h"
#include "service/state/spaces.h"
#include "storage/key_codec.h"

namespace attain::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
namespace disk = ::attain::storage::v1;

constexpr size_t kMostDifferences = 3;
constexpr size_t kMostBytes = 80;  // of a value that is shown

std::string Hexadecimal(absl::string_view key) {
  return absl::StrCat("key ", absl::BytesToHexString(key));
}

// Reads names of a key one part after the other; nothing when it has another form.
class Words {
 public:
  explicit Words(absl::string_view key) : reader_(key) { reader_.Space(); }

  Words& Say(absl::string_view words) {
    absl::StrAppend(&said_, words);
    return *this;
  }
  Words& Text() {
    std::string text;
    fits_ = fits_ && reader_.Text(&text).ok();
    return Say(text);
  }
  Words& Number() {
    uint64_t number = 0;
    fits_ = fits_ && reader_.U64(&number).ok();
    return Say(absl::StrCat(number));
  }
  Words& Unit(absl::string_view what) { return Say(what).Say("units/").Text(); }
  Words& Table(absl::string_view what) { return Unit(what).Say("/tables/").Text(); }
  Words& Row(absl::string_view what) { return Table(what).Say("/indicators/").Text(); }
  bool ended() const { return reader_.Finish().ok(); }
  std::optional<std::string> Take() {
    if (!fits_ || !ended()) return std::nullopt;
    return std::move(said_);
  }

 private:
  storage::KeyReader reader_;
  std::string said_;
  bool fits_ = true;
};

std::optional<std::string> ActualWords(absl::string_view key) {
  Words words(key);
  std::string row;
  ActualId id;
  if (!ParseActualKey(key, &row, &id)) return std::nullopt;
  words.Row("report ").Say("/actuals/").Number().Say("-").Number();
  return words.Take();
}

std::optional<std::string> RequestWords(absl::string_view key) {
  Words words(key);
  words.Say("request id ").Text();
  if (!words.ended()) words.Say(" of ").Text();
  return words.Take();
}

std::optional<std::string> WordsOf(absl::string_view key) {
  Words words(key);
  switch (storage::KeyReader(key).Space()) {
    case kUnits:
      return words.Unit("unit ").Take();
    case kTables:
      return words.Table("table ").Take();
    case kBoards:
      return words.Table("board of ").Take();
    case kUnitBoards:
      return words.Unit("sums of ").Say(" for ").Number().Take();
    case kProfiles:
      return words.Say("profile profiles/").Text().Take();
    case kProfileVersions:
      return words.Say("profile profiles/").Text().Say(" version ").Number().Take();
    case kActuals:
      return ActualWords(key);
    case kSpendings:
      return words.Table("spending of ").Say(" recorded at ").Number().Take();
    case kRequests:
      return RequestWords(key);
    case kAmendments:
      return words.Table("amendment ").Say("/amendments/").Number().Take();
    case kEvaluations:
      return words.Table("evaluation of ").Take();
    case kReviews:
      return words.Row("review of ").Take();
    case kOutlooks:
      return words.Row("outlook of ").Take();
    case kThreads:
      return words.Table("last touch of ").Take();
    default:
      return std::nullopt;
  }
}

std::unique_ptr<Message> ValueOf(absl::string_view key) {
  switch (storage::KeyReader(key).Space()) {
    case kUnits:
      return std::make_unique<disk::UnitState>();
    case kTables:
      return std::make_unique<disk::TableState>();
    case kBoards:
      return std::make_unique<disk::BoardState>();
    case kUnitBoards:
      return std::make_unique<disk::UnitBoardState>();
    case kProfiles:
    case kProfileVersions:
      return std::make_unique<disk::ProfileState>();
    case kActuals:
      return std::make_unique<disk::ActualState>();
    case kSpendings:
      return std::make_unique<disk::SpendingState>();
    case kRequests:
      return std::make_unique<disk::RequestState>();
    case kAmendments:
      return std::make_unique<disk::AmendmentState>();
    case kEvaluations:
      return std::make_unique<disk::EvaluationState>();
    case kReviews:
      return std::make_unique<disk::ReviewState>();
    case kOutlooks:
      return std::make_unique<disk::OutlookState>();
    default:
      return nullptr;
  }
}

// Cut between two characters.
std::string Shortened(std::string text) {
  if (text.size() <= kMostBytes) return text;
  size_t end = kMostBytes;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "…");
}

class Comparison {
 public:
  std::vector<FieldDifference> found;

  void Compare(const Message& stored, const Message& expected, const std::string& path) {
    const google::protobuf::Descriptor* const type = stored.GetDescriptor();
    for (int i = 0; i < type->field_count() && found.size() < kMostDifferences; ++i) {
      const FieldDescriptor* const field = type->field(i);
      if (field->is_repeated()) {
        CompareList(stored, expected, field, absl::StrCat(path, field->name()));
      } else {
        CompareOne(stored, expected, field, -1, absl::StrCat(path, field->name()));
      }
    }
  }

 private:
  void CompareList(const Message& stored, const Message& expected, const FieldDescriptor* field,
                   const std::string& name) {
    const int sizes[] = {stored.GetReflection()->FieldSize(stored, field),
                         expected.GetReflection()->FieldSize(expected, field)};
    if (sizes[0] != sizes[1]) {
      found.push_back({absl::StrCat("number of ", name), absl::StrCat(sizes[0]), absl::StrCat(sizes[1])});
    }
    for (int i = 0; i < std::min(sizes[0], sizes[1]) && found.size() < kMostDifferences; ++i) {
      CompareOne(stored, expected, field, i, absl::StrCat(name, "[", i, "]"));
    }
  }

  void CompareOne(const Message& stored, const Message& expected, const FieldDescriptor* field, int index,
                  const std::string& name) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return Compare(Part(stored, field, index), Part(expected, field, index), absl::StrCat(name, "."));
    }
    std::string has = Show(stored, field, index), should = Show(expected, field, index);
    if (has == should) return;
    found.push_back({name, Shortened(std::move(has)), Shortened(std::move(should))});
  }

  static const Message& Part(const Message& of, const FieldDescriptor* field, int index) {
    return index < 0 ? of.GetReflection()->GetMessage(of, field)
                     : of.GetReflection()->GetRepeatedMessage(of, field, index);
  }

  static std::string Show(const Message& of, const FieldDescriptor* field, int index) {
    if (index < 0 && field->has_presence() && !of.GetReflection()->HasField(of, field)) return "(none)";
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string text = index < 0 ? of.GetReflection()->GetString(of, field)
                                         : of.GetReflection()->GetRepeatedString(of, field, index);
      if (field->type() == FieldDescriptor::TYPE_BYTES) return absl::BytesToHexString(text);
      return text.empty() ? "(empty)" : text;
    }
    std::string text;
    google::protobuf::TextFormat::PrintFieldValueToString(of, field, index, &text);
    return text;
  }
};

}  // namespace

std::string DescribeKey(absl::string_view key) {
  std::optional<std::string> words = WordsOf(key);
  return words.has_value() ? *std::move(words) : Hexadecimal(key);
}

std::vector<FieldDifference> CompareValues(absl::string_view key, absl::string_view stored,
                                           absl::string_view expected) {
  const std::unique_ptr<Message> has = ValueOf(key), should = ValueOf(key);
  if (has == nullptr || !has->ParseFromArray(stored.data(), static_cast<int>(stored.size())) ||
      !should->ParseFromArray(expected.data(), static_cast<int>(expected.size()))) {
    return {};
  }
  Comparison comparison;
  comparison.Compare(*has, *should, "");
  return std::move(comparison.found);
}

}  // namespace attain::engine
