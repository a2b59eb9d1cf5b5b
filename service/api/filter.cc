#include "service/api/filter.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/schema/enum_words.h"
#include "google/protobuf/descriptor.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/scoring/decimal.h"

namespace attain::engine {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using scoring::Decimal;

constexpr size_t kMaxBytes = 2000;
constexpr int kMaxTerms = 50, kMaxDepth = 10;

bool IsComparable(const FieldDescriptor& field) {
  return !field.is_repeated() && field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
}

std::string FieldList(const Descriptor& row) {
  std::string names;
  for (int i = 0; i < row.field_count(); ++i) {
    if (IsComparable(*row.field(i))) absl::StrAppend(&names, names.empty() ? "" : ", ", row.field(i)->name());
  }
  return names;
}

// ENUM_NAME_VALUE → VALUE
std::string ShortEnum(const google::protobuf::EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  const std::string& zero = type.FindValueByNumber(0)->name();
  return std::string(
      absl::StripPrefix(value->name(), zero.substr(0, zero.size() - sizeof("UNSPECIFIED") + 1)));
}

// The short names of an enum: "DRAFT, SUBMITTED".
std::string ValueList(const google::protobuf::EnumDescriptor& type) {
  std::string names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0)
      absl::StrAppend(&names, names.empty() ? "" : ", ", ShortEnum(type, type.value(i)->number()));
  }
  return names;
}

bool HasWord(const v1::Words& words, absl::string_view text) {
  return !text.empty() && (words.zh() == text || absl::EqualsIgnoreCase(words.en(), text));
}

// An enum value (or a part of one) as rows have it, from either case, with or without the type's name in
// front, or from its word in either language; nothing for what is none.
std::optional<std::string> EnumValue(const google::protobuf::EnumDescriptor& type, absl::string_view text,
                                     bool part) {
  const std::string upper = absl::AsciiStrToUpper(text);
  for (int i = 0; i < type.value_count(); ++i) {
    std::string name = ShortEnum(type, type.value(i)->number());
    if (part && absl::StrContains(name, upper)) return upper;
    const int number = type.value(i)->number();
    if (upper == name || upper == type.value(i)->name() || HasWord(schema::WordsOf(type, number), text) ||
        HasWord(schema::FormWordsOf(type, number), text)) {
      return name;
    }
  }
  return std::nullopt;
}

bool IsInteger(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
         field.cpp_type() == FieldDescriptor::CPPTYPE_INT64;
}

