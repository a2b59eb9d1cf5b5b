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

// A grid whose optional columns are left out when no row has anything in them.
class GridMaker {
 public:
  enum Need { kAlways, kIfAny };
  void Column(std::string heading, Need need = kAlways) { columns_.push_back({std::move(heading), need}); }
  // As many cells as there are columns.
  void Row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void Write(std::string title, v1::FormGrid* grid) const;

 private:
  struct Heading {
    std::string text;
    Need need;
  };
  std::vector<Heading> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Money with at least two decimals, empty when unknown.
std::string MoneyText(const std::string& amount);
// "45%", empty for an empty number.
std::string PercentText(const std::string& number);
// The rule as the document wrote it, else its name.
std::string RuleText(const FormMaker& maker, const disk::IndicatorState& row);
// Last year's value with its unit, or in words; empty for none.
std::string PriorText(const disk::IndicatorState& row);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_FORM_PARTS_H_
