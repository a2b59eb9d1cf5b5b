// A table in force with a row of every kind, and reports on it, for tests of the model.
#ifndef ATTAIN_TESTS_UNIT_MODEL_SAMPLE_TABLE_H_
#define ATTAIN_TESTS_UNIT_MODEL_SAMPLE_TABLE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "attain/v1/table.pb.h"
#include "service/model/table_model.h"

namespace attain::engine {

// A row "≥ target unit" of 10 points whose reports accumulate so.
disk::IndicatorState NumberRow(const std::string& id, const std::string& target, const std::string& unit,
                               v1::Accumulation accumulation);
// A row that people rate, or score by hand, of 10 points.
disk::IndicatorState TypedRow(const std::string& id, v1::RuleKind rule);
// Approved, a project's, under the rules of scoring's test profile: latest, sum, average, ratio (%), share
// (a ratio in 个), rated, manual.
disk::TableState SampleState();
std::shared_ptr<const TableModel> ModelOf(const disk::TableState& state);

disk::ActualState ReportOf(const std::string& number, const std::string& date, int64_t revision);
disk::ActualState RatioOf(const std::string& numerator, const std::string& denominator,
                          const std::string& date, int64_t revision);
// With the level and the points that somebody typed.
disk::ActualState RatingOf(const std::string& level, const std::string& score, const std::string& date,
                           int64_t revision);
disk::SpendingState SpendingOf(const std::string& spent, const std::string& adjusted, const std::string& date,
                               int64_t revision);

// Everything on the board that a person or another server could see, a line for each figure.
std::string ShowBoard(const Board& board);

// Sets every field to a value of its own, lists to two entries; texts end with `mark`. Maps stay empty.
void FillEveryField(google::protobuf::Message* message, const std::string& mark = "");

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_MODEL_SAMPLE_TABLE_H_
