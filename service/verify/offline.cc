#include "service/verify/offline.h"

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace attain::engine {
namespace {

class Output {
 public:
  Output(const OfflineOptions& options, std::ostream& out) : options_(options), out_(out) {}

  void Line(const scoring::Text& text) { Line(chinese() ? text.zh : text.en); }
  void Line(const std::string& text) {
    EraseProgress();
    out_ << text << "\n";
  }
  void Progress(VerifyPart part, uint64_t done, uint64_t total);
  void EraseProgress() {
    if (shown_) out_ << "\r\x1b[K";
    shown_ = false;
  }
  bool chinese() const { return options_.locale == "zh-CN"; }

 private:
  std::string NameOf(VerifyPart part) const;

  const OfflineOptions& options_;
  std::ostream& out_;
  std::map<VerifyPart, uint64_t> percent_;
  bool shown_ = false;
};

std::string Output::NameOf(VerifyPart part) const {
  switch (part) {
    case VerifyPart::kJournal:
      return chinese() ? "日志" : "journal";
    case VerifyPart::kState:
      return chinese() ? "数据" : "values";
    case VerifyPart::kHeads:
      return chinese() ? "最新记录" : "head";
    case VerifyPart::kFiles:
      return chinese() ? "文件" : "files";
  }
  return "";
}

void Output::Progress(VerifyPart part, uint64_t done, uint64_t total) {
  if (!options_.progress) return;
  const uint64_t percent = total == 0 ? 100 : done * 100 / total;
  const auto [known, fresh] = percent_.try_emplace(part, percent);
  if (!fresh && known->second == percent) return;
  known->second = percent;
  std::string line;
  for (const auto& [each, reached] : percent_) absl::StrAppend(&line, "  ", NameOf(each), " ", reached, "%");
  EraseProgress();
  out_ << line << std::flush;
  shown_ = true;
}

int NotOpened(const absl::Status& status, Output* output) {
  const std::string why(status.message());
  if (absl::IsDataLoss(status)) {
    output->Line(scoring::Text{absl::StrCat("数据已损坏，无法打开：", why),
                               absl::StrCat("the store is damaged and cannot be opened: ", why)});
    return kStoreHasFindings;
  }
  output->Line(scoring::Text{absl::StrCat("无法核对：", why), absl::StrCat("cannot be verified: ", why)});
  return kStoreCannotBeRead;
}

void TellResult(const VerifyResult& result, uint64_t told, Output* output) {
  const uint64_t revision = result.head.revision;
  const std::string hash = absl::BytesToHexString(result.head.hash);
  if (result.sound()) {
    return output->Line(
        scoring::Text{absl::StrCat("完好：已核对至第 ", revision, " 次记录，哈希 ", hash),
                      absl::StrCat("sound: verified up to revision ", revision, ", hash ", hash)});
  }
  const uint64_t total = result.total();
  const std::string zh = total > told ? absl::StrCat("，其中 ", total - told, " 处未逐条列出") : "";
  const std::string en = total > told ? absl::StrCat(", ", total - told, " of them not listed") : "";
  output->Line(
      scoring::Text{absl::StrCat("发现 ", total, " 处不符", zh, "：已核对至第 ", revision, " 次记录"),
                    absl::StrCat(total, total == 1 ? " finding" : " findings", en,
                                 ": verified up to revision ", revision)});
}

}  // namespace

int VerifyOffline(const absl::StatusOr<std::unique_ptr<storage::Inspection>>& opened,
                  const OfflineOptions& options, std::ostream& out) {
  Output output(options, out);
  if (!opened.ok()) return NotOpened(opened.status(), &output);
  uint64_t told = 0;
  VerifyOptions verify;
  verify.cancelled = options.cancelled;
  verify.on_progress = [&](VerifyPart part, uint64_t done, uint64_t total) {
    output.Progress(part, done, total);
  };
  verify.on_finding = [&](const VerifyFinding& finding) {
    ++told;
    output.Line(DescribeFinding(finding, options.locale));
  };
  const absl::StatusOr<VerifyResult> result = VerifyStore(**opened, verify);
  output.EraseProgress();
  if (!result.ok()) {
    output.Line(scoring::Text{"核对已中止", "the verification was cancelled"});
    return kStoreCannotBeRead;
  }
  TellResult(*result, told, &output);
  return result->sound() ? kStoreIsSound : kStoreHasFindings;
}

}  // namespace attain::engine
