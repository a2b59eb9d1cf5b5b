#include "clients/cli/commands/common/output_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "clients/cli/words/file_words.h"

namespace attain::cli {
namespace {

std::string WhyNotWritten(const Context& context, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return context.Say(words::kNoSuchFolder);
    case EISDIR:
      return context.Say(words::kIsFolder);
    case EACCES:
    case EROFS:
      return context.Say(words::kCannotWriteThere);
    case ENOSPC:
      return context.Say(words::kDiskFull);
    default:
      return std::generic_category().message(error);
  }
}

absl::Status WriteFile(const Context& context, const std::string& path, const std::string& text) {
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file.fail()) {
    const std::string why = WhyNotWritten(context, errno);
    return absl::FailedPreconditionError(context.Say(words::kCannotWriteFile, path, why));
  }
  context.err() << context.Say(words::kWritten, path) << '\n';
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteOutput(Context& context, const std::string& text) {
  const Args& args = context.args();
  if (args.Has("output") && args.Get("output") != "-") return WriteFile(context, args.Get("output"), text);
  context.out() << text;
  return absl::OkStatus();
}

}  // namespace attain::cli
