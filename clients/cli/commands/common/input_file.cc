#include "clients/cli/commands/common/input_file.h"

#include <utility>

#include "clients/cli/input/macros.h"
#include "clients/cli/input/text_file.h"
#include "clients/cli/words/file_words.h"

namespace attain::cli {

absl::StatusOr<std::string> ReadInput(const Context& context, const std::string& path) {
  ASSIGN_OR_RETURN(DecodedText file, ReadText(path, context.language()));
  if (file.encoding != "UTF-8") context.err() << context.Say(words::kConverted, path, file.encoding) << '\n';
  return std::move(file.text);
}

}  // namespace attain::cli
