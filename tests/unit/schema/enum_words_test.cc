#include "common/schema/enum_words.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/finding.pb.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/rule.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/table.pb.h"
#include "common/schema/methods.h"

namespace attain::schema {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FileDescriptor;

void Collect(const FileDescriptor* file, std::set<const FileDescriptor*>* files) {
  if (!absl::StartsWith(file->name(), "attain/v1/") || !files->insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) Collect(file->dependency(i), files);
}

std::map<std::string, const EnumDescriptor*> EnumsOfApi() {
  std::set<const FileDescriptor*> files;
  for (const auto* service : ServicesOfApi()) Collect(service->file(), &files);
  std::map<std::string, const EnumDescriptor*> enums;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->enum_type_count(); ++i) enums[file->enum_type(i)->name()] = file->enum_type(i);
  }
  return enums;
}

// No page shows their values as words: what they say stands in sentences, signs or fields of its own.
const std::set<std::string>& Unspoken() {
  static const auto* const names = new std::set<std::string>{
      "CallKind", "Permission", "Duty", "ScopeMode", "CostClass", "Retry",  // of the schema itself
      "ErrorReason", "AnswerView", "ImportGoal",
      "Comparator",  // a sign: ≥
      // Keys of profiles and questions, typed as they are.
      "Accumulation", "EqualMode", "ReverseMode", "SatisfactionMode", "Rounding", "OverAchievementMode",
      "RollupMode", "TargetBasis", "WatchKind", "WatchMode", "FormKind", "ExplanationKind",
      "MissingKind"};  // each has its own sentence
  return *names;
}

TEST(EnumWords, AllThatPeopleSeeHaveThemInBothLanguages) {
  size_t spoken = 0;
  for (const auto& [name, type] : EnumsOfApi()) {
    SCOPED_TRACE(name);
    std::set<std::string> zh, en;
    for (int i = 0; i < type->value_count(); ++i) {
      const int number = type->value(i)->number();
      const v1::Words& words = WordsOf(*type, number);
      EXPECT_EQ(words.zh().empty(), words.en().empty());
      if (words.zh().empty()) continue;
      EXPECT_NE(number, 0) << "no value";
      EXPECT_TRUE(zh.insert(words.zh()).second) << words.zh() << " stands for two";
      EXPECT_TRUE(en.insert(words.en()).second) << words.en() << " stands for two";
    }
    if (Unspoken().contains(name)) {
      EXPECT_TRUE(zh.empty()) << "has words: take it out of the list";
      continue;
    }
    ++spoken;
    EXPECT_EQ(zh.size() + 1, static_cast<size_t>(type->value_count()))
        << "a value without words (proto/attain/v1/words.proto)";
  }
  EXPECT_GE(spoken, 18u);
  for (const std::string& name : Unspoken())
    EXPECT_TRUE(EnumsOfApi().contains(name)) << name << " is no enum";
}

TEST(EnumWords, AFormPrintsItsOwn) {
  EXPECT_EQ(WordsOf(v1::SIGNAL_RED).zh(), "红");
  EXPECT_EQ(FormWordsOf(v1::SIGNAL_RED).zh(), "红灯");
  EXPECT_EQ(FormWordsOf(v1::RULE_KIND_PROPORTIONAL).zh(), "按照正常比例赋分");
  EXPECT_EQ(FormWordsOf(v1::SIGNATURE_KIND_EVALUATION_CONFIRMED).zh(), "复核确认");
}

TEST(EnumWords, AFormMayLeaveThePlaceBlank) {
  EXPECT_EQ(WordsOf(v1::SIGNAL_NONE).en(), "none");
  EXPECT_EQ(FormWordsOf(v1::SIGNAL_NONE).en(), "");
  EXPECT_EQ(FormWordsOf(v1::SIGNAL_NONE).zh(), "");
}

TEST(EnumWords, WithoutAFormsOwnTheyAreTheSame) {
  EXPECT_EQ(FormWordsOf(v1::TABLE_STATE_APPROVED).zh(), "已批准");
  EXPECT_EQ(FormWordsOf(v1::LIKELIHOOD_IMPOSSIBLE).en(), "impossible");
}

TEST(EnumWords, UnknownValuesHaveNone) {
  EXPECT_EQ(WordsOf(static_cast<v1::Severity>(77)).zh(), "");
  EXPECT_EQ(FormWordsOf(static_cast<v1::Severity>(77)).en(), "");
  EXPECT_EQ(WordsOf(v1::TABLE_STATE_UNSPECIFIED).zh(), "");
}

}  // namespace
}  // namespace attain::schema
