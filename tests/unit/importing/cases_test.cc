// Every file of tests/data/layouts, field and forms against the answer that stands beside it: what a careful
// person reads there, written by hand. `FILE.expect` holds tables and rows as readable.h writes them and
// "told LINE CODE": all errors and warnings, and those notes that matter. Lines that begin with # say why.
//   unit_importing_cases_test FILE…    shows what is read from files
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/unit/importing/readable.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

namespace fs = std::filesystem;

const scoring::Profile& Profile() {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  return profile;
}

std::string ReadFile(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

ParsedDocument Parse(const std::string& text) {
  ImportOptions options;
  options.profile = &Profile();
  absl::StatusOr<ParsedDocument> document = ParseDocument(text, options);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : ParsedDocument{};
}

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const char* folder : {"layouts", "field", "forms"}) {
    for (const auto& entry : fs::directory_iterator(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/data/", folder))) {
      const std::string name = entry.path().string();
      if (!absl::EndsWith(name, ".expect")) cases.push_back(name.substr(sizeof(ATTAIN_SOURCE_DIR)));
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

class Case : public ::testing::TestWithParam<std::string> {};

TEST_P(Case, IsReadAsAPersonReadsIt) {
  const std::string name = absl::StrCat(ATTAIN_SOURCE_DIR "/", GetParam());
  const std::string expected = ReadFile(name + ".expect");
  ASSERT_FALSE(expected.empty()) << "no answer for " << name;
  std::vector<std::string> rows, told;
  for (const absl::string_view line : absl::StrSplit(expected, '\n')) {
    if (line.empty() || absl::StartsWith(line, "#")) continue;
    (absl::StartsWith(line, "told ") ? told : rows).emplace_back(line);
  }
  const ParsedDocument document = Parse(ReadFile(name));
  EXPECT_THAT(Readable(document), ::testing::ElementsAreArray(rows));
  const std::vector<std::string> loud = Told(document, Profile(), false),
                                 quiet = Told(document, Profile(), true);
  for (const std::string& line : loud) EXPECT_THAT(told, ::testing::Contains(line)) << "not expected";
  std::vector<std::string> all = loud;
  all.insert(all.end(), quiet.begin(), quiet.end());
  for (const std::string& line : told) EXPECT_THAT(all, ::testing::Contains(line)) << "not told";
}

INSTANTIATE_TEST_SUITE_P(Data, Case, ::testing::ValuesIn(Cases()), [](const auto& info) {
  std::string name = info.param.substr(sizeof("tests/data"));
  for (char& c : name) c = absl::ascii_isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

void Show(const std::string& name) {
  const ParsedDocument document = Parse(ReadFile(name));
  std::printf("##### %s\n", name.c_str());
  for (const std::string& line : Readable(document)) std::printf("%s\n", line.c_str());
  for (const std::string& line : Told(document, Profile(), false)) std::printf("%s\n", line.c_str());
  for (const std::string& line : Told(document, Profile(), true)) std::printf("note %s\n", line.c_str());
}

}  // namespace
}  // namespace attain::importing

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  for (int i = 1; i < argc; ++i) attain::importing::Show(argv[i]);
  return argc > 1 ? 0 : RUN_ALL_TESTS();
}
