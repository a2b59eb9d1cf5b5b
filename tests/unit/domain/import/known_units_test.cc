// What is there already for documents that name units and tables in words.
#include "service/domain/import/known_units.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/state/working_state.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {
namespace {

using ::testing::IsEmpty;

class KnownUnits : public StateFixture {
 protected:
  KnownUnits() { Record({ProfileEvent(1), TableEvent(TableNamed(kTable))}); }
};

TEST_F(KnownUnits, AUnitIsFoundByItsNameOrByOneLikeIt) {
  const auto add = [this](const std::string& id, const std::string& name) {
    disk::Event event;
    event.mutable_unit_set()->set_name("units/" + id);
    event.mutable_unit_set()->set_display_name(name);
    Record({event});
  };
  const auto named = [this](const std::string& name) {
    auto group = store_->Begin();
    WorkingState state(group->get(), &workspace_, next());
    const auto unit = UnitNamed(state.reads(), name);
    return unit.ok() ? absl::StrCat(unit->id, ":", unit->display_name) : unit.status().ToString();
  };
  EXPECT_EQ(named("财政局"), "unit1:");
  add("a", "财政 局");
  add("b", "财政局");
  add("c", "财政局");
  EXPECT_EQ(named("财政局"), "b:财政局") << "the same before the like";
  EXPECT_EQ(named("财　政局"), "a:财政 局") << "the first that is like it";
  EXPECT_EQ(named(""), "unit1:");
  add("unit1", "水务局");
  add("unit2", "");
  EXPECT_EQ(named("教育局"), "unit3:");
  EXPECT_EQ(named(""), "unit3:") << "an empty name is nobody's";
}

TEST_F(KnownUnits, TheTablesOfAUnitAreListedWithoutRows) {
  Record({TableEvent(TableNamed("units/u/tables/a", v1::TABLE_STATE_DRAFT)),
          TableEvent(TableNamed("units/uu/tables/t"))});
  auto group = store_->Begin();
  WorkingState state(group->get(), &workspace_, next());
  const auto heads = TableHeads(state.reads(), "u");
  ASSERT_TRUE(heads.ok());
  ASSERT_EQ(heads->size(), 2u);
  EXPECT_EQ((*heads)[0].name(), "units/u/tables/a");
  EXPECT_EQ((*heads)[1].name(), kTable);
  EXPECT_EQ((*heads)[1].indicators_size(), 0);
  EXPECT_THAT(*TableHeads(state.reads(), "nobody"), IsEmpty());
}

}  // namespace
}  // namespace attain::engine
