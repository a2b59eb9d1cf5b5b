#include "service/importing/remarks.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/strings/substitute.h"
#include "service/importing/remark_words.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

// Without a number: "some".
Text Fill(absl::string_view zh, absl::string_view en, int count) {
  const std::string number = count > 0 ? absl::StrCat(count) : "";
  return {absl::Substitute(zh, count > 0 ? number : "若干"),
          absl::Substitute(en, count > 0 ? number : "some")};
}

template <size_t size>
const RemarkWords* Find(const RemarkWords (&words)[size], absl::string_view code) {
  for (const RemarkWords& each : words) {
    if (each.code == code) return &each;
  }
  return nullptr;
}

void Tell(const RemarkWords* words, int count, const std::string& detail, Finding* finding) {
  if (words != nullptr) {
    finding->message = Fill(words->message_zh, words->message_en, count);
    finding->repair = Fill(words->repair_zh, words->repair_en, count);
    return;
  }
  const std::string raw = Shorten(Tidy(detail));
  const absl::string_view gap = raw.empty() ? "" : ": ", gap_zh = raw.empty() ? "" : "：";
  finding->message = {absl::StrCat("读取文件时注意到 ", finding->code, gap_zh, raw, "。"),
                      absl::StrCat("The reader noticed ", finding->code, gap, raw, ".")};
  finding->repair = {"请对照原文件核对这一处。", "Compare this place with the file."};
}

Severity SeverityOf(document::Level level) {
  if (level == document::LEVEL_ERROR) return Severity::kError;
  return level == document::LEVEL_WARNING ? Severity::kWarning : Severity::kNote;
}

}  // namespace

std::vector<Finding> RemarkFindings(const document::Document& source) {
  std::vector<Finding> findings;
  for (const document::Remark& remark : source.remarks()) {
    Finding& finding = findings.emplace_back();
    finding.severity = SeverityOf(remark.level());
    finding.code = remark.code();
    finding.place.page = remark.page();
    finding.place.sheet = remark.sheet();
    finding.place.address = remark.address();
    finding.raw = Shorten(Tidy(remark.detail()));
    Tell(Find(kRemarkWords, remark.code()), remark.count(), remark.detail(), &finding);
  }
  return findings;
}

Finding RefusalFinding(const document::Refusal& refusal) {
  Finding finding;
  finding.severity = Severity::kError;
  finding.code = refusal.code();
  finding.raw = Shorten(Tidy(refusal.detail()), 300);
  Tell(Find(kRefusalWords, refusal.code()), 0, refusal.detail(), &finding);
  return finding;
}

std::vector<std::string> RemarkCodes() {
  std::vector<std::string> codes;
  for (const RemarkWords& words : kRemarkWords) codes.emplace_back(words.code);
  return codes;
}

std::vector<std::string> RefusalCodes() {
  std::vector<std::string> codes;
  for (const RemarkWords& words : kRefusalWords) codes.emplace_back(words.code);
  return codes;
}

std::string FormatName(document::Media media) {
  if (media == document::MEDIA_UNSPECIFIED) return "";
  return std::string(absl::StripPrefix(document::Media_Name(media), "MEDIA_"));
}

}  // namespace attain::importing
