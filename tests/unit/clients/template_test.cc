// What `attain template` prints is what an import reads, in both languages.
#include "service/importing/template.h"

#include <gtest/gtest.h>

#include "clients/cli/commands/documents/template_text.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::cli {
namespace {

TEST(TemplateCommand, PrintsWhatAnImportReadsWithoutAnError) {
  const scoring::Profile profile = scoring::National();
  importing::ImportOptions options;
  options.profile = &profile;
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string text = TemplateText(language);
    ASSERT_TRUE(importing::IsTemplate(text)) << text;
    const absl::StatusOr<importing::ParsedDocument> document = importing::ReadTemplate(text, options);
    ASSERT_TRUE(document.ok());
    for (const importing::Finding& finding : document->findings)
      ADD_FAILURE() << finding.code << " " << finding.raw;
    ASSERT_EQ(document->tables.size(), 1u);
    ASSERT_EQ(document->tables[0].indicators.size(), 2u);
    EXPECT_EQ(document->tables[0].indicators[0].accumulation, importing::Accumulation::kSum);
    EXPECT_TRUE(document->tables[0].indicators[1].options.satisfaction_mode.has_value());
    for (const importing::Finding& finding : importing::Lint(document->tables[0], 1, profile)) {
      EXPECT_NE(finding.severity, importing::Severity::kError) << finding.code;
    }
  }
}

}  // namespace
}  // namespace attain::cli
