#include "tests/unit/model/sample_table.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "service/model/compile.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::engine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using scoring::Show;

void FillField(Message* message, const FieldDescriptor* field, int number, const std::string& mark) {
  const auto* reflection = message->GetReflection();
  const std::string text = absl::StrCat(field->name(), number, mark);
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field->is_repeated() ? reflection->AddString(message, field, text)
                                  : reflection->SetString(message, field, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillEveryField(field->is_repeated() ? reflection->AddMessage(message, field)
                                                 : reflection->MutableMessage(message, field),
                            absl::StrCat(mark, "-", number));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->SetEnumValue(
          message, field, field->enum_type()->value(field->enum_type()->value_count() - 1)->number());
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(message, field, true);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(message, field, 1'000'000 + field->number());
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(message, field, field->name() == "score_decimals" ? 2 : 1);
    default:
      FAIL() << field->full_name() << " is of a kind that no message of the model had";
  }
}

void ShowRow(const Board& board, size_t row, std::string* out) {
  const Cell& cell = board.cells[row];
  const scoring::Reported& told = cell.reported;
  absl::StrAppend(out, row, ": reported ", told.reported, " number ", Show(told.number), " level ",
                  told.level, " text ", told.text, " met ",
                  told.met.has_value() ? (*told.met ? "yes" : "no") : "unset", " typed ",
                  Show(told.typed_score), " deduction ", Show(told.typed_deduction), " date ", told.date,
                  " revision ", told.revision);
  absl::StrAppend(out, " reason ", cell.reason, " id ", cell.actual_id, " sum ", cell.sum.ToString(), " / ",
                  cell.denominator_sum.ToString(), " count ", cell.count);
  if (cell.review.has_value()) {
    absl::StrAppend(out, " review ", cell.review->score.ToString(), " ", cell.review->reason, " ",
                    cell.review->reviewer, " ", cell.review->revision);
  }
  if (row < board.scores.size()) {
    const scoring::IndicatorScore& score = board.scores[row];
    absl::StrAppend(out, " status ", static_cast<int>(score.status), " score ", Show(score.score), " sure ",
                    score.sure.ToString(), " possible ", score.possible.ToString(), " flags ", score.flags);
  }
  absl::StrAppend(out, "\n");
}

}  // namespace

disk::IndicatorState NumberRow(const std::string& id, const std::string& target, const std::string& unit,
                               v1::Accumulation accumulation) {
  disk::IndicatorState row;
  row.set_name(id);
  row.set_display_name(id);
  row.mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
  row.mutable_target()->set_value(target);
  row.mutable_target()->set_unit(unit);
  row.set_weight("10");
  row.mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
  row.set_accumulation(accumulation);
  return row;
}

disk::IndicatorState TypedRow(const std::string& id, v1::RuleKind rule) {
  disk::IndicatorState row;
  row.set_name(id);
  row.set_display_name(id);
  row.mutable_target()->set_text("办好");
  row.set_weight("10");
  row.mutable_rule()->set_kind(rule);
  row.set_accumulation(v1::ACCUMULATION_LATEST);
  return row;
}

disk::TableState SampleState() {
  disk::TableState state;
  state.set_name("units/u/tables/t");
  state.set_kind(v1::TABLE_KIND_PROJECT);
  state.set_state(v1::TABLE_STATE_APPROVED);
  state.set_fiscal_year(2024);
  state.mutable_budget()->set_total("100");
  *state.add_indicators() = NumberRow("latest", "40", "个", v1::ACCUMULATION_LATEST);
  *state.add_indicators() = NumberRow("sum", "40", "个", v1::ACCUMULATION_SUM);
  *state.add_indicators() = NumberRow("average", "40", "个", v1::ACCUMULATION_AVERAGE);
  *state.add_indicators() = NumberRow("ratio", "40", "%", v1::ACCUMULATION_RATIO);
  *state.add_indicators() = NumberRow("share", "40", "个", v1::ACCUMULATION_RATIO);
  *state.add_indicators() = TypedRow("rated", v1::RULE_KIND_RATING);
  *state.add_indicators() = TypedRow("manual", v1::RULE_KIND_MANUAL);
  return state;
}

std::shared_ptr<const TableModel> ModelOf(const disk::TableState& state) {
  auto model = CompileTable("u", "t", state, 3, std::make_shared<scoring::Profile>(scoring::National()));
  EXPECT_TRUE(model.ok()) << model.status();
  return *model;
}

disk::ActualState ReportOf(const std::string& number, const std::string& date, int64_t revision) {
  disk::ActualState actual;
  actual.set_state(v1::ACTUAL_STATE_ACTIVE);
  actual.set_number(number);
  actual.mutable_report()->set_value(number);
  actual.set_date(date);
  actual.mutable_report()->set_reason(absl::StrCat("reason ", revision));
  actual.set_revision(revision);
  return actual;
}

disk::ActualState RatioOf(const std::string& numerator, const std::string& denominator,
                          const std::string& date, int64_t revision) {
  disk::ActualState actual = ReportOf("", date, revision);
  actual.mutable_report()->set_numerator(numerator);
  actual.mutable_report()->set_denominator(denominator);
  return actual;
}

disk::ActualState RatingOf(const std::string& level, const std::string& score, const std::string& date,
                           int64_t revision) {
  disk::ActualState actual = ReportOf("", date, revision);
  actual.set_level(level);
  actual.mutable_report()->set_score(score);
  return actual;
}

disk::SpendingState SpendingOf(const std::string& spent, const std::string& adjusted, const std::string& date,
                               int64_t revision) {
  disk::SpendingState spending;
  spending.set_spent(spent);
  spending.set_adjusted_budget(adjusted);
  spending.set_date(date);
  spending.set_revision(revision);
  return spending;
}

std::string ShowBoard(const Board& board) {
  std::string out = absl::StrCat("spent ", Show(board.budget.spent), " of ", Show(board.budget.adjusted),
                                 " on ", board.spent_date, " and ", board.adjusted_date, " at ",
                                 board.budget.spent_revision, " and ", board.budget.adjusted_revision,
                                 "\nrevision ", board.revision, " submitted ", board.submit_revision, "\n");
  absl::StrAppend(&out, "total ", Show(board.total.total), " ", Show(board.total.sure), " ",
                  Show(board.total.possible), " ", board.total.grade, " light ",
                  static_cast<int>(board.total.light), " flags ", board.total.flags, "\n");
  if (board.reviewed.has_value())
    absl::StrAppend(&out, "final ", Show(board.reviewed->total), " ", board.reviewed->grade, "\n");
  for (size_t row = 0; row < board.cells.size(); ++row) ShowRow(board, row, &out);
  return out;
}

void FillEveryField(Message* message, const std::string& mark) {
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    if (field->is_map()) continue;
    FillField(message, field, 1, mark);
    if (field->is_repeated()) FillField(message, field, 2, mark);
  }
}

}  // namespace attain::engine
