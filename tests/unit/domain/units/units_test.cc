// Units: what is answered is what is stored, what may stand above what, and the borders of a request.
#include "absl/strings/str_cat.h"
#include "attain/v1/unit.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Units : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
  }
  static v1::CreateUnitRequest Creation(const std::string& id, const std::string& name = "甲局",
                                        const std::string& parent = "") {
    v1::CreateUnitRequest request;
    request.set_unit_id(id);
    request.mutable_unit()->set_display_name(name);
    request.mutable_unit()->set_parent(parent);
    return request;
  }
  v1::CreateUnitResponse Create(const std::string& id, const std::string& name = "甲局",
                                const std::string& parent = "") {
    return Do<v1::CreateUnitResponse>(Creation(id, name, parent));
  }
  v1::GetUnitResponse Get(const std::string& id, int64_t revision = 0) {
    v1::GetUnitRequest request;
    request.set_name(absl::StrCat("units/", id));
    if (revision > 0) request.mutable_read()->set_read_revision(revision);
    return Ask<v1::GetUnitResponse>(request);
  }
  v1::UpdateUnitRequest Update(const std::string& id, const std::string& name,
                               const std::string& parent = "") {
    v1::UpdateUnitRequest request;
    *request.mutable_unit() = Get(id).unit();
    request.mutable_unit()->set_display_name(name);
    request.mutable_unit()->set_parent(parent);
    request.mutable_update_mask()->add_paths("*");
    return request;
  }
  v1::ErrorReason WhyNot(const v1::CreateUnitRequest& request) {
    return ReasonFor<v1::CreateUnitResponse>(request);
  }
  v1::ErrorReason WhyNot(const v1::UpdateUnitRequest& request) {
    return ReasonFor<v1::UpdateUnitResponse>(request);
  }
  std::vector<std::string> Names(v1::ListUnitsRequest request) {
    std::vector<std::string> names;
    do {
      const auto page = Ask<v1::ListUnitsResponse>(request);
      for (const v1::Unit& unit : page.units()) names.push_back(unit.name());
      EXPECT_LE(names.size(), 20u);
      request.set_page_token(page.next_page_token());
      if (request.page_token().empty()) EXPECT_EQ(page.total_size(), static_cast<int64_t>(names.size()));
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_F(Units, AUnitIsKeptAsItWasMade) {
  Create("office", "财政局");
  v1::CreateUnitRequest request = Creation("a", "甲局", "units/office");
  request.mutable_unit()->set_name("theirs");
  request.mutable_unit()->set_etag("7");
  request.mutable_unit()->mutable_create_time()->set_seconds(7);
  const auto answer = Do<v1::CreateUnitResponse>(request);
  const v1::Unit& unit = answer.unit();
  EXPECT_EQ(unit.name(), "units/a");
  EXPECT_EQ(unit.display_name(), "甲局");
  EXPECT_EQ(unit.parent(), "units/office");
  EXPECT_EQ(unit.etag(), absl::StrCat(answer.commit().revision()));
  EXPECT_EQ(unit.create_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(unit.update_time().DebugString(), answer.commit().record_time().DebugString());
  Create("b");  // the head moves, the unit does not
  EXPECT_EQ(Get("a").unit().DebugString(), unit.DebugString());
  EXPECT_EQ(Get("a").read().revision(), static_cast<int64_t>(store().head().revision));
}

TEST_F(Units, ANewNameAloneLeavesTheDepartment) {
  Create("office", "财政局");
  Create("a", "甲局", "units/office");
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name("units/a");
  request.mutable_unit()->set_etag(Get("a").unit().etag());
  request.mutable_unit()->set_display_name("乙局");
  const v1::Unit renamed = Do<v1::UpdateUnitResponse>(request).unit();
  EXPECT_EQ(renamed.display_name(), "乙局");
  EXPECT_EQ(renamed.parent(), "units/office");
  request.mutable_unit()->set_etag(renamed.etag());
  request.mutable_update_mask()->add_paths("parent");
  const v1::Unit moved = Do<v1::UpdateUnitResponse>(request).unit();
  EXPECT_EQ(moved.display_name(), "乙局");
  EXPECT_EQ(moved.parent(), "") << "named, and empty";
  request.mutable_unit()->set_etag(moved.etag());
  request.mutable_update_mask()->add_paths("nickname");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Units, AnUpdateReplacesNameAndDepartmentAndNothingElse) {
  Create("office", "财政局");
  const v1::Unit made = Create("a").unit();
  clock_.now += absl::Hours(1);
  v1::UpdateUnitRequest request = Update("a", "乙局", "units/office");
  request.mutable_unit()->mutable_create_time()->set_seconds(7);
  const auto answer = Do<v1::UpdateUnitResponse>(request);
  EXPECT_EQ(answer.unit().DebugString(), Get("a").unit().DebugString());
  EXPECT_EQ(answer.unit().display_name(), "乙局");
  EXPECT_EQ(answer.unit().parent(), "units/office");
  EXPECT_EQ(answer.unit().create_time().DebugString(), made.create_time().DebugString());
  EXPECT_EQ(answer.unit().update_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(answer.unit().etag(), absl::StrCat(answer.commit().revision()));
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_STALE_ETAG) << "what was read is old";
  EXPECT_EQ(Do<v1::UpdateUnitResponse>(Update("a", "乙局")).unit().parent(), "")
      << "the department is taken away";
  EXPECT_EQ(Get("a", answer.commit().revision() - 1).unit().DebugString(), made.DebugString());
  request = Update("a", "丙局");
  request.mutable_unit()->clear_etag();
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  request = Update("a", "丙局");
  request.mutable_unit()->set_name("units/nobody");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(Units, WhatIsNoUnitIsRefused) {
  Create("a");
  EXPECT_EQ(WhyNot(Creation("a")), v1::ERROR_REASON_ALREADY_EXISTS);
  for (const char* id : {"", "Ä", "A", "a/b", "-a"})
    EXPECT_NE(WhyNot(Creation(id)), v1::ERROR_REASON_UNSPECIFIED) << id;
  EXPECT_EQ(WhyNot(Creation("b", "乙局", "units/nobody")), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(WhyNot(Creation("b", "乙局", "nobody")), v1::ERROR_REASON_INVALID_NAME);
  EXPECT_EQ(WhyNot(Update("a", "乙局", "units/nobody")), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  std::string name;
  for (int i = 0; i < 200; ++i) name += "局";
  EXPECT_EQ(WhyNot(Creation("b", "a\x01")), v1::ERROR_REASON_INVALID_ENCODING);
  for (const std::string& wrong : {std::string(), std::string("\u3000"), name + "局"}) {
    EXPECT_EQ(WhyNot(Creation("b", wrong)), v1::ERROR_REASON_INVALID_FIELD) << wrong;
    EXPECT_EQ(WhyNot(Update("a", wrong)), v1::ERROR_REASON_INVALID_FIELD) << wrong;
  }
  EXPECT_EQ(Create("b", name).unit().display_name(), name);
}

TEST_F(Units, NoUnitStandsAboveItselfHoweverFar) {
  Create("a");
  Create("b", "乙局", "units/a");
  Create("c", "丙局", "units/b");
  for (const char* above : {"units/a", "units/b", "units/c"})
    EXPECT_EQ(WhyNot(Update("a", "甲局", above)), v1::ERROR_REASON_INVALID_FIELD) << above;
  EXPECT_EQ(WhyNot(Update("b", "乙局", "units/c")), v1::ERROR_REASON_INVALID_FIELD);
  Do<v1::UpdateUnitResponse>(Update("c", "丙局", "units/a"));
  Do<v1::UpdateUnitResponse>(Update("b", "乙局", "units/c"));
}

TEST_F(Units, AListHasItsUnitsAsTheyWereItsFilterAndItsPages) {
  const int64_t empty = static_cast<int64_t>(store().head().revision);
  for (const char* id : {"c", "a", "b"}) Create(id, absl::StrCat(id, "局"));
  v1::ListUnitsRequest request;
  EXPECT_THAT(Names(request), ElementsAre("units/a", "units/b", "units/c"));
  request.set_page_size(1);
  EXPECT_THAT(Names(request), ElementsAre("units/a", "units/b", "units/c"));
  request.set_filter("display_name : \"b\"");
  EXPECT_THAT(Names(request), ElementsAre("units/b"));
  request.clear_filter();
  request.mutable_read()->set_read_revision(empty);
  EXPECT_THAT(Names(request), IsEmpty());
  request.clear_read();
  const auto answer = Ask<v1::ListUnitsResponse>(request);
  EXPECT_EQ(answer.units(0).DebugString(), Get("a").unit().DebugString());
  EXPECT_EQ(answer.total_size(), 3);
  EXPECT_EQ(answer.read().revision(), static_cast<int64_t>(store().head().revision));
}

// As the clients do: a page is at least as new as what the page before it was read at.
TEST_F(Units, TheNextPageMayBeAskedForWithWhatWasSeen) {
  for (const char* id : {"c", "a", "b"}) Create(id, absl::StrCat(id, "局"));
  v1::ListUnitsRequest request;
  request.set_page_size(2);
  const auto first = Ask<v1::ListUnitsResponse>(request);
  Create("d");
  request.set_page_token(first.next_page_token());
  request.mutable_read()->set_at_least(first.read().token());
  const auto second = Ask<v1::ListUnitsResponse>(request);
  ASSERT_EQ(second.units_size(), 1);
  EXPECT_EQ(second.units(0).name(), "units/c");
  EXPECT_EQ(second.read().revision(), first.read().revision()) << "of the same past as the first";
}

TEST_F(Units, ADryRunLeavesNoUnit) {
  v1::CreateUnitRequest request = Creation("a");
  request.mutable_write()->set_validate_only(true);
  const std::string before = *store().ContentDigest();
  EXPECT_EQ(Do<v1::CreateUnitResponse>(request).unit().name(), "units/a");
  EXPECT_EQ(*store().ContentDigest(), before);
  EXPECT_THAT(Names({}), IsEmpty());
}

}  // namespace
}  // namespace attain::engine
