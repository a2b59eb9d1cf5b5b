// What the forms are made of. A form is made from one snapshot alone: the same question at the same revision
// gives the same bytes.
#ifndef ATTAIN_SERVICE_DOMAIN_FORMS_FORM_PARTS_H_
#define ATTAIN_SERVICE_DOMAIN_FORMS_FORM_PARTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/form.pb.h"
#include "service/state/query_context.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Thread-compatible.
class FormMaker {
 public:
  // All must outlive the maker.
  FormMaker(const QueryContext& context, const Snapshot& now, v1::Form* form)
      : context_(context), now_(now), form_(form), zh_(context.caller.locale == "zh-CN") {}

  std::string Say(const scoring::Text& text) const { return zh_ ? text.zh : text.en; }
  bool zh() const { return zh_; }
  v1::Form& form() { return *form_; }

  void Title(const scoring::Text& text) { form_->set_title(Say(text)); }
  void Head(const scoring::Text& label, const std::string& value) { Line(label, value, form_->add_head()); }
  void Foot(const scoring::Text& label, const std::string& value) { Line(label, value, form_->add_foot()); }

  // Unit, project or unit-level table, year, leader.
  absl::Status HeadOfTable(const TableModel& model);
  // One line for each act that pinned a revision, and one for the revision that was read: revision, time,
  // who, hash.
  absl::Status Signatures(const TableModel& model);

 private:
  void Line(const scoring::Text& label, const std::string& value, v1::FormField* field);
  std::string Pinned(int64_t revision, absl::Time time, const std::string& actor,
                     const std::string& hash) const;

  const QueryContext& context_;
  const Snapshot& now_;
  v1::Form* form_;
  const bool zh_;
};

// What a cell of a grid shows. A text alone is one.
struct GridCell {
  GridCell(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor)
  GridCell(const char* words) : text(words) {}             // NOLINT(google-explicit-constructor)

  std::string text;
  std::string number = {};  // decimal string; empty for words
  std::string source = {};  // the resource and field, "units/x/tables/p1#budget.total"; empty for none
};

// A grid whose optional columns are left out when no row has anything in them.
class GridMaker {
 public:
  // kMerged: always there, and neighbours below each other with the same words are printed as one, within
  // the same cell of the merged column before it.
  enum Kind { kAlways, kIfAny, kMerged };
  void Column(std::string heading, Kind kind = kAlways) { columns_.push_back({std::move(heading), kind}); }
  // As many cells as there are columns.
  void Row(std::vector<GridCell> cells) { rows_.push_back(std::move(cells)); }
  void Write(std::string title, v1::FormGrid* grid) const;

 private:
  struct Heading {
    std::string text;
    Kind kind;
  };
  // How many rows from this one on the cell of a merged column covers; 0 when one above it does.
  int SpanOf(size_t row, size_t column) const;
  bool SameAbove(size_t row, size_t column) const;

  std::vector<Heading> columns_;
  std::vector<std::vector<GridCell>> rows_;
};

// Money with at least two decimals, empty when unknown.
std::string MoneyText(const std::string& amount);
GridCell MoneyCell(const std::string& amount, std::string source = "");
// "45%", empty for an empty number.
std::string PercentText(const std::string& number);
GridCell PercentCell(const std::string& number, std::string source = "");
// A number as it is; empty when there is none.
GridCell NumberCell(const std::string& number, std::string source = "");
GridCell TextCell(const std::string& text, std::string source);
// "RESOURCE#FIELD".
std::string SourceOf(absl::string_view resource, absl::string_view field);
// The rule as the document wrote it, else its name.
std::string RuleText(const FormMaker& maker, const disk::IndicatorState& row);
// Last year's value with its unit, or in words; empty for none.
std::string PriorText(const disk::IndicatorState& row);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_FORM_PARTS_H_