std::string ValueOf(const Message& row, const FieldDescriptor* field) {
  const auto* reflection = row.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(row, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return ShortEnum(*field->enum_type(), reflection->GetEnumValue(row, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(row, field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection->GetInt32(row, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection->GetInt64(row, field));
    default:
      return "";
  }
}

bool IsGrade(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && absl::EndsWith(field.name(), "grade");
}

// Of a value as rows have it; 0 when it is none.
int EnumNumber(const google::protobuf::EnumDescriptor& type, absl::string_view value) {
  for (int i = 0; i < type.value_count(); ++i) {
    if (ShortEnum(type, type.value(i)->number()) == value) return type.value(i)->number();
  }
  return 0;
}

// Whether a row has no value there.
bool IsMissing(const FieldDescriptor& field, const std::string& value) {
  return value.empty() || (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM && value == "UNSPECIFIED");
}

// Numbers by size, before all texts, and those by their bytes: one order over any mixture.
int CompareValues(const std::string& a, const std::string& b) {
  const absl::StatusOr<Decimal> x = Decimal::Parse(a), y = Decimal::Parse(b);
  if (x.ok() && y.ok()) return *x < *y ? -1 : (*y < *x ? 1 : 0);
  if (x.ok() != y.ok()) return x.ok() ? -1 : 1;
  return a.compare(b) < 0 ? -1 : (a == b ? 0 : 1);
}

// Of two values of a field in the order that they have; nothing when they have none.
std::optional<int> CompareIn(const FieldDescriptor& field, const GradeOrder& grades, const std::string& a,
                             const std::string& b) {
  if (IsGrade(field)) return grades.Compare(a, b);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM)
    return EnumNumber(*field.enum_type(), a) - EnumNumber(*field.enum_type(), b);
  return CompareValues(a, b);
}

absl::Status BadFilter(absl::string_view field, size_t at, const std::string& zh, const std::string& en) {
  return BadField(
      field, v1::ERROR_REASON_INVALID_FILTER,
      {absl::StrCat("第 ", at + 1, " 个字节处：", zh), absl::StrCat("At byte ", at + 1, ": ", en)});
}

}  // namespace

struct Filter::Node {
  enum Kind { kAnd, kOr, kNot, kCompare } kind = kCompare;
  std::vector<std::shared_ptr<const Node>> parts;
  const FieldDescriptor* field = nullptr;
  std::string op, value;
  std::shared_ptr<const GradeOrder> grades;

  bool Matches(const Message& row) const {
    switch (kind) {
      case kAnd:
        for (const auto& part : parts) {
          if (!part->Matches(row)) return false;
        }
        return true;
      case kOr:
        for (const auto& part : parts) {
          if (part->Matches(row)) return true;
        }
        return false;
      case kNot:
        return !parts[0]->Matches(row);
      case kCompare:
        break;
    }
    const std::string actual = ValueOf(row, field);
    if (op == ":") return absl::StrContains(actual, value);
    if (op == "=") return actual.empty() ? value.empty() : CompareValues(actual, value) == 0;
    if (op == "!=") return CompareValues(actual, value) != 0;
    if (IsMissing(*field, actual)) return false;
    const std::optional<int> order = CompareIn(*field, *grades, actual, value);
    if (!order.has_value()) return false;
    if (op == "<") return *order < 0;
    if (op == "<=") return *order <= 0;
    if (op == ">") return *order > 0;
    return *order >= 0;
  }
};

namespace {

using NodePtr = std::shared_ptr<const Filter::Node>;

// How a comparison may be written, and what it is.
constexpr std::pair<absl::string_view, absl::string_view> kOperators[] = {
    {"!=", "!="},   {"<=", "<="}, {">=", ">="}, {"≠", "!="}, {"≤", "<="},    {"≥", ">="},
    {"=", "="},     {"<", "<"},   {">", ">"},   {":", ":"},  {"！＝", "!="}, {"＜＝", "<="},
    {"＞＝", ">="}, {"＝", "="},  {"＜", "<"},  {"＞", ">"}, {"：", ":"}};

class Parser {
 public:
  Parser(absl::string_view text, const Descriptor& row, const GradeOrder& grades)
      : text_(text), row_(row), grades_(std::make_shared<const GradeOrder>(grades)) {}

  absl::StatusOr<NodePtr> ParseAll() {
    ASSIGN_OR_RETURN(NodePtr node, Or(0));
    Space();
    if (at_ < text_.size()) return BadFilter("filter", at_, "多余的内容", "nothing was expected here");
    return node;
  }

 private:
  absl::StatusOr<NodePtr> Or(int depth) {
    if (depth > kMaxDepth) return BadFilter("filter", at_, "括号层数过多", "too many levels of brackets");
    auto node = std::make_shared<Filter::Node>();
    node->kind = Filter::Node::kOr;
    std::optional<size_t> several;  // where a part of more than one term begins
    do {
      Space();
      const size_t start = at_;
      ASSIGN_OR_RETURN(NodePtr part, And(depth));
      if (part->parts.size() > 1 && !several.has_value()) several = start;
      node->parts.push_back(std::move(part));
    } while (Word("OR"));
    if (several.has_value() && node->parts.size() > 1) {
      return BadFilter("filter", *several, "AND 与 OR 混用时请加括号，如 a OR (b AND c)",
                       "put brackets where AND stands beside OR, such as a OR (b AND c)");
    }
    return NodePtr(std::move(node));
  }

  absl::StatusOr<NodePtr> And(int depth) {
    auto node = std::make_shared<Filter::Node>();
    node->kind = Filter::Node::kAnd;
    do {
      ASSIGN_OR_RETURN(NodePtr part, Term(depth));
      node->parts.push_back(std::move(part));
      Space();
    } while (Word("AND") || (at_ < text_.size() && text_[at_] != ')' && !Peek("OR")));
    return NodePtr(std::move(node));
  }

  absl::StatusOr<NodePtr> Term(int depth) {
    if (++terms_ > kMaxTerms) return BadFilter("filter", at_, "条件过多", "too many terms");
    Space();
    if (Word("NOT") || Char('-')) {
      auto node = std::make_shared<Filter::Node>();
      node->kind = Filter::Node::kNot;
      ASSIGN_OR_RETURN(NodePtr part, Term(depth));
      node->parts.push_back(std::move(part));
      return NodePtr(std::move(node));
    }
    if (!Char('(')) return Comparison();
    ASSIGN_OR_RETURN(NodePtr inner, Or(depth + 1));
    Space();
    if (!Char(')')) return BadFilter("filter", at_, "缺少右括号", "a closing bracket is missing");
    return inner;
  }

  absl::StatusOr<NodePtr> Comparison() {
    auto node = std::make_shared<Filter::Node>();
    RETURN_IF_ERROR(Field(&node->field));
    Space();
    const auto* const op = OperatorHere();
    if (op == nullptr)
      return BadFilter("filter", at_, "应为 = != < <= > >= 或 :", "expected = != < <= > >= or :");
    node->op = std::string(op->second);
    node->grades = grades_;
    at_ += op->first.size();
    Space();
    const size_t start = at_;
    RETURN_IF_ERROR(Value(&node->value));
    RETURN_IF_ERROR(CheckValue(*node->field, node->op == ":", start, &node->value));
    const bool ordered = node->op[0] == '<' || node->op[0] == '>';
    if (ordered && IsGrade(*node->field)) RETURN_IF_ERROR(CheckGrade(*node->field, start, node->value));
    return NodePtr(std::move(node));
  }

  absl::Status Field(const FieldDescriptor** field) {
    const size_t start = at_;
    // Other scripts belong to the name, so that the message can show it.
    while (at_ < text_.size() && OperatorHere() == nullptr &&
           (absl::ascii_isalnum(text_[at_]) || text_[at_] == '_' || !absl::ascii_isascii(text_[at_])))
      ++at_;
    const std::string name(text_.substr(start, at_ - start));
    *field = row_.FindFieldByName(name);
    if (*field != nullptr && IsComparable(**field)) return absl::OkStatus();
    const std::string fields = FieldList(row_);
    if (name.empty()) {
      return BadFilter("filter", start, absl::StrCat("缺少字段名。可用字段：", fields),
                       absl::StrCat("a field name is missing. Fields: ", fields));
    }
    return BadFilter("filter", start, absl::StrCat("没有字段 “", CutText(name, 60), "”。可用字段：", fields),
                     absl::StrCat("there is no field \"", CutText(name, 60), "\". Fields: ", fields));
  }

  // None is asked for that no row can have; days are read as everywhere.
  static absl::Status CheckValue(const FieldDescriptor& field, bool part, size_t at, std::string* value) {
    std::string values;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      if (std::optional<std::string> known = EnumValue(*field.enum_type(), *value, part); known.has_value()) {
        *value = *std::move(known);
        return absl::OkStatus();
      }
      values = ValueList(*field.enum_type());
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !part) {
      absl::AsciiStrToLower(value);
      if (*value == "是") *value = "true";
      if (*value == "否") *value = "false";
      if (*value == "true" || *value == "false") return absl::OkStatus();
      values = "true, false, 是, 否";
    } else if (IsInteger(field) && !part) {
      int64_t number = 0;
      if (absl::SimpleAtoi(*value, &number)) return absl::OkStatus();
      values = "0, 1, 2, …";
    } else {
      if (field.name() == "date" && !part) *value = PlainDay(*value).value_or(*value);
      return absl::OkStatus();
    }
    return NoSuchValue(field, at, *value, values);
  }

  static absl::Status NoSuchValue(const FieldDescriptor& field, size_t at, const std::string& value,
                                  const std::string& values) {
    const std::string shown(CutText(value, 60));
    return BadFilter("filter", at,
                     absl::StrCat("字段 ", field.name(), " 没有值 “", shown, "”。可用的值：", values),
                     absl::StrCat("field ", field.name(), " has no value \"", shown, "\". Values: ", values));
  }

  absl::Status CheckGrade(const FieldDescriptor& field, size_t at, const std::string& value) const {
    return grades_->Has(value) ? absl::OkStatus() : NoSuchValue(field, at, value, grades_->Words());
  }

  const std::pair<absl::string_view, absl::string_view>* OperatorHere() const {
    for (const auto& op : kOperators) {
      if (absl::StartsWith(text_.substr(at_), op.first)) return &op;
    }
    return nullptr;
  }

  absl::Status Value(std::string* value) {
    if (Char('"')) {
      while (at_ < text_.size() && text_[at_] != '"') {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        value->push_back(text_[at_++]);
      }
      if (!Char('"')) return BadFilter("filter", at_, "缺少右引号", "a closing quote is missing");
      return absl::OkStatus();
    }
    while (at_ < text_.size() && !absl::ascii_isspace(text_[at_]) && text_[at_] != ')' && text_[at_] != '(') {
      value->push_back(text_[at_++]);
    }
    if (value->empty()) return BadFilter("filter", at_, "缺少比较的值", "a value is missing");
    return absl::OkStatus();
  }

  void Space() {
    while (at_ < text_.size() && absl::ascii_isspace(text_[at_])) ++at_;
  }
  bool Char(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Peek(absl::string_view word) const {
    const absl::string_view rest = text_.substr(at_);
    return absl::StartsWith(rest, word) &&
           (rest.size() == word.size() ||
            !(absl::ascii_isalnum(rest[word.size()]) || rest[word.size()] == '_'));
  }
  bool Word(absl::string_view word) {
    Space();
    if (!Peek(word)) return false;
    at_ += word.size();
    return true;
  }

  absl::string_view text_;
  const Descriptor& row_;
  const std::shared_ptr<const GradeOrder> grades_;
  size_t at_ = 0;
  int terms_ = 0;
};

}  // namespace

absl::StatusOr<Filter> Filter::Parse(absl::string_view text, const Descriptor& row,
                                     const GradeOrder& grades) {
  Filter filter;
  if (absl::StripAsciiWhitespace(text).empty()) return filter;
  if (text.size() > kMaxBytes)
    return BadFilter("filter", kMaxBytes, "过滤条件过长", "the filter is too long");
  ASSIGN_OR_RETURN(filter.root_, Parser(text, row, grades).ParseAll());
  return filter;
}

bool Filter::Matches(const Message& row) const {
  return root_ == nullptr || root_->Matches(row);
}

bool AsksForGrades(absl::string_view text) {
  return absl::StrContains(text, "grade");
}

absl::StatusOr<Order> Order::Parse(absl::string_view text, const Descriptor& row, const GradeOrder& grades) {
  Order order;
  order.grades_ = grades;
  if (absl::StripAsciiWhitespace(text).empty()) return order;
  const auto refused = [](absl::string_view chinese, absl::string_view english) {
    return BadField("order_by", v1::ERROR_REASON_INVALID_FILTER,
                    {std::string(chinese), std::string(english)});
  };
  if (text.size() > kMaxBytes) return refused("排序过长。", "order_by is too long.");
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<std::string> words = absl::StrSplit(part, ' ', absl::SkipEmpty());
    const FieldDescriptor* field = words.empty() ? nullptr : row.FindFieldByName(words[0]);
    const bool descending = words.size() == 2 && words[1] == "desc";
    if (field == nullptr || !IsComparable(*field) || words.size() > 2 ||
        (words.size() == 2 && !descending && words[1] != "asc")) {
      const std::string fields = FieldList(row);
      return refused(absl::StrCat("排序应写成 “字段 [desc]”，可用字段：", fields),
                     absl::StrCat("Write order_by as \"field [desc]\". Fields: ", fields));
    }
    for (const Key& key : order.keys_) {
      if (key.field != field) continue;
      return refused(absl::StrCat("排序字段 “", words[0], "” 出现了两次。"),
                     absl::StrCat("order_by names \"", words[0], "\" twice."));
    }
    order.keys_.push_back({field, descending});
  }
  return order;
}

int Order::Compare(const Message& a, const Message& b) const {
  for (const Key& key : keys_) {
    const std::string x = ValueOf(a, key.field), y = ValueOf(b, key.field);
    const bool x_missing = IsMissing(*key.field, x), y_missing = IsMissing(*key.field, y);
    if (x_missing != y_missing) return x_missing ? 1 : -1;
    if (x_missing) continue;
    const int order =
        IsGrade(*key.field) ? grades_.ComparePlaces(x, y) : CompareIn(*key.field, grades_, x, y).value_or(0);
    if (order != 0) return key.descending ? -order : order;
  }
  return 0;
}

}  // namespace attain::engine
